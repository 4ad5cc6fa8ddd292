"""The lessons as they are told: experiments, texts, and questions that a result answers."""

import re

import pytest

from aegui.specs import LESSONS, Lesson, NoiseSpec, Severity, check, find_lesson, parts_of
from aegui.specs.lessons import OWN

BY_NAME = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
SHAPES = {
    "noise-simple": "32–2–32",
    "noise-deep": "32–16–8–4–2–4–8–16–32",
    "noise-deep-as-coded": "32–16–8–4–2–32–32–32–32",
    "noise-features": "32–2–32",
    "sine-features": "32–2–32",
    "sine-layers": "32–16–2–16–32",
    "mnist": "784–32–784",
    "mnist-deep": "784–256–64–2–64–256–784",
    "mnist-conv": "784–3136–1568–32–1568–6272–12544–784",
    "mnist-denoise": "784–256–32–256–784",
    "mnist-vae": "784–256–2–256–784",
    "pca-or-not": "784–32–784",
}


def test_the_lessons_come_in_the_order_in_which_they_are_told() -> None:
    assert {lesson.name: lesson.experiment.shape for lesson in LESSONS} == SHAPES
    assert [lesson.name for lesson in LESSONS] == list(SHAPES)
    told_by_the_post = [lesson.name for lesson in LESSONS if lesson.of_post]
    assert told_by_the_post == list(SHAPES)[:7]
    assert find_lesson("mnist").experiment.title == "MNIST digits, 32-number code"


@BY_NAME
def test_nothing_about_a_lesson_is_suspicious(lesson: Lesson) -> None:
    assert check(lesson.experiment) == []
    for sweep in parts_of(lesson).values():
        for trial in sweep.trials():
            problems = check(trial.experiment)
            assert all(problem.severity is not Severity.ERROR for problem in problems)


@BY_NAME
def test_a_text_is_two_to_four_sentences_with_typeset_formulas(lesson: Lesson) -> None:
    plain = re.sub(r"<[^>]+>", "", lesson.text)
    sentences = re.findall(r"[.?](?:\s|$)", plain)
    assert 2 <= len(sentences) <= 4
    assert "sqrt" not in plain
    assert "^" not in plain
    tags = re.findall(r"</?(\w+)>", lesson.text)
    assert set(tags) <= {"i", "sub", "sup"}
    assert len(tags) % 2 == 0, "every tag is closed"


@BY_NAME
def test_what_is_compared_has_three_seeds(lesson: Lesson) -> None:
    parts = parts_of(lesson)
    if lesson.sweep is not None:
        assert lesson.sweep.seeds == 3
    for name in lesson.compares:
        assert parts[name].seeds == parts[OWN].seeds == 3
        assert parts[name].trials()[0].experiment == find_lesson(name).experiment


def test_trainings_that_lessons_share_are_equal_experiments() -> None:
    simple = find_lesson("noise-simple").experiment
    assert simple.dataset == NoiseSpec(rows=1_000_000, features=32)
    assert parts_of(find_lesson("noise-deep"))[OWN].trials()[0].experiment == simple
    features = parts_of(find_lesson("noise-features"))[OWN].trials()
    assert features[-3].experiment == simple
    assert [trial.experiment.dataset.features for trial in features[::3]] == [2, 4, 8, 16, 32]
    halves = parts_of(find_lesson("noise-features"))["half"].trials()
    assert [trial.experiment.architecture.code.width for trial in halves[::3]] == [1, 2, 4, 8, 16]
    layers = parts_of(find_lesson("sine-layers"))[OWN].trials()
    assert [trial.experiment.shape for trial in layers[::3]] == [
        "32–2–32",
        "32–16–2–16–32",
        "32–16–8–2–8–16–32",
        "32–16–8–4–2–4–8–16–32",
    ]


@BY_NAME
def test_a_question_waits_for_all_that_it_needs(lesson: Lesson) -> None:
    question = lesson.question
    assert 2 <= len(question.choices) <= 4
    facts = dict.fromkeys(question.needs, 1.0)
    verdict = question.answer(facts)
    assert verdict is not None
    assert 0 <= verdict.choice < len(question.choices)
    assert question.answer(dict.fromkeys(question.needs[1:], 1.0)) is None


def answer(name: str, **facts: float) -> tuple[str, str]:
    question = find_lesson(name).question
    verdict = question.answer(facts)
    assert verdict is not None
    return question.choices[verdict.choice], verdict.sentence


def test_the_result_decides_which_choice_is_right() -> None:
    told = {"code": 2.0, "features": 32.0, "mean": 7.6, "guess_mean": 8.0}
    assert answer("noise-simple", learned=2, **told)[0] == "About as many as the code has numbers"
    assert answer("noise-simple", learned=0, **told)[0] == "None"
    assert answer("noise-simple", learned=31, **told)[0] == "All"
    near = {"simple_error": 7.56, "deep_error": 7.57, "features": 32}
    choice, sentence = answer("noise-deep", differs=0, **near)
    assert choice == "No difference will show"
    assert sentence.startswith("No difference shown: mean error per feature 0.2366 (sum 7.57)")
    assert answer("noise-deep", differs=1, **near)[0] == "Higher"


def test_growth_is_told_by_which_curve_misses_the_points_least() -> None:
    shape = {"first_slope": 0.25, "last_slope": 0.25, "slope": 0.25}
    straight = answer("noise-features", line_misses_by=0.1, exponential_misses_by=1.0, **shape)
    bent = answer("noise-features", line_misses_by=1.0, exponential_misses_by=0.1, **shape)
    assert straight[0] == "in a straight line"
    assert bent[0] == "exponentially"


def test_the_best_depth_is_told_with_its_doubt() -> None:
    errors = {"error_1": 1.2, "error_2": 0.05, "error_3": 0.03, "error_4": 5.0, "features": 32}
    choice, sentence = answer("sine-layers", best_differs=0, failed_runs=2, **errors)
    assert choice == "3"
    assert "no difference is shown" in sentence
    assert "2 of the deeper runs did worse" in sentence
