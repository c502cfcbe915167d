import numpy as np
import pytest

from datasets.upload.columns import Column
from datasets.upload.folder import VARIABLE, is_id, read_upload_images, read_upload_table, write_upload
from datasets.upload.images import Images
from datasets.upload.table import Table

ID = "A" * 22
TABLE = Table(
    columns=(Column(name="a", kind="number"), Column(name="b", kind="category", categories=("x", "y"))),
    values=np.array([[1.5, 0.0], [np.nan, 1.0]]),
)
IMAGES = Images(pictures=np.arange(32, dtype=np.uint8).reshape(2, 1, 4, 4), labels=np.array([0, 1]), classes=("x", "y"))


def test_a_table_comes_back(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]  # fixtures
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    size = write_upload(tmp_path / ID, TABLE)
    assert (tmp_path / ID).stat().st_mode & 0o777 == 0o700
    assert size == sum(file.stat().st_size for file in (tmp_path / ID).iterdir())
    back = read_upload_table(ID)
    assert back.columns == TABLE.columns and np.array_equal(back.values, TABLE.values, equal_nan=True)
    with pytest.raises(ValueError, match="expected an upload of the other kind"):
        read_upload_images(ID)


def test_pictures_come_back(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]  # fixtures
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    write_upload(tmp_path / ID, IMAGES)
    back = read_upload_images(ID)
    assert back.classes == IMAGES.classes and np.array_equal(back.pictures, IMAGES.pictures)
    assert np.array_equal(back.labels, IMAGES.labels)
    with pytest.raises(ValueError, match="expected an upload of the other kind"):
        read_upload_table(ID)


def test_nothing_is_unpickled(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]  # fixtures
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    write_upload(tmp_path / ID, TABLE)
    np.save(tmp_path / ID / "values.npy", np.array([{"a": 1}]), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        read_upload_table(ID)


@pytest.mark.parametrize("upload", ["", "../" + "A" * 19, "A" * 21, "A" * 23, "A" * 21 + "/", "A" * 21 + "\n"])
def test_only_ids_are_looked_for(upload: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert not is_id(upload)
    with pytest.raises(ValueError, match="uploaded by somebody and stay with them"):
        read_upload_table(upload)


def test_what_is_gone_says_so(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]  # fixtures
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(ValueError, match="not here"):
        read_upload_table(ID)
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(ValueError, match="not here"):
        read_upload_images(ID)
