import pytest

from datasets.upload.examples import EXAMPLE_FILES, ExampleFile, chance, penguins
from datasets.upload.table import read_table, recognise_sheet
from dlcore.specs.uploads import BOUNDS


@pytest.mark.parametrize("row", EXAMPLE_FILES, ids=lambda row: row.name)
def test_every_example_is_read_as_it_comes(row: ExampleFile) -> None:
    table = read_table(recognise_sheet(row.make(), BOUNDS), BOUNDS)
    assert len(table.values) >= 60 and row.make() == row.make()


def test_penguins_have_gaps_and_categories() -> None:
    sheet = recognise_sheet(penguins(), BOUNDS)
    assert len(sheet.rows) == 344
    kinds = dict(zip(sheet.names, sheet.kinds, strict=True))
    assert kinds["species"] == kinds["island"] == kinds["sex"] == "category" and kinds["body_mass_g"] == "number"
    assert sum(cell == "NA" for cell in sheet.cells(sheet.names.index("sex"))) == 11


def test_the_coin_is_fair() -> None:
    table = read_table(recognise_sheet(chance(), BOUNDS), BOUNDS)
    assert table.columns[-1].categories == ("heads", "tails") and table.values[:, -1].mean() == 0.5
