"""The ticked runs, read from the disk and laid beside each other."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import DataError, Dataset
from aegui.runs import RunCard, RunError, StoredRun, data_of, read_run
from aegui.specs import ExperimentSpec
from aegui.ui.notice import Notice
from aegui.ui.runs.card_words import title_of
from aegui.ui.runs.shelf import Shelf
from aegui.ui.views.compare.compare_view import ONE_MORE, CompareView
from aegui.ui.views.compare.compared import ComparedRun
from aegui.ui.workers.baselines import known
from aegui.ui.workers.inference import Answer, InferenceThread, Unanswered
from aegui.ui.workers.stored_model import StoredModel
from aegui.ui.workers.tasks import TaskThread

MOST = 6
"""Runs that are compared at a time: more hues cannot be told from each other."""


class _Kept(NamedTuple):
    """A ticked run with its rows, and what is to be said where its file has changed or gone."""

    run: StoredRun
    dataset: Dataset
    warning: str


_Read = tuple[dict[Path, _Kept], list[str]]
_Group = tuple[Dataset, list[ComparedRun]]


@dataclass(frozen=True, eq=False)
class _Place:
    """Which line an answer belongs to, and in which comparison."""

    groups: list[_Group]
    group: int
    place: int


class Comparison(QObject):
    """Reads what is ticked on the task thread, tells the view, and asks the models for rows."""

    compared = Signal(int)
    """So many runs are laid beside each other now."""

    def __init__(
        self, view: CompareView, shelf: Shelf, tasks: TaskThread, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._shelf = view, shelf
        self._tasks, self._notice = tasks, notice
        self._read: dict[Path, _Kept] = {}
        self._groups: list[_Group] = []
        self._shown: tuple[object, ...] = ()
        self._told: list[str] = []
        self._inference = InferenceThread(self)

        shelf.ticks_changed.connect(self.update)
        shelf.listed.connect(self.update)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """End the inference thread."""
        self._inference.close()

    @Slot()
    def update(self) -> None:
        """Read the ticked runs that are not known yet, and show all of them."""
        wanted = self._shelf.ticked[:MOST]
        self._read = {path: self._read[path] for path in wanted if path in self._read}
        if len(wanted) < 2:
            self._tasks.forget("compare")
            self._show_few(len(wanted))
            return
        known = dict(self._read)
        self._tasks.submit(
            "compare", lambda: _read_all(wanted, known), self._take_read, self._notice.say
        )

    def _take_read(self, read: _Read) -> None:
        self._read, problems = read
        self._tell(problems)
        if len(self._read) < 2:
            self._show_few(len(self._read))
            return
        cards = {card.folder: card for card in self._shelf.cards}
        runs = _told_apart(
            _compared(cards.get(path, kept.run.card), self._shelf.hues.get(path, 0), kept)
            for path, kept in self._read.items()
        )
        groups = _groups(runs)
        files = zip(runs, (kept.warning for kept in self._read.values()), strict=True)
        words = " ".join(
            [_what_to_know(len(self._shelf.ticked), groups), *_of_files(files)]
        ).strip()
        shown = (*self._read, words, *map(_looks, runs))
        if shown == self._shown:
            # The runs were listed again, with nothing new of these: no model is asked anew.
            return
        self._shown = shown
        self._view.show_runs(runs, words)
        self._view.start_galleries(groups)
        stored = (StoredModel(kept.run) for kept in self._read.values())
        models = dict(zip(runs, stored, strict=True))
        self._groups = groups
        for number, (dataset, members) in enumerate(groups):
            rows = dataset.test[dataset.showcase()]
            for place, member in enumerate(members):
                channel = f"compare {number} {place}"
                self._inference.ask(channel, models[member], rows, _Place(groups, number, place))
        self.compared.emit(len(runs))

    def _tell(self, problems: Sequence[str]) -> None:
        """Say what cannot be compared, once while it is ticked: runs are listed all the time."""
        new = [problem for problem in problems if problem not in self._told]
        self._told = list(problems)
        if new:
            self._notice.say(" ".join(new))

    def _show_few(self, count: int) -> None:
        self._groups, self._shown = [], ()
        if count:
            self._view.show_empty(ONE_MORE)
        else:
            self._view.show_empty()
        self.compared.emit(0)

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        ticket = answer.ticket
        if isinstance(ticket, _Place) and self._is_compared(ticket):
            self._view.show_reconstructions(ticket.group, ticket.place, answer.reconstructions)

    @Slot(Unanswered)
    def _take_failure(self, unanswered: Unanswered) -> None:
        if self._is_compared(unanswered.ticket):
            self._notice.complain(unanswered.sentence)

    def _is_compared(self, ticket: object) -> bool:
        """Tell whether a ticket is of the runs that are compared now, not of earlier ones."""
        return isinstance(ticket, _Place) and ticket.groups is self._groups


def _read_all(wanted: Sequence[Path], known: Mapping[Path, _Kept]) -> _Read:
    """Read runs with their data; one that cannot be read is told of and left out."""
    read: dict[Path, _Kept] = {}
    problems = []
    for path in wanted:
        try:
            read[path] = known[path] if path in known else _read_one(path, read.values())
        except (RunError, DataError) as error:
            problems.append(f"A ticked run cannot be compared. {error}")
    return read, problems


def _read_one(path: Path, others: Iterable[_Kept]) -> _Kept:
    run = read_run(path)
    wanted = run.card.experiment
    for other in others:
        if _have_same_rows(other.run.card.experiment, wanted):
            return other._replace(run=run)
    dataset, warning = data_of(run)
    # Training rows can be many, and six runs may have six kinds of data.
    few = replace(
        dataset, train=dataset.train[:1].copy(), test=dataset.test.copy(), train_labels=None
    )
    return _Kept(run, few, warning)


def _compared(card: RunCard, hue: int, kept: _Kept) -> ComparedRun:
    experiment, history = kept.run.card.experiment, kept.run.card.history
    return ComparedRun(
        card.name,
        title_of(card),
        hue,
        experiment,
        history,
        kept.run.row_errors,
        kept.dataset,
        card.baselines or known(experiment),
    )


def _looks(run: ComparedRun) -> tuple[object, ...]:
    """Return what of a run may be told differently though its folder is the same."""
    return run.name, run.title, run.hue, run.baselines


def _told_apart(runs: Iterable[ComparedRun]) -> list[ComparedRun]:
    """Return runs with numbers behind the names that several of them have."""
    told: list[ComparedRun] = []
    seen: Counter[str] = Counter()
    for run in runs:
        seen[run.name] += 1
        number = f" · {seen[run.name]}" if seen[run.name] > 1 else ""
        told.append(replace(run, name=run.name + number, title=run.title + number))
    return told


def _groups(runs: Sequence[ComparedRun]) -> list[_Group]:
    """Return the runs by their test rows."""
    groups: list[_Group] = []
    for run in runs:
        for _, members in groups:
            if _have_same_rows(members[0].experiment, run.experiment):
                members.append(run)
                break
        else:
            groups.append((run.dataset, [run]))
    return groups


def _have_same_rows(one: ExperimentSpec, other: ExperimentSpec) -> bool:
    """Tell whether two runs are tested on the same rows; MNIST's are always the same."""
    kinds = {one.dataset.kind, other.dataset.kind}
    return kinds == {"mnist"} or one.dataset == other.dataset


def _what_to_know(ticked: int, groups: Sequence[_Group]) -> str:
    runs = [run for _, members in groups for run in members]
    said = []
    if ticked > MOST:
        said.append(f"{ticked} runs are ticked; the first {MOST} are compared.")
    if len(groups) > 1:
        names = "; ".join(", ".join(run.name for run in members) for _, members in groups)
        said.append(f"These runs are not on the same data, so their rows differ: {names}.")
    losses = {run.experiment.architecture.loss for run in runs}
    if len(losses) > 1:
        said.append("Their losses are of different kinds, so compare errors and not losses.")
    return " ".join(said)


def _of_files(runs: Iterable[tuple[ComparedRun, str]]) -> list[str]:
    """Return a sentence for each file that has changed or gone, with the runs that were on it."""
    names: dict[str, list[str]] = {}
    for run, warning in runs:
        if warning:
            names.setdefault(warning, []).append(run.name)
    return [f"{', '.join(told)}: {warning}" for warning, told in names.items()]
