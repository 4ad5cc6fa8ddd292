"""The Errors tab: which rows a model gets wrong, how far, and where in the row."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.analysis.error_report import ErrorReport
from aegui.analysis.feature_errors import FeatureErrors
from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.forms import Card, empty_page, set_role
from aegui.ui.handing.export import save_table
from aegui.ui.segments import Segments
from aegui.ui.theme import Theme
from aegui.ui.views.errors.brush_histogram import BrushHistogram
from aegui.ui.views.errors.class_page import ClassPage
from aegui.ui.views.errors.feature_page import FeaturePage
from aegui.ui.views.errors.histogram_marks import Span
from aegui.ui.views.errors.row_table import row_table
from aegui.ui.views.errors.rows_page import RowsPage
from aegui.ui.views.errors.threshold_row import ThresholdRow
from aegui.ui.views.hover_card import HoverCard
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.text import error_texts, grouped

EMPTY = "The errors of the test rows appear here once a model has seen them. Press Train."
_ROWS, _CLASSES, _FEATURES = range(3)
_ROOMY = 620


class ErrorsView(QWidget):
    """It is told a report and wishes, while it is visible, for reconstructions."""

    looked_at = Signal()
    """Somebody looks at the tab now."""
    rows_requested = Signal(str, object)
    """For a page, ``rows`` or ``classes``, reconstructions of these test rows are wanted."""
    features_requested = Signal(object)
    """The errors of each feature are wanted: of these test rows, or of all for None."""
    row_taken = Signal(HeldRow)
    """The person wants to draw on this row."""

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._report: ErrorReport | None = None
        self.histogram, self.threshold = BrushHistogram(), ThresholdRow()
        self._rows_page = RowsPage()
        self.pages, self.table = self._rows_page.pages, self._rows_page.table
        self.class_page, self.feature_page = ClassPage(), FeaturePage()
        self.segments = Segments()
        self.everything = QPushButton("Show all")
        self._upper = Card("Reconstruction error")
        self._lower = Card("")
        self._stack, self._parts = QStackedWidget(), QStackedWidget()
        self._hover_card = HoverCard(self)
        self._lay_out()
        self._connect()

    @property
    def words(self) -> str:
        """What is said about the rows chosen."""
        return self._lower.hint.text()

    @property
    def report(self) -> ErrorReport | None:
        """The errors that are shown, if any."""
        return self._report

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        for part in (self.histogram, self._rows_page, self.class_page, self.feature_page):
            part.set_theme(theme)
        self._hover_card.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more of a small height to the rows."""
        super().resizeEvent(event)
        self._column.setStretch(1, 3 if event.size().height() >= _ROOMY else 4)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data, of which no model has seen the test rows yet."""
        self._dataset, self._report = dataset, None
        self.histogram.start(dataset.noun)
        self.histogram.set_span(None)
        self.histogram.set_threshold(None)
        for part in (self._rows_page, self.class_page, self.feature_page):
            part.start(dataset)
        self.threshold.start()
        by_class = "Typical" if dataset.test_labels is None else "By class"
        by_feature = "By feature" if dataset.image_shape is None else "By pixel"
        self.segments.set_words(("Rows", by_class, by_feature))
        self.segments.choose(self._parts.currentIndex())
        self.leave()
        self._stack.setCurrentIndex(0)

    def show_report(self, report: ErrorReport) -> None:
        """Show a model's errors; the range and the threshold that are chosen stay."""
        self._report = report
        self._stack.setCurrentIndex(1)
        self.histogram.show_histogram(report.histogram)
        self.threshold.show_errors(report.ranked)
        self._show_rows(keep_page=True)
        if self._parts.currentIndex() == _CLASSES:
            self.class_page.show_report(report)

    def show_reconstructions(self, page: str, indices: IndexArray, made: FloatArray) -> None:
        """Show what the model makes of test rows that a page wished for."""
        part = self.pages if page == "rows" else self.class_page
        part.show_reconstructions(indices, made)

    def show_features(self, errors: FeatureErrors) -> None:
        """Show the errors of each feature, of the rows wished for last."""
        self.feature_page.show_errors(errors)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that somebody looks."""
        super().showEvent(event)
        self.looked_at.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the enlarged row away too."""
        super().hideEvent(event)
        self.leave()

    @Slot()
    def leave(self) -> None:
        """Put away the enlarged row."""
        self._hover_card.hide()

    def _chosen(self, report: ErrorReport) -> IndexArray:
        """Return the rows in the range chosen, or all, by rising error."""
        span = self.histogram.span
        return report.ranked.order if span is None else report.ranked.between(*span)

    def _show_rows(self, *, keep_page: bool = False) -> None:
        report = self._report
        if report is None:
            return
        rows = self._chosen(report)
        self._rows_page.show_rows(rows, report.ranked.errors, keep_page=keep_page)
        self._say_chosen(len(rows))
        self.everything.setVisible(self.histogram.span is not None)
        if self._parts.currentIndex() == _FEATURES:
            self._request_features()

    def _say_chosen(self, count: int) -> None:
        noun = "row" if self._dataset is None else self._dataset.noun
        nouns = f"{noun}{'' if count == 1 else 's'}"
        span = self.histogram.span
        if span is None:
            words = f"all {grouped(count)} test {nouns}; brush over bars to choose some"
        else:
            among = () if self._report is None else self._report.ranked.errors
            low, high = error_texts(span, among, figures=4)
            words = f"{grouped(count)} {nouns} with errors from {low} to {high}"
        self._lower.hint.setText(words)

    def _request_features(self) -> None:
        if self._report is not None:
            is_all = self.histogram.span is None
            self.features_requested.emit(None if is_all else self._chosen(self._report))

    @Slot(object)
    def _choose_span(self, _span: Span | None) -> None:
        self.leave()
        self._show_rows()

    @Slot()
    def _choose_all(self) -> None:
        self.histogram.set_span(None)
        self._choose_span(None)

    @Slot(int)
    def show_page(self, place: int) -> None:
        """Show rows (0), classes (1) or features (2)."""
        self.leave()
        self.segments.choose(place)
        self._parts.setCurrentIndex(place)
        if self._report is None:
            return
        if place == _CLASSES:
            self.class_page.show_report(self._report)
        elif place == _FEATURES:
            self._request_features()

    @Slot(int, QPoint)
    def _enlarge(self, row: int, place: QPoint) -> None:
        dataset, report = self._dataset, self._report
        page = self.pages if self._parts.currentIndex() == _ROWS else self.class_page
        made = page.reconstruction_of(row)
        if dataset is None or report is None or made is None:
            return
        self._hover_card.show_test_row(dataset, row, made, place, report.ranked.errors)

    @Slot()
    def save(self) -> None:
        """Ask for a file, and write the rows above the threshold there, the worst first."""
        if self._report is not None:
            line, ranked = self.threshold.threshold, self._report.ranked
            table = row_table(ranked.above(line), ranked.errors, self._dataset, line)
            save_table(self, "errors-above-threshold", table)

    def _connect(self) -> None:
        self.histogram.span_chosen.connect(self._choose_span)
        self.histogram.threshold_moved.connect(self.threshold.choose)
        self.threshold.threshold_changed.connect(self.histogram.set_threshold)
        self.threshold.save_requested.connect(self.save)
        self.segments.chosen.connect(self.show_page)
        self.everything.clicked.connect(self._choose_all)
        self.pages.rows_requested.connect(lambda rows: self.rows_requested.emit("rows", rows))
        self.class_page.rows_requested.connect(
            lambda rows: self.rows_requested.emit("classes", rows)
        )
        for page in (self.pages, self.class_page):
            page.row_pointed.connect(self._enlarge)
            page.row_left.connect(self.leave)
            page.row_taken.connect(self.row_taken)

    def _lay_out(self) -> None:
        self._upper.header.addWidget(self.threshold)
        self._upper.body.addWidget(self.histogram)
        set_role(self.everything, "quiet")
        self.everything.hide()
        self._lower.header.insertWidget(0, self.segments)
        self._lower.header.addWidget(self.everything)
        for page in (self._rows_page, self.class_page, self.feature_page):
            self._parts.addWidget(page)
        self._lower.body.addWidget(self._parts, 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self._upper, 2)
        self._column.addWidget(self._lower, 3)
        self._stack.addWidget(empty_page(EMPTY))
        self._stack.addWidget(content)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
