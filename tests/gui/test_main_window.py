"""The window as a person uses it: real digits, the real engine, mouse and keyboard."""

import json
import shutil
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLabel, QWidget

from aegui.control import RunState
from aegui.data import load_dataset
from aegui.data.load import _LastDataset
from aegui.places import MissingResourceError, resource, runs_folder, settings_file
from aegui.specs import (
    LESSONS,
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    MnistSpec,
    NoiseSpec,
    SgdSpec,
    TrainingSpec,
    find_lesson,
)
from aegui.ui.main_window import MainWindow
from aegui.ui.runs.run_button import RunButton
from aegui.ui.settings import Settings, read_settings
from aegui.ui.start_page import Door
from aegui.ui.theme import DARK, LIGHT, Theme
from aegui.ui.workers.stored_model import StoredModel

if TYPE_CHECKING:
    from aegui.records import RunResult

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
PRETRAINED = "Pretrained model: MNIST digits, 32-number code"
NOISE = ExperimentSpec(
    dataset=NoiseSpec(rows=2000, features=16),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="sigmoid")),
    training=TrainingSpec(epochs=2, batch_size=100),
)
# The loss of an unbounded output squared overflows within a few steps.
EXPLOSIVE = NOISE.model_copy(
    update={
        "architecture": ArchitectureSpec(
            code=DenseCode(width=8, activation="linear"),
            output_activation="linear",
            loss="mean_squared_error",
            optimizer=SgdSpec(learning_rate=100.0),
        )
    }
)

OpenWindow = Callable[..., MainWindow]


def doors(window: MainWindow) -> list[str]:
    return [
        door.accessibleName() for door in window.start_page.findChildren(Door) if door.isVisible()
    ]


def run_buttons(window: MainWindow) -> list[RunButton]:
    return [button for button in window.runs.findChildren(RunButton) if button.isVisible()]


def draw_title(window: MainWindow) -> str:
    """Return which model the Draw tab says is at work."""
    return window.tabs.draw_view._card.hint.text()


def words(window: MainWindow) -> str:
    """Return the line below the progress bar."""
    return window.column.run_bar._words.text()


def is_at(window: MainWindow, tab: str) -> bool:
    return window.tabs.isVisible() and window.tabs.tabText(window.tabs.currentIndex()) == tab


def long(experiment: ExperimentSpec) -> ExperimentSpec:
    """Return the experiment with more epochs than anybody waits for."""
    training = experiment.training.model_copy(update={"epochs": 5000})
    return experiment.model_copy(update={"training": training})


def keep_pretrained(name: str = "20260101-000000-mnist-32") -> Path:
    """Put the pretrained run among the person's own."""
    folder = runs_folder() / name
    shutil.copytree(resource("pretrained"), folder)
    return folder


def picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


# The first page.


def test_a_newcomer_finds_three_doors_and_says_what_will_be_where(
    window: MainWindow, hands: Any
) -> None:
    assert doors(window) == ["Draw a digit", "Train on MNIST", "Open my data"]
    assert window.start_page.isVisible()
    assert not window.notice.isVisible()
    assert any("Runs are kept here" in text for text in hands.texts(window.runs))
    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert any("Press Train" in text for text in hands.texts(window.tabs.train_view))
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert any("Press Train" in text for text in hands.texts(window.tabs.gallery_view))
    QTest.keyClick(window, Qt.Key.Key_Home, CONTROL)
    assert window.start_page.isVisible()


def test_the_fourth_door_opens_the_newest_past_run(open_window: OpenWindow, hands: Any) -> None:
    older = keep_pretrained()
    newest = keep_pretrained("20260202-000000-mnist-32")
    window = open_window()
    hands.until(lambda: len(doors(window)) == 4)
    hands.until(lambda: len(run_buttons(window)) == 2)
    assert [button.card.folder for button in run_buttons(window)] == [newest, older]
    hands.click(window.start_page, "Open a past run")
    hands.until(lambda: is_at(window, "Train"))
    assert [button.isChecked() for button in run_buttons(window)] == [True, False]
    assert window.tabs.train_view._epoch.text() == "epoch 24 of 24"


def test_the_door_to_drawing_has_the_pretrained_model(window: MainWindow, hands: Any) -> None:
    hands.until(lambda: draw_title(window) == PRETRAINED)
    hands.click(window.start_page, "Draw a digit")
    assert is_at(window, "Draw")
    view = window.tabs.draw_view
    assert PRETRAINED in hands.texts(view)
    assert view.reconstruction.is_empty
    before = picture(view.reconstruction)
    row = hands.rebuilt(window)
    assert row.size == 784
    assert np.ptp(row) > 0.5, "a picture, not one grey"
    seen = view.seen.row()
    assert seen is not None
    assert np.corrcoef(row.ravel(), seen.ravel())[0, 1] > 0.8, "of what was drawn"
    assert picture(view.reconstruction) != before
    assert any(text.startswith("Reconstruction · error ") for text in hands.texts(view))
    hands.click(view, "Clear")
    assert picture(view.reconstruction) == before


def test_the_door_to_training_fills_the_panels(window: MainWindow, hands: Any) -> None:
    window.column.set_experiment(NOISE)
    hands.click(window.start_page, "Train on MNIST")
    assert is_at(window, "Train")
    assert window.column.experiment() == find_lesson("mnist").experiment
    assert hands.button(window.column.run_bar, "Train").isEnabled()


# Training.


def test_training_is_seen_from_epoch_0_to_the_end(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    strips: list[QImage] = []
    titles: list[str] = []
    view = window.tabs.train_view

    def look(*_: object) -> None:
        strips.append(view._strip.grab().toImage())
        titles.append(view._epoch.text())

    window.session.controller.epoch_shown.connect(look)
    result = hands.train(window, quick)
    assert result.state is RunState.FINISHED
    losses = [record.val_loss for record in result.history]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.6 * losses[0]
    assert titles == ["epoch 0 · before training", "epoch 1 of 2", "epoch 2 of 2"]
    assert strips[0] != strips[1] != strips[2]
    heights = view._errors._bars.opts["height"]
    assert heights.sum() == 10_000
    assert f"mean {result.row_errors.mean():.2f}" in view._errors.summary
    assert "n = 10" in view._errors.summary
    assert words(window).startswith("Finished · 2 epochs · ")
    assert not window.notice.isVisible()
    table = view._loss.table()[1]
    assert [row[2] for row in table] == losses


def test_the_best_ten_have_the_smallest_errors(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    result = hands.train(window, quick)
    view = window.tabs.gallery_view
    window.tabs.setCurrentWidget(view)
    hands.type(hands.field(view, "How many"), "10")
    for order, expected in (
        ("Best", np.sort(result.row_errors)[:10]),
        ("Worst", np.sort(result.row_errors)[::-1][:10]),
    ):
        hands.click(view, order)
        assert view._grid.captions == [f"{error:.1f}" for error in expected]
        hands.until(lambda: view._grid._tiles[0].reconstruction is not None)
        shown = view._shown
        made = result.model.reconstruct(load_dataset(quick.dataset).test[shown])
        for tile, row in zip(view._grid._tiles, made, strict=False):
            np.testing.assert_allclose(tile.reconstruction, row, atol=1e-6)


def test_the_pretrained_model_rebuilds_ones_best(open_window: OpenWindow, hands: Any) -> None:
    keep_pretrained()
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    QTest.mouseClick(run_buttons(window)[0], LEFT)
    hands.until(lambda: is_at(window, "Train"))
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    view = window.tabs.gallery_view
    hands.click(view, "Best")
    hands.type(hands.field(view, "How many"), "10")
    hands.until(lambda: view._reconstructions is not None)
    view._grid.setFocus()
    said = []
    for _ in range(10):
        QTest.keyClick(view._grid, Qt.Key.Key_Right)
        said.append(view._hover_card.text)
    assert len(set(said)) == 10
    assert all(text.startswith("digit 1 · test row ") for text in said)


def test_a_run_reopens_in_a_fresh_window_as_it_was(
    open_window: OpenWindow, hands: Any, quick: ExperimentSpec
) -> None:
    first = open_window()
    result = hands.train(first, quick)
    hands.until(lambda: len(run_buttons(first)) == 1)
    assert run_buttons(first)[0].isChecked()
    QTest.keyClick(first, Qt.Key.Key_4, CONTROL)
    assert draw_title(first) == "Your model, 2 epochs"
    drawn = hands.rebuilt(first)
    before = first.tabs.train_view
    hands.until(lambda: len(before._errors.table()[0]) == 5)
    first.column.set_experiment(find_lesson("noise-deep").experiment)
    first.close()

    second = open_window(read_settings(settings_file()))
    hands.until(lambda: len(run_buttons(second)) == 1)
    assert not run_buttons(second)[0].isChecked()
    QTest.mouseClick(run_buttons(second)[0], LEFT)
    hands.until(lambda: second.tabs.train_view._strip._reconstructions is not None)
    assert run_buttons(second)[0].isChecked()
    assert second.column.experiment() == quick
    after = second.tabs.train_view
    assert after._loss.table() == before._loss.table()
    assert after._errors.summary == before._errors.summary
    hands.until(lambda: after._errors.table() == before._errors.table())
    assert after._strip.captions == before._strip.captions
    np.testing.assert_allclose(
        after._strip._reconstructions, before._strip._reconstructions, atol=1e-6
    )
    QTest.keyClick(second, Qt.Key.Key_4, CONTROL)
    assert draw_title(second) == "Your run: MNIST digits, 32-number code"
    np.testing.assert_allclose(hands.rebuilt(second), drawn, atol=1e-5)
    assert result.folder == run_buttons(second)[0].card.folder


def test_train_pressed_twice_is_one_run(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    window.column.set_experiment(quick)
    ends: list[RunResult] = []
    window.session.controller.run_ended.connect(ends.append)
    train = hands.button(window.column.run_bar, "Train")
    QTest.mouseDClick(train, LEFT)
    QTest.mouseClick(train, LEFT)
    QTest.mouseClick(train, LEFT)
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert train.text() == "Pause"
    hands.until(lambda: bool(ends))
    hands.until(lambda: len(run_buttons(window)) == 1)
    assert len(ends) == 1
    assert len(list(runs_folder().iterdir())) == 1
    assert (train.text(), train.isEnabled()) == ("Train", True)


def test_train_waits_for_the_engine_and_says_so(
    open_window: OpenWindow,
    hands: Any,
    quick: ExperimentSpec,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = threading.Event()
    monkeypatch.setattr("aegui.engine.warm_up.warm_up", lambda: gate.wait(60))
    window = open_window()
    window.column.set_experiment(quick)
    ends: list[RunResult] = []
    window.session.controller.run_ended.connect(ends.append)
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: words(window) == "Waiting for TensorFlow, then training starts…")
    assert hands.button(window.column.run_bar, "Stop").isEnabled()
    assert not ends
    gate.set()
    hands.until(lambda: bool(ends))
    assert ends[0].state is RunState.FINISHED


def test_drawing_does_not_wait_for_the_engine(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr("aegui.engine.warm_up.warm_up", lambda: gate.wait(60))
    window = open_window()
    hands.until(lambda: draw_title(window) == PRETRAINED)
    hands.click(window.start_page, "Draw a digit")
    assert not any("TensorFlow" in text for text in hands.texts(window.tabs.draw_view))
    assert np.ptp(hands.rebuilt(window)) > 0.5
    assert not window.session.engine.is_ready
    gate.set()
    hands.until(lambda: window.session.engine.is_ready)


def test_a_model_that_needs_the_engine_waits_for_it_and_says_so(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr("aegui.engine.warm_up.warm_up", lambda: gate.wait(60))
    monkeypatch.setattr(StoredModel, "needs_engine", True)
    window = open_window()
    hands.until(lambda: draw_title(window) == PRETRAINED)
    hands.click(window.start_page, "Draw a digit")
    assert any("TensorFlow is loading" in text for text in hands.texts(window.tabs.draw_view))
    gate.set()
    hands.until(lambda: window.session.engine.is_ready)
    hands.until(lambda: not any("TensorFlow" in t for t in hands.texts(window.tabs.draw_view)))


def test_an_engine_that_cannot_be_loaded_is_said(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ImportError("libtensorflow.so: no such file")

    monkeypatch.setattr("aegui.engine.warm_up.warm_up", broken)
    window = open_window()
    hands.until(window.notice.isVisible)
    assert "TensorFlow could not be loaded (libtensorflow.so" in window.notice.text()
    result = hands.train(window, NOISE)
    assert result.state is RunState.FAILED
    assert "libtensorflow.so" in window.notice.text()
    assert window.isVisible()


def test_a_failed_run_says_what_to_try_and_the_next_one_works(
    window: MainWindow, hands: Any
) -> None:
    result = hands.train(window, EXPLOSIVE)
    assert result.state is RunState.FAILED
    assert window.notice.isVisible()
    said = window.notice.text()
    assert "stopped being a finite number in epoch 1" in said
    assert "Try a learning rate ten times smaller" in said
    assert "Failed" in words(window)
    assert window.tabs.train_view._errors._bars.opts["height"].sum() == 200, "the last good epoch's"
    hands.until(lambda: len(run_buttons(window)) == 1)
    assert "failed" in run_buttons(window)[0].toolTip()

    hands.type(hands.field(window.column, "Learning rate"), "0.01")
    result = hands.train(window)
    assert result.state is RunState.FINISHED
    assert result.history.last.val_loss < result.history.records[0].val_loss
    assert not window.notice.isVisible()


def test_stopping_keeps_what_was_learned(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    ends: list[RunResult] = []
    controller = window.session.controller
    controller.run_ended.connect(ends.append)
    window.column.set_experiment(long(quick))
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: "epoch 2 of" in window.tabs.train_view._epoch.text())
    assert words(window).startswith("Epoch ")
    assert "left" in words(window)
    hands.click(window.column.run_bar, "Stop")
    assert words(window) == "Stopping, keeping what was learned…"
    hands.until(lambda: bool(ends))
    assert ends[0].state is RunState.STOPPED
    history = ends[0].history
    assert history.last.val_loss < history.records[0].val_loss
    assert words(window).startswith("Stopped · ")
    hands.until(lambda: len(run_buttons(window)) == 1)
    assert "stopped" in run_buttons(window)[0].toolTip()
    assert window.tabs.train_view._loss.table()[1][-1][2] == history.last.val_loss
    QTest.keyClick(window, Qt.Key.Key_4, CONTROL)
    drawn = hands.rebuilt(window).reshape(1, 784)
    seen = window.tabs.draw_view.seen.row().reshape(1, 784)
    np.testing.assert_allclose(drawn, ends[0].model.reconstruct(seen), atol=1e-6)


def test_a_past_run_is_not_opened_over_the_one_under_way(
    open_window: OpenWindow, hands: Any, quick: ExperimentSpec
) -> None:
    keep_pretrained()
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    ends: list[RunResult] = []
    window.session.controller.run_ended.connect(ends.append)
    window.column.set_experiment(long(quick))
    hands.click(window.column.run_bar, "Train")
    QTest.keyClick(window, Qt.Key.Key_Home, CONTROL)
    hands.click(window.start_page, "Open a past run")
    assert "A run is under way" in window.notice.text()
    assert not run_buttons(window)[0].isEnabled()
    hands.until(lambda: "epoch 1 of 5000" in window.tabs.train_view._epoch.text())
    hands.click(window.column.run_bar, "Stop")
    hands.until(lambda: bool(ends))
    hands.until(lambda: len(run_buttons(window)) == 2)
    assert run_buttons(window)[1].isEnabled()
    assert window.column.experiment() == long(quick)


def test_stop_is_acknowledged_until_the_run_has_ended(
    window: MainWindow, hands: Any, monkeypatch: pytest.MonkeyPatch, quick: ExperimentSpec
) -> None:
    """A stop while the step is compiled is followed by one more chunk's news."""
    reached, heard = threading.Event(), threading.Event()
    from aegui.engine.program import Program

    run_steps = Program.run_steps

    def slow_steps(self: Program, *arguments: object) -> None:
        reached.set()
        assert heard.wait(60)
        run_steps(self, *arguments)

    monkeypatch.setattr(Program, "run_steps", slow_steps)
    said: list[str] = []
    ends: list[RunResult] = []
    controller = window.session.controller
    controller.state_changed.connect(lambda _: said.append(words(window)))
    controller.progressed.connect(lambda _: said.append(words(window)))
    controller.epoch_shown.connect(lambda *_: said.append(words(window)))
    controller.run_ended.connect(ends.append)
    window.column.set_experiment(long(quick))
    hands.click(window.column.run_bar, "Train")
    hands.until(reached.is_set)
    assert controller.state is RunState.PREPARING
    QApplication.processEvents()
    hands.click(window.column.run_bar, "Stop")
    said.clear()
    heard.set()
    hands.until(lambda: bool(ends))
    assert ends[0].state is RunState.STOPPED
    assert set(said[:-1]) == {"Stopping, keeping what was learned…"}


def test_noise_is_shown_and_digits_can_still_be_drawn(window: MainWindow, hands: Any) -> None:
    hands.until(lambda: draw_title(window) == PRETRAINED)
    result = hands.train(window, NOISE)
    assert result.state is RunState.FINISHED
    view = window.tabs.train_view
    assert view._errors._bars.opts["height"].sum() == 200
    assert view._strip.count == 10
    assert DARK.accent in colours(picture(view._strip))
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    gallery = window.tabs.gallery_view
    hands.until(lambda: gallery._reconstructions is not None)
    assert DARK.accent in colours(picture(gallery._grid)), "curves"
    assert "By class" not in [
        button.text()
        for button in gallery.findChildren(type(hands.button(gallery, "Best")))
        if button.isVisible()
    ]
    QTest.keyClick(window, Qt.Key.Key_4, CONTROL)
    assert draw_title(window) == "Your model, 2 epochs"
    hands.click(window.tabs.draw_view, "Draw a digit instead")
    assert draw_title(window) == PRETRAINED
    assert np.ptp(hands.rebuilt(window)) > 0.5
    hands.click(window.tabs.draw_view, "Draw a row instead")
    assert draw_title(window) == "Your model, 2 epochs"


def test_what_is_typed_counts_when_train_is_pressed_by_its_key(
    window: MainWindow, hands: Any
) -> None:
    window.column.set_experiment(NOISE)
    epochs = hands.field(window.column, "Epochs")
    hands.type(epochs, "3", enter=False)
    ends: list[RunResult] = []
    window.session.controller.run_ended.connect(ends.append)
    QTest.keyClick(epochs, Qt.Key.Key_Return, CONTROL)
    hands.until(lambda: bool(ends))
    assert ends[0].history.epochs == 3


def test_a_wrong_field_keeps_train_from_starting_by_its_key(window: MainWindow, hands: Any) -> None:
    rate = hands.field(window.column, "Learning rate")
    hands.type(rate, "abc", enter=False)
    QTest.keyClick(rate, Qt.Key.Key_Return, CONTROL)
    batch = hands.field(window.column, "Batch")
    hands.type(rate, "0.001")
    hands.type(batch, "70000", enter=False)
    QTest.keyClick(batch, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert window.session.controller.state is RunState.IDLE
    assert not runs_folder().exists()


# Keys.


def test_keys_train_stop_and_change_tabs(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    ends: list[RunResult] = []
    controller = window.session.controller
    controller.run_ended.connect(ends.append)
    window.column.set_experiment(long(quick))
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert controller.state is RunState.PREPARING
    assert is_at(window, "Train")
    for key, tab in (("2", "Gallery"), ("3", "Latent"), ("4", "Draw"), ("1", "Train")):
        QTest.keyClick(window, Qt.Key(ord(key)), CONTROL)
        assert is_at(window, tab)
    hands.until(lambda: controller.state is RunState.TRAINING)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    hands.until(lambda: bool(ends))
    assert ends[0].state is RunState.STOPPED
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert controller.state is RunState.STOPPED


def test_escape_first_puts_away_what_is_enlarged(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    controller = window.session.controller
    ends: list[RunResult] = []
    controller.run_ended.connect(ends.append)
    window.column.set_experiment(long(quick))
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    gallery = window.tabs.gallery_view
    hands.until(lambda: gallery._reconstructions is not None)
    gallery._grid.setFocus()
    QTest.keyClick(gallery._grid, Qt.Key.Key_Right)
    assert gallery._hover_card.isVisible()
    QTest.keyClick(gallery._grid, Qt.Key.Key_Escape)
    assert not gallery._hover_card.isVisible()
    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    loss = window.tabs.train_view._loss
    hands.until(lambda: "epoch 3 of" in window.tabs.train_view._epoch.text())
    loss.setFocus()
    QTest.keyClick(loss, Qt.Key.Key_Left)
    assert loss.marker is not None
    QTest.keyClick(loss, Qt.Key.Key_Escape)
    assert loss.marker is None
    assert words(window) != "Stopping, keeping what was learned…", "the run goes on"
    QTest.keyClick(loss, Qt.Key.Key_Escape)
    hands.until(lambda: bool(ends))


def test_every_field_can_be_reached_by_tab(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    reached: set[str] = set()
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is not None:
            reached.add(widget.accessibleName() or getattr(widget, "text", lambda: "")())
    wanted = {"Source", "Rows", "Code size", "Loss", "Optimizer", "Learning rate", "Epochs"}
    assert wanted | {"Batch", "Seed", "Train"} <= reached


def test_numbers_keep_off_the_edges_of_their_fields(window: MainWindow) -> None:
    boxes = window.findChildren(QAbstractSpinBox)
    assert len(boxes) > 10
    for box in boxes:
        is_centred = box.alignment() == Qt.AlignmentFlag.AlignHCenter
        assert is_centred or box.lineEdit().textMargins().left() == 5, box.accessibleName()


# What is kept between starts.


def test_the_next_start_is_as_the_last_one_ended(open_window: OpenWindow, hands: Any) -> None:
    first = open_window()
    first.column.set_experiment(NOISE)
    hands.type(hands.field(first.column, "Learning rate"), "0.0123456789")
    hands.click(first.top_bar, "Light")
    first.close()
    kept = read_settings(settings_file())
    second = open_window(kept)
    experiment = second.column.experiment()
    assert experiment.dataset == NOISE.dataset
    assert experiment.architecture.optimizer.learning_rate == 0.0123456789
    assert not second.start_page.isVisible(), "the first page is for the first launch"
    assert hands.button(second.top_bar, "Dark").isVisible()
    assert most_common(picture(second)) in (LIGHT.window, LIGHT.column, LIGHT.surface)


def test_settings_that_cannot_be_read_are_set_aside(open_window: OpenWindow) -> None:
    path = settings_file()
    path.parent.mkdir(parents=True)
    path.write_text('{"theme": "purple"}', encoding="utf-8")
    settings = read_settings(path)
    assert settings == Settings()
    assert not path.exists()
    assert json.loads(path.with_suffix(".broken.json").read_text()) == {"theme": "purple"}
    window = open_window(settings)
    assert window.column.experiment() == find_lesson("mnist").experiment
    window.close()
    assert read_settings(path).experiment == find_lesson("mnist").experiment


# What is damaged or missing.


@pytest.mark.parametrize("name", ["state.npz", "errors.npy"])
def test_a_damaged_run_is_a_sentence_and_changes_nothing(
    open_window: OpenWindow, hands: Any, name: str
) -> None:
    folder = keep_pretrained()
    (folder / name).write_bytes(b"\x93NUMPY\x01\x00 and no more")
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    window.column.set_experiment(NOISE)
    QTest.mouseClick(run_buttons(window)[0], LEFT)
    hands.until(window.notice.isVisible)
    said = window.notice.text()
    assert str(folder) in said
    assert "damaged" in said
    assert "\n" not in said
    assert window.column.experiment() == NOISE
    assert not run_buttons(window)[0].isChecked()
    hands.click(window.notice, "Close this message")
    assert not window.notice.isVisible()
    assert hands.train(window, NOISE).state is RunState.FINISHED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("history.csv", b"\xff\xfe\x00\x80"),
        ("history.csv", b"epoch,loss\n1"),
        ("experiment.json", b"{"),
        ("run.json", b"\xff"),
        ("result.json", b"[]"),
    ],
)
def test_one_damaged_run_does_not_hide_the_others(
    open_window: OpenWindow, hands: Any, name: str, content: bytes
) -> None:
    good = keep_pretrained()
    bad = keep_pretrained("20260202-000000-mnist-32")
    (bad / name).write_bytes(content)
    window = open_window()
    hands.until(window.notice.isVisible)
    assert bad.name in window.notice.text()
    hands.until(lambda: [button.card.folder for button in run_buttons(window)] == [good])


def test_old_damage_does_not_cover_the_news_of_a_run(open_window: OpenWindow, hands: Any) -> None:
    bad = keep_pretrained()
    (bad / "experiment.json").write_text("{")
    window = open_window()
    hands.until(window.notice.isVisible)
    assert hands.train(window, EXPLOSIVE).state is RunState.FAILED
    hands.until(lambda: len(run_buttons(window)) == 1)
    assert "Try a learning rate ten times smaller" in window.notice.text()


@pytest.fixture
def without_mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise MissingResourceError(f"/somewhere/{name} is missing.")

    monkeypatch.setattr("aegui.data.mnist.resource", missing)
    monkeypatch.setattr("aegui.data.load._last", _LastDataset())


@pytest.mark.usefixtures("without_mnist")
def test_without_mnist_it_is_said_and_noise_still_trains(
    open_window: OpenWindow, hands: Any
) -> None:
    window = open_window()
    missing = "/somewhere/mnist.npz is missing."
    hands.until(lambda: missing in hands.texts(window.column.dataset))
    result = hands.train(window)
    assert result.state is RunState.FAILED
    assert window.notice.text() == f"{missing} Nothing was trained."
    assert not runs_folder().exists()
    assert hands.train(window, NOISE).state is RunState.FINISHED
    assert missing not in hands.texts(window.column.dataset)
    assert not window.notice.isVisible()
    QTest.keyClick(window, Qt.Key.Key_4, CONTROL)
    hands.click(window.tabs.draw_view, "Draw a digit instead")
    assert np.ptp(hands.rebuilt(window)) > 0.5, "drawing does not need the digits"
    hands.until(lambda: missing in window.tabs.draw_view.company.verdict)


@pytest.mark.usefixtures("without_mnist")
def test_a_run_without_its_data_is_said(open_window: OpenWindow, hands: Any) -> None:
    keep_pretrained()
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    QTest.mouseClick(run_buttons(window)[0], LEFT)
    hands.until(window.notice.isVisible)
    assert "The run's data cannot be had: /somewhere/mnist.npz" in window.notice.text()


def test_a_place_that_cannot_be_written_is_said_before_training(
    window: MainWindow, hands: Any
) -> None:
    runs_folder().parent.mkdir(parents=True, exist_ok=True)
    runs_folder().write_text("in the way")
    result = hands.train(window, NOISE)
    assert result.state is RunState.FAILED
    assert "cannot be written" in window.notice.text()


# The look.


def colours(image: QImage) -> Counter[str]:
    """Return how often each colour occurs in every fourth pixel of a picture."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
    pixels = pixels.reshape(image.height(), -1)[::2, ::2] & 0xFFFFFF
    values, counts = np.unique(pixels, return_counts=True)
    return Counter({f"#{v:06x}": int(c) for v, c in zip(values, counts, strict=True)})


def most_common(image: QImage) -> str:
    return colours(image).most_common(1)[0][0]


def surfaces(theme: Theme) -> set[str]:
    return {theme.window, theme.column, theme.surface, theme.border}


@pytest.mark.parametrize("page", ["start", "Train", "Gallery", "Draw"])
def test_the_other_theme_repaints_everything(
    open_window: OpenWindow, hands: Any, page: str
) -> None:
    keep_pretrained()
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    hands.until(lambda: window.session.engine.is_ready)
    if page != "start":
        QTest.mouseClick(run_buttons(window)[0], LEFT)
        hands.until(lambda: window.tabs.train_view._strip._reconstructions is not None)
        window.tabs.setCurrentIndex(("Train", "Gallery", "Latent", "Draw").index(page))
    if page == "Gallery":
        hands.until(lambda: window.tabs.gallery_view._reconstructions is not None)
    if page == "Draw":
        hands.until(lambda: window.tabs.draw_view.company.caption != "")
    labels = hands.texts(window)
    # Read from the other theme's picture: the share that is left of the first one's surfaces.
    for here, there in ((DARK, LIGHT), (LIGHT, DARK)):
        found = colours(picture(window))
        total = sum(found.values())
        assert sum(found[colour] for colour in surfaces(here)) > 0.5 * total
        alien = {c: found[c] for c in surfaces(there) - {"#ffffff"} if found[c] > 0.001 * total}
        assert not alien
        QTest.keyClick(window, Qt.Key.Key_T, CONTROL)
    assert hands.texts(window) == labels


def test_a_narrow_window_folds_the_runs(open_window: OpenWindow, hands: Any) -> None:
    keep_pretrained()
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    wide = window.runs.width()
    assert "Runs" in hands.texts(window.runs)
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.runs.width() < wide / 3
    assert "Runs" not in hands.texts(window.runs)
    button = run_buttons(window)[0]
    assert window.rect().contains(place(button, window).topLeft())
    QTest.mouseClick(button, LEFT)
    hands.until(lambda: is_at(window, "Train"))
    window.resize(1440, 900)
    QApplication.processEvents()
    assert window.runs.width() == wide


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700), (1000, 640)])
def test_all_is_in_view_at_every_size(
    open_window: OpenWindow, hands: Any, size: tuple[int, int]
) -> None:
    keep_pretrained()
    window = open_window()
    hands.until(lambda: len(run_buttons(window)) == 1)
    QTest.mouseClick(run_buttons(window)[0], LEFT)
    hands.until(lambda: is_at(window, "Train"))
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    view = window.tabs.train_view
    loss, errors = place(view._loss_card, window), place(view._errors_card, window)
    for area in (loss, errors, place(window.column.run_bar, window), place(window.runs, window)):
        assert window.rect().contains(area)
    if size[1] < 800:
        assert loss.top() == errors.top()
    else:
        assert loss.bottom() < errors.top()
    assert min(loss.height(), errors.height()) > 180
    QTest.keyClick(window, Qt.Key.Key_4, CONTROL)
    QApplication.processEvents()
    for part in (window.tabs.draw_view.canvas, window.tabs.draw_view.reconstruction):
        assert window.rect().contains(place(part, window))


def place(widget: QWidget, window: MainWindow) -> QRect:
    rect = widget.rect()
    rect.moveTopLeft(widget.mapTo(window, QPoint(0, 0)))
    return rect


def test_a_long_message_does_not_push_the_run_bar_away(window: MainWindow) -> None:
    before = place(window.column.run_bar, window)
    window.notice.say("A very long sentence about what went wrong. " * 40)
    QApplication.processEvents()
    assert place(window.column.run_bar, window) == before
    assert window.rect().contains(place(window.notice, window))


def test_labels_are_plain_text(window: MainWindow) -> None:
    window.notice.say("<b>not bold</b>")
    label = window.notice.findChild(QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_door_pressed_before_the_views_are_there_still_opens(
    open_window: OpenWindow, hands: Any
) -> None:
    window = open_window(before=lambda window: window.start_page._doors["draw"].click())
    hands.until(lambda: is_at(window, "Draw"))
    hands.until(lambda: draw_title(window) == PRETRAINED)
    hands.rebuilt(window)


def test_closing_while_training_ends_every_thread(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    window.column.set_experiment(long(quick))
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: "epoch 1 of" in window.tabs.train_view._epoch.text())
    window.close()
    assert not window.isVisible()
    assert window.has_ended
    (folder,) = runs_folder().iterdir()
    kept = json.loads((folder / "result.json").read_text())
    assert kept["status"] == "stopped"


def test_the_lesson_menu_fills_the_panels(window: MainWindow, hands: Any) -> None:
    menu = window.top_bar._lessons.menu()
    titles = [action.text() for action in menu.actions()]
    assert len(titles) == len(LESSONS)
    menu.actions()[0].trigger()
    assert window.column.experiment() == find_lesson("noise-simple").experiment
    assert "Lesson 1" in window.top_bar._lessons.text()
    hands.type(hands.field(window.column, "Epochs"), "11")
    assert "Lesson 1" in window.top_bar._lessons.text()
    assert window.top_bar._changes.text() == "changed: epochs 10 → 11"
    hands.click(window.top_bar, "Restore")
    assert window.column.experiment() == find_lesson("noise-simple").experiment
    assert window.top_bar._changes.text() == ""


def test_a_run_with_other_digits_takes_the_place_of_the_last(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    hands.train(window, quick)
    first = window.tabs.train_view._loss.table()[1]
    other = quick.model_copy(update={"dataset": MnistSpec(rows=1000)})
    hands.train(window, other)
    second = window.tabs.train_view._loss.table()[1]
    assert len(second) == 3
    assert second != first
    hands.until(lambda: len(run_buttons(window)) == 2)
    assert [button.isChecked() for button in run_buttons(window)] == [True, False]
