"""A person's own file: from opening it to a trained model, and what is said on the way."""

import shutil
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from aegui.data import load
from aegui.data.files import Choices, Opened, Watch, open_file
from aegui.places import resource, runs_folder
from aegui.specs import ExperimentSpec, FileSpec, find_lesson
from aegui.ui import session
from aegui.ui.main_window import MainWindow
from aegui.ui.own_data import reader
from aegui.ui.own_data.dialog import DataDialog
from aegui.ui.settings import Settings

OpenWindow = Callable[..., MainWindow]
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """Two hundred made-up flowers of two kinds, a gap in the third, and a column that is all 1."""
    rng = np.random.default_rng(0)
    lines = ["name;stem;leaf;root;kind;same"]
    for number in range(200):
        size = 1.0 + number % 2
        stem, leaf, root = size + rng.normal(0, 0.1, 3)
        gap = "" if number == 2 else f"{leaf:.3f}"
        lines.append(f"F{number};{stem:.3f};{gap};{root:.3f};{'rose' if size > 1 else 'fern'};1")
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def _shown(window: MainWindow, hands: Any, path: Path) -> DataDialog:
    """Open a file and wait until it is told what it holds."""
    window.incoming.take(path)
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: dialog.isVisible() and _is_told(dialog))
    return dialog


def _is_told(dialog: DataDialog) -> bool:
    return dialog.found is not None and dialog.use_button.isEnabled()


def _said(dialog: DataDialog) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisible())


def _choose_only(dialog: DataDialog, hands: Any, field: str, text: str) -> None:
    choice = hands.field(dialog, field)
    choice.setCurrentIndex(choice.findText(text))
    choice.activated.emit(choice.currentIndex())


def _choose(dialog: DataDialog, hands: Any, field: str, text: str) -> None:
    _choose_only(dialog, hands, field, text)
    assert not dialog.use_button.isEnabled(), "what was found before counts no more"
    hands.until(lambda: _is_told(dialog))


def _tick(dialog: DataDialog, hands: Any, name: str, state: Qt.CheckState) -> None:
    model = dialog.page.columns
    row = next(r for r in range(model.rowCount()) if model.index(r, 0).data() == name)
    assert model.setData(model.index(row, 0), state, Qt.ItemDataRole.CheckStateRole)
    hands.until(lambda: _is_told(dialog))


def test_a_table_goes_from_its_file_to_a_trained_model(
    open_window: OpenWindow, hands: Any, flowers: Path
) -> None:
    window = open_window(Settings(theme="dark", experiment=find_lesson("mnist").experiment))
    dialog = _shown(window, hands, flowers)
    said = _said(dialog)
    assert "200 rows, 6 columns" in said
    assert "Missing values: leaf 1." in said
    assert "1 rows left out" in said
    assert dialog.page.columns.ticked == ("stem", "leaf", "root")

    _tick(dialog, hands, "kind", CHECKED)
    _choose(dialog, hands, "Classes", "kind")
    assert dialog.page.columns.ticked == ("stem", "leaf", "root"), "classes are not learned too"
    _choose(dialog, hands, "Gaps", "Fill with the median")
    _tick(dialog, hands, "root", UNCHECKED)
    hands.click(dialog, "Use these data")
    experiment = window.column.experiment()
    spec = experiment.dataset
    assert isinstance(spec, FileSpec)
    assert (spec.columns, spec.label, spec.classes) == (("stem", "leaf"), "kind", ("fern", "rose"))
    assert (spec.rows, spec.missing) == (200, "training_median")
    assert "flowers.csv" in hands.texts(window.column.dataset)
    assert not window.column.problems()

    training = experiment.training.model_copy(update={"epochs": 3})
    result = hands.train(window, experiment.model_copy(update={"training": training}))
    records = result.history.records
    assert records[-1].val_loss < records[0].val_loss
    assert result.row_errors is not None
    assert len(result.row_errors) == spec.test_rows


def test_a_run_whose_file_is_gone_still_shows_what_was_kept(
    open_window: OpenWindow, hands: Any, flowers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    hands.click(_shown(window, hands, flowers), "Use these data")
    experiment = window.column.experiment()
    training = experiment.training.model_copy(update={"epochs": 2})
    hands.train(window, experiment.model_copy(update={"training": training}))
    before = window.tabs.train_view
    summary, curves = before._errors.summary, before._loss.table()
    window.close()
    flowers.unlink()
    # Another process has no rows at hand.
    monkeypatch.setattr(load, "_last", load._LastDataset())

    window = open_window()
    hands.until(lambda: bool(window.session.shelf.cards))
    window.session.open_newest_run()
    hands.until(lambda: "flowers.csv is not there" in window.notice.text())
    after = window.tabs.train_view
    hands.until(lambda: after._strip._reconstructions is not None)
    assert after._loss.table() == curves
    assert after._errors.summary == summary


def test_a_comparison_says_which_runs_lost_their_file(
    open_window: OpenWindow, hands: Any, flowers: Path, quick: ExperimentSpec
) -> None:
    window = open_window()
    hands.click(_shown(window, hands, flowers), "Use these data")
    training = quick.training.model_copy(update={"epochs": 1})
    experiment = window.column.experiment().model_copy(update={"training": training})
    for one in (experiment, quick.model_copy(update={"training": training})):
        hands.train(window, one)
    hands.until(lambda: len(window.session.shelf.cards) == 2)
    flowers.unlink()
    # Its rows are at hand still, which says nothing of the file.
    for card in window.session.shelf.cards:
        window.session.shelf.tick(card.folder, True)
    view = window.tabs.compare_view
    window.tabs.setCurrentWidget(view)
    hands.until(lambda: "flowers.csv is not there" in view._said.text())
    name = next(card.name for card in window.session.shelf.cards if "flowers" in card.name)
    assert f"{name}: {flowers} is not there" in view._said.text()
    assert "kept with the run" in view._said.text()
    assert len(view.galleries) == 2
    on_file, on_digits = sorted(window.session.shelf.cards, key=lambda card: card.name != name)
    words = "Save as .aegui file with its data…"
    assert words in [a.text() for a in window.desk._menu.make([on_file]).actions()]
    assert words not in [a.text() for a in window.desk._menu.make([on_digits]).actions()]


def test_standard_scaling_proposes_a_linear_output_and_says_why(
    window: MainWindow, hands: Any, flowers: Path
) -> None:
    dialog = _shown(window, hands, flowers)
    _choose(dialog, hands, "Scaling", "Standard: mean 0, spread 1")
    assert "Standard scaling has mean 0 and spread 1" in _said(dialog)
    hands.click(dialog, "Use these data")
    architecture = window.column.experiment().architecture
    assert architecture.output_activation == "linear"
    assert architecture.loss == "mean_squared_error"


def test_choosing_otherwise_keeps_the_model_and_the_way_back_the_settings(
    window: MainWindow, hands: Any, flowers: Path
) -> None:
    before = find_lesson("noise-simple").experiment
    changed = before.model_copy(
        update={"training": before.training.model_copy(update={"epochs": 3})}
    )
    window.column.set_experiment(changed)
    hands.click(_shown(window, hands, flowers), "Use these data")
    first = window.column.experiment()
    code = first.architecture.code.model_copy(update={"width": 2})
    own = first.model_copy(
        update={"architecture": first.architecture.model_copy(update={"code": code})}
    )
    window.column.set_experiment(own)

    hands.click(window.column.dataset, "Change…")
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: _is_told(dialog))
    _tick(dialog, hands, "leaf", UNCHECKED)
    _tick(dialog, hands, "kind", CHECKED)
    hands.click(dialog, "Use these data")
    spec = window.column.experiment().dataset
    assert isinstance(spec, FileSpec)
    assert spec.feature_names == ("stem", "root", "kind = fern", "kind = rose")

    hands.click(window.top_bar, "Back to my settings")
    assert window.column.experiment() == own
    hands.click(window.top_bar, "Back to my settings")
    assert window.column.experiment() == changed


def test_a_file_that_cannot_be_read_is_a_sentence_and_changes_nothing(
    window: MainWindow, hands: Any, tmp_path: Path
) -> None:
    before = window.column.experiment()
    path = tmp_path / "picture.csv"
    path.write_bytes(bytes(range(256)) * 20)
    window.incoming.take(path)
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: str(path) in _said(dialog))
    assert not dialog.use_button.isEnabled()
    hands.click(dialog, "Cancel")
    assert window.column.experiment() == before
    assert window.isVisible()


def test_a_folder_of_pictures_is_shown_as_pictures(
    window: MainWindow, hands: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    for kind in ("cats", "dogs"):
        (tmp_path / "pets" / kind).mkdir(parents=True)
        for number in range(8):
            pixels = rng.integers(0, 255, (6, 9), np.uint8)
            Image.fromarray(pixels).save(tmp_path / "pets" / kind / f"{number}.png")
    dialog = _shown(window, hands, tmp_path / "pets")
    assert dialog.page.pictures.isVisible()
    assert dialog.page.pictures.count == 16
    shown = dialog.page.pictures.grab().toImage()
    assert len({shown.pixelColor(x, 20).lightness() for x in range(64)}) > 5
    _choose_size(dialog, hands)
    assert "pictures of 28 × 28" in _said(dialog)
    hands.click(dialog, "Use these data")
    spec = window.column.experiment().dataset
    assert isinstance(spec, FileSpec)
    assert (spec.image_shape, spec.classes) == ((28, 28), ("cats", "dogs"))


def _choose_size(dialog: DataDialog, hands: Any) -> None:
    hands.button(dialog, "Bring all to one size").click()
    assert not dialog.use_button.isEnabled()
    hands.until(lambda: _is_told(dialog))


def test_pictures_of_several_sizes_are_brought_to_one(
    window: MainWindow, hands: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    (tmp_path / "mixed").mkdir()
    for number in range(12):
        pixels = rng.integers(0, 255, (6 + number, 9), np.uint8)
        Image.fromarray(pixels).save(tmp_path / "mixed" / f"{number}.png")
    window.incoming.take(tmp_path / "mixed")
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: "Bring all to one size" in _said(dialog))
    assert not dialog.use_button.isEnabled()
    _choose_size(dialog, hands)
    hands.type(hands.field(dialog, "Height"), "12")
    hands.until(lambda: "pictures of 12 × 28" in _said(dialog) and _is_told(dialog))
    dialog.reject()


def test_a_wrong_delimiter_can_be_taken_back(window: MainWindow, hands: Any, flowers: Path) -> None:
    lines = flowers.read_text().splitlines()
    lines[4] += ",with,commas"
    flowers.write_text("\n".join(lines) + "\n")
    dialog = _shown(window, hands, flowers)
    _choose_only(dialog, hands, "Delimiter", "Comma")
    hands.until(lambda: "line 5: has 3 fields" in _said(dialog))
    assert not dialog.use_button.isEnabled()
    _choose_only(dialog, hands, "Delimiter", "Semicolon")
    hands.until(lambda: _is_told(dialog))
    assert dialog.page.columns.ticked == ("stem", "leaf", "root")
    dialog.reject()


def test_without_a_column_it_is_said_what_to_do(
    window: MainWindow, hands: Any, flowers: Path
) -> None:
    dialog = _shown(window, hands, flowers)
    hands.click(dialog, "None")
    hands.until(lambda: "no column is chosen to be learned" in _said(dialog))
    assert not dialog.use_button.isEnabled()
    hands.click(dialog, "All")
    hands.until(lambda: _is_told(dialog))
    dialog.reject()


def test_an_archive_lets_a_person_choose_the_array(
    window: MainWindow, hands: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    kinds = np.arange(40) % 4
    np.savez(
        tmp_path / "two.npz", small=rng.random((40, 3)), large=rng.random((50, 8)), kinds=kinds
    )
    dialog = _shown(window, hands, tmp_path / "two.npz")
    assert "50 rows of 8 numbers" in _said(dialog)
    _choose(dialog, hands, "Array", "small")
    assert "40 rows of 3 numbers" in _said(dialog)
    _choose(dialog, hands, "Classes", "kinds")
    assert "4 classes from kinds" in _said(dialog)
    hands.click(dialog, "Use these data")
    assert window.column.experiment().dataset.features == 3


def test_the_classes_of_idx_pictures_are_in_a_file_that_a_person_chooses(
    window: MainWindow, hands: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = tmp_path / "scans.idx"
    rng = np.random.default_rng(0)
    pictures.write_bytes(b"\0\0\x08\3" + struct.pack(">3i", 30, 4, 4) + rng.bytes(480))
    for name, count in (("kinds.idx", 30), ("few.idx", 7)):
        kinds = bytes(number % 3 for number in range(count))
        (tmp_path / name).write_bytes(b"\0\0\x08\1" + struct.pack(">i", count) + kinds)
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(tmp_path / "kinds.idx", tmp_path / "elsewhere")

    def browse(name: str) -> None:
        answer = str(tmp_path / name), ""
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: answer)
        hands.click(dialog, "Browse for a file of classes…")

    dialog = _shown(window, hands, pictures)
    assert hands.field(dialog, "Classes").choice() == ""
    browse("elsewhere/kinds.idx")
    assert f"The file kinds.idx must lie beside scans.idx, in {tmp_path}" in _said(dialog)
    assert dialog.use_button.isEnabled(), "the data are as they were"
    browse("few.idx")
    hands.until(lambda: "each of the 30 rows" in _said(dialog))
    assert not dialog.use_button.isEnabled()
    browse("kinds.idx")
    hands.until(lambda: _is_told(dialog))
    assert "3 classes from kinds.idx" in _said(dialog)
    _choose(dialog, hands, "Classes", "none")
    assert "classes" not in _said(dialog)
    _choose(dialog, hands, "Classes", "kinds.idx")
    hands.click(dialog, "Use these data")
    spec = window.column.experiment().dataset
    assert isinstance(spec, FileSpec)
    assert (spec.label, spec.classes) == ("kinds.idx", ("0", "1", "2"))


def test_a_file_let_go_over_the_window_is_shown(
    window: MainWindow, hands: Any, flowers: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(flowers))])
    none, action = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    place, left = window.rect().center(), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place, action, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), action, data, left, none))
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: _is_told(dialog))
    assert "flowers.csv" in dialog.windowTitle()
    dialog.reject()


@pytest.mark.parametrize(
    ("asks", "method"),
    [("ask_file", "getOpenFileName"), ("ask_folder", "getExistingDirectory")],
)
def test_the_door_and_the_panel_ask_for_a_file(
    window: MainWindow,
    hands: Any,
    flowers: Path,
    monkeypatch: pytest.MonkeyPatch,
    asks: str,
    method: str,
) -> None:
    answers = ["", str(flowers)]

    def answer(*_: object) -> object:
        name = answers.pop(0)
        return name if method == "getExistingDirectory" else (name, "")

    monkeypatch.setattr(QFileDialog, method, answer)
    ask = getattr(window.incoming, asks)
    ask()
    assert window.incoming.data.dialog is None, "nothing was chosen"
    ask()
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: _is_told(dialog))
    dialog.reject()


def test_my_own_data_in_the_panel_asks_for_a_file(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, hands: Any
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (asked.append(a), ("", ""))[1])
    before = window.column.experiment()
    source = hands.field(window.column.dataset, "Source")
    source.setCurrentIndex(source.findText("My own data"))
    source.activated.emit(source.currentIndex())
    assert len(asked) == 1
    assert window.column.experiment() == before
    assert source.currentText() == "MNIST digits"


def test_the_list_of_runs_does_not_wait_for_a_large_file(
    open_window: OpenWindow, hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_listed = Event()

    def preview(_: object) -> Any:
        is_listed.wait()
        return np.zeros((10, 784), np.float32)

    monkeypatch.setattr(session, "preview_rows", preview)
    shutil.copytree(resource("pretrained"), runs_folder() / "20260101-000000-mnist-32")
    window = open_window()
    try:
        hands.until(lambda: len(window.session.shelf.cards) == 1)
        # Nor does the window wait for it when it closes.
        window.close()
        hands.until(lambda: window.has_ended)
        assert not is_listed.is_set()
    finally:
        is_listed.set()


def test_a_reading_is_called_off_with_its_dialog(
    window: MainWindow, hands: Any, flowers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_for_ever(path: Path, _: Choices | None, watch: Watch) -> Opened:
        while True:
            watch.step(f"Reading {path.name}", 0.5)
            # No file tells so often that the window would have to listen to nothing else.
            time.sleep(0.001)

    monkeypatch.setattr(reader, "open_file", read_for_ever)
    window.incoming.take(flowers)
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(lambda: "Reading flowers.csv" in _said(dialog))
    hands.click(dialog, "Cancel")
    assert window.incoming.data.dialog is None
    assert isinstance(window.column.experiment(), ExperimentSpec)


def test_a_parser_that_cannot_stop_holds_up_neither_cancel_nor_the_next_file(
    window: MainWindow, hands: Any, flowers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = Event(), Event()

    def parse(path: Path, choices: Choices | None, watch: Watch) -> Opened:
        if path.name == "large.csv":
            begun.set()
            # As inside a library's own code: nothing asks whether to go on.
            assert may_end.wait(60)
        return open_file(path, choices, watch)

    monkeypatch.setattr(reader, "open_file", parse)
    large = flowers.with_name("large.csv")
    shutil.copy(flowers, large)
    window.incoming.take(large)
    dialog = window.incoming.data.dialog
    assert dialog is not None
    hands.until(begun.is_set)
    hands.click(dialog, "Cancel")
    assert window.incoming.data.dialog is None
    assert _shown(window, hands, flowers).found is not None
    parsers = [thread for thread in threading.enumerate() if thread.name == "abandonable"]
    assert len(parsers) == 1, "the file that was called off is parsed to its end"
    may_end.set()
    hands.until(lambda: not parsers[0].is_alive())
    window.close()
