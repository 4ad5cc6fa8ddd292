"""The part of a Keras script that reads a person's own file: the same rows as aegui's."""

import ast
import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from PIL import Image

from aegui.data import load_dataset
from aegui.data.files import Choices, propose_file, suited_experiment
from aegui.exports import keras_script
from aegui.exports.data import data_section

NUMBERS = np.random.default_rng(0).normal(size=(40, 3)).round(3)


def _csv(folder: Path) -> Path:
    path = folder / 'it\'s "mine".csv'
    lines = ["a;b;;colour"]
    for row, (a, b, c) in enumerate(NUMBERS.tolist()):
        first = "" if row % 9 == 4 else str(a).replace(".", ",")
        lines.append(f"{first};{b};{c};{('red', 'blue', '')[row % 3]}")
    path.write_text("\n".join(lines))
    return path


def _parquet(folder: Path) -> Path:
    frame = pl.DataFrame(NUMBERS, ["a", "b", "c"])
    frame = frame.with_columns(
        pl.when(pl.col("b") > 0.5).then("b").alias("b"),
        pl.Series("word", ["x", None, "y", "z"] * 10),
    )
    frame.write_parquet(folder / "a.parquet")
    return folder / "a.parquet"


def _keras(folder: Path) -> Path:
    x = np.random.default_rng(0).integers(0, 256, (30, 4, 5, 3), dtype=np.uint8)
    np.savez(folder / "k.npz", x_train=x[:20], x_test=x[20:])
    return folder / "k.npz"


def _npy(folder: Path) -> Path:
    values = NUMBERS.copy()
    values[3, 1], values[8, 2], values[:, 0] = np.nan, np.inf, 4
    np.save(folder / "a.npy", values)
    return folder / "a.npy"


def _idx(folder: Path) -> Path:
    data = struct.pack(">BBBB3I", 0, 0, 11, 3, 20, 2, 2) + NUMBERS.tobytes()[:160]
    (folder / "a.gz").write_bytes(gzip.compress(data))
    return folder / "a.gz"


def _pictures(folder: Path) -> Path:
    for number in range(12):
        place = folder / "p" / "ab"[number % 2]
        place.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (4 + number, 5), (number, 200, 9 * number)).save(place / f"{number}.png")
    return folder / "p"


@pytest.mark.parametrize(
    ("make", "choices"),
    [
        (_csv, {}),
        (_csv, {"text": "one_hot", "missing": "training_median", "scaling": "standard"}),
        (_csv, {"text": "one_hot", "columns": ("colour", "column 3"), "rows": 20}),
        (_parquet, {"text": "one_hot"}),
        (_parquet, {"missing": "training_median", "scaling": "none", "seed": 3}),
        (_npy, {"scaling": "standard"}),
        (_npy, {"missing": "training_median"}),
        (_keras, {"rows": 15}),
        (_idx, {"test_share": 0.3}),
        (_pictures, {"colour": True, "size": (3, 4)}),
        (_pictures, {"size": (3, 4), "scaling": "standard"}),
    ],
)
def test_a_script_reads_the_same_rows(make: Any, choices: dict[str, Any], tmp_path: Path) -> None:
    spec = propose_file(make(tmp_path), Choices(**choices))
    names: dict[str, Any] = {"np": np}
    exec(data_section(spec).code, names)  # noqa: S102
    dataset = load_dataset(spec)
    for part in ("train", "test"):
        assert names[part].dtype == np.float32
        np.testing.assert_allclose(names[part], getattr(dataset, part), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("make", "choices"),
    [
        (_npy, {"scaling": "standard"}),
        (_npy, {"missing": "training_median"}),
        (_parquet, {"text": "one_hot", "columns": ("a", "word")}),
        (_parquet, {"columns": ("a", "c"), "scaling": "none"}),
    ],
)
def test_a_script_reads_rows_that_stay_in_their_file_once_an_epoch(
    make: Any, choices: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aegui.data.files.wanted._ARRAY_BLOCK_BYTES", 7 * 24)
    monkeypatch.setattr("aegui.data.files.wanted._TABLE_BLOCK_BYTES", 7 * 16)
    spec = propose_file(make(tmp_path), Choices(stream=True, **choices))
    assert spec.streaming is not None
    names: dict[str, Any] = {"np": np}
    exec(data_section(spec).code, names)  # noqa: S102
    dataset = load_dataset(spec)
    steps = -(-names["train_rows"] // 4)
    batches = names["batches"](4, shuffle=True)
    for _ in range(2):
        epoch = [next(batches)[0] for _ in range(steps)]
        rows = np.concatenate([*epoch, names["test"]])
        assert rows.dtype == np.float32
        wanted = np.concatenate([dataset.train, dataset.test])
        assert len(rows) == len(wanted) == spec.rows
        found, expected = (each[np.lexsort(each.T.round(4))] for each in (rows, wanted))
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", ["cars.csv", 'a"""\nimport os\n"""\\".csv', "# \r x.csv"])
def test_a_script_of_a_file_is_a_program_whatever_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(_csv(tmp_path).read_bytes())
    experiment, _ = suited_experiment(propose_file(path))
    assert experiment.title.isprintable()
    body = ast.parse(keras_script(experiment)).body
    assert isinstance(body[0], ast.Expr)
    imported = {each.names[0].name for each in body if isinstance(each, ast.Import)}
    assert imported == {"keras", "numpy", "csv"}


@pytest.mark.parametrize(
    ("make", "needed"), [(_csv, "tensorflow"), (_parquet, "tensorflow polars")]
)
def test_a_script_begins_with_what_is_to_be_installed(
    make: Any, needed: str, tmp_path: Path
) -> None:
    experiment, _ = suited_experiment(propose_file(make(tmp_path)))
    assert f"\npip install {needed}\n" in keras_script(experiment).partition("import")[0]
