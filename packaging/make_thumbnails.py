"""Make the thumbnails of the first page, resources/lessons: a panel of each lesson's figures.

    python packaging/make_thumbnails.py [LESSON…]

Works without a display. Trains every lesson with one seed on fewer rows than the lesson has, and
draws what its figures show, without axes, for both themes.
"""

import dataclasses
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from aegui.analysis.lessons import Evidence, Study, study_lesson
from aegui.app import make_application
from aegui.lesson_book import model_of
from aegui.records import TrialOutcome
from aegui.records.figures import Panel, Tiles, Words
from aegui.specs import LESSONS, ExperimentSpec, Lesson, TrialSpec, find_lesson, parts_of
from aegui.specs.files import build_experiment
from aegui.sweeps.trial import TrialFailure, run_trial
from aegui.ui.theme import DARK, LIGHT, Theme, ThemeSwitch
from aegui.ui.views.lesson.figure_panel import PanelPlot, kind_of
from aegui.ui.views.lesson.figure_tiles import TilesBlock

TARGET = Path(__file__).resolve().parent.parent / "resources" / "lessons"
SIZE, SCALE = (132, 84), 2
ROWS = 200_000
# Which figure of a lesson, and which of its panels, says most in a small place.
PANELS = {
    "noise-simple": ("features", 0),
    "noise-deep": ("comparison", 0),
    "noise-deep-as-coded": ("comparison", 0),
    "noise-features": ("error-by-features", 0),
    "sine-features": ("circle", 0),
    "sine-layers": ("error-by-depth", 0),
    "mnist": ("extremes", 1),
    "mnist-deep": ("plane", 0),
    "mnist-conv": ("by-class", 0),
    "mnist-denoise": ("cleaning", 0),
    "mnist-vae": ("dreams", 0),
    "pca-or-not": ("pca", 2),
}


def main() -> None:
    """Train each experiment once, and draw."""
    application = make_application(["aegui"])
    ThemeSwitch(application, "dark").dress()
    TARGET.mkdir(exist_ok=True)
    known: dict[ExperimentSpec, TrialOutcome] = {}
    wanted = sys.argv[1:] or [lesson.name for lesson in LESSONS]
    for lesson in map(find_lesson, wanted):
        study = studied(lesson, known)
        name, place = PANELS[lesson.name]
        figure = next(figure for figure in study.figures if figure.name == name)
        for theme in (DARK, LIGHT):
            path = TARGET / f"{lesson.name}-{theme.name}.png"
            draw(application, figure.panels[place], theme).save(str(path))
            print(path)


def studied(lesson: Lesson, known: dict[ExperimentSpec, TrialOutcome]) -> Study:
    """Train what is not known yet, with one seed, and return the lesson's study."""
    parts: dict[str, tuple[TrialOutcome, ...]] = {}
    for part, sweep in parts_of(lesson).items():
        one_seed = sweep.model_copy(update={"seeds": 1})
        parts[part] = tuple(trained(trial, known) for trial in one_seed.trials())
    return study_lesson(lesson.name, Evidence(parts, model_of))


def trained(trial: TrialSpec, known: dict[ExperimentSpec, TrialOutcome]) -> TrialOutcome:
    """Return what a trial leaves, on fewer rows."""
    raw = trial.experiment.model_dump(mode="json")
    raw["dataset"]["rows"] = min(raw["dataset"]["rows"], ROWS)
    experiment = build_experiment(raw, "thumbnails")
    if experiment not in known:
        end = run_trial(dataclasses.replace(trial, experiment=experiment))
        if end is None or isinstance(end, TrialFailure):
            raise SystemExit(f"{experiment.title} could not be trained: {end}")
        known[experiment] = end
    return dataclasses.replace(
        known[experiment], number=trial.number, settings=dict(trial.settings), seed=trial.seed
    )


def draw(application: QApplication, panel: Panel, theme: Theme) -> QImage:
    """Return a panel without axes and words, small."""
    view = pg.GraphicsLayoutWidget()
    view.setBackground(theme.field)
    view.ci.setContentsMargins(4, 4, 4, 4)
    view.addItem(body(panel, theme))
    view.resize(*SIZE)
    view.show()
    application.processEvents()
    image = QImage(SIZE[0] * SCALE, SIZE[1] * SCALE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.render(painter)
    painter.end()
    view.close()
    return image


def fewer(tiles: Tiles) -> Tiles:
    """Return some of the pictures, evenly chosen, that are large enough to be seen."""
    grid = np.arange(len(tiles.rows)).reshape(-1, tiles.columns)
    lines = np.linspace(0, len(grid) - 1, min(len(grid), 4)).astype(int)
    columns = np.linspace(0, tiles.columns - 1, 4 if len(lines) < 3 else 6).astype(int)
    chosen = grid[np.ix_(lines, columns)]
    return Tiles(tiles.rows[chosen.ravel()], tiles.shape, len(columns))


def body(panel: Panel, theme: Theme) -> PanelPlot | TilesBlock:
    """Return what shows a panel's marks."""
    if kind_of(panel) is Tiles:
        tiles = next(mark for mark in panel.marks if isinstance(mark, Tiles))
        block = TilesBlock()
        block.set_theme(theme)
        block.show_tiles(fewer(tiles))
        return block
    plot = PanelPlot()
    marks = tuple(mark for mark in panel.marks if not isinstance(mark, Words))
    plot.show_panel(dataclasses.replace(panel, marks=marks), theme)
    for side in ("bottom", "left"):
        plot.hideAxis(side)
    return plot


if __name__ == "__main__":
    main()
