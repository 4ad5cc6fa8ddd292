"""The lessons' figures: numbers that can be told in the head, from small real data."""

import dataclasses
import json
import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis.lessons import Evidence, study_lesson
from aegui.analysis.lessons.circle import phases, places_on_circle
from aegui.analysis.lessons.noise_simple import guess_figures
from aegui.analysis.lessons.pca_or_not import pca_error
from aegui.analysis.lessons.plane import grey_share
from aegui.analysis.spread import differ
from aegui.control import RunState
from aegui.data import load_dataset, preview_rows
from aegui.records import ErrorFigures, FloatArray, History, RunSummary, Seconds, TrialOutcome
from aegui.records.figures import Bars, Curve, Dots, Figure, Tiles, Words, to_json
from aegui.specs import (
    LESSONS,
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    JsonScalar,
    MnistSpec,
    NoiseSpec,
    SinusoidsSpec,
    find_lesson,
    parts_of,
)
from aegui.ui.workers.lessons import study_runs

BY_NAME = pytest.mark.parametrize("name", [lesson.name for lesson in LESSONS])


class Keeper:
    """A model that keeps the first numbers of a row and answers ½ for all others."""

    def __init__(self, width: int) -> None:
        self.weights: tuple[FloatArray, ...] = ()
        self._width = width

    def encode(self, rows: FloatArray) -> FloatArray:
        return rows[:, : self._width].copy()

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        rebuilt = np.full_like(rows, 0.5)
        rebuilt[:, : self._width] = rows[:, : self._width]
        return rebuilt


def keeper(outcome: TrialOutcome) -> Keeper:
    return Keeper(outcome.experiment.architecture.code.width)


def small(experiment: ExperimentSpec) -> ExperimentSpec:
    dataset = experiment.dataset.model_copy(update={"rows": 2000})
    return experiment.model_copy(update={"dataset": dataset})


def outcome(
    experiment: ExperimentSpec,
    number: int = 1,
    settings: Mapping[str, JsonScalar] | None = None,
    seed: int = 42,
    factor: float = 1.0,
) -> TrialOutcome:
    """A run of a model that keeps what fits in its code; ``factor`` makes its errors larger."""
    experiment = small(experiment)
    rows = load_dataset(experiment.dataset).test
    rebuilt = Keeper(experiment.architecture.code.width).reconstruct(rows)
    errors = (factor * np.abs(rows - rebuilt).sum(axis=1)).astype(np.float32)
    summary = RunSummary(
        status=RunState.FINISHED,
        title=experiment.title,
        loss=0.5,
        val_loss=0.5,
        epochs=1,
        error=ErrorFigures(mean=float(errors.mean()), std=float(errors.std())),
        seconds=Seconds(prepare=0, train=1, total=1),
        peak_rss_mb=1,
    )
    return TrialOutcome(
        number, settings or {}, seed, experiment, summary, History(), errors, (), 1.0
    )


def evidence(name: str) -> Evidence:
    parts = {
        part: tuple(
            outcome(t.experiment, t.number, t.settings, t.seed, 1 + 1e-4 * t.seed)
            for t in sweep.trials()
        )
        for part, sweep in parts_of(find_lesson(name)).items()
    }
    return Evidence(parts, keeper)


@BY_NAME
def test_a_lesson_has_its_figures_and_its_question_an_answer(name: str) -> None:
    study = study_lesson(name, evidence(name))
    assert study.figures
    assert all(not figure.is_empty for figure in study.figures)
    names = [figure.file_name for figure in study.figures]
    assert len(set(names)) == len(names)
    json.dumps([to_json(figure) for figure in study.figures], allow_nan=False)
    verdict = find_lesson(name).question.answer(study.facts)
    assert verdict is not None
    assert verdict.sentence.endswith(".")


@BY_NAME
def test_a_lesson_has_nothing_to_show_before_its_first_run(name: str) -> None:
    study = study_lesson(name, Evidence({}, keeper))
    assert all(figure.is_empty for figure in study.figures)
    assert find_lesson(name).question.answer(study.facts) is None


@BY_NAME
def test_figures_grow_run_by_run(name: str) -> None:
    whole = evidence(name)
    runs = [(part, run) for part, runs in whole.parts.items() for run in runs]
    for count in range(1, min(len(runs), 7)):
        parts: dict[str, tuple[TrialOutcome, ...]] = {}
        for part, run in runs[:count]:
            parts[part] = (*parts.get(part, ()), run)
        assert study_lesson(name, Evidence(parts, keeper)).figures


@BY_NAME
def test_a_run_of_the_train_button_is_shown_too(name: str) -> None:
    run = outcome(find_lesson(name).experiment)
    figures = study_lesson(name, Evidence({"": (run,)}, keeper)).figures
    assert any(not figure.is_empty for figure in figures)


def test_undamaged_digits_leave_no_damage_to_speak_of() -> None:
    experiment = find_lesson("mnist-denoise").experiment
    plain = experiment.architecture.model_copy(update={"corruption": None})
    run = outcome(experiment.model_copy(update={"architecture": plain}))
    study = study_lesson("mnist-denoise", Evidence({"": (run,)}, keeper))
    assert study.figures
    assert find_lesson("mnist-denoise").question.answer(study.facts) is None


def test_a_run_on_data_of_another_range_is_not_drawn_beside_the_guess() -> None:
    lesson = find_lesson("noise-features")
    wide = lesson.experiment.dataset.model_copy(update={"high": 10.0})
    other = outcome(lesson.experiment.model_copy(update={"dataset": wide}))
    assert all(figure.is_empty for figure in study_runs(lesson, {}, other).figures)
    same = outcome(lesson.experiment)
    assert not all(figure.is_empty for figure in study_runs(lesson, {}, same).figures)


def test_of_one_seed_and_few_rows_nothing_is_claimed() -> None:
    experiment = find_lesson("pca-or-not").experiment
    few = experiment.dataset.model_copy(update={"rows": 20})
    dataset = load_dataset(few)
    dataset = dataclasses.replace(dataset, train=dataset.train[:20], test=dataset.test[:50])
    run = outcome(experiment)
    one = Evidence({"": (run,)}, keeper, lambda _spec: dataset)
    study = study_lesson("pca-or-not", one)
    assert "mnist_gain" not in study.facts
    assert "one seed, which tells nothing" in study.figures[0].note
    assert find_lesson("pca-or-not").question.answer(study.facts) is None


def figure_of(name: str, figure: str, *choices: str) -> Figure:
    figures = study_lesson(name, evidence(name)).figures
    return next(f for f in figures if f.name == figure and f.choices == choices)


def test_guessing_half_has_the_error_that_probability_gives() -> None:
    assert guess_figures(32) == (8.0, pytest.approx(math.sqrt(32 / 48)))
    rows = load_dataset(NoiseSpec(rows=200_000)).test
    errors = np.abs(rows - 0.5).sum(axis=1)
    assert errors.mean() == pytest.approx(8.0, abs=0.02)
    assert errors.std() == pytest.approx(0.816, abs=0.02)


def test_the_first_lesson_counts_what_the_code_keeps() -> None:
    study = study_lesson("noise-simple", evidence("noise-simple"))
    assert study.facts["learned"] == 2
    dots = next(m for f in study.figures if f.name == "features" for m in f.panels[0].marks)
    assert isinstance(dots, Dots)
    assert dots.y[:2] == pytest.approx([0.0, 0.0])
    assert dots.y[2:] == pytest.approx(0.25, abs=0.06)
    assert list(dots.y) == sorted(dots.y)


def test_keeping_two_of_the_features_lies_on_its_line() -> None:
    figure = figure_of("noise-features", "error-by-features", "Sum", "Code 2")
    curves = {m.name: m for m in figure.panels[0].marks if isinstance(m, Curve)}
    dots = next(m for m in figure.panels[0].marks if isinstance(m, Dots))
    guess_all = curves["guess all: n/4"]
    assert guess_all.y == pytest.approx(guess_all.x / 4)
    rest = curves["keep two, guess the rest: (n − 2)/4"]
    assert np.interp(dots.x, rest.x, rest.y) == pytest.approx(dots.y, abs=0.15)
    facts = study_lesson("noise-features", evidence("noise-features")).facts
    assert facts["line_misses_by"] < 0.1 < facts["exponential_misses_by"]


def test_histograms_of_all_widths_share_200_bins_from_0() -> None:
    figure = figure_of("noise-features", "histograms", "Sum", "Code 2")
    bars = [mark for mark in figure.panels[0].marks if isinstance(mark, Bars)]
    assert len(bars) == 5
    for bar in bars:
        assert len(bar.heights) == 200
        assert bar.edges[0] == 0
        assert bar.heights.sum() == 200
        assert "σ = " in bar.name
    drawn = [run for run in evidence("noise-features").own if run.seed == 42]
    largest = max(run.row_errors.max() for run in drawn)
    assert bars[0].edges[-1] == pytest.approx(largest)


def test_the_rows_of_sinusoids_lie_on_a_circle() -> None:
    rows = preview_rows(SinusoidsSpec(), 500)
    radii = np.linalg.norm(places_on_circle(rows), axis=1)
    assert radii == pytest.approx(1.0, abs=1e-5)
    expected = np.random.default_rng(SinusoidsSpec().seed).random(500) * 2 % 1
    difference = np.abs(phases(rows) - expected)
    assert np.minimum(difference, 1 - difference).max() < 1e-5


def test_a_pca_of_width_two_rebuilds_sinusoids() -> None:
    waves = load_dataset(SinusoidsSpec(rows=5000))
    assert pca_error(waves, 2) < 1e-3
    assert pca_error(waves, 1) > 1
    noise = load_dataset(NoiseSpec(rows=5000))
    assert pca_error(noise, 2) == pytest.approx(7.5, abs=0.2)


def test_depth_is_said_to_fail_where_it_does() -> None:
    study = study_lesson("sine-layers", evidence("sine-layers"))
    panel = study.figures[0].panels[0]
    assert panel.log_y
    dots = next(m for m in panel.marks if isinstance(m, Dots))
    assert len(dots.x) == 12, "a dot for each seed"
    words = [m.text for m in panel.marks if isinstance(m, Words)]
    assert words[0] == "PCA: 0"
    factors = {1: 20.0, 2: 2.0, 3: 1.0, 4: 30.0}
    runs = tuple(
        dataclasses.replace(run, row_errors=run.row_errors * factors[int(run.settings["depth"])])
        for run in evidence("sine-layers").own
    )
    study = study_lesson("sine-layers", Evidence({"": runs}, keeper))
    words = [m.text for m in study.figures[0].panels[0].marks if isinstance(m, Words)]
    assert "3 of 3 failed with 4 layers a side" in words
    assert study.facts["failed_runs"] == 3


def test_the_stacked_histogram_has_every_digit_once() -> None:
    figure = figure_of("mnist", "by-class", "Error")
    bars = [mark for mark in figure.panels[0].marks if isinstance(mark, Bars)]
    assert [bar.name for bar in bars] == [str(digit) for digit in range(10)]
    assert bars[0].base is not None
    for below, above in pairwise(bars):
        assert above.base == pytest.approx(below.heights)
    assert bars[-1].heights.sum() == 10_000


def test_ones_have_half_the_ink_of_other_digits() -> None:
    facts = study_lesson("mnist", evidence("mnist")).facts
    assert 0.4 < facts["ink_of_ones"] < 0.6


def test_the_ten_best_are_shown_with_what_they_were_chosen_by() -> None:
    best = figure_of("mnist", "extremes", "Error").panels[1].marks[0]
    assert isinstance(best, Tiles)
    assert best.rows.shape == (20, 784)
    values = [float(caption) for caption in best.captions[10:]]
    assert values == sorted(values)


def test_a_difference_is_one_beyond_both_spreads() -> None:
    assert differ([1.0, 1.1, 0.9], [2.0, 2.1, 1.9])
    assert not differ([1.0, 1.5, 0.5], [1.2, 1.9, 0.6])
    assert not differ([1.0], [5.0]), "one seed has no spread to compare with"


def test_without_a_difference_none_is_claimed() -> None:
    study = study_lesson("noise-deep", evidence("noise-deep"))
    assert study.facts["differs"] == 0.0
    assert "No difference shown" in study.figures[0].note
    one_seed = {"": tuple(run for run in evidence("noise-deep").own if run.seed == 42)}
    facts = study_lesson("noise-deep", Evidence(one_seed, keeper)).facts
    assert "differs" not in facts
    assert find_lesson("noise-deep").question.answer(facts) is None


@given(st.integers(0, 2**31 - 1))
def test_blurred_pictures_are_greyer(seed: int) -> None:
    sharp = (np.random.default_rng(seed).random((4, 784)) > 0.7).astype(np.float32)
    blurred = np.clip(sharp * 0.5, 0, 1)
    assert grey_share(sharp) == 0.0
    assert grey_share(blurred) == 1.0


def test_numbers_that_are_none_become_null() -> None:
    curve = Curve(np.array([1.0, np.nan]), np.array([np.inf, 2.0]))
    from aegui.records.figures import Panel

    raw = to_json(Figure("a", "A", (Panel("p", (curve,)),)))
    assert raw["panels"][0]["marks"][0]["x"] == [1.0, None]
    assert raw["panels"][0]["marks"][0]["y"] == [None, 2.0]


def test_files_are_named_after_the_figure_and_what_was_chosen() -> None:
    figure = Figure("error-by-features", "Errors", (), choices=("Per feature", "Code n/2"))
    assert figure.file_name == "error-by-features-per-feature-code-n-2"


def test_lessons_on_digits_need_labels() -> None:
    experiment = ExperimentSpec(
        dataset=NoiseSpec(rows=2000), architecture=ArchitectureSpec(code=DenseCode(width=2))
    )
    run = outcome(experiment)
    with pytest.raises(ValueError, match="digits needs"):
        study_lesson("mnist", Evidence({"": (run,)}, keeper))
    assert load_dataset(MnistSpec(rows=100)).test_labels is not None
