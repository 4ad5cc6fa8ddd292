"""The table by which the loader finds a library's names, without those that nobody asks for.

It is numbers that look random, and takes as much of a packed archive as of the disk. Its size stays
as it was: zeros pack to nothing. See "GNU hash" in the System V ABI's extensions, as the loader of
glibc reads it: a head, a filter of bits, the first name of each group, and a number a name, whose
lowest bit ends a group.
"""

import struct
from collections.abc import Mapping

from elf import Library

_HEAD = struct.Struct("<IIII")
_NUMBER = struct.Struct("<I")


def forget_others(library: Library, kept: Mapping[int, bytes]) -> None:
    """Empty the table of all names but ``kept``: numbers in the list of names, and the names."""
    section = library.sections.get(".gnu.hash")
    if section is None:
        return
    groups, first, words, shift = _HEAD.unpack_from(library.data, section.offset)
    filter_at = section.offset + _HEAD.size
    numbers_at = filter_at + 8 * words + groups * _NUMBER.size
    end = section.offset + section.size
    for index, at in enumerate(range(numbers_at, end, _NUMBER.size), start=first):
        if index not in kept:
            (number,) = _NUMBER.unpack_from(library.data, at)
            _NUMBER.pack_into(library.data, at, number & 1)
    bits = [0] * words
    for index, name in kept.items():
        if index >= first:
            number = _hash(name)
            bits[number // 64 % words] |= 1 << number % 64 | 1 << (number >> shift) % 64
    struct.pack_into(f"<{words}Q", library.data, filter_at, *bits)


def _hash(name: bytes) -> int:
    number = 5381
    for byte in name:
        number = (number * 33 + byte) & 0xFFFFFFFF
    return number
