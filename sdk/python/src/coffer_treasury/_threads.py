"""Work that is repeated beside a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Repeating:
    """Does the work again and again, after so many seconds each time, until it answers False or is stopped."""

    def __init__(self, seconds: float, work: Callable[[], bool]) -> None:
        self._stopped = threading.Event()
        # A daemon: a program that ends does not wait for it, and its hold then ends by itself.
        threading.Thread(target=self._run, args=(seconds, work), daemon=True, name="coffer-heartbeat").start()

    def _run(self, seconds: float, work: Callable[[], bool]) -> None:
        while not self._stopped.wait(seconds):
            if not work():
                return

    def stop(self) -> None:
        """Ends it."""
        self._stopped.set()
