"""The kept runs while the window is open: listed, described, ticked, deleted and brought back."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from aegui.runs import (
    Deleted,
    Library,
    Listing,
    RunCard,
    colour_run,
    delete_runs,
    empty_trash,
    note_run,
    rename_run,
    restore_runs,
    set_threshold,
)
from aegui.ui.notice import Notice
from aegui.ui.runs.run_colours import Turns, hues_of
from aegui.ui.workers.tasks import TaskThread

T = TypeVar("T")

_MOST_TOLD = 2


class Shelf(QObject):
    """Holds the listing and what is ticked; everything on the disk is done on the task thread."""

    listed = Signal(Listing)
    """The runs as they are now, after every change."""
    ticks_changed = Signal(tuple)
    """The folders of the ticked runs, in the order in which they were ticked."""
    deleted = Signal(tuple)
    """The folders of runs that are gone."""
    undoable_changed = Signal(bool)
    """Whether there is something that was deleted and can be brought back."""

    def __init__(
        self, roots: Sequence[Path], tasks: TaskThread, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = Library(*roots)
        self._tasks, self._notices = tasks, [notice]
        self._listing = Listing()
        self._ticked: tuple[Path, ...] = ()
        self._undoable: list[Deleted] = []
        self._told: set[str] = set()
        self._turns = Turns()
        self._numbers = count()
        self._is_open = False

    @property
    def root(self) -> Path:
        """The folder of runs that are no sweep's; the trash is there."""
        return self._library.root

    @property
    def listing(self) -> Listing:
        """The runs as last listed, and the folders that cannot be read."""
        return self._listing

    @property
    def cards(self) -> tuple[RunCard, ...]:
        """The runs as last listed, newest first."""
        return self._listing.cards

    @property
    def ticked(self) -> tuple[Path, ...]:
        """The folders of the ticked runs."""
        return self._ticked

    @property
    def is_open(self) -> bool:
        """Whether runs are looked after: from the first paint until the window closes."""
        return self._is_open

    @property
    def can_undo(self) -> bool:
        """Whether there is something that was deleted and can be brought back."""
        return bool(self._undoable)

    @property
    def hues(self) -> dict[Path, int]:
        """Each run's place among the theme's hues."""
        return hues_of(self.cards, self._ticked, self._turns.take(self.cards))

    def add_notice(self, notice: Notice) -> None:
        """Say what has happened there too."""
        self._notices.append(notice)

    def open(self) -> None:
        """Remove what killed programs left in the trash, and list the runs."""
        self._is_open = True
        self._do(lambda: empty_trash(self.root, at_end=False))

    def close(self) -> None:
        """Remove for good what was deleted; there is no way back after the window.

        The task thread has ended by then: it has brought back what a person wanted back.
        """
        self._is_open = False
        empty_trash(self.root, at_end=True)

    @Slot()
    def refresh(self) -> None:
        """List the runs anew."""
        self._tasks.submit("list", self._library.list_runs, self._take, self.say)

    def card(self, folder: Path) -> RunCard | None:
        """Return what is known of a run, if it is still there."""
        return next((card for card in self.cards if card.folder == folder), None)

    @Slot(Path, str)
    def rename(self, folder: Path, name: str) -> None:
        """Give a run a name; an empty one gives it back what it was called at first."""
        self._do(lambda: rename_run(folder, name))

    def recolour(self, folder: Path, colour: int | None) -> None:
        """Give a run a place among the theme's colours; None lets aegui choose."""
        self._do(lambda: colour_run(folder, colour))

    @Slot(Path, str)
    def annotate(self, folder: Path, note: str) -> None:
        """Write a note about a run."""
        self._do(lambda: note_run(folder, note))

    def set_threshold(self, folder: Path, threshold: float) -> None:
        """Keep the error above which a row of a run is unusual."""
        self._do(lambda: set_threshold(folder, threshold))

    @Slot(Path, bool)
    def tick(self, folder: Path, is_ticked: bool) -> None:
        """Take a run into the comparison, or out of it."""
        others = tuple(path for path in self._ticked if path != folder)
        self._set_ticked((*others, folder) if is_ticked else others)

    @Slot(tuple)
    def delete(self, folders: Sequence[Path]) -> None:
        """Move runs into the trash and offer the way back."""
        wanted = list(folders)
        if wanted:
            self.work(lambda: delete_runs(self.root, wanted), self._take_deleted)

    @Slot()
    def undo(self) -> None:
        """Bring back what was deleted last, and with the next call what was deleted before."""
        if not self._undoable:
            return
        deleted = self._undoable.pop()
        self.undoable_changed.emit(bool(self._undoable))
        self.work(lambda: restore_runs(deleted), self._take_restored)

    def work(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do what a person wished for on the task thread, then ``done``; what fails is said."""
        self._tasks.submit(self._key(), work, done, self.say, must_run=True)

    def say(self, text: str) -> None:
        """Say something wherever runs are looked after."""
        for notice in self._notices:
            notice.say(text)

    def offer(self, text: str, words: str, do: Callable[[], object]) -> None:
        """Say what has happened, with a button that does something about it."""
        for notice in self._notices:
            notice.offer(text, words, do)

    def _do(self, work: Callable[[], object]) -> None:
        def failed(why: str) -> None:
            self.say(why)
            self.refresh()

        self._tasks.submit(self._key(), work, lambda _: self.refresh(), failed, must_run=True)

    def _clear(self) -> None:
        for notice in self._notices:
            notice.clear()

    def _key(self) -> str:
        """Return a key of its own: what a person wished for is done, also when more follows."""
        return f"shelf {next(self._numbers)}"

    def _take(self, listing: Listing) -> None:
        self._listing = listing
        there = {card.folder for card in listing.cards}
        self.listed.emit(listing)
        self._set_ticked(tuple(folder for folder in self._ticked if folder in there))
        self._tell(listing)

    def _set_ticked(self, folders: tuple[Path, ...]) -> None:
        if folders != self._ticked:
            self._ticked = folders
            self.ticks_changed.emit(folders)

    def _tell(self, listing: Listing) -> None:
        """Say what is wrong, once: told again, it would cover what the newest run says."""
        wrong = [str(error) for error in listing.errors]
        wrong += [card.warning for card in listing.cards if card.warning]
        new = [sentence for sentence in wrong if sentence not in self._told]
        self._told.update(new)
        more = len(new) - _MOST_TOLD
        if more > 0:
            rest = "The library tells what is wrong with one more run."
            if more > 1:
                rest = f"The library tells what is wrong with {more} more runs."
            self.say(" ".join([*new[:_MOST_TOLD], rest]))
        elif new:
            self.say(" ".join(new))

    def _take_deleted(self, deleted: Deleted) -> None:
        gone = tuple(folder for folder, _ in deleted.moved)
        problems = " ".join(str(error) for error in deleted.errors)
        if gone:
            self._undoable.append(deleted)
            self.undoable_changed.emit(True)
            words = "1 run was deleted." if len(gone) == 1 else f"{len(gone)} runs were deleted."
            self.offer(f"{words} {problems}".strip(), "Undo", self.undo)
            self.deleted.emit(gone)
        else:
            self.say(problems)
        self.refresh()

    def _take_restored(self, left: Deleted) -> None:
        self._clear()
        if left.moved:
            # Its place may be free again later.
            self._undoable.append(left)
            self.undoable_changed.emit(True)
        if left.errors:
            self.say(" ".join(str(error) for error in left.errors))
        self.refresh()
