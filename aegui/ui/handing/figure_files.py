"""Figures as files, drawn where nobody sees it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from aegui.records.figures import Figure, Tiles
from aegui.ui.handing.export import write_beside, write_png
from aegui.ui.theme import PAPER, load_fonts

if TYPE_CHECKING:
    # It brings in pyqtgraph, which an application must be there for.
    from aegui.ui.views.lesson.figure_view import FigureView

_WIDTH, _HEIGHT, _AROUND_TILES = 1200, 640, 50


def write_figures(figures: Iterable[Figure], folder: Path) -> list[Path]:
    """Write each figure as PNG, SVG and PDF into a folder, for paper, and return the paths.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    paths: list[Path] = []
    with _drawn(figures, titled=True) as views:
        for figure, view in views:
            png, svg, pdf = (folder / f"{figure.file_name}.{end}" for end in ("png", "svg", "pdf"))
            write_beside(png, partial(_write_png, view))
            write_beside(svg, view.write_svg)
            write_beside(pdf, view.write_pdf)
            paths += [png, svg, pdf]
    return paths


def figure_svgs(figures: Iterable[Figure]) -> list[bytes]:
    """Return each figure as SVG, for paper, without its title and what is said of it."""
    drawn = []
    with TemporaryDirectory(prefix="aegui-") as place, _drawn(figures, titled=False) as views:
        path = Path(place) / "figure.svg"
        for _, view in views:
            view.write_svg(path)
            drawn.append(path.read_bytes())
    return drawn


@contextmanager
def _drawn(
    figures: Iterable[Figure], *, titled: bool
) -> Iterator[Iterator[tuple[Figure, "FigureView"]]]:
    """Give each figure in turn, with a view that shows it."""
    application = _application()
    from aegui.ui.views.lesson.figure_view import FigureView

    view = FigureView(titled=titled)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.set_theme(PAPER)

    def show() -> Iterator[tuple[Figure, FigureView]]:
        for figure in figures:
            view.show_figure(figure if titled else replace(figure, note=""))
            view.resize(_WIDTH, _height(figure))
            view.show()
            # Twice: headings find their height only once they have their width. Nothing else is
            # let in: a window may be open beside this.
            for _ in range(2):
                application.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            yield figure, view

    try:
        yield show()
    finally:
        view.close()
        view.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _write_png(view: "FigureView", path: Path) -> None:
    write_png(path, view.picture())


def _application() -> QApplication:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        return application
    # Nothing is to appear on the screen, whether there is one or not.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["aegui"])
    application.setFont(load_fonts())
    return application


def _height(figure: Figure) -> int:
    """Return a height for the figure's build: plots are even, pictures take what they need."""
    rows = -(-len(figure.panels) // figure.columns)
    tiles = [mark for p in figure.panels for mark in p.marks if isinstance(mark, Tiles)]
    if not tiles:
        return _HEIGHT * rows
    lines = max(-(-len(mark.rows) // mark.columns) for mark in tiles)
    side = _WIDTH / max(mark.columns for mark in tiles)
    return round(rows * (lines * side + _AROUND_TILES)) + _AROUND_TILES
