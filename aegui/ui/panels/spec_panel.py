"""What the three panels have in common: each edits one spec."""

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import Signal

from aegui.specs import Problem
from aegui.specs.problems import problems_in
from aegui.ui.forms import Card, Form, label, show_problem

S = TypeVar("S")


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
        self._is_filling = True
        try:
            self._fill(value)
        finally:
            self._is_filling = False
        self._edited()

    def problems(self) -> list[Problem]:
        """Return why the fields do not make a spec; nothing when they do."""
        return self._problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say the problems of this panel's fields beside them."""
        mine = [p for p in problems if p.field.split(".")[0] == self._field]
        for form in self._forms():
            mine = form.show_problems(mine)
        show_problem(self._rest, mine)

    @abstractmethod
    def _fill(self, value: S) -> None:
        """Put the parts of ``value`` into the fields."""

    @abstractmethod
    def _read(self) -> dict[str, Any]:
        """Return what the fields hold, as it would stand in a file."""

    @abstractmethod
    def _forms(self) -> list[Form]:
        """Return the forms that answer for fields."""

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
                here, there = here[parent], there[parent]
            if name not in there:
                return
            here[name] = there[name]
        with suppress(ValidationError):
            self._value = self._adapter.validate_python(raw)

    def _refresh(self) -> None:
        """Show what follows from the fields; for panels that show more than them."""
