import pytest

from datasets.upload.bounds import BadUpload, megabytes, quoted, require_size


def test_what_strangers_wrote_is_one_short_line() -> None:
    assert quoted("a\nb\x1b[31m") == "“a·b·[31m”"
    assert quoted("x" * 100) == "“" + "x" * 39 + "…”"


def test_sizes() -> None:
    assert [megabytes(n) for n in (12, 4_400, 20 * 2**20)] == ["1 kB", "4 kB", "20 MB"]
    with pytest.raises(BadUpload, match=r"^This file is empty: expected a CSV file, received 0 bytes\.$"):
        require_size(b"", 1, "a CSV file")
    with pytest.raises(BadUpload, match="at most 1 kB are read, received 2 kB"):
        require_size(bytes(2000), 1000, "a CSV file")
