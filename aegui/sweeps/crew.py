"""Who does a sweep's trials: an executor, with how it is started, stopped and replaced."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Self

from aegui.control import TrainingControl
from aegui.sentences import first_line
from aegui.specs import TrialSpec
from aegui.sweeps.trial import SweepError, TrialEnd, run_trial
from aegui.workflow import WorkflowObserver


class Crew(ABC):
    """Runs trials on a ``concurrent.futures.Executor``; a context that ends what it started.

    ``task`` is what ``submit`` hands out for each trial; ``works_elsewhere`` tells that it is run
    in other processes, so that this one is free to write folders meanwhile.
    """

    executor: Executor
    works_elsewhere = True
    task: Callable[[TrialSpec], TrialEnd]

    @property
    @abstractmethod
    def slots(self) -> int:
        """How many trials it can work at, at a time."""

    @abstractmethod
    def start(self, control: TrainingControl, observer: WorkflowObserver) -> None:
        """Make the executor.

        A crew in this process is steered by ``control`` and tells ``observer``, on its own
        thread, how each training goes; one in other processes can only be stopped.

        Raises
        ------
        SweepError
            It cannot be made; the message says why.
        """

    def submit(self, trial: TrialSpec) -> Future[TrialEnd]:
        """Hand out a trial.

        Raises
        ------
        BrokenExecutor
            The executor wants to be made anew.
        SweepError
            No more can be handed out.
        """
        try:
            return self.executor.submit(self.task, trial)
        except BrokenExecutor:
            raise
        except (OSError, RuntimeError) as error:
            raise SweepError(
                f"Trials cannot be handed out any more ({first_line(error)})."
            ) from error

    @abstractmethod
    def stop(self) -> None:
        """Ask the trials under way to end soon, leaving nothing. ``control`` says so already."""

    @abstractmethod
    def restart(self) -> None:
        """Make another executor in place of one that broke; raises ``SweepError``."""

    @abstractmethod
    def is_lost(self, error: BaseException) -> bool:
        """Tell whether an error means that the trial was not at fault and can be run again."""

    @abstractmethod
    def close(self) -> None:
        """End the executor and wait for that."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class OneThread(Crew):
    """One trial after the other on one thread of this process.

    Trials of one architecture use one compiled program, and those of one dataset its rows.
    """

    # Keras builds one model at a time: a folder's is built between two trials.
    works_elsewhere = False

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sweep")
        self.task = run_trial

    @property
    def slots(self) -> int:
        """One."""
        return 1

    def start(self, control: TrainingControl, observer: WorkflowObserver) -> None:
        """Let the trials be steered by ``control`` and tell ``observer``."""
        self.task = partial(run_trial, control=control, observer=observer)

    def stop(self) -> None:
        """Do nothing: the trial under way looks at the control itself."""

    def restart(self) -> None:
        """Do nothing: a thread does not break."""

    def is_lost(self, _error: BaseException) -> bool:
        """Return False: what goes wrong here is the trial's."""
        return False

    def close(self) -> None:
        """End the thread once its trial has ended."""
        self.executor.shutdown(cancel_futures=True)
