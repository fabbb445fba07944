"""What goes wrong, as classes: a refusal of the service, or an answer that never came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .usd import Usd


@dataclass(frozen=True)
class CallFacts:
    """What every error knows of its call."""

    call: str
    idempotency_key: str | None


@dataclass(frozen=True)
class ProblemAnswer:
    """An answer that is no success."""

    status: int
    problem: Mapping[str, Any] = field(default_factory=dict)
    request_id: str | None = None
    retry_after: float | None = None


class CofferError(Exception):
    """Any failure of a call. Look at the class, or at `code`."""

    def __init__(self, message: str, facts: CallFacts) -> None:
        super().__init__(message)
        self.call = facts.call
        self.idempotency_key = facts.idempotency_key


class ConnectionLost(CofferError):
    """No answer came: whether the call had its effect is unknown.

    Repeat it with the same arguments and this error's `idempotency_key` to find out: it then has one effect in all.
    """


class ApiError(CofferError):
    """The service answered with a problem (RFC 9457)."""

    def __init__(self, answer: ProblemAnswer, facts: CallFacts) -> None:
        problem = answer.problem
        code = problem.get("code")
        words = problem.get("detail") or problem.get("message") or f"the answer was {answer.status}"
        super().__init__(f"{facts.call}: {code or answer.status}: {words}", facts)
        self.status = answer.status
        self.code: str | None = code if isinstance(code, str) else None
        """The stable code, such as `CREDIT_INSUFFICIENT`; None where something before the service answered."""
        self.request_id: str | None = problem.get("requestId") or answer.request_id
        """Finds the request in the service's log."""
        self.errors: Sequence[Mapping[str, str]] = problem.get("errors") or []
        """With `VALIDATION_FAILED`: everything that is wrong, by field or header."""
        self.retry_after = answer.retry_after
        """After how many seconds the same request may succeed; None where time alone changes nothing."""
        self.problem = problem


class ValidationError(ApiError):
    """400, 413: the request is wrong; `errors` says where."""


class AuthenticationError(ApiError):
    """401: no valid key came with the request."""


class ForbiddenError(ApiError):
    """403: the key may not do this, or the payer is suspended."""


class NotFoundError(ApiError):
    """404."""


class ConflictError(ApiError):
    """409: the state of something does not allow it; `code` says what, `problem` why."""


class RateLimitError(ApiError):
    """429. It is retried only where the service says after how long that may help."""


class UnavailableError(ApiError):
    """503, and what a gateway answers for a service that is away."""


@dataclass(frozen=True)
class BudgetOfRefusal:
    """The budget that refused."""

    id: str
    name: str | None
    left: Usd
    renews_at: str | None


class InsufficientCreditError(ApiError):
    """402 `CREDIT_INSUFFICIENT`, with exact amounts. Which of them are there depends on `kind`."""

    def __init__(self, answer: ProblemAnswer, facts: CallFacts) -> None:
        super().__init__(answer, facts)

        def usd(name: str) -> Usd | None:
            text = answer.problem.get(name)
            return None if text is None else Usd(text)

        self.kind: str = answer.problem.get("kind", "balance")
        """`balance`, `debt`, `frozen`, `restricted` or `budget`."""
        self.required = usd("requiredUsd")
        self.available = usd("availableUsd")
        self.debt = usd("debtUsd")
        self.frozen = usd("frozenUsd")
        self.restricted = usd("restrictedUsd")
        self.spendable = usd("spendableUsd")
        self.budget: BudgetOfRefusal | None = None
        left, budget_id = usd("leftUsd"), answer.problem.get("budgetId")
        if left is not None and isinstance(budget_id, str):
            self.budget = BudgetOfRefusal(
                budget_id, answer.problem.get("budgetName"), left, answer.problem.get("renewsAt")
            )

    @property
    def short(self) -> Usd | None:
        """How much is missing, of the balance or of the budget; None where the service does not say."""
        have = self.budget.left if self.budget is not None else self.spendable
        if have is None:
            have = self.available
        return None if self.required is None or have is None else self.required - have


_CLASSES: Final[Mapping[int, type[ApiError]]] = {
    400: ValidationError,
    401: AuthenticationError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    413: ValidationError,
    429: RateLimitError,
    502: UnavailableError,
    503: UnavailableError,
    504: UnavailableError,
}


def error_of(answer: ProblemAnswer, facts: CallFacts) -> ApiError:
    """The error for an answer that is no success."""
    code = answer.problem.get("code")
    if code == "CREDIT_INSUFFICIENT":
        return InsufficientCreditError(answer, facts)
    # A 502 with a code of the service is a payment provider's failure, and no absence of the service.
    if answer.status == 502 and code is not None:
        return ApiError(answer, facts)
    return _CLASSES.get(answer.status, ApiError)(answer, facts)
