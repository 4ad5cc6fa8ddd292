"""The first panel: which rows to learn from."""

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from PySide6.QtCore import Signal

from aegui.specs import DatasetSpec, FileSpec, MnistSpec, NoiseSpec, SinusoidsSpec
from aegui.specs.base import MAX_SEED
from aegui.specs.dataset import MNIST_TRAIN_ROWS
from aegui.ui.forms import Form, label
from aegui.ui.panels.fields import Choice, FloatField, IntField, grouped
from aegui.ui.panels.file_line import FileLine
from aegui.ui.panels.preview import Preview
from aegui.ui.panels.spec_panel import SpecPanel
from aegui.ui.theme import Theme

if TYPE_CHECKING:
    # It brings in NumPy, which the first paint need not wait for.
    from aegui.records import FloatArray

_FILE = "file"
_SOURCES = {
    "mnist": "MNIST digits",
    "noise": "Uniform noise",
    "sinusoids": "Sinusoids",
    _FILE: "My own data",
}
_FIELDS = {
    "mnist": ("rows",),
    "noise": ("rows", "features", "low", "high", "seed", "test_share"),
    "sinusoids": ("rows", "features", "seed", "test_share"),
    # What follows from other choices is known once the file was read again.
    _FILE: (),
}
_FRESH: dict[str, DatasetSpec] = {
    "mnist": MnistSpec(),
    "noise": NoiseSpec(),
    "sinusoids": SinusoidsSpec(),
}


class DatasetPanel(SpecPanel[DatasetSpec]):
    """Edits a ``DatasetSpec``; asks for a preview and is told the rows to show.

    What is chosen about a person's own file is chosen elsewhere: ``file_requested`` asks for
    another one, ``change_requested`` to choose otherwise about this one.
    """

    preview_requested = Signal(object)
    file_requested = Signal()
    change_requested = Signal()

    # What can be wrong with data as a whole is their range.
    _whole = "high"

    def __init__(self) -> None:
        super().__init__("Dataset", 1, "dataset", TypeAdapter(DatasetSpec))
        self._source = Choice(_SOURCES)
        self._source.setAccessibleName("Source")
        self._source.setFixedWidth(120)
        self._rows = IntField(10, 20_000_000, 1000)
        self._features = IntField(2, 10_000)
        self._low, self._high = FloatField(), FloatField()
        self._seed = IntField(0, MAX_SEED)
        self._test_share = FloatField()
        self._form = Form(label_width=60)
        self._file = FileLine()
        self._preview = Preview()
        self._words = label("", "muted", wrap=True)
        self._shown_kind = ""
        self._of_file: FileSpec | None = None
        self._last_file: FileSpec | None = None
        self._previewed: DatasetSpec | None = None

        self.header.addWidget(self._source)
        self._form.add_field("dataset.rows", "Rows", self._rows)
        self._form.add_pair(
            ("dataset.features", "Features", self._features), ("dataset.seed", "Seed", self._seed)
        )
        self._form.add_pair(("dataset.low", "From", self._low), ("dataset.high", "to", self._high))
        self._form.add_pair(("dataset.test_share", "Test share", self._test_share))
        for widget in (self._form, self._file, self._preview, self._words, self._rest):
            self.body.addWidget(widget)

        self._file.change_requested.connect(self.change_requested)
        self._source.activated.connect(self._take_source)
        for number in (self._rows, self._features, self._seed):
            number.valueChanged.connect(self._edited)
        for text in (self._low, self._high, self._test_share):
            text.edited.connect(self._edited)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._preview.set_theme(theme)

    def show_preview(self, rows: "FloatArray") -> None:
        """Show a few rows, (count, features), of the data that the fields describe."""
        value = self.value()
        self._preview.show_rows(rows, value.image_shape, value.value_range)

    def show_preview_failed(self, why: str) -> None:
        """Say in place of the counts why there is nothing to preview."""
        self._preview.show_rows(None, None, (0.0, 1.0))
        self._words.setText(why)

    def _take_source(self) -> None:
        kind = self._source.choice()
        if kind != _FILE:
            self.set_value(_FRESH[kind])
        elif self._last_file is not None:
            self.set_value(self._last_file)
        else:
            # Until there is a file, the data are what they were.
            self._source.choose(self.value().kind)
            self.file_requested.emit()

    def _fill(self, value: DatasetSpec) -> None:
        self._source.choose(value.kind)
        self._of_file = value if isinstance(value, FileSpec) else None
        self._last_file = self._of_file or self._last_file
        self._file.show_file(self._of_file)
        if value.kind != self._shown_kind:
            self._shown_kind = value.kind
            for name in _FIELDS["noise"]:
                self._form.set_field_visible(f"dataset.{name}", name in _FIELDS[value.kind])
        if isinstance(value, FileSpec):
            return
        self._rows.setMaximum(MNIST_TRAIN_ROWS if isinstance(value, MnistSpec) else 20_000_000)
        self._rows.setValue(value.rows)
        if not isinstance(value, MnistSpec):
            self._features.setValue(value.features)
            self._seed.setValue(value.seed)
            self._test_share.show_number(value.test_share)
        if isinstance(value, NoiseSpec):
            self._low.show_number(value.low)
            self._high.show_number(value.high)

    def ask_for_preview(self) -> None:
        """Ask for the rows to show, also of whoever came too late for a change."""
        self.preview_requested.emit(self._previewed)

    def _read(self) -> dict[str, Any]:
        kind = self._source.choice()
        if kind == _FILE and self._of_file is not None:
            return self._of_file.model_dump()
        everything: dict[str, Any] = {
            "rows": self._rows.value(),
            "features": self._features.value(),
            "low": self._low.content(),
            "high": self._high.content(),
            "seed": self._seed.value(),
            "test_share": self._test_share.content(),
        }
        return {"kind": kind} | {name: everything[name] for name in _FIELDS[kind]}

    def _answering(self) -> list[Form]:
        return [self._form]

    def _refresh(self) -> None:
        value = self.value()
        low, high = value.value_range
        shape = value.image_shape
        columns = f"{shape[0]} × {shape[1]} = {value.features}" if shape else str(value.features)
        self._words.setText(
            f"{grouped(value.train_rows)} to train · {grouped(value.test_rows)} to test · "
            f"{columns} features in [{low:.4g}, {high:.4g}]"
        )
        if value != self._previewed:
            self._previewed = value
            self.ask_for_preview()
