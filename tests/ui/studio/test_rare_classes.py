from ui.studio.rare_classes import RARE, SHARES


def test_every_share_on_offer_leaves_frauds_to_find_in_both_parts() -> None:
    for share in SHARES:
        data = RARE.replace({"base.data.positives": share}).base.data
        targets = data.load().targets  # type: ignore[union-attr]  # made data
        assert 24 <= targets.sum() <= 2_500


def test_the_three_differ_in_the_cure_alone() -> None:
    plain, weights, drawn = RARE.members
    assert weights == plain.replace({"training.class_weights": "balanced"})
    assert drawn == plain.replace({"training.oversampling": True})
