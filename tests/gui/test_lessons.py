"""Lessons in the window: told, guessed, run, and left again."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from aegui.control import RunState
from aegui.places import settings_file
from aegui.records import EpochRecord, History, RunEvent, RunResult
from aegui.specs import LESSONS, ExperimentSpec, Lesson, NoiseSpec, find_lesson
from aegui.specs.lessons import Verdict
from aegui.ui.lessons.lesson_cards import LessonCard
from aegui.ui.lessons.lesson_line import LessonLine
from aegui.ui.lessons.lesson_runs import _is_as_asked
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import read_settings
from aegui.ui.theme import DARK, LIGHT

OpenWindow = Callable[..., MainWindow]

SIMPLE = find_lesson("noise-simple")


def small(experiment: ExperimentSpec) -> ExperimentSpec:
    """A lesson's experiment on few rows, for one epoch."""
    return experiment.model_copy(
        update={
            "dataset": NoiseSpec(rows=1000),
            "training": experiment.training.model_copy(update={"epochs": 1}),
        }
    )


@pytest.fixture
def small_sweep() -> Lesson:
    """The lesson on depth with two seeds of tiny trainings."""
    lesson = find_lesson("noise-deep")
    assert lesson.sweep is not None
    sweep = lesson.sweep.model_copy(update={"base": small(lesson.experiment), "seeds": 2})
    return dataclasses.replace(lesson, sweep=sweep)


@pytest.fixture
def line(qtbot: QtBot) -> LessonLine:
    line = LessonLine()
    qtbot.addWidget(line)
    line.set_theme(DARK)
    line.resize(800, 200)
    line.show()
    line.show_lesson(SIMPLE)
    return line


def test_a_guess_is_answered_by_the_result(line: LessonLine, hands: Any) -> None:
    line.set_unfolded(True)
    assert line.answer == "Make a guess; the run will answer."
    hands.click(line, SIMPLE.question.choices[2])
    assert line.answer == "Your guess is noted; the run will answer."
    line.show_verdict(Verdict(1, "2 of 32."))
    assert "not as you guessed" in line.answer
    assert line.answer.endswith("2 of 32.")
    assert [button.isEnabled() for button in line.choices.buttons] == [False, True, False, False]
    line.show_verdict(None)
    assert all(button.isEnabled() for button in line.choices.buttons)
    line.show_verdict(Verdict(2, "16 of 32."))
    assert ", as you guessed" in line.answer


def test_no_guess_has_to_be_made(line: LessonLine) -> None:
    line.show_verdict(Verdict(1, "2 of 32."))
    assert line.answer == "The result says “About as many as the code has numbers”. 2 of 32."
    line.show_lesson(find_lesson("noise-deep"))
    assert line.answer == "Make a guess; the run will answer."
    assert line.choices.place == -1


def test_the_line_unfolds(line: LessonLine, hands: Any) -> None:
    folded = line.sizeHint().height()
    assert not line.is_unfolded
    hands.click(line, "More")
    assert line.is_unfolded
    assert line.sizeHint().height() > folded
    assert any("central limit theorem" in text for text in hands.texts(line))
    hands.click(line, "Less")
    assert line.sizeHint().height() == folded


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_the_first_page_has_all_lessons(window: MainWindow, size: Any) -> None:
    window.resize(*size)
    QApplication.processEvents()
    cards = window.start_page.findChildren(LessonCard)
    assert len(cards) == len(LESSONS)
    area = window.start_page.findChild(QScrollArea)
    assert area is not None
    assert area.widget().width() <= area.viewport().width(), "nothing is cut off at the right"
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert cards[-1].visibleRegion().boundingRect().height() == cards[-1].height()
    for theme in (DARK, LIGHT):
        for card in cards:
            card.set_theme(theme)
            assert not card._thumbnail.pixmap().isNull()
    cards[-1].click()
    assert window.lessons.lesson is not None
    assert window.lessons.lesson.name == "pca-or-not"
    assert window.lesson_line.isVisible()


def test_lessons_follow_each_other(window: MainWindow, hands: Any) -> None:
    window.lessons.take(SIMPLE)
    hands.click(window.top_bar, "Next lesson")
    assert window.column.experiment() == find_lesson("noise-deep").experiment
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.lessons.lesson == LESSONS[2]
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert window.lessons.lesson == LESSONS[1]
    hands.click(window.top_bar, "Previous lesson")
    assert not window.top_bar._previous.isEnabled()
    window.lessons.take_previous()
    assert window.lessons.lesson == LESSONS[0]
    window.lessons.take(LESSONS[-1])
    assert not window.top_bar._next.isEnabled()


def test_the_keys_of_a_text_field_are_its_own(window: MainWindow, hands: Any) -> None:
    window.lessons.take(SIMPLE)
    field = hands.field(window.column, "Epochs")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.lessons.lesson == SIMPLE


def test_lessons_that_begin_alike_are_told_apart(window: MainWindow) -> None:
    features = find_lesson("noise-features")
    assert features.experiment == SIMPLE.experiment
    window.lessons.take(features)
    assert "Lesson 4" in window.top_bar._lessons.text()
    assert window.lesson_line.lesson == features
    window.lessons.take(SIMPLE)
    assert "Lesson 1" in window.top_bar._lessons.text()


def test_a_lesson_leaves_a_way_back(window: MainWindow, hands: Any, quick: ExperimentSpec) -> None:
    window.lessons.take(SIMPLE)
    assert not window.top_bar._own.isVisible(), "a lesson's own settings need no way back"
    window.column.set_experiment(quick)
    window.lessons.take(find_lesson("mnist"))
    window.lessons.take_next()
    hands.click(window.top_bar, "Back to my settings")
    assert window.column.experiment() == quick
    assert "Lesson 1" in window.top_bar._lessons.text()
    assert not window.top_bar._own.isVisible()
    # What a person changes on the way can all be had back, one after the other.
    other = quick.model_copy(update={"training": quick.training.model_copy(update={"seed": 9})})
    window.lessons.take_next()
    window.column.set_experiment(other)
    window.lessons.take_next()
    hands.click(window.top_bar, "Back to my settings")
    assert window.column.experiment() == other
    hands.click(window.top_bar, "Back to my settings")
    assert window.column.experiment() == quick
    assert not window.top_bar._own.isVisible()


def test_the_way_back_is_there_after_a_restart(
    open_window: OpenWindow, hands: Any, quick: ExperimentSpec
) -> None:
    first = open_window()
    first.lessons.take(SIMPLE)
    changed = small(SIMPLE.experiment)
    first.column.set_experiment(changed)
    first.lessons.take(find_lesson("mnist"))
    first.column.set_experiment(quick)
    first.lessons.take_next()
    killed = read_settings(settings_file())
    assert [held.experiment for held in killed.own] == [changed, quick], "a kill would lose them"
    first.close()

    second = open_window(read_settings(settings_file()))
    assert second.lessons.lesson == LESSONS[7]
    hands.click(second.top_bar, "Back to my settings")
    assert second.column.experiment() == quick
    hands.click(second.top_bar, "Back to my settings")
    assert second.column.experiment() == changed
    assert second.lessons.lesson == SIMPLE
    assert not second.top_bar._own.isVisible()
    second.close()
    assert read_settings(settings_file()).own == ()


def test_a_run_makes_the_lessons_figure(window: MainWindow, hands: Any) -> None:
    window.lessons.take(SIMPLE)
    window.tabs.setCurrentWidget(window.tabs.lesson_view)
    assert any("Press Train" in text for text in hands.texts(window.tabs.lesson_view))
    hands.train(window, small(SIMPLE.experiment))
    hands.until(lambda: "The result says" in window.lesson_line.answer)
    view = window.tabs.lesson_view
    hands.until(lambda: view.figure.figure.name == "first-row")
    hands.click(view, "Error of each feature")
    assert view.figure.figure.name == "features"
    assert view.figure.panels[0].heading.names[-1] == "a guess: ¼"
    hands.train(window, small(SIMPLE.experiment))
    assert view.figure.figure.name == "features", "the figure in view stays in view"


def test_a_lesson_that_compares_is_run_at_the_press_of_a_button(
    window: MainWindow, hands: Any, small_sweep: Lesson
) -> None:
    hands.until(lambda: window.session.engine.is_ready)
    window.lessons.take(small_sweep)
    window.tabs.setCurrentWidget(window.tabs.lesson_view)
    view = window.tabs.lesson_view
    seen: list[int] = []
    window.session.sweeping.trial_ended.connect(lambda trial: seen.append(trial.number))
    hands.click(view, "Run this lesson")
    assert not hands.button(window.column.run_bar, "Train").isEnabled()
    hands.until(lambda: "The result says" in window.lesson_line.answer)
    assert seen == [1, 2, 3, 4]
    names = view.figure.panels[0].heading.names
    assert len(names) == 2
    assert all("2 seeds" in name for name in names)
    assert hands.button(view, "Run this lesson").isEnabled()
    assert hands.button(window.column.run_bar, "Train").isEnabled()


def test_a_lesson_under_way_can_be_cancelled(
    window: MainWindow, hands: Any, small_sweep: Lesson
) -> None:
    hands.until(lambda: window.session.engine.is_ready)
    window.lessons.take(small_sweep)
    window.tabs.setCurrentWidget(window.tabs.lesson_view)
    hands.click(window.tabs.lesson_view, "Run this lesson")
    hands.click(window.tabs.lesson_view, "Cancel")
    hands.until(lambda: not window.session.sweeping.is_active)
    assert hands.button(window.tabs.lesson_view, "Run this lesson").isEnabled()
    assert "The result says" not in window.lesson_line.answer


def test_switches_change_what_is_counted(window: MainWindow, hands: Any) -> None:
    mnist = find_lesson("mnist")
    window.lessons.take(mnist)
    window.tabs.setCurrentWidget(window.tabs.lesson_view)
    training = mnist.experiment.training.model_copy(update={"epochs": 1})
    experiment = mnist.experiment.model_copy(
        update={
            "dataset": mnist.experiment.dataset.model_copy(update={"rows": 1000}),
            "training": training,
        }
    )
    hands.train(window, experiment)
    view = window.tabs.lesson_view
    hands.until(lambda: "The result says" in window.lesson_line.answer)
    hands.click(view, "Error by class")
    assert view.figure.figure.choices == ("Error",)
    hands.click(view, "Error per ink")
    assert view.figure.figure.choices == ("Error per ink",)
    hands.click(view, "Error against ink")
    assert view.figure.figure.choices == ("Error per ink",), "a switch holds for all figures"
    hands.click(view, "Gallery")
    assert not any(switch.isVisible() for switch in view.switches)


def test_what_a_lesson_left_is_there_on_another_day(
    open_window: Any, hands: Any, small_sweep: Lesson
) -> None:
    first = open_window()
    hands.until(lambda: first.session.engine.is_ready)
    first.lessons.take(small_sweep)
    first.tabs.setCurrentWidget(first.tabs.lesson_view)
    hands.click(first.tabs.lesson_view, "Run this lesson")
    hands.until(lambda: "The result says" in first.lesson_line.answer)
    told = first.lesson_line.answer
    first.close()
    second = open_window()
    second.lessons.take(small_sweep)
    hands.until(lambda: second.lesson_line.answer == told)


def test_a_run_of_one_lesson_is_not_shown_as_another(window: MainWindow, hands: Any) -> None:
    window.lessons.take(SIMPLE)
    window.tabs.setCurrentWidget(window.tabs.lesson_view)
    hands.train(window, small(SIMPLE.experiment))
    hands.until(lambda: "The result says" in window.lesson_line.answer)
    window.lessons.take_next()
    hands.until(lambda: not window.session._lessons._is_studying)
    assert any("Press Run this lesson" in text for text in hands.texts(window.tabs.lesson_view))
    window.lessons.take_previous()
    hands.until(lambda: "The result says" in window.lesson_line.answer)


@pytest.mark.parametrize(
    ("kind", "is_kept"), [("plateau", True), ("learning_rate", False), ("continued", False)]
)
def test_a_steered_run_is_not_kept_as_the_lessons_own(kind: Any, is_kept: bool) -> None:
    experiment = small(SIMPLE.experiment)
    record = EpochRecord(experiment.training.epochs, 0.5, 0.5, 1.0, 0.001, 0.1)
    history = History((record,), (RunEvent(0.5, kind, "it"),))
    result = RunResult(RunState.FINISHED, history)
    assert _is_as_asked(result, experiment) == is_kept
    assert not _is_as_asked(dataclasses.replace(result, state=RunState.STOPPED), experiment)
