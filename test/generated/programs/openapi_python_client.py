"""Calls the service through the client that openapi-python-client makes of its document."""

import json
import os
from typing import TypeVar

from coffer import AuthenticatedClient
from coffer.api.balance_and_ledger import get_balance, list_entries
from coffer.api.holds import capture_hold, create_hold
from coffer.api.spending import create_debit
from coffer.models import (
    Balance,
    CaptureHoldRequest,
    CreateDebitRequest,
    CreateHoldRequest,
    CreditInsufficientProblem,
    Debit,
    HoldCaptured,
    HoldOpened,
    ListEntriesReply,
    ServiceType,
)

T = TypeVar("T")


def sure(kind: type[T], answer: object) -> T:
    if not isinstance(answer, kind):
        raise TypeError(f"not a {kind.__name__}: {answer}")
    return answer


client = AuthenticatedClient(base_url=os.environ["COFFER_URL"], token=os.environ["COFFER_KEY"])
ai = ServiceType.AI_API
before = sure(Balance, get_balance.sync(client=client))
debit = CreateDebitRequest(service_type=ai, amount_usd="1.25")
first = sure(Debit, create_debit.sync(client=client, body=debit, idempotency_key="generated-1"))
again = sure(Debit, create_debit.sync(client=client, body=debit, idempotency_key="generated-1"))
opening = CreateHoldRequest(service_type=ai, amount_usd="2.00")
held = sure(HoldOpened, create_hold.sync(client=client, body=opening))
capture = CaptureHoldRequest(hold_id=held.hold_id, amount_usd="0.75")
captured = sure(HoldCaptured, capture_hold.sync(client=client, body=capture))
entries = sure(ListEntriesReply, list_entries.sync(client=client, limit=100)).entries
after = sure(Balance, get_balance.sync(client=client))
large = CreateDebitRequest(service_type=ai, amount_usd="100.00")
refused = sure(CreditInsufficientProblem, create_debit.sync(client=client, body=large))
print(
    json.dumps(
        {
            "before": before.available_usd,
            "charged": first.amount_usd,
            "isSameEntry": first.entry_id == again.entry_id,
            "held": held.amount_usd,
            "captured": captured.amount_usd,
            "entryTypes": sorted({str(entry.type_) for entry in entries}),
            "after": after.available_usd,
            "refusal": {
                "code": str(refused.code),
                "kind": str(refused.kind),
                "availableUsd": refused.available_usd,
            },
        }
    )
)
