"""The part of a Keras script that reads a file's rows from where they are, block after block."""

from aegui.exports.section import Section, whole
from aegui.specs import FileSpec, NpyFormat, StreamSpec

_NPY = """\
file = np.load({path}, mmap_mode="r")
count = len(file)


def read(start):
    rows = np.array(file[start : start + block])
    if rows.ndim == 4:
        # Colours lie beside each other, plane by plane.
        rows = rows.transpose(0, 1, 3, 2)
    return rows.reshape(len(rows), -1).astype(float)
"""

_PARQUET = """\
# Parquet is read by polars: pip install polars
import polars

file = polars.scan_parquet({path})
count = file.select(polars.len()).collect().item()
# Of each column its texts, one feature for each; none of a column of numbers.
columns = {columns}


def read(start):
    part = file.slice(start, block).select(list(columns)).collect()
    return np.concatenate([features(part[name], columns[name]) for name in columns], axis=1)


def features(column, words):
    if not words:
        return column.cast(polars.Float64).to_numpy()[:, None]
    texts = column.cast(polars.String).fill_null("").to_numpy()
    hot = np.stack([texts == word for word in words], axis=1).astype(float){gaps}
    return hot
"""

_GAPS = """
    hot[texts == ""] = np.nan"""

_SCALE = """\


shift, factor = np.array({shifts}), np.array({factors})
starts = range(0, count, block)
every = max(2, count // {test_rows})


def split(start):
    rows = read(start)
    rows[~np.isfinite(rows)] = np.nan
    is_test = (start + np.arange(len(rows))) % every == 0
    {gaps}
    rows = ((rows - shift) / factor).astype(np.float32)
    return rows[~is_test], rows[is_test]


test, train_rows = [], 0
for start in starts:
    rows, held_back = split(start)
    test.append(held_back)
    train_rows += len(rows)
test = np.concatenate(test)


def batches(size, shuffle):
    chance, left = np.random.default_rng({seed}), test[:0]
    while True:
        order = chance.permutation(starts) if shuffle else np.array(starts)
        for window in np.array_split(order, -(-train_rows // {window})):
            rows = np.concatenate([left, *(split(start)[0] for start in window)])
            if shuffle:
                rows = rows[chance.permutation(len(rows))]
            whole = len(rows) // size * size
            for place in range(0, whole, size):
                yield rows[place : place + size], rows[place : place + size]
            left = rows[whole:]
        if len(left):
            yield left, left
        left = left[:0]"""

_LEAVE_OUT = """\
is_whole = ~np.isnan(rows).any(axis=1)
    rows, is_test = rows[is_whole], is_test[is_whole]"""


def streamed_section(dataset: FileSpec, stream: StreamSpec) -> Section:
    """Return the code that makes ``test``, ``train_rows`` and ``batches``, a generator of these.

    The rows stay in their file; the scale is the one that aegui found.
    """
    shifts, factors, fills = _features(dataset)
    gaps = _LEAVE_OUT
    if dataset.missing == "training_median":
        gaps = f"rows = np.where(np.isnan(rows), {fills}, rows)"
    scale = _SCALE.format(
        shifts=shifts,
        factors=factors,
        gaps=gaps,
        test_rows=whole(stream.test_rows),
        seed=dataset.seed,
        window=whole(stream.window_rows),
    )
    code = f"block = {whole(stream.block_rows)}\n{_read(dataset)}{scale}"
    return Section("The data", _prose(dataset), code)


def _read(dataset: FileSpec) -> str:
    path = repr(dataset.path)
    if isinstance(dataset.format, NpyFormat):
        return _NPY.format(path=path)
    columns = dict(zip(dataset.columns, map(list, dataset.fit.words), strict=True))
    gaps = _GAPS if dataset.missing == "leave_out" else ""
    return _PARQUET.format(path=path, columns=columns, gaps=gaps)


def _features(dataset: FileSpec) -> tuple[list[float], list[float], list[float]]:
    """Return shift, factor and fill of each feature; a single one for a picture."""
    fit = dataset.fit
    widths = [max(1, len(words)) for words in fit.words]
    shifts, factors, fills = (
        [value for value, width in zip(values, widths, strict=True) for _ in range(width)]
        for values in (fit.shifts, fit.factors, fit.fills)
    )
    return shifts, factors, fills


def _prose(dataset: FileSpec) -> str:
    return (
        f"Rows of {dataset.title}, which stay in the file: {dataset.train_rows} to train on, read "
        f"anew in each epoch, block after block in another order, and some {dataset.test_rows} "
        "spread over the file to test with. The numbers of the scale are those that aegui found in "
        "the training rows."
    )
