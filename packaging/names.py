"""Names of a library's own that nobody asks for, taken out of it; Linux on x86-64.

TensorFlow's library lists 446 000 C++ names in 82 MB, so that any other library could use what
they stand for; the loader also looks 380 000 of them up for the library itself, at each start.
Those that no other library of the program has in its list are made "hidden", which tells the
loader that they can only be the library's own, and their texts are left out. Names that are not
C++ stay: they may be asked for by their text.

See the ELF specification (gabi), chapters "Symbol Table" and "Program Header".
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from elf import DYNAMIC, FOOT, SECTION, SYMBOL, Library
from hashes import forget_others
from relocations import need_no_names

_PAGE = 4096
_UNDEFINED, _HIDDEN = 0, 2
# Data and functions; what is a thread's own, or chosen at the start, has no address beforehand.
_WITH_ADDRESS = {1, 2}
# From here on, sections are none: a number that is not moved with the library, and others.
_SPECIAL = 0xFF00
_PT_LOAD, _PT_PHDR = 1, 6
# Entries of the dynamic section whose value is a place in the texts; the length of these.
_DT_TEXTS, _DT_LENGTH, _DT_END = {1, 14, 15, 29}, 10, 0
_PROGRAM = struct.Struct("<IIQQQQQQ")


def names_in(path: Path) -> set[bytes]:
    """Return all names in a library's list, its own and those that it asks for."""
    try:
        library = Library(path)
    except ValueError:
        return set()
    return {library.text(fields[0]) for _, fields in library.symbols()}


def hide_own_names(path: Path, known: set[bytes]) -> None:
    """Hide what is not among the names ``known`` to others, and write the library smaller.

    Run ``strip`` first: it would put back together what is taken apart here.

    Raises
    ------
    ValueError
        The file is no library, or is laid out in a way that is not understood; it is left as it
        was.
    """
    library = Library(path)
    kept, addresses = {}, {}
    for index, (at, (name, info, other, section, value, _size)) in enumerate(library.symbols()):
        text = library.text(name)
        if section == _UNDEFINED or not text.startswith(b"_Z") or text in known:
            kept[index] = text
        else:
            hidden = other & ~3 | _HIDDEN
            # Its size tells only a debugger something.
            SYMBOL.pack_into(library.data, at, 0, info, hidden, section, value, 0)
            if info & 15 in _WITH_ADDRESS and section < _SPECIAL:
                addresses[index] = value
    forget_others(library, kept)
    need_no_names(library, addresses)
    length = _pack_texts(library)
    path.write_bytes(_without_rest(library, length))


def _pack_texts(library: Library) -> int:
    """Put the texts that are still used at the start of their section; return their length."""
    packed, places = bytearray(b"\0"), {b"": 0}
    for at in _text_places(library):
        text = library.text(struct.unpack_from("<I", library.data, at)[0])
        if text not in places:
            places[text] = len(packed)
            packed += text + b"\0"
        struct.pack_into("<I", library.data, at, places[text])
    start = library.sections[".dynstr"].offset
    library.data[start : start + len(packed)] = packed
    dynamic = library.sections[".dynamic"]
    for at in range(dynamic.offset, dynamic.offset + dynamic.size, DYNAMIC.size):
        tag, _ = DYNAMIC.unpack_from(library.data, at)
        if tag == _DT_LENGTH:
            DYNAMIC.pack_into(library.data, at, tag, len(packed))
    return len(packed)


def _text_places(library: Library) -> Iterator[int]:
    """Yield where the file refers to a text: each time four bytes."""
    for at, _ in library.symbols():
        yield at
    dynamic = library.sections[".dynamic"]
    for at in range(dynamic.offset, dynamic.offset + dynamic.size, DYNAMIC.size):
        tag, _ = DYNAMIC.unpack_from(library.data, at)
        if tag in _DT_TEXTS:
            yield at + 8
        if tag == _DT_END:
            break
    yield from _version_places(library, ".gnu.version_r", head=(4, 8, 12), part=(8, 12))
    yield from _version_places(library, ".gnu.version_d", head=(None, 12, 16), part=(0, 4))


def _version_places(
    library: Library, name: str, head: tuple[int | None, int, int], part: tuple[int, int]
) -> Iterator[int]:
    """Yield where a list of versions refers to texts.

    ``head`` are the places in an entry of a text (if it has one), of its first part and of the
    next entry; ``part`` those of a text and of the next part.
    """
    if name not in library.sections:
        return
    at = library.sections[name].offset
    while True:
        text, parts, following = head
        if text is not None:
            yield at + text
        inner = at + struct.unpack_from("<I", library.data, at + parts)[0]
        while True:
            yield inner + part[0]
            step = struct.unpack_from("<I", library.data, inner + part[1])[0]
            if not step:
                break
            inner += step
        step = struct.unpack_from("<I", library.data, at + following)[0]
        if not step:
            return
        at += step


def _without_rest(library: Library, length: int) -> bytes:
    """Return the file without the pages of texts behind the first ``length`` bytes.

    All stays at its address in memory: the segment that holds the texts becomes two.
    """
    texts = library.sections[".dynstr"]
    begin = -(-(texts.offset + length) // _PAGE) * _PAGE
    end = (texts.offset + texts.size) // _PAGE * _PAGE
    gap = end - begin
    if gap <= 0:
        return bytes(library.data)
    _split_segment(library, begin, end)
    texts.fields[5] = length
    for section in library.sections.values():
        if section.offset >= end:
            section.fields[4] -= gap
        SECTION.pack_into(library.data, section.place, *section.fields)
    (start,) = FOOT.unpack_from(library.data, 0x28)
    FOOT.pack_into(library.data, 0x28, start - gap)
    return bytes(library.data[:begin] + library.data[end:])


def _split_segment(library: Library, begin: int, end: int) -> None:
    """Write a table of segments that leaves out the bytes from ``begin`` to ``end``."""
    (start,) = FOOT.unpack_from(library.data, 0x20)
    (count,) = struct.unpack_from("<H", library.data, 0x38)
    old = [_PROGRAM.unpack_from(library.data, start + n * _PROGRAM.size) for n in range(count)]
    new = []
    for kind, flags, offset, *rest in old:
        address, physical, size, memory, align = rest
        if kind == _PT_PHDR:
            # Where the table is, which the loader finds without; the line is needed below.
            continue
        if kind == _PT_LOAD and offset < begin and end <= offset + size:
            first, second = begin - offset, end - offset
            new.append((kind, flags, offset, address, physical, first, first, align))
            moved = (address + second, physical + second, size - second, memory - second, align)
            new.append((kind, flags, begin, *moved))
        else:
            shift = end - begin if offset >= end else 0
            new.append((kind, flags, offset - shift, *rest))
    if len(new) != count:
        raise ValueError("the texts are not in one segment, or there is no line to spare")
    for number, segment in enumerate(new):
        _PROGRAM.pack_into(library.data, start + number * _PROGRAM.size, *segment)
