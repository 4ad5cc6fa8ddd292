"""Planning, executing, keeping and comparing, with a crew that trains nothing; then the engine."""

import csv
import dataclasses
import json
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegui.analysis.baselines import compute_baselines
from aegui.cli.sweep_report import report
from aegui.control import RunState, TrainingControl
from aegui.data import load_dataset
from aegui.records import EpochRecord, ErrorFigures, History, RunSummary, Seconds, TrialOutcome
from aegui.runs import RunError, delete_runs, read_run
from aegui.specs import (
    ArchitectureSpec,
    Axis,
    DenseCode,
    ExperimentSpec,
    NoiseSpec,
    SgdSpec,
    SpecError,
    SweepSpec,
    TrainingSpec,
    TrialSpec,
    find_lesson,
)
from aegui.sweeps import (
    MEASURES,
    Crew,
    OneThread,
    SweepError,
    SweepObserver,
    SweepPlan,
    SweepProgress,
    SweepResult,
    SweepStore,
    TrialFailure,
    create_or_go_on,
    differ,
    duration_in_words,
    list_unfinished,
    list_unreadable,
    run_sweep,
)
from aegui.sweeps.cluster import Cluster
from aegui.sweeps.plan import TimeLeft
from aegui.sweeps.processes import Processes
from aegui.sweeps.results import as_csv, figures
from aegui.sweeps.trial import TrialEnd, run_trial
from aegui.ui.workers.lessons import stored_runs
from aegui.workflow import WorkflowObserver

BASE = ExperimentSpec(
    dataset=NoiseSpec(rows=300, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="sigmoid")),
    training=TrainingSpec(epochs=1, batch_size=64, seed=5),
)
SPEC = SweepSpec(base=BASE, axes=(Axis(field="dataset.features", values=(3, 6)),), seeds=2)


def outcome_of(trial: TrialSpec, error: float = 1.0) -> TrialOutcome:
    """Return a made-up outcome whose mean error is a number of one's choice."""
    shapes = trial.experiment.stages.weight_shapes
    record = EpochRecord(0, None, 0.7, error, 0.001, 0.1)
    return TrialOutcome(
        number=trial.number,
        settings=dict(trial.settings),
        seed=trial.seed,
        experiment=trial.experiment,
        summary=RunSummary(
            status=RunState.FINISHED,
            title=trial.experiment.title,
            loss=0.5,
            val_loss=0.7,
            epochs=1,
            error=ErrorFigures(mean=error, std=0.5),
            seconds=Seconds(prepare=0.0, train=0.1, total=0.25),
            peak_rss_mb=1.0,
        ),
        history=History((record, dataclasses.replace(record, epoch=1, loss=0.5))),
        row_errors=np.full(trial.experiment.dataset.test_rows, error, np.float32),
        weights=tuple(np.zeros(shape, np.float32) for shape in shapes),
        seconds=0.25,
    )


class FakeCrew(OneThread):
    """A crew that makes outcomes up; ``train`` may do anything in place of a training."""

    def __init__(self, train: Callable[[TrialSpec], TrialEnd] = outcome_of, slots: int = 1) -> None:
        super().__init__()
        self.task = train
        self._slots = slots
        self.restarts = 0
        self.closed = False

    @property
    def slots(self) -> int:
        return self._slots

    def start(self, _control: TrainingControl, _observer: WorkflowObserver) -> None:
        pass

    def restart(self) -> None:
        self.restarts += 1

    def is_lost(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)

    def close(self) -> None:
        super().close()
        self.closed = True


class News(SweepObserver):
    """Takes note of everything."""

    def __init__(self) -> None:
        self.plan: SweepPlan | None = None
        self.ended: list[int] = []
        self.failed: list[TrialFailure] = []
        self.said: list[str] = []
        self.progress: list[SweepProgress] = []

    def planned(self, plan: SweepPlan) -> None:
        self.plan = plan

    def progressed(self, progress: SweepProgress) -> None:
        self.progress.append(progress)

    def trial_ended(self, outcome: TrialOutcome) -> None:
        self.ended.append(outcome.number)

    def trial_failed(self, failure: TrialFailure) -> None:
        self.failed.append(failure)

    def happened(self, text: str) -> None:
        self.said.append(text)


def _run(
    crew: Crew,
    news: News | None = None,
    control: TrainingControl | None = None,
    store: SweepStore | None = None,
    spec: SweepSpec = SPEC,
) -> SweepResult:
    with crew:
        return run_sweep(spec, crew, news or News(), control or TrainingControl(), store)


def test_every_trial_is_run_once_and_told() -> None:
    news = News()
    result = _run(FakeCrew(slots=3), news)
    assert [outcome.number for outcome in result.outcomes] == [1, 2, 3, 4]
    assert sorted(news.ended) == [1, 2, 3, 4]
    assert [outcome.seed for outcome in result.outcomes] == [5, 6, 5, 6]
    assert not result.stopped
    assert news.plan is not None
    assert news.plan.words.startswith("4 trials · about ")
    assert news.progress[0].words.startswith("Trial 1 of 4 · ")


def test_a_stop_keeps_what_is_finished_and_the_sweep_goes_on_later(tmp_path: Path) -> None:
    control = TrainingControl()
    store = SweepStore.create(tmp_path, SPEC)

    def train(trial: TrialSpec) -> TrialEnd:
        if trial.number == 3:
            control.stop()
            return None
        return outcome_of(trial)

    result = _run(FakeCrew(train), control=control, store=store)
    assert result.stopped
    assert [outcome.number for outcome in result.outcomes] == [1, 2]
    assert [(left.done, left.trials) for left in list_unfinished(tmp_path)] == [(2, 4)]

    news = News()
    again = create_or_go_on(tmp_path, SPEC)
    assert again.folder == store.folder
    result = _run(FakeCrew(), news, store=again)
    assert sorted(news.ended) == [3, 4], "a finished trial was repeated"
    assert [outcome.number for outcome in result.outcomes] == [1, 2, 3, 4]
    assert news.plan is not None
    assert news.plan.words.startswith("2 of 4 trials left")
    assert list_unfinished(tmp_path) == []
    assert create_or_go_on(tmp_path, SPEC).folder != store.folder


def test_another_sweep_does_not_go_on_in_the_folder_of_this_one(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    other = SPEC.model_copy(update={"seeds": 1})
    assert create_or_go_on(tmp_path, other).folder != store.folder


def test_a_failed_trial_is_told_and_the_others_are_run(tmp_path: Path) -> None:
    def train(trial: TrialSpec) -> TrialEnd:
        if trial.number == 1:
            return TrialFailure(trial, "no memory")
        if trial.number == 2:
            raise RuntimeError("the engine broke\nwith many lines")
        return outcome_of(trial)

    news = News()
    result = _run(FakeCrew(train), news, store=SweepStore.create(tmp_path, SPEC))
    assert [outcome.number for outcome in result.outcomes] == [3, 4]
    messages = [failure.message for failure in result.failures]
    assert messages == ["no memory", "RuntimeError: the engine broke"]
    assert news.failed == list(result.failures)
    assert not result.stopped


@pytest.mark.parametrize("times", [1, 2])
def test_lost_workers_are_replaced_and_only_lost_trials_repeated(times: int) -> None:
    lost: list[int] = []
    run: list[int] = []

    def train(trial: TrialSpec) -> TrialEnd:
        if trial.number == 3 and len(lost) < times:
            lost.append(trial.number)
            raise BrokenExecutor("killed")
        run.append(trial.number)
        return outcome_of(trial)

    crew, news = FakeCrew(train), News()
    result = _run(crew, news)
    assert crew.restarts == times
    assert run == [1, 2, 3, 4]
    assert len(result.outcomes) == 4
    assert news.said == ["A worker was lost; its trials are run again."] * times


def test_what_ended_beside_a_worker_that_was_lost_is_not_repeated() -> None:
    gate = threading.Barrier(2)
    run: list[int] = []

    def train(trial: TrialSpec) -> TrialEnd:
        run.append(trial.number)
        if trial.number <= 2 and len(run) <= 2:
            # Both end at the same moment: one well, one with its worker.
            gate.wait(10)
            if trial.number == 2:
                raise BrokenExecutor("killed")
        return outcome_of(trial)

    crew = FakeCrew(train, slots=2)
    crew.executor = ThreadPoolExecutor(max_workers=2)
    result = _run(crew)
    assert crew.restarts == 1
    assert sorted(run) == [1, 2, 2, 3, 4]
    assert len(result.outcomes) == 4


def test_a_sweep_that_left_nothing_leaves_no_folder(tmp_path: Path) -> None:
    control = TrainingControl()
    control.stop()
    result = _run(FakeCrew(), control=control, store=SweepStore.create(tmp_path, SPEC))
    assert result.stopped
    assert list(tmp_path.iterdir()) == []


def test_workers_that_are_lost_a_third_time_end_the_sweep_with_what_is_kept(tmp_path: Path) -> None:
    def train(trial: TrialSpec) -> TrialEnd:
        if trial.number == 2:
            raise BrokenExecutor("killed")
        return outcome_of(trial)

    store = SweepStore.create(tmp_path, SPEC)
    with pytest.raises(SweepError, match=r"lost 3 times.*1 of 4 trials are kept in .*sweep-noise"):
        _run(FakeCrew(train), store=store)
    assert store.done == 1
    assert not store.is_claimed
    assert [left.done for left in list_unfinished(tmp_path)] == [1]


def test_workers_that_cannot_be_replaced_end_the_sweep_with_what_is_kept(tmp_path: Path) -> None:
    class Gone(FakeCrew):
        def restart(self) -> None:
            raise SweepError("The scheduler cannot be reached.")

    def train(trial: TrialSpec) -> TrialEnd:
        if trial.number == 2:
            raise BrokenExecutor("killed")
        return outcome_of(trial)

    with pytest.raises(SweepError, match=r"cannot be reached. 1 of 4 trials are kept in"):
        _run(Gone(train), store=SweepStore.create(tmp_path, SPEC))


class Failing(ThreadPoolExecutor):
    """Takes two trials, and for the third says what went wrong once both have ended."""

    def __init__(self, error: Exception) -> None:
        super().__init__(max_workers=2)
        self._error = error
        self._futures: list[Future[Any]] = []

    def submit(self, *arguments: Any, **options: Any) -> Future[Any]:
        if len(self._futures) == 2:
            wait(self._futures)
            raise self._error
        self._futures.append(super().submit(*arguments, **options))
        return self._futures[-1]


@pytest.mark.parametrize("elsewhere", [True, False])
@pytest.mark.parametrize("slots", [1, 2])
@pytest.mark.parametrize(
    "error", [OSError(12, "Cannot allocate memory"), RuntimeError("the client is closed")]
)
def test_what_has_ended_is_kept_when_no_more_can_be_handed_out(
    tmp_path: Path, error: Exception, slots: int, elsewhere: bool
) -> None:
    crew, news = FakeCrew(slots=slots), News()
    crew.executor, crew.works_elsewhere = Failing(error), elsewhere
    store = SweepStore.create(tmp_path, SPEC)
    with pytest.raises(SweepError, match=r"handed out any more .*2 of 4 trials are kept in"):
        _run(crew, news, store=store)
    assert sorted(news.ended) == [1, 2]
    assert store.done == 2
    assert len((store.folder / "trials.csv").read_text().splitlines()) == 3


class LostClient:
    """A cluster's client whose scheduler has gone."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.closed = False

    def nthreads(self) -> None:
        raise self._error

    def submit(self, *_arguments: object, **_options: object) -> None:
        raise self._error

    def wait_for_workers(self, *_arguments: object, **_options: object) -> None:
        raise self._error

    def get_executor(self, **_options: object) -> "LostClient":
        return self

    def close(self) -> None:
        self.closed = True


def test_a_scheduler_that_is_lost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed
    from distributed.client import ClosedClientError
    from distributed.comm.core import CommClosedError

    for error in (CommClosedError("closed"), ClosedClientError("submit")):
        crew = Cluster("tcp://127.0.0.1:1")
        crew._client = crew.executor = LostClient(error)  # type: ignore[assignment]
        with pytest.raises(SweepError, match=r"scheduler at tcp://127.0.0.1:1 was lost"):
            assert crew.slots
        with pytest.raises(SweepError, match=r"scheduler at tcp://127.0.0.1:1 was lost"):
            crew.submit(SPEC.trials()[0])
    client = LostClient(CommClosedError("closed"))
    monkeypatch.setattr(distributed, "Client", lambda *_arguments, **_options: client)
    with pytest.raises(SweepError, match=r"was lost \(closed\)"):
        Cluster("127.0.0.1:1").start(TrainingControl(), WorkflowObserver())
    assert client.closed


def test_processes_that_cannot_be_had_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(**_options: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("aegui.sweeps.processes.multiprocessing.Pipe", none_left)
    with pytest.raises(SweepError, match=r"No worker process can be had .*Too many open files"):
        Processes(2)


@pytest.mark.parametrize("address", ["tls://127.0.0.1:8786", "wss://x:1", "http://x:1", "x"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(SpecError, match=r"must be an address such as tcp://127\.0\.0\.1:8786"):
        Cluster(address)


def test_a_full_disk_does_not_end_a_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    store = SweepStore.create(tmp_path, SPEC)
    monkeypatch.setattr("aegui.runs.archives.np.savez", full)
    result = _run(FakeCrew(), store=store)
    assert len(result.outcomes) == 4
    assert all(outcome.folder is None for outcome in result.outcomes)
    assert result.not_kept is not None
    assert "No space left on device" in result.not_kept
    assert store.done == 0
    assert not list(store.folder.glob("trial-*"))


def test_a_kept_trial_is_an_ordinary_run(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    result = _run(FakeCrew(), store=store)
    folders = [outcome.folder for outcome in result.outcomes]
    assert [folder.name for folder in folders if folder] == [f"trial-00{n}" for n in (1, 2, 3, 4)]
    for outcome, folder in zip(result.outcomes, folders, strict=True):
        assert folder is not None
        run = read_run(folder)
        assert run.card.experiment == outcome.experiment
        assert run.card.history == outcome.history
        assert (folder / "model.keras").exists()
    assert not list(store.folder.glob(".part*"))
    assert (store.folder / "trials.csv").read_text() == as_csv(result)
    assert not store.is_claimed


def test_a_damaged_trial_is_set_aside_and_repeated(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    _run(FakeCrew(), store=store)
    (store.folder / "trial-002" / "errors.npy").write_bytes(b"nonsense")
    (store.folder / "trial-001" / "experiment.json").write_text(BASE.model_dump_json())
    news = News()
    result = _run(FakeCrew(), news, store=SweepStore.open(store.folder))
    assert sorted(news.ended) == [1, 2]
    assert len(result.outcomes) == 4
    assert len(news.said) == 2
    assert all("moved aside" in sentence for sentence in news.said)
    assert (store.folder / "damaged-trial-002" / "errors.npy").exists()


def test_a_complete_sweep_stays_so_when_a_trial_is_deleted(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    _run(FakeCrew(), store=store)
    deleted = delete_runs(tmp_path, [store.folder / "trial-002"])
    assert deleted.errors == ()
    assert list_unfinished(tmp_path) == []
    assert create_or_go_on(tmp_path, SPEC).folder != store.folder


def test_two_programs_do_not_work_at_one_sweep(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    (store.folder / "trial-001").mkdir()
    assert list_unfinished(tmp_path) == [], "nobody goes on with it between its making and its run"
    other = SweepStore.open(store.folder)
    with pytest.raises(RunError, match="Another aegui is working at the sweep"):
        _run(FakeCrew(), store=other)
    other.release()
    assert store.is_claimed, "only who has claimed a sweep lets go of it"
    store.release()
    assert len(list_unfinished(tmp_path)) == 1
    (store.folder / "claim").touch()
    with pytest.raises(RunError, match="just being continued by another aegui"):
        other.claim()
    (store.folder / "claim").unlink()
    store.give_up()
    assert list_unfinished(tmp_path) == []


def test_a_sweep_of_another_process_is_left_alone_while_that_lives(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    (store.folder / "trial-001").mkdir()
    store.release()
    now = datetime.now(UTC).isoformat()
    owner = {"schema_version": 1, "status": "running", "created": now}
    for pid, is_claimed in ((os.getppid(), True), (2**22 + 1, False)):
        (store.folder / "owner.json").write_text(json.dumps(owner | {"pid": pid}))
        assert store.is_claimed == is_claimed
    # What is half written is the dead one's, and its claim goes over to this process.
    (store.folder / ".part-4194305").mkdir()
    (store.folder / "trial-001").rmdir()
    assert len(_run(FakeCrew(), store=store).outcomes) == 4
    assert not list(store.folder.glob(".part*"))
    assert not (store.folder / "owner.json").exists()


def test_a_sweep_whose_program_is_gone_can_go_on(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    for text in (json.dumps({"pid": 2**22 + 1, "started": 1.0}), "{"):
        (store.folder / "owner.json").write_text(text)
        assert not store.is_claimed
    assert len(_run(FakeCrew(), store=store).outcomes) == 4


def test_reading_a_sweep_moves_nothing_and_counts_its_own_trials(tmp_path: Path) -> None:
    store = SweepStore.create(tmp_path, SPEC)
    _run(FakeCrew(), store=store)
    (store.folder / "trial-002" / "errors.npy").write_bytes(b"nonsense")
    (store.folder / "trial-003").rename(store.folder / "trial-099")
    before = sorted(store.folder.rglob("*"))
    found, problems = store.read(SPEC.trials())
    assert [outcome.number for outcome in found] == [1, 4]
    assert list(problems) == [store.folder / "trial-002"]
    assert store.done == 3
    lesson = dataclasses.replace(find_lesson("noise-features"), sweep=SPEC, extras=())
    runs, told = stored_runs(lesson, tmp_path)
    assert [outcome.number for outcome in runs] == [1, 4]
    assert len(told) == 1
    assert "errors.npy is damaged" in told[0]
    assert sorted(store.folder.rglob("*")) == before


@pytest.mark.parametrize("text", ["{", "[]", '{"schema_version": 2}', '{"base": {}, "axes": []}'])
def test_a_folder_without_a_sweep_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "sweep.json").write_text(text)
    with pytest.raises(RunError, match=r"The sweep in .*it cannot be read"):
        SweepStore.open(tmp_path / "it")
    assert list_unfinished(tmp_path) == []
    (why,) = list_unreadable(tmp_path)
    assert why.startswith(f"The sweep in {tmp_path / 'it'} cannot be read.")
    assert ("written by a newer aegui" in why) == ("2" in text)
    with pytest.raises(RunError, match="cannot be read"):
        SweepStore.open(tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(RunError, match=r"file.below cannot be written"):
        create_or_go_on(blocked / "below", SPEC)


def test_a_sweep_that_cannot_be_planned_trains_nothing() -> None:
    impossible = SPEC.model_copy(update={"axes": (Axis(field="dataset.rows", values=(300, 20)),)})
    crew = FakeCrew(lambda _trial: pytest.fail("it trained"))
    with pytest.raises(SpecError, match=r"dataset.rows = 20: training.batch_size: a batch of 64"):
        _run(crew, spec=impossible)
    assert crew.closed


def test_points_have_mean_and_spread_over_the_seeds() -> None:
    errors = {1: 1.0, 2: 3.0, 3: 5.0, 4: 5.0}
    result = _run(FakeCrew(lambda trial: outcome_of(trial, errors[trial.number])))
    points = result.points(MEASURES[1])
    assert [point.settings for point in points] == [{"dataset.features": n} for n in (3, 6)]
    assert [(point.mean, point.sd) for point in points] == [(2.0, pytest.approx(2**0.5)), (5.0, 0)]
    assert points[0].values == (1.0, 3.0)
    per_feature = result.points(MEASURES[0])
    assert [point.mean for point in per_feature] == [pytest.approx(2 / 3), pytest.approx(5 / 6)]


def test_a_training_that_failed_is_in_the_table_but_not_in_the_means() -> None:
    def train(trial: TrialSpec) -> TrialEnd:
        outcome = outcome_of(trial, float(trial.number))
        status = RunState.FAILED if trial.number == 2 else RunState.FINISHED
        summary = outcome.summary.model_copy(update={"status": status})
        return dataclasses.replace(outcome, summary=summary)

    result = _run(FakeCrew(train))
    assert [point.values for point in result.points(MEASURES[1])] == [(1.0,), (3.0, 4.0)]
    lines = as_csv(result).splitlines()
    assert lines[0].startswith("dataset.features,seed,error_per_feature,error_mean,")
    assert len(lines) == 5
    assert ",failed," in lines[2]


def test_what_errors_are_measured_against_is_in_every_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = _run(FakeCrew(), store=SweepStore.create(tmp_path, SPEC))
    baselines = [outcome.baselines for outcome in result.outcomes]
    expected = compute_baselines(
        result.outcomes[0].experiment, load_dataset(result.outcomes[0].experiment.dataset)
    )
    assert baselines[0] == baselines[1] == expected
    assert expected.pca is not None
    again, _ = SweepStore.open(result.folder or tmp_path).read(SPEC.trials())
    assert [outcome.baselines for outcome in again] == baselines
    first = next(csv.DictReader(as_csv(result).splitlines()))
    assert float(first["mean_answer_error"]) == pytest.approx(expected.mean.mean)
    assert float(first["pca_error"]) == pytest.approx(expected.pca.mean)
    assert figures(result.outcomes[0])["baselines"] == expected.model_dump(
        exclude={"schema_version"}, exclude_defaults=True
    )
    assert report(result, as_json=False) == 0
    said = capsys.readouterr().out
    assert f"{expected.pca.mean:.4g}" in said
    assert said.endswith(f"kept in {result.folder}\n")


def test_a_report_says_what_was_kept_and_has_json_when_all_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = _run(FakeCrew())
    assert report(result, as_json=False) == 0
    assert "0 of them kept" in capsys.readouterr().out
    failed = _run(FakeCrew(lambda trial: TrialFailure(trial, "no memory")))
    assert report(failed, as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["trials"] == []


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        ([1.0, 1.1, 0.9], [2.0, 2.1, 1.9], True),
        ([1.0, 1.1, 0.9], [1.1, 1.2, 1.0], False),
        ([1.0, 1.0], [1.0, 1.0], False),
        ([1.0, 1.0], [1.1, 1.1], True),
        ([1.0], [9.0, 9.0], False),
    ],
)
def test_a_difference_is_one_beyond_the_spread(
    a: list[float], b: list[float], differs: bool
) -> None:
    assert differ(a, b) is differs
    assert differ(b, a) is differs


def test_a_difference_needs_values() -> None:
    with pytest.raises(ValueError, match="values of two settings"):
        differ([], [1.0])


def test_time_left_follows_the_pace_of_what_is_done() -> None:
    trials = SPEC.trials()
    clock = TimeLeft(trials)
    assert clock.total > 3
    assert clock.left(set(), 0.0) == pytest.approx(clock.total)
    assert clock.left(set(), 1e6) == 0
    slow, fast = clock.left({1, 2}, 100.0), clock.left({1, 2}, 10.0)
    assert slow == pytest.approx(10 * fast)
    assert clock.left({1, 2, 3, 4}, 100.0) == 0
    assert [duration_in_words(s) for s in (0.2, 8, 120, 6000)] == ["1 s", "8 s", "2 min", "1.7 h"]


def test_figures_have_the_shape_of_the_command_line() -> None:
    outcome = outcome_of(SPEC.trials()[0], 2.0)
    assert figures(outcome) == {
        "settings": {"dataset.features": 3},
        "seed": 5,
        "loss": 0.5,
        "val_loss": 0.7,
        "error": {"mean": 2.0, "std": 0.5},
        "baselines": None,
        "seconds": 0.25,
        "run_dir": None,
    }


def test_real_trials_share_a_program_and_travel_between_processes(tmp_path: Path) -> None:
    from aegui.engine import programs

    store = SweepStore.create(tmp_path, SPEC)
    before = len(programs._programs)
    result = _run(OneThread(), store=store)
    assert len(programs._programs) - before == 2, "one for each number of features"
    assert len({outcome.summary.val_loss for outcome in result.outcomes}) == 4
    again = run_trial(SPEC.trials()[0])
    assert isinstance(again, TrialOutcome)
    assert again.summary.val_loss == result.outcomes[0].summary.val_loss
    copy = pickle.loads(pickle.dumps(again))  # noqa: S301
    np.testing.assert_array_equal(copy.row_errors, again.row_errors)
    assert copy.history == again.history
    assert copy.summary == again.summary
    kept = SweepStore.open(store.folder).outcomes(SPEC.trials())
    for read, made in zip(kept, result.outcomes, strict=True):
        np.testing.assert_array_equal(read.row_errors, made.row_errors)
        assert read.summary == made.summary
        assert read.settings == made.settings


def test_a_real_training_that_explodes_is_an_outcome_that_failed() -> None:
    architecture = ArchitectureSpec(
        code=DenseCode(width=2, activation="linear"),
        output_activation="linear",
        loss="mean_squared_error",
        optimizer=SgdSpec(learning_rate=0.01),
    )
    training = TrainingSpec(epochs=60, batch_size=10)
    base = BASE.model_copy(update={"architecture": architecture, "training": training})
    axis = Axis(field="architecture.optimizer.learning_rate", values=(0.001, 100.0))
    result = _run(OneThread(), spec=SweepSpec(base=base, axes=(axis,)))
    assert [o.summary.status for o in result.outcomes] == [RunState.FINISHED, RunState.FAILED]
    assert [point.settings for point in result.points(MEASURES[3])] == [
        {"architecture.optimizer.learning_rate": 0.001}
    ]


def test_a_stop_ends_the_real_training_under_way() -> None:
    control = TrainingControl()
    long = BASE.model_copy(update={"training": TrainingSpec(epochs=100_000, batch_size=64)})
    spec = SweepSpec(base=long, axes=(Axis(field="dataset.features", values=(6,)),))
    timer = threading.Timer(1.5, control.stop)
    timer.start()
    result = _run(OneThread(), control=control, spec=spec)
    timer.join()
    assert result.stopped
    assert result.outcomes == ()
