"""What makes the frozen program smaller leaves it as it was, as far as that shows in parts."""

import importlib.util
import marshal
import runpy
import struct
from pathlib import Path
from typing import Any

import PySide6
import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE = '''"""A module."""

from dataclasses import dataclass


@dataclass
class Point:
    """A point."""

    x: int


class Empty:
    """Nothing."""


def half(number):
    """Return the half."""
    assert number >= 0
    return number / 2


if True:

    def nothing():
        """Return nothing."""
'''


@pytest.fixture(autouse=True)
def _makers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))


def test_a_module_without_docstrings_does_the_same(tmp_path: Path) -> None:
    found = _run_module(tmp_path, MODULE)
    assert found["half"](3) == 1.5
    with pytest.raises(AssertionError):
        found["half"](-1)
    assert found["nothing"]() is None
    texts = [found[name].__doc__ for name in ("half", "nothing", "Empty")]
    assert [found.get("__doc__"), *texts] == [None] * 4
    assert found["Point"].__doc__ == "A point."


def test_a_module_with_a_use_for_docstrings_keeps_them(tmp_path: Path) -> None:
    found = _run_module(tmp_path, MODULE + "half.__doc__ = nothing.__doc__.upper()\n")
    assert found["half"].__doc__ == "RETURN NOTHING."
    assert found["Empty"].__doc__ == "Nothing."


def test_of_icu_stays_what_orders_names_and_tells_the_time() -> None:
    icu: Any = importlib.import_module("icu")
    elf: Any = importlib.import_module("elf")
    (path,) = Path(PySide6.__path__[0], "Qt", "lib").glob("libicudata.so.*")
    name, data = icu.data_of(elf.Library(path))
    smaller = icu.without_unused(data)
    assert len(smaller) < len(data) / 5
    before, after = _items(data), _items(smaller)
    prefix = name.encode().replace(b"_dat", b"l/")
    for item in (b"coll/ucadata.icu", b"coll/sv.res", b"zone/en.res", b"zoneinfo64.res"):
        assert after[prefix + item].rstrip(b"\0") == before[prefix + item].rstrip(b"\0")
    assert not any(prefix + item in after for item in (b"lang/de.res", b"de.res", b"ibm-943.cnv"))
    assert list(after) == sorted(after)


def test_the_same_library_of_two_packages_is_kept_once(tmp_path: Path) -> None:
    same: Any = importlib.import_module("same")
    for place, content in (("a.libs/x.so", "x"), ("b.libs/x.so", "x"), ("b.libs/y.so", "y")):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(content)
    (tmp_path / "c.libs").mkdir()
    (tmp_path / "c.libs" / "y.so").write_text("another y")
    same.link_same(tmp_path)
    links = [path for path in tmp_path.glob("*/*") if path.is_symlink()]
    assert links == [tmp_path / "b.libs" / "x.so"]
    assert links[0].read_text() == "x"


def _run_module(folder: Path, text: str) -> dict[str, Any]:
    bytecode: Any = importlib.import_module("bytecode")
    path = folder / "module.py"
    path.write_text(text, encoding="utf-8")
    compiled = path.with_suffix(".pyc")
    code = marshal.dumps(bytecode.without_docstrings(path))
    compiled.write_bytes(importlib.util.MAGIC_NUMBER + bytes(12) + code)
    return runpy.run_path(str(compiled))


def _items(data: bytes) -> dict[bytes, bytes]:
    """Return what ICU finds in its data, by name."""
    (head,) = struct.unpack_from("<H", data)
    (count,) = struct.unpack_from("<I", data, head)
    places = [struct.unpack_from("<II", data, head + 4 + 8 * n) for n in range(count)]
    ends = [item for _, item in places[1:]] + [len(data) - head]
    return {
        data[head + name : data.index(b"\0", head + name)]: data[head + item : head + end]
        for (name, item), end in zip(places, ends, strict=True)
    }
