import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.upload.archive import unpack
from datasets.upload.bounds import BadUpload
from dlcore.specs.uploads import BOUNDS
from tests.datasets.upload.samples import folders, liar, zipped


def test_files_come_with_their_paths_and_what_systems_hide_is_left_out() -> None:
    files = {
        "a/1.png": b"one",
        "__MACOSX/a/._1.png": b"no",
        "a/.DS_Store": b"no",
        "b/c/2.png": b"two",
        "Thumbs.db": b"",
    }
    assert list(unpack(zipped(files), BOUNDS)) == [("a/1.png", b"one"), ("b/c/2.png", b"two")]


def test_folders_are_no_files() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.mkdir("a")
        archive.writestr("a/1.png", b"one")
    assert list(unpack(file.getvalue(), BOUNDS)) == [("a/1.png", b"one")]


def test_a_bomb_takes_no_more_memory_than_is_read() -> None:
    data = liar()
    tracemalloc.start()
    try:
        with pytest.raises(BadUpload):
            list(unpack(data, BOUNDS))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * BOUNDS.unpacked_bytes


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_a_damaged_zip_file_gives_files_or_a_sentence(at: int, damage: bytes) -> None:
    data = bytearray(folders())
    data[at % len(data) : at % len(data) + len(damage)] = damage
    try:
        found = list(unpack(bytes(data), BOUNDS))
    except BadUpload as refusal:
        assert str(refusal).endswith(".")
    else:
        assert all(isinstance(content, bytes) for _, content in found)
