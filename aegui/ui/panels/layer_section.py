"""The hidden layers of one half as a list of rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from aegui.specs import LayerSpec, Problem
from aegui.ui.forms import within
from aegui.ui.panels.layer_row import LayerRow, RowState
from aegui.ui.theme import DARK, Theme


class LayerSection(QWidget):
    """The hidden layers of one half, in the order in which data pass through them."""

    edited = Signal()
    rows_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[LayerRow] = []
        self._theme = DARK
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def layers(self) -> list[dict[str, Any]]:
        """Return the layers as they stand in a file."""
        return [row.state().layer for row in self._rows]

    def show_layers(self, layers: tuple[LayerSpec, ...]) -> None:
        """Show layers, their options folded."""
        self._show([RowState(layer.model_dump()) for layer in layers])

    def insert(self, place: int, layer: LayerSpec) -> None:
        """Add a layer before the one at ``place``, leaving what is typed in the others."""
        states = self._states()
        states.insert(place, RowState(layer.model_dump()))
        self._show(states)
        self.edited.emit()

    def show_problems(self, name: str, problems: Sequence[Problem]) -> list[Problem]:
        """Say the problems of the layers of the field ``name``; return the others."""
        for place, row in enumerate(self._rows):
            mine, problems = within(f"{name}.{place}", problems)
            row.show_problems(mine)
        return list(problems)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def chain(self) -> list[QWidget]:
        """Return the fields in the order in which Tab visits them."""
        return [field for row in self._rows for field in row.chain()]

    def _states(self) -> list[RowState]:
        return [row.state() for row in self._rows]

    def _show(self, states: list[RowState]) -> None:
        """Show layers in the rows there are, so that a field that is edited stays."""
        count = len(self._rows)
        while len(self._rows) > len(states):
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(states):
            self._add_row()
        for place, (row, state) in enumerate(zip(self._rows, states, strict=True)):
            row.show_state(state)
            around = [states[place - 1].kind] if place else [""]
            around.append(states[place + 1].kind if place + 1 < len(states) else "")
            # Convolutions and dense layers must not pass each other.
            row.set_movable(up=around[0] == state.kind, down=around[1] == state.kind)
        self.setVisible(bool(states))
        if len(states) != count:
            self.rows_changed.emit()

    def _add_row(self) -> None:
        row = LayerRow()
        row.set_theme(self._theme)
        row.edited.connect(self.edited)
        row.moved.connect(lambda by: self._move(row, by))
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._layout.addWidget(row)

    def _move(self, row: LayerRow, by: int) -> None:
        states, place = self._states(), self._rows.index(row)
        other = place + by
        states[place], states[other] = states[other], states[place]
        focus = QApplication.focusWidget()
        is_by_keyboard = focus is not None and row.isAncestorOf(focus)
        self._show(states)
        if is_by_keyboard:
            self._rows[other].follow(by)
        self.edited.emit()

    def _remove(self, row: LayerRow) -> None:
        states = self._states()
        del states[self._rows.index(row)]
        self._show(states)
        self.edited.emit()
