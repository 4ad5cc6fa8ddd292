"""How licences are written down: a list of what there is, then every text once."""

from collections.abc import Iterable

# Title, licence in one line, texts.
Entry = tuple[str, str, list[str]]

_WIDTH = 78


def document(beginning: str, entries: Iterable[Entry]) -> str:
    """Return a list of titles with their licences, and below it the texts."""
    entries = list(entries)
    lines = [beginning, ""]
    lines += [f"  {title}: {licence}" for title, licence, _ in entries]
    told: dict[str, str] = {}
    for title, licence, texts in entries:
        lines += ["", "=" * _WIDTH, title, licence, "=" * _WIDTH]
        for text in texts or [""]:
            lines += ["", _once(text, title, told)]
    return "\n".join(lines) + "\n"


def _once(text: str, title: str, told: dict[str, str]) -> str:
    """Return a text, or where it stands already: that of Apache is needed a dozen times."""
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        return "No text comes with it."
    before = told.setdefault(text, title)
    return text if before == title else f"The text is the same as that of {before}."
