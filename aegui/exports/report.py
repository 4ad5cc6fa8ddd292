"""A report as one HTML file that needs nothing beside it: no script, no network, no other file."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from aegui import __version__

_STYLE = """\
body { font: 15px/1.5 Inter, system-ui, sans-serif; color: #12161d; background: #fff;
       max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
p.quiet, figcaption { color: #566070; } p.note { white-space: pre-wrap; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem 1rem .3rem 0; border-bottom: 1px solid #d3d9e2; text-align: left; }
th[scope=row] { color: #566070; font-weight: normal; }
figure { margin: 1.5rem 0; } img { max-width: 100%; height: auto; }
pre { background: #f1f3f6; padding: 1rem; overflow: auto; }
@media print { body { margin: 0; max-width: none; } figure, table { break-inside: avoid; } }"""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Table:
    """Cells with a heading above each column and one before each line."""

    heading: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class Drawing:
    """A figure as SVG, with what it shows for who cannot see it."""

    title: str
    svg: bytes
    note: str = ""


@dataclass(frozen=True)
class Listing:
    """Text that stands as it is, folded under its heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class Page:
    """All of a report, in the order in which it is read; every text is plain, not HTML."""

    title: str
    summary: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
    listings: tuple[Listing, ...]


def report_html(page: Page, drawings: Sequence[Drawing]) -> str:
    """Return a page with its drawings as an HTML document.

    What people have written, such as names and notes, is escaped: it is shown, never obeyed. The
    drawings stand in it as images, in which nothing can run either.
    """
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        # Whatever slipped in could load nothing and run nothing.
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(page.title)}</title>",
        f"<style>\n{_STYLE}\n</style></head><body>",
        f"<h1>{escape(page.title)}</h1>",
        f'<p class="quiet">{escape(page.summary)}</p>',
        *(f'<p class="note">{escape(note)}</p>' for note in page.notes),
        *map(_table, page.tables),
        *map(_figure, drawings),
        *map(_listing, page.listings),
        f'<p class="quiet">Written by aegui {escape(__version__)}.</p>',
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("", *table.columns))
    lines = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, cells in table.lines
    )
    note = f'\n<p class="quiet">{escape(table.note)}</p>' if table.note else ""
    body = f"<table>\n<tr>{head}</tr>\n{lines}\n</table>" if table.lines else ""
    return f"<h2>{escape(table.heading)}</h2>\n{body}{note}"


def _figure(drawing: Drawing) -> str:
    source = b64encode(drawing.svg).decode("ascii")
    image = f'<img alt="{escape(drawing.title)}" src="data:image/svg+xml;base64,{source}">'
    caption = f"<figcaption>{escape(drawing.note)}</figcaption>" if drawing.note else ""
    return f"<h2>{escape(drawing.title)}</h2>\n<figure>{image}{caption}</figure>"


def _listing(listing: Listing) -> str:
    return (
        f"<h2>{escape(listing.heading)}</h2>\n<details><summary>Show</summary>"
        f"<pre>{escape(listing.text)}</pre></details>"
    )
