"""Runs as .aegui files: there and back, and what strangers may put into one."""

import errno
import io
import shutil
import stat
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aegui.__main__ import main
from aegui.control import TrainingControl
from aegui.runs import RunError, note_run, pack_run, read_run, unpack_run
from aegui.runs.listings import ListingError, read_listing, require_plain_arrays
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, NoiseSpec, TrainingSpec
from aegui.workflow import WorkflowObserver, run_experiment

EXPERIMENT = ExperimentSpec(
    dataset=NoiseSpec(rows=200, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=2, batch_size=64),
)
_QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("trained")
    folder = run_experiment(EXPERIMENT, TrainingControl(), WorkflowObserver(), root).folder
    assert folder is not None
    note_run(folder, "Mind the gap.")
    return folder


@pytest.fixture(scope="module")
def packed(trained: Path) -> Path:
    path = trained.parent.parent / "mine.aegui"
    pack_run(trained, path)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


def _files(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _inside(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, contents in files.items():
            # As an object the name stays as it is, whatever is wrong with it.
            archive.writestr(zipfile.ZipInfo(name), contents, zipfile.ZIP_DEFLATED)
    return path


def _require_refused(path: Path, root: Path, words: str = "") -> None:
    before = set(path.parent.parent.rglob("*"))
    with pytest.raises(RunError) as refused:
        unpack_run(path, root)
    sentence = str(refused.value)
    assert str(path) in sentence
    assert words in sentence
    assert "\n" not in sentence
    assert ".new-" not in sentence
    assert set(path.parent.parent.rglob("*")) - before <= {root}
    assert not root.exists() or not list(root.iterdir())


def test_a_run_comes_back_as_it_was(trained: Path, packed: Path, root: Path) -> None:
    folder = unpack_run(packed, root)
    # Keras' own copy alone stays: it could carry code.
    assert _files(folder) == {n: c for n, c in _files(trained).items() if n != "model.keras"}
    assert read_run(folder).training is not None
    assert [path.name for path in root.iterdir()] == [folder.name]
    note_run(folder, "Another note.")
    assert unpack_run(packed, root) == folder
    assert len(list(root.iterdir())) == 1


def test_without_what_is_bulky_the_weights_stay(trained: Path, packed: Path, root: Path) -> None:
    small = root.parent / "small.aegui"
    pack_run(trained, small, is_whole=False)
    assert small.stat().st_size < packed.stat().st_size
    folder = unpack_run(small, root)
    run, before = read_run(folder), read_run(trained)
    assert (run.training, run.frames, run.warning) == (None, (), "")
    assert run.card.about.note == "Mind the gap."
    for weight, other in zip(run.weights, before.weights, strict=True):
        np.testing.assert_array_equal(weight, other)
    # The whole of it is more than what is there.
    assert unpack_run(packed, root) != folder
    again = root.parent / "again.aegui"
    pack_run(folder, again)
    assert set(_inside(again)) == set(_inside(small))


def test_what_cannot_be_packed_is_told(trained: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"x\.aegui cannot be written \(No such file"):
        pack_run(trained, tmp_path / "no" / "x.aegui")
    unfinished = tmp_path / "unfinished"
    shutil.copytree(trained, unfinished)
    (unfinished / "result.json").unlink()
    with pytest.raises(RunError, match="did not come to its end"):
        pack_run(unfinished, tmp_path / "x.aegui")
    assert not (tmp_path / "x.aegui").exists()


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/evil", "a/run.json", "C:\\evil", "run.json/", "evil.py", "..", "x" * 300],
)
def test_no_name_leaves_the_folder(packed: Path, tmp_path: Path, root: Path, name: str) -> None:
    bad = _write(tmp_path / "bad.aegui", _inside(packed) | {name: b""})
    _require_refused(bad, root, "is no file of a run")


def test_a_link_is_refused(packed: Path, tmp_path: Path, root: Path) -> None:
    bad = tmp_path / "bad.aegui"
    with zipfile.ZipFile(bad, "w") as archive:
        for name, contents in _inside(packed).items():
            info = zipfile.ZipInfo(name)
            if name == "errors.npy":
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, contents)
    _require_refused(bad, root, "no plain file but a link")


def _bomb(path: Path) -> None:
    _write(path, {"frames.npz": bytes(50 * 2**20)})


def _bomb_in_arrays(path: Path) -> None:
    arrays = io.BytesIO()
    np.savez_compressed(arrays, position=np.zeros(2**20))
    _write(path, _inside(path) | {"frames.npz": arrays.getvalue()})


def _pickle(path: Path) -> None:
    file = io.BytesIO()
    np.save(file, np.array([print]), allow_pickle=True)
    _write(path, _inside(path) | {"errors.npy": file.getvalue()})


def _too_many(path: Path) -> None:
    _write(path, {f"{number}": b"" for number in range(2000)})


def _encrypted(path: Path) -> None:
    contents = bytearray(path.read_bytes())
    contents[contents.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(contents)


def _larger_kind(path: Path) -> None:
    contents = path.read_bytes()
    path.write_bytes(contents[:-22] + b"PK\x06\x07" + bytes(16) + contents[-22:])


def _strange_weights(path: Path) -> None:
    shapes = EXPERIMENT.stages.weight_shapes
    file = io.BytesIO()
    np.savez(file, **{f"weight_{n:03}": np.full(s, "x") for n, s in enumerate(shapes)})
    _write(path, _inside(path) | {"weights.npz": file.getvalue()})


def _strange_pictures(path: Path) -> None:
    arrays = dict(np.load(io.BytesIO(_inside(path)["frames.npz"])))
    arrays["counts"] = arrays["counts"][:, :-1]
    file = io.BytesIO()
    np.savez(file, **arrays)
    _write(path, _inside(path) | {"frames.npz": file.getvalue()})


def _strange_history(path: Path) -> None:
    text = _inside(path)["history.csv"].decode()
    head, *lines = text.splitlines(keepends=True)
    place = head.split(",").index("fraction")
    cells = lines[-1].split(",")
    cells[place] = "nan"
    changed = "".join([head, *lines[:-1], ",".join(cells)])
    _write(path, _inside(path) | {"history.csv": changed.encode()})


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_bomb, "far more than a run of its size"),
        (_bomb_in_arrays, "frames.npz is damaged: its arrays are compressed"),
        (_pickle, "errors.npy is damaged"),
        (_too_many, "holds 2000 files where there can be 14 at most"),
        (_encrypted, "is encrypted"),
        (_larger_kind, "for more than 4 GB"),
        (_strange_weights, "does not hold the weights of 6–2–6"),
        (_strange_pictures, "a histogram whose edges do not rise"),
        (_strange_history, "nan is no share of an epoch"),
        (lambda p: p.write_bytes(b""), "no zip archive"),
        (lambda p: p.write_bytes(b"PK\x05\x06" + bytes(18)), "experiment.json is missing"),
        (lambda p: p.unlink(), "cannot be read (No such file"),
        (lambda p: _write(p, _inside(p) | {"about.json": b'{"colour": 99}'}), "about.json is not"),
        (lambda p: _write(p, _inside(p) | {"baselines.json": b"{}"}), "baselines.json is damaged"),
        (lambda p: _write(p, {"run.json": b"{}"}), "experiment.json is missing"),
    ],
)
def test_what_is_not_a_run_is_refused(
    packed: Path, tmp_path: Path, root: Path, damage: Callable[[Path], object], words: str
) -> None:
    bad = tmp_path / "bad.aegui"
    shutil.copy(packed, bad)
    damage(bad)
    _require_refused(bad, root, words)


def test_a_full_disk_leaves_nothing_behind(
    packed: Path, trained: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(
        RunError, match=r"cannot be written \(No space left on device\)\. Free some"
    ):
        unpack_run(packed, root)
    assert not list(root.iterdir())
    old = root / "old.aegui"
    old.write_bytes(b"old")
    with pytest.raises(RunError, match=r"old\.aegui cannot be written"):
        pack_run(trained, old)
    assert [path.read_bytes() for path in root.iterdir()] == [b"old"]


def test_the_program_takes_a_file_in_place_of_a_command(
    packed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr("aegui.app.run", opened.append)
    monkeypatch.setattr(sys, "argv", ["aegui", str(packed)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert opened == [["aegui", str(packed)]]
    monkeypatch.setattr(sys, "argv", ["aegui", "gone.AEGUI"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "aegui: gone.AEGUI is not there\n"


def test_bytes_that_several_arrays_share_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "shared.npz"
    np.savez(path, a=np.zeros(2000), b=np.zeros(2000))
    contents = bytearray(path.read_bytes())
    # The second array's entry says that it has all that the file has.
    entry = contents.rindex(b"PK\x01\x02")
    struct.pack_into("<2L", contents, entry + 20, *[len(contents)] * 2)
    path.write_bytes(contents)
    assert len(read_listing(path, 2)) == 2
    with pytest.raises(ListingError, match="larger than the file"):
        require_plain_arrays(path)


@_QUICK
@given(place=st.floats(0, 1), noise=st.binary(min_size=1, max_size=40), cut=st.booleans())
def test_no_damage_breaks_the_reader(
    packed: Path, tmp_path: Path, place: float, noise: bytes, cut: bool
) -> None:
    contents = packed.read_bytes()
    start = int(place * len(contents))
    rest = b"" if cut else contents[start + len(noise) :]
    _unpack_or_refuse(tmp_path, contents[:start] + noise + rest)


@_QUICK
@given(
    files=st.dictionaries(
        st.one_of(
            st.sampled_from(["run.json", "errors.npy", "state.npz"]),
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9),
        ),
        st.binary(max_size=30),
    ),
    stays=st.booleans(),
)
def test_no_contents_break_the_reader(
    packed: Path, tmp_path: Path, files: Files, stays: bool
) -> None:
    path = tmp_path / "made.aegui"
    _write(path, (_inside(packed) if stays else {}) | files)
    _unpack_or_refuse(tmp_path, path.read_bytes())


def _unpack_or_refuse(folder: Path, contents: bytes) -> None:
    path, root = folder / "bad.aegui", folder / "runs"
    path.write_bytes(contents)
    try:
        read_run(unpack_run(path, root))
    except RunError as error:
        assert str(path) in str(error)  # noqa: PT017
    assert {p.name for p in folder.iterdir()} <= {"bad.aegui", "made.aegui", "runs", "home"}
    assert not [p for p in root.glob("*") if p.name.startswith(".")]
    shutil.rmtree(root, ignore_errors=True)
