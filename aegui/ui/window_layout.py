"""How the parts of the window stand."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget


def columns_below(top: QWidget, left: QWidget, middle: QLayout, right: QWidget) -> QWidget:
    """Return three columns below a bar; the middle one takes all the width that is left over."""
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
