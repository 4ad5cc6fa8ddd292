"""A part of a Keras script: what it is for, in words, and its code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """``heading`` and ``prose`` say what ``code`` does and why; the code ends without a newline."""

    heading: str
    prose: str
    code: str


class Source(str):
    """Text that is source already, and no string in it."""

    __slots__ = ()


def call(function: str, *values: object, **options: object) -> str:
    """Return the source text of a call."""
    words = [literal(value) for value in values]
    words += [f"{name}={literal(value)}" for name, value in options.items()]
    return f"{function}({', '.join(words)})"


def literal(value: object) -> str:
    """Return the source text of a value; strings in double quotes."""
    if isinstance(value, Source):
        return value
    return f'"{value}"' if isinstance(value, str) else repr(value)


def whole(number: int) -> str:
    """Return a whole number as Python source, its thousands apart: ``1_000_000``."""
    return f"{number:_}"
