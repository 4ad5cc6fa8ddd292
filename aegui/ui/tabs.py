"""The tabs in the middle of the window."""

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from aegui.ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from aegui.ui.views.compare.compare_view import CompareView
    from aegui.ui.views.draw.draw_view import DrawView
    from aegui.ui.views.errors.errors_view import ErrorsView
    from aegui.ui.views.gallery.gallery_view import GalleryView
    from aegui.ui.views.latent.latent_view import LatentView
    from aegui.ui.views.lesson.lesson_view import LessonView
    from aegui.ui.views.sweep.sweep_view import SweepView
    from aegui.ui.views.train.train_view import TrainView

    View = (
        CompareView
        | DrawView
        | ErrorsView
        | GalleryView
        | LatentView
        | LessonView
        | SweepView
        | TrainView
    )


class Tab(IntEnum):
    """The tabs in their order."""

    TRAIN = 0
    GALLERY = 1
    LATENT = 2
    DRAW = 3
    ERRORS = 4
    SWEEP = 5
    COMPARE = 6
    LESSON = 7


class Tabs(QTabWidget):
    """Empty at first: the views, and pyqtgraph with them, come with ``build``."""

    train_view: "TrainView"
    gallery_view: "GalleryView"
    latent_view: "LatentView"
    draw_view: "DrawView"
    errors_view: "ErrorsView"
    sweep_view: "SweepView"
    compare_view: "CompareView"
    lesson_view: "LessonView"

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        # Whoever drags a digit goes to the Draw tab with it.
        self.tabBar().setChangeCurrentOnDrag(True)

    @property
    def is_built(self) -> bool:
        """Whether the views are there."""
        return self.count() > 0

    def build(self, switch: ThemeSwitch) -> None:
        """Make the views, in the order of ``Tab``."""
        from aegui.ui.views.compare.compare_view import CompareView
        from aegui.ui.views.draw.draw_view import DrawView
        from aegui.ui.views.errors.errors_view import ErrorsView
        from aegui.ui.views.gallery.gallery_view import GalleryView
        from aegui.ui.views.latent.latent_view import LatentView
        from aegui.ui.views.lesson.lesson_view import LessonView
        from aegui.ui.views.sweep.sweep_view import SweepView
        from aegui.ui.views.train.train_view import TrainView

        self.train_view, self.gallery_view = TrainView(), GalleryView()
        self.latent_view, self.draw_view = LatentView(), DrawView()
        self.errors_view, self.sweep_view = ErrorsView(), SweepView()
        self.compare_view, self.lesson_view = CompareView(), LessonView()
        views: tuple[View, ...] = (
            self.train_view, self.gallery_view, self.latent_view, self.draw_view,
            self.errors_view, self.sweep_view, self.compare_view, self.lesson_view,
        )  # fmt: skip
        for tab, view in zip(Tab, views, strict=True):
            view.set_theme(switch.theme)
            switch.changed.connect(view.set_theme)
            self.addTab(view, tab.name.capitalize())
