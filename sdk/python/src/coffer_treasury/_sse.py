"""Server-sent events, read from the bytes of an answer."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

MESSAGE_CHARS_MAX: Final = 1_000_000
_FIELD: Final = re.compile(r"(\w+): ?(.*)")


@dataclass(frozen=True)
class Message:
    """A message of a stream: `data` is empty where it only carries an id."""

    id: str | None
    data: str


class Messages:
    """Takes the pieces of a stream and gives the messages that are whole."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""

    def feed(self, piece: bytes) -> list[Message]:
        """The messages that end with this piece. Raises ValueError for one that is too long."""
        *parts, self._text = (self._text + self._decoder.decode(piece)).split("\n\n")
        if len(self._text) > MESSAGE_CHARS_MAX:
            raise ValueError("a message of the stream is too long")
        return [_message(part) for part in parts]


def _message(part: str) -> Message:
    id: str | None = None
    data: list[str] = []
    for line in part.split("\n"):
        found = _FIELD.fullmatch(line)
        if found is None:
            continue
        name, value = found.groups()
        if name == "id":
            id = value
        elif name == "data":
            data.append(value)
    return Message(id, "\n".join(data))
