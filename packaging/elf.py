"""A library's file in memory, and what its tables of sections and names say.

See the ELF specification (gabi), chapters "Sections" and "Symbol Table".
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOOT = struct.Struct("<Q")
SECTION = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")
DYNAMIC = struct.Struct("<qQ")


@dataclass
class Section:
    """One line of a library's table of sections, and its place in the file."""

    place: int
    fields: list[int]

    @property
    def offset(self) -> int:
        """Where it begins in the file."""
        return self.fields[4]

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.fields[5]


class Library:
    """An ELF file in memory."""

    def __init__(self, path: Path) -> None:
        """Read it; raises ``ValueError`` if it is no ELF file of 64 bits with a list of names."""
        self.data = bytearray(path.read_bytes())
        if self.data[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{path} is no library of 64 bits")
        self.sections = self._read_sections()
        if not {".dynsym", ".dynstr"} <= self.sections.keys():
            raise ValueError(f"{path} has no list of names")
        texts = self.sections[".dynstr"]
        self.texts = bytes(self.data[texts.offset : texts.offset + texts.size])

    def _read_sections(self) -> dict[str, Section]:
        (start,) = FOOT.unpack_from(self.data, 0x28)
        count, names = struct.unpack_from("<HH", self.data, 0x3C)
        found = [
            Section(at, list(SECTION.unpack_from(self.data, at)))
            for at in range(start, start + count * SECTION.size, SECTION.size)
        ]
        offset = found[names].offset
        return {
            self.data[
                offset + each.fields[0] : self.data.index(b"\0", offset + each.fields[0])
            ].decode(): each
            for each in found
        }

    def text(self, place: int) -> bytes:
        """Return the text at a place of the texts."""
        return self.texts[place : self.texts.index(b"\0", place)]

    def symbols(self) -> Iterator[tuple[int, tuple[int, int, int, int, int, int]]]:
        """Yield the place in the file and the fields of each name."""
        table = self.sections[".dynsym"]
        for at in range(table.offset, table.offset + table.size, SYMBOL.size):
            yield at, SYMBOL.unpack_from(self.data, at)
