"""Webhooks: what a receiver checks before it believes a delivery (Standard Webhooks)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, cast

from .models import Event

_TOLERANCE_SECONDS: Final = 300
_SIGNATURES_MAX: Final = 16
Reason: TypeAlias = Literal["headers", "timestamp", "signature", "body"]


class WebhookError(Exception):
    """Why a delivery is not believed. Answer it with 400."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason


def construct_webhook_event(
    body: bytes | str,
    headers: Mapping[str, str],
    secrets: str | Sequence[str],
    *,
    tolerance_seconds: int = _TOLERANCE_SECONDS,
) -> Event:
    """The event of a delivery, once its signature and its time are checked. Raises WebhookError.

    Give it the raw bytes or text of the request, before any JSON parser, and the endpoint's secret (`whsec_...`), or several
    while one is rotated. Deliveries come at least once: store the event's `id` in one transaction with what it changes.
    """
    if not isinstance(body, (bytes, str)):
        raise TypeError("the body must be the raw bytes or text of the request, before any JSON parser")
    own = {name.lower(): value for name, value in headers.items()}
    id, sent, signatures = (own.get(f"webhook-{name}") for name in ("id", "timestamp", "signature"))
    if id is None or sent is None or signatures is None:
        raise WebhookError("headers", "webhook-id, webhook-timestamp and webhook-signature are needed")
    if re.fullmatch("[0-9]{1,12}", sent) is None:
        raise WebhookError("timestamp", "webhook-timestamp is not a time")
    off_by = abs(int(sent) - int(time.time()))
    if off_by > tolerance_seconds:
        raise WebhookError("timestamp", f"webhook-timestamp is {off_by} s off; check this machine's clock")
    content = body.encode() if isinstance(body, str) else body
    given = [one[3:] for one in signatures.split(" ")[:_SIGNATURES_MAX] if one.startswith("v1,")]
    if not _is_signed(f"{id}.{sent}.".encode() + content, given, [secrets] if isinstance(secrets, str) else secrets):
        raise WebhookError("signature", "no signature fits; verify over the raw body, with the secret of this endpoint")
    return _event_in(content, id)


def _is_signed(signed: bytes, given: Sequence[str], secrets: Sequence[str]) -> bool:
    for secret in secrets:
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error as cause:
            raise ValueError("a webhook secret is `whsec_` and base64") from cause
        if key == b"":
            raise ValueError("a webhook secret is `whsec_` and base64")
        own = base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
        for one in given:
            if hmac.compare_digest(own, one.encode()):
                return True
    return False


def _event_in(content: bytes, id: str) -> Event:
    try:
        event: Any = json.loads(content)
    except ValueError as cause:
        raise WebhookError("body", "the body is not JSON") from cause
    if not isinstance(event, dict) or event.get("id") != id:
        raise WebhookError("body", "the body is not the event that webhook-id names")
    return cast(Event, event)
