"""Palettes, icons and the style sheet."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from aegui.places import resource
from aegui.ui.icons import icon
from aegui.ui.theme import DARK, LIGHT, Theme, ThemeSwitch, contrast, stylesheet

SURFACES = ("window", "column", "surface", "field", "hover")
TEXTS = ("text", "muted", "link", "code_text", "warning", "error")
THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
ICONS = sorted(
    path.stem
    for path in resource("icons").glob("*.svg")
    if "currentColor" in path.read_text(encoding="utf-8")
)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#4f9cff", "#4f9cff") == 1.0


@THEMES
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_wherever_it_stands(theme: Theme, text: str, surface: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, surface)) >= 4.5


@THEMES
def test_text_can_be_read_on_the_accent(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5


@THEMES
@pytest.mark.parametrize("surface", SURFACES)
def test_marks_stand_out(theme: Theme, surface: str) -> None:
    # The code stands in a card or a column; series also on run cards under the mouse.
    code = () if surface == "hover" else (theme.code,)
    marks = (theme.accent, *code, *theme.series)
    found = {mark: contrast(mark, getattr(theme, surface)) for mark in marks}
    assert min(found.values()) >= 3.0, found


@THEMES
def test_amber_belongs_to_the_code(theme: Theme) -> None:
    amber = QColor(theme.code).hslHue()
    others = (theme.accent, theme.link, theme.warning, theme.error, *theme.series)
    hues = {colour: QColor(colour).hslHue() for colour in others}
    near = {colour for colour, hue in hues.items() if abs(hue - amber) < 10}
    assert not near
    assert abs(QColor(theme.code_text).hslHue() - amber) < 10


@pytest.mark.parametrize("name", ICONS)
@pytest.mark.parametrize("colour", ["#ff0000", "#1a63d8"])
def test_icons_are_drawn_in_the_colour_given(name: str, colour: str) -> None:
    image = icon(name, colour).pixmap(QSize(16, 16), 2.0).toImage()
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    inked = sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )
    assert image.width() == 32
    assert 0 < inked < 32 * 32, "a drawing, neither nothing nor a block"
    assert {pixel.name() for pixel in solid} == {colour}


@pytest.mark.parametrize("name", ["plus", "options", "play", "stop"])
def test_icons_are_whole_on_a_fine_screen(name: str) -> None:
    """The middle of what is drawn is the middle of the icon, whatever the scale."""
    middles = []
    for scale in (1, 2):
        image = icon(name, "#ff0000").pixmap(QSize(16, 16), float(scale)).toImage()
        columns = [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 100
        ]
        assert image.width() == 16 * scale
        middles.append((min(columns) + max(columns) + 1) / 2 / scale)
    assert abs(middles[0] - middles[1]) <= 0.5


@THEMES
def test_the_style_sheet_is_filled_in(theme: Theme) -> None:
    text = stylesheet(theme)
    assert "$" not in text
    assert theme.accent in text
    for address in re.findall(r'url\("(.*?)"\)', text):
        assert resource("icons").joinpath(address).is_file(), address


@THEMES
def test_the_two_themes_share_no_surface(theme: Theme) -> None:
    other = LIGHT if theme is DARK else DARK
    for name in SURFACES:
        assert getattr(theme, name) != getattr(other, name)
        assert (contrast(getattr(theme, name), "#ffffff") > 4.5) is theme.is_dark


def test_the_switch_changes_what_is_seen(styled_application: QApplication, qtbot: QtBot) -> None:
    switch = ThemeSwitch(styled_application, "dark")
    switch.dress()
    sheet = QWidget()
    qtbot.addWidget(sheet)
    sheet.resize(200, 40)
    sheet.show()
    seen: list[Theme] = []
    switch.changed.connect(seen.append)
    assert sheet.grab().toImage().pixelColor(190, 35).name() == DARK.window
    switch.toggle()
    QApplication.processEvents()
    assert (switch.choice, switch.theme, seen) == ("light", LIGHT, [LIGHT])
    assert sheet.grab().toImage().pixelColor(190, 35).name() == LIGHT.window
    switch.toggle()
    assert (switch.choice, seen) == ("dark", [LIGHT, DARK])
    switch.deleteLater()


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_signs_of_a_file_dialog_can_be_seen(
    styled_application: QApplication, qtbot: QtBot, name: str
) -> None:
    switch = ThemeSwitch(styled_application, name)
    switch.dress()
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    button = dialog.findChild(QToolButton, "toParentButton")
    assert isinstance(button, QToolButton)
    picture = button.grab().toImage()
    centre = picture.rect().center()
    ground = picture.pixelColor(picture.width() // 2, 4)
    row = [picture.pixelColor(x, centre.y()) for x in range(6, picture.width() - 6)]
    assert max(contrast(colour.name(), ground.name()) for colour in row) > 4.5
    switch.deleteLater()
