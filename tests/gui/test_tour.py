"""What the tour holds against a window: parts that show nothing, states that do not come."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aegui.analysis.chart import draw_chart
from aegui.data import Dataset
from aegui.records import TrainedModel
from aegui.robot import RobotError, drag
from aegui.tour.guide import Guide, shades
from aegui.ui.main_window import MainWindow


def test_one_colour_is_no_picture() -> None:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    assert shades(image) == 1
    for x in range(60):
        image.setPixelColor(x, 30, QColor.fromHsv(6 * x, 255, 255))
    assert shades(image) > 12
    assert shades(QImage()) == 0


def test_a_part_that_shows_nothing_is_named(window: MainWindow, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    guide = Guide(application, window, tmp_path)
    window.start_page.draw_chosen.emit()
    guide.until(window.tabs.draw_view.isVisible, "no Draw tab")
    guide.photograph("whole", window.top_bar)
    assert (tmp_path / "whole.png").exists()
    with pytest.raises(RobotError, match=r"empty: .* shows nothing"):
        guide.photograph("empty", window.tabs.draw_view.reconstruction)
    assert [seen.path.stem for seen in guide.seen] == ["whole"]
    with pytest.raises(RobotError, match=r"hidden: .* is not in view"):
        guide.photograph("hidden", window.tabs.latent_view.plot)
    with pytest.raises(OSError, match="cannot be written"):
        Guide(application, window, tmp_path / "nowhere").photograph("x")


def test_what_does_not_hold_is_said(window: MainWindow, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    guide = Guide(application, window, tmp_path)
    guide.require(True, "never")
    with pytest.raises(RobotError, match="there is no map"):
        guide.require(False, "there is no map")


def test_axes_alone_are_no_map(
    window: MainWindow, tmp_path: Path, digits: Dataset, fake_model: TrainedModel
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    guide = Guide(application, window, tmp_path)
    window.middle.show_tabs()
    view = window.tabs.latent_view
    guide.show(view)
    view.start(digits, len(digits.test), 2, is_variational=False)
    chart = draw_chart(fake_model, digits.test, digits.test_labels)
    view.show_chart(chart, "")
    before = guide.picture(view.plot)
    view.plot.dots.set_shown(set())
    view.plot.names.show_names({})
    assert shades(view.plot.grab().toImage()) >= 12, "axes have shades enough"
    with pytest.raises(RobotError, match="Latent map shows nothing"):
        guide.photograph("axes", view.plot)
    guide.require_new(view.plot, before, "never")
    with pytest.raises(RobotError, match="nothing happened"):
        guide.require_new(view.plot, guide.picture(view.plot), "nothing happened")


def test_the_window_works_between_a_hands_movements(qtbot: QtBot) -> None:
    class Field(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.places: list[QPointF] = []
            self.paints = 0

        def mouseMoveEvent(self, event: QMouseEvent) -> None:
            self.places.append(event.position())
            assert event.buttons() == Qt.MouseButton.RightButton
            self.update()

        def paintEvent(self, _event: QPaintEvent) -> None:
            self.paints += 1

    field = Field()
    qtbot.addWidget(field)
    field.resize(100, 100)
    field.show()
    qtbot.waitExposed(field)
    QApplication.processEvents()
    field.paints = 0
    drag(field, [(0.1, 0.1), (0.9, 0.9)], Qt.MouseButton.RightButton)
    assert len(field.places) == 6
    assert field.paints >= 3
