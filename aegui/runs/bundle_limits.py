"""What an ``.aegui`` file can hold: the files of a run's folder, each to a size."""

from aegui.runs.folder import (
    ABOUT,
    BASELINES,
    DATA,
    ERRORS,
    EVENTS,
    EXPERIMENT,
    FRAMES,
    HISTORY,
    MODEL,
    RESULT,
    STATE,
    STATUS,
    TEST_ROWS,
    WEIGHTS,
)

MB = 2**20
# What is in a run's folder, in the order of reading, and how large each file can be. What a
# training of the largest model leaves is below a tenth of these.
MOST_BYTES = {
    # A file of ten thousand columns has as many names and scalings.
    EXPERIMENT: 16 * MB,
    STATUS: MB,
    ABOUT: MB,
    RESULT: MB,
    BASELINES: MB,
    HISTORY: 64 * MB,
    EVENTS: 64 * MB,
    ERRORS: 256 * MB,
    WEIGHTS: 1024 * MB,
    STATE: 2047 * MB,
    TEST_ROWS: 512 * MB,
    FRAMES: 1024 * MB,
    MODEL: 2047 * MB,
    DATA: 1024 * MB,
}
# More would need a kind of archive that lists without bounds.
MOST_BYTES_IN_ALL = 2047 * MB
