# Made by make.mjs from _async_holds.py.
"""The blocking holds and streams. A hold is kept alive while the work runs, and nothing stays held behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Callable
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Generic, Literal, Self, TypeVar

from ._client import Coffer
from ._calls import Options
from ._threads import Repeating
from .errors import ApiError, CofferError, InsufficientCreditError
from .models import CaptureHoldRequest, CreateHoldRequest, HoldCaptured
from .usd import ZERO, Amount, Usd

HEARTBEAT_SECONDS: Final = 30
"""How soon a hold ends whose program died, unless the terms say otherwise."""
BEATS_PER_INTERVAL: Final = 3
"""Reports within one interval of the heartbeat: two of them may be lost."""

Chunk = TypeVar("Chunk")


class OpenHold:
    """An open hold that reports to the service while it is open.

    If the program dies, no report comes, and the hold ends by itself after `heartbeatSeconds` (30 unless the terms say otherwise).
    """

    def __init__(self, coffer: Coffer, id: str, left: Usd, options: Options) -> None:
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
    def open(cls, coffer: Coffer, terms: CreateHoldRequest, options: Options = Options()) -> Self:
        """Opens a hold; `hold` also ends it.

        Under an idempotency key that was used before it is the same hold, if it is still open. Raises InsufficientCreditError,
        ConflictError `HOLD_NOT_PENDING` where the hold of that key has ended, ...
        """
        seconds = terms.get("heartbeatSeconds", HEARTBEAT_SECONDS)
        opened = coffer.create_hold({**terms, "heartbeatSeconds": seconds}, options=options)
        own = Options(org=options.org, deadline=options.deadline)
        # A repeated opening answers what the first one did, also where that hold has ended: work must not begin on it.
        if options.idempotency_key is not None:
            coffer.heartbeat_hold({"holdId": opened["holdId"]}, options=own)
        hold = cls(coffer, opened["holdId"], Usd(opened["amountUsd"]), own)
        hold._beating = Repeating(seconds / BEATS_PER_INTERVAL, hold._beat)
        return hold

    def capture(self, amount: Amount, *, idempotency_key: str | None = None) -> HoldCaptured:
        """Takes a part of the cost and keeps the hold open. Raises ConflictError `HOLD_EXCEEDED` above what is left.

        A second capture under the same key, from another hold as well, is ConflictError `IDEMPOTENCY_CONFLICT`.
        """
        return self._take(amount, idempotency_key, final=False)

    def close(self, amount: Amount, *, idempotency_key: str | None = None) -> HoldCaptured:
        """Takes the last part of the cost, and frees the rest."""
        return self._take(amount, idempotency_key, final=True)

    def grow(self, by: Amount) -> None:
        """Adds money. Raises InsufficientCreditError where there is not enough."""
        grown = self._coffer.grow_hold({"holdId": self.id, "byUsd": str(Usd(by))}, options=self._options)
        self.left = Usd(grown["holdLeftUsd"])

    def release(self) -> None:
        """Frees what is left, and ends the hold. Does nothing where it has ended already."""
        if not self.is_open:
            return
        self._end()
        try:
            self._coffer.release_hold({"holdId": self.id}, options=self._options)
        except ApiError as error:
            if not _is_ended(error):
                raise

    def _take(self, amount: Amount, key: str | None, *, final: bool) -> HoldCaptured:
        options = Options(org=self._options.org, idempotency_key=key, deadline=self._options.deadline)
        body: CaptureHoldRequest = {"holdId": self.id, "amountUsd": str(Usd(amount)), "final": final}
        taken = self._coffer.capture_hold(body, options=options)
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

    def _beat(self) -> bool:
        try:
            self._coffer.heartbeat_hold({"holdId": self.id}, options=self._options)
        except CofferError as error:
            # What is lost is made up for by the next report; only the end of the hold is final.
            if _is_ended(error) and self.is_open:
                self.ended_by = error
                self._end()
        return self.is_open


@contextmanager
def hold(
    coffer: Coffer, terms: CreateHoldRequest, *, options: Options = Options()
) -> Iterator[OpenHold]:
    """Holds money while the block runs.

    What the block captures is charged; the rest is freed when it ends and when it raises. If the program dies meanwhile, the
    hold ends by itself. Raises InsufficientCreditError before the block begins where the money is not there.
    """
    opened = OpenHold.open(coffer, terms, options)
    try:
        yield opened
    finally:
        _release_quietly(opened)


def _release_quietly(hold: OpenHold) -> None:
    try:
        hold.release()
    except CofferError:
        # Without an answer the hold ends by its heartbeat: that is no reason to lose what the work made or raised.
        pass


MeterEnd = Literal["source", "credit", "advice"]
"""Why a metered stream ended: with its source; no credit was left for the next chunk; the service advised it."""


class Metered(Generic[Chunk]):
    """The chunks of a stream, each delivered only once money is held for it. Use it in `with`, and read it once."""

    def __init__(
        self,
        coffer: Coffer,
        source: Iterable[Chunk],
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
        self._hold: OpenHold | None = None
        self._due = ZERO

    @property
    def captured(self) -> Usd:
        """What was captured: the cost of what was delivered, once the stream is over."""
        return ZERO if self._hold is None else self._hold.captured

    def __enter__(self) -> Self:
        self._hold = OpenHold.open(self._coffer, self._terms, self._options)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._settle()
        except CofferError:
            # A failure of the work is what has to be seen, rather than one of the last capture.
            if error is None:
                raise

    def __iter__(self) -> Iterator[Chunk]:
        hold = self._opened()
        for chunk in self._source:
            if hold.ended_by is not None:
                raise hold.ended_by
            due = self._due + self._price(chunk)
            # A hold that is used up is closed by the service, so it grows before the last of it is captured.
            if due >= hold.left:
                self._make_room(hold, due)
            if due > hold.left:
                self.ended = "credit"
                return
            self._due = due
            if self._part <= due < hold.left:
                # Before it is known whether it was captured: what may have been charged is not charged again.
                self._due = ZERO
                hold.capture(due)
            yield chunk
            if hold.advice == "stop":
                self.ended = "advice"
                return
        self.ended = "source"

    def _make_room(self, hold: OpenHold, due: Usd) -> None:
        """Grows the hold by a step above what is due; without credit for that, by what is missing; else not."""
        missing = due - hold.left
        for by in (missing + self._step, missing):
            if by <= ZERO:
                return
            try:
                hold.grow(by)
                return
            except InsufficientCreditError:
                pass

    def _settle(self) -> None:
        hold = self._opened()
        due = min(self._due, hold.left)
        self._due = ZERO
        if due > ZERO:
            hold.close(due)
        else:
            hold.release()

    def _opened(self) -> OpenHold:
        if self._hold is None:
            raise RuntimeError("use a metered stream in a `with` block")
        return self._hold


def _is_ended(error: CofferError) -> bool:
    return isinstance(error, ApiError) and error.code in ("HOLD_NOT_PENDING", "NOT_FOUND")
