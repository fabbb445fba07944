"""Amounts in US dollars, exact to six places, on whole numbers. No floating point is involved anywhere."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import total_ordering
from typing import Final, TypeAlias

_PLACES: Final = 6
_RATE_PLACES_MAX: Final = 12
_MICROS_PER_USD: Final = 1_000_000
_AMOUNT: Final = re.compile(r"(-)?([0-9]{1,15})(?:\.([0-9]{1,6}))?", re.ASCII)
_RATE: Final = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,12}))?", re.ASCII)


@total_ordering
class Usd:
    """An exact amount in US dollars. Immutable; `str` writes it as the API wants it."""

    __slots__ = ("_micros",)
    _micros: int

    def __init__(self, amount: Amount = "0") -> None:
        """Reads decimal text with up to six places, such as "10.50". Raises TypeError for floats, ValueError for other text."""
        if isinstance(amount, Usd):
            self._micros = amount._micros
            return
        if not isinstance(amount, (str, Decimal)):
            raise TypeError(f"an amount is text, a Decimal or a Usd, never a {type(amount).__name__}")
        text = amount if isinstance(amount, str) else f"{amount:f}"
        parts = _AMOUNT.fullmatch(text)
        if parts is None:
            raise ValueError(f"not an amount in USD with up to six places: {text}")
        sign, whole, rest = parts.groups(default="")
        micros = int(whole) * _MICROS_PER_USD + int(rest.ljust(_PLACES, "0"))
        self._micros = -micros if sign else micros

    @classmethod
    def from_micros(cls, micros: int) -> Usd:
        """The amount of so many micro-dollars; 1 USD is 1,000,000 of them."""
        if not isinstance(micros, int) or isinstance(micros, bool):
            raise TypeError("micro-dollars are an int")
        made = cls()
        made._micros = micros
        return made

    @classmethod
    def price_of(cls, quantity: int, rate_usd: str) -> Usd:
        """What a quantity costs at a rate in USD for one unit (up to twelve places), rounded up as the service rounds."""
        if not isinstance(quantity, int):
            raise TypeError("a quantity is an int")
        parts = _RATE.fullmatch(rate_usd)
        if parts is None:
            raise ValueError(f"not a rate in USD with up to twelve places, as text: {rate_usd}")
        if quantity < 0:
            raise ValueError("a quantity is not negative")
        whole, rest = parts.groups(default="")
        per_micro = 10 ** (_RATE_PLACES_MAX - _PLACES)
        product = quantity * int(whole + rest.ljust(_RATE_PLACES_MAX, "0"))
        return cls.from_micros(-(-product // per_micro))

    @property
    def micros(self) -> int:
        return self._micros

    def __add__(self, other: Amount) -> Usd:
        return Usd.from_micros(self._micros + Usd(other)._micros)

    def __sub__(self, other: Amount) -> Usd:
        return Usd.from_micros(self._micros - Usd(other)._micros)

    def __mul__(self, factor: int) -> Usd:
        if not isinstance(factor, int):
            raise TypeError("an amount is multiplied by an int; for a rate there is price_of")
        return Usd.from_micros(self._micros * factor)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Usd) and self._micros == other._micros

    def __lt__(self, other: Usd) -> bool:
        return self._micros < other._micros

    def __hash__(self) -> int:
        return hash(("Usd", self._micros))

    def __str__(self) -> str:
        size = abs(self._micros)
        places = re.sub("0{1,4}$", "", str(size % _MICROS_PER_USD).rjust(_PLACES, "0"))
        return f"{'-' if self._micros < 0 else ''}{size // _MICROS_PER_USD}.{places}"

    def __repr__(self) -> str:
        return f"Usd('{self}')"


Amount: TypeAlias = Usd | str | Decimal
ZERO: Final = Usd()
