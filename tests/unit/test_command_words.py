"""What the command line makes of its arguments and of a result, without a process of its own."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aegui.cli.chosen import lesson_or_file
from aegui.cli.result_words import as_json_line, in_words
from aegui.control import RunState
from aegui.records import Baselines, ErrorFigures, RunResult, RunSummary, Seconds
from aegui.specs import SpecError, find_lesson
from aegui.workflow import _error_figures


def test_a_lesson_goes_before_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mnist").mkdir()
    assert lesson_or_file("mnist") is find_lesson("mnist")
    (tmp_path / "mine").write_text("{}")
    assert lesson_or_file("mine") == Path("mine")
    assert lesson_or_file("missing.json") == Path("missing.json")


@pytest.mark.parametrize("name", ["mnits", "x" * 300, "folder"])
def test_what_is_neither_a_lesson_nor_a_file_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(SpecError, match="there is no lesson of this name; there are noise-simple"):
        lesson_or_file(name)


def _result(error: float = 2.0, folder: Path | None = None) -> RunResult:
    summary = RunSummary(
        status=RunState.FINISHED,
        title="Digits",
        loss=0.25,
        val_loss=0.5,
        epochs=3,
        error=ErrorFigures(mean=error, std=0.5),
        seconds=Seconds(prepare=1, train=2, total=3),
        peak_rss_mb=400,
    )
    return RunResult(RunState.FINISHED, summary=summary, folder=folder)


def test_a_run_that_could_not_be_kept_is_kept_nowhere() -> None:
    assert in_words(_result(), None, 4).splitlines()[-1] == "not kept"
    assert in_words(_result(folder=Path("/runs/1")), None, 4).endswith("\nkept in /runs/1")
    assert json.loads(as_json_line(_result(), None))["run_dir"] is None


def test_the_mean_error_per_feature_comes_first_and_beside_it_the_sum() -> None:
    figures = ErrorFigures(mean=3.0, std=0.5)
    baselines = Baselines(mean=figures, pca=figures, pca_width=2, floor=None)
    first, _, third, _ = in_words(_result(), baselines, 4).splitlines()
    assert first == "mean error per feature 0.5000 (sum 2.000), spread of the sums 0.500"
    assert third.startswith("always the training mean: 0.7500 (sum 3.000) · PCA of width 2: 0.75")


def test_a_run_whose_errors_are_not_finite_has_none_to_tell() -> None:
    assert _error_figures(np.array([1, np.inf], np.float32)) is None
    result = _result()
    assert result.summary is not None
    summary = result.summary.model_copy(update={"error": None})
    words = in_words(replace(result, summary=summary), None, 4)
    assert words.startswith("loss 0.2500 · validation loss 0.5000 · 3 epochs in 2.0 s")


def test_a_figure_that_is_not_finite_is_null_at_any_depth() -> None:
    figures = json.loads(as_json_line(_result(error=float("inf")), None))
    assert figures["error"] == {"mean": None, "std": 0.5}
