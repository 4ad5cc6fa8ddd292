"""The log's files: one for each program, and what a crash leaves."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aegui.trouble.logbook import Logbook

_CRASH = """
import ctypes, logging, sys
from pathlib import Path
from aegui.trouble.logbook import Logbook
book = Logbook()
book.open(Path(sys.argv[1]))
logging.getLogger("aegui.test").info("before the end")
print(book.path.name, bool(book.last_crash), flush=True)
if sys.argv[2] == "crash":
    ctypes.string_at(0)
elif sys.argv[2] == "leave":
    book.leave("the plot is lost")
    __import__("os")._exit(1)
elif sys.argv[2] == "hold":
    sys.stdin.read()
book.close()
"""


def _start(folder: Path, how: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CRASH, str(folder), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _said(folder: Path, how: str) -> str:
    return _start(folder, how).communicate(timeout=60)[0].strip()


@pytest.fixture
def book() -> Iterator[Logbook]:
    book = Logbook()
    yield book
    book.close()


def test_an_orderly_end_leaves_the_log_alone(tmp_path: Path) -> None:
    assert _said(tmp_path, "end") == "aegui.log False"
    assert [path.name for path in tmp_path.iterdir()] == ["aegui.log"]
    assert "before the end" in (tmp_path / "aegui.log").read_text()


@pytest.mark.parametrize(("how", "words"), [("crash", "Fatal"), ("leave", "the plot is lost")])
def test_a_crash_is_told_once_at_the_next_start(tmp_path: Path, how: str, words: str) -> None:
    _said(tmp_path, how)
    assert words in (tmp_path / "aegui.crash").read_text()
    assert _said(tmp_path, "end") == "aegui.log True"
    log = (tmp_path / "aegui.log").read_text()
    assert words in log
    assert 'File "<string>"' in log
    assert _said(tmp_path, "end") == "aegui.log False"


def test_two_programs_have_files_of_their_own_and_find_each_others_crash(tmp_path: Path) -> None:
    first = _start(tmp_path, "hold")
    assert first.stdout is not None
    assert first.stdout.readline() == "aegui.log False\n"
    assert _said(tmp_path, "crash") == "aegui-2.log False"
    first.communicate(timeout=60)
    # The second's files are nobody's now; the next program is the first again.
    assert _said(tmp_path, "end") == "aegui.log True"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aegui-2.log", "aegui.log"]


def test_a_program_that_was_killed_is_no_crash(tmp_path: Path) -> None:
    process = _start(tmp_path, "hold")
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert _said(tmp_path, "end") == "aegui.log False"


def test_a_place_that_cannot_be_written_keeps_nobody_from_starting(
    tmp_path: Path, book: Logbook, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    book.open(tmp_path / "file" / "logs")
    assert book.path is None
    assert "There is no log" in caplog.text


def test_a_log_stays_small(tmp_path: Path) -> None:
    code = (
        "import logging, sys; from pathlib import Path; "
        "from aegui.trouble.logbook import Logbook; book = Logbook(); "
        "book.open(Path(sys.argv[1])); "
        "[logging.getLogger('aegui.x').info('x' * 1000) for _ in range(3000)]; book.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(sizes) == {"aegui.log", "aegui.log.1", "aegui.log.2"}
    assert max(sizes.values()) <= 500_000
