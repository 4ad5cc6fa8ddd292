"""The tour: every picture shows what it should, or the tour says what does not."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from aegui.tour.guide import shades

PICTURES = {
    "draw", "latent-sliders", "latent-units", "latent-learning", "latent-class", "latent-pointer",
    "latent-morph", "latent-manifold", "latent-near", "latent-layers", "latent-prior",
    "latent-curves", "latent-tsne", "errors-rows", "errors-classes", "errors-pixels",
    "errors-threshold", "draw-sheet", "draw-erase", "draw-curve",
}  # fmt: skip

# It takes 40 s on a machine that has nothing else to do.
MOST_SECONDS = 400


def _tour(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aegui", "tour", *arguments],
        env=os.environ | {"AEGUI_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.timeout(MOST_SECONDS + 20)
def test_the_tour_leaves_its_pictures_and_nothing_else(tmp_path: Path) -> None:
    out, home = tmp_path / "pictures", tmp_path / "home"
    process = _tour(home, "--out", str(out), "--theme", "light")
    assert process.returncode == 0, process.stderr
    # An epoch may be over before its map is there; then nobody saw it learn.
    found = {path.stem for path in out.iterdir()}
    assert PICTURES - {"latent-learning"} <= found <= PICTURES
    lines = process.stdout.splitlines()
    assert len(lines) == len(found)
    waits = [float(line.split("longest wait ")[1].removesuffix(" ms")) for line in lines]
    assert max(waits) > 0, "nothing was measured"
    taken = {path.stem: QImage(str(path)) for path in out.iterdir()}
    assert all(image.width() == 1440 and image.height() == 900 for image in taken.values())
    assert all(shades(image) > 40 for image in taken.values())
    contents = {hashlib.sha256(path.read_bytes()).digest() for path in out.iterdir()}
    assert len(contents) == len(taken), "two pictures show the same"
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--out", "/dev/null/here"), 1, "/dev/null/here cannot be made"),
        (("--out", "x", "--theme", "pink"), 2, "must be dark or light"),
        ((), 2, "Missing option '--out'"),
    ],
)
def test_a_tour_that_cannot_be_is_a_sentence(
    arguments: tuple[str, ...], status: int, sentence: str, tmp_path: Path
) -> None:
    process = _tour(tmp_path, *arguments)
    assert process.returncode == status
    assert process.stdout == ""
    assert sentence in " ".join(process.stderr.replace("│", " ").split())
    assert "Traceback" not in process.stderr
