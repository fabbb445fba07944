# Made by make.mjs from the API's document.

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict

ServiceType: TypeAlias = str


class RestrictedTo(TypedDict):
    services: list[str] | None
    actions: list[str] | None


class Price(TypedDict):
    priceId: str
    rateUsd: str
    rounding: Literal['up']


class Entry(TypedDict):
    id: str
    commandId: str
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    availableDeltaUsd: str
    heldDeltaUsd: str
    availableAfterUsd: str
    heldAfterUsd: str
    giftCardsDelta: int
    giftCardsAvailableAfter: int
    giftCardsHeldAfter: int
    idempotencyKey: str | None
    lotId: str | None
    lotLeftUsd: str | None
    restrictedTo: RestrictedTo | None
    refundOf: str | None
    holdId: str | None
    parentHoldId: str | None
    depositId: str | None
    orderId: str | None
    txHash: str | None
    chain: str | None
    action: str | None
    quantity: str | None
    price: Price | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str


class BudgetsLeftItem(TypedDict):
    budgetId: str
    leftUsd: str
    renewsAt: str | None


BudgetsLeft: TypeAlias = list[BudgetsLeftItem]


class EntryPreview(TypedDict):
    id: NotRequired[str]
    commandId: NotRequired[str]
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    availableDeltaUsd: str
    heldDeltaUsd: str
    availableAfterUsd: str
    heldAfterUsd: str
    giftCardsDelta: int
    giftCardsAvailableAfter: int
    giftCardsHeldAfter: int
    idempotencyKey: str | None
    lotId: NotRequired[str | None]
    lotLeftUsd: str | None
    restrictedTo: RestrictedTo | None
    refundOf: str | None
    holdId: NotRequired[str | None]
    parentHoldId: str | None
    depositId: str | None
    orderId: str | None
    txHash: str | None
    chain: str | None
    action: str | None
    quantity: str | None
    price: Price | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str


class Budget(TypedDict):
    id: str
    name: str | None
    subject: Literal['userId', 'teamId', 'appId', 'serviceType', 'key']
    value: str
    period: Literal['day', 'month', 'none']
    mode: Literal['hard', 'soft']
    limitUsd: str
    warnAtPercent: int | None
    usedUsd: str
    reservedUsd: str
    leftUsd: str
    periodStart: str | None
    renewsAt: str | None
    timeZone: str
    createdAt: str


class Refusal(TypedDict):
    code: Literal['VALIDATION_FAILED', 'ORG_REQUIRED', 'SERVICE_TYPE_RESERVED', 'SIGNATURE_INVALID', 'PLAN_NOT_SELLABLE', 'UNAUTHENTICATED', 'CREDIT_INSUFFICIENT', 'CARD_DECLINED', 'FORBIDDEN', 'ORG_SUSPENDED', 'USER_SUSPENDED', 'NOT_FOUND', 'SENDER_CLAIMED', 'HOLD_NOT_PENDING', 'HOLD_EXCEEDED', 'DEPOSIT_NOT_OPEN', 'ORDER_NOT_OPEN', 'PRODUCT_INACTIVE', 'ALREADY_CHECKED_IN', 'CHECKIN_DISABLED', 'COUPON_UNUSABLE', 'DISPUTE_NOT_OPEN', 'PAYMENTS_NOT_CONFIGURED', 'REFUND_NOT_POSSIBLE', 'SUBSCRIPTION_STATE', 'IDEMPOTENCY_CONFLICT', 'CURSOR_AHEAD', 'BODY_TOO_LARGE', 'RATE_LIMITED', 'PAYMENT_PROVIDER_FAILED', 'LEDGER_UNAVAILABLE', 'DEPOSIT_ADDRESS_UNAVAILABLE', 'RECOVERY_REQUIRED']
    message: str
    by: Literal['rule', 'suspension', 'other']


class Change(TypedDict):
    change: Literal['available', 'amount', 'budget', 'quantity', 'time', 'openHolds', 'overrun', 'frozen', 'restricted', 'suspension']
    byUsd: str | None
    byQuantity: str | None
    earlierSeconds: float | None
    text: str


class Before(TypedDict):
    entryId: str | None
    availableUsd: str
    heldUsd: str
    debtUsd: str
    frozenUsd: str
    freeGiftCards: int


class State(TypedDict):
    complete: bool
    entriesRead: int


class Lot(TypedDict):
    lotId: str
    source: Literal['deposit', 'card', 'grant', 'refund', 'adjustment', 'settlement', 'rev_share'] | None
    promotional: bool
    expiresAt: str | None
    deltaUsd: str
    leftUsd: str


class Price2(TypedDict):
    action: str | None
    quantity: str | None
    price: Price | None


class Asked(TypedDict):
    actor: str | None
    requestId: str | None
    idempotencyKey: str | None
    appId: str | None
    userId: str | None
    teamId: str | None


class Decision(TypedDict):
    outcome: Literal['accepted', 'refused']
    operation: str
    at: str
    explanation: str
    refusal: Refusal | None
    changes: list[Change]
    before: Before | None
    reproduced: bool | None
    state: State
    lots: list[Lot]
    price: Price2
    asked: Asked
    entries: list[Entry]


class Price4(TypedDict):
    priceId: str
    rateUsd: str
    rounding: Literal['up']


class Data(TypedDict):
    entryId: str
    commandId: str
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    availableDeltaUsd: str
    heldDeltaUsd: str
    availableAfterUsd: str
    heldAfterUsd: str
    giftCardsDelta: int
    giftCardsAvailableAfter: int
    giftCardsHeldAfter: int
    idempotencyKey: str | None
    holdId: str | None
    depositId: str | None
    orderId: str | None
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None


class Event1(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['entry.created']
    data: Data


class Transfer(TypedDict):
    chain: str
    token: str
    txHash: str
    ordinal: int
    fromAddress: str
    toAddress: str
    blockNumber: int
    blockTime: str


class Data1(TypedDict):
    depositId: str
    amountUsd: str
    state: Literal['observed', 'confirming', 'credited', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined', 'orphaned', 'reversed']
    reason: str | None
    transfer: Transfer


class Event2(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.observed']
    data: Data1


class Data2(TypedDict):
    depositId: str
    amountUsd: str
    entryId: str
    availableAfterUsd: str
    orderId: str | None
    giftCards: int
    transfer: Transfer | None
    userId: NotRequired[str]


class Event3(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.credited']
    data: Data2


class Data3(TypedDict):
    depositId: str
    amountUsd: str
    state: Literal['observed', 'confirming', 'credited', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined', 'orphaned', 'reversed']
    reason: str | None
    transfer: Transfer


class Event4(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.unmatched']
    data: Data3


class Data4(TypedDict):
    depositId: str
    amountUsd: str
    state: Literal['observed', 'confirming', 'credited', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined', 'orphaned', 'reversed']
    reason: str | None
    transfer: Transfer


class Event5(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.set_aside']
    data: Data4


class Data5(TypedDict):
    depositId: str
    amountUsd: str
    state: Literal['observed', 'confirming', 'credited', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined', 'orphaned', 'reversed']
    reason: str | None
    transfer: Transfer


class Event6(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.orphaned']
    data: Data5


class Data6(TypedDict):
    depositId: str
    amountUsd: str
    entryId: str
    availableAfterUsd: str
    orderId: str | None
    giftCards: int
    transfer: Transfer | None
    userId: NotRequired[str]


class Event7(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.reversed']
    data: Data6


class Data7(TypedDict):
    status: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']
    previousStatus: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']
    availableUsd: str
    cause: Literal['entry', 'thresholds', 'suspension', 'freeze']
    entryId: str | None
    userId: NotRequired[str]


class Event8(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['balance.status_changed']
    data: Data7


class Data8(TypedDict):
    holdId: str
    entryId: str
    serviceType: str | None
    amountUsd: str
    giftCards: int
    reference: str | None
    availableAfterUsd: str
    userId: NotRequired[str]


class Event9(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['hold.expired']
    data: Data8


class Data9(TypedDict):
    amountUsd: str
    expiresAt: str
    noticeDays: int
    userId: str | None


class Event10(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['credits.expiring']
    data: Data9


class Data10(TypedDict):
    senderId: str
    address: str
    chain: str | None
    family: str
    label: str | None
    state: str


class Event11(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['sender.registered']
    data: Data10


class Event12(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['sender.unbound']
    data: Data10


class Data12(TypedDict):
    orderId: str
    channel: Literal['chain', 'card', 'auto_refill']
    state: Literal['created', 'awaiting_payment', 'processing', 'paid', 'credited', 'parked', 'failed', 'expired', 'cancelled']
    reason: str | None
    packId: str | None
    amountUsd: str
    creditUsd: str
    giftCards: int
    userId: NotRequired[str]


class Event13(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.created']
    data: Data12


class Event14(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.paid']
    data: Data12


class Event15(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.credited']
    data: Data12


class Event16(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.parked']
    data: Data12


class Event17(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.failed']
    data: Data12


class Event18(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.expired']
    data: Data12


class Event19(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.cancelled']
    data: Data12


class Event20(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.refunded']
    data: Data12


class Data20(TypedDict):
    orderId: str
    disputeId: str
    status: str
    reason: str
    currency: str
    amountMinor: str
    withdrawnMinor: str
    dueBy: str | None
    userId: NotRequired[str]


class Event21(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.opened']
    data: Data20


class Event22(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.funds_withdrawn']
    data: Data20


class Event23(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.funds_reinstated']
    data: Data20


class Event24(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.closed']
    data: Data20


class Data24(TypedDict):
    orderId: str
    amountUsd: str
    reason: Literal['authentication_required']
    url: str | None


class Event25(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['payment.action_required']
    data: Data24


class Data25(TypedDict):
    account: Literal['platform', 'org']
    orderId: str
    amountUsd: str


class Event26(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['auto_refill.succeeded']
    data: Data25


class Data26(TypedDict):
    account: Literal['platform', 'org']
    orderId: str | None
    amountUsd: str
    reason: str
    retryAt: str | None


class Event27(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['auto_refill.failed']
    data: Data26


class Data27(TypedDict):
    account: Literal['platform', 'org']
    reason: Literal['repeated_failures', 'do_not_try_again', 'authentication_required', 'payment_method_unusable', 'product_inactive', 'wrong_mode', 'dispute', 'early_warning', 'refunded', 'parked', 'other_account', 'org_closed']


class Event28(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['auto_refill.stopped']
    data: Data27


class Data28(TypedDict):
    budgetId: str
    name: str | None
    subject: Literal['userId', 'teamId', 'appId', 'serviceType', 'key']
    value: str
    period: Literal['day', 'month', 'none']
    mode: Literal['hard', 'soft']
    limitUsd: str
    renewsAt: str | None
    usedUsd: str
    reservedUsd: str
    leftUsd: str
    periodStart: str | None
    entryId: str


class Event29(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['budget.warned']
    data: Data28


class Event30(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['budget.exhausted']
    data: Data28


class Data30(TypedDict):
    budgetId: str
    name: str | None
    subject: Literal['userId', 'teamId', 'appId', 'serviceType', 'key']
    value: str
    period: Literal['day', 'month', 'none']
    mode: Literal['hard', 'soft']
    limitUsd: str
    renewsAt: str | None
    lastUsedUsd: str
    periodStart: str


class Event31(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['budget.renewed']
    data: Data30


class Data31(TypedDict):
    rail: str
    reason: str
    dueUsd: str
    gotUsd: str


class Event32(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['rail.frozen']
    data: Data31


class Event33(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['rail.released']
    data: Data31


class Data33(TypedDict):
    endpointId: str
    url: str
    reason: Literal['failing', 'gone']
    failingSince: str


class Event34(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['webhook.disabled']
    data: Data33


class Data34(TypedDict):
    endpointId: str


class Event35(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['webhook.test']
    data: Data34


Event: TypeAlias = Event1 | Event2 | Event3 | Event4 | Event5 | Event6 | Event7 | Event8 | Event9 | Event10 | Event11 | Event12 | Event13 | Event14 | Event15 | Event16 | Event17 | Event18 | Event19 | Event20 | Event21 | Event22 | Event23 | Event24 | Event25 | Event26 | Event27 | Event28 | Event29 | Event30 | Event31 | Event32 | Event33 | Event34 | Event35


class Error(TypedDict):
    path: str
    message: str


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    message: str
    code: Literal['VALIDATION_FAILED', 'ORG_REQUIRED', 'SERVICE_TYPE_RESERVED', 'SIGNATURE_INVALID', 'PLAN_NOT_SELLABLE', 'UNAUTHENTICATED', 'CREDIT_INSUFFICIENT', 'CARD_DECLINED', 'FORBIDDEN', 'ORG_SUSPENDED', 'USER_SUSPENDED', 'NOT_FOUND', 'SENDER_CLAIMED', 'HOLD_NOT_PENDING', 'HOLD_EXCEEDED', 'DEPOSIT_NOT_OPEN', 'ORDER_NOT_OPEN', 'PRODUCT_INACTIVE', 'ALREADY_CHECKED_IN', 'CHECKIN_DISABLED', 'COUPON_UNUSABLE', 'DISPUTE_NOT_OPEN', 'PAYMENTS_NOT_CONFIGURED', 'REFUND_NOT_POSSIBLE', 'SUBSCRIPTION_STATE', 'IDEMPOTENCY_CONFLICT', 'CURSOR_AHEAD', 'BODY_TOO_LARGE', 'RATE_LIMITED', 'PAYMENT_PROVIDER_FAILED', 'LEDGER_UNAVAILABLE', 'DEPOSIT_ADDRESS_UNAVAILABLE', 'RECOVERY_REQUIRED', 'METHOD_NOT_ALLOWED', 'INTERNAL_ERROR']
    instance: str
    requestId: str
    errors: NotRequired[list[Error]]


class RestrictedItem(TypedDict):
    services: list[str] | None
    actions: list[str] | None
    availableUsd: str


class NextExpiry(TypedDict):
    amountUsd: str
    expiresAt: str


class Balance(TypedDict):
    totalUsd: str
    availableUsd: str
    heldUsd: str
    pendingUsd: str
    debtUsd: str
    frozenUsd: str
    restricted: list[RestrictedItem]
    nextExpiry: NextExpiry | None
    freeGiftCards: int
    status: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']
    lowBalanceThresholdUsd: str | None
    criticalThresholdUsd: str | None
    at: str


class CheckBalanceRequest(TypedDict):
    amountUsd: str
    serviceType: NotRequired[ServiceType]
    action: NotRequired[str]


class CheckBalanceReply(TypedDict):
    sufficient: bool
    availableUsd: str
    status: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']


class CreateDebitRequest(TypedDict):
    serviceType: ServiceType
    amountUsd: NotRequired[str]
    action: NotRequired[str]
    quantity: NotRequired[str]
    reference: NotRequired[str]
    description: NotRequired[str]
    appId: NotRequired[str]
    userId: NotRequired[str]
    teamId: NotRequired[str]
    metadata: NotRequired[dict[str, str]]
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class Debit(TypedDict):
    entryId: str | None
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class CreateHoldRequest(TypedDict):
    amountUsd: NotRequired[str]
    action: NotRequired[str]
    quantity: NotRequired[str]
    serviceType: ServiceType
    reference: NotRequired[str]
    description: NotRequired[str]
    appId: NotRequired[str]
    userId: NotRequired[str]
    teamId: NotRequired[str]
    metadata: NotRequired[dict[str, str]]
    expiresInSeconds: NotRequired[int]
    useGiftCard: NotRequired[bool]
    parentHoldId: NotRequired[str]
    heartbeatSeconds: NotRequired[int]
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class HoldOpened(TypedDict):
    holdId: str
    serviceType: str | None
    amountUsd: str
    useGiftCard: bool
    parentHoldId: str | None
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    expiresAt: str
    heartbeatSeconds: int | None
    aliveUntil: str | None
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class CaptureHoldRequest(TypedDict):
    holdId: str
    amountUsd: str
    final: NotRequired[bool]
    allowOverrun: NotRequired[bool]
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class HoldCaptured(TypedDict):
    holdId: str
    entryId: str
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    overrunUsd: str
    releasedUsd: str
    returnedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    advice: Literal['continue', 'wind_down', 'stop']
    giftCardUsed: bool
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class ReleaseHoldRequest(TypedDict):
    holdId: str
    reason: NotRequired[str]
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class HoldReleased(TypedDict):
    holdId: str
    serviceType: str | None
    releasedUsd: str
    returnedUsd: str
    giftCardReturned: bool
    reason: str | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class ExtendHoldRequest(TypedDict):
    holdId: str
    expiresInSeconds: int
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class HoldExtended(TypedDict):
    holdId: str
    serviceType: str | None
    createdAt: str
    expiresAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class GrowHoldRequest(TypedDict):
    holdId: str
    byUsd: NotRequired[str]
    toUsd: NotRequired[str]
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class HoldGrown(TypedDict):
    holdId: str
    serviceType: str | None
    addedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class HeartbeatHoldRequest(TypedDict):
    holdId: str
    idempotencyKey: NotRequired[str]
    idempotency_key: NotRequired[str]


class HoldAlive(TypedDict):
    holdId: str
    heartbeatSeconds: int
    aliveUntil: str
    expiresAt: str


class Event36(TypedDict):
    id: str
    action: str
    quantity: str
    at: str
    serviceType: NotRequired[ServiceType]
    reference: NotRequired[str]
    description: NotRequired[str]
    appId: NotRequired[str]
    userId: NotRequired[str]
    teamId: NotRequired[str]
    metadata: NotRequired[dict[str, str]]


class ReportUsageRequest(TypedDict):
    events: list[Event36]


class Problem1(TypedDict):
    status: int
    code: str
    detail: str
    message: str


class Result(TypedDict):
    id: str | None
    status: int
    seen: bool
    charge: int | None
    problem: NotRequired[Problem1]


class Entry1(TypedDict):
    id: NotRequired[str]
    commandId: NotRequired[str]
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    availableDeltaUsd: str
    heldDeltaUsd: str
    availableAfterUsd: str
    heldAfterUsd: str
    giftCardsDelta: int
    giftCardsAvailableAfter: int
    giftCardsHeldAfter: int
    idempotencyKey: str | None
    lotId: NotRequired[str | None]
    lotLeftUsd: str | None
    restrictedTo: RestrictedTo | None
    refundOf: str | None
    holdId: str | None
    parentHoldId: str | None
    depositId: str | None
    orderId: str | None
    txHash: str | None
    chain: str | None
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str


class Charge(TypedDict):
    commandId: NotRequired[str | None]
    serviceType: str | None
    amountUsd: str
    action: str | None
    quantity: str | None
    price: Price4 | None
    events: int
    availableUsd: str
    heldUsd: str
    createdAt: str
    entries: list[Entry1]
    budgets: NotRequired[BudgetsLeft]


class ReportUsageReply(TypedDict):
    dryRun: NotRequired[Literal[True]]
    results: list[Result]
    charges: list[Charge]


class Result2(TypedDict):
    entryId: str | None
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result3(TypedDict):
    dryRun: Literal[True]
    entryId: NotRequired[str | None]
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result4(TypedDict):
    holdId: str
    serviceType: str | None
    amountUsd: str
    useGiftCard: bool
    parentHoldId: str | None
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    expiresAt: str
    heartbeatSeconds: int | None
    aliveUntil: str | None
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result5(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    serviceType: str | None
    amountUsd: str
    useGiftCard: bool
    parentHoldId: str | None
    action: str | None
    quantity: str | None
    price: Price4 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    expiresAt: str
    heartbeatSeconds: int | None
    aliveUntil: str | None
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result6(TypedDict):
    holdId: str
    entryId: str
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    overrunUsd: str
    releasedUsd: str
    returnedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    advice: Literal['continue', 'wind_down', 'stop']
    giftCardUsed: bool
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result7(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    entryId: NotRequired[str]
    type: Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']
    serviceType: str | None
    amountUsd: str
    overrunUsd: str
    releasedUsd: str
    returnedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    advice: Literal['continue', 'wind_down', 'stop']
    giftCardUsed: bool
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result8(TypedDict):
    holdId: str
    serviceType: str | None
    releasedUsd: str
    returnedUsd: str
    giftCardReturned: bool
    reason: str | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result9(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    serviceType: str | None
    releasedUsd: str
    returnedUsd: str
    giftCardReturned: bool
    reason: str | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result10(TypedDict):
    holdId: str
    serviceType: str | None
    createdAt: str
    expiresAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result11(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    serviceType: str | None
    createdAt: str
    expiresAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result12(TypedDict):
    holdId: str
    serviceType: str | None
    addedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result13(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    serviceType: str | None
    addedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Result14(TypedDict):
    holdId: str
    heartbeatSeconds: int
    aliveUntil: str
    expiresAt: str


class Result15(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    heartbeatSeconds: int
    aliveUntil: str
    expiresAt: str


class Problem2(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    message: str
    code: str


class Result1(TypedDict):
    idempotencyKey: str | None
    status: int
    replayed: bool
    result: NotRequired[Result2 | Result3 | Result4 | Result5 | Result6 | Result7 | Result8 | Result9 | Result10 | Result11 | Result12 | Result13 | Result14 | Result15]
    problem: NotRequired[Problem2]


class RunBatchReply(TypedDict):
    dryRun: NotRequired[Literal[True]]
    results: list[Result1]


class Hold(TypedDict):
    holdId: str
    state: Literal['open', 'captured', 'released', 'expired']
    serviceType: str
    useGiftCard: bool
    amountUsd: str
    leftUsd: str
    capturedUsd: str
    childrenUsd: str
    parentHoldId: str | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str
    expiresAt: str | None
    heartbeatSeconds: int | None
    aliveUntil: str | None
    closedAt: str | None


class Deposit(TypedDict):
    id: str
    state: str
    reason: str | None
    amountUsd: str
    chain: str
    token: str
    txHash: str
    ordinal: int
    fromAddress: str
    toAddress: str
    blockNumber: int
    blockTime: str
    confirmations: int | None
    confirmationsNeeded: int | None
    estimatedSeconds: int | None
    provisional: bool
    entryId: str | None
    orderId: str | None
    observedAt: str
    creditedAt: str | None


class Dispute(TypedDict):
    status: str
    dueBy: str | None


class TimelineItem(TypedDict):
    at: str
    what: str
    source: Literal['api', 'chain', 'provider', 'operator', 'clock']


class Order(TypedDict):
    id: str
    state: Literal['created', 'awaiting_payment', 'processing', 'paid', 'credited', 'parked', 'failed', 'expired', 'cancelled']
    reason: str | None
    channel: Literal['chain', 'card', 'auto_refill']
    packId: str | None
    productId: str | None
    amountUsd: str
    priceCents: int
    creditUsd: str
    giftCards: int
    refundedCents: int
    takenBackUsd: str
    dispute: Dispute | None
    receiptUrl: str | None
    poNumber: str | None
    metadata: dict[str, str]
    createdAt: str
    expiresAt: str
    timeline: list[TimelineItem]


class Sender(TypedDict):
    senderId: str
    address: str
    chain: str | None
    chains: list[str]
    label: str | None
    state: Literal['bound', 'unproven']
    registeredAt: str
    provenAt: str | None
