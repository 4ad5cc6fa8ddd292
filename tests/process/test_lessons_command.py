"""``aegui lessons``: all of the post's figures from one command, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, timeout: float = 170) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "aegui", "lessons", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)


@pytest.mark.slow
def test_the_whole_post_comes_from_one_command(tmp_path: Path) -> None:
    out = tmp_path / "post"
    ended = run("--run-all", "--out", str(out), "--rows", "600", "--epochs", "1")
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "training 17 of 17" in ended.stderr
    assert "trainings alone" in ended.stderr
    book = json.loads((out / "lessons.json").read_text(encoding="utf-8"))
    told = [lesson["name"] for lesson in book["lessons"]]
    assert told == [
        "noise-simple",
        "noise-deep",
        "noise-deep-as-coded",
        "noise-features",
        "sine-features",
        "sine-layers",
        "mnist",
    ]
    for lesson in book["lessons"]:
        drawn = {path.name for path in (out / lesson["name"]).iterdir()}
        pngs = {name for name in drawn if name.endswith(".png")}
        assert pngs
        assert drawn - pngs == {
            name.replace(".png", ending) for name in pngs for ending in (".svg", ".pdf")
        }
        assert len(pngs) == len(lesson["figures"])
        assert all((out / lesson["name"] / name).stat().st_size > 2000 for name in drawn)
        assert lesson["runs"]
        assert lesson["facts"]
    trained = [spent for spent in book["time"] if spent["doing"].startswith("train ")]
    assert len(trained) == 17, "what lessons share is trained once"
    assert book["is_whole"]


def test_lessons_are_listed_without_options() -> None:
    ended = run()
    assert ended.returncode == 0
    assert "pca-or-not" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--run-all"], "--run-all: needs a folder"),
        (["--rows", "100"], "go with --run-all"),
        (["--run-all", "--out", "post", "--rows", "3"], "rows"),
        (["--run-all", "--out", "post", "--epochs", "0"], "epochs"),
        (["--run-all", "--out", "taken/post"], "cannot be written"),
    ],
)
def test_bad_input_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").write_text("a file, not a folder", encoding="utf-8")
    ended = run(*arguments)
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["taken"]
