"""When a request is sent, and sent again: decided here once for the blocking and the asynchronous client, without any I/O."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeAlias

from .errors import CallFacts, CofferError, ConnectionLost, ProblemAnswer, error_of
from .usd import Usd

ATTEMPTS_MAX: Final = 8
BACKOFF_FIRST: Final = 0.1
BACKOFF_MAX: Final = 5.0
DOUBLINGS_MAX: Final = 10
RETRY_AFTER_MAX: Final = 86_400


@dataclass(frozen=True)
class Request:
    """A request as calls make it."""

    method: str
    path: str
    facts: CallFacts
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = False
    """Whether a repetition has no effect of its own: it only reads, sets what it names, or carries an idempotency key."""


@dataclass(frozen=True)
class Answer:
    """An answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Lost:
    """What came in place of an answer."""

    cause: Exception


@dataclass(frozen=True)
class Send:
    """To do next: send the request, and wait so many seconds at most."""

    timeout: float


@dataclass(frozen=True)
class Sleep:
    """To do next: nothing, for so many seconds."""

    seconds: float


Step: TypeAlias = Send | Sleep


def attempts(request: Request, deadline: float, timeout: float) -> Generator[Step, Answer | Lost | None, Any]:
    """The steps of a call, at most ATTEMPTS_MAX attempts within the deadline in seconds; returns the JSON of its answer.

    Raises ApiError for a refusal, ConnectionLost where no answer came.
    """
    ends_at = time.monotonic() + deadline
    number = 0
    while True:
        number += 1
        got = yield Send(max(0.001, min(timeout, ends_at - time.monotonic())))
        outcome = _read(got)
        if isinstance(outcome, _Done):
            return outcome.value
        wait = _wait_before(outcome, request.repeatable, number)
        if wait is None or number >= ATTEMPTS_MAX or time.monotonic() + wait >= ends_at:
            raise failure_of(outcome, request.facts)
        yield Sleep(wait)


@dataclass(frozen=True)
class _Done:
    value: Any


def _read(got: Answer | Lost | None) -> _Done | ProblemAnswer | Lost:
    if not isinstance(got, Answer):
        return got or Lost(RuntimeError("nothing was sent"))
    if not 200 <= got.status < 300:
        return problem_in(got)
    try:
        return _Done(None if got.text == "" else json.loads(got.text))
    except ValueError as cause:
        return Lost(cause)


def _wait_before(outcome: ProblemAnswer | Lost, repeatable: bool, failed: int) -> float | None:
    """How long to wait before a request is sent again; None: never.

    A refusal is only repeated where the service itself says that time heals it (429 and 503 with `Retry-After`), or where a
    gateway answered in its place.
    """
    if isinstance(outcome, Lost):
        return backoff(failed) if repeatable else None
    if outcome.status in (429, 503) and outcome.retry_after is not None:
        return outcome.retry_after + backoff(failed)
    is_gateway = outcome.problem.get("code") is None and outcome.status in (502, 503, 504)
    return backoff(failed) if is_gateway and repeatable else None


def failure_of(outcome: ProblemAnswer | Lost, facts: CallFacts) -> CofferError:
    """The error for an outcome that is no success."""
    if isinstance(outcome, ProblemAnswer):
        return error_of(outcome, facts)
    lost = ConnectionLost(f"{facts.call}: no answer came, its effect is unknown: {outcome.cause!r}", facts)
    lost.__cause__ = outcome.cause
    return lost


def problem_in(answer: Answer) -> ProblemAnswer:
    """What an answer that is no success says."""
    problem: Mapping[str, Any] = {}
    try:
        parsed = json.loads(answer.text)
        problem = parsed if isinstance(parsed, dict) else {}
    except ValueError:
        # A page of a gateway: its status is all that is known.
        pass
    return ProblemAnswer(answer.status, problem, answer.headers.get("x-request-id"), retry_after(answer.headers))


def backoff(failed: int) -> float:
    """Seconds before the retry that follows this many failed attempts: doubled each time, and a random part of it."""
    most = min(BACKOFF_MAX, BACKOFF_FIRST * 2 ** min(failed - 1, DOUBLINGS_MAX))
    return float(most / 2 + random.random() * most / 2)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """What `Retry-After` says, in seconds; None without one. A date counts from the answer's own `Date`."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]{1,9}", value):
        return min(int(value), RETRY_AFTER_MAX)
    until = _date(value)
    if until is None:
        return None
    sent = _date(headers.get("date", "")) or datetime.now(timezone.utc)
    return min(max(0.0, (until - sent).total_seconds()), RETRY_AFTER_MAX)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=timezone.utc)


def to_json(body: Any) -> bytes:
    """The body of a request. Amounts may be Usd; floats are refused, since the API takes none for anything."""
    return json.dumps(_exact(body), ensure_ascii=False, separators=(",", ":")).encode()


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("a float is no exact amount; send text or a Usd")
    if isinstance(value, Usd):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _exact(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_exact(one) for one in value]
    return value
