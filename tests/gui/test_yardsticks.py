"""What a run is measured against, in the window: beside the run, on the plots, in reopened runs."""

from typing import Any

from aegui.runs import read_baselines
from aegui.specs import ExperimentSpec
from aegui.ui.library.library_columns import COLUMNS
from aegui.ui.main_window import MainWindow


def _marks(window: MainWindow) -> list[str]:
    return window.tabs.train_view._errors._lines.texts


def _floor(window: MainWindow) -> str:
    return window.tabs.train_view._loss._floor.text


def test_a_run_is_measured_kept_and_measured_again_when_reopened(
    window: MainWindow, hands: Any, quick: ExperimentSpec
) -> None:
    result = hands.train(window, quick)
    hands.until(lambda: bool(_marks(window)))
    folder = result.folder
    assert folder is not None
    # Where a run before had the same data, the marks are there before the file is.
    hands.until(lambda: read_baselines(folder) is not None)
    kept = read_baselines(folder)
    assert kept is not None
    assert kept.pca is not None
    assert kept.pca_width == 32
    words = [text.strip("← →") for text in _marks(window)]
    assert words == [f"training mean: {kept.mean.mean:.2f}", f"PCA of 32: {kept.pca.mean:.2f}"]
    assert "floor 0.0581" in _floor(window)
    header, lines = window.tabs.train_view._errors.table()
    assert list(header)[3:] == ["error of training mean", "error of PCA of 32"]
    assert all(list(line)[3:] == [kept.mean.mean, kept.pca.mean] for line in lines)
    cells = {column.title: column.words for column in COLUMNS}
    hands.until(lambda: window.session.shelf.cards[0].baselines == kept)
    card = window.session.shelf.cards[0]
    assert cells["Always mean"](card) == f"{kept.mean.mean / 784:.4f}"
    assert cells["PCA"](card) == f"{kept.pca.mean / 784:.4f}"

    # Another run of this kind need not wait for its end; one with another loss has no floor.
    seen: list[list[str]] = []
    window.session.controller.epoch_shown.connect(lambda *_: seen.append(_marks(window)))
    training = quick.training.model_copy(update={"seed": 5})
    hands.train(window, quick.model_copy(update={"training": training}))
    assert all(seen)
    squared = quick.architecture.model_copy(update={"loss": "mean_squared_error"})
    hands.train(window, quick.model_copy(update={"architecture": squared}))
    hands.until(lambda: bool(_marks(window)))
    assert _floor(window) == ""

    # An older run has no file yet; what is no such file stays as it is.
    path = result.folder / "baselines.json"
    for text in (None, '{"schema_version": 7}'):
        path.unlink()
        if text is not None:
            path.write_text(text)
        window.tabs.train_view.set_baselines(None)
        window.session.open_run(result.folder)
        hands.until(lambda: bool(_marks(window)))
        assert "floor 0.0581" in _floor(window)
        assert path.exists()
        if text is not None:
            assert path.read_text() == text
    assert not window.notice.isVisible()
