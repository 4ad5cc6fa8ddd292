"""What a file holds: the report, its columns with their ticks, and its first rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from aegui.data.files import Block
from aegui.ui.forms import label, set_role
from aegui.ui.own_data.columns_model import ColumnsModel
from aegui.ui.own_data.first_pictures import FirstPictures
from aegui.ui.own_data.first_rows import FirstRows
from aegui.ui.own_data.reader import Found

_LEARN_WIDTH, _MISSING_WIDTH, _VALUES_WIDTH = 200, 80, 190


class FilePage(QWidget):
    """Tells what was found, and that other columns are to be learned."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.columns, self.rows, self.pictures = ColumnsModel(), FirstRows(), FirstPictures()
        self._report, self._first = label("", wrap=True), label("First rows", "heading")
        self._columns_view, self._rows_view = _table(self.columns), _table(self.rows)
        self._columns_part = QWidget()
        self._all, self._none = QPushButton("All"), QPushButton("None")
        self.pictures.hide()
        self._lay_out()
        self.columns.edited.connect(self.edited)
        self._all.clicked.connect(lambda: self.columns.tick_all(is_ticked=True))
        self._none.clicked.connect(lambda: self.columns.tick_all(is_ticked=False))

    def show_found(self, found: Found) -> None:
        """Show what a file holds; pictures as such, other rows as numbers."""
        contents, report = found.opened.head, found.report
        self._report.setText("\n".join(report.words))
        self._columns_part.setVisible(bool(report.columns))
        self.columns.show_columns(report.columns, found.choices.columns or ())
        has_pictures = report.image_shape is not None
        self._first.setText("First pictures" if has_pictures else "First rows")
        self._rows_view.setVisible(not has_pictures)
        self.pictures.setVisible(has_pictures)
        if isinstance(contents, Block) and has_pictures:
            self.pictures.show_block(contents, report.low or 0.0, report.high or 1.0)
        else:
            self.rows.show_rows(found.names, found.rows)

    def _lay_out(self) -> None:
        for button in (self._all, self._none):
            set_role(button, "link")
            button.setAutoDefault(False)
        self._report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        header = self._columns_view.horizontalHeader()
        for place, width in enumerate((_LEARN_WIDTH, _MISSING_WIDTH, _VALUES_WIDTH)):
            header.resizeSection(place, width)
        header.setStretchLastSection(True)
        self._columns_view.verticalHeader().hide()
        heads = QHBoxLayout()
        heads.addWidget(label("Columns", "heading"), 1)
        heads.addWidget(self._all)
        heads.addWidget(self._none)
        part = QVBoxLayout(self._columns_part)
        part.setContentsMargins(0, 0, 0, 0)
        part.addLayout(heads)
        part.addWidget(self._columns_view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._report)
        layout.addWidget(self._columns_part, 3)
        layout.addWidget(self._first)
        layout.addWidget(self._rows_view, 2)
        layout.addWidget(self.pictures, 2)


def _table(model: ColumnsModel | FirstRows) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setShowGrid(False)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(26)
    return view
