"""``aegui train --data FILE``: what its options become, and a run on a file from start to end."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import Result
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from aegui.cli import app, train_command
from aegui.control import RunState, TrainingControl
from aegui.data import DataError, Scale, load_dataset
from aegui.data.files import Choices, propose_file, rows_in_parts, suited_experiment
from aegui.engine.plain import trained_model
from aegui.records import Failure, RunResult, RunSummary, Seconds
from aegui.run_report import make_report
from aegui.runs import Library, RunError, StoredRun, data_of, pack_run, read_run, unpack_run
from aegui.runs.kept_rows import TEST_ROWS
from aegui.specs import ExperimentSpec, FileSpec, IdxFormat, NoiseSpec, TextFormat, find_lesson
from aegui.ui.opening import read_opened
from aegui.workflow import WorkflowObserver, run_experiment


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """Sixty flowers of three kinds; one lacks a number."""
    rng = np.random.default_rng(2)
    lines = ["length;width;height;kind;name"]
    for row in range(60):
        size = rng.normal(row % 3, 0.2, 3).round(3).tolist()
        fields = [*map(str, size), "abc"[row % 3], f"flower {row}"]
        lines.append(";".join(["" if row == 9 else fields[0], *fields[1:]]))
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(lines))
    return path


class Runs(list[ExperimentSpec]):
    """Takes experiments in place of the workflow, and says that they came to their end."""

    def run(self, experiment: ExperimentSpec, *_rest: object) -> tuple[RunResult, None]:
        self.append(experiment)
        summary = RunSummary(
            status=RunState.FINISHED,
            title=experiment.title,
            loss=0.5,
            val_loss=0.25,
            epochs=3,
            error=None,
            seconds=Seconds(prepare=1, train=2, total=3),
            peak_rss_mb=400,
        )
        return RunResult(RunState.FINISHED, summary=summary), None


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs()
    monkeypatch.setattr(train_command, "_run", runs.run)
    return runs


def _train(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, arguments)])


def _dataset(experiment: ExperimentSpec) -> FileSpec:
    assert isinstance(experiment.dataset, FileSpec)
    return experiment.dataset


def test_a_run_whose_file_went_has_failed(flowers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Failure("flowers.csv is not there.", "What was learned is kept.", "Put it back.")
    result = RunResult(RunState.STOPPED, failure=lost, folder=flowers.parent)
    monkeypatch.setattr(train_command, "_run", lambda *_: (result, None))
    answer = _train("--data", flowers, "--json")
    # 130 would say that a person called it off.
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "flowers.csv is not there." in answer.stderr
    assert f"what was learned is in {flowers.parent}" in answer.stderr


def test_a_file_alone_is_enough(flowers: Path, runs: Runs) -> None:
    result = _train("--data", flowers, "--json")
    assert result.exit_code == 0, result.output
    dataset = _dataset(runs[0])
    assert dataset.columns == ("length", "width", "height")
    assert dataset.format == TextFormat(delimiter=";")
    assert dataset.rows == 59
    assert json.loads(result.stdout.splitlines()[-1])["val_loss"] == 0.25
    assert "flowers.csv: 60 rows, 5 columns" in result.stderr
    assert "Missing values: length 1." in result.stderr
    assert "Learned: 53 rows, tested on 6; 3 columns as 3 features" in result.stderr


def test_options_are_choices(flowers: Path, runs: Runs) -> None:
    given = ("--label", "kind", "--columns", "length, height,kind", "--text", "one-hot")
    more = ("--missing", "training-median", "--scaling", "standard", "--rows", 30)
    result = _train("--data", flowers, *given, *more, "--epochs", 4, "--seed", 5)
    assert result.exit_code == 0, result.output
    (experiment,) = runs
    dataset = _dataset(experiment)
    assert dataset.columns == ("length", "height", "kind")
    assert (dataset.label, dataset.classes) == ("kind", ("a", "b", "c"))
    assert (dataset.missing, dataset.text) == ("training_median", "one_hot")
    assert (dataset.scaling, dataset.rows, dataset.features) == ("standard", 30, 5)
    assert (experiment.training.epochs, experiment.training.seed) == (4, 5)
    assert experiment.architecture.output_activation == "linear"
    assert "Standard scaling has mean 0" in result.stderr


def test_a_lessons_model_learns_the_file(flowers: Path, runs: Runs) -> None:
    assert _train("mnist", "--data", flowers, "--scaling", "standard").exit_code == 0
    wanted = find_lesson("mnist").experiment.architecture
    assert runs[0].architecture.code == wanted.code
    assert runs[0].architecture.loss == "mean_squared_error"


def test_an_array_is_chosen_and_pictures_are_brought_to_one_size(
    tmp_path: Path, runs: Runs
) -> None:
    from PIL import Image

    values = np.random.default_rng(0).random((20, 3))
    np.savez(tmp_path / "a.npz", one=values, two=values[:, :2])
    assert _train("--data", tmp_path / "a.npz", "--array", "two").exit_code == 0
    for number in range(12):
        Image.new("RGB", (4 + number, 4), (9 * number, 0, 0)).save(tmp_path / f"{number}.png")
    assert _train("--data", tmp_path, "--size", "3x4", "--colour").exit_code == 0
    arrays, pictures = map(_dataset, runs)
    assert arrays.features == 2
    assert pictures.image_shape == (3, 12)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "train: needs a lesson's name or a JSON file, or --data"),
        (("mnist", "--label", "x"), "--label: goes with --data"),
        (("--data", "none.csv"), "none.csv is not there"),
        (("--data", "FILE", "--label", "who"), "has no column 'who'"),
        (("--data", "FILE", "--columns", ","), "--columns: needs names"),
        (("--data", "FILE", "--scaling", "log"), "must be one of none, min-max, standard"),
        (("--data", "FILE", "--missing", "zero"), "one of leave-out, training-median"),
        (("--data", "FILE", "--text", "words"), "must be one of leave-out, one-hot"),
        (("--data", "FILE", "--size", "28"), "--size: is '28', but must be two numbers"),
        (("--data", "FILE", "--rows", "5"), "at least 10 are needed"),
        (("--data", "FILE", "--epochs", "0"), "training.epochs: is 0"),
    ],
)
def test_bad_input_ends_with_status_2_and_a_sentence(
    arguments: tuple[str, ...], told: str, flowers: Path, runs: Runs
) -> None:
    result = _train(*(str(flowers) if each == "FILE" else each for each in arguments))
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert result.stdout == ""
    assert not runs


def test_fewer_rows_of_an_experiments_file_are_fitted_anew(
    flowers: Path, runs: Runs, tmp_path: Path
) -> None:
    experiment, _ = suited_experiment(propose_file(flowers))
    path = tmp_path / "mine.json"
    path.write_text(experiment.model_dump_json())
    assert _train(path, "--rows", 40).exit_code == 0
    assert _dataset(runs[0]).rows == 40
    assert load_dataset(runs[0].dataset).train.shape == (36, 3)
    flowers.unlink()
    assert "flowers.csv is not there" in _train(path, "--rows", 20).stderr


@pytest.fixture
def kept(flowers: Path, tmp_path: Path) -> StoredRun:
    """A short run on the flowers, read from its folder; nobody holds their rows any more."""
    experiment, _ = suited_experiment(propose_file(flowers, Choices(label="kind")))
    raw: dict[str, Any] = experiment.model_dump()
    raw["training"]["epochs"] = 2
    experiment = ExperimentSpec.model_validate(raw)
    store = tmp_path / "runs"
    result = run_experiment(experiment, TrainingControl(), WorkflowObserver(), store)
    assert result.state is RunState.FINISHED
    load_dataset(NoiseSpec(rows=10, features=2))
    (card,) = Library(store).list_runs().cards
    assert card.name == "flowers.csv 3–6–1–6–3"
    run = read_run(card.folder)
    assert run.card.experiment == experiment
    return run


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_run_whose_file_changed_or_is_gone_shows_what_was_kept(
    kept: StoredRun, flowers: Path, damage: str
) -> None:
    whole, warning = data_of(kept)
    assert warning == ""
    load_dataset(NoiseSpec(rows=10, features=2))
    if damage == "gone":
        flowers.unlink()
    else:
        flowers.write_text(flowers.read_text() + "\n1;2;3;a;new")
    run, dataset = read_opened(kept.card.folder)
    told = "flowers.csv is not there" if damage == "gone" else "flowers.csv has changed since"
    assert told in run.warning
    assert "the test rows that were kept with the run" in run.warning
    for name in ("test", "test_labels", "test_numbers"):
        np.testing.assert_array_equal(getattr(dataset, name), getattr(whole, name))
    assert (dataset.columns, dataset.class_names) == (whole.columns, whole.class_names)
    np.testing.assert_array_equal(dataset.unscale(dataset.test), whole.unscale(whole.test))
    assert len(run.row_errors) == len(dataset.test)
    rows = kept.card.folder / TEST_ROWS
    with np.load(rows) as arrays:
        np.savez(rows, **{**arrays, "labels": np.zeros(3, np.uint8)})
    with pytest.raises(RunError, match="does not hold labels for each of its rows"):
        data_of(kept)
    rows.write_text("no archive")
    with pytest.raises(RunError, match=r"test_rows\.npz is damaged"):
        data_of(kept)
    rows.unlink()
    with pytest.raises(RunError, match=f"The run's data cannot be had: .*{told}"):
        read_opened(kept.card.folder)


def test_a_run_is_handed_on_with_its_test_rows_or_without_them(
    kept: StoredRun, flowers: Path, tmp_path: Path
) -> None:
    whole, _ = data_of(kept)
    load_dataset(NoiseSpec(rows=10, features=2))
    pack_run(kept.card.folder, tmp_path / "with.aegui")
    pack_run(kept.card.folder, tmp_path / "without.aegui", is_whole=False)
    flowers.unlink()
    there = unpack_run(tmp_path / "with.aegui", tmp_path / "theirs")
    dataset, warning = data_of(read_run(there))
    assert "flowers.csv is not there" in warning
    np.testing.assert_array_equal(dataset.test, whole.test)
    there = unpack_run(tmp_path / "without.aegui", tmp_path / "others")
    with pytest.raises(DataError, match=r"flowers\.csv is not there"):
        data_of(read_run(there))


def test_a_run_is_handed_on_with_its_own_file(
    kept: StoredRun, flowers: Path, tmp_path: Path
) -> None:
    packed, root = tmp_path / "with data.aegui", tmp_path / "theirs"
    pack_run(kept.card.folder, packed, is_whole=False, with_data=True)
    whole, contents = load_dataset(kept.card.experiment.dataset), flowers.read_bytes()
    pack_run(kept.card.folder, tmp_path / "without.aegui")
    without = unpack_run(tmp_path / "without.aegui", root)
    flowers.unlink()
    there = unpack_run(packed, root)
    assert there != without, "the one before has no data"
    assert unpack_run(packed, root) == there
    run = read_run(there)
    spec = run.card.experiment.dataset
    assert isinstance(spec, FileSpec)
    assert Path(spec.path) == there / "data" / "flowers.csv"
    assert Path(spec.path).read_bytes() == contents
    dataset, warning = data_of(run)
    assert warning == ""
    np.testing.assert_array_equal(dataset.train, whole.train)
    cards = {card.folder: card for card in Library(root).list_runs().cards}
    assert cards[there].size > len(contents) + cards[there].size // 2
    # What came so can be handed on so.
    pack_run(there, tmp_path / "again.aegui", with_data=True)
    assert unpack_run(tmp_path / "again.aegui", tmp_path / "others").is_dir()
    with pytest.raises(RunError, match=r"flowers\.csv is not there"):
        pack_run(kept.card.folder, packed, with_data=True)
    flowers.write_bytes(contents[:-2] + b"9\n")
    with pytest.raises(RunError, match=r"flowers\.csv is not the file that the run was trained"):
        pack_run(kept.card.folder, packed, with_data=True)
    spec = kept.card.experiment.dataset.model_copy(update={"format": IdxFormat(), "label": "k"})
    document = there / "experiment.json"
    raw = json.loads(document.read_text())
    raw["dataset"] |= json.loads(spec.model_dump_json())
    document.write_text(json.dumps(raw))
    with pytest.raises(RunError, match="has its classes in a second file, k, and one can be"):
        pack_run(there, packed, with_data=True)
    flowers.unlink()
    flowers.mkdir()
    with pytest.raises(RunError, match=r"flowers\.csv is a folder\. Pack it as a zip"):
        pack_run(kept.card.folder, packed, with_data=True)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/me/../..", "data_file"),
        ("C:\\me\\x.csv", "C--me-x.csv"),
        ("a/..\u202e\n.csv", "--.csv"),
        ("/home/" + "x" * 300 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_a_strangers_file_gets_a_name_that_leaves_no_folder(
    kept: StoredRun, tmp_path: Path, path: str, name: str
) -> None:
    document = kept.card.folder / "experiment.json"
    packed, root = tmp_path / "odd.aegui", tmp_path / "theirs"
    pack_run(kept.card.folder, packed, with_data=True)
    raw = json.loads(document.read_text())
    raw["dataset"]["path"] = path
    _replace(packed, "experiment.json", json.dumps(raw).encode())
    there = unpack_run(packed, root)
    assert [file.name for file in (there / "data").iterdir()] == [name]
    assert data_of(read_run(there))[1] == ""
    _replace(packed, "data_file", b"other")
    with pytest.raises(RunError, match="data_file is not the file that the run was trained on"):
        unpack_run(packed, tmp_path / "others")
    assert not any((tmp_path / "others").iterdir())


def _replace(packed: Path, name: str, contents: bytes) -> None:
    """Put other contents in place of one file of a bundle."""
    with zipfile.ZipFile(packed) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(packed, "w") as archive:
        for each, before in files.items():
            archive.writestr(each, contents if each == name else before)


def test_a_report_does_without_the_file(kept: StoredRun, flowers: Path) -> None:
    assert make_report([kept]).page.notes == ()
    # Its rows are at hand still, which says nothing of the file.
    flowers.unlink()
    report = make_report([kept])
    (note,) = report.page.notes
    assert note.startswith(f"{flowers} is not there")
    assert note.endswith("the test rows that were kept with the run.")
    both = make_report([kept, kept]).page.notes
    assert [each.startswith("flowers.csv 3–6–1–6–3") for each in both] == [True, True]
    assert "flowers.csv" in report.page.summary
    assert [figure.file_name for figure in report.figures] == ["losses", "errors", "rows"]


def test_a_strangers_test_rows_are_looked_at_before_the_library_has_them(
    kept: StoredRun, tmp_path: Path
) -> None:
    rows = kept.card.folder / TEST_ROWS
    with np.load(rows) as arrays:
        np.savez(rows, **{**arrays, "test": np.full_like(arrays["test"], np.nan)})
    pack_run(kept.card.folder, tmp_path / "odd.aegui")
    with pytest.raises(RunError, match="not finite"):
        unpack_run(tmp_path / "odd.aegui", tmp_path / "theirs")
    assert not list((tmp_path / "theirs").glob("*"))


@pytest.mark.parametrize("kind", ["npy", "parquet"])
def test_rows_of_a_file_that_does_not_fit_into_memory_go_through_a_model_in_parts(
    kept: StoredRun, flowers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    spec = kept.card.experiment.dataset
    assert isinstance(spec, FileSpec)
    table = pl.read_csv(flowers, separator=";").drop_nulls()
    new = tmp_path / f"new.{kind}"
    if kind == "npy":
        np.save(new, np.ascontiguousarray(table.select(spec.columns).to_numpy()))
    else:
        table.select(reversed(table.columns)).write_parquet(new)

    def answers(name: str) -> list[Path]:
        folder = tmp_path / name
        folder.mkdir()
        outs = []
        for command in ("encode", "reconstruct", "score"):
            for ending in ("csv", "npy", "parquet"):
                outs.append(folder / f"{command}.{ending}")
                words = [command, str(kept.card.folder), str(new), "--out", str(outs[-1])]
                result = CliRunner().invoke(app, words)
                assert result.exit_code == 0, result.output
        assert sorted(folder.iterdir()) == sorted(outs)
        return outs

    whole = answers("whole")
    monkeypatch.setattr("aegui.data.files.new_rows.read_whole", None)
    monkeypatch.setattr("aegui.data.files.sources._fits_into_memory", lambda _: False)
    monkeypatch.setattr("aegui.data.files.sources._PART_BYTES", 500)
    for one, other in zip(whole, answers("parts"), strict=True):
        if one.suffix == ".npy":
            np.testing.assert_allclose(np.load(one), np.load(other), rtol=1e-5, atol=1e-6)
        else:
            read = pl.read_csv if one.suffix == ".csv" else pl.read_parquet
            assert_frame_equal(read(one), read(other), rel_tol=1e-5, abs_tol=1e-6)


def test_the_script_of_a_kept_run_is_written_from_its_folder_or_its_file(
    kept: StoredRun, tmp_path: Path
) -> None:
    pack_run(kept.card.folder, tmp_path / "mine.aegui")
    for run in (kept.card.folder, tmp_path / "mine.aegui"):
        result = CliRunner().invoke(app, ["script", str(run)])
        assert result.exit_code == 0, result.output
        # Where its rows are is this person's own, and a packed run does not tell.
        assert "flowers.csv" in result.stdout
        assert f"epochs={kept.card.experiment.training.epochs}" in result.stdout
    refused = CliRunner().invoke(app, ["script", str(tmp_path)])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "experiment.json is missing" in refused.stderr


def test_a_trained_model_takes_new_rows_of_such_a_file_and_answers_in_its_units(
    kept: StoredRun, flowers: Path, tmp_path: Path
) -> None:
    lines = flowers.read_text().splitlines()
    # Columns in another order, as another export may have them.
    new = tmp_path / "new.csv"
    new.write_text("\n".join(";".join(reversed(line.split(";"))) for line in lines[:9]) + "\n")
    out = tmp_path / "out.csv"
    folder = kept.card.folder
    result = CliRunner().invoke(app, ["reconstruct", str(folder), str(new), "--out", str(out)])
    assert result.exit_code == 0, result.output
    head, *rows = (line.split(",") for line in out.read_text().splitlines())
    spec = kept.card.experiment.dataset
    assert isinstance(spec, FileSpec)
    assert tuple(head) == spec.columns
    rebuilt = np.array(rows, np.float64)
    model = trained_model(kept.card.experiment.architecture, spec.row_shape, kept.weights)
    scaled = model.reconstruct(next(rows_in_parts(spec, new)).values)
    np.testing.assert_allclose(rebuilt, Scale.of(spec.fit).unscaled(scaled), rtol=1e-6)

    result = CliRunner().invoke(app, ["score", str(folder), str(new), "--out", str(out)])
    assert result.exit_code == 0, result.output
    head, first, *_ = (line.split(",") for line in out.read_text().splitlines())
    assert head == ["row", "label", "error", "threshold", "above"]
    # As the window counts the rows of such a file.
    assert first[:2] == ["1", "a"]
    result = CliRunner().invoke(
        app, ["export", str(folder), "--out", str(tmp_path), "--what", "errors,reconstructions"]
    )
    assert result.exit_code == 0, result.output
    dataset, _ = data_of(kept)
    assert dataset.test_numbers is not None
    told = [line.split(",") for line in (tmp_path / "errors.csv").read_text().splitlines()[1:]]
    assert [int(line[0]) for line in told] == dataset.test_numbers.tolist()
    assert {line[1] for line in told} <= set(spec.classes)

    new.write_text(lines[0].replace("width", "breadth") + "\n" + lines[1] + "\n")
    result = CliRunner().invoke(app, ["score", str(folder), str(new), "--out", str(out)])
    assert result.exit_code == 2
    assert "width" in result.stderr
