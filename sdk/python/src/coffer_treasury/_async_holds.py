"""The asynchronous holds and streams. A hold is kept alive while the work runs, and nothing stays held behind it."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Final, Generic, Literal, Self, TypeVar

from ._async_client import AsyncCoffer
from ._calls import Options
from ._tasks import Repeating
from .errors import ApiError, CofferError, InsufficientCreditError
from .models import CaptureHoldRequest, CreateHoldRequest, HoldCaptured
from .usd import ZERO, Amount, Usd

HEARTBEAT_SECONDS: Final = 30
"""How soon a hold ends whose program died, unless the terms say otherwise."""
BEATS_PER_INTERVAL: Final = 3
"""Reports within one interval of the heartbeat: two of them may be lost."""

Chunk = TypeVar("Chunk")


class AsyncOpenHold:
    """An open hold that reports to the service while it is open.

    If the program dies, no report comes, and the hold ends by itself after `heartbeatSeconds` (30 unless the terms say otherwise).
    """

    def __init__(self, coffer: AsyncCoffer, id: str, left: Usd, options: Options) -> None:
        self.id = id
        self.left = left
        """What can still be captured."""
        self.captured = ZERO
        """What was captured so far."""
        self.advice: str = "continue"
        """What the last capture advised: `stop` when another one like it could not be paid."""
        self.is_open = True
        self.ended_by: CofferError | None = None
        """Set when the service says that the hold has ended: what is done from then on cannot be charged to it."""
        self._coffer = coffer
        self._options = options
        self._beating: Repeating | None = None

    @classmethod
    async def open(cls, coffer: AsyncCoffer, terms: CreateHoldRequest, options: Options = Options()) -> Self:
        """Opens a hold; `async_hold` also ends it.

        Under an idempotency key that was used before it is the same hold, if it is still open. Raises InsufficientCreditError,
        ConflictError `HOLD_NOT_PENDING` where the hold of that key has ended, ...
        """
        seconds = terms.get("heartbeatSeconds", HEARTBEAT_SECONDS)
        opened = await coffer.create_hold({**terms, "heartbeatSeconds": seconds}, options=options)
        own = Options(org=options.org, deadline=options.deadline)
        # A repeated opening answers what the first one did, also where that hold has ended: work must not begin on it.
        if options.idempotency_key is not None:
            await coffer.heartbeat_hold({"holdId": opened["holdId"]}, options=own)
        hold = cls(coffer, opened["holdId"], Usd(opened["amountUsd"]), own)
        hold._beating = Repeating(seconds / BEATS_PER_INTERVAL, hold._beat)
        return hold

    async def capture(self, amount: Amount, *, idempotency_key: str | None = None) -> HoldCaptured:
        """Takes a part of the cost and keeps the hold open. Raises ConflictError `HOLD_EXCEEDED` above what is left.

        A second capture under the same key, from another hold as well, is ConflictError `IDEMPOTENCY_CONFLICT`.
        """
        return await self._take(amount, idempotency_key, final=False)

    async def close(self, amount: Amount, *, idempotency_key: str | None = None) -> HoldCaptured:
        """Takes the last part of the cost, and frees the rest."""
        return await self._take(amount, idempotency_key, final=True)

    async def grow(self, by: Amount) -> None:
        """Adds money. Raises InsufficientCreditError where there is not enough."""
        grown = await self._coffer.grow_hold({"holdId": self.id, "byUsd": str(Usd(by))}, options=self._options)
        self.left = Usd(grown["holdLeftUsd"])

    async def release(self) -> None:
        """Frees what is left, and ends the hold. Does nothing where it has ended already."""
        if not self.is_open:
            return
        self._end()
        try:
            await self._coffer.release_hold({"holdId": self.id}, options=self._options)
        except ApiError as error:
            if not _is_ended(error):
                raise

    async def _take(self, amount: Amount, key: str | None, *, final: bool) -> HoldCaptured:
        options = Options(org=self._options.org, idempotency_key=key, deadline=self._options.deadline)
        body: CaptureHoldRequest = {"holdId": self.id, "amountUsd": str(Usd(amount)), "final": final}
        taken = await self._coffer.capture_hold(body, options=options)
        self.left = Usd(taken["holdLeftUsd"])
        self.captured += taken["amountUsd"]
        self.advice = taken["advice"]
        # The service closes a hold that has nothing left.
        if final or self.left == ZERO:
            self._end()
        return taken

    def _end(self) -> None:
        self.is_open = False
        if self._beating is not None:
            self._beating.stop()

    async def _beat(self) -> bool:
        try:
            await self._coffer.heartbeat_hold({"holdId": self.id}, options=self._options)
        except CofferError as error:
            # What is lost is made up for by the next report; only the end of the hold is final.
            if _is_ended(error) and self.is_open:
                self.ended_by = error
                self._end()
        return self.is_open


@asynccontextmanager
async def async_hold(
    coffer: AsyncCoffer, terms: CreateHoldRequest, *, options: Options = Options()
) -> AsyncIterator[AsyncOpenHold]:
    """Holds money while the block runs.

    What the block captures is charged; the rest is freed when it ends and when it raises. If the program dies meanwhile, the
    hold ends by itself. Raises InsufficientCreditError before the block begins where the money is not there.
    """
    opened = await AsyncOpenHold.open(coffer, terms, options)
    try:
        yield opened
    finally:
        await _release_quietly(opened)


async def _release_quietly(hold: AsyncOpenHold) -> None:
    try:
        await hold.release()
    except CofferError:
        # Without an answer the hold ends by its heartbeat: that is no reason to lose what the work made or raised.
        pass


MeterEnd = Literal["source", "credit", "advice"]
"""Why a metered stream ended: with its source; no credit was left for the next chunk; the service advised it."""


class AsyncMetered(Generic[Chunk]):
    """The chunks of a stream, each delivered only once money is held for it. Use it in `async with`, and read it once."""

    def __init__(
        self,
        coffer: AsyncCoffer,
        source: AsyncIterable[Chunk],
        *,
        terms: CreateHoldRequest,
        price: Callable[[Chunk], Amount],
        grow_by: Amount | None = None,
        capture_every: Amount | None = None,
        options: Options = Options(),
    ) -> None:
        """`terms`: what is held at first, and for what. `price`: what a chunk costs. `grow_by`: what is added when the hold is
        used up; as much as at first. `capture_every`: how much may be delivered before it is captured, a quarter of the
        first hold."""
        first = Usd(terms.get("amountUsd", ""))
        self.ended: MeterEnd | None = None
        self._coffer = coffer
        self._source = source
        self._terms = terms
        self._price = price
        self._step = first if grow_by is None else Usd(grow_by)
        self._part = Usd.from_micros(max(1, first.micros // 4)) if capture_every is None else Usd(capture_every)
        self._options = options
        self._hold: AsyncOpenHold | None = None
        self._due = ZERO

    @property
    def captured(self) -> Usd:
        """What was captured: the cost of what was delivered, once the stream is over."""
        return ZERO if self._hold is None else self._hold.captured

    async def __aenter__(self) -> Self:
        self._hold = await AsyncOpenHold.open(self._coffer, self._terms, self._options)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._settle()
        except CofferError:
            # A failure of the work is what has to be seen, rather than one of the last capture.
            if error is None:
                raise

    async def __aiter__(self) -> AsyncIterator[Chunk]:
        hold = self._opened()
        async for chunk in self._source:
            if hold.ended_by is not None:
                raise hold.ended_by
            due = self._due + self._price(chunk)
            # A hold that is used up is closed by the service, so it grows before the last of it is captured.
            if due >= hold.left:
                await self._make_room(hold, due)
            if due > hold.left:
                self.ended = "credit"
                return
            self._due = due
            if self._part <= due < hold.left:
                # Before it is known whether it was captured: what may have been charged is not charged again.
                self._due = ZERO
                await hold.capture(due)
            yield chunk
            if hold.advice == "stop":
                self.ended = "advice"
                return
        self.ended = "source"

    async def _make_room(self, hold: AsyncOpenHold, due: Usd) -> None:
        """Grows the hold by a step above what is due; without credit for that, by what is missing; else not."""
        missing = due - hold.left
        for by in (missing + self._step, missing):
            if by <= ZERO:
                return
            try:
                await hold.grow(by)
                return
            except InsufficientCreditError:
                pass

    async def _settle(self) -> None:
        hold = self._opened()
        due = min(self._due, hold.left)
        self._due = ZERO
        if due > ZERO:
            await hold.close(due)
        else:
            await hold.release()

    def _opened(self) -> AsyncOpenHold:
        if self._hold is None:
            raise RuntimeError("use a metered stream in a `with` block")
        return self._hold


def _is_ended(error: CofferError) -> bool:
    return isinstance(error, ApiError) and error.code in ("HOLD_NOT_PENDING", "NOT_FOUND")
