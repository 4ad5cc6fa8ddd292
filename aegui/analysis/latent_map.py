"""A plane through the codes: where each row lies on it, and which code each of its places is."""

from dataclasses import dataclass

import numpy as np

from aegui.records import FloatArray


@dataclass(frozen=True, eq=False)
class LatentMap:
    """A flat map of codes: a code's place is ``(code − origin) · axesᵀ``.

    ``origin`` is (k,) and ``axes`` (2, k), of length 1 and at right angles to each other; the
    second is zero where codes have one unit only. ``caption`` says in words what the plane is,
    and of principal components how much of the codes' variance it shows.
    """

    origin: FloatArray
    axes: FloatArray
    names: tuple[str, str]
    caption: str

    @property
    def width(self) -> int:
        """Numbers in a code."""
        return len(self.origin)

    @property
    def is_line(self) -> bool:
        """Whether codes have one unit, so that the second coordinate is free."""
        return self.width == 1

    def place(self, codes: FloatArray) -> FloatArray:
        """Return the places, (n, 2), of codes (n, k); what is not a number stays so."""
        with np.errstate(invalid="ignore", over="ignore"):
            return np.asarray((codes - self.origin) @ self.axes.T, dtype=np.float32)

    def decode_places(self, places: FloatArray) -> FloatArray:
        """Return the codes, (m, k), that places (m, 2) stand for: points of the plane itself."""
        return np.asarray(self.origin + places @ self.axes, dtype=np.float32)


def fit_map(codes: FloatArray, like: LatentMap | None = None) -> LatentMap:
    """Return the map that shows most of some codes.

    One unit makes a line, two make their own plane. Of more, the plane is that of the first two
    principal components (Pearson, 1901), by scikit-learn. Codes that are not numbers, as a model
    that went astray makes them, are passed over.

    Parameters
    ----------
    codes
        (n, k); n may be 0.
    like
        A map of the same run that is on the screen: components come with an arbitrary sign, and
        a map that turns over at each epoch cannot be followed.

    Raises
    ------
    ValueError
        The codes are not a table with at least one column.
    """
    if codes.ndim != 2 or not codes.shape[1]:
        raise ValueError(f"codes are a table with a column for each unit, not {codes.shape}")
    width = codes.shape[1]
    if width == 1:
        axes = np.array([[1], [0]], np.float32)
        return LatentMap(np.zeros(1, np.float32), axes, ("Unit 1", ""), "The code's only unit")
    if width == 2:
        origin, axes = np.zeros(2, np.float32), np.eye(2, dtype=np.float32)
        return LatentMap(origin, axes, ("Unit 1", "Unit 2"), "The plane of the code")
    return _principal(_numbers_only(codes), like)


def unit_map(codes: FloatArray, first: int, second: int) -> LatentMap:
    """Return the plane of two units, counted from 0, through the mean of all others.

    Raises
    ------
    ValueError
        One of the units is not there, or both are the same.
    """
    width = codes.shape[1]
    if first == second or not all(0 <= unit < width for unit in (first, second)):
        raise ValueError(f"units {first} and {second} are not two of {width}")
    origin = _mean(_numbers_only(codes))
    axes = np.zeros((2, width), np.float32)
    for axis, unit in zip(axes, (first, second), strict=True):
        axis[unit], origin[unit] = 1, 0
    names = f"Unit {first + 1}", f"Unit {second + 1}"
    caption = f"Units {first + 1} and {second + 1} of the code, the others at their mean"
    return LatentMap(origin, axes, names, caption)


def _principal(codes: FloatArray, like: LatentMap | None) -> LatentMap:
    origin = _mean(codes)
    names = "First principal component", "Second principal component"
    if len(codes) < 2 or not np.ptp(codes, axis=0).any():
        axes = np.eye(2, codes.shape[1], dtype=np.float32)
        return LatentMap(origin, axes, names, "PCA of the codes, which are all the same")
    from sklearn.decomposition import PCA

    # The covariance of many codes is small, and found faster than the codes' own singular values.
    pca = PCA(2, svd_solver="covariance_eigh").fit(codes.astype(np.float64))
    axes = pca.components_.astype(np.float32)
    explained = float(pca.explained_variance_ratio_.sum())
    caption = f"PCA of the codes, {round(100 * explained)}\u00a0% of their variance"
    return LatentMap(origin, _as_before(axes, like), names, caption)


def _as_before(axes: FloatArray, like: LatentMap | None) -> FloatArray:
    """Return axes that point the way in which those of an earlier map do."""
    if like is None or like.axes.shape != axes.shape:
        return axes
    signs = np.where((axes * like.axes).sum(axis=1, keepdims=True) < 0, -1, 1)
    return np.asarray(axes * signs, dtype=np.float32)


def _numbers_only(codes: FloatArray) -> FloatArray:
    return codes[np.isfinite(codes).all(axis=1)]


def _mean(codes: FloatArray) -> FloatArray:
    if not len(codes):
        return np.zeros(codes.shape[1], np.float32)
    return np.asarray(codes.mean(axis=0, dtype=np.float64), dtype=np.float32)
