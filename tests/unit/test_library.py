"""The library: what people say about runs, deleting with a way back, folders that are bad."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aegui.control import TrainingControl
from aegui.runs import (
    About,
    Deleted,
    Interrupted,
    Library,
    Listing,
    RunCard,
    RunError,
    colour_run,
    delete_runs,
    empty_trash,
    note_run,
    read_about,
    read_card,
    read_interrupted,
    read_run,
    rename_run,
    restore_runs,
    set_threshold,
)
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, NoiseSpec, TrainingSpec
from aegui.workflow import WorkflowObserver, run_experiment

EXPERIMENT = ExperimentSpec(
    dataset=NoiseSpec(rows=200, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=2, batch_size=64),
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("trained")
    folder = run_experiment(EXPERIMENT, TrainingControl(), WorkflowObserver(), root).folder
    assert folder is not None
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def make(trained: Path, root: Path) -> Callable[..., Path]:
    """Return a function that puts a run into the library, with a name and a place of its own."""

    def make_run(name: str = "run", day: int = 1, place: Path = root) -> Path:
        folder = place / name
        shutil.copytree(trained, folder)
        status = json.loads((folder / "run.json").read_text())
        created = f"2026-01-{day:02}T10:00:00Z"
        (folder / "run.json").write_text(json.dumps(status | {"created": created}))
        return folder

    return make_run


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Take the right to write away, also from root, whom no permission stops."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in folder.parents:
        if path.owner() == folder.owner() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if before == 0:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_run_has_a_name_a_colour_and_a_note(make: Callable[..., Path], root: Path) -> None:
    folder = make()
    before = _files(folder)
    assert read_about(folder) == About()
    rename_run(folder, "  My\n run ")
    colour_run(folder, 3)
    note_run(folder, "Two lines,\nkept as they are.\n")
    (card,) = Library(root).list_runs().cards
    assert card.about == About(name="My run", colour=3, note="Two lines,\nkept as they are.")
    assert card.name == "My run"
    rename_run(folder, "")
    colour_run(folder, None)
    note_run(folder, " ")
    (card,) = Library(root).list_runs().cards
    assert card.about == About()
    assert card.name == "Uniform noise 6–2–6"
    after = _files(folder)
    del after["about.json"]
    assert after == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda folder: rename_run(folder, "x" * 121), "121 characters; a run's name may have at"),
        (lambda folder: note_run(folder, "x" * 10_001), "10001 characters; it may have at most"),
        (lambda folder: colour_run(folder, -1), "colour -1 is none"),
        (lambda folder: colour_run(folder, 64), "colour 64 is none"),
        (lambda folder: set_threshold(folder, -1.0), "threshold is -1; it must be at least 0"),
        (lambda folder: set_threshold(folder, float("nan")), "threshold is nan; it must be at"),
        (lambda folder: rename_run(folder.with_name("gone"), "x"), "gone is gone"),
    ],
)
def test_what_cannot_be_said_of_a_run_is_told(
    make: Callable[..., Path], change: Callable[[Path], About], words: str
) -> None:
    folder = make()
    with pytest.raises(RunError, match=words):
        change(folder)
    assert not (folder / "about.json").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cut off or not JSON"),
        ("[1]", "must hold one JSON object"),
        ('{"who": "somebody else"}', "who: is not a setting"),
        ('{"schema_version": 2, "name": "x"}', "newer aegui: its schema version is 2"),
        ('{"colour": "red"}', "colour: is"),
        ('{"threshold": -1}', "threshold: is"),
    ],
)
def test_a_bad_description_hides_no_run_and_is_not_overwritten(
    make: Callable[..., Path], root: Path, text: str, words: str
) -> None:
    folder = make()
    (folder / "about.json").write_text(text)
    (card,) = Library(root).list_runs().cards
    assert card.about == About()
    assert "about.json" in card.warning
    assert words in card.warning
    assert read_run(folder).card.summary is not None
    with pytest.raises(RunError, match=r"about\.json"):
        rename_run(folder, "Mine")
    assert (folder / "about.json").read_text() == text


def test_deleted_runs_come_back_as_they_were(make: Callable[..., Path], root: Path) -> None:
    first, second, third = (make(name, day) for day, name in enumerate("abc", start=1))
    before = _files(root)
    library = Library(root)
    deleted = delete_runs(root, [first, third])
    assert deleted.errors == ()
    assert [card.folder for card in library.list_runs().cards] == [second]
    # Nobody else's trash is emptied, and this not before the end.
    empty_trash(root, at_end=False)
    assert restore_runs(deleted) == Deleted(())
    assert not list(root.glob(".trash/*"))
    assert [card.folder for card in library.list_runs().cards] == [third, second, first]
    assert _files(root) == before


def test_the_trash_is_emptied_at_the_end_and_after_a_kill(
    make: Callable[..., Path], root: Path
) -> None:
    kept = make("kept")
    deleted = delete_runs(root, [make("gone")])
    of_others = {
        root / ".trash" / f"{os.getppid()}-1" / "0" / "run",
        root / ".trash" / f"{2**22 + 1}-1" / "0" / "run",
        root / f".new-{2**22 + 1}-1",
        root / f".new-{os.getppid()}-1",
        root / ".trash" / "notes-of mine",
    }
    for folder in of_others:
        folder.mkdir(parents=True)
    empty_trash(root, at_end=True)
    assert not deleted.moved[0][1].exists()
    left = {folder for folder in of_others if folder.exists()}
    assert left == {
        root / ".trash" / f"{os.getppid()}-1" / "0" / "run",
        root / f".new-{os.getppid()}-1",
        root / ".trash" / "notes-of mine",
    }
    assert read_card(kept).summary is not None
    assert "cannot be put back" in str(restore_runs(deleted).errors[0])


def test_a_place_that_was_taken_meanwhile_is_not_overwritten(
    make: Callable[..., Path], root: Path
) -> None:
    folders = [make("a"), make("b")]
    deleted = delete_runs(root, folders)
    make("a")
    note_run(root / "a", "another run")
    left = restore_runs(deleted)
    ((folder, place),) = left.moved
    assert folder == root / "a"
    assert f"a cannot be put back (something else has its name); the run is in {place}." in str(
        left.errors[0]
    )
    assert read_about(root / "a").note == "another run"
    assert (root / "b").is_dir()
    empty_trash(root, at_end=True)
    assert place.is_dir(), "what somebody wanted back is not deleted for good"
    (root / "a").rename(root / "c")
    assert restore_runs(left) == Deleted(())
    assert [card.folder.name for card in Library(root).list_runs().cards] == ["c", "b", "a"]


def test_what_cannot_be_deleted_stays(make: Callable[..., Path], root: Path) -> None:
    good, running = make("good"), make("running")
    (running / "result.json").unlink()
    status = json.loads((running / "run.json").read_text())
    now = {"pid": os.getppid(), "continued": "2999-01-01T00:00:00Z"}
    (running / "run.json").write_text(json.dumps(status | now))
    deleted = delete_runs(root, [root / "missing", running, good])
    assert [folder for folder, _ in deleted.moved] == [good]
    assert "missing is gone" in str(deleted.errors[0])
    assert "is being trained now; stop the run first" in str(deleted.errors[1])
    assert running.is_dir()


def test_runs_of_a_sweep_are_listed_with_its_name(make: Callable[..., Path], root: Path) -> None:
    alone = make("alone", 1)
    for day, name in ((2, "trial-1"), (3, "trial-2")):
        make(name, day, root / "over-features")
    (root / "over-features" / "sweep.json").write_text('{"schema_version": 1}')
    make("trial-1", 4, root / "named")
    (root / "named" / "sweep.json").write_text(
        '{"axes": [{"field": "depth"}, {"field": "dataset.features"}]}'
    )
    cards = Library(root).list_runs().cards
    assert [(card.folder.name, card.group) for card in cards] == [
        ("trial-1", "depth × features"),
        ("trial-2", "over-features"),
        ("trial-1", "over-features"),
        ("alone", ""),
    ]
    deleted = delete_runs(root, [cards[0].folder, cards[2].folder, alone])
    assert [card.folder for card in Library(root).list_runs().cards] == [cards[1].folder]
    restore_runs(deleted)
    assert Library(root).list_runs().cards == cards
    elsewhere = root.with_name("sweeps")
    (root / "named").rename(elsewhere)
    names = [card.folder.name for card in Library(root).list_runs().cards]
    assert names == ["trial-2", "trial-1", "alone"]
    assert Library(root, elsewhere.parent).list_runs().cards[0].folder == elsewhere / "trial-1"


def test_sizes_are_those_of_the_files(make: Callable[..., Path], root: Path) -> None:
    folder = make()
    (card,) = Library(root).list_runs().cards
    assert card.size == sum(len(contents) for contents in _files(folder).values())


def test_a_run_stays_listed_while_its_files_are_replaced(
    make: Callable[..., Path], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make()
    beside = folder / "state.npz.77.part"
    beside.write_bytes(b"half")
    look = Path.stat

    def look_late(path: Path, **options: bool) -> os.stat_result:
        if path == beside:
            path.unlink(missing_ok=True)
        return look(path, **options)

    monkeypatch.setattr(Path, "stat", look_late)
    assert [card.folder for card in Library(root).list_runs().cards] == [folder]

    def broken(path: Path, **options: bool) -> os.stat_result:
        if path.name == "errors.npy":
            raise OSError(5, "Input/output error")
        return look(path, **options)

    monkeypatch.setattr(Path, "stat", broken)
    listing = Library(root).list_runs()
    assert listing.cards == ()
    assert "run cannot be read (Input/output error)" in str(listing.errors[0])


def test_only_what_changed_is_read_again(
    make: Callable[..., Path], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 5):
        make(f"run-{day}", day)
    library = Library(root)
    first = library.list_runs()
    read: list[str] = []

    def counted(folder: Path) -> RunCard:
        read.append(folder.name)
        return read_card(folder)

    monkeypatch.setattr("aegui.runs.library.read_card", counted)
    assert library.list_runs() == first
    assert read == []
    rename_run(root / "run-2", "Mine")
    delete_runs(root, [root / "run-3"])
    names = [card.name for card in library.list_runs().cards]
    assert names == ["Uniform noise 6–2–6", "Mine", "Uniform noise 6–2–6"]
    assert read == ["run-2"]


def test_what_aegui_did_not_make_is_passed_over(make: Callable[..., Path], root: Path) -> None:
    good = make()
    (root / "pictures").mkdir()
    (root / "pictures" / "cat.png").write_bytes(b"cat")
    (root / "notes.txt").write_text("x")
    (root / ".hidden").mkdir()
    before = _files(root)
    listing = Library(root).list_runs()
    assert [card.folder for card in listing.cards] == [good]
    assert listing.errors == ()
    assert _files(root) == before
    assert Library(root / "notes.txt").list_runs() == Listing()


BAD_FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated state": (
        lambda f: (f / "state.npz").write_bytes((f / "state.npz").read_bytes()[:700]),
        r"state\.npz is damaged: it is cut off .* holds the model's weights",
    ),
    "state of another model": (
        lambda f: np.savez(f / "state.npz", weight_000=np.zeros((3, 3), np.float32)),
        r"state\.npz does not hold the weights of 6–2–6",
    ),
    "missing state": (lambda f: (f / "state.npz").unlink(), r"state\.npz is missing"),
    "missing errors": (
        lambda f: (f / "errors.npy").unlink(),
        r"errors\.npy is missing: the histogram and the gallery",
    ),
    "foreign errors": (
        lambda f: (f / "errors.npy").write_bytes(b"PK\x03\x04 no array"),
        r"errors\.npy is damaged",
    ),
    "foreign experiment": (
        lambda f: (f / "experiment.json").write_text('{"name": "left-pad", "version": "1.0"}'),
        r"experiment\.json is not what aegui writes there: name: is not a setting",
    ),
    "truncated experiment": (
        lambda f: (f / "experiment.json").write_text('{"schema_version": 1, "data'),
        r"experiment\.json is damaged: it is cut off or not JSON",
    ),
    "newer experiment": (
        lambda f: (f / "experiment.json").write_text('{"schema_version": 7}'),
        r"experiment\.json was written by a newer aegui: its schema version is 7, and this aegui",
    ),
    "newer result": (
        lambda f: (f / "result.json").write_text('{"schema_version": 2}'),
        r"result\.json was written by a newer aegui: its schema version is 2",
    ),
    "newer status": (
        lambda f: (f / "run.json").write_text('{"schema_version": 3}'),
        r"run\.json was written by a newer aegui: its schema version is 3",
    ),
    "missing experiment": (
        lambda f: (f / "experiment.json").unlink(),
        r"experiment\.json is missing",
    ),
    "missing history": (lambda f: (f / "history.csv").unlink(), r"history\.csv is missing"),
    "binary history": (
        lambda f: (f / "history.csv").write_bytes(b"\xff\xfe\n\x00\n"),
        r"history\.csv is damaged",
    ),
    "short history": (
        lambda f: (f / "history.csv").write_bytes((f / "history.csv").read_bytes()[:-30]),
        r"its history has 1 epochs, and result\.json tells of 2",
    ),
}


@pytest.mark.parametrize("kind", list(BAD_FOLDERS))
def test_a_bad_folder_gets_its_sentence_and_nothing_is_touched(
    make: Callable[..., Path], root: Path, kind: str
) -> None:
    damage, words = BAD_FOLDERS[kind]
    good, bad = make("good", 1), make("bad", 2)
    damage(bad)
    before = _files(root)
    with pytest.raises(RunError, match=words) as raised:
        read_run(bad)
    assert str(bad) in str(raised.value)
    assert "\n" not in str(raised.value)
    listing = Library(root).list_runs()
    assert good in [card.folder for card in listing.cards]
    assert read_run(good).card.summary is not None
    assert _files(root) == before


def test_a_truncated_keras_model_is_told_and_the_run_opens(make: Callable[..., Path]) -> None:
    folder = make()
    assert read_run(folder).warning == ""
    model = folder / "model.keras"
    model.write_bytes(model.read_bytes()[:1000])
    run = read_run(folder)
    assert "model.keras is damaged: it is cut off" in run.warning
    assert "opened all the same" in run.warning


def test_a_run_opens_and_goes_on_without_its_pictures(make: Callable[..., Path]) -> None:
    folder = make()
    assert read_run(folder).frames
    frames = folder / "frames.npz"
    frames.write_bytes(frames.read_bytes()[:300])
    run = read_run(folder)
    assert run.frames == ()
    assert "frames.npz is damaged: it is cut off" in run.warning
    assert "opened without them" in run.warning
    (folder / "result.json").unlink()
    card, start = read_interrupted(folder)
    assert start is not None
    assert start.frames == ()
    assert "frames.npz is damaged" in card.warning


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(["state.npz", "errors.npy", "frames.npz", "result.json", "run.json",
                          "experiment.json", "history.csv", "events.csv", "about.json"]),
    cut=st.floats(0, 1),
    noise=st.binary(max_size=8),
)  # fmt: skip
def test_no_damage_breaks_the_reader(
    trained: Path, tmp_path: Path, name: str, cut: float, noise: bytes
) -> None:
    folder = tmp_path / "damaged"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trained, folder)
    rename_run(folder, "x")
    contents = (folder / name).read_bytes()
    place = int(cut * len(contents))
    (folder / name).write_bytes(contents[:place] + noise)
    before = _files(folder)
    for read in (read_run, read_interrupted, lambda _: Library(tmp_path).list_runs()):
        try:
            read(folder)
        except RunError as error:
            assert str(folder) in str(error)  # noqa: PT017
    (folder / "result.json").unlink()
    try:
        read_interrupted(folder)
    except RunError as error:
        assert str(folder) in str(error)  # noqa: PT017
    del before["result.json"]
    assert _files(folder) == before


def test_a_read_only_library_is_read_and_the_rest_told(
    make: Callable[..., Path], root: Path
) -> None:
    folder = make()
    interrupted = make("interrupted", 2)
    (interrupted / "result.json").unlink()
    before = _files(root)
    with _read_only(root):
        listing = Library(root).list_runs()
        run = read_run(folder)
        card, start = read_interrupted(interrupted)
        deleted = delete_runs(root, [folder])
        with pytest.raises(RunError, match=r"about\.json cannot be written .* read only"):
            rename_run(folder, "Mine")
        with pytest.raises(RunError, match=r"runs cannot be written .* read only"):
            run_experiment(EXPERIMENT, TrainingControl(), WorkflowObserver(), root)
        with pytest.raises(RunError, match=r"interrupted cannot be written .* read only"):
            run_experiment(
                EXPERIMENT,
                TrainingControl(),
                WorkflowObserver(),
                Interrupted(interrupted),
                start,
            )
        empty_trash(root, at_end=True)
    assert len(listing.cards) == 2
    assert run.card.summary is not None
    assert card.epochs_kept == 2
    assert deleted.moved == ()
    assert "cannot be written" in str(deleted.errors[0])
    assert _files(root) == before


def test_a_library_that_may_not_be_read_is_told(make: Callable[..., Path], root: Path) -> None:
    bad, good = make("bad", 1), make("good", 2)
    with _read_only(root):
        os.seteuid(os.getuid())
        bad.chmod(0o000)
        if os.getuid() == 0:
            os.seteuid(65534)
        listing = Library(root).list_runs()
        os.seteuid(os.getuid())
        root.chmod(0o000)
        if os.getuid() == 0:
            os.seteuid(65534)
        with pytest.raises(RunError, match="runs cannot be read"):
            Library(root).list_runs()
    assert [card.folder for card in listing.cards] == [good]
    assert "bad cannot be read (Permission denied)" in str(listing.errors[0])


def test_two_programs_take_folders_of_their_own(root: Path) -> None:
    results = [
        run_experiment(EXPERIMENT, TrainingControl(), WorkflowObserver(), root) for _ in range(3)
    ]
    folders = {result.folder for result in results}
    assert len(folders) == 3
    assert {card.folder for card in Library(root).list_runs().cards} == folders
    assert not list(root.glob(".new-*"))
