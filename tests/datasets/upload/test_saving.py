import numpy as np

from datasets.upload.columns import Column
from datasets.upload.images import Images, files_of_zip, read_images
from datasets.upload.saving import images_as_zip, table_as_csv
from datasets.upload.table import Table, read_table, recognise_sheet
from dlcore.specs.uploads import BOUNDS
from tests.datasets.upload.samples import CSV


def test_a_saved_table_can_be_uploaded_again() -> None:
    table = read_table(recognise_sheet(CSV.encode(), BOUNDS), BOUNDS)
    again = read_table(recognise_sheet(table_as_csv(table).encode(), BOUNDS), BOUNDS)
    assert again.columns == table.columns and np.array_equal(again.values, table.values, equal_nan=True)


def test_all_digits_and_all_letters_come_back() -> None:
    values = np.array([[0.1 + 0.2, 0.0], [1 / 3, 1.0], [-1e-12, 1.0], [123456789.123, 0.0]])
    columns = (Column(name='x, "y"', kind="number"), Column(name="z;", kind="category", categories=("a,b", "ä\nö")))
    text = table_as_csv(Table(columns=columns, values=values))
    again = read_table(recognise_sheet(text.encode(), BOUNDS), BOUNDS, {"z;": "category"})
    assert again.columns == columns and np.array_equal(again.values, values)


def test_saved_pictures_can_be_uploaded_again() -> None:
    for channels in (1, 3):
        pictures = np.random.default_rng(0).integers(0, 256, (4, channels, 16, 16), dtype=np.uint8)
        images = Images(pictures=pictures, labels=np.array([0, 0, 1, 1]), classes=("cat", "dog"))
        files, _ = files_of_zip(images_as_zip(images), BOUNDS)
        again = read_images(files, BOUNDS, side=16, colour="grey" if channels == 1 else "rgb")
        assert again.classes == images.classes and np.array_equal(again.labels, images.labels)
        assert np.array_equal(again.pictures, images.pictures)


def test_classes_that_are_no_names_of_folders() -> None:
    pictures = np.zeros((8, 1, 4, 4), dtype=np.uint8)
    labels = np.repeat(np.arange(4), 2)
    images = Images(pictures=pictures, labels=labels, classes=("../x", "a/b", "a:b", ".h"))
    files, _ = files_of_zip(images_as_zip(images), BOUNDS)
    assert len({said for said, _, _ in files}) == 4
