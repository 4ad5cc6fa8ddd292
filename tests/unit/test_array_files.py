"""NumPy's files, whole and damaged."""

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aegui.data import ArrayFileError, read_npy, read_npz


def _with_head(head: bytes) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head


def _whole() -> bytes:
    file = io.BytesIO()
    np.save(file, np.arange(6, dtype=np.float32).reshape(2, 3))
    return file.getvalue()


def test_what_was_saved_is_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "two.npz", a=np.arange(3), b=np.eye(2))
    np.save(tmp_path / "one.npy", np.eye(2))
    assert list(read_npz(tmp_path / "two.npz")) == ["a", "b"]
    assert list(read_npz(tmp_path / "two.npz", "b")) == ["b"]
    np.testing.assert_array_equal(read_npy(tmp_path / "one.npy"), np.eye(2))


@pytest.mark.parametrize(
    "array",
    [
        np.arange(700_000, dtype=np.int32).reshape(2, -1),
        np.asfortranarray(np.arange(12.0).reshape(3, 4)),
        np.zeros((0, 5), np.uint8),
        np.array(2.5),
        np.array(["a", "four"]),
    ],
    ids=["of several pieces", "by columns", "empty", "one number", "words"],
)
def test_an_array_of_an_archive_is_the_one_that_was_put_in(array: np.ndarray, tmp_path: Path):
    np.savez_compressed(tmp_path / "a.npz", a=array)
    read = read_npz(tmp_path / "a.npz")["a"]
    assert read.dtype == array.dtype
    np.testing.assert_array_equal(read, array)


def test_an_array_that_ends_early_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("rows.npy", _whole()[:-4])
    with pytest.raises(ArrayFileError, match=r"rows\.npy ends early"):
        read_npz(tmp_path / "a.npz")


@pytest.mark.parametrize(
    "head",
    [
        b"{'descr': ( \n",
        b"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999,), }\n",
        b"{'descr': '<f4', 'fortran_order': False, 'shape': (" + b"9" * 40 + b",), }\n",
        b"(" * 5000,
        b"{'descr': '|O', 'fortran_order': False, 'shape': (2,), }\n",
        b"\x00\x00[",
        b"",
    ],
    ids=["unclosed", "too large", "no size at all", "nested", "pickle", "zeros", "empty"],
)
def test_a_wrong_head_is_a_sentence(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    path.write_bytes(_with_head(head))
    with pytest.raises(ArrayFileError) as raised:
        read_npy(path)
    assert str(raised.value)
    assert "\n" not in str(raised.value)
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.write(path, "a.npy")
    with pytest.raises(ArrayFileError):
        read_npz(tmp_path / "a.npz")


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 140), noise=st.binary(min_size=1, max_size=12))
@example(place=10, noise=b"{'descr'(L")
def test_no_bytes_break_the_reader(place: int, noise: bytes, tmp_path: Path) -> None:
    whole = _whole()
    path = tmp_path / "a.npy"
    path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
    try:
        array = read_npy(path)
    except ArrayFileError as error:
        assert str(error)  # noqa: PT017
    else:
        assert array.nbytes <= len(whole)


def test_one_kind_of_file_for_the_other_is_told(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.eye(2))
    np.savez(tmp_path / "two.npz", a=np.eye(2))
    with pytest.raises(ArrayFileError, match="not a zip file"):
        read_npz(tmp_path / "one.npy")
    with pytest.raises(ArrayFileError, match="archive"):
        read_npy(tmp_path / "two.npz")
    with pytest.raises(ArrayFileError, match="No such file"):
        read_npy(tmp_path / "none.npy")
    with pytest.raises(ArrayFileError, match="c is not in the archive"):
        read_npz(tmp_path / "two.npz", "c")
