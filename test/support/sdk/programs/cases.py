"""The Python SDK as the runner of the cases wants it: a call or a delivery a line in, its outcome a line out.

`sdk_cases.py sync` or `sdk_cases.py async`, which client to use.
"""

import asyncio
import json
import sys
from typing import Any

from coffer_treasury import (
    ApiError,
    AsyncCoffer,
    Coffer,
    CofferError,
    InsufficientCreditError,
    Options,
    Usd,
    WebhookError,
    construct_webhook_event,
)

METHODS = {
    "createDebit": "create_debit",
    "createHold": "create_hold",
    "runBatch": "run_batch",
    "listEntries": "list_entries",
    "listEvents": "list_events",
    "followEvents": "follow_events",
}
#: What the cases call an error, where Python has another name for it.
NAMES = {"ConnectionLost": "ConnectionError"}


def options_of(call: dict[str, Any]) -> Options:
    deadline = call.get("deadlineMs")
    return Options(
        idempotency_key=call.get("idempotencyKey"),
        dry_run=call.get("dryRun", False),
        deadline=None if deadline is None else deadline / 1_000,
    )


def arguments_of(call: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    options = {"options": options_of(call)}
    if call["do"] == "runBatch":
        return [call["body"]["commands"]], options
    if "body" in call:
        return [call["body"]], options
    if call["do"] == "listEntries":
        return [call.get("query")], options
    return [], {**call.get("query", {}), **options}


def perform(target: dict[str, str], call: dict[str, Any]) -> dict[str, Any]:
    with Coffer(target["url"], target["key"]) as coffer:
        arguments, named = arguments_of(call)
        made = getattr(coffer, METHODS[call["do"]])(*arguments, **named)
        if "body" in call:
            return {"reply": made}
        ids: list[str] = []
        for row in made:
            ids.append(row["id"])
            if len(ids) == call.get("limit"):
                break
        made.close()
        return {"ids": ids}


async def perform_async(target: dict[str, str], call: dict[str, Any]) -> dict[str, Any]:
    async def key() -> str:
        return target["key"]

    async with AsyncCoffer(target["url"], key) as coffer:
        arguments, named = arguments_of(call)
        made = getattr(coffer, METHODS[call["do"]])(*arguments, **named)
        if "body" in call:
            return {"reply": await made}
        ids: list[str] = []
        async for row in made:
            ids.append(row["id"])
            if len(ids) == call.get("limit"):
                break
        await made.aclose()
        return {"ids": ids}


def members_of(error: CofferError | WebhookError) -> dict[str, Any]:
    name = type(error).__name__
    members: dict[str, Any] = {"class": NAMES.get(name, name)}
    if isinstance(error, WebhookError):
        return {**members, "reason": error.reason}
    members["idempotencyKey"] = error.idempotency_key
    if isinstance(error, ApiError):
        after = error.retry_after
        members |= {"code": error.code, "status": error.status, "requestId": error.request_id}
        members |= {"retryAfterMs": None if after is None else round(after * 1_000)}
        members |= {"paths": [one["path"] for one in error.errors]}
    if isinstance(error, InsufficientCreditError):
        left = None if error.budget is None else error.budget.left
        amounts = {"required": error.required, "available": error.available, "short": error.short, "budgetLeft": left}
        members |= {"kind": error.kind, **{name: str(one) for name, one in amounts.items() if one is not None}}
    return members


def is_taken(text: str) -> bool:
    try:
        Usd(text)
    except ValueError:
        return False
    return True


def amounts_of(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "read": [str(Usd(text)) for text in given["read"]],
        "taken": [text for text in given["refused"] if is_taken(text)],
        "prices": [str(Usd.price_of(int(quantity), rate)) for quantity, rate in given["prices"]],
    }


def outcome_of(line: dict[str, Any], is_async: bool) -> dict[str, Any]:
    try:
        if "amounts" in line:
            return {"reply": amounts_of(line["amounts"])}
        if "delivery" in line:
            delivery = line["delivery"]
            event = construct_webhook_event(delivery["body"].encode(), delivery["headers"], delivery["secrets"])
            return {"reply": event}
        if is_async:
            return asyncio.run(perform_async(line["target"], line["call"]))
        return perform(line["target"], line["call"])
    except (CofferError, WebhookError) as error:
        return {"error": members_of(error)}


for text in sys.stdin:
    print(json.dumps(outcome_of(json.loads(text), sys.argv[1] == "async")), flush=True)
