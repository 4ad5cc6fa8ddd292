"""The offer to go on with a sweep that was interrupted."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from aegui.specs.differences import setting_name
from aegui.sweeps import UnfinishedSweep
from aegui.ui.icons import icon
from aegui.ui.theme import Theme


class SweepOffer(QWidget):
    """A button that goes on and a small one that gives up; hidden without an offer."""

    go_on_requested = Signal(object)
    give_up_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._unfinished: UnfinishedSweep | None = None
        self._is_active = False
        self._go_on = QPushButton()
        self._give_up = QToolButton()

        self._go_on.setProperty("role", "link")
        self._give_up.setProperty("role", "quiet")
        self._give_up.setAccessibleName("Do not go on")
        self._give_up.setToolTip("Do not offer this again; its finished trials stay where they are")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._go_on)
        layout.addWidget(self._give_up)
        self.hide()

        self._go_on.clicked.connect(self._request_go_on)
        self._give_up.clicked.connect(self._request_give_up)

    @property
    def words(self) -> str:
        """What the offer says."""
        return self._go_on.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._give_up.setIcon(icon("close", theme.text, disabled=theme.muted))

    def offer(self, unfinished: UnfinishedSweep | None) -> None:
        """Offer to go on with an interrupted sweep, or take the offer back."""
        self._unfinished = unfinished
        if unfinished is not None:
            what = " and ".join(setting_name(axis.field) for axis in unfinished.spec.axes)
            self._go_on.setText(f"Go on: {what}, {unfinished.done} of {unfinished.trials} done")
            self._go_on.setToolTip(
                f"A sweep of {unfinished.spec.base.title} was interrupted; it is kept in "
                f"{unfinished.folder}"
            )
        self._show()

    def set_active(self, is_active: bool, *, may_start: bool) -> None:
        """Hide while a sweep is under way; stand still while something else has the engine."""
        self._is_active = is_active
        self._go_on.setEnabled(may_start)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._unfinished is not None and not self._is_active)

    @Slot()
    def _request_go_on(self) -> None:
        self.go_on_requested.emit(self._unfinished)

    @Slot()
    def _request_give_up(self) -> None:
        self.give_up_requested.emit(self._unfinished)
