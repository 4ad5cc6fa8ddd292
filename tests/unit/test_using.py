"""A trained model used from a shell, on new rows in files."""

import csv
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from aegui.cli import app
from aegui.data import DataError, load_test_rows
from aegui.data.row_files import read_rows, scaled_as
from aegui.engine.plain import trained_model
from aegui.places import resource, runs_folder
from aegui.runs import StoredRun, pack_run, read_run, rename_run, set_threshold, unpack_run
from aegui.specs import MnistSpec, NoiseSpec

RUN = str(resource("pretrained"))


@pytest.fixture(scope="module")
def run() -> StoredRun:
    return read_run(resource("pretrained"))


@pytest.fixture(scope="module")
def model(run: StoredRun) -> Any:
    experiment = run.card.experiment
    return trained_model(experiment.architecture, experiment.dataset.row_shape, run.weights)


@pytest.fixture(scope="module")
def digits(run: StoredRun) -> Any:
    return load_test_rows(run.card.experiment.dataset)


def _invoke(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(newline="", encoding="utf-8") as file:
        head, *lines = csv.reader(file)
    return head, lines


def test_rows_go_through_each_part_of_the_model(tmp_path: Path, model: Any, digits: Any) -> None:
    rows, out = tmp_path / "rows.npy", tmp_path / "out.npy"
    np.save(rows, digits.test[:5])
    assert _invoke("encode", RUN, rows, "--out", out).exit_code == 0
    codes = np.load(out)
    np.testing.assert_array_equal(codes, model.encode(digits.test[:5]))
    np.save(rows, codes)
    assert _invoke("decode", RUN, rows, "--out", out).exit_code == 0
    decoded = np.load(out)
    # As pictures of ink, and from a text.
    np.save(rows, np.round(digits.test[:5].reshape(5, 28, 28) * 255).astype(np.uint8))
    assert _invoke("reconstruct", RUN, rows, "--out", tmp_path / "out.csv").exit_code == 0
    head, lines = _table(tmp_path / "out.csv")
    assert (head[0], head[-1], len(lines)) == ("value_0", "value_783", 5)
    np.testing.assert_allclose(np.array(lines, dtype=np.float32), decoded, atol=1e-6)
    again = _invoke("encode", RUN, tmp_path / "out.csv", "--out", out)
    assert again.exit_code == 0, again.stderr
    assert not list(tmp_path.glob(".*"))


def test_scores_have_labels_and_the_threshold_of_the_run(
    tmp_path: Path, run: StoredRun, digits: Any
) -> None:
    rows, out = tmp_path / "rows.csv", tmp_path / "scores.csv"
    with rows.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*[f"pixel {n}" for n in range(784)], "Label"])
        writer.writerows([*row, f"a {label}"] for row, label in
                         zip(digits.test[:40], digits.test_labels[:40], strict=True))  # fmt: skip
    said = _invoke("score", RUN, rows, "--out", out)
    assert said.exit_code == 0, said.stderr
    head, lines = _table(out)
    assert head == ["row", "label", "error", "threshold", "above"]
    assert [line[1] for line in lines] == [f"a {label}" for label in digits.test_labels[:40]]
    errors = np.array([float(line[2]) for line in lines])
    np.testing.assert_allclose(errors, run.row_errors[:40], rtol=1e-4)
    line = np.quantile(run.row_errors, 0.95)
    assert [float(line[3]) for line in lines] == pytest.approx([line] * 40, rel=1e-3)
    assert [line[4] for line in lines] == [str(int(error > line)) for error in errors]
    assert said.stdout.startswith(f"{(errors > line).sum()} of 40 rows are above ")
    assert _invoke("score", RUN, rows, "--out", out, "--threshold", "0").exit_code == 0
    assert {line[4] for line in _table(out)[1]} == {"1"}
    assert _invoke("score", RUN, rows, "--out", tmp_path / "errors.npy").exit_code == 0
    np.testing.assert_allclose(np.load(tmp_path / "errors.npy"), errors, rtol=1e-6)


def test_scores_are_held_against_the_threshold_that_was_chosen_for_the_run(
    tmp_path: Path, digits: Any
) -> None:
    rows, out, folder = tmp_path / "rows.npy", tmp_path / "scores.csv", tmp_path / "run"
    np.save(rows, digits.test[:40])
    shutil.copytree(RUN, folder)
    set_threshold(folder, 30.25)
    pack_run(folder, tmp_path / "mine.aegui", is_whole=False)
    assert (
        read_run(unpack_run(tmp_path / "mine.aegui", runs_folder())).card.about.threshold == 30.25
    )
    for run in (folder, tmp_path / "mine.aegui"):
        said = _invoke("score", run, rows, "--out", out)
        assert said.exit_code == 0, said.stderr
        lines = _table(out)[1]
        assert {float(line[2]) for line in lines} == {30.25}
        assert [line[3] for line in lines] == [str(int(float(line[1]) > 30.25)) for line in lines]
        assert said.stdout.endswith("are above 30.25\n")
    assert _invoke("export", folder, "--out", tmp_path, "--what", "errors").exit_code == 0
    assert {float(line[3]) for line in _table(tmp_path / "errors.csv")[1]} == {30.25}


def test_a_run_is_named_in_three_ways(tmp_path: Path, digits: Any) -> None:
    rows, out = tmp_path / "rows.npy", tmp_path / "out.npy"
    np.save(rows, digits.test[:1])
    pack_run(resource("pretrained"), tmp_path / "mine.aegui")
    for name in ("first", "second"):
        shutil.copytree(RUN, runs_folder() / name)
        rename_run(runs_folder() / name, "My digits")
    rename_run(runs_folder() / "first", "Mine")
    for name in ("Mine", "first", runs_folder() / "first", tmp_path / "mine.aegui"):
        assert _invoke("encode", name, rows, "--out", out).exit_code == 0, name
        out.unlink()
    rename_run(runs_folder() / "first", "My digits")
    (tmp_path / "bad.aegui").write_bytes(b"PK")
    for name, words in (
        ("My digits", "2 runs are called so. Give a folder: "),
        ("Nobody's", "Nobody's: there is no folder"),
        (tmp_path / "bad.aegui", "bad.aegui is no run that aegui has packed"),
        (tmp_path, "experiment.json is missing"),
    ):
        _require_refused(_invoke("encode", name, rows, "--out", out), words)
    assert not out.exists()


def _require_refused(said: Any, words: str) -> None:
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith("aegui: ")
    assert words in said.stderr
    assert said.stderr.count("\n") == 1


def _npy(array: Any) -> Any:
    return lambda path: np.save(path.with_suffix(".npy"), array, allow_pickle=True)


@pytest.mark.parametrize(
    ("name", "write", "words"),
    [
        ("rows.csv", lambda p: p.write_text("1,2,3\n1,2\n"), "line 2 (row 1): 2 values, where"),
        ("rows.csv", lambda p: p.write_text("a,b,c\n1,2,x\n"), "line 2 (row 0): 'x' is no number"),
        ("rows.csv", lambda p: p.write_text("1,2,3\n\n1,nan,3\n"), "line 3 (row 1): it holds"),
        ("rows.csv", lambda p: p.write_text("1,2,1e39\n"), "line 1 (row 0): it holds a value"),
        ("rows.csv", lambda p: p.write_text("1;2;3\n"), "line 1: 1 names with commas"),
        ("rows.csv", lambda p: p.write_text(""), "is empty; the model takes rows of 3"),
        ("rows.csv", lambda p: p.write_text("a,b,c\n"), "holds names and no rows"),
        ("rows.csv", lambda p: p.write_bytes(b"\xff\xfe1,2"), "is no CSV text in UTF-8"),
        ("rows.csv", lambda p: p.write_text('1,2,"3\n'), "is no CSV text"),
        ("rows.csv", lambda _: None, "cannot be read (No such file"),
        ("rows.npy", _npy(np.zeros((4, 2))), "of the shape (4, 2); the model takes (rows, 3)"),
        ("rows.npy", _npy(np.zeros((0, 3))), "holds no rows"),
        ("rows.npy", _npy(np.array([[1, 2, 3], [1, 2, np.inf]])), "row 1: it holds a value"),
        ("rows.npy", _npy(np.array([[print] * 3])), "cannot be read as an NPY file: Object arrays"),
        ("rows.npy", _npy(np.array([["x"] * 3])), "holds values of the type <U1"),
        ("rows.npy", lambda p: p.write_bytes(b"junk"), "cannot be read as an NPY file"),
        ("rows.txt", lambda p: p.write_text("1,2,3\n"), "must end in .csv or .npy"),
    ],
)  # fmt: skip
def test_bad_rows_are_named(tmp_path: Path, name: str, write: Any, words: str) -> None:
    path = tmp_path / name
    write(path)
    with pytest.raises(DataError) as refused:
        read_rows(path, 3)
    assert str(path) in str(refused.value)
    assert words in str(refused.value)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    contents=st.binary(max_size=200) | st.text("0123456789.,-e\n\"'xn", max_size=60).map(str.encode)
)
def test_no_contents_break_the_reader(tmp_path: Path, contents: bytes) -> None:
    for ending in (".csv", ".npy"):
        path = tmp_path / f"rows{ending}"
        path.write_bytes(contents)
        try:
            rows = read_rows(path, 3)
        except DataError as error:
            assert str(path) in str(error)  # noqa: PT017
        else:
            assert rows.values.shape[1] == 3
            assert np.isfinite(rows.values).all()


def test_only_ink_is_scaled() -> None:
    ink = np.array([[0.0, 255.0, 51.0]], dtype=np.float32)
    np.testing.assert_allclose(scaled_as(MnistSpec(), ink), [[0.0, 1.0, 0.2]])
    assert scaled_as(NoiseSpec(), ink) is ink
    odd = ink + np.float32(0.5)
    assert scaled_as(MnistSpec(), odd) is odd


def test_what_is_bad_about_the_files_ends_with_status_2(tmp_path: Path, digits: Any) -> None:
    rows = tmp_path / "rows.npy"
    np.save(rows, digits.test[:2])
    for file, out, words in (
        (rows, tmp_path / "out.txt", "out.txt must end in .csv or .npy"),
        (rows, tmp_path / "no" / "out.csv", "out.csv cannot be written (No such file"),
        (tmp_path / "none.npy", tmp_path / "out.csv", "none.npy cannot be read"),
    ):
        _require_refused(_invoke("score", RUN, file, "--out", out), words)
    _require_refused(_invoke("decode", RUN, rows, "--out", tmp_path / "o.npy"), "(rows, ")
