"""Whether the system asks for reduced motion."""

import subprocess
import sys
from typing import Any

import pytest

from aegui.ui.latent import motion


def answering(monkeypatch: pytest.MonkeyPatch, said: str, status: int = 0) -> None:
    """Let the system's program for settings say something."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(motion.shutil, "which", lambda name: f"/usr/bin/{name}")

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, status, said)

    monkeypatch.setattr(motion.subprocess, "run", run)


@pytest.mark.parametrize(("said", "moves"), [("false\n", False), ("true\n", True), ("", True)])
def test_the_desktop_is_asked(monkeypatch: pytest.MonkeyPatch, said: str, moves: bool) -> None:
    answering(monkeypatch, said)
    assert motion.wants_motion() is moves


def test_a_desktop_that_does_not_know_has_nothing_against_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(monkeypatch, "false", status=1)
    assert motion.wants_motion()
    monkeypatch.setattr(motion.shutil, "which", lambda _: None)
    assert motion.wants_motion()


def test_one_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "")

    def hang(command: list[str], **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, 2)

    monkeypatch.setattr(motion.subprocess, "run", hang)
    assert motion.wants_motion()


def test_macos_has_a_setting_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "1\n")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not motion.wants_motion()
