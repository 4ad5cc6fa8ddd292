"""What the three panels have in common: each edits one spec."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import Signal

from aegui.specs import Problem
from aegui.specs.problems import problems_in
from aegui.ui.forms import Card, label, show_problem

S = TypeVar("S")


class Answering(Protocol):
    """A part of a panel that says the problems of its fields beside them."""

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say the problems of the fields here; return the others."""


class SpecPanel(Card, Generic[S]):
    """A card that edits one spec.

    While a field holds something else than it should, such as a word where a number belongs,
    ``problems`` says so and ``value`` has what the field held before.
    """

    value_changed = Signal()

    # The field beside which a problem of the spec as a whole is said.
    _whole = ""

    def __init__(self, title: str, number: int, field: str, adapter: TypeAdapter[S]) -> None:
        super().__init__(title, number=number)
        self._field = field
        self._adapter = adapter
        self._value: S | None = None
        self._problems: list[Problem] = []
        self._is_filling = False
        self._rest = label("", "error", wrap=True)
        self._rest.hide()

    def value(self) -> S:
        """Return the spec as last edited."""
        if self._value is None:
            raise RuntimeError("set_value comes first")
        return self._value

    def set_value(self, value: S) -> None:
        """Show a spec in the fields; the signal comes once, at the end."""
        self._fill_with(self._fill, value)

    def problems(self) -> list[Problem]:
        """Return why the fields do not make a spec; nothing when they do."""
        return self._problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say the problems of this panel's fields beside them."""
        mine = [p for p in problems if p.field.split(".")[0] == self._field]
        for part in self._answering():
            mine = part.show_problems(mine)
        show_problem(self._rest, mine)

    @abstractmethod
    def _fill(self, value: S) -> None:
        """Put the parts of ``value`` into the fields."""

    @abstractmethod
    def _read(self) -> dict[str, Any]:
        """Return what the fields hold, as it would stand in a file."""

    @abstractmethod
    def _answering(self) -> Sequence[Answering]:
        """Return the parts that answer for fields."""

    def _fill_with(self, fill: Callable[[S], None], value: S) -> None:
        """Fill fields from a value and tell once, at the end."""
        self._is_filling = True
        try:
            fill(value)
        finally:
            self._is_filling = False
        self._edited()

    def _edited(self) -> None:
        """Make a spec of the fields, and tell; connected to every field's change."""
        if self._is_filling:
            return
        self._problems = []
        raw = self._read()
        try:
            self._value = self._adapter.validate_python(raw)
        except ValidationError as error:
            problems = problems_in(error, raw)
            self._problems = [
                Problem(f"{self._field}.{problem.field or self._whole}", problem.message)
                for problem in problems
            ]
            self._take_what_is_right(raw, [problem.field for problem in problems])
        self._refresh()
        self.value_changed.emit()

    def _take_what_is_right(self, raw: dict[str, Any], wrong: list[str]) -> None:
        """Let the fields that hold something usable count, with the wrong ones as they were."""
        before = self._adapter.dump_python(self.value())
        for path in wrong:
            *parents, name = path.split(".")
            here, there = raw, before
            for parent in parents:
                here, there = _part(here, parent), _part(there, parent)
            if not isinstance(here, dict) or name not in here:
                return
            if isinstance(there, dict) and name in there:
                here[name] = there[name]
            else:
                # A field of a layer that is new: what a fresh one has counts.
                del here[name]
        with suppress(ValidationError):
            self._value = self._adapter.validate_python(raw)

    def _refresh(self) -> None:
        """Show what follows from the fields; for panels that show more than them."""


def _part(whole: Any, name: str) -> Any:
    """Return what a step of a problem's path leads to; None where there is no such thing."""
    if isinstance(whole, dict):
        return whole.get(name)
    if isinstance(whole, (list, tuple)) and name.isdigit() and int(name) < len(whole):
        return whole[int(name)]
    return None
