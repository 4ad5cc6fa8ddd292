"""What the tour holds against a window: parts that show nothing, states that do not come."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from aegui.robot import RobotError
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
    guide.until(window.draw_view.isVisible, "no Draw tab")
    guide.photograph("whole", window.top_bar)
    assert (tmp_path / "whole.png").exists()
    with pytest.raises(RobotError, match=r"empty: .* shows nothing"):
        guide.photograph("empty", window.draw_view.reconstruction)
    assert [seen.path.stem for seen in guide.seen] == ["whole"]
    with pytest.raises(OSError, match="cannot be written"):
        Guide(application, window, tmp_path / "nowhere").photograph("x")


def test_what_does_not_hold_is_said(window: MainWindow, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    guide = Guide(application, window, tmp_path)
    guide.require(True, "never")
    with pytest.raises(RobotError, match="there is no map"):
        guide.require(False, "there is no map")
