"""The line that says what was found in a run."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from aegui.analysis.diagnosis import Finding, Remedy
from aegui.ui.diagnosis_line import DiagnosisLine
from aegui.ui.theme import DARK, LIGHT, Theme, ThemeSwitch

REMEDY = Remedy("Use elu for the code", {"architecture.code.activation": "elu"})
DEAD = Finding(
    "dead_units",
    "9 of 32 code units are always 0: they carry nothing.",
    "Below 0 relu has no gradient, so they cannot come back.",
    REMEDY,
)
NOISE = Finding("no_pattern", "There is nothing to learn here.", "It is noise.")


@pytest.fixture
def line(styled_application: QApplication, qtbot: QtBot) -> DiagnosisLine:
    switch = ThemeSwitch(styled_application, "dark")
    switch.dress()
    result = DiagnosisLine()
    qtbot.addWidget(result)
    result.resize(900, result.sizeHint().height())
    result.show()
    switch.deleteLater()
    return result


def _button(line: DiagnosisLine) -> QPushButton:
    return line.findChildren(QPushButton)[0]


def _ink(line: DiagnosisLine) -> set[str]:
    QApplication.processEvents()
    image = line._text.grab().toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(x, y).name() for x, y in places}


def test_a_finding_is_said_with_why_and_a_button(line: DiagnosisLine) -> None:
    line.show_finding(DEAD)
    assert line._text.shown_text == f"{DEAD.message} {DEAD.why}"
    assert line.toolTip() == f"{DEAD.message}\n{DEAD.why}"
    assert _button(line).isVisible()
    assert _button(line).text() == "Use elu for the code"


def test_the_button_asks_for_the_remedy(line: DiagnosisLine, qtbot: QtBot) -> None:
    line.show_finding(DEAD)
    with qtbot.waitSignal(line.remedy_requested) as asked:
        QTest.mouseClick(_button(line), Qt.MouseButton.LeftButton)
    assert asked.args == [REMEDY]
    _button(line).setFocus()
    with qtbot.waitSignal(line.remedy_requested):
        QTest.keyClick(_button(line), Qt.Key.Key_Space)


def test_what_has_no_remedy_has_no_button(line: DiagnosisLine) -> None:
    line.show_finding(NOISE)
    assert not _button(line).isVisible()
    assert line._text.text.startswith("There is nothing to learn here.")


def test_nothing_jumps(line: DiagnosisLine) -> None:
    heights = []
    for finding in (None, DEAD, NOISE, DEAD, None):
        line.show_finding(finding)
        QApplication.processEvents()
        heights.append((line.sizeHint().height(), line.height()))
    assert len(set(heights)) == 1
    assert line.toolTip() == ""
    assert line._text.text == ""


def test_long_text_ends_in_dots_and_is_whole_in_the_tool_tip(line: DiagnosisLine) -> None:
    line.show_finding(DEAD)
    line.resize(320, line.height())
    QApplication.processEvents()
    assert line.width() == 320
    assert line._text.shown_text.endswith("…")
    assert DEAD.message.startswith(line._text.shown_text[:-1].strip())
    assert DEAD.why in line.toolTip()
    assert DEAD.why in line._text.accessibleName()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_problems_are_written_in_the_colour_of_warnings(line: DiagnosisLine, theme: Theme) -> None:
    line.set_theme(theme)
    line.show_finding(DEAD)
    assert QColor(theme.warning).name() in _ink(line)
    line.show_finding(NOISE)
    assert QColor(theme.warning).name() not in _ink(line)
    assert QColor(theme.text).name() in _ink(line)


def test_the_same_finding_after_the_next_epoch_leaves_the_focus_alone(line: DiagnosisLine) -> None:
    line.show_finding(DEAD)
    line.activateWindow()
    _button(line).setFocus()
    line.show_finding(DEAD)
    assert _button(line).hasFocus()
