"""Trials on a Dask cluster: ``dask scheduler`` somewhere, ``dask worker`` where there are cores."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aegui.control import TrainingControl
from aegui.sentences import first_line
from aegui.specs import Problem, SpecError, TrialSpec
from aegui.sweeps.crew import Crew
from aegui.sweeps.trial import SweepError, TrialEnd, run_trial
from aegui.workflow import WorkflowObserver

if TYPE_CHECKING:
    from distributed import Client

# Dask's client, given anything else, leaves a thread behind that complains at the end.
# TLS would want certificates, for which there is no option here.
_ADDRESS = re.compile(r"(?:tcp://)?(?:[^\s/:\[\]]+|\[[0-9a-fA-F:]+\]):\d{1,5}/?")
_PATIENCE = 10.0
"""Seconds to wait for the scheduler, and then for a first worker."""


class Cluster(Crew):
    """The workers of a Dask scheduler; each takes one trial at a time.

    A worker that is lost costs its trial's repetition: Dask gives it to another one.
    """

    def __init__(self, address: str, patience: float = _PATIENCE) -> None:
        """Take the scheduler's address; raises ``SpecError`` if it is none."""
        if not _ADDRESS.fullmatch(address):
            what = f"is {address!r}, but must be an address such as tcp://127.0.0.1:8786"
            raise SpecError("sweep", [Problem("--scheduler", what)])
        self._address = address
        self._patience = patience
        self._client: Client | None = None
        self.task = run_trial

    @property
    def slots(self) -> int:
        """As many trials as there are workers now; raises ``SweepError`` if nobody answers."""
        if self._client is None:
            return 1
        with self._connected():
            return max(1, len(self._client.nthreads()))

    def submit(self, trial: TrialSpec) -> Future[TrialEnd]:
        """Hand out a trial; raises ``SweepError`` if the scheduler was lost."""
        with self._connected():
            return self.executor.submit(self.task, trial)

    @contextmanager
    def _connected(self) -> Iterator[None]:
        from distributed.client import ClosedClientError

        try:
            yield
        except (OSError, ClosedClientError) as error:
            raise SweepError(
                f"The scheduler at {self._address} was lost ({first_line(error)})."
            ) from error

    def start(self, _control: TrainingControl, _observer: WorkflowObserver) -> None:
        """Connect to the scheduler and wait for a worker."""
        self._connect()

    def _connect(self) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise SweepError(
                "A cluster needs Dask, which this aegui is without. Python can bring both: "
                "pip install 'aegui[cluster]'."
            ) from error
        # It would tell of every lost connection in lines meant for developers.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(
                self._address, timeout=self._patience, set_as_default=False, name="aegui"
            )
        except (OSError, ValueError) as error:
            raise SweepError(
                f"The scheduler at {self._address} cannot be reached ({first_line(error)}). "
                "Start one with 'dask scheduler' and give the address that it prints, such as "
                "tcp://127.0.0.1:8786."
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except TimeoutError as error:
            self.close()
            raise SweepError(
                f"The scheduler at {self._address} has no workers. Start some with "
                f"'dask worker {self._address}', where aegui is installed."
            ) from error
        except OSError as error:
            self.close()
            raise SweepError(
                f"The scheduler at {self._address} was lost ({first_line(error)})."
            ) from error
        self.executor = self._client.get_executor(pure=False)

    def stop(self) -> None:
        """Do nothing: trials under way cannot be reached, and what they leave is not waited for."""

    def restart(self) -> None:
        """Connect again."""
        self.close()
        self._connect()

    def is_lost(self, error: BaseException) -> bool:
        """Tell whether the trial's workers were lost, or the connection."""
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        return isinstance(error, (KilledWorker, CommClosedError))

    def close(self) -> None:
        """Leave the cluster, which goes on without this client."""
        if self._client is not None:
            client, self._client = self._client, None
            client.close()
