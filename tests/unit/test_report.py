"""A report holds what helps, and nothing that names a person."""

from pathlib import Path

import pytest

from aegui import __version__
from aegui.trouble.report import report, without_names


@pytest.fixture(autouse=True)
def _a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/marie")
    monkeypatch.setenv("LOGNAME", "marie")
    monkeypatch.setattr("platform.node", lambda: "attic")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("no /home/marie/x.csv", "no ~/x.csv"),
        ("[Errno 2] No such file: '/mnt/heart study/a.csv'", "[Errno 2] No such file: '…/a.csv'"),
        ("/mnt/heart study/a.csv cannot be read.", "…/a.csv cannot be read."),
        (r"C:\Users\Marie B\heart\a.csv cannot be read", "…/a.csv cannot be read"),
        (r"'C:\\Users\\Marie B\\a.csv'", "'…/a.csv'"),
        ("marie at attic, in /home/mariella/x", "<user> at <computer>, in …/x"),
        ("12/40 rows and/or https://keras.io/api/", "12/40 rows and/or https://keras.io/api/"),
        ("samarie has rows", "samarie has rows"),
    ],
)
def test_what_names_a_person_is_left_out(text: str, left: str) -> None:
    assert without_names(text) == left


def test_the_folder_of_a_persons_data_is_left_out_wherever_it_is_said() -> None:
    private = [Path("/home/marie/heart (2024), part 1/a.csv")]
    text = "in /home/marie/heart (2024), part 1: no /home/marie/heart (2024), part 1/a.csv"
    assert without_names(text, private) == "in …: no …/a.csv"


def test_a_report_tells_versions_and_the_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "aegui.log"
    log.write_text("".join(f"line {number} of marie\n" for number in range(30_000)), "utf-8")
    text = report(log, said="It broke.")
    assert text.startswith("It broke.\n")
    assert f"aegui {__version__}\n" in text
    assert "TensorFlow 2." in text
    assert text.endswith("line 29999 of <user>\n")
    assert text.count("\n") < 250
    assert "There is no log" in report(None)
    assert "cannot be read" in report(tmp_path / "gone.log")
