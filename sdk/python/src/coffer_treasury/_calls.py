"""What the blocking and the asynchronous client have in common: how their calls become requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from ._flow import Request, to_json
from ._keys import new_idempotency_key
from .errors import CallFacts

DEADLINE: Final = 30.0
TIMEOUT: Final = 10.0
FROM_THE_BEGINNING: Final = "0" * 16
"""The cursor before the first event of a log."""


@dataclass(frozen=True)
class Options:
    """What any call takes beside what it says itself."""

    org: str | None = None
    idempotency_key: str | None = None
    dry_run: bool = False
    deadline: float | None = None


def request_of(
    call: str,
    options: Options,
    *,
    org: str | None,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, Any] | None = None,
    body: Any = None,
    repeatable: bool = False,
) -> Request:
    """The request of a call such as `POST /orgs/{org}/checkout`."""
    method, _, template = call.partition(" ")

    def fill(found: re.Match[str]) -> str:
        value = (path or {}).get(found[1], "")
        if value == "":
            raise TypeError(f"{call}: `path` needs {found[1]}")
        return quote(value, safe="")

    headers: dict[str, str] = {}
    if (options.org or org) is not None:
        headers["Coffer-Org"] = options.org or org or ""
    if options.idempotency_key is not None:
        headers["Idempotency-Key"] = options.idempotency_key
    if options.dry_run:
        headers["Coffer-Dry-Run"] = "true"
    if body is not None:
        headers["Content-Type"] = "application/json"
    return Request(
        method,
        re.sub(r"\{(\w+)\}", fill, template) + query_of(query),
        CallFacts(call, options.idempotency_key),
        None if body is None else to_json(body),
        headers,
        # GET reads, PUT and DELETE name the state that they lead to: a repetition adds nothing.
        repeatable or options.idempotency_key is not None or method in ("GET", "PUT", "DELETE"),
    )


def money(options: Options) -> Options:
    """The same with a key: a call that moves money always has one."""
    if options.idempotency_key is not None:
        return options
    return Options(options.org, new_idempotency_key(), options.dry_run, options.deadline)


def query_of(query: Mapping[str, Any] | None) -> str:
    """Lists are joined by commas, pairs are written `name[key]=value`, None is left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in (query or {}).items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            pairs += [(f"{name}[{key}]", str(one)) for key, one in value.items()]
        elif isinstance(value, (list, tuple)):
            pairs.append((name, ",".join(map(str, value))))
        else:
            pairs.append((name, str(value)))
    return f"?{urlencode(pairs)}" if pairs else ""
