"""What all tests share: a home of their own, a watch on leaked threads and widgets, small fakes."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from aegui.data import Dataset
from aegui.records import FloatArray

# A machine that is busy elsewhere says nothing about the code.
settings.register_profile("aegui", deadline=None)
settings.load_profile("aegui")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEGUI_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _no_leaks() -> Iterator[None]:
    threads = set(threading.enumerate())
    app = QApplication.instance()
    widgets = set(app.topLevelWidgets()) if isinstance(app, QApplication) else set()
    yield
    # A QThread that called into Python leaves a _DummyThread behind on Python 3.11.
    left = [
        thread
        for thread in set(threading.enumerate()) - threads
        if not thread.daemon and "Dummy" not in type(thread).__name__
    ]
    assert not left, f"threads left running: {left}"
    app = QApplication.instance()
    if isinstance(app, QApplication):
        assert not app.findChildren(QThread), "a QThread is left on the application"
        shown = [w for w in set(app.topLevelWidgets()) - widgets if w.isVisible()]
        assert not shown, f"widgets left on the screen: {shown}"


@dataclass(frozen=True)
class FakeModel:
    """A model that halves every value: its reconstructions and errors can be told in the head."""

    weights: tuple[FloatArray, ...] = ()

    def encode(self, rows: FloatArray) -> FloatArray:
        return rows[:, :2].copy()

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        return rows * np.float32(0.5)


@pytest.fixture
def fake_model() -> FakeModel:
    return FakeModel()


@pytest.fixture
def digits() -> Dataset:
    """Forty made-up digits of ten classes: a bright block whose place and size tell its class."""
    rng = np.random.default_rng(0)
    labels = np.arange(40, dtype=np.uint8) % 10
    images = np.zeros((40, 28, 28), dtype=np.float32)
    for image, label in zip(images, labels, strict=True):
        image[4 : 10 + label, 8 : 12 + label] = rng.uniform(0.5, 1.0)
    rows = images.reshape(40, 784)
    return Dataset(
        train=rows.copy(),
        test=rows,
        train_labels=labels.copy(),
        test_labels=labels,
        value_range=(0.0, 1.0),
        scaling="made up",
        noun="digit",
        image_shape=(28, 28),
    )


@pytest.fixture
def curves() -> Dataset:
    """Sixty rows of 32 numbers, without labels."""
    rng = np.random.default_rng(1)
    rows = rng.random((60, 32), dtype=np.float32)
    return Dataset(
        train=rows[:40].copy(),
        test=rows[40:].copy(),
        value_range=(0.0, 1.0),
        scaling="uniform in [0, 1)",
        noun="row",
    )
