"""One line beside the loss curve: what was found in a run, why, and a button that mends it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from aegui.analysis.diagnosis import Finding, Remedy
from aegui.ui.elided_text import ElidedText
from aegui.ui.theme import DARK, Theme


class DiagnosisLine(QWidget):
    """What was found, with a button for its remedy. Empty, it is as high as full."""

    remedy_requested = Signal(Remedy)

    def __init__(self) -> None:
        super().__init__()
        self._finding: Finding | None = None
        self._theme = DARK
        self._text = ElidedText()
        self._button = QPushButton()
        self._button.setProperty("role", "quiet")
        policy = self._button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._button.setSizePolicy(policy)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

        self._button.clicked.connect(self._ask_for_remedy)
        self.show_finding(None)

    @property
    def finding(self) -> Finding | None:
        """What is said at the moment."""
        return self._finding

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._colour()

    @Slot(object)
    def show_finding(self, finding: Finding | None) -> None:
        """Say what was found; None when all is well."""
        if finding == self._finding and finding is not None:
            # After each epoch the same may be found again; the button keeps the keyboard.
            return
        self._finding = finding
        self._text.set_text(f"{finding.message} {finding.why}" if finding else "")
        self.setToolTip(f"{finding.message}\n{finding.why}" if finding else "")
        remedy = finding.remedy if finding else None
        self._button.setText(remedy.label if remedy else "")
        self._button.setToolTip("Put this into the panels, for the next run" if remedy else "")
        self._button.setVisible(remedy is not None)
        self._colour()

    def _colour(self) -> None:
        is_problem = self._finding is not None and self._finding.is_problem
        self._text.set_colour(self._theme.warning if is_problem else self._theme.text)

    @Slot()
    def _ask_for_remedy(self) -> None:
        if self._finding is not None and self._finding.remedy is not None:
            self.remedy_requested.emit(self._finding.remedy)
