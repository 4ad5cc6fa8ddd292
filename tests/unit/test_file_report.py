"""What is told of a file before anything of it is used."""

from pathlib import Path

import numpy as np

from aegui.data.files import ColumnReport, Report, first_rows, open_file, report_on

TEXT = """\
id,weight,colour,wheels,mixed
1,1500,red,4,1
2,,blue,4,two
3,inf,red,4,
4,900.5,,4,4
"""


def test_a_table_is_told_column_by_column(tmp_path: Path) -> None:
    path = tmp_path / "cars.csv"
    path.write_text(TEXT)
    opened = open_file(path)
    report = report_on(opened)
    assert (report.rows, report.features) == (4, 5)
    _, weight, colour, wheels, mixed = report.columns
    assert (weight.kind, weight.missing, weight.infinite) == ("number", 2, 1)
    assert (weight.low, weight.high) == (900.5, 1500)
    assert (colour.kind, colour.missing, colour.distinct) == ("text", 1, 2)
    assert wheels.is_constant
    assert mixed.note == "row 2 holds 'two', which is no number"
    form = "a table as text, fields apart by commas, utf-8, with a header"
    assert report.words == (
        f"cars.csv: 4 rows, 5 columns; {form}.",
        "Missing values: weight 2, colour 1, mixed 1.",
        "Infinite values, which count as missing: weight 1.",
        "Constant: wheels.",
        "Texts: colour (2 different), mixed (3 different).",
        "To know: mixed: row 2 holds 'two', which is no number.",
        "Ranges: id 1 to 4, weight 900.5 to 1500, wheels 4 to 4.",
    )
    names, rows = first_rows(opened.contents, 2)
    assert names == ["id", "weight", "colour", "wheels", "mixed"]
    assert rows == [["1", "1500", "red", "4", "1"], ["2", "", "blue", "4", "two"]]


def test_pictures_are_told_as_a_whole(tmp_path: Path) -> None:
    x, y = np.zeros((12, 3, 4), np.float32), np.arange(12) % 2
    x[1, 0, 0], x[2, 0, 0], x[3, 0, 0] = 255, np.nan, np.inf
    np.savez(tmp_path / "a.npz", x=x, y=y)
    opened = open_file(tmp_path / "a.npz")
    report = report_on(opened)
    assert report.words == (
        "a.npz: 12 pictures of 3 × 4; array x of an archive of NumPy's.",
        "Values from 0 to 255.",
        "Missing values: 2.",
        "2 classes: 0, 1.",
    )
    assert first_rows(opened.contents, 3)[1][2][0] == ""


def test_of_many_columns_some_are_named() -> None:
    columns = [ColumnReport(f"number {n}", "number", is_constant=True) for n in range(100)]
    report = Report("wide.csv", "a table", 3, 100, tuple(columns))
    assert report.words[1].endswith("number 7, and 92 more.")
