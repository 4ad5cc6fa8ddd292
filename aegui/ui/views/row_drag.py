"""Test rows that are dragged, or sent by a key, to where one draws on them."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.views.pictures import grey_image
from aegui.ui.views.row_words import describe_row

MIME = "application/x-aegui-row"
_PREVIEW = 84
_WHOLE = Qt.AspectRatioMode.KeepAspectRatio


@dataclass(frozen=True, eq=False)
class HeldRow:
    """A row, (features,), on its way; ``words`` say which one it is.

    ``image_shape`` is (height, width) where it is a picture, whose pixels are in [0, 1].
    """

    row: FloatArray
    words: str
    image_shape: tuple[int, int] | None = None


def held_row(dataset: Dataset, row: int) -> HeldRow:
    """Return a test row, by its number from 0, to be taken elsewhere; a picture in [0, 1]."""
    values = dataset.test[row]
    if dataset.image_shape is not None and dataset.value_range != (0.0, 1.0):
        low, high = dataset.value_range
        values = np.clip((values - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return HeldRow(values, describe_row(dataset, row), dataset.image_shape)


def to_mime(held: HeldRow) -> QMimeData:
    """Return a row as what the pointer carries."""
    data = QMimeData()
    about = {"row": held.row.tolist(), "words": held.words, "shape": held.image_shape}
    data.setData(MIME, json.dumps(about).encode())
    data.setText(held.words)
    return data


def from_mime(data: QMimeData) -> HeldRow | None:
    """Return the row that the pointer carries, or None when it is something else."""
    if not data.hasFormat(MIME):
        return None
    about = json.loads(bytes(data.data(MIME).data()))
    shape = None if about["shape"] is None else (about["shape"][0], about["shape"][1])
    return HeldRow(np.array(about["row"], dtype=np.float32), str(about["words"]), shape)


class RowDrag(QObject):
    """Lets rows be dragged out of a view; D or a double click sends one the same way.

    Parameters
    ----------
    view
        The widget.
    tile_at
        Returns the number of the tile at a point of the widget, or None.
    row_of
        Returns the row of a tile, or None.
    current
        Returns the number of the tile that the keyboard is at, or None.
    modifier
        The key to be held while the mouse drags, where the view has another use for dragging.
    """

    row_taken = Signal(HeldRow)

    def __init__(
        self,
        view: QWidget,
        tile_at: Callable[[QPointF], int | None],
        row_of: Callable[[int], HeldRow | None],
        current: Callable[[], int | None],
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        super().__init__(view)
        self._view, self._tile_at = view, tile_at
        self._row_of, self._current = row_of, current
        self._modifier = modifier
        self._pressed: QPointF | None = None
        view.installEventFilter(self)
        if isinstance(view, QAbstractScrollArea):
            view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to drag once the mouse has moved so far; send at a double click or by D."""
        if isinstance(event, QMouseEvent):
            return self._filter_mouse(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            number = self._current()
            if event.key() == Qt.Key.Key_D and not event.modifiers() and number is not None:
                self._send(number)
                return True
        return super().eventFilter(watched, event)

    def _filter_mouse(self, event: QMouseEvent) -> bool:
        kind, place = event.type(), event.position()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = place if self._is_meant(event) else None
            # With the key held, the view is not to make use of it as well.
            return self._pressed is not None and self._has_modifier
        if kind == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif kind == QEvent.Type.MouseButtonDblClick and self._is_meant(event):
            number = self._tile_at(place)
            if number is not None:
                self._send(number)
                return True
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            way = (place - self._pressed).manhattanLength()
            if event.buttons() & Qt.MouseButton.LeftButton and way >= _drag_distance():
                start, self._pressed = self._pressed, None
                self._drag(start)
                return True
            return self._has_modifier
        return False

    @property
    def _has_modifier(self) -> bool:
        return self._modifier != Qt.KeyboardModifier.NoModifier

    def _is_meant(self, event: QMouseEvent) -> bool:
        return not self._has_modifier or bool(event.modifiers() & self._modifier)

    def _send(self, number: int) -> None:
        held = self._row_of(number)
        if held is not None:
            self.row_taken.emit(held)

    def _drag(self, place: QPointF) -> None:
        number = self._tile_at(place)
        held = None if number is None else self._row_of(number)
        if held is None:
            return
        drag = QDrag(self._view)
        drag.setMimeData(to_mime(held))
        if held.image_shape is not None:
            image = grey_image(held.row, held.image_shape, (0.0, 1.0))
            drag.setPixmap(QPixmap.fromImage(image.scaled(_PREVIEW, _PREVIEW, _WHOLE)))
        drag.exec(Qt.DropAction.CopyAction)


class RowTarget(QWidget):
    """A widget that rows can be let go over; whoever knows what fits puts them there."""

    row_dropped = Signal(HeldRow)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows, and nothing else."""
        if from_mime(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the row that was let go here."""
        held = from_mime(event.mimeData())
        if held is not None:
            event.acceptProposedAction()
            self.row_dropped.emit(held)


def _drag_distance() -> int:
    return QApplication.startDragDistance()
