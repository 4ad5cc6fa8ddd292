"""An experiment as a Jupyter notebook."""

import json

from aegui.exports.script import sections, summary
from aegui.exports.section import Section
from aegui.exports.unlike import unlike
from aegui.records import History
from aegui.specs import ExperimentSpec


def keras_notebook(experiment: ExperimentSpec, history: History | None = None) -> str:
    """Return the JSON of a notebook, format 4.4, with the cells of the script.

    With the ``history`` of a run it begins with what it does not do again; see ``unlike``.
    """
    head = f"# {experiment.title}\n\n{summary(experiment)}"
    differs = "" if history is None else unlike(experiment, history)
    cells = [_markdown(f"{head}\n\n{differs}".rstrip())]
    for section in sections(experiment):
        cells += [_markdown(f"## {section.heading}\n\n{section.prose}"), _code(section)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def _markdown(text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(section: Section) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": section.code.splitlines(keepends=True),
    }
