"""Only pages of this very server may open a live connection."""

import pytest
from starlette.datastructures import Headers

from ui.live.origin import same_origin


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://localhost:8501", "localhost:8501", True),
        ("https://lab.school.example", "lab.school.example", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://localhost:8501", "localhost:8502", False),
        ("http://localhost", "localhost:8501", False),
        ("http://evil.example", "lab.school.example", False),
        ("http://lab.school.example.evil.example", "lab.school.example", False),
        ("http://lab.school.example@evil.example", "lab.school.example", False),
        ("http://evil.example/lab.school.example", "lab.school.example", False),
        ("null", "lab.school.example", False),
        ("", "lab.school.example", False),
        (None, "lab.school.example", False),
    ],
)
def test_the_origin_names_the_host_that_was_asked(origin: str | None, host: str, same: bool) -> None:
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    assert same_origin(Headers(headers)) is same


def test_no_host_is_nobody() -> None:
    assert not same_origin(Headers({"origin": "null"}))
    assert not same_origin(Headers({}))
