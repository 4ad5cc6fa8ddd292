"""The menu that every picture and plot has on a right click: copy it, save it."""

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from aegui.ui.handing.paper import (
    at_one_to_one,
    on_paper,
    write_pdf_of_image,
    write_svg_of_widget,
)

# What one of the systems takes for a part of a path, or refuses.
_NOT_IN_NAMES = '/\\:*?"<>|'

Table = tuple[Sequence[str], Iterable[Sequence[object]]]


def install_export_menu(
    widget: QWidget,
    name: str,
    *,
    image: Callable[[], QImage],
    svg: Callable[[Path], None] | None = None,
    pdf: Callable[[Path], None] | None = None,
    table: Callable[[], Table] | None = None,
) -> None:
    """Give a widget the menu "Copy picture", "Save as PNG…" and what else it can be saved as.

    Parameters
    ----------
    widget
        What is right-clicked; the menu lives as long as it does.
    name
        Proposed as the file's name, without its ending.
    image
        Returns the picture as it is now; a null image when there is none.
    svg
        Writes the picture as SVG to a path; raises ``OSError`` when it cannot. Without, the
        drawing is what the widget paints.
    pdf
        Writes the picture as a PDF page, as ``svg`` does; without, the page has the image.
    table
        Returns the numbers behind the picture: headers and rows.
    """
    ExportMenu(widget, name, image, svg or partial(_write_svg, widget, image), pdf, table)


def _write_svg(widget: QWidget, image: Callable[[], QImage], path: Path) -> None:
    if image().isNull():
        raise OSError("there is no picture yet")
    write_svg_of_widget(path, widget)


def picture_of(widget: QWidget, scale: float = 2.0) -> QImage:
    """Return what a widget looks like, with ``scale`` pixels to one of the screen's."""
    result = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    result.setDevicePixelRatio(scale)
    result.fill(Qt.GlobalColor.transparent)
    # A QGraphicsView has a render() of its own, which leaves its child widgets out.
    QWidget.render(widget, result, QPoint())
    return result


class ExportMenu(QObject):
    """Opens the menu of one widget and does what is chosen there."""

    def __init__(
        self,
        widget: QWidget,
        name: str,
        image: Callable[[], QImage],
        svg: Callable[[Path], None],
        pdf: Callable[[Path], None] | None,
        table: Callable[[], Table] | None,
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._name = name
        self._image = image
        self._svg = svg
        self._pdf = pdf
        self._table = table
        self.menu = QMenu(widget)
        self.menu.addAction("Copy picture", self.copy_picture)
        self.menu.addSeparator()
        self.menu.addAction("Save as PNG…", self.save_png)
        self.menu.addAction("Save as SVG…", self.save_svg)
        if table is not None:
            self.menu.addAction("Save as CSV…", self.save_csv)
        self.menu.addMenu(self._paper_menu())
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(self._open)

    def _paper_menu(self) -> QMenu:
        menu = QMenu("Save for paper", self.menu)
        menu.addAction("PDF…", self.save_paper_pdf)
        menu.addAction("SVG…", self.save_paper_svg)
        menu.addAction("PNG, 1×…", lambda: self.save_paper_png(at_one_to_one))
        menu.addAction("PNG, 2×…", self.save_paper_png)
        return menu

    @Slot()
    def save_paper_pdf(self) -> None:
        """Ask where to, and save there what the picture is on white paper, as a page."""
        self._save("pdf", "Page", self._write_paper_pdf)

    @Slot()
    def save_paper_svg(self) -> None:
        """Ask where to, and save the drawing there as it is on white paper."""
        self._save("svg", "Drawing", self._write_paper_svg)

    def save_paper_png(self, sized: Callable[[QImage], QImage] = lambda image: image) -> None:
        """Ask where to, and save the picture there as it is on white paper."""

        def write(path: Path) -> None:
            with on_paper(self._widget):
                image = self._image()
            write_png(path, sized(image))

        self._save("png", "Picture", write)

    def _write_paper_svg(self, path: Path) -> None:
        with on_paper(self._widget):
            self._svg(path)

    def _write_paper_pdf(self, path: Path) -> None:
        with on_paper(self._widget):
            if self._pdf is not None:
                self._pdf(path)
            else:
                write_pdf_of_image(path, self._image())

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture on the clipboard; an empty one is not worth what is there."""
        image = self._image()
        if not image.isNull():
            QGuiApplication.clipboard().setImage(image)

    @Slot()
    def save_png(self) -> None:
        """Ask where to, and save the picture there."""
        self._save("png", "Picture", lambda path: write_png(path, self._image()))

    @Slot()
    def save_svg(self) -> None:
        """Ask where to, and save the drawing there."""
        self._save("svg", "Drawing", self._svg)

    @Slot()
    def save_csv(self) -> None:
        """Ask where to, and save the numbers there."""
        table = self._table
        if table is not None:
            self._save("csv", "Table", lambda path: write_csv(path, table()))

    @Slot(QPoint)
    def _open(self, place: QPoint) -> None:
        self.menu.popup(self._widget.mapToGlobal(place))

    def _save(self, ending: str, kind: str, write: Callable[[Path], None]) -> None:
        save_as(self._widget, self._name, ending, kind, write)


def save_as(
    widget: QWidget, name: str, ending: str, kind: str, write: Callable[[Path], None]
) -> None:
    """Ask a person where to, and write there; what goes wrong is said in a sentence.

    Parameters
    ----------
    widget
        Over whose window the question stands.
    name, ending
        Proposed as the file's name; the ending is added where a person leaves it out.
    kind
        What the file is, in one word.
    write
        Writes the file; raises ``OSError`` when it cannot.
    """
    answer = ask_where(widget, name, ending, kind)
    if answer is None:
        return
    try:
        write_beside(answer, write)
    except OSError as problem:
        why = problem.strerror or str(problem)
        QMessageBox.warning(
            widget,
            "Not saved",
            f"{answer} could not be saved: {why}.\n"
            "Nothing was changed there. Choose another folder or name.",
        )


def ask_where(widget: QWidget, name: str, ending: str, kind: str) -> Path | None:
    """Ask a person for a file to write to; None where none is wanted. See ``save_as``."""
    title = f"Save as {ending.upper()}"
    proposal = f"{file_name(name)}.{ending}"
    answer, _ = QFileDialog.getSaveFileName(widget, title, proposal, f"{kind} (*.{ending})")
    if not answer:
        return None
    return Path(answer if answer.lower().endswith(f".{ending}") else f"{answer}.{ending}")


def file_name(name: str) -> str:
    """Return a name that a file can have, for a run that may be called anything."""
    return "".join("-" if sign in _NOT_IN_NAMES else sign for sign in name).strip(" .") or "run"


def save_table(widget: QWidget, name: str, table: Table) -> None:
    """Ask a person where to, and save numbers there as CSV."""
    save_as(widget, name, "csv", "Table", lambda path: write_csv(path, table))


def write_beside(target: Path, write: Callable[[Path], None]) -> None:
    """Write to a file beside ``target`` and rename it: a failure leaves the old file whole."""
    draft = target.with_name(f".{target.name}.part")
    try:
        write(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file; raises ``OSError``."""
    path.write_text(text, encoding="utf-8")


def write_png(path: Path, image: QImage) -> None:
    """Write a picture as PNG; raises ``OSError`` when it is empty or cannot be written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    if image.isNull() or not writer.write(image):
        raise OSError("there is no picture yet" if image.isNull() else writer.errorString())
    path.write_bytes(buffer.data().data())


def write_csv(path: Path, table: Table) -> None:
    """Write headers and rows as CSV; raises ``OSError`` when they cannot be written."""
    headers, rows = table
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows(rows)
