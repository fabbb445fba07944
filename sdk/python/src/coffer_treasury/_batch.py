"""Lines of a batch that the service could not do yet: sent again under their keys. Every other answer to a line is final."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ._flow import backoff
from ._keys import new_idempotency_key

ROUNDS_MAX: Final = 8
"""How often a line is sent at most."""
LINE_WAIT: Final = 1.0
"""What `Retry-After` says of a single call that gets this answer, in seconds; lines have no such header."""


class Batch:
    """Which lines are to be sent next, and what is known of all of them. Does no I/O."""

    def __init__(self, commands: Sequence[Mapping[str, Any]], deadline: float) -> None:
        """Lines without a key get one. `deadline`: seconds for all rounds together."""
        self._lines: list[Mapping[str, Any]] = [{"idempotencyKey": new_idempotency_key(), **command} for command in commands]
        self._ends_at = time.monotonic() + deadline
        self._open = list(range(len(self._lines)))
        self._round = 0
        self._reply: dict[str, Any] = {"results": []}
        self._results: list[Any] = [None] * len(self._lines)

    @property
    def body(self) -> dict[str, Any]:
        """What to send: all lines, then those that are to be sent again."""
        return {"commands": [self._lines[at] for at in self._open]}

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return max(0.001, self._ends_at - time.monotonic())

    @property
    def reply(self) -> Any:
        """What is known by now, with the results in the order of the lines."""
        return {**self._reply, "results": self._results}

    def take(self, reply: Any) -> None:
        """The answer to what was sent."""
        if self._round == 0:
            self._reply = reply
        self._round += 1
        for at, result in zip(self._open, reply["results"], strict=True):
            self._results[at] = result
        self._open = [at for at in self._open if _is_open(self._results[at])]

    def wait(self) -> float | None:
        """Seconds to wait before lines are sent again; None: all have their answer, or the time is up."""
        wait = LINE_WAIT + backoff(self._round)
        if not self._open or self._round >= ROUNDS_MAX or time.monotonic() + wait >= self._ends_at:
            return None
        return wait


def _is_open(result: Mapping[str, Any]) -> bool:
    return bool(result["status"] == 503 and result.get("problem", {}).get("code") == "LEDGER_UNAVAILABLE")
