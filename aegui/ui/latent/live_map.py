"""What a live map may cost the training that it shows."""

from dataclasses import dataclass

_SHARE = 0.05
_FRAME_SECONDS = 0.033
_LONGEST_GLIDE = 0.6
_FEWEST_FRAMES = 4


@dataclass(frozen=True)
class LiveMap:
    """Seconds of a core: to work a map out, to paint it once; and how long an epoch takes.

    A map is drawn anew at an epoch's end if that takes no more than 5 % of the time, on its way
    or not: the training wants both cores, and waits for the slower.
    """

    drawing: float
    painting: float
    epoch: float

    @property
    def glide(self) -> float:
        """How many seconds dots may be on their way: half an epoch, if that can be afforded.

        So few pictures that they would be jumps are none.
        """
        left = _SHARE * self.epoch - self.drawing - self.painting
        frames = left / max(self.painting, 1e-4)
        if frames < _FEWEST_FRAMES:
            return 0.0
        return min(self.epoch / 2, _LONGEST_GLIDE, frames * _FRAME_SECONDS)

    def rest(self, glide: float) -> float:
        """Return the seconds from one map to the next, where dots glide for so long."""
        frames = 1 + glide / _FRAME_SECONDS
        return (self.drawing + frames * self.painting) / _SHARE
