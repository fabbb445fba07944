"""A client of a Coffer treasury that spends safely. `models` has the types of what calls take and answer."""

from ._async_client import AsyncCoffer
from ._async_holds import AsyncMetered, AsyncOpenHold, async_hold
from ._calls import FROM_THE_BEGINNING, Options
from ._client import Coffer
from ._holds import Metered, OpenHold, hold
from ._keys import new_idempotency_key
from .errors import (
    ApiError,
    AuthenticationError,
    BudgetOfRefusal,
    CofferError,
    ConflictError,
    ConnectionLost,
    ForbiddenError,
    InsufficientCreditError,
    NotFoundError,
    RateLimitError,
    UnavailableError,
    ValidationError,
)
from .usd import Amount, Usd
from .webhooks import WebhookError, construct_webhook_event

__all__ = [
    "FROM_THE_BEGINNING",
    "Amount",
    "ApiError",
    "AsyncCoffer",
    "AsyncMetered",
    "AsyncOpenHold",
    "AuthenticationError",
    "BudgetOfRefusal",
    "Coffer",
    "CofferError",
    "ConflictError",
    "ConnectionLost",
    "ForbiddenError",
    "InsufficientCreditError",
    "Metered",
    "NotFoundError",
    "OpenHold",
    "Options",
    "RateLimitError",
    "UnavailableError",
    "Usd",
    "ValidationError",
    "WebhookError",
    "async_hold",
    "construct_webhook_event",
    "hold",
    "new_idempotency_key",
]
