"""Figures as files, without a window."""

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from aegui.records.figures import Figure, Tiles
from aegui.ui.export import write_beside, write_png
from aegui.ui.theme import PAPER, load_fonts

_WIDTH, _HEIGHT, _AROUND_TILES = 1200, 640, 50


def write_figures(figures: Iterable[Figure], folder: Path) -> list[Path]:
    """Write each figure as PNG, SVG and PDF into a folder, for paper, and return the paths.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    application = _application()
    from aegui.ui.views.figure_view import FigureView

    view = FigureView(titled=True)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.set_theme(PAPER)
    paths: list[Path] = []
    try:
        for figure in figures:
            view.show_figure(figure)
            view.resize(_WIDTH, _height(figure))
            view.show()
            # Twice: headings find their height only once they have their width.
            application.processEvents()
            application.processEvents()
            png, svg, pdf = (folder / f"{figure.file_name}.{end}" for end in ("png", "svg", "pdf"))
            write_beside(png, lambda path: write_png(path, view.picture()))
            write_beside(svg, view.write_svg)
            write_beside(pdf, view.write_pdf)
            paths += [png, svg, pdf]
    finally:
        view.close()
        view.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return paths


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
