"""Figures drawn: every kind of mark, kept items, keys beside the data, files."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from aegui.records.figures import (
    Bars,
    Curve,
    Dots,
    Figure,
    Line,
    Panel,
    Sheet,
    Tiles,
    Whiskers,
    Words,
)
from aegui.ui.handing.figure_files import write_figures
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.lesson.figure_colours import cyclic_colours, tone_colour
from aegui.ui.views.lesson.figure_panel import PanelPlot
from aegui.ui.views.lesson.figure_view import FigureView

PLACES = np.arange(5, dtype=np.float64)
COUNTS = np.array([1.0, 4.0, 9.0, 4.0])


def plotted(factor: float = 1.0, *, log_y: bool = False) -> Panel:
    marks = (
        Bars(PLACES, factor * COUNTS, "σ = 0.5"),
        Bars(PLACES, factor * COUNTS, "skyline", "1", outlined=True),
        Curve(PLACES, factor * (PLACES + 1), "curve", "muted", dashed=True),
        Dots(PLACES, factor * (PLACES + 1), "dots", "class 3", around=PLACES / 5),
        Whiskers(PLACES, factor * (PLACES + 1), PLACES / 10, "mean", "2"),
        Line(factor * 2.0, name="line"),
        Line(2.0, across=False),
        Words("PCA: 0", 0.9, 0.9, "text"),
    )
    return Panel("Panel", marks, "x", "y", log_y=log_y, x_ticks=((1.0, "one"),))


def pictures() -> Panel:
    rows = np.random.default_rng(0).random((6, 16), dtype=np.float32)
    return Panel("Pictures", (Tiles(rows, (4, 4), 3, ("a",) * 6, ("first", "second")),))


def numbers() -> Panel:
    return Panel("Numbers", (Sheet(("x", "y"), (("1", "2"), ("3", "4"))),))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[FigureView]:
    view = FigureView(titled=True)
    qtbot.addWidget(view)
    view.resize(900, 500)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.hide()


def test_a_figure_that_grows_keeps_its_items(view: FigureView) -> None:
    view.show_figure(Figure("f", "Title", (plotted(),)))
    body = view.panels[0].body
    assert isinstance(body, PanelPlot)
    before = list(body.items)
    view.show_figure(Figure("f", "Title", (plotted(3.0),)))
    assert view.panels[0].body is body
    assert body.items == before
    heights = before[0].opts["y1"]
    assert heights == pytest.approx(3 * COUNTS)
    fewer = plotted()
    fewer = Panel("Panel", fewer.marks[:2], "x", "y")
    view.show_figure(Figure("f", "Title", (fewer,)))
    assert body.items == before[:4]


def test_another_build_takes_another_layout(view: FigureView) -> None:
    view.show_figure(Figure("f", "One", (plotted(),)))
    view.show_figure(Figure("g", "Three", (pictures(), numbers(), plotted()), columns=3))
    assert [panel.heading.names for panel in view.panels][:2] == [[], []]
    assert len(view.panels) == 3


def test_the_key_stands_above_the_data(view: FigureView, qtbot: QtBot) -> None:
    view.show_figure(Figure("f", "Title", (plotted(),)))
    panel = view.panels[0]
    qtbot.waitUntil(lambda: panel.body.sceneBoundingRect().height() > 200)
    assert panel.heading.names == ["σ = 0.5", "skyline", "curve", "dots", "mean", "line"]
    key, plot = panel.heading.sceneBoundingRect(), panel.body.sceneBoundingRect()
    assert key.bottom() <= plot.top() + 1
    assert not key.intersects(plot.adjusted(0, 2, 0, 0))


def test_everything_is_in_view(view: FigureView) -> None:
    view.show_figure(Figure("f", "Title", (plotted(),)))
    body = view.panels[0].body
    assert isinstance(body, PanelPlot)
    (left, right), (low, high) = body.vb.viewRange()
    assert left <= 0
    assert right >= 4
    assert low <= 0
    assert high >= 9


def test_a_logarithmic_panel_shows_powers_of_ten(view: FigureView) -> None:
    dots = Dots(PLACES, np.array([1.2, 0.05, 0.03, 0.4, 0.0]), "seed")
    view.show_figure(Figure("f", "Title", (Panel("p", (dots,), log_y=True),)))
    body = view.panels[0].body
    assert isinstance(body, PanelPlot)
    low, high = body.vb.viewRange()[1]
    assert low < np.log10(0.03)
    assert high > np.log10(1.2)
    assert body.getAxis("left").logMode


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_a_figure_is_drawn_in_the_colours_of_the_theme(view: FigureView, theme: object) -> None:
    assert theme in (DARK, LIGHT)
    chosen = DARK if theme is DARK else LIGHT
    view.set_theme(chosen)
    view.show_figure(Figure("f", "Title", (plotted(), pictures(), numbers()), "A note."))
    image = view.picture()
    assert image.pixelColor(2, 2).name() == chosen.surface
    colours = {image.pixelColor(x, y).name() for x in range(0, 1800, 7) for y in range(0, 1000, 7)}
    assert len(colours) > 20


def test_tones_are_told_apart() -> None:
    for theme in (DARK, LIGHT):
        classes = {tone_colour(theme, f"class {digit}").name() for digit in range(10)}
        assert len(classes) == 10
        around = cyclic_colours(theme)
        steps = [
            abs(a.redF() - b.redF()) + abs(a.greenF() - b.greenF()) + abs(a.blueF() - b.blueF())
            for a, b in zip(around, around[1:] + around[:1], strict=True)
        ]
        assert max(steps) < 0.2, "the last hue is beside the first"


@pytest.mark.usefixtures("qtbot")
def test_figures_become_files(tmp_path: Path) -> None:
    figures = [
        Figure("f", "Title", (plotted(), numbers()), "A note.", ("Per feature",)),
        Figure("g", "Pictures", (pictures(),), columns=1),
    ]
    paths = write_figures(figures, tmp_path)
    names = [f"{name}.{end}" for name in ("f-per-feature", "g") for end in ("png", "svg", "pdf")]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names), "nothing beside"
    image = QImage(str(paths[0]))
    assert image.width() == 2400
    text = "".join(ET.parse(paths[1]).getroot().itertext())  # noqa: S314
    assert "Per feature" not in text
    assert "A note." in text
    assert "σ = 0.5" in text


def test_the_numbers_behind_a_figure_can_be_had(view: FigureView) -> None:
    view.show_figure(Figure("f", "Title", (plotted(), numbers(), pictures())))
    headers, rows = view.table()
    lines = list(rows)
    assert headers == ("panel", "name", "x", "y")
    assert ("Panel", "σ = 0.5", 2.0, 9.0) in lines
    assert ("Numbers", "", "1", "2") in lines
