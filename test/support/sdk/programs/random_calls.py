"""The program of the random calls, written with the Python SDK.

One line of JSON in, with the target and the intents; one out, with what became of them. `sync` does them in threads, `async` in tasks.
"""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from coffer_treasury import ApiError, AsyncCoffer, Coffer, ConnectionLost, Options

WORKERS = 16
#: How often a call is repeated under its key that never got an answer, with up to eight attempts each time.
REPEATS_MAX = 20


def request_of(intent: dict[str, Any], hold_id: str) -> tuple[str, dict[str, Any]]:
    """The method for an intent, and its body."""
    op, amount = intent["op"], intent["amountUsd"]
    if op in ("debit", "hold"):
        return f"create_{op}", {"serviceType": "AI_API", "amountUsd": amount}
    if op == "grow":
        return "grow_hold", {"holdId": hold_id, "byUsd": amount}
    if op == "release":
        return "release_hold", {"holdId": hold_id}
    return "capture_hold", {"holdId": hold_id, "amountUsd": amount, "final": op == "close"}


def code_of(error: ApiError | ConnectionLost) -> str | None:
    """The code of a refusal; None where nothing is known of the call yet."""
    if isinstance(error, ConnectionLost) or error.retry_after is not None:
        return None
    return error.code


def pursue(coffer: Coffer, intent: dict[str, Any], became: list[dict[str, str]]) -> None:
    hold_id = ""
    for step in [intent, *intent.get("steps", [])]:
        if step is not intent and hold_id == "":
            became.append({"key": step["key"], "outcome": "NOT_ASKED"})
            continue
        method, body = request_of(step, hold_id)
        for _ in range(REPEATS_MAX):
            try:
                done = getattr(coffer, method)(body, options=Options(idempotency_key=step["key"]))
                outcome: str | None = "done"
                hold_id = done["holdId"] if step["op"] == "hold" else hold_id
            except (ApiError, ConnectionLost) as error:
                outcome = code_of(error)
            if outcome is not None:
                became.append({"key": step["key"], "outcome": outcome})
                break
        else:
            raise RuntimeError(f"{step['key']} never got an answer")


async def pursue_async(coffer: AsyncCoffer, intent: dict[str, Any], became: list[dict[str, str]]) -> None:
    hold_id = ""
    for step in [intent, *intent.get("steps", [])]:
        if step is not intent and hold_id == "":
            became.append({"key": step["key"], "outcome": "NOT_ASKED"})
            continue
        method, body = request_of(step, hold_id)
        for _ in range(REPEATS_MAX):
            try:
                done = await getattr(coffer, method)(body, options=Options(idempotency_key=step["key"]))
                outcome: str | None = "done"
                hold_id = done["holdId"] if step["op"] == "hold" else hold_id
            except (ApiError, ConnectionLost) as error:
                outcome = code_of(error)
            if outcome is not None:
                became.append({"key": step["key"], "outcome": outcome})
                break
        else:
            raise RuntimeError(f"{step['key']} never got an answer")


def run(target: dict[str, str], intents: list[dict[str, Any]]) -> list[dict[str, str]]:
    became: list[dict[str, str]] = []
    with Coffer(target["url"], target["key"]) as coffer, ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(pursue, coffer, intent, became) for intent in intents]:
            done.result()
    return became


async def run_async(target: dict[str, str], intents: list[dict[str, Any]]) -> list[dict[str, str]]:
    became: list[dict[str, str]] = []
    left = list(reversed(intents))

    async def key() -> str:
        return target["key"]

    async with AsyncCoffer(target["url"], key) as coffer:

        async def work() -> None:
            while left:
                await pursue_async(coffer, left.pop(), became)

        await asyncio.gather(*(work() for _ in range(WORKERS)))
    return became


line = json.loads(sys.stdin.readline())
given = (line["target"], line["intents"])
print(json.dumps(asyncio.run(run_async(*given)) if sys.argv[1] == "async" else run(*given)))
