"""The places in a library that the loader writes addresses to, without a way over names.

An address of the library's own is where the library lies, and a number that is known beforehand;
TensorFlow's library has 400 000 places that are filled by way of its list of names all the same.
Once they need no names, these are emptied. See the ELF specification for x86-64, "Relocation".
"""

import struct
from collections.abc import Mapping

from elf import DYNAMIC, SYMBOL, Library

_ENTRY = struct.Struct("<QIIq")
# Kinds of places: an address of a name and a number added to it, of a name alone (two kinds, for
# data and for functions), and of the library and a number.
_SUM, _ALONE, _OWN = 1, {6, 7}, 8
_DT_SIZE, _DT_FUNCTIONS_SIZE = 8, 2
_TABLES = (".rela.dyn", ".rela.plt")


def need_no_names(library: Library, own: Mapping[int, int]) -> None:
    """Fill places from the library's own addresses, and empty names that no place needs then.

    Parameters
    ----------
    library
        Its names are hidden where they are its own, see ``names.py``.
    own
        Addresses that are certain: numbers in the list of names, and the addresses.

    Raises
    ------
    ValueError
        The two tables of places do not follow each other.
    """
    needed = set()
    for name in _TABLES:
        table = library.sections[name]
        for at in range(table.offset, table.offset + table.size, _ENTRY.size):
            place, kind, symbol, added = _ENTRY.unpack_from(library.data, at)
            if symbol in own and (kind == _SUM or kind in _ALONE):
                address = own[symbol] + (added if kind == _SUM else 0)
                _ENTRY.pack_into(library.data, at, place, _OWN, 0, address)
            else:
                needed.add(symbol)
    for index, (at, _) in enumerate(library.symbols()):
        if index in own and index not in needed:
            SYMBOL.pack_into(library.data, at, 0, 0, 0, 0, 0, 0)
    _fill_all_at_once(library)


def _fill_all_at_once(library: Library) -> None:
    """Make the table of functions, which may be filled at first use by name, part of the other."""
    first, second = (library.sections[name] for name in _TABLES)
    if first.offset + first.size != second.offset:
        raise ValueError("the tables of places do not follow each other")
    dynamic = library.sections[".dynamic"]
    for at in range(dynamic.offset, dynamic.offset + dynamic.size, DYNAMIC.size):
        tag, _ = DYNAMIC.unpack_from(library.data, at)
        if tag == _DT_SIZE:
            DYNAMIC.pack_into(library.data, at, tag, first.size + second.size)
        if tag == _DT_FUNCTIONS_SIZE:
            DYNAMIC.pack_into(library.data, at, tag, 0)
