"""The tabs that look further into what is shown, and the way of a row from one to another."""

from PySide6.QtCore import QObject, Signal, Slot

from aegui.ui.drawing.drawing import Drawing
from aegui.ui.errors.errors_desk import ErrorsDesk
from aegui.ui.notice import Notice
from aegui.ui.presenter import Presenter
from aegui.ui.runs.run_controller import RunController
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.errors.errors_view import ErrorsView
from aegui.ui.views.gallery.gallery_view import GalleryView
from aegui.ui.views.latent.latent_view import LatentView
from aegui.ui.views.row_drag import HeldRow


class Looking(QObject):
    """Makes what works for these tabs; a row that is taken in one is drawn on in another."""

    draw_requested = Signal()
    """A row is on the canvas now: the Draw tab is to be shown."""

    def __init__(
        self,
        gallery: GalleryView,
        draw: DrawView,
        errors: ErrorsView,
        latent: LatentView,
        presenter: Presenter,
        controller: RunController,
        notice: Notice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.drawing = Drawing(draw, presenter, self)
        self.threshold = errors.threshold
        self._errors = ErrorsDesk(errors, presenter, notice, self)
        for board in (draw.digit_board, draw.curve_board):
            # A training leaves the cores to the hand.
            board.canvas.changed.connect(controller.give_way)
        for view in (gallery, errors, latent):
            view.row_taken.connect(self._draw_on)

    def close(self) -> None:
        """End all threads."""
        self.drawing.close()
        self._errors.close()

    @Slot(HeldRow)
    def _draw_on(self, held: HeldRow) -> None:
        self.drawing.take_row(held)
        self.draw_requested.emit()
