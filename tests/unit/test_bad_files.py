"""Files that cannot be learned from: each is a sentence with the file, the place, the remedy."""

import gzip
import io
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from aegui.data import DataError, load_dataset
from aegui.data.files import Choices, Watch, open_file, propose_file
from aegui.data.files.digest import identify
from aegui.data.files.tables import read_text
from aegui.data.files.watch import UNWATCHED
from aegui.specs import TextFormat


def _refused(path: Path, **choices: Any) -> str:
    with pytest.raises(DataError) as raised:
        propose_file(path, Choices(**choices))
    told = str(raised.value)
    assert path.name in told
    assert "\n" not in told
    return told


def _csv(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "my.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


_TEN = "".join(f"{n},{n * n}\n" for n in range(10))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty: it holds no rows"),
        (" \n\n", "is empty: it holds no rows"),
        ("a,b\n", "holds the names of columns, and no rows"),
        ("a,b\n\n\n", "holds the names of columns, and no rows"),
        ("a,b\n1,2\n3,4,5\n", "line 3: has 3 fields, and the first line has 2"),
        ("a,b\n1,2\n3\n4,5\n", "line 3: has 1 fields, and the first line has 2"),
        ("a,b\n1,2\n", "1 row is left to learn from, and at least 10 are needed"),
        ("a\n" + "".join(f"{n}\n" for n in range(20)), "'a' alone is learned"),
        ("a,b\n" + "3,4\n" * 20, "has no column whose values differ"),
        ("a,b\n" + "x,y\nz,w\n" * 9, "Take columns of texts in as one-hot (--text one-hot)"),
        ("a,b\n" + _TEN + "3,\n" * 5 + ",1\n", None),
        ('a,b\n1,2\n3,"4\n', "Look for a quotation mark that is not closed"),
        (b"a,b\n1,\x00\x01\x02\n", "is no text: its byte 7 is 0"),
        (b"PK\x03\x04 broken", "is damaged"),
        (b"\x93NUMPY broken", "cannot be read"),
        (b"PAR1 broken PAR1", "cannot be read as a Parquet file"),
        (b"\x1f\x8b broken", "cannot be read"),
    ],
)
def test_a_bad_table_is_told(text: str | bytes, told: str | None, tmp_path: Path) -> None:
    path = _csv(tmp_path, text)
    if told is None:
        assert propose_file(path).rows == 10
    else:
        assert told in _refused(path)


def test_too_few_rows_without_gaps_come_with_the_remedy(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b\n" + "1,\n2,3\n3,4\n" * 4)
    assert "fill those (--missing training-median)" in _refused(path)
    assert propose_file(path, Choices(missing="training_median", columns=("a", "b"))).rows == 12


def test_mixed_types_are_told_by_row_when_the_column_is_asked_for(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b,c\n" + "1,2,3\n4,x,6\n" * 8)
    assert propose_file(path).columns == ("a", "c")
    told = _refused(path, columns=("a", "b"))
    assert "column 'b' holds texts: row 2 holds 'x', which is no number" in told


def test_columns_that_are_not_there_are_told_with_those_that_are(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b\n" + _TEN)
    assert "has no column 'A'. Choose among its columns: a, b." in _refused(path, label="A")
    assert "has no column 'z'" in _refused(path, columns=("a", "z"))


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({"delimiter": ";"}, "another delimiter if they were not told apart"),
        ({"delimiter": "§"}, "a delimiter is one plain character"),
        ({"delimiter": '"'}, "a delimiter is one plain character"),
        ({"encoding": "utf-9"}, "there is no such encoding"),
        ({"encoding": "hex"}, "there is no such encoding"),
        ({"encoding": "utf-16"}, "Choose another encoding"),
        (
            {"test_share": 0.99},
            "the share of rows to test with is 0.99, and must lie in [0.01, 0.9]",
        ),
        ({"columns": ("a",)}, "choose more columns"),
    ],
)
def test_wrong_choices_are_told(choices: dict[str, Any], told: str, tmp_path: Path) -> None:
    assert told in _refused(_csv(tmp_path, "a,b\n" + _TEN), **choices)


def test_nan_and_inf_count_as_missing(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b\n" + _TEN + "nan,1\ninf,2\n-inf,3\n")
    assert propose_file(path).rows == 10
    values = np.ones((30, 2))
    values[:, 1] = np.arange(30)
    values[3, 0], values[4, 1] = np.nan, np.inf
    np.save(tmp_path / "a.npy", values)
    assert propose_file(tmp_path / "a.npy").rows == 28
    values[:] = np.nan
    np.save(tmp_path / "a.npy", values)
    assert "0 rows are left" in _refused(tmp_path / "a.npy")
    assert "no value in any training row" in _refused(tmp_path / "a.npy", missing="training_median")


def test_numbers_too_large_for_a_model_are_told(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b\n" + _TEN + "1e300,1\n")
    assert "too large once scaled" in _refused(path, scaling="none")
    path = _csv(tmp_path, "a,b\n" + _TEN + "1e308,1\n-1e308,1\n")
    assert "values too far apart" in _refused(path, seed=1)


def test_ten_thousand_columns_are_learned(tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 9, (12, 10_000))
    np.savetxt(tmp_path / "wide.csv", values, fmt="%d", delimiter=",")
    spec = propose_file(tmp_path / "wide.csv", Choices(missing="training_median"))
    assert spec.features == len(spec.columns) > 9_900
    assert load_dataset(spec).train.shape == (11, spec.features)


def _pictures(folder: Path, *sizes: tuple[int, int]) -> Path:
    folder.mkdir()
    for number, size in enumerate(sizes):
        Image.new("L", size, number * 10).save(folder / f"{number:02}.png")
    return folder


def test_pictures_of_different_sizes_are_told_and_brought_to_one(tmp_path: Path) -> None:
    folder = _pictures(tmp_path / "p", *[(6, 4)] * 11, (5, 4))
    told = _refused(folder)
    assert "11.png is 5 × 4 pixels, and 00.png 6 × 4. Bring all to one size (--size 4x6)" in told
    assert propose_file(folder, Choices(size=(4, 6))).image_shape == (4, 6)


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    folder = _pictures(tmp_path / "p", *[(6, 4)] * 11)
    whole = (folder / "03.png").read_bytes()
    (folder / "03.png").write_bytes(whole[:40])
    assert "03.png cannot be read as a picture" in _refused(folder)
    (folder / "03.png").write_text("hello")
    assert "Take it out, or save it anew" in _refused(folder)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no pictures. Accepted are files that end in .bmp" in _refused(empty)


def test_a_broken_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    folder = _pictures(tmp_path / "p", *[(6, 4)] * 11)
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "is damaged" in _refused(path)
    path.write_bytes(whole[:50] + b"\xff" * 20 + whole[70:])
    assert "p.zip" in _refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "no picture")
    assert "neither pictures nor arrays" in _refused(path)


def test_an_array_that_wants_pickle_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{}, "x"], object), allow_pickle=True)
    np.savez(tmp_path / "a.npz", a=np.array([[{}, "x"]] * 9, object))
    for name in ("a.npy", "a.npz"):
        assert "it holds Python objects, which aegui does not unpack" in _refused(tmp_path / name)


@pytest.mark.parametrize(
    ("array", "told"),
    [
        (np.arange(20), r"has the shape \(20,\)"),
        (np.ones((20, 2, 2, 2)), r"has the shape \(20, 2, 2, 2\)"),
        (np.ones((20, 3), complex), "values of the type complex128"),
        (np.full((20, 3), "x"), "values of the type <U1"),
        (np.ones((0, 3)), "it holds no values"),
        (np.ones((20, 3)), "one and the same value everywhere"),
        (np.ones((20, 1)), "'column 1' alone is learned"),
        (np.arange(8).reshape(4, 2), "4 rows are left"),
    ],
)
def test_arrays_that_are_no_rows_are_told(
    array: np.ndarray[Any, Any], told: str, tmp_path: Path
) -> None:
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(DataError, match=told):
        propose_file(tmp_path / "a.npy")


def test_a_damaged_parquet_file_whose_rows_are_to_stay_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(range(100)) + b"PAR1")
    with pytest.raises(DataError, match=r"a\.parquet cannot be read as a Parquet file \(.*anew"):
        open_file(path, Choices(stream=True))


def test_a_cut_or_wrong_idx_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.idx"
    head = struct.pack(">BBBB3I", 0, 0, 8, 3, 20, 2, 2)
    for data, told in (
        (head + bytes(79), "tells of 80 bytes of values and has 79"),
        (head + bytes(81), "has more"),
        (head[:10], "it is cut off"),
        (struct.pack(">BBBB", 0, 0, 8, 9), "an array of 9 dimensions"),
        (struct.pack(">BBBB4I", 0, 0, 8, 4, *[2**32 - 1] * 4), "more than 1000000000 numbers"),
        (gzip.compress(head + bytes(80))[:-9], "cannot be read"),
        (gzip.compress(b"a,b\n1,2\n"), "it does not begin as one"),
    ):
        path.write_bytes(data)
        assert told in _refused(path)


def test_keras_arrays_of_different_shapes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, x_train=np.ones((20, 3)), x_test=np.ones((20, 4)))
    assert "must be of one shape" in _refused(path)
    np.savez(path, x_train=np.ones((20, 3)), x_test=np.ones((20, 3)), y=np.ones(7))
    assert "must hold one number or text for each" in _refused(path, label="y")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "is not there. Put it back" in _refused(tmp_path / "none.csv")


@pytest.mark.parametrize("kind", ["csv", "npy", "pictures"])
def test_a_file_that_vanishes_while_it_is_read_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"my.{kind}"
    if kind == "pictures":
        _pictures(path, *[(6, 4)] * 11)
    elif kind == "npy":
        np.save(path, np.ones((20, 2)))
    else:
        path.write_text("a,b\n" + _TEN)

    def vanish(_doing: str, fraction: float) -> None:
        target = path / "10.png" if path.is_dir() else path
        if fraction == 1 and target.exists():
            target.unlink()

    with pytest.raises(DataError, match=r"is not there|vanished|was changed"):
        open_file(path, watch=Watch(vanish))


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b\n" + _TEN)

    def change(doing: str, _fraction: float) -> None:
        if doing == "Telling numbers from texts":
            path.write_text("a,b\n1,2\n")

    with pytest.raises(DataError, match="was changed while it was read"):
        open_file(path, watch=Watch(change))


def test_an_array_is_asked_of_an_archive_of_arrays_alone(tmp_path: Path) -> None:
    told = _refused(_csv(tmp_path, "a,b\n" + _TEN), array="rows")
    assert "holds no arrays with names" in told
    assert "--array" in told


def test_what_would_have_no_end_is_not_read(tmp_path: Path) -> None:
    path = _csv(tmp_path, "a,b\n" + _TEN)
    spec = propose_file(path)
    for place, told in (
        ("/dev/zero", "is neither a file nor a folder"),
        (str(tmp_path), "is a folder, and was a file"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(DataError, match=told):
            load_dataset(spec.model_copy(update={"path": place}))
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is neither a file nor a folder" in _refused(tmp_path / "pipe.csv")


def test_archives_that_swell_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    array = io.BytesIO()
    np.save(array, np.ones((20, 2)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", array.getvalue() + bytes(10**7))
    assert "holds more than an array" in _refused(path)
    head = array.getvalue().replace(b"(20, 2), ", b"(9999999999, 2), ")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.npy", head)
    assert "a.npz" in _refused(path)


def test_a_folder_for_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_text(tmp_path, TextFormat(), UNWATCHED)
    assert identify(tmp_path, UNWATCHED).size == 0


def _outcome(path: Path, choices: Choices) -> str:
    """Return what is told of a file, or that it can be learned from; nothing else may come."""
    try:
        spec = propose_file(path, choices)
    except DataError as error:
        return str(error)
    dataset = load_dataset(spec)
    assert np.isfinite(dataset.train).all()
    assert np.isfinite(dataset.test).all()
    assert len(dataset.train) == spec.train_rows
    return "learned"


_CHOICES = st.builds(
    Choices,
    missing=st.sampled_from(["leave_out", "training_median"]),
    text=st.sampled_from(["leave_out", "one_hot"]),
    scaling=st.sampled_from(["none", "min_max", "standard"]),
)
_SLOW = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_SLOW
@given(data=st.binary(max_size=400), choices=_CHOICES)
def test_no_bytes_break_the_readers(data: bytes, choices: Choices, tmp_path: Path) -> None:
    told = _outcome(_csv(tmp_path, data), choices)
    assert told == "learned" or "my.csv" in told


_CELLS = st.one_of(
    st.floats().map(str), st.integers().map(str), st.sampled_from(["", "x", "NA", '"', "a b", "é"])
)


@_SLOW
@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=30), choices=_CHOICES)
def test_no_table_breaks_the_readers(
    rows: list[list[str]], choices: Choices, tmp_path: Path
) -> None:
    told = _outcome(_csv(tmp_path, "\n".join(",".join(row) for row in rows)), choices)
    assert told == "learned" or "my.csv" in told


@_SLOW
@given(
    columns=st.lists(
        st.lists(st.floats(width=64), min_size=12, max_size=12), min_size=1, max_size=4
    ),
    choices=_CHOICES,
)
def test_no_numbers_break_the_scaling(
    columns: list[list[float]], choices: Choices, tmp_path: Path
) -> None:
    np.save(tmp_path / "my.npy", np.array(columns).T)
    told = _outcome(tmp_path / "my.npy", choices)
    assert told == "learned" or "my.npy" in told


@_SLOW
@given(
    kind=st.sampled_from(["npz", "idx", "zip", "parquet"]),
    place=st.integers(0, 400),
    noise=st.binary(min_size=1, max_size=12),
)
def test_no_damage_breaks_the_readers(
    kind: str, place: int, noise: bytes, tmp_path: Path, wholes: dict[str, bytes]
) -> None:
    whole = wholes[kind]
    place %= len(whole)
    path = tmp_path / f"my.{kind}"
    path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
    told = _outcome(path, Choices())
    assert told == "learned" or f"my.{kind}" in told


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    import polars as pl

    folder = tmp_path_factory.mktemp("whole")
    np.savez(folder / "my.npz", a=np.arange(40.0).reshape(20, 2))
    head = struct.pack(">BBBB2I", 0, 0, 8, 2, 20, 2)
    (folder / "my.idx").write_bytes(head + bytes(range(40)))
    with zipfile.ZipFile(folder / "my.zip", "w") as archive:
        for file in _pictures(folder / "p", *[(2, 2)] * 11).iterdir():
            archive.write(file, file.name)
    numbers = list(range(20))
    pl.DataFrame({"a": numbers, "b": numbers[::-1]}).write_parquet(folder / "my.parquet")
    return {kind: (folder / f"my.{kind}").read_bytes() for kind in ("npz", "idx", "zip", "parquet")}
