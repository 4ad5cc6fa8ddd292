"""Pausing, stepping, stopping and continuing change no loss, bit for bit."""

import threading
import time
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from aegui.control import Progress, RunState, Speed, TrainingControl
from aegui.data import load_dataset
from aegui.engine.states import StateError
from aegui.engine.training import train
from aegui.records import ChunkEnd, EpochEnd, RunResult, TrainingObserver, TrainingState
from aegui.specs import (
    AdamSpec,
    ArchitectureSpec,
    DenseCode,
    DenseLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    GaussianCorruption,
    PlateauSpec,
    SinusoidsSpec,
    TrainingSpec,
    VariationalCode,
)

EPOCHS = 6
TRAINING = TrainingSpec(epochs=EPOCHS, batch_size=10, seed=5)
ARCHITECTURES = {
    "dense": ArchitectureSpec(code=DenseCode(width=3, activation="tanh")),
    "dropout": ArchitectureSpec(
        encoder=(DenseLayer(width=12, dropout=0.2, batch_norm=True),),
        code=DenseCode(width=3),
        corruption=GaussianCorruption(stddev=0.1),
    ),
    "variational": ArchitectureSpec(
        encoder=(DenseLayer(width=12),), code=VariationalCode(width=2, warm_up_epochs=4)
    ),
}


def _experiment(kind: str = "dense", **changes: object) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=SinusoidsSpec(rows=5000, features=16, seed=1),
        architecture=ARCHITECTURES[kind],
        training=TRAINING.model_copy(update=changes),
    )


@dataclass
class Hand(TrainingObserver):
    """An observer that does something to the run at a place in it."""

    control: TrainingControl = field(default_factory=TrainingControl)
    stop_at: float | None = None
    pause_at: float | None = None
    ends: list[EpochEnd] = field(default_factory=list)
    chunks: list[ChunkEnd] = field(default_factory=list)
    pauses: list[bool] = field(default_factory=list)
    resumed_from: list[EpochEnd] = field(default_factory=list)

    def progressed(self, progress: Progress) -> None:
        place = progress.fraction * progress.epochs
        if self.stop_at is not None and place >= self.stop_at:
            self.control.stop()
        if self.pause_at is not None and place >= self.pause_at:
            self.pause_at = None
            self.control.pause()

    def paused(self, is_paused: bool) -> None:
        self.pauses.append(is_paused)
        if is_paused:
            threading.Timer(0.05, self.control.resume).start()

    def resumed(self, end: EpochEnd) -> None:
        self.resumed_from.append(end)

    def chunk_ended(self, end: ChunkEnd) -> None:
        self.chunks.append(end)

    def epoch_ended(self, end: EpochEnd) -> None:
        self.ends.append(end)


def _train(
    experiment: ExperimentSpec, hand: Hand | None = None, state: TrainingState | None = None
) -> RunResult:
    hand = hand or Hand()
    return train(experiment, load_dataset(experiment.dataset), hand.control, hand, state)


def _losses(result: RunResult) -> list[tuple[object, ...]]:
    return [(r.epoch, r.loss, r.val_loss, r.kl, r.val_kl, r.learning_rate) for r in result.history]


def _same_weights(first: RunResult, second: RunResult) -> bool:
    assert first.model is not None
    assert second.model is not None
    pairs = zip(first.model.weights, second.model.weights, strict=True)
    return all(np.array_equal(one, other) for one, other in pairs)


@pytest.mark.parametrize("kind", list(ARCHITECTURES))
@pytest.mark.parametrize("stop_at", [1.0, 0.1])
def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(kind: str, stop_at: float) -> None:
    experiment = _experiment(kind)
    whole = _train(experiment)
    part = _train(experiment, Hand(stop_at=stop_at))
    assert part.state is RunState.STOPPED
    assert part.training is not None
    assert (part.training.step > 0) == (stop_at < 1), "chunks are short in the first epoch only"
    # Another run in between takes the same program.
    _train(_experiment(kind, seed=77, epochs=1))
    hand = Hand()
    rest = _train(experiment, hand, part.training)
    assert rest.state is RunState.FINISHED
    (resumed,) = hand.resumed_from
    assert resumed.record.position == part.history.position
    assert _losses(rest) == _losses(whole)
    assert _same_weights(rest, whole)
    assert [event.kind for event in rest.history.events] == ["continued"]


@pytest.mark.parametrize("kind", list(ARCHITECTURES))
def test_training_more_epochs_later_is_training_them_at_once(kind: str) -> None:
    short = _train(_experiment(kind, epochs=3))
    longer = _experiment(kind, epochs=EPOCHS)
    rest = _train(longer, state=short.training)
    assert _losses(rest) == _losses(_train(longer))


@pytest.mark.parametrize(
    "changes",
    [{"batch_size": 100}, {"batch_size": 9}, {"seed": 6}],
    ids=["fewer steps than were done", "more steps", "another order"],
)
def test_an_epoch_whose_rows_come_otherwise_begins_anew(changes: dict[str, int]) -> None:
    part = _train(_experiment(), Hand(stop_at=0.1)).training
    assert part is not None
    assert part.step > 45
    other = _experiment(epochs=2, **changes)
    rest = _train(other, state=part)
    assert [record.epoch for record in rest.history] == [0, 1, 2]
    assert all(record.fraction == 1 for record in rest.history)
    (event,) = rest.history.events
    assert (event.kind, event.position) == ("continued", 0.0)
    assert "epoch 1 begins anew" in event.text
    assert _losses(rest) == _losses(_train(other, state=replace(part, step=0)))


def test_a_state_that_does_not_tell_its_epochs_plan_is_taken_at_its_word() -> None:
    part = _train(_experiment(), Hand(stop_at=0.1)).training
    assert part is not None
    arrays = {name: array for name, array in part.arrays.items() if name != "epoch_plan"}
    old = replace(part, arrays=arrays)
    assert _losses(_train(_experiment(), state=old)) == _losses(_train(_experiment()))
    rest = _train(_experiment(epochs=2, batch_size=450), state=old)
    assert "begins anew" in rest.history.events[0].text


def test_a_pause_changes_nothing() -> None:
    experiment = _experiment("variational")
    hand = Hand(pause_at=1.5)
    paused = _train(experiment, hand)
    assert hand.pauses == [True, False]
    assert _losses(paused) == _losses(_train(experiment))


def test_waiting_is_no_training() -> None:
    hand = Hand(pause_at=0.1)
    hand.control.set_speed(Speed.SLOW)

    def wait(is_paused: bool) -> None:
        if is_paused:
            time.sleep(0.2)
            hand.control.set_speed(Speed.EPOCH)
            hand.control.resume()

    hand.paused = wait  # type: ignore[method-assign]
    began = time.perf_counter()
    result = _train(_experiment(epochs=2), hand)
    elapsed = time.perf_counter() - began
    # Paused, and before that at rest after all chunks but perhaps the last.
    assert len(hand.chunks) >= 2
    waited = 0.2 + 0.25 * (len(hand.chunks) - 1)
    assert result.train_seconds <= elapsed - waited
    assert sum(record.seconds for record in result.history) <= elapsed - waited


def test_a_pause_asked_for_before_the_first_step_is_taken_there() -> None:
    hand = Hand()
    hand.control.pause()
    paused = _train(_experiment("dropout"), hand)
    assert hand.pauses == [True, False]
    assert _losses(paused) == _losses(_train(_experiment("dropout")))


def test_a_pause_is_taken_inside_a_validation_and_kept_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    experiment = _experiment("variational", epochs=2)
    monkeypatch.setattr("aegui.engine.scoring._SLICE_ROWS", 100)
    whole = _train(experiment)
    hand = Hand(pause_at=1.0)
    # An epoch that ends with its last chunk: what hears of the pause is the validation.
    taken: list[tuple[int, int]] = []
    states: list[TrainingState] = []

    def paused(is_paused: bool) -> None:
        if is_paused:
            state = hand.ends[-1].take_state()
            taken.append((state.epoch, state.step))
            states.append(state)
            hand.control.resume()

    hand.paused = paused  # type: ignore[method-assign]
    assert _losses(_train(experiment, hand)) == _losses(whole)
    assert taken == [(1, 450)]
    assert _losses(_train(experiment, state=states[0])) == _losses(whole)


def test_a_step_ends_with_its_epoch() -> None:
    hand = Hand()
    hand.control.step()
    seen: list[int] = []

    def paused(is_paused: bool) -> None:
        if is_paused:
            seen.append(len(hand.ends) - 1)
            hand.control.step()

    hand.paused = paused  # type: ignore[method-assign]
    stepped = _train(_experiment(), hand)
    assert seen == list(range(1, EPOCHS))
    assert _losses(stepped) == _losses(_train(_experiment()))


def test_stopping_a_paused_run_ends_it() -> None:
    hand = Hand(pause_at=1.5)
    hand.paused = lambda _is_paused: hand.control.stop()  # type: ignore[method-assign]
    result = _train(_experiment(), hand)
    assert result.state is RunState.STOPPED
    assert 1 < result.history.position < EPOCHS


def test_early_stopping_and_plateau_count_on_over_a_stop() -> None:
    unruly = ArchitectureSpec(
        code=DenseCode(width=3, activation="tanh"), optimizer=AdamSpec(learning_rate=0.3)
    )
    experiment = ExperimentSpec(
        dataset=SinusoidsSpec(rows=1000, features=16, seed=1),
        architecture=unruly,
        training=TrainingSpec(
            epochs=60,
            batch_size=20,
            seed=3,
            early_stopping=EarlyStoppingSpec(patience=6, min_delta=0.001),
            plateau=PlateauSpec(patience=2),
        ),
    )
    whole = _train(experiment)
    kinds = [event.kind for event in whole.history.events]
    assert "plateau" in kinds
    assert kinds[-2:] == ["early_stop", "restored"]
    assert whole.history.epochs < 60
    for stop_at in (3.0, whole.history.epochs - 2):
        part = _train(experiment, Hand(stop_at=stop_at))
        rest = _train(experiment, state=part.training)
        assert _losses(rest) == _losses(whole)
        assert _same_weights(rest, whole)


def test_early_stopping_leaves_the_best_epochs_model() -> None:
    experiment = _experiment(early_stopping=EarlyStoppingSpec(patience=1, min_delta=0.02))
    hand = Hand()
    result = _train(experiment, hand)
    stopped, restored = result.history.events[-2:]
    assert stopped.text == "No better validation loss for 1 epoch: stopped early"
    assert restored.kind == "restored"
    best = next(end for end in hand.ends if end.record.epoch == restored.position)
    assert result.model is not None
    for ours, theirs in zip(result.model.weights, best.model.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_allclose(result.row_errors, best.row_errors, rtol=1e-6)


def test_patience_begins_anew_where_somebody_goes_on_after_an_early_stop() -> None:
    # No epoch is so much better than the first: two more, and it stops.
    watched = _experiment(epochs=40, early_stopping=EarlyStoppingSpec(patience=2, min_delta=1.0))
    first = _train(watched)
    assert first.history.epochs == 3
    longer = _train(watched, state=first.training)
    assert longer.history.epochs == 5
    kinds = [event.kind for event in longer.history.events]
    assert kinds == ["early_stop", "continued", "early_stop", "restored"]


def test_nothing_is_restored_where_the_last_epoch_is_the_best() -> None:
    result = _train(_experiment(epochs=2, early_stopping=EarlyStoppingSpec(patience=5)))
    assert result.history.events == ()
    assert result.history.best is None


def test_a_learning_rate_can_be_changed_under_way_and_is_written_down() -> None:
    hand = Hand()
    hand.control.set_learning_rate(0.25)
    result = _train(_experiment(epochs=2), hand)
    assert [record.learning_rate for record in result.history][1:] == [0.25, 0.25]
    (event,) = result.history.events
    assert event.kind == "learning_rate"
    assert event.position == 0
    assert event.text == "Learning rate 0.001 → 0.25"


def test_the_learning_rate_that_a_run_has_is_no_change() -> None:
    hand = Hand()
    hand.control.set_learning_rate(0.001)
    assert _train(_experiment(epochs=1), hand).history.events == ()


@pytest.mark.parametrize("speed", [Speed.CHUNK, Speed.SLOW])
def test_chunks_are_shown_when_asked_for_and_change_nothing(speed: Speed) -> None:
    hand = Hand()
    hand.control.set_speed(speed)
    if speed is Speed.SLOW:
        # Enough of it once two chunks were seen.
        hand.chunk_ended = lambda end: (  # type: ignore[method-assign]
            hand.chunks.append(end),
            hand.control.set_speed(Speed.CHUNK) if len(hand.chunks) == 2 else None,
        )
    result = _train(_experiment("dropout"), hand)
    events = [(event.kind, event.text) for event in result.history.events]
    assert events == (
        [("speed", "Views: slow motion → every chunk")] if speed is Speed.SLOW else []
    )
    positions = [chunk.position for chunk in hand.chunks]
    assert len(positions) > 2
    assert positions == sorted(set(positions))
    assert not any(position.is_integer() for position in positions)
    assert _losses(result) == _losses(_train(_experiment("dropout")))


def test_a_state_of_another_shape_is_refused() -> None:
    part = _train(_experiment(epochs=1))
    other = _experiment(epochs=2).model_copy(
        update={"architecture": ArchitectureSpec(code=DenseCode(width=5))}
    )
    with pytest.raises(StateError, match="weight_000"):
        _train(other, state=part.training)


def test_a_variational_models_loss_is_its_parts() -> None:
    result = _train(_experiment("variational"))
    beta = VariationalCode(width=2, warm_up_epochs=4)
    for record in result.history.records[1:]:
        assert record.kl is not None
        assert record.val_kl is not None
        assert record.reconstruction is not None
        assert record.val_reconstruction is not None
        weight = beta.beta_in(record.epoch) / 16
        assert record.loss == pytest.approx(record.reconstruction + weight * record.kl, rel=1e-5)
        assert record.val_loss == pytest.approx(
            record.val_reconstruction + weight * record.val_kl, rel=1e-5
        )
    assert result.history.records[1].val_kl != result.history.records[-1].val_kl


class Draughtsman(TrainingObserver):
    """Draws while the training goes on: says so after every chunk, until a time is over."""

    def __init__(self, control: TrainingControl, seconds: float) -> None:
        self._control = control
        self._until = time.monotonic() + seconds
        self.chunks_while_drawing = 0

    def progressed(self, progress: Progress) -> None:
        if progress.epoch and time.monotonic() < self._until:
            self.chunks_while_drawing += 1
            self._control.give_way()


def test_a_training_gives_way_to_somebody_who_draws_and_changes_no_loss() -> None:
    alone = _losses(_train(_experiment()))
    control = TrainingControl()
    hand = Draughtsman(control, seconds=1.0)
    result = train(_experiment(), load_dataset(_experiment().dataset), control, hand)
    assert _losses(result) == alone
    # Each chunk waited a tenth of a second for the hand.
    assert 1 <= hand.chunks_while_drawing <= 12


def test_a_pen_that_never_rests_does_not_hold_a_training_up_for_good() -> None:
    control, over = TrainingControl(), threading.Event()

    def scribble() -> None:
        while not over.wait(0.01):
            control.give_way()

    pen = threading.Thread(target=scribble)
    control.give_way()
    pen.start()
    try:
        assert control.let_pass() is True
    finally:
        over.set()
        pen.join()
    assert control.let_pass() is False


def test_stop_is_heard_while_somebody_draws() -> None:
    control = TrainingControl()
    control.give_way()
    control.stop()
    assert control.let_pass() is False


@pytest.mark.parametrize("wish", ["pause", "stop"])
def test_a_wish_ends_a_rest_of_slow_motion(wish: str) -> None:
    control = TrainingControl()
    control.set_speed(Speed.SLOW)
    resting = threading.Thread(target=control.rest, args=(60.0,))
    resting.start()
    getattr(control, wish)()
    resting.join(10)
    assert not resting.is_alive()
