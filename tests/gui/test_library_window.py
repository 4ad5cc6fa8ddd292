"""Runs looked after: the column, the library window, the comparison, going on after a kill."""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QInputDialog

from aegui.control import RunState, TrainingControl
from aegui.exports import keras_script
from aegui.places import runs_folder, sweeps_folder
from aegui.runs import Library, note_run, pack_run, read_run, rename_run
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    MnistSpec,
    NoiseSpec,
    TrainingSpec,
)
from aegui.ui.comparison import MOST
from aegui.ui.handing.export import picture_of
from aegui.ui.library.library_columns import COLUMNS
from aegui.ui.library.library_window import LibraryWindow
from aegui.ui.main_window import MainWindow
from aegui.ui.runs.card_words import moment_in_words, number_in_words, size_in_words
from aegui.ui.runs.run_button import RunButton
from aegui.ui.runs.run_row import RunRow
from aegui.ui.views.text import loss_text
from aegui.workflow import WorkflowObserver, run_experiment
from aegui.yardstick import baselines_of

if TYPE_CHECKING:
    from aegui.records import RunResult
    from aegui.ui.shown import Shown

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier

OpenWindow = Callable[..., MainWindow]


def _digits(width: int = 4, epochs: int = 2, **changes: object) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=MnistSpec(rows=600),
        architecture=ArchitectureSpec(code=DenseCode(width=width)),
        training=TrainingSpec(epochs=epochs, batch_size=100, **changes),
    )


NOISE = ExperimentSpec(
    dataset=NoiseSpec(rows=300, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=2, batch_size=64),
)


def _keep(experiment: ExperimentSpec, name: str = "") -> Path:
    folder = run_experiment(experiment, TrainingControl(), WorkflowObserver(), runs_folder()).folder
    assert folder is not None
    if name:
        rename_run(folder, name)
    return folder


def _interrupt(folder: Path, epochs: int | None = None) -> None:
    """Leave of a run what a kill would have left: of a process that is gone, without its end."""
    (folder / "result.json").unlink()
    status = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(status | {"pid": 2**22 + 1}))
    if epochs is not None:
        experiment = json.loads((folder / "experiment.json").read_text())
        experiment["training"]["epochs"] = epochs
        (folder / "experiment.json").write_text(json.dumps(experiment))


def rows(window: MainWindow) -> list[RunRow]:
    return [row for row in window.runs.findChildren(RunRow) if row.isVisible()]


def buttons(window: MainWindow) -> list[RunButton]:
    return [row.button for row in rows(window)]


def tick(window: MainWindow, place: int) -> None:
    box = rows(window)[place].findChild(QCheckBox)
    assert box is not None
    QTest.mouseClick(box, LEFT, pos=box.rect().center())


def headings(window: MainWindow) -> list[str]:
    return [label.text() for label in window.runs._headings]


def library(window: MainWindow, hands: Any) -> LibraryWindow:
    hands.click(window.runs, "Open library…")
    found = window.desk.library
    assert found is not None
    hands.until(found.isVisible)
    return found


def names(found: LibraryWindow) -> list[str]:
    return [found.proxy.index(row, 0).data() for row in range(found.proxy.rowCount())]


def _select(found: LibraryWindow, *chosen: int) -> None:
    selection = found.table.selectionModel()
    selection.clearSelection()
    for row in chosen:
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        selection.select(found.proxy.index(row, 0), flags)
        selection.setCurrentIndex(found.proxy.index(row, 0), selection.SelectionFlag.NoUpdate)


def _has_galleries(window: MainWindow, lines: int) -> bool:
    galleries = [g for g in window.tabs.compare_view._galleries if not g.isHidden()]
    shown = [line for gallery in galleries for line in gallery.lines]
    return len(shown) == lines and all(line.error.text() for line in shown)


# The column.


def test_runs_are_grouped_by_data_with_their_error(open_window: OpenWindow, hands: Any) -> None:
    digits, noise = _keep(_digits()), _keep(NOISE, "Mine")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 2)
    assert headings(window) == ["Uniform noise", "MNIST digits"]
    assert [button.card.folder for button in buttons(window)] == [noise, digits]
    run = read_run(noise)
    error = float(run.row_errors.mean()) / 6
    assert buttons(window)[0].accessibleName().startswith("Run Mine, today ")
    assert f"error per feature {error:.4f}" in buttons(window)[0].accessibleName()


def test_a_run_of_a_sweep_stands_under_its_name(open_window: OpenWindow, hands: Any) -> None:
    folder = _keep(NOISE)
    sweep = sweeps_folder() / "20260101-000000-sweep-noise-features"
    sweep.mkdir(parents=True)
    (sweep / "sweep.json").write_text('{"axes": [{"field": "dataset.features"}]}')
    folder.rename(sweep / folder.name)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    assert headings(window) == ["Uniform noise · sweep over features"]
    QTest.mouseClick(buttons(window)[0], LEFT)
    hands.until(window.tabs.isVisible)
    assert window.column.experiment() == NOISE


def test_the_menu_names_colours_annotates_and_deletes(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _keep(NOISE)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    shelf = window.session.shelf
    menu = window.desk._menu.make(shelf.cards)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    usual = ["Open", "Rename…", "Colour", "Note…", "Show folder", "Keras script"]
    handed = [
        "Export to a folder",
        "Save as .aegui file…",
        "Save as small .aegui file…",
        "Save report…",
    ]
    assert list(actions) == [*usual, *handed, "Delete"]

    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("My run", True))
    actions["Rename…"].trigger()
    hands.until(lambda: shelf.cards[0].name == "My run")
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_: ("Look\nhere", True))
    actions["Note…"].trigger()
    hands.until(lambda: shelf.cards[0].about.note == "Look\nhere")
    assert "Look\nhere" in buttons(window)[0].toolTip()
    colours = actions["Colour"].menu()
    colours.actions()[4].trigger()
    hands.until(lambda: shelf.cards[0].about.colour == 3)
    assert buttons(window)[0]._hue == 3
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("never", False))
    QTest.keyClick(buttons(window)[0], Qt.Key.Key_F2)
    menu.deleteLater()

    QTest.keyClick(buttons(window)[0], Qt.Key.Key_Delete)
    hands.until(lambda: not rows(window))
    assert not folder.exists()
    assert window.notice.text() == "1 run was deleted."
    assert any("Runs are kept here" in text for text in hands.texts(window.runs))
    hands.click(window.notice, "Undo")
    hands.until(lambda: len(rows(window)) == 1)
    assert not window.notice.isVisible()
    assert Library(runs_folder()).list_runs().cards[0].name == "My run"


def test_a_run_leaves_as_a_keras_script(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _interrupt(_keep(NOISE), 9)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    (card,) = window.session.shelf.cards
    written = keras_script(card.experiment, card.history)
    assert "epochs of 9\n" in written or "epoch of 9\n" in written
    menu = window.desk._menu.make(window.session.shelf.cards)
    scripts = next(a.menu() for a in menu.actions() if a.text() == "Keras script")
    copy, save, notebook = scripts.actions()
    copy.trigger()
    assert QApplication.clipboard().text() == written
    for action, name in ((save, "mine.py"), (notebook, "mine.ipynb")):
        chosen = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: (chosen, ""))
        action.trigger()
    assert (tmp_path / "mine.py").read_text(encoding="utf-8") == written
    assert '"nbformat": 4' in (tmp_path / "mine.ipynb").read_text(encoding="utf-8")
    menu.deleteLater()


def test_a_run_goes_out_as_a_file_and_comes_back_by_dropping_it(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = _keep(NOISE, "Mine/yours")
    before = read_run(folder)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    menu = window.desk._menu.make(window.session.shelf.cards)
    asked: list[str] = []

    def answer(_parent: object, _title: str, proposal: str, _filter: str) -> tuple[str, str]:
        asked.append(proposal)
        return str(tmp_path / "out"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    next(a for a in menu.actions() if a.text() == "Save as .aegui file…").trigger()
    hands.until(lambda: window.notice.text() == "out.aegui was saved.")
    assert asked == ["Mine-yours.aegui"]
    menu.deleteLater()
    shutil.rmtree(folder)

    shown: list[Shown] = []
    window.presenter.shown.connect(shown.append)
    _drop(window, tmp_path / "out.aegui")
    hands.until(lambda: bool(shown))
    assert window.column.experiment() == NOISE
    assert [card.name for card in window.session.shelf.cards] == ["Mine/yours"]
    for weight, other in zip(shown[0].model.weights, before.weights, strict=True):
        np.testing.assert_array_equal(weight, other)
    np.testing.assert_array_equal(shown[0].row_errors, before.row_errors)

    (tmp_path / "out.aegui").write_bytes(b"no zip")
    _drop(window, tmp_path / "out.aegui")
    hands.until(lambda: "out.aegui is no run that aegui has packed" in window.notice.text())
    assert window.column.experiment() == NOISE
    assert len(window.session.shelf.cards) == 1


def test_a_run_leaves_in_other_forms(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _keep(NOISE, "Mine/yours")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    menu = window.desk._menu.make(window.session.shelf.cards)
    exports = next(a.menu() for a in menu.actions() if a.text() == "Export to a folder")
    actions = {action.text(): action for action in exports.actions()}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    actions["Model for Keras…"].trigger()
    forms = {
        (kind, form.text()): form
        for kind in ("Codes of the test rows", "Errors of the test rows")
        for form in actions[kind].menu().actions()
    }
    forms["Errors of the test rows", "As CSV…"].trigger()
    forms["Codes of the test rows", "As Parquet…"].trigger()
    out = tmp_path / "Mine-yours"
    wanted = {"autoencoder.keras", "encoder.keras", "decoder.keras", "errors.csv", "codes.parquet"}
    hands.until(lambda: out.is_dir() and {path.name for path in out.iterdir()} == wanted)
    hands.until(lambda: window.notice.text() == "Mine-yours was saved.")
    shutil.rmtree(out)
    out.touch()
    forms["Codes of the test rows", "As NPY…"].trigger()
    hands.until(lambda: "Mine-yours cannot be written" in window.notice.text())
    menu.deleteLater()


def test_runs_leave_as_a_report(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _keep(NOISE, "<b>Mine</b>")
    _keep(_digits(), "Other")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 2)
    cards = window.session.shelf.cards
    for chosen, name, words in (
        (cards[1:], "one.html", "Save report…"),
        (cards, "two.html", "Save report of 2 runs…"),
    ):
        menu = window.desk._menu.make(chosen)
        path = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (path, ""))
        next(a for a in menu.actions() if a.text() == words).trigger()
        hands.until(lambda name=name: window.notice.text() == f"{name} was saved.")
        menu.deleteLater()
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.html", "two.html"))
    assert one.count("<img ") == 3
    assert "&lt;b&gt;Mine&lt;/b&gt;" in one
    assert "<b>Mine" not in one + two
    # Rows of other widths: no common histogram.
    assert two.count("<img ") == 3
    assert "What differs" in two


def test_the_program_opens_with_the_run_of_a_file(
    open_window: OpenWindow, hands: Any, tmp_path: Path
) -> None:
    folder = _keep(NOISE)
    pack_run(folder, tmp_path / "mine.aegui")
    shutil.rmtree(folder)
    window = open_window(before=lambda window: window.incoming.take(tmp_path / "mine.aegui"))
    hands.until(lambda: len(rows(window)) == 1 and window.tabs.isVisible())
    assert window.column.experiment() == NOISE


def _drop(window: MainWindow, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    none, action = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    place = window.rect().center()
    enter = QDragEnterEvent(place, action, data, LEFT, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), action, data, LEFT, none))


def test_what_was_deleted_is_gone_after_the_window(open_window: OpenWindow, hands: Any) -> None:
    _keep(NOISE)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    window.session.shelf.delete((buttons(window)[0].card.folder,))
    hands.until(lambda: not rows(window))
    assert list(runs_folder().glob(".trash/*/*/*"))
    window.close()
    assert not list(runs_folder().glob(".trash/*"))


def test_what_was_wished_for_is_done_though_the_window_closes(
    open_window: OpenWindow, hands: Any
) -> None:
    back, gone, renamed = _keep(NOISE), _keep(NOISE), _keep(NOISE)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 3)
    shelf = window.session.shelf
    shelf.delete((back,))
    hands.until(lambda: len(rows(window)) == 2)
    gate, reached = threading.Event(), threading.Event()

    def be_busy() -> None:
        reached.set()
        assert gate.wait(10)

    window.session._tasks.submit("busy", be_busy, lambda _: None, lambda _: None)
    assert reached.wait(10)
    hands.click(window.notice, "Undo")
    shelf.rename(renamed, "Mine")
    shelf.annotate(renamed, "Look here")
    shelf.delete((gone,))
    opener = threading.Timer(0.05, gate.set)
    opener.start()
    window.close()
    opener.join()
    cards = {card.folder: card for card in Library(runs_folder()).list_runs().cards}
    assert set(cards) == {back, renamed}
    assert (cards[renamed].name, cards[renamed].about.note) == ("Mine", "Look here")
    assert not list(runs_folder().glob(".trash/*/*/*"))


def test_too_long_a_name_is_told(open_window: OpenWindow, hands: Any) -> None:
    folder = _keep(NOISE)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    window.session.shelf.rename(folder, "x" * 500)
    hands.until(window.notice.isVisible)
    assert "The name has 500 characters" in window.notice.text()


# Going on after a kill.


def test_an_interrupted_run_goes_on_in_its_place(open_window: OpenWindow, hands: Any) -> None:
    whole = _keep(_digits(epochs=4))
    folder = _keep(_digits(epochs=2), "Mine")
    _interrupt(folder, epochs=4)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 2)
    button = buttons(window)[0]
    assert "interrupted · continue" in button.accessibleName()
    assert not rows(window)[0].tick.isVisible()
    ended: list[RunResult] = []
    window.session.controller.run_ended.connect(ended.append)
    QTest.mouseClick(button, LEFT)
    hands.until(lambda: bool(ended))
    assert ended[0].state is RunState.FINISHED
    assert ended[0].folder == folder
    assert window.column.experiment() == _digits(epochs=4)
    hands.until(lambda: [b.card.summary is not None for b in buttons(window)] == [True, True])
    assert buttons(window)[0].card.name == "Mine"
    assert buttons(window)[0].isChecked()
    losses = [[r.val_loss for r in read_run(path).card.history] for path in (whole, folder)]
    assert losses[0] == losses[1]
    assert len(window.tabs.train_view._loss.table()[1]) == 5


def test_a_run_of_another_program_is_not_opened(open_window: OpenWindow, hands: Any) -> None:
    folder = _keep(NOISE)
    (folder / "result.json").unlink()
    status = json.loads((folder / "run.json").read_text())
    now = {"pid": 1, "continued": "2999-01-01T00:00:00Z"}
    (folder / "run.json").write_text(json.dumps(status | now))
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    assert "being trained · epoch 2" in buttons(window)[0].accessibleName()
    QTest.mouseClick(buttons(window)[0], LEFT)
    hands.until(window.notice.isVisible)
    assert "is being trained by another aegui" in window.notice.text()
    window.session.shelf.delete((folder,))
    hands.until(lambda: "stop the run first" in window.notice.text())
    assert folder.is_dir()


def test_a_truncated_keras_model_is_said_and_the_run_opens(
    open_window: OpenWindow, hands: Any
) -> None:
    folder = _keep(NOISE)
    (folder / "model.keras").write_bytes(b"PK cut off")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    QTest.mouseClick(buttons(window)[0], LEFT)
    hands.until(window.notice.isVisible)
    assert "model.keras is damaged" in window.notice.text()
    assert window.column.experiment() == NOISE


# The comparison.


def test_two_ticked_runs_are_laid_beside_each_other(
    open_window: OpenWindow, hands: Any, tmp_path: Path
) -> None:
    one, two = _keep(_digits(4)), _keep(_digits(8, seed=7), "Wide")
    known = baselines_of(_digits(8, seed=7), two)
    assert known.pca is not None
    window = open_window()
    hands.until(lambda: len(rows(window)) == 2)
    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    assert "Tick two runs at the right to compare them." in hands.texts(window.tabs.compare_view)
    tick(window, 1)
    hands.until(
        lambda: any("One run is ticked" in t for t in hands.texts(window.tabs.compare_view))
    )
    tick(window, 0)
    hands.until(lambda: _has_galleries(window, 2))
    view = window.tabs.compare_view

    legend = view._legend.texts
    runs = [read_run(path) for path in (one, two)]
    assert legend[8::8] == ["MNIST digits 784–4–784", "Wide"]
    for place, run in enumerate(runs, start=1):
        mean, std = float(run.row_errors.mean()), float(run.row_errors.std())
        figures = legend[8 * place + 1 : 8 * place + 8]
        assert figures[0] == "2"
        assert figures[2:5] == [f"{mean / 784:.4f}", f"{mean:.2f}", f"{std:.2f}"]
    assert legend[22:24] == [f"{known.mean.mean:.2f}", f"{known.pca.mean:.2f}"]
    assert view._table.texts == [
        "MNIST digits 784–4–784", "Wide", "code", "4", "8", "seed", "42", "7"
    ]  # fmt: skip

    header, bins = view._errors.table()
    assert header == ("from", "to", "MNIST digits 784–4–784", "Wide")
    counts = np.array([line[2:] for line in bins])
    assert counts.sum(axis=0).tolist() == [10_000, 10_000]
    lowest = min(float(run.row_errors.min()) for run in runs)
    assert bins[0][0] == pytest.approx(lowest)
    losses = [line[3] for line in view._loss.table()[1]]
    assert losses == [record.val_loss for run in runs for record in run.card.history]

    for plot, values in (
        (view._loss, [loss_text(run.card.history.last.val_loss) for run in runs]),
        (view._errors, [f"σ {float(run.row_errors.std()):.4g}" for run in runs]),
    ):
        named = zip(("MNIST digits 784–4–784", "Wide"), values, strict=True)
        assert plot.key_texts[1:] == [" ".join(words) for words in named]
        before = plot.grab().toImage()
        assert plot.picture() != picture_of(plot), "a saved picture has a key"
        plot.write_svg(tmp_path / "plot.svg")
        assert "Wide" in (tmp_path / "plot.svg").read_text()
        assert plot.grab().toImage() == before, "on the screen the card is the legend"

    (gallery,) = (g for g in view._galleries if not g.isHidden())
    hues = [button._hue for button in buttons(window)]
    assert len(set(hues)) == 2
    for line, run in zip(gallery.lines, runs, strict=True):
        model = window.session.comparison
        tiles = line.tiles._tiles[: line.tiles.count]
        assert len(tiles) == 10
        assert model is not None
        strip = run.frames[-1].strip.astype(np.float32)
        made = np.stack([tile.reconstruction for tile in tiles])
        np.testing.assert_allclose(made, strip, atol=2e-3)

    tick(window, 0)
    hands.until(lambda: any("One run is ticked" in t for t in hands.texts(view)))


def test_runs_on_other_data_have_rows_of_their_own(open_window: OpenWindow, hands: Any) -> None:
    _keep(_digits())
    _keep(NOISE)
    _keep(NOISE.model_copy(update={"training": NOISE.training.model_copy(update={"seed": 1})}))
    window = open_window()
    hands.until(lambda: len(rows(window)) == 3)
    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    for place in range(3):
        tick(window, place)
    hands.until(lambda: _has_galleries(window, 3))
    said = window.tabs.compare_view._said.text()
    assert "not on the same data" in said
    assert "Uniform noise 6–2–6, Uniform noise 6–2–6 · 2; MNIST digits" in said
    shown = [g for g in window.tabs.compare_view._galleries if not g.isHidden()]
    assert sorted(len(gallery.lines) for gallery in shown) == [1, 2]
    window.resize(1100, 700)
    assert not rows(window)[0].tick.isVisible()


def test_more_runs_than_hues_are_told(open_window: OpenWindow, hands: Any) -> None:
    first = _keep(NOISE)
    for number in range(MOST):
        shutil.copytree(first, runs_folder() / f"copy-{number}")
    window = open_window()
    hands.until(lambda: len(rows(window)) == MOST + 1)
    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    for place in range(MOST + 1):
        tick(window, place)
    hands.until(lambda: "7 runs are ticked; the first 6" in window.tabs.compare_view._said.text())
    hues = [window.session.shelf.hues[path] for path in window.session.shelf.ticked[:MOST]]
    assert len(set(hues)) == MOST
    assert window.tabs.compare_view._table.texts == ["These runs have the same settings."]


def test_a_damaged_run_is_told_and_the_others_compared(open_window: OpenWindow, hands: Any) -> None:
    _keep(NOISE)
    _keep(NOISE)
    bad = _keep(NOISE)
    (bad / "errors.npy").unlink()
    window = open_window()
    hands.until(lambda: len(rows(window)) == 3)
    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    for place in range(3):
        tick(window, place)
    hands.until(lambda: _has_galleries(window, 2))
    assert "errors.npy is missing" in window.notice.text()
    # Listed again, as at each return to the window: nothing is told or worked out again.
    window.notice.clear()
    comparison = window.session.comparison
    assert comparison is not None
    groups, heard = comparison._groups, []
    comparison.compared.connect(heard.append)
    window.session.shelf.refresh()
    done = threading.Event()
    window.session._tasks.submit("mark", lambda: None, lambda _: done.set(), lambda _: None)
    hands.until(done.is_set)
    window.session._tasks.submit("mark", lambda: None, lambda _: done.clear(), lambda _: None)
    hands.until(lambda: not done.is_set())
    assert comparison._groups is groups
    assert heard == []
    assert not window.notice.isVisible()
    window.session.shelf.delete((buttons(window)[1].card.folder,))
    hands.until(lambda: len(rows(window)) == 2)
    hands.until(
        lambda: any("One run is ticked" in t for t in hands.texts(window.tabs.compare_view))
    )


def test_runs_can_be_ticked_while_one_is_trained(open_window: OpenWindow, hands: Any) -> None:
    _keep(NOISE)
    _keep(NOISE)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 2)
    training = NOISE.training.model_copy(update={"epochs": 5000})
    window.column.set_experiment(NOISE.model_copy(update={"training": training}))
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: window.session.controller.state is RunState.TRAINING)
    tick(window, 0)
    tick(window, 1)
    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    hands.until(lambda: _has_galleries(window, 2))
    hands.click(window.column.run_bar, "Stop")
    hands.until(lambda: window.session.controller.state is RunState.STOPPED)
    assert len(window.session.shelf.ticked) == 2


# The library window.


def test_an_empty_library_says_so(window: MainWindow, hands: Any) -> None:
    found = library(window, hands)
    assert "No runs yet. Train one, and it is kept here." in hands.texts(found)
    assert not found.open_button.isEnabled()
    assert not found.delete_button.isEnabled()


def test_the_library_sorts_searches_and_counts(open_window: OpenWindow, hands: Any) -> None:
    _keep(_digits(), "Beta")
    note_run(_keep(NOISE, "alpha"), "a remarkable run")
    _interrupt(_keep(NOISE, "Gamma"))
    window = open_window()
    hands.until(lambda: len(rows(window)) == 3)
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    found = window.desk.library
    assert found is not None
    hands.until(found.isVisible)
    assert names(found) == ["Gamma", "alpha", "Beta"], "newest first"
    ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    found.table.sortByColumn(0, ascending)
    assert names(found) == ["alpha", "Beta", "Gamma"]
    sigma = [column.title for column in COLUMNS].index("σ")
    found.table.sortByColumn(sigma, ascending)
    assert names(found) == ["alpha", "Beta", "Gamma"], "what has none comes last"
    found.table.sortByColumn(sigma, descending)
    assert names(found) == ["Beta", "alpha", "Gamma"], "what has none comes last"
    size = sum(card.size for card in window.session.shelf.cards)
    assert f"3 of 3 runs · {size_in_words(size)} on the disk" in hands.texts(found)

    QTest.keyClicks(found.search, "remark NOISE")
    assert names(found) == ["alpha"]
    hands.type(found.search, "nothing of this kind")
    assert names(found) == []
    assert any("No run has all of these words" in text for text in hands.texts(found))
    found.search.clear()
    found.group.setCurrentIndex(found.group.findText("MNIST digits"))
    assert names(found) == ["Beta"]
    found.group.setCurrentIndex(0)
    assert len(names(found)) == 3


def test_runs_are_renamed_annotated_and_ticked_in_place(
    open_window: OpenWindow, hands: Any
) -> None:
    folder = _keep(NOISE)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    found = library(window, hands)
    _select(found, 0)
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_F2)
    editor = found.table.focusWidget()
    QTest.keyClicks(editor, "Mine")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.until(lambda: names(found) == ["Mine"])
    note = len(COLUMNS) - 1
    found.table.setCurrentIndex(found.proxy.index(0, note))
    QTest.keyClick(found.table, Qt.Key.Key_F2)
    editor = found.table.focusWidget()
    QTest.keyClicks(editor, "a note")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.until(lambda: found.proxy.index(0, note).data() == "a note")
    assert json.loads((folder / "about.json").read_text())["name"] == "Mine"
    QTest.keyClick(found.table, Qt.Key.Key_Space)
    assert window.session.shelf.ticked == (folder,)
    assert rows(window)[0].tick.isChecked()
    QTest.keyClick(found.table, Qt.Key.Key_Space)
    assert window.session.shelf.ticked == ()
    QTest.keyClick(found.table, Qt.Key.Key_Return)
    hands.until(window.tabs.isVisible)
    assert window.column.experiment() == NOISE


def test_typing_is_not_disturbed_by_news(open_window: OpenWindow, hands: Any) -> None:
    _keep(NOISE, "One")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    found = library(window, hands)
    _select(found, 0)
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_F2)
    editor = found.table.focusWidget()
    QTest.keyClicks(editor, "Mi")
    # Another run ended meanwhile, and somebody ticked one.
    _keep(NOISE, "Two")
    window.session.shelf.refresh()
    hands.until(lambda: len(rows(window)) == 2)
    window.session.shelf.tick(window.session.shelf.cards[0].folder, True)
    assert found.table.focusWidget() is editor
    QTest.keyClicks(editor, "ne")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.until(lambda: sorted(names(found)) == ["Mine", "Two"])


def test_several_runs_are_deleted_and_brought_back(open_window: OpenWindow, hands: Any) -> None:
    for name in ("A", "B", "C"):
        _keep(NOISE, name)
    window = open_window()
    hands.until(lambda: len(rows(window)) == 3)
    found = library(window, hands)
    _select(found, 0, 2)
    assert any("2 selected" in text for text in hands.texts(found))
    assert not found.open_button.isEnabled()
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_Delete)
    hands.until(lambda: names(found) == ["B"])
    assert len(rows(window)) == 1
    assert found.notice.text() == window.notice.text() == "2 runs were deleted."
    hands.click(found.notice, "Undo")
    hands.until(lambda: names(found) == ["C", "B", "A"])
    assert not window.notice.isVisible()
    menu = found._menu.make(window.session.shelf.cards)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Save report of 3 runs…", "Delete 3 runs"]
    menu.deleteLater()
    hands.until(lambda: len(rows(window)) == 3)


def test_deletions_are_undone_one_after_the_other(open_window: OpenWindow, hands: Any) -> None:
    a, b = _keep(NOISE, "A"), _keep(NOISE, "B")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 2)
    shelf = window.session.shelf
    shelf.delete((a,))
    hands.until(lambda: len(rows(window)) == 1)
    found = library(window, hands)
    shelf.delete((b,))
    hands.until(lambda: not names(found))
    # Another message has taken the place of the offer.
    found.notice.say("Something else.")
    hands.click(found, "Undo deletion")
    hands.until(lambda: names(found) == ["B"])
    # Within a second of the first it has that one's name from the beginning.
    _keep(NOISE, "C").rename(a)
    found.table.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Z, CONTROL)
    hands.until(lambda: "something else has its name" in found.notice.text())
    a.rename(a.with_name(f"{a.name}-elsewhere"))
    hands.until(found.undo_button.isEnabled)
    QTest.keyClick(found, Qt.Key.Key_Z, CONTROL)
    hands.until(lambda: sorted(names(found)) == ["A", "B", "C"])
    assert not found.undo_button.isEnabled()


def test_damaged_folders_are_told_listed_and_deleted(open_window: OpenWindow, hands: Any) -> None:
    good, bad, worse, worst = (_keep(NOISE) for _ in range(4))
    (bad / "history.csv").unlink()
    (worse / "result.json").unlink()
    (worse / "run.json").write_text("{")
    (good / "about.json").write_text("{")
    (worst / "experiment.json").write_text("[]")
    window = open_window()
    hands.until(lambda: len(rows(window)) == 1)
    hands.until(window.notice.isVisible)
    told = window.notice.text()
    assert "history.csv is missing" in told
    assert f"{worse / 'run.json'} is damaged" in told
    assert told.endswith("The library tells what is wrong with 2 more runs.")
    window.notice.clear()
    found = library(window, hands)
    table = found.damaged.table
    folders = [table.item(row, 0).text() for row in range(table.rowCount())]
    assert folders == sorted(map(str, (bad, worse, worst)))
    reasons = [table.item(row, 1).text() for row in range(table.rowCount())]
    assert any("history.csv is missing" in reason for reason in reasons)
    tip = found.proxy.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "about.json is damaged" in tip
    assert not window.notice.isVisible(), "what was told is not told again"

    assert not found.delete_button.isEnabled()
    table.selectAll()
    hands.click(found, "Delete")
    hands.until(lambda: not found.damaged.isVisible())
    assert good.exists()
    assert not any(folder.exists() for folder in (bad, worse, worst))
    hands.click(found, "Undo deletion")
    hands.until(found.damaged.isVisible)
    assert worse.exists()


def test_words() -> None:
    from datetime import datetime

    now = datetime(2026, 5, 4, 12, 0)
    assert moment_in_words(datetime(2026, 5, 4, 9, 5), now) == "today 09:05"
    assert moment_in_words(datetime(2026, 5, 3, 23, 59), now) == "yesterday 23:59"
    assert moment_in_words(datetime(2025, 5, 3), now) == "3 May 2025"
    assert [size_in_words(n) for n in (0, 999, 1000, 12_340_000)] == [
        "0\u00a0B", "999\u00a0B", "1.0\u00a0kB", "12.3\u00a0MB"
    ]  # fmt: skip
    assert [number_in_words(n) for n in (None, 0.0, 0.25, 0.00001, 123456.0)] == [
        "–", "0.0000", "0.2500", "1e-05", "1.23e+05"
    ]  # fmt: skip
