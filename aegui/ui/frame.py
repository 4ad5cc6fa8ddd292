"""Where the parts of the main window stand."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget


def frame(top: QWidget, left: QWidget, middle: QLayout, right: QWidget) -> QWidget:
    """Return a bar along the top, and below it two columns with what is between them."""
    columns = QHBoxLayout()
    columns.setSpacing(0)
    columns.addWidget(left)
    columns.addLayout(middle, 1)
    columns.addWidget(right)
    root = QWidget()
    rows = QVBoxLayout(root)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    rows.addWidget(top)
    rows.addLayout(columns, 1)
    return root
