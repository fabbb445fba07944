"""The asynchronous client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
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


class AsyncCoffer:
    """A client of one service. Make one for the whole program, and close it (or use `async with`)."""

    def __init__(
        self,
        base_url: str,
        key: str | Callable[[], Awaitable[str]],
        *,
        org: str | None = None,
        deadline: float = DEADLINE,
        timeout: float = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`key`: an API key, or a function that answers one for each attempt. `deadline`: seconds for all attempts of a call
        together. `timeout`: seconds after which an attempt without an answer counts as lost."""
        self._key = key
        self._org = org
        self._deadline = deadline
        self._timeout = timeout
        self._http = httpx.AsyncClient(base_url=base_url.rstrip("/"), transport=transport)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def request(
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
        return await self._send(call, options, path=path, query=query, body=body)

    async def get_balance(self, *, at: str | None = None, options: Options = Options()) -> Balance:
        """The balance of the org, now or as it was recorded before `at`."""
        return cast(Balance, await self._send("GET /treasury/balance", options, query={"at": at}))

    async def check_balance(self, body: CheckBalanceRequest, *, options: Options = Options()) -> CheckBalanceReply:
        """Whether an amount could be spent now. Moves nothing and promises nothing: to be sure of money, hold it."""
        return cast(CheckBalanceReply, await self._send("POST /treasury/check-balance", options, body=body, repeatable=True))

    async def create_debit(self, body: CreateDebitRequest, *, options: Options = Options()) -> Debit:
        """Spends an amount, or a quantity of an action of the price book. Raises InsufficientCreditError, ..."""
        return cast(Debit, await self._send("POST /treasury/debit", money(options), body=body))

    async def create_hold(self, body: CreateHoldRequest, *, options: Options = Options()) -> HoldOpened:
        """Sets money aside. `hold` takes care of its end. Raises InsufficientCreditError, ..."""
        return cast(HoldOpened, await self._send("POST /treasury/hold", money(options), body=body))

    async def capture_hold(self, body: CaptureHoldRequest, *, options: Options = Options()) -> HoldCaptured:
        """Takes a cost from a hold. Unless `final` is False, that closes it and frees the rest."""
        return cast(HoldCaptured, await self._send("POST /treasury/consume-hold", money(options), body=body))

    async def release_hold(self, body: ReleaseHoldRequest, *, options: Options = Options()) -> HoldReleased:
        """Frees what a hold has left, and ends it."""
        return cast(HoldReleased, await self._send("POST /treasury/release-hold", money(options), body=body))

    async def extend_hold(self, body: ExtendHoldRequest, *, options: Options = Options()) -> HoldExtended:
        """Lets a hold last longer."""
        return cast(HoldExtended, await self._send("POST /treasury/extend-hold", money(options), body=body))

    async def grow_hold(self, body: GrowHoldRequest, *, options: Options = Options()) -> HoldGrown:
        """Adds money to a hold. Raises InsufficientCreditError, ..."""
        return cast(HoldGrown, await self._send("POST /treasury/grow-hold", money(options), body=body))

    async def heartbeat_hold(self, body: HeartbeatHoldRequest, *, options: Options = Options()) -> HoldAlive:
        """Keeps a hold alive that was opened with `heartbeatSeconds`."""
        return cast(HoldAlive, await self._send("POST /treasury/heartbeat-hold", options, body=body, repeatable=True))

    async def run_batch(self, commands: Sequence[Mapping[str, Any]], *, options: Options = Options()) -> RunBatchReply:
        """Up to 1,000 commands, each judged alone. Those without an `idempotencyKey` get one, which retries keep.

        Lines that the ledger could not take in time (503) are sent again under their keys. One that is still 503 at the deadline
        may have been carried out or not: send it again under the key in its result to find out. A refused line is never sent again.
        """
        batch = Batch(commands, options.deadline or self._deadline)
        batch.take(await self._send("POST /treasury/batch", options, body=batch.body, repeatable=True))
        # A dry run judges each line on those before it, so that a part of it would be judged wrongly.
        while not options.dry_run and (wait := batch.wait()) is not None:
            await asyncio.sleep(wait)
            again = replace(options, deadline=batch.left)
            try:
                batch.take(await self._send("POST /treasury/batch", again, body=batch.body, repeatable=True))
            except CofferError:
                # The outcome of the other lines is known and must not be lost with that of these.
                break
        return cast(RunBatchReply, batch.reply)

    async def report_usage(self, body: ReportUsageRequest, *, options: Options = Options()) -> ReportUsageReply:
        """Priced usage. Each event's `id` counts once for ever, so that the same events may be sent again."""
        return cast(ReportUsageReply, await self._send("POST /treasury/usage", options, body=body, repeatable=True))

    async def list_entries(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> AsyncIterator[Entry]:
        """The entries of the ledger, newest first, page by page as they are needed."""
        async for row in self._pages("GET /treasury/ledger", "entries", query, options):
            yield cast(Entry, row)

    async def list_holds(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> AsyncIterator[Hold]:
        """The holds, newest first."""
        async for row in self._pages("GET /treasury/holds", "holds", query, options):
            yield cast(Hold, row)

    async def list_deposits(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> AsyncIterator[Deposit]:
        """The deposits, newest first."""
        async for row in self._pages("GET /treasury/deposits", "deposits", query, options):
            yield cast(Deposit, row)

    async def list_orders(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> AsyncIterator[Order]:
        """The purchases on every rail, newest first."""
        async for row in self._pages("GET /treasury/orders", "orders", query, options):
            yield cast(Order, row)

    async def list_senders(self, query: Mapping[str, Any] | None = None, *, options: Options = Options()) -> AsyncIterator[Sender]:
        """The registered senders, newest first."""
        async for row in self._pages("GET /treasury/senders", "senders", query, options):
            yield cast(Sender, row)

    async def list_events(
        self, *, after: str | None = None, types: Sequence[str] | None = None, options: Options = Options()
    ) -> AsyncIterator[Event]:
        """The events of the log after a cursor, oldest first, to its present end. Keep the last one's `cursor`."""
        while True:
            page = await self._send("GET /events", options, query={"after": after, "types": types})
            for event in page["events"]:
                yield cast(Event, event)
            if not page["hasMore"]:
                return
            if page["cursor"] == after:
                raise RuntimeError("a page of the event log leads back to itself")
            after = page["cursor"]

    async def follow_events(
        self, *, after: str, types: Sequence[str] | None = None, options: Options = Options()
    ) -> AsyncIterator[Event]:
        """The events of the log after a cursor, then each new one as it happens. Close the iterator to end it.

        A lost connection is opened again where it broke off; no event comes twice, and none is left out. `after="now"`: only
        what happens from now on. Raises ApiError for a refusal, ConnectionLost once the service was away for too long.
        """
        cursor = None if after == "now" else after
        failed, away = 0, 0.0
        while True:
            try:
                async for message in self._stream(cursor, types, options):
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
            await asyncio.sleep(wait)

    async def _stream(self, cursor: str | None, types: Sequence[str] | None, options: Options) -> AsyncIterator[Any]:
        request = request_of("GET /events/stream", options, org=self._org, query={"types": types})
        headers = {**(await self._headers(request)), **({} if cursor is None else {"Last-Event-ID": cursor})}
        messages = Messages()
        try:
            async with self._http.stream("GET", request.path, headers=headers, timeout=SILENCE_MAX) as response:
                if response.status_code != 200:
                    await response.aread()
                    raise failure_of(problem_in(_answer(response)), request.facts)
                async for piece in response.aiter_raw():
                    for message in messages.feed(piece):
                        yield message
        except (httpx.HTTPError, ValueError) as cause:
            raise failure_of(Lost(cause), request.facts) from cause

    async def _pages(self, call: str, rows: str, query: Mapping[str, Any] | None, options: Options) -> AsyncIterator[Any]:
        cursor: str | None = None
        while True:
            page = await self._send(call, options, query={**(query or {}), "cursor": cursor})
            for row in page[rows]:
                yield row
            if page.get("nextCursor") is None:
                return
            if page["nextCursor"] == cursor:
                raise RuntimeError("a page of the service leads back to itself")
            cursor = page["nextCursor"]

    async def _send(
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
                await asyncio.sleep(step.seconds)
            else:
                got = await self._attempt(request, step.timeout)
            try:
                step = steps.send(got)
            except StopIteration as end:
                return end.value

    async def _attempt(self, request: Request, timeout: float) -> Answer | Lost:
        headers = await self._headers(request)
        try:
            return _answer(
                await self._http.request(request.method, request.path, content=request.body, headers=headers, timeout=timeout)
            )
        except (httpx.HTTPError, ValueError) as cause:
            return Lost(cause)

    async def _headers(self, request: Request) -> dict[str, str]:
        key = self._key if isinstance(self._key, str) else await self._key()
        return {"Authorization": f"Bearer {key}", **request.headers}


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.text)

