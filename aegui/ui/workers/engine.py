"""TensorFlow brought in behind the window's back, once."""

import logging
import threading
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from aegui.processor import ProcessorError
from aegui.ui.workers.priority import let_the_window_go_first

logger = logging.getLogger(__name__)


class EngineLoader(QObject):
    """Imports the engine on a daemon thread and wakes it up; everybody else waits on ``future``.

    An import cannot be interrupted. A daemon thread may be left behind when the program ends,
    a ``QThread`` may not.
    """

    ready = Signal()
    failed = Signal(str)
    cannot_run = Signal(str)
    """TensorFlow cannot work on this computer; the sentence says why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.future: Future[None] = Future()
        self._thread = threading.Thread(target=self._load, name="engine", daemon=True)

    def start(self) -> None:
        """Begin to load; call it once, after the window's first paint."""
        self._thread.start()

    @property
    def is_ready(self) -> bool:
        """Whether the engine can be used at once."""
        return self.future.done() and self.future.exception() is None

    @property
    def is_loading(self) -> bool:
        """Whether the thread is inside an import that cannot be interrupted."""
        return self._thread.is_alive()

    def _load(self) -> None:
        # TensorFlow's pools are started from here and inherit it.
        let_the_window_go_first()
        try:
            from aegui.engine.warm_up import warm_up

            warm_up()
        except ProcessorError as error:
            self.future.set_exception(error)
            self.cannot_run.emit(str(error))
        except Exception as error:
            logger.exception("the engine could not be loaded")
            self.future.set_exception(error)
            self.failed.emit(
                f"TensorFlow could not be loaded ({error}). Training and drawing need it; "
                "install aegui again."
            )
        else:
            self.future.set_result(None)
            self.ready.emit()
