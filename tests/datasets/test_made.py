from datasets import made
from datasets.registry import DATASETS


def test_each_sentence_is_used_by_a_card() -> None:
    said = " ".join(card.source + card.licence + card.flaws for card in DATASETS)
    for name in ("PLAYGROUND", "OURS", "FREE", "MADE", "LABEL_NOISE"):
        assert getattr(made, name) in said
