"""Idempotency keys."""

import secrets
import time


def new_idempotency_key() -> str:
    """A new key: a UUIDv7, whose time in front keeps the service's index of keys fast."""
    number = (time.time_ns() // 1_000_000 % (1 << 48)) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
