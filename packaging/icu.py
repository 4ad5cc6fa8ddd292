"""Qt's library of what it knows of languages, written anew with what a program in English asks.

Of the 32 MB of ICU's data Qt reads only how letters are ordered and what time zones are called;
the rest is for other programs. See ICU's user guide, "ICU Data", and ``ucmndata.h`` for how it is
laid out: a head, a list of names and places, and the items themselves.
"""

import re
import struct
import subprocess
from pathlib import Path

from elf import Library

_PLACES = struct.Struct("<II")
_ALIGN = 16
_LEFT_OUT = (
    # Names of languages, regions, currencies and units, and numbers in words, in 200 languages.
    r"(curr|lang|rbnf|region|unit)/.*",
    # Where words and lines break, and how one script is written in another: Qt has its own.
    r"(brkitr|translit)/.*",
    # Encodings of old: files are read by Python, and texts are UTF-8.
    r".*\.cnv",
    # Names of letters, letters that look alike, names of machines and people on the internet.
    r"unames\.icu|confusables\.cfu|.*\.spp",
    # Other languages, but for the order of their letters, which is that of files in a dialog.
    r"(zone/)?(?!en|res_index)[a-z]{2,3}(_\w+)?\.res",
)
_SOURCE = """\
    .section .note.GNU-stack,"",@progbits
    .section .rodata
    .globl {name}
    .type {name}, @object
    .balign {align}
{name}:
    .incbin "{path}"
    .size {name}, . - {name}
"""


def shrink(path: Path, work: Path) -> None:
    """Write ICU's library of data smaller, in place.

    Parameters
    ----------
    path
        A file called ``libicudata.so.VERSION``.
    work
        Folder for what is written on the way.

    Raises
    ------
    ValueError
        The library is laid out in a way that is not understood.
    subprocess.CalledProcessError
        ``as`` or ``ld`` (binutils) cannot.
    """
    name, data = data_of(Library(path))
    smaller = work / "icu.dat"
    smaller.write_bytes(without_unused(data))
    source, made = work / "icu.s", work / "icu.o"
    source.write_text(_SOURCE.format(name=name, align=_ALIGN, path=smaller), encoding="utf-8")
    subprocess.run(["as", source, "-o", made], check=True)
    path.unlink()
    subprocess.run(["ld", "-shared", "-s", f"-soname={path.name}", made, "-o", path], check=True)


def without_unused(data: bytes) -> bytes:
    """Return ICU's data without what is left out."""
    (head,) = struct.unpack_from("<H", data)
    (count,) = struct.unpack_from("<I", data, head)
    places = [_PLACES.unpack_from(data, head + 4 + n * _PLACES.size) for n in range(count)]
    ends = [item for _, item in places[1:]] + [len(data) - head]
    items = {
        data[head + name : data.index(b"\0", head + name)]: data[head + item : head + end]
        for (name, item), end in zip(places, ends, strict=True)
    }
    return data[:head] + _packed({name: item for name, item in items.items() if _kept(name)})


def _kept(name: bytes) -> bool:
    _, _, item = name.decode().partition("/")
    return not any(re.fullmatch(pattern, item) for pattern in _LEFT_OUT)


def _packed(items: dict[bytes, bytes]) -> bytes:
    names = b""
    name_places = []
    first_name = 4 + len(items) * _PLACES.size
    for name in items:
        name_places.append(first_name + len(names))
        names += name + b"\0"
    begin = _aligned(first_name + len(names))
    body = bytearray()
    places = bytearray(struct.pack("<I", len(items)))
    for at, item in zip(name_places, items.values(), strict=True):
        places += _PLACES.pack(at, begin + len(body))
        body += item.ljust(_aligned(len(item)), b"\0")
    return (bytes(places) + names).ljust(begin, b"\0") + body


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


def data_of(library: Library) -> tuple[str, bytes]:
    """Return the data, and the name that it has in the library."""
    section = library.sections[".rodata"]
    for _, (place, _info, _other, _section, value, _size) in library.symbols():
        name = library.text(place).decode()
        if re.fullmatch(r"icudt\d+_dat", name):
            start = section.offset + value - section.fields[3]
            return name, bytes(library.data[start : section.offset + section.size])
    raise ValueError("ICU's library has no data")
