"""What a person says about a run: its name, its colour, a note, which errors are unusual."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from aegui.runs.documents import read_document
from aegui.runs.folder import ABOUT, RunError, replace_text, writing

MOST_NAME, MOST_NOTE, MOST_COLOURS = 120, 10_000, 64
MOST_THRESHOLD = 1e9


class About(BaseModel):
    """Name (empty: the experiment's title), place of a colour among the theme's, and a note.

    ``threshold`` is the error above which the person calls a row unusual, None for the usual one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    name: Annotated[str, Field(max_length=MOST_NAME)] = ""
    colour: Annotated[int, Field(ge=0, lt=MOST_COLOURS)] | None = None
    note: Annotated[str, Field(max_length=MOST_NOTE)] = ""
    threshold: Annotated[float, Field(ge=0, le=MOST_THRESHOLD, allow_inf_nan=False)] | None = None


def read_about(folder: Path) -> About:
    """Return what was said about a run; nothing where there is no ``about.json``.

    Raises
    ------
    RunError
        The file is damaged, of something else, or of a newer aegui.
    """
    path = folder / ABOUT
    return read_document(path, About) if path.exists() else About()


def rename_run(folder: Path, name: str) -> About:
    """Give a run a name; an empty one gives it back its experiment's title."""
    tidy = " ".join(name.split())
    if len(tidy) > MOST_NAME:
        raise RunError(
            f"The name has {len(tidy)} characters; a run's name may have at most {MOST_NAME}."
        )
    return _write(folder, read_about(folder).model_copy(update={"name": tidy}))


def colour_run(folder: Path, colour: int | None) -> About:
    """Give a run a colour of its own, a place among the theme's; None takes it back."""
    if colour is not None and not 0 <= colour < MOST_COLOURS:
        raise RunError(f"The colour {colour} is none of the theme's; they count from 0.")
    return _write(folder, read_about(folder).model_copy(update={"colour": colour}))


def note_run(folder: Path, note: str) -> About:
    """Write a note about a run; an empty one takes it away."""
    tidy = note.strip()
    if len(tidy) > MOST_NOTE:
        raise RunError(f"The note has {len(tidy)} characters; it may have at most {MOST_NOTE}.")
    return _write(folder, read_about(folder).model_copy(update={"note": tidy}))


def set_threshold(folder: Path, threshold: float) -> About:
    """Keep the error above which a row of a run is unusual."""
    if not 0 <= threshold <= MOST_THRESHOLD:
        raise RunError(
            f"The threshold is {threshold:g}; it must be at least 0 and at most {MOST_THRESHOLD:g}."
        )
    return _write(folder, read_about(folder).model_copy(update={"threshold": threshold}))


def _write(folder: Path, about: About) -> About:
    """Write what is said about a run whole; a file that cannot be read is never overwritten."""
    if not folder.is_dir():
        raise RunError(f"{folder} is gone; another aegui may have deleted the run.")
    path = folder / ABOUT
    with writing(path):
        # What is not said is left out: an earlier aegui reads the rest.
        replace_text(path, about.model_dump_json(indent=2, exclude_none=True))
    return about
