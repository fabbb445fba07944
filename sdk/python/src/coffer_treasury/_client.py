# Made by make.mjs from _async_client.py.
"""The blocking client."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Callable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Final, Self, cast

import httpx

from ._batch import Batch
from ._calls import DEADLINE, TIMEOUT, Options, money, query_of, request_of
from ._flow import Answer, Lost, Request, Sleep, attempts, backoff, failure_of, problem_in
from ._sse import Messages
from .errors import ApiError, CallFacts, CofferError, ConnectionLost
from .models import (
    Balance,
    CaptureHoldRequest,
    CheckBalanceReply,
    CheckBalanceRequest,
    CreateDebitRequest,
    CreateHoldRequest,
    Debit,
    Deposit,
    Entry,
    Event,
    ExtendHoldRequest,
    GrowHoldRequest,
    HeartbeatHoldRequest,
    Hold,
    HoldAlive,
    HoldCaptured,
    HoldExtended,
    HoldGrown,
    HoldOpened,
    HoldReleased,
    Order,
    ReleaseHoldRequest,
    ReportUsageReply,
    ReportUsageRequest,
    RunBatchReply,
    Sender,
)

SILENCE_MAX: Final = 45.0
"""Above this a stream that says nothing counts as lost: the service sends something every 15 seconds."""
AWAY_MAX: Final = 300.0
"""How long the service may be away before following the log is given up."""


class Coffer:
    """A client of one service. Make one for the whole program, and close it (or use `with`)."""

    def __init__(
        self,
        base_url: str,
        key: str | Callable[[], str],
        *,
        org: str | None = None,
        deadline: float = DEADLINE,
        timeout: float = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`key`: an API key, or a function that answers one for each attempt. `deadline`: seconds for all attempts of a call
        together. `timeout`: seconds after which an attempt without an answer counts as lost."""
        self._key = key
        self._org = org
        self._deadline = deadline
        self._timeout = timeout
        self._http = httpx.Client(base_url=base_url.rstrip("/"), transport=transport)

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def request(
        self,
        call: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        options: Options = Options(),
    ) -> Any:
        """Any call, by its method and path: `request("POST /orgs/{org}/checkout", path={"org": org}, body={...})`.

        A call that changes something is sent again after a lost connection only with an `idempotency_key`.
        Raises ApiError, ConnectionLost.
        """
        return self._send(call, options, path=path, query=query, body=body)

    def get_balance(self, *, at: str | None = None, options: Options = Options()) -> Balance:
        """The balance of the org, now or as it was recorded before `at`."""
        return cast(Balance, self._send("GET /treasury/balance", options, query={"at": at}))

    def check_balance(self, body: CheckBalanceRequest, *, options: Options = Options()) -> CheckBalanceReply:
        """Whether an amount could be spent now. Moves nothing and promises nothing: to be sure of money, hold it."""
        return cast(CheckBalanceReply, self._send("POST /treasury/check-balance", options, body=body, repeatable=True))

    def create_debit(self, body: CreateDebitRequest, *, options: Options = Options()) -> Debit:
        """Spends an amount, or a quantity of an action of the price book. Raises InsufficientCreditError, ..."""
        return cast(Debit, self._send("POST /treasury/debit", money(options), body=body))

    def create_hold(self, body: CreateHoldRequest, *, options: Options = Options()) -> HoldOpened:
        """Sets money aside. `hold` takes care of its end. Raises InsufficientCreditError, ..."""
        return cast(HoldOpened, self._send("POST /treasury/hold", money(options), body=body))

    def capture_hold(self, body: CaptureHoldRequest, *, options: Options = Options()) -> HoldCaptured:
        """Takes a cost from a hold. Unless `final` is False, that closes it and frees the rest."""
        return cast(HoldCaptured, self._send("POST /treasury/consume-hold", money(options), body=body))

    def release_hold(self, body: ReleaseHoldRequest, *, options: Options = Options()) -> HoldReleased:
        """Frees what a hold has left, and ends it."""
        return cast(HoldReleased, self._send("POST /treasury/release-hold", money(options), body=body))

    def extend_hold(self, body: ExtendHoldRequest, *, options: Options = Options()) -> HoldExtended:
        """Lets a hold last longer."""
        return cast(HoldExtended, self._send("POST /treasury/extend-hold", money(options), body=body))

    def grow_hold(self, body: GrowHoldRequest, *, options: Options = Options()) -> HoldGrown:
        """Adds money to a hold. Raises InsufficientCreditError, ..."""
        return cast(HoldGrown, self._send("POST /treasury/grow-hold", money(options), body=body))

    def heartbeat_hold(self, body: HeartbeatHoldRequest, *, options: Options = Options()) -> HoldAlive:
        """Keeps a hold alive that was opened with `heartbeatSeconds`."""
        return cast(HoldAlive, self._send("POST /treasury/heartbeat-hold", options, body=body, repeatable=True))

    def run_batch(self, commands: Sequence[Mapping[str, Any]], *, options: Options = Options()) -> RunBatchReply:
        """Up to 1,000 commands, each judged alone. Those without an `idempotencyKey` get one, which retries keep.

        Lines that the ledger could not take in time (503) are sent again under their keys. One that is still 503 at the deadline
        may have been carried out or not: send it again under the key in its result to find out. A refused line is never sent again.
        """
        batch = Batch(commands, options.deadline or self._deadline)
        batch.take(self._send("POST /treasury/batch", options, body=batch.body, repeatable=True))
        # A dry run judges each line on those before it, so that a part of it would be judged wrongly.
        while not options.dry_run and (wait := batch.wait()) is not None:
            time.sleep(wait)
            again = replace(options, deadline=batch.left)
            try:
                batch.take(self._send("POST /treasury/batch", again, body=batch.body, repeatable=True))
            except CofferError:
                # The outcome of the other lines is known and must not be lost with that of these.
                break
        return cast(RunBatchReply, batch.reply)

    def report_usage(self, body: ReportUsageRequest, *, options: Options = Options()) -> ReportUsageReply:
        """Priced usage. Each event's `id` counts once for ever, so that the same events may be sent again."""
        return cast(ReportUsageReply, self._send("POST /treasury/usage", options, body=body, repeatable=True))

    def list_entries(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> Iterator[Entry]:
        """The entries of the ledger, newest first, page by page as they are needed."""
        for row in self._pages("GET /treasury/ledger", "entries", query, options):
            yield cast(Entry, row)

    def list_holds(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> Iterator[Hold]:
        """The holds, newest first."""
        for row in self._pages("GET /treasury/holds", "holds", query, options):
            yield cast(Hold, row)

    def list_deposits(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> Iterator[Deposit]:
        """The deposits, newest first."""
        for row in self._pages("GET /treasury/deposits", "deposits", query, options):
            yield cast(Deposit, row)

    def list_orders(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> Iterator[Order]:
        """The purchases on every rail, newest first."""
        for row in self._pages("GET /treasury/orders", "orders", query, options):
            yield cast(Order, row)

    def list_senders(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> Iterator[Sender]:
        """The registered senders, newest first."""
        for row in self._pages("GET /treasury/senders", "senders", query, options):
            yield cast(Sender, row)

    def list_events(
        self, *, after: str | None = None, types: Sequence[str] | None = None, options: Options = Options()
    ) -> Iterator[Event]:
        """The events of the log after a cursor, oldest first, to its present end. Keep the last one's `cursor`."""
        while True:
            page = self._send("GET /events", options, query={"after": after, "types": types})
            for event in page["events"]:
                yield cast(Event, event)
            if not page["hasMore"]:
                return
            if page["cursor"] == after:
                raise RuntimeError("a page of the event log leads back to itself")
            after = page["cursor"]

    def follow_events(
        self, *, after: str, types: Sequence[str] | None = None, options: Options = Options()
    ) -> Iterator[Event]:
        """The events of the log after a cursor, then each new one as it happens. Close the iterator to end it.

        A lost connection is opened again where it broke off; no event comes twice, and none is left out. `after="now"`: only
        what happens from now on. Raises ApiError for a refusal, ConnectionLost once the service was away for too long.
        """
        cursor = None if after == "now" else after
        failed, away = 0, 0.0
        while True:
            try:
                for message in self._stream(cursor, types, options):
                    failed, away = 0, 0.0
                    # A connection that is opened again shows nothing a second time.
                    if message.id is None or (cursor is not None and message.id <= cursor):
                        continue
                    cursor = message.id
                    if message.data:
                        yield cast(Event, json.loads(message.data))
            except ApiError as error:
                if error.status != 429 and error.status < 500 or away > AWAY_MAX:
                    raise
            except ConnectionLost:
                if away > AWAY_MAX:
                    raise
            failed += 1
            wait = backoff(failed)
            away += wait
            time.sleep(wait)

    def _stream(self, cursor: str | None, types: Sequence[str] | None, options: Options) -> Iterator[Any]:
        request = request_of("GET /events/stream", options, org=self._org, query={"types": types})
        headers = {**(self._headers(request)), **({} if cursor is None else {"Last-Event-ID": cursor})}
        messages = Messages()
        try:
            with self._http.stream("GET", request.path, headers=headers, timeout=SILENCE_MAX) as response:
                if response.status_code != 200:
                    response.read()
                    raise failure_of(problem_in(_answer(response)), request.facts)
                for piece in response.iter_raw():
                    for message in messages.feed(piece):
                        yield message
        except (httpx.HTTPError, ValueError) as cause:
            raise failure_of(Lost(cause), request.facts) from cause

    def _pages(self, call: str, rows: str, query: Mapping[str, Any] | None, options: Options) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            page = self._send(call, options, query={**(query or {}), "cursor": cursor})
            for row in page[rows]:
                yield row
            if page.get("nextCursor") is None:
                return
            if page["nextCursor"] == cursor:
                raise RuntimeError("a page of the service leads back to itself")
            cursor = page["nextCursor"]

    def _send(
        self,
        call: str,
        options: Options,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        repeatable: bool = False,
    ) -> Any:
        request = request_of(call, options, org=self._org, path=path, query=query, body=body, repeatable=repeatable)
        steps = attempts(request, options.deadline or self._deadline, self._timeout)
        step = next(steps)
        while True:
            got: Answer | Lost | None = None
            if isinstance(step, Sleep):
                time.sleep(step.seconds)
            else:
                got = self._attempt(request, step.timeout)
            try:
                step = steps.send(got)
            except StopIteration as end:
                return end.value

    def _attempt(self, request: Request, timeout: float) -> Answer | Lost:
        headers = self._headers(request)
        try:
            return _answer(
                self._http.request(request.method, request.path, content=request.body, headers=headers, timeout=timeout)
            )
        except (httpx.HTTPError, ValueError) as cause:
            return Lost(cause)

    def _headers(self, request: Request) -> dict[str, str]:
        key = self._key if isinstance(self._key, str) else self._key()
        return {"Authorization": f"Bearer {key}", **request.headers}


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.text)

