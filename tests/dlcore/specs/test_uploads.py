from dlcore.specs import limits
from dlcore.specs.uploads import BOUNDS


def test_readers_get_the_limits() -> None:
    assert (BOUNDS.rows, BOUNDS.columns, BOUNDS.archive_bytes) == (
        limits.TABLE_ROWS,
        limits.TABLE_COLUMNS,
        limits.UPLOAD_BYTES,
    )


def test_what_comes_whole_can_be_kept() -> None:
    assert limits.TABLE_CELLS * 8 < limits.UPLOADS_BYTES and limits.PICTURES_NUMBERS < limits.UPLOADS_BYTES
    assert limits.TABLE_BYTES <= limits.UPLOAD_BYTES
