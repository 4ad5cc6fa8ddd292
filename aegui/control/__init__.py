"""How a run is steered, and what it says of itself meanwhile.

Without arrays: the window's first paint does not wait for NumPy.
"""

from aegui.control.progress import Progress
from aegui.control.state import RunState
from aegui.control.training_control import Speed, TrainingControl

__all__ = ["Progress", "RunState", "Speed", "TrainingControl"]
