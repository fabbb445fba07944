"""Calls the service through the client that openapi-python-client makes of its document."""

import json
import os
from typing import TypeVar

from coffer import AuthenticatedClient
from coffer.api.treasury import capture_hold, create_debit, create_hold, get_balance, list_entries
from coffer.models import (
    Balance,
    CaptureHoldRequest,
    CreateDebitRequest,
    CreateHoldRequest,
    Debit,
    HoldCaptured,
    HoldOpened,
    ListEntriesReply,
)

T = TypeVar("T")


def sure(kind: type[T], answer: object) -> T:
    if not isinstance(answer, kind):
        raise TypeError(f"not a {kind.__name__}: {answer}")
    return answer


client = AuthenticatedClient(base_url=os.environ["COFFER_URL"], token=os.environ["COFFER_KEY"])
before = sure(Balance, get_balance.sync(client=client))
debit = CreateDebitRequest(service_type="AI_API", amount_usd="1.25")
first = sure(Debit, create_debit.sync(client=client, body=debit, idempotency_key="generated-1"))
again = sure(Debit, create_debit.sync(client=client, body=debit, idempotency_key="generated-1"))
held = sure(HoldOpened, create_hold.sync(client=client, body=CreateHoldRequest(service_type="AI_API", amount_usd="2.00")))
captured = sure(
    HoldCaptured, capture_hold.sync(client=client, body=CaptureHoldRequest(hold_id=held.hold_id, amount_usd="0.75"))
)
entries = sure(ListEntriesReply, list_entries.sync(client=client, limit=100)).entries
after = sure(Balance, get_balance.sync(client=client))
refused = create_debit.sync(client=client, body=CreateDebitRequest(service_type="AI_API", amount_usd="100.00"))
print(refused)
