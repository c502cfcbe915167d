"""What the engine refuses reaches the learner as one sentence, from whichever process it comes."""

import pytest

from dlcore.engine.errors import LimitReached, Refused, refused
from dlcore.engine.plain import pickle_error, unpickle

KINDS = (Refused, LimitReached)
SENTENCE = "This server keeps 3 experiments at a time; close one first."


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_its_sentence_and_nothing_else(kind: type[Refused]) -> None:
    assert str(kind(SENTENCE)) == SENTENCE


@pytest.mark.parametrize("kind", KINDS)
def test_a_reason_ends_like_a_sentence(kind: type[Refused]) -> None:
    assert str(kind("size: expected 2; received 3")) == "size: expected 2; received 3."
    assert str(kind("Really?")) == "Really?" and str(unpickle_of(kind("No"))) == "No."


def unpickle_of(error: Exception) -> Exception:
    with pytest.raises(Refused) as caught:
        unpickle(pickle_error(error))
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_it_comes_out_of_another_process_as_what_it_is(kind: type[Refused]) -> None:
    with pytest.raises(Refused) as caught:
        unpickle(pickle_error(kind(SENTENCE)))
    assert type(caught.value) is kind and str(caught.value) == SENTENCE


def test_a_reached_limit_is_a_refusal_but_not_the_other_way_round() -> None:
    with pytest.raises(Refused):
        raise LimitReached(SENTENCE)
    assert not issubclass(Refused, LimitReached)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [ValueError, RuntimeError, OSError])
def test_a_refusal_is_no_fault_of_the_program(kind: type[Refused], fault: type[Exception]) -> None:
    assert not issubclass(kind, fault)  # `except ValueError` about a value must not hide it


def test_a_command_that_is_refused_at_once_is_over() -> None:
    future = refused(SENTENCE)
    assert future.done() and type(future.exception()) is Refused and str(future.exception()) == SENTENCE
