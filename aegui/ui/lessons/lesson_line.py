"""The line above the tabs that tells a lesson; unfolded, it has the text and the question."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from aegui.specs import LESSONS, Lesson
from aegui.specs.lessons import Verdict
from aegui.ui.elided_text import ElidedText
from aegui.ui.forms import label
from aegui.ui.segments import Segments
from aegui.ui.theme import Theme

_NUMBERS = {lesson.name: number for number, lesson in enumerate(LESSONS, start=1)}


class LessonLine(QFrame):
    """One line with a title and a sentence; below it, unfolded, text, question and answer.

    A guess may be made until the result is there, and need not be made at all.
    """

    guessed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._lesson: Lesson | None = None
        self._verdict: Verdict | None = None
        self._title = label("", "heading")
        self._line = ElidedText()
        self._fold = QPushButton("More")
        self._fold.setProperty("role", "link")
        self._fold.setCheckable(True)
        self._body = QWidget()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._prompt = label("", "", wrap=True)
        self._choices = Segments()
        self._choices.setAccessibleName("Your guess")
        self._answer = label("", "", wrap=True)

        self._lay_out()

        self._fold.toggled.connect(self._unfold)
        self._choices.chosen.connect(self._take_guess)
        self._body.hide()

    @property
    def lesson(self) -> Lesson | None:
        """What is told."""
        return self._lesson

    @property
    def choices(self) -> Segments:
        """The buttons to guess with."""
        return self._choices

    @property
    def answer(self) -> str:
        """What is said about the question."""
        return self._answer.text()

    @property
    def is_unfolded(self) -> bool:
        """Whether text and question are in view."""
        return self._fold.isChecked()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._line.set_colour(theme.muted)

    def set_unfolded(self, unfolded: bool) -> None:
        """Show text and question, or only the line."""
        self._fold.setChecked(unfolded)

    def show_lesson(self, lesson: Lesson) -> None:
        """Tell another lesson; the same one keeps its guess and its answer."""
        if lesson == self._lesson:
            return
        self._lesson = lesson
        self._title.setText(f"{_NUMBERS[lesson.name]} · {lesson.title}")
        self._text.setText(lesson.text)
        self._prompt.setText(lesson.question.prompt)
        self._choices.set_words(lesson.question.choices)
        self._choices.choose(-1)
        self.show_verdict(None)

    @Slot(object)
    def show_verdict(self, verdict: Verdict | None) -> None:
        """Answer the question by the result; None takes the answer away, and one may guess."""
        self._verdict = verdict
        for place, button in enumerate(self._choices.buttons):
            button.setEnabled(verdict is None or place == verdict.choice)
        if verdict is not None:
            self._answer.setText(self._answer_to_guess(verdict))
        else:
            self._answer.setText(self._call_for_guess())
        self._show_line()

    def _answer_to_guess(self, verdict: Verdict) -> str:
        lesson = self._lesson
        if lesson is None:
            return ""
        guess, right = self._choices.place, lesson.question.choices[verdict.choice]
        if guess < 0:
            return f"The result says “{right}”. {verdict.sentence}"
        told = "as you guessed" if guess == verdict.choice else "not as you guessed"
        return f"The result says “{right}”, {told}. {verdict.sentence}"

    def _call_for_guess(self) -> str:
        if self._choices.place < 0:
            return "Make a guess; the run will answer."
        return "Your guess is noted; the run will answer."

    @Slot(int)
    def _take_guess(self, place: int) -> None:
        self._answer.setText(self._call_for_guess())
        self.guessed.emit(place)

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self._fold.setText("Less" if unfolded else "More")
        self._body.setVisible(unfolded)
        self._show_line()

    def _show_line(self) -> None:
        if self._lesson is None:
            return
        sentence = self._lesson.summary.partition(". ")[0].rstrip(".") + "."
        if self._verdict is not None and not self.is_unfolded:
            sentence = self._answer.text()
        self._line.set_text(sentence)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._line, 1)
        head.addWidget(self._fold)
        question = QHBoxLayout()
        question.setSpacing(12)
        question.addWidget(self._prompt, 1)
        question.addWidget(self._choices)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 4)
        body.setSpacing(8)
        body.addWidget(self._text)
        body.addLayout(question)
        body.addWidget(self._answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 2, 6, 2)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._body)
