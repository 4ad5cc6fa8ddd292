"""What tests of the window share: a window of their own, closed at the end, and hands to use it."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from aegui.records import FloatArray, RunResult
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, MnistSpec, TrainingSpec
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import Settings
from aegui.ui.theme import ThemeSwitch
from aegui.ui.views.draw.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton
# The first import of TensorFlow and a compilation on a busy machine.
PATIENCE_MS = 60_000

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _an_application(qapp: QApplication) -> None:
    """No picture can be made before there is one: whichever test a process runs first needs it."""


@pytest.fixture
def styled_application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, put back into its former look at the end."""
    look = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield qapp
    qapp.setStyleSheet(look[0])
    qapp.setPalette(look[1])
    qapp.setFont(look[2])


@pytest.fixture
def open_window(styled_application: QApplication, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Return a function that opens a window as the program does, its views built."""
    windows: list[MainWindow] = []
    switches: list[ThemeSwitch] = []

    def open_it(
        settings: Settings | None = None, before: Callable[[MainWindow], None] | None = None
    ) -> MainWindow:
        settings = settings or Settings(theme="dark")
        switches.append(ThemeSwitch(styled_application, settings.theme))
        window = MainWindow(switches[-1], settings)
        switches[-1].dress()
        windows.append(window)
        if before is not None:
            before(window)
        with qtbot.waitSignal(window.views_built, timeout=PATIENCE_MS):
            window.show()
        window.resize(1440, 900)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_it
    for window in windows:
        window.close()
        # An import cannot be interrupted, and its thread tells the window when it is over.
        qtbot.waitUntil(lambda window=window: window.has_ended, timeout=PATIENCE_MS)
        window.deleteLater()
    for switch in switches:
        switch.deleteLater()
    styled_application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    styled_application.processEvents()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """A window at its first launch."""
    return open_window()


@pytest.fixture
def quick() -> ExperimentSpec:
    """Real digits, few of them, for two epochs."""
    return ExperimentSpec(
        dataset=MnistSpec(rows=2000),
        architecture=ArchitectureSpec(code=DenseCode(width=32, activation="relu")),
        training=TrainingSpec(epochs=2, batch_size=100),
    )


class Hands:
    """What a person does to a window and sees of it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait, with the window alive, until something is so."""
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def click(self, parent: QWidget, name: str) -> None:
        """Click the button that is called so."""
        QTest.mouseClick(self.button(parent, name), LEFT)

    def button(self, parent: QWidget, name: str) -> QAbstractButton:
        """Return the visible button with this text, or with this name for screen readers."""
        return next(
            button
            for button in parent.findChildren(QAbstractButton)
            if button.isVisible() and name in (button.text(), button.accessibleName())
        )

    def field(self, parent: QWidget, name: str) -> QWidget:
        """Return the visible field that is called so for screen readers."""
        return next(
            widget
            for widget in parent.findChildren(QWidget)
            if widget.accessibleName() == name and widget.isVisible()
        )

    def type(self, field: QWidget, text: str, *, enter: bool = True) -> None:
        """Replace what a field holds by the keyboard."""
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def texts(self, parent: QWidget) -> list[str]:
        """Return what all labels in view say."""
        return [
            label.text()
            for label in parent.findChildren(QLabel)
            if label.isVisible() and label.text()
        ]

    def train(self, window: MainWindow, experiment: ExperimentSpec | None = None) -> RunResult:
        """Press Train, with an experiment in the panels, and wait for the run's end."""
        if experiment is not None:
            window.column.set_experiment(experiment)
        ended: list[RunResult] = []
        window.session.controller.run_ended.connect(ended.append)
        self.click(window.column.run_bar, "Train")
        self.until(lambda: bool(ended))
        window.session.controller.run_ended.disconnect(ended.append)
        return ended[0]

    def draw(self, canvas: Canvas) -> None:
        """Draw a 7."""
        side = canvas.width()
        points = [(0.3, 0.25), (0.5, 0.25), (0.7, 0.25), (0.6, 0.45), (0.5, 0.65), (0.42, 0.8)]
        places = [QPoint(round(x * side), round(y * side)) for x, y in points]
        QTest.mousePress(canvas, LEFT, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        QTest.mouseRelease(canvas, LEFT, pos=places[-1])

    def rebuilt(self, window: MainWindow) -> FloatArray:
        """Draw on the Draw tab and return the reconstruction that appears there."""
        view = window.tabs.draw_view
        assert view.canvas.isVisible()
        view.canvas.clear()
        assert view.reconstruction.is_empty
        asked: list[FloatArray] = []
        view.reconstruction_requested.connect(asked.append)
        answered: list[FloatArray] = []
        inference = window.drawing._inference
        inference.answered.connect(lambda answer: answered.append(answer.rows))
        self.draw(view.canvas)
        # The picture follows the hand; the last answer is that to the whole drawing.
        self.until(lambda: any(np.array_equal(row, asked[-1]) for row in answered))
        row = view.reconstruction.row()
        assert row is not None
        return row


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)
