"""The values of a sweep as people write them: ``2,4,8``, ``1..4``, ``0.1..0.5/0.1``."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pydantic import ValidationError

from aegui.specs.changes import VIRTUAL_FIELDS, JsonScalar, sweepable_settings
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.problems import Problem, SpecError
from aegui.specs.sweep import MAX_VALUES_OF_AXIS, Axis

AXIS_HELP = (
    "values are a list (2,4,8 or sigmoid,tanh), whole numbers from one to another (1..4), "
    "steps (0.1..0.5/0.1) or factors (2..32x2)"
)

# No setting takes more digits, nor an exponent that float lacks; such text is refused as text.
_NUMBER = r"[-+]?(?:\d{1,20}(?:\.\d{1,20})?|\.\d{1,20})(?:[eE][-+]?\d{1,2})?"
_RANGE = re.compile(
    rf"(?P<first>{_NUMBER})\.\.(?P<last>{_NUMBER})(?:(?P<way>[/x×])(?P<step>{_NUMBER}))?"
)
_SWITCHES = {"true": True, "false": False}


def parse_axis(text: str, experiment: ExperimentSpec) -> Axis:
    """Read ``FIELD=VALUES``.

    The end of a field's path is enough where no other field has it: ``features`` for
    ``dataset.features``.

    Raises
    ------
    SpecError
        The message names the field, what is wrong with it, and what is accepted.
    """
    name, equals, values = text.partition("=")
    if not equals or not name.strip():
        raise _error(text, f"must be FIELD=VALUES, such as features=2,4,8; {AXIS_HELP}")
    return make_axis(find_field(name.strip(), experiment), values)


def make_axis(field: str, values: str) -> Axis:
    """Return the axis of a field with values as people write them; raises ``SpecError``."""
    found = parse_values(field, values)
    try:
        return Axis(field=field, values=found)
    except ValidationError as error:
        # The only rule that parsing alone does not keep is that no value stands twice.
        raise _error(field, str(error.errors()[0]["ctx"]["error"])) from error


def find_field(name: str, experiment: ExperimentSpec) -> str:
    """Return the full name of a setting; raises ``SpecError`` with those that there are."""
    if name == "dataset.kind" or name in VIRTUAL_FIELDS:
        return name.removesuffix(".kind")
    if name in ("seed", "training.seed"):
        raise _error(name, "is not swept by its values: --seeds N repeats each trial with N seeds")
    fields = sweepable_settings(experiment)
    if name in fields:
        return name
    ending = [field for field in fields if field.endswith(f".{name}")]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise _error(name, f"could be {' or '.join(ending)}; write which")
    known = ", ".join((*VIRTUAL_FIELDS, *fields))
    raise _error(name, f"is not a setting that a sweep can change here; there are {known}")


def parse_values(field: str, text: str) -> tuple[JsonScalar, ...]:
    """Read values, ``VALUE`` or ``FIRST..LAST`` with ``/STEP`` or ``xFACTOR``, between commas.

    Raises
    ------
    SpecError
        The message names the field, the part that is wrong, and what is accepted.
    """
    found: list[JsonScalar] = []
    for item in text.split(","):
        part = item.strip()
        if not part:
            raise _error(field, f"has an empty value in '{text.strip()}'; {AXIS_HELP}")
        for value in _values(field, part):
            found.append(value)
            if len(found) > MAX_VALUES_OF_AXIS:
                raise _error(field, f"takes more than {MAX_VALUES_OF_AXIS} values; take fewer")
    return tuple(found)


def _values(field: str, part: str) -> Iterator[JsonScalar]:
    matched = _RANGE.fullmatch(part)
    if matched:
        yield from _range(field, part, matched)
    elif ".." in part:
        raise _error(field, f"has the range '{part}', which cannot be read; {AXIS_HELP}")
    elif re.fullmatch(_NUMBER, part):
        yield _number(Decimal(part), is_whole=re.fullmatch(r"[-+]?\d+", part) is not None)
    else:
        yield _SWITCHES.get(part.lower(), part)


def _range(field: str, part: str, matched: re.Match[str]) -> Iterator[JsonScalar]:
    first, last, way, step_text = matched.group("first", "last", "way", "step")
    is_whole = not re.search(r"[.eE]", f"{first}{last}{step_text or ''}")
    if step_text is None and not is_whole:
        raise _error(
            field, f"has the range '{part}', which needs a step, such as {part}/0.1, or a factor"
        )
    value, end, step = Decimal(first), Decimal(last), Decimal(step_text or 1)
    if value > end:
        raise _error(field, f"has the range '{part}', which must go from the smaller number up")
    if way in ("x", "×"):
        if step <= 1 or value <= 0:
            raise _error(
                field, f"has the range '{part}': a factor must be above 1, and what it multiplies "
                "above 0"
            )  # fmt: skip
    elif step <= 0:
        raise _error(field, f"has the range '{part}', whose step must be above 0")
    # Decimals, so that 0.1 + 0.1 + 0.1 is 0.3.
    while value <= end:
        yield _number(value, is_whole=is_whole)
        value = value * step if way in ("x", "×") else value + step


def _number(value: Decimal, *, is_whole: bool) -> int | float:
    return int(value) if is_whole else float(value)


def _error(field: str, message: str) -> SpecError:
    return SpecError("sweep", [Problem(field, message)])
