"""Work that is repeated beside a coroutine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Repeating:
    """Does the work again and again, after so many seconds each time, until it answers False or is stopped."""

    def __init__(self, seconds: float, work: Callable[[], Awaitable[bool]]) -> None:
        self._task = asyncio.create_task(self._run(seconds, work))

    async def _run(self, seconds: float, work: Callable[[], Awaitable[bool]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            if not await work():
                return

    def stop(self) -> None:
        """Ends it, also from inside of the work."""
        if self._task is not asyncio.current_task():
            self._task.cancel()
