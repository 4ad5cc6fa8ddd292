"""Files of every format, found by what is in them and read."""

import csv
import gzip
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aegui.data import DataError, load_dataset
from aegui.data.files import (
    Block,
    Choices,
    NumberColumn,
    OtherColumn,
    ReadingStoppedError,
    Table,
    TextColumn,
    Watch,
    make_file_dataset,
    open_file,
    propose_file,
    rows_in_parts,
)
from aegui.data.files.sniff import sniff_text
from aegui.specs import (
    IdxFormat,
    ImagesFormat,
    NoiseSpec,
    NpyFormat,
    NpzFormat,
    ParquetFormat,
    TextFormat,
)

NUMBERS = np.random.default_rng(0).normal(size=(40, 3)).round(4)


def _written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def _table(path: Path, **choices: Any) -> Table:
    contents = open_file(path, Choices(**choices)).contents
    assert isinstance(contents, Table)
    return contents


def _block(path: Path, **choices: Any) -> Block:
    contents = open_file(path, Choices(**choices)).contents
    assert isinstance(contents, Block)
    return contents


def _values(table: Table) -> list[list[float]]:
    return [c.values.tolist() for c in table.columns if isinstance(c, NumberColumn)]


@pytest.mark.parametrize(
    ("text", "encoding", "form"),
    [
        ("a,b\n1,2\n3,4\n", "utf-8", TextFormat()),
        ("a;b\n1;2\n3;4\n", "utf-8-sig", TextFormat(delimiter=";")),
        ("ä\tb\n1\t2\n3\t4", "cp1252", TextFormat(delimiter="\t", encoding="cp1252")),
        ("ä|b\r\n1|2\r\n3|4\r\n", "utf-16", TextFormat(delimiter="|", encoding="utf-16")),
        ("a b\n1 2\n\n3 4\n\n", "utf-8", TextFormat(delimiter=" ")),
        ("1,2\n3,4\n", "utf-8", TextFormat(header=False)),
        ("a,b\r1,2\r3,4\r", "utf-8", TextFormat()),
        ('"a, too",b\n1,2\n3,4\n', "utf-8", TextFormat()),
    ],
)
def test_delimiter_encoding_and_header_are_found(
    text: str, encoding: str, form: TextFormat, tmp_path: Path
) -> None:
    opened = open_file(_written(tmp_path / "a.csv", text, encoding))
    assert opened.format == form
    assert isinstance(opened.contents, Table)
    assert _values(opened.contents) == [[1, 3], [2, 4]]
    names = [column.name for column in opened.contents.columns]
    assert names[1] == ("b" if form.header else "column 2")


def test_what_is_given_is_not_looked_for(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", "1,2;3\n4,5;6\n")
    form = TextFormat(delimiter=",", encoding="ascii", header=True)
    assert sniff_text(path, ",", "ascii", header=True) == form
    assert sniff_text(path).delimiter == ";"
    assert _values(_table(path)) == [[1.2, 4.5], [3, 6]], "a comma may be a decimal point"


def test_columns_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    text = "n,t,mixed,empty,n\n1,x,1,,NA\n2,,oops,,inf\n3,y,3,,-1e3\n"
    number, word, mixed, empty, second = _table(_written(tmp_path / "a.csv", text)).columns
    assert isinstance(number, NumberColumn)
    assert isinstance(word, TextColumn)
    assert word.words == ("x", "y")
    assert word.codes.tolist() == [0, -1, 1]
    assert isinstance(mixed, TextColumn)
    assert mixed.note == "row 2 holds 'oops', which is no number"
    assert isinstance(empty, NumberColumn)
    assert empty.is_missing.all()
    assert isinstance(second, NumberColumn)
    assert second.name == "n (2)"
    assert second.infinite == 1
    assert second.is_missing.tolist() == [True, True, False]


def test_a_parquet_file_keeps_its_types(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "whole": [1, None, 3],
            "text": ["b", "a", None],
            "yes": [True, False, None],
            "kind": pl.Series(["u", "v", "u"], dtype=pl.Categorical),
            "day": pl.Series([0, 1, 2]).cast(pl.Date),
            "list": [[1], [2], [3]],
        }
    )
    frame.write_parquet(tmp_path / "a.data")
    opened = open_file(tmp_path / "a.data")
    assert opened.format == ParquetFormat()
    assert isinstance(opened.contents, Table)
    whole, text, yes, kind, day, lists = opened.contents.columns
    assert isinstance(whole, NumberColumn)
    np.testing.assert_array_equal(whole.values, [1, np.nan, 3])
    assert isinstance(text, TextColumn)
    assert text.codes.tolist() == [1, 0, -1]
    assert isinstance(yes, NumberColumn)
    np.testing.assert_array_equal(yes.values, [1, 0, np.nan])
    assert isinstance(kind, TextColumn)
    assert isinstance(day, OtherColumn)
    assert isinstance(lists, OtherColumn)


def test_arrays_of_numpy_are_rows_or_pictures(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", NUMBERS)
    opened = open_file(tmp_path / "a.npy")
    assert opened.format == NpyFormat()
    np.testing.assert_array_equal(_block(tmp_path / "a.npy").values, NUMBERS)
    pictures = np.arange(2 * 3 * 4 * 3, dtype=np.uint8).reshape(2, 3, 4, 3)
    np.save(tmp_path / "p.npy", pictures)
    block = _block(tmp_path / "p.npy")
    assert block.image_shape == (3, 12)
    planes = block.values.reshape(2, 3, 3, 4)
    np.testing.assert_array_equal(planes[:, :, 1], pictures[..., 1])


def test_an_array_of_an_archive_is_chosen_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, one=NUMBERS, two=NUMBERS[:, :2], y=np.arange(40) % 3)
    with pytest.raises(DataError, match=r"a\.npz holds the arrays one, two, y\. Choose one"):
        open_file(path)
    with pytest.raises(DataError, match="no array 'three'; it holds one, two, y"):
        open_file(path, Choices(array="three"))
    opened = open_file(path, Choices(array="two"))
    assert opened.format == NpzFormat(array="two")
    assert opened.label == "y"
    assert isinstance(opened.contents, Block)
    assert opened.contents.labels is not None
    assert opened.contents.labels.words == ("0", "1", "2")
    assert _block(path, array="one", label="").labels is None
    with pytest.raises(DataError, match="no array 'z' to take classes from"):
        open_file(path, Choices(array="one", label="z"))


def test_keras_layout_keeps_its_own_split_and_labels(tmp_path: Path) -> None:
    path = tmp_path / "fashion.npz"
    x = np.random.default_rng(0).integers(0, 256, (30, 4, 4), dtype=np.uint8)
    x[0, 0, :2] = 0, 255
    y = np.arange(30) % 10
    np.savez(path, x_train=x[:20], y_train=y[:20], x_test=x[20:], y_test=y[20:, None])
    spec = propose_file(path)
    assert (spec.train_rows, spec.test_rows, spec.image_shape) == (20, 10, (4, 4))
    assert spec.classes == tuple("0123456789")
    dataset = load_dataset(spec)
    np.testing.assert_allclose(dataset.train, x[:20].reshape(20, 16) / np.float32(255))
    np.testing.assert_allclose(dataset.test, x[20:].reshape(10, 16) / np.float32(255))
    assert dataset.test_labels is not None
    assert dataset.test_labels.tolist() == y[20:].tolist()
    few = propose_file(path, Choices(rows=15))
    assert (few.train_rows, few.test_rows) == (5, 10)


def _idx(array: np.ndarray[Any, Any], code: int) -> bytes:
    head = struct.pack(f">BBBB{array.ndim}I", 0, 0, code, array.ndim, *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_idx_pictures_find_their_labels_by_name(ending: str, tmp_path: Path) -> None:
    pictures = np.arange(30 * 4, dtype=np.uint8).reshape(30, 2, 2)
    labels = np.arange(30, dtype=np.uint8) % 3
    path = tmp_path / f"train-images-idx3-ubyte{ending}"
    beside = tmp_path / f"train-labels-idx1-ubyte{ending}"
    packed = gzip.compress if ending else bytes
    path.write_bytes(packed(_idx(pictures, 8)))
    assert propose_file(path).label is None
    beside.write_bytes(packed(_idx(labels, 8)))
    spec = propose_file(path)
    assert (spec.label, spec.classes) == (beside.name, ("0", "1", "2"))
    dataset = make_file_dataset(spec)
    assert dataset.test_numbers is not None
    np.testing.assert_array_equal(dataset.test_labels, labels[dataset.test_numbers - 1])
    assert propose_file(path, Choices(label="")).label is None
    np.testing.assert_array_equal(next(rows_in_parts(spec, path)).values.shape, (30, 4))

    own = tmp_path / "kinds"
    own.write_bytes(_idx(labels[::-1].copy(), 8))
    assert propose_file(path, Choices(label="kinds")).label == "kinds"
    own.write_bytes(_idx(labels[:9], 8))
    with pytest.raises(DataError, match=r"kinds has the shape \(9,\).* each of the 30 rows"):
        propose_file(path, Choices(label="kinds"))
    for name in ("gone", "../kinds"):
        with pytest.raises(DataError, match="no such file is beside it"):
            propose_file(path, Choices(label=name))
    beside.write_bytes(packed(_idx((labels + 1) % 3, 8)))
    with pytest.raises(DataError, match=r"labels.*has changed since it was chosen"):
        make_file_dataset(spec)
    beside.unlink()
    with pytest.raises(DataError, match="no such file is beside it"):
        make_file_dataset(spec)


@pytest.mark.parametrize(("dtype", "code"), [("u1", 8), ("i2", 11), ("f4", 13), ("f8", 14)])
def test_idx_is_read_plain_and_compressed(dtype: str, code: int, tmp_path: Path) -> None:
    array = (np.arange(24).reshape(2, 3, 4) * 5).astype(dtype)
    (tmp_path / "plain").write_bytes(_idx(array, code))
    (tmp_path / "a.gz").write_bytes(gzip.compress(_idx(array, code)))
    for path in (tmp_path / "plain", tmp_path / "a.gz"):
        opened = open_file(path)
        assert opened.format == IdxFormat()
        assert isinstance(opened.contents, Block)
        assert opened.contents.image_shape == (3, 4)
        np.testing.assert_array_equal(opened.contents.values, array.reshape(2, 12))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Twelve pictures of 5 × 4 pixels in two folders, and files that are none."""
    folder = tmp_path / "pictures"
    for number in range(12):
        place = folder / ("cats" if number % 2 else "dogs")
        place.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (5, 4), (number * 20, 0, 255)).save(place / f"{number:02}.png")
    (folder / "notes.txt").write_text("no picture")
    (folder / ".hidden.png").write_text("no picture")
    return folder


def _zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    return path


def test_pictures_are_read_from_a_folder_and_a_zip(pictures: Path) -> None:
    folder, zipped = _block(pictures), _block(_zipped(pictures))
    np.testing.assert_array_equal(folder.values, zipped.values)
    assert folder.image_shape == (4, 5)
    assert folder.labels is not None
    assert folder.labels.words == ("cats", "dogs")
    assert folder.names is not None
    assert folder.names.words[0] == "cats/01.png"
    colour = _block(pictures, colour=True)
    assert colour.image_shape == (4, 15)
    assert colour.values[0].reshape(4, 3, 5)[:, :, 0].tolist() == [[20, 0, 255]] * 4
    smaller = _block(pictures, size=(2, 3))
    assert smaller.image_shape == (2, 3)


def test_pictures_become_a_dataset(pictures: Path) -> None:
    spec = propose_file(pictures, Choices(colour=True, test_share=0.25))
    assert spec.format == ImagesFormat(colour=True)
    assert spec.label == "folder"
    dataset = load_dataset(spec)
    assert (dataset.noun, dataset.image_shape, len(dataset.test)) == ("picture", (4, 15), 3)
    assert dataset.class_names == ("cats", "dogs")
    assert dataset.test_names is not None
    assert all(name.endswith(".png") for name in dataset.test_names)
    assert (dataset.train.min(), dataset.train.max()) == (0, 1)
    Image.new("L", (5, 4)).save(pictures / "cats" / "new.png")
    load_dataset(NoiseSpec(rows=10, features=2))
    with pytest.raises(DataError, match="pictures has changed since it was chosen"):
        load_dataset(spec)


def test_a_reading_is_told_of_and_can_be_called_off(pictures: Path) -> None:
    told: list[tuple[str, float]] = []
    open_file(pictures, watch=Watch(lambda *step: told.append(step)))
    assert {doing for doing, _ in told} == {"Reading", "Reading pictures"}
    assert all(0 <= fraction <= 1 for _, fraction in told)
    with pytest.raises(ReadingStoppedError):
        open_file(pictures, watch=Watch(goes_on=lambda: len(told) < 0))


@given(
    rows=st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.integers(-99, 99), st.text("abcäß,;\"'\n ", max_size=4)),
        min_size=2,
        max_size=8,
    ),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_what_was_written_is_read(
    rows: list[tuple[float, int, str]],
    delimiter: str,
    encoding: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("real", "whole", "text"), *rows])
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    choices = Choices(delimiter=delimiter, encoding=encoding, header=True)
    contents = open_file(path, choices).contents
    assert isinstance(contents, Table)
    real, whole, _ = contents.columns
    assert isinstance(real, NumberColumn)
    assert isinstance(whole, NumberColumn)
    np.testing.assert_array_equal(real.values, [row[0] for row in rows])
    np.testing.assert_array_equal(whole.values, [row[1] for row in rows])
