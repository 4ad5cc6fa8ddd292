"""Pieces of the code that reads a person's own file, to be filled in."""

TEXT = """\
import csv

with open({path}, encoding={encoding}, newline="") as file:
    table = [row for row in csv.reader(file, delimiter={delimiter}) if row]
names = [name.strip() or f"column {{place}}" for place, name in enumerate({first}, 1)]


def number(text):
    try:
        return float(text{comma})
    except ValueError:
        return np.nan


def column(name):
    return np.array([row[names.index(name)].strip() for row in table])


def numbers(name):
    return np.array([number(text) for text in column(name)])

"""

PARQUET = """\
# Parquet is read by polars: pip install polars
import polars

table = polars.read_parquet({path})


def column(name):
    return table[name].cast(polars.String).fill_null("").to_numpy()


def numbers(name):
    return table[name].cast(polars.Float64).to_numpy()

"""

IDX = """\
import gzip

with open({path}, "rb") as file:
    data = file.read()
if data[:2] == b"\\x1f\\x8b":
    data = gzip.decompress(data)
types = {{8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}}
shape = np.frombuffer(data, ">u4", data[3], 4)
rows = np.frombuffer(data, types[data[2]], offset=4 + 4 * data[3]).reshape(shape)"""

IMAGES = """\
import pathlib
import zipfile

# Pictures are read by pillow: pip install pillow
from PIL import Image

place = pathlib.Path({path})
if not place.is_dir():
    place = zipfile.Path(place)
endings = {endings}


def pictures(folder, above=""):
    for each in folder.iterdir():
        if each.name.startswith((".", "__MACOSX")):
            continue
        if each.is_dir():
            yield from pictures(each, f"{{above}}{{each.name}}/")
        elif each.suffix.lower() in endings:
            yield above + each.name, each


rows = []
for _, each in sorted(pictures(place)):
    with each.open("rb") as file:
        picture = Image.open(file).convert({mode}){resize}
    rows.append(np.asarray(picture))
rows = np.stack(rows)"""

COLOUR = """
if rows.ndim == 4:
    # Colours lie beside each other, plane by plane.
    rows = rows.transpose(0, 1, 3, 2)"""

FLAT = """
rows = rows.reshape(len(rows), -1).astype(float)"""

ONE_HOT = """
def one_hot(name, words):
    texts = column(name)
    hot = np.stack([texts == word for word in words], axis=1).astype(float){gaps}
    return hot

"""

GAPS = """
    missing = {missing}
    hot[[text.lower() in missing for text in texts]] = np.nan"""

CLEAN = """
rows[~np.isfinite(rows)] = np.nan"""

SHUFFLE = """
usable = {usable}
order = np.random.default_rng({seed}).permutation(usable)[:{count}]
train, test = rows[order[:{train}]], rows[order[{train}:]]"""

OWN_SPLIT = """
usable = {usable}
train = rows[usable[usable < first_test_row][:{train}]]
test = rows[usable[usable >= first_test_row]]"""

SCALES = {
    "min_max": """
shift = np.nanmin(train{axis})
factor = np.nanmax(train{axis}) - shift""",
    "standard": """
shift, factor = np.nanmean(train{axis}), np.nanstd(train{axis})""",
}

CONSTANT = """
factor = np.where(factor > 0, factor, 1)"""

WORDS_STAY = """
words = {places}
shift[words], factor[words] = 0, 1"""

FILL = """
median = np.nanmedian(train{axis})
train = np.where(np.isnan(train), median, train)
test = np.where(np.isnan(test), median, test)"""

SCALE = """
train = ((train - shift) / factor).astype(np.float32)
test = ((test - shift) / factor).astype(np.float32)"""

PLAIN = """
train, test = train.astype(np.float32), test.astype(np.float32)"""
