import torch

from dlcore.networks.token_embedding import TokenEmbedding


def test_every_token_becomes_its_vector_along_the_channels() -> None:
    embedding = TokenEmbedding(5, 3)
    tokens = torch.tensor([[4, 0, 4, 1]])
    given = embedding(tokens)
    assert given.shape == (1, 3, 4)
    for place, token in enumerate(tokens[0]):
        torch.testing.assert_close(given[0, :, place], embedding.weight[token])
