"""What a run's folder says of it from its start on."""

import os
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class RunStatus(BaseModel):
    """Who trains the run and since when; ``result.json`` tells that it has ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    status: Literal["running"] = "running"
    pid: int
    created: datetime

    @classmethod
    def now(cls) -> "RunStatus":
        """Return the status of a run that this process starts now."""
        return cls(pid=os.getpid(), created=datetime.now(UTC))
