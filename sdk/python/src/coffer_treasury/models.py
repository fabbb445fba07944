# Made by make.mjs from the API's document.

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict


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


EntryType: TypeAlias = Literal['DEPOSIT', 'SKU_MARGIN', 'GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD_RELEASE', 'AI_API_CALL', 'GAS_SUBSIDY', 'ADJUSTMENT', 'REFUND', 'REV_SHARE_CREDIT', 'REV_SHARE_PAYOUT', 'SETTLEMENT', 'WITHDRAWAL', 'HOLD', 'HOLD_RELEASE', 'GRANT', 'LOT_EXPIRY', 'DEPOSIT_REVERSAL', 'CLAWBACK', 'FREE_TIER_GRANT', 'CHARGE', 'CHECK_IN_GRANT', 'COUPON_GRANT', 'SUBSCRIPTION_GRANT', 'CLAWBACK_REVERSAL', 'GRANT_REVERSAL']


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
    type: EntryType
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


class Pack(TypedDict):
    id: str
    name: str
    amountUsd: str
    freeGiftCards: int
    tagline: str
    popular: bool


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


class UpdateOrderRequest(TypedDict):
    poNumber: NotRequired[str | None]
    metadata: NotRequired[dict[str, str]]


class CancelOrderRequest(TypedDict):
    pass


class CreateCheckoutRequest(TypedDict):
    packId: NotRequired[str]
    amountUsd: NotRequired[str]
    successUrl: str
    cancelUrl: str
    metadata: NotRequired[dict[str, str]]
    savePaymentMethod: NotRequired[bool]


class CreateCheckoutReply(TypedDict):
    url: str | None
    sessionId: str
    orderId: str
    idempotencyKey: str


class Type(TypedDict):
    name: str
    type: str


class Message(TypedDict):
    types: dict[str, list[Type]]
    primaryType: str
    domain: dict[str, str]
    message: dict[str, str]


SignatureItem: TypeAlias = str


class Proof(TypedDict):
    message: str | Message
    signature: str | list[SignatureItem]


class RegisterSenderRequest(TypedDict):
    address: str
    chain: NotRequired[str]
    label: NotRequired[str]
    packId: NotRequired[str]
    proof: NotRequired[Proof]


class CreditsAddress(TypedDict):
    chain: str
    address: str
    token: str
    symbol: str
    expectedSeconds: int | None


class Message1(TypedDict):
    types: dict[str, list[Type]]
    primaryType: str
    domain: dict[str, str]
    message: dict[str, str]


class SenderChallenge(TypedDict):
    chain: str
    address: str
    purpose: Literal['register', 'claim']
    txHash: str | None
    message: str | Message1
    issuedAt: str
    expiresAt: str


class Sender(TypedDict):
    senderId: str
    address: str
    chain: str | None
    chains: list[str]
    label: str | None
    state: Literal['bound', 'unproven']
    registeredAt: str
    provenAt: str | None


class RegistrationChallengeRequest(TypedDict):
    purpose: Literal['register']
    address: str
    chain: NotRequired[str]


class ClaimChallengeRequest(TypedDict):
    purpose: Literal['claim']
    address: str
    chain: str
    txHash: str


class Message2(TypedDict):
    types: dict[str, list[Type]]
    primaryType: str
    domain: dict[str, str]
    message: dict[str, str]


class Proof1(TypedDict):
    message: str | Message2
    signature: str | list[SignatureItem]


class ClaimDepositRequest(TypedDict):
    txHash: str
    chain: str
    proof: Proof1


class Deposit(TypedDict):
    id: str
    ordinal: int
    token: str
    amountUsd: str
    state: str


class ClaimDepositReply(TypedDict):
    chain: str
    txHash: str
    fromAddress: str
    deposits: list[Deposit]


class CreateDepositAddressesRequest(TypedDict):
    chain: NotRequired[str]


class Wallet(TypedDict):
    family: Literal['eip155', 'starknet']
    address: str
    chains: list[str]
    createdAt: str


class CreateDepositAddressesReply(TypedDict):
    address: str
    chain: str
    wallets: list[Wallet]


class Balance1(TypedDict):
    symbol: str
    token: str
    balanceUsd: str | None


class Wallet1(TypedDict):
    chain: str
    created: bool
    address: str | None
    createdAt: str | None
    deployed: bool | None
    balances: list[Balance1]


class GetDepositAddressesReply(TypedDict):
    address: str | None
    chain: str | None
    wallets: list[Wallet1]


class DepositModel(TypedDict):
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


class Transfer(TypedDict):
    id: str
    state: str
    reason: str | None
    amountUsd: str | None
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
    amountUnits: str
    symbol: str | None
    outcome: Literal['credited', 'waiting', 'not_credited', 'taken_back']
    explanation: str


class TraceDepositReply(TypedDict):
    txHash: str
    found: bool
    explanation: str
    transfers: list[Transfer]
    more: bool


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


class HeartbeatHoldRequest(TypedDict):
    holdId: str


class HoldAlive(TypedDict):
    holdId: str
    heartbeatSeconds: int
    aliveUntil: str
    expiresAt: str


class HoldAlivePreview(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    heartbeatSeconds: int
    aliveUntil: str
    expiresAt: str


class BatchDebit(TypedDict):
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
    idempotencyKey: str
    op: Literal['debit']


class BatchHold(TypedDict):
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
    idempotencyKey: str
    op: Literal['hold']


class BatchCapture(TypedDict):
    holdId: str
    amountUsd: str
    final: NotRequired[bool]
    allowOverrun: NotRequired[bool]
    idempotencyKey: str
    op: Literal['consume-hold']


class BatchRelease(TypedDict):
    holdId: str
    reason: NotRequired[str]
    idempotencyKey: str
    op: Literal['release-hold']


class BatchExtension(TypedDict):
    holdId: str
    expiresInSeconds: int
    idempotencyKey: str
    op: Literal['extend-hold']


class BatchGrowth(TypedDict):
    holdId: str
    byUsd: NotRequired[str]
    toUsd: NotRequired[str]
    idempotencyKey: str
    op: Literal['grow-hold']


class BatchHeartbeat(TypedDict):
    holdId: str
    idempotencyKey: str
    op: Literal['heartbeat-hold']


class BudgetsLeftItem(TypedDict):
    budgetId: str
    leftUsd: str
    renewsAt: str | None


BudgetsLeft: TypeAlias = list[BudgetsLeftItem]


class EntryPreview(TypedDict):
    id: NotRequired[str]
    commandId: NotRequired[str]
    type: EntryType
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


class HoldOpened(TypedDict):
    holdId: str
    serviceType: str | None
    amountUsd: str
    useGiftCard: bool
    parentHoldId: str | None
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
    expiresAt: str
    heartbeatSeconds: int | None
    aliveUntil: str | None
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class HoldOpenedPreview(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    serviceType: str | None
    amountUsd: str
    useGiftCard: bool
    parentHoldId: str | None
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
    expiresAt: str
    heartbeatSeconds: int | None
    aliveUntil: str | None
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


HoldAdvice: TypeAlias = Literal['continue', 'wind_down', 'stop']


class HoldCapturedPreview(TypedDict):
    dryRun: Literal[True]
    holdId: NotRequired[str]
    entryId: NotRequired[str]
    type: EntryType
    serviceType: str | None
    amountUsd: str
    overrunUsd: str
    releasedUsd: str
    returnedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    advice: HoldAdvice
    giftCardUsed: bool
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


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


class HoldReleasedPreview(TypedDict):
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


class HoldExtendedPreview(TypedDict):
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


class HoldGrownPreview(TypedDict):
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


class CommandProblem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    message: str
    code: str


class CheckBalanceRequest(TypedDict):
    amountUsd: str
    serviceType: NotRequired[ServiceType]
    action: NotRequired[str]


class CheckBalanceReply(TypedDict):
    sufficient: bool
    availableUsd: str
    status: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']


class Quote(TypedDict):
    action: str
    quantity: str
    unit: str
    rateUsd: str
    amountUsd: str
    priceId: str
    at: str


class Settings(TypedDict):
    lowBalanceThresholdUsd: str | None
    criticalThresholdUsd: str | None
    freeGiftCardMaxUsd: str
    timeZone: str
    expiryNoticeDays: list[int]


ExpiryNoticeDay: TypeAlias = int


class UpdateSettingsRequest(TypedDict):
    lowBalanceThresholdUsd: NotRequired[str | None]
    criticalThresholdUsd: NotRequired[str | None]
    freeGiftCardMaxUsd: NotRequired[str]
    timeZone: NotRequired[str]
    expiryNoticeDays: NotRequired[list[ExpiryNoticeDay] | None]


class Booking(TypedDict):
    type: EntryType
    amountUsd: str
    reason: str
    serviceType: str | None
    expiresAt: str | None
    restrictedTo: RestrictedTo | None
    refundOf: str | None
    reference: str | None
    metadata: dict[str, str] | None


class Change(TypedDict):
    kind: str
    countsUsd: str | None


ApprovalState: TypeAlias = Literal['pending', 'approved', 'rejected', 'failed', 'expired']


class Stopped(TypedDict):
    at: str
    reason: Literal['repeated_failures', 'do_not_try_again', 'authentication_required', 'payment_method_unusable', 'product_inactive', 'wrong_mode', 'dispute', 'early_warning', 'refunded', 'parked', 'other_account', 'org_closed']


class Consent(TypedDict):
    at: str
    by: str
    thresholdUsd: str | None
    packId: str | None
    targetUsd: str | None
    maxDayUsd: str
    maxMonthUsd: str
    maxDayCount: int
    textVersion: str | None


class AutoRefill(TypedDict):
    enabled: bool
    state: Literal['off', 'on', 'waiting_for_payment_method', 'stopped']
    thresholdUsd: str | None
    packId: str | None
    targetUsd: str | None
    maxDayUsd: str
    maxMonthUsd: str
    maxDayCount: int
    stopped: Stopped | None
    nextAttemptAt: str | None
    openOrderId: str | None
    consent: Consent | None


class SetAutoRefillRequest(TypedDict):
    enabled: bool
    thresholdUsd: NotRequired[str]
    packId: NotRequired[str]
    targetUsd: NotRequired[str]
    maxDayUsd: NotRequired[str]
    maxMonthUsd: NotRequired[str]
    maxDayCount: NotRequired[int]
    consentTextVersion: NotRequired[str]


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


CreateHoldReply: TypeAlias = HoldOpened | HoldOpenedPreview


class CaptureHoldRequest(TypedDict):
    holdId: str
    amountUsd: str
    final: NotRequired[bool]
    allowOverrun: NotRequired[bool]


class ReleaseHoldRequest(TypedDict):
    holdId: str
    reason: NotRequired[str]


ReleaseHoldReply: TypeAlias = HoldReleased | HoldReleasedPreview


class ExtendHoldRequest(TypedDict):
    holdId: str
    expiresInSeconds: int


ExtendHoldReply: TypeAlias = HoldExtended | HoldExtendedPreview


class GrowHoldRequest(TypedDict):
    holdId: str
    byUsd: NotRequired[str]
    toUsd: NotRequired[str]


GrowHoldReply: TypeAlias = HoldGrown | HoldGrownPreview


class Event(TypedDict):
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
    events: list[Event]


class UsageProblem(TypedDict):
    status: int
    code: str
    detail: str
    message: str


class Entry1(TypedDict):
    id: NotRequired[str]
    commandId: NotRequired[str]
    type: EntryType
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
    price: Price | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None
    createdAt: str


class UsageCharge(TypedDict):
    commandId: NotRequired[str | None]
    serviceType: str | None
    amountUsd: str
    action: str | None
    quantity: str | None
    price: Price | None
    events: int
    availableUsd: str
    heldUsd: str
    createdAt: str
    entries: list[Entry1]
    budgets: NotRequired[BudgetsLeft]


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


class CreateBudgetRequest(TypedDict):
    name: NotRequired[str]
    subject: Literal['userId', 'teamId', 'appId', 'serviceType', 'key']
    value: str
    period: Literal['day', 'month', 'none']
    limitUsd: str
    mode: Literal['hard', 'soft']
    warnAtPercent: NotRequired[int | None]


class UpdateBudgetRequest(TypedDict):
    name: NotRequired[str | None]
    limitUsd: NotRequired[str]
    mode: NotRequired[Literal['hard', 'soft']]
    warnAtPercent: NotRequired[int | None]


class Hold1(TypedDict):
    holdId: str
    state: Literal['open', 'captured', 'released', 'expired']
    leftUsd: str
    capturedUsd: str
    expiresAt: str | None
    closedAt: str | None


class Refusal(TypedDict):
    code: Literal['VALIDATION_FAILED', 'ORG_REQUIRED', 'SERVICE_TYPE_RESERVED', 'SIGNATURE_INVALID', 'PLAN_NOT_SELLABLE', 'UNAUTHENTICATED', 'CREDIT_INSUFFICIENT', 'CARD_DECLINED', 'FORBIDDEN', 'ORG_SUSPENDED', 'USER_SUSPENDED', 'NOT_FOUND', 'SENDER_CLAIMED', 'HOLD_NOT_PENDING', 'HOLD_EXCEEDED', 'DEPOSIT_NOT_OPEN', 'ORDER_NOT_OPEN', 'PRODUCT_INACTIVE', 'ALREADY_CHECKED_IN', 'CHECKIN_DISABLED', 'COUPON_UNUSABLE', 'DISPUTE_NOT_OPEN', 'PAYMENTS_NOT_CONFIGURED', 'REFUND_NOT_POSSIBLE', 'SUBSCRIPTION_STATE', 'IDEMPOTENCY_CONFLICT', 'CURSOR_AHEAD', 'BODY_TOO_LARGE', 'RATE_LIMITED', 'PAYMENT_PROVIDER_FAILED', 'LEDGER_UNAVAILABLE', 'DEPOSIT_ADDRESS_UNAVAILABLE', 'RECOVERY_REQUIRED']
    message: str
    by: Literal['rule', 'suspension', 'other']


class Change1(TypedDict):
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


class Price8(TypedDict):
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
    changes: list[Change1]
    before: Before | None
    reproduced: bool | None
    state: State
    lots: list[Lot]
    price: Price8
    asked: Asked
    entries: list[Entry]


class AutoRefillStopped(TypedDict):
    at: str
    reason: Literal['repeated_failures', 'do_not_try_again', 'authentication_required', 'payment_method_unusable', 'product_inactive', 'wrong_mode', 'dispute', 'early_warning', 'refunded', 'parked', 'other_account', 'org_closed']


class AutoRefillConsent(TypedDict):
    at: str
    by: str
    text_version: str | None
    auto_refill_threshold: int | None
    auto_refill_product_id: str | None
    auto_refill_target_micros: int | None
    auto_refill_max_day_cents: int
    auto_refill_max_month_cents: int
    auto_refill_max_day_count: int


class OrgBilling(TypedDict):
    org_id: str
    mode: Literal['live', 'test'] | None
    has_stripe_key: bool
    stripe_key_last4: str | None
    has_webhook_secret: bool
    webhook_secret_last4: str | None
    webhook_url: str
    missing_permissions: list[str]
    free_tier_amount: int
    has_payment_method: bool
    auto_refill_enabled: bool
    auto_refill_state: Literal['off', 'on', 'waiting_for_payment_method', 'stopped']
    auto_refill_threshold: int | None
    auto_refill_product_id: str | None
    auto_refill_target_micros: int | None
    auto_refill_max_day_cents: int
    auto_refill_max_month_cents: int
    auto_refill_max_day_count: int
    auto_refill_stopped: AutoRefillStopped | None
    auto_refill_consent: AutoRefillConsent | None


class UpdateOrgBillingRequest(TypedDict):
    stripe_secret_key: NotRequired[str | None]
    stripe_webhook_secret: NotRequired[str | None]
    free_tier_amount: NotRequired[int]
    auto_refill_enabled: NotRequired[bool]
    auto_refill_threshold: NotRequired[int]
    auto_refill_product_id: NotRequired[str]
    auto_refill_target_micros: NotRequired[int]
    auto_refill_max_day_cents: NotRequired[int]
    auto_refill_max_month_cents: NotRequired[int]
    auto_refill_max_day_count: NotRequired[int]
    auto_refill_consent_text_version: NotRequired[str]


class PutOrgBillingRequest(TypedDict):
    stripe_secret_key: NotRequired[str | None]
    stripe_webhook_secret: NotRequired[str | None]
    free_tier_amount: NotRequired[int]
    auto_refill_enabled: NotRequired[bool]
    auto_refill_threshold: NotRequired[int]
    auto_refill_product_id: NotRequired[str]
    auto_refill_target_micros: NotRequired[int]
    auto_refill_max_day_cents: NotRequired[int]
    auto_refill_max_month_cents: NotRequired[int]
    auto_refill_max_day_count: NotRequired[int]
    auto_refill_consent_text_version: NotRequired[str]


class OrgWallet(TypedDict):
    wallet_balance: int
    wallet_balance_usd: str


class CreateOrgTransactionRequest(TypedDict):
    operation: Literal['deposit', 'charge']
    amount_micros: int
    description: str
    app_id: NotRequired[str]


class OrgTransaction(TypedDict):
    transaction_id: str
    type: Literal['deposit', 'charge', 'hold', 'release', 'refund', 'expiry', 'adjustment']
    amount_micros: int
    balance_after: int
    description: str | None
    app_id: str | None
    created_at: str


class OrgBudgetLeft(TypedDict):
    budget_id: str
    left_micros: int
    renews_at: str | None


class OrgTransactionPreview(TypedDict):
    type: Literal['deposit', 'charge', 'hold', 'release', 'refund', 'expiry', 'adjustment']
    amount_micros: int
    balance_after: int
    description: str | None
    app_id: str | None
    created_at: str


class Booking1(TypedDict):
    type: EntryType
    amountUsd: str
    reason: str
    serviceType: str | None
    expiresAt: str | None
    restrictedTo: RestrictedTo | None
    refundOf: str | None
    reference: str | None
    metadata: dict[str, str] | None


class Change2(TypedDict):
    kind: str
    countsUsd: str | None


class ApprovalPreview(TypedDict):
    dryRun: Literal[True]
    id: NotRequired[str]
    org: str | None
    user: str | None
    state: ApprovalState
    what: str
    booking: Booking1 | None
    change: Change2 | None
    requestedBy: str
    requestedAt: str
    expiresAt: str
    decidedBy: str | None
    decidedAt: str | None
    decisionReason: str | None
    entryId: NotRequired[str | None]
    refusal: str | None
    refusalDetail: str | None
    idempotencyKey: str


class ListOrgTransactionsReply(TypedDict):
    transactions: list[OrgTransaction]
    next_cursor: str | None


class CreateProductRequest(TypedDict):
    name: str
    billing_model: NotRequired[Literal['one_time']]
    price_cents: int
    amount_micros: int
    currency: NotRequired[Literal['usd']]


class Product(TypedDict):
    product_id: str
    name: str
    billing_model: Literal['one_time']
    price_cents: int
    amount_micros: int
    currency: Literal['usd']
    active: bool
    mode: Literal['live', 'test']
    stripe_product_id: str | None
    stripe_price_id: str | None
    created_at: str


class ListProductsReply(TypedDict):
    products: list[Product]
    next_cursor: str | None


class UpdateProductRequest(TypedDict):
    name: NotRequired[str]
    active: NotRequired[bool]


class CreateProductCheckoutRequest(TypedDict):
    product_id: str
    success_url: str
    cancel_url: str
    save_payment_method: NotRequired[bool]
    metadata: NotRequired[dict[str, str]]


class CreateProductCheckoutReply(TypedDict):
    checkout_url: str | None
    session_id: str
    order_id: str


class VerifyProductCheckoutRequest(TypedDict):
    pass


class VerifyProductCheckoutReply(TypedDict):
    session_id: str
    order_id: str
    state: Literal['created', 'awaiting_payment', 'processing', 'paid', 'credited', 'parked', 'failed', 'expired', 'cancelled']
    credited: bool
    wallet_balance: int
    wallet_balance_usd: str


class RestrictedItem1(TypedDict):
    services: list[str] | None
    actions: list[str] | None
    credits: float


class NextExpiry1(TypedDict):
    credits: float
    expires_at: str


class GetUserWalletReply(TypedDict):
    credits: float
    balance: float
    user_id: str
    restricted: NotRequired[list[RestrictedItem1]]
    next_expiry: NotRequired[NextExpiry1]


class DeductFromUserWalletRequest(TypedDict):
    user_id: str
    feature: str
    count: NotRequired[float]
    units: NotRequired[float]
    amount: NotRequired[float]
    idempotency_key: NotRequired[str]


class UserWalletDeducted(TypedDict):
    allowed: Literal[True]
    balanceBefore: float
    balanceAfter: float
    balance: float
    deducted: float


class UserWalletTooLow(TypedDict):
    allowed: Literal[False]
    balanceBefore: float
    required: float


class CreateTopUpSessionRequest(TypedDict):
    user_id: str
    amountDollars: NotRequired[int]
    amount: NotRequired[int]
    product: NotRequired[str]
    returnUrl: NotRequired[str]
    success_url: NotRequired[str]
    cancel_url: NotRequired[str]
    idempotency_key: NotRequired[str]


class CreateTopUpSessionReply(TypedDict):
    url: str | None
    sessionId: str


class Item(TypedDict):
    id: str
    type: Literal['topup', 'deduct', 'grant', 'refund', 'hold', 'release', 'expiry', 'adjustment']
    feature: NotRequired[str]
    credits: float
    balance_after: float
    stripe_session_id: NotRequired[str]
    created_at: str


class ListUserWalletTransactionsReply(TypedDict):
    items: list[Item]
    nextCursor: str | None


class Rate(TypedDict):
    feature: str
    label: str
    credits: float
    unit: str


class ListRatesReply(TypedDict):
    rates: list[Rate]


class RestrictedItem2(TypedDict):
    services: list[str] | None
    actions: list[str] | None
    balance: int


class NextExpiry2(TypedDict):
    amount: int
    expires_at: str


class Data(TypedDict):
    balance: int
    restricted: NotRequired[list[RestrictedItem2]]
    next_expiry: NotRequired[NextExpiry2]


class GetCreditsBalanceReply(TypedDict):
    success: Literal[True]
    data: Data


class CreditsTransaction(TypedDict):
    id: str
    type: Literal['ai_usage', 'usage', 'topup', 'subscription', 'checkin', 'coupon', 'manual', 'refund', 'hold', 'release', 'expiry']
    amount: int
    description: str | None
    created_at: str


class DeductCreditsRequest(TypedDict):
    user_id: str
    type: NotRequired[Literal['ai_usage', 'usage']]
    amount: int
    description: NotRequired[str]
    idempotency_key: NotRequired[str]


class CreditsMoved(TypedDict):
    balance: int
    transaction: CreditsTransaction


class CreditsTransactionPreview(TypedDict):
    type: Literal['ai_usage', 'usage', 'topup', 'subscription', 'checkin', 'coupon', 'manual', 'refund', 'hold', 'release', 'expiry']
    amount: int
    description: str | None
    created_at: str


class CheckInRequest(TypedDict):
    idempotency_key: NotRequired[str]


class Data1(TypedDict):
    dryRun: NotRequired[Literal[True]]
    credits: int
    balance: int
    streak: int


class CheckInReply(TypedDict):
    success: Literal[True]
    data: Data1


class RedeemCouponRequest(TypedDict):
    code: str
    idempotency_key: NotRequired[str]


class Data2(TypedDict):
    dryRun: NotRequired[Literal[True]]
    credits: int
    balance: int


class RedeemCouponReply(TypedDict):
    success: Literal[True]
    data: Data2


class CreditsOrder(TypedDict):
    id: str
    channel: Literal['stripe', 'creem']
    type: Literal['topup', 'subscription']
    state: Literal['created', 'awaiting_payment', 'processing', 'paid', 'credited', 'parked', 'failed', 'expired', 'cancelled']
    price_cents: int
    currency: str
    credits: int
    plan_id: str | None
    refunded_cents: int
    created_at: str
    paid_at: str | None


class GetCreditsOrderReply(TypedDict):
    success: Literal[True]
    data: CreditsOrder


class CreatePaymentSessionRequest(TypedDict):
    channel: Literal['stripe', 'creem']
    type: Literal['topup', 'subscription']
    plan_id: NotRequired[str]
    interval: NotRequired[Literal['month', 'year']]
    credits: NotRequired[int]
    success_url: str
    cancel_url: NotRequired[str]
    idempotency_key: NotRequired[str]


class Data3(TypedDict):
    url: str | None
    session_id: str
    order_id: str


class CreatePaymentSessionReply(TypedDict):
    success: Literal[True]
    data: Data3


class Next(TypedDict):
    plan_id: str | None
    interval: Literal['month', 'year'] | None


class Subscription(TypedDict):
    id: str
    channel: Literal['stripe', 'creem']
    state: Literal['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'cancelled_at_period_end', 'ended']
    plan_id: str | None
    interval: Literal['month', 'year'] | None
    period_start: str | None
    period_end: str | None
    next: Next | None
    created_at: str


class ChangeSubscriptionRequest(TypedDict):
    plan_id: str
    interval: NotRequired[Literal['month', 'year']]
    idempotency_key: NotRequired[str]


class ChangeSubscriptionReply(TypedDict):
    success: Literal[True]
    data: Subscription | None


class CancelSubscriptionRequest(TypedDict):
    idempotency_key: NotRequired[str]


class CancelSubscriptionReply(TypedDict):
    success: Literal[True]
    data: Subscription | None


class ResumeSubscriptionRequest(TypedDict):
    idempotency_key: NotRequired[str]


class ResumeSubscriptionReply(TypedDict):
    success: Literal[True]
    data: Subscription | None


class OpenSubscriptionPortalRequest(TypedDict):
    return_url: str


class Data4(TypedDict):
    url: str


class OpenSubscriptionPortalReply(TypedDict):
    success: Literal[True]
    data: Data4


class OfferedPlan(TypedDict):
    id: str
    name: str
    description: str
    price_monthly: float | None
    price_yearly: float | None
    credits_included: int
    features: list[str]
    kind: Literal['subscription', 'one_time']


Action: TypeAlias = str


class RestrictedTo5(TypedDict):
    services: NotRequired[list[ServiceType]]
    actions: NotRequired[list[Action]]


class AdjustCreditsRequest(TypedDict):
    user_id: str
    amount: int
    reason: str
    restricted_to: NotRequired[RestrictedTo5]
    idempotency_key: NotRequired[str]


class Data5(TypedDict):
    balance: int
    transaction: CreditsTransaction


class Datum(TypedDict):
    user_id: str
    id: str
    type: Literal['ai_usage', 'usage', 'topup', 'subscription', 'checkin', 'coupon', 'manual', 'refund', 'hold', 'release', 'expiry']
    amount: int
    description: str | None
    created_at: str


class ListAllCreditsTransactionsReply(TypedDict):
    success: Literal[True]
    data: list[Datum]
    next_cursor: str | None


class RestrictedItem3(TypedDict):
    services: list[str] | None
    actions: list[str] | None
    availableUsd: str


class Opening(TypedDict):
    availableUsd: str
    heldUsd: str
    paidUsd: str
    promotionalUsd: str
    debtUsd: str
    freeGiftCards: int
    restricted: list[RestrictedItem3]


class Movement(TypedDict):
    type: EntryType
    serviceType: str | None
    entries: int
    availableDeltaUsd: str
    heldDeltaUsd: str
    paidDeltaUsd: str
    promotionalDeltaUsd: str
    debtDeltaUsd: str
    giftCardsDelta: int


class Closing(TypedDict):
    availableUsd: str
    heldUsd: str
    paidUsd: str
    promotionalUsd: str
    debtUsd: str
    freeGiftCards: int
    restricted: list[RestrictedItem3]


GetStatementReply = TypedDict(
    'GetStatementReply',
    {
        'orgId': str,
        'from': str,
        'to': str,
        'timeZone': str,
        'open': bool,
        'asOf': str | None,
        'opening': Opening,
        'movements': list[Movement],
        'closing': Closing,
    },
)


class Key(TypedDict):
    id: str
    kind: Literal['org', 'platform', 'admin']
    org: str | None
    name: str
    scopes: list[Literal['treasury:read', 'treasury:spend', 'treasury:admin']]
    state: Literal['active', 'replaced', 'expired', 'revoked']
    allowedIps: list[str] | None
    createdAt: str
    expiresAt: str | None
    revokedAt: str | None
    lastUsedAt: str | None
    replacedBy: str | None
    mintLimitUsd: str | None
    madeBy: list[str]


class CreateOwnKeyRequest(TypedDict):
    name: str
    scopes: list[Literal['treasury:read', 'treasury:spend', 'treasury:admin']]
    expiresAt: NotRequired[str]
    allowedIps: NotRequired[list[str]]


class NewKey(TypedDict):
    id: str
    kind: Literal['org', 'platform', 'admin']
    org: str | None
    name: str
    scopes: list[Literal['treasury:read', 'treasury:spend', 'treasury:admin']]
    state: Literal['active', 'replaced', 'expired', 'revoked']
    allowedIps: list[str] | None
    createdAt: str
    expiresAt: str | None
    revokedAt: str | None
    lastUsedAt: str | None
    replacedBy: str | None
    mintLimitUsd: str | None
    madeBy: list[str]
    key: str


class Member(TypedDict):
    user: str
    role: Literal['owner', 'admin', 'finance', 'member', 'viewer']
    firstSeenAt: str
    lastSeenAt: str


class CreateOrgRequest(TypedDict):
    name: str
    externalId: NotRequired[str]
    metadata: NotRequired[dict[str, str]]


class OrgBilling1(TypedDict):
    trusted: bool


class Org(TypedDict):
    id: str
    name: str
    externalId: str | None
    metadata: dict[str, str]
    walletId: str
    suspendedAt: str | None
    suspendedReason: str | None
    closedAt: str | None
    closedReason: str | None
    provisionalLimitUsd: str
    orgBilling: OrgBilling1
    internal: bool
    createdAt: str


class ListOrgsReply(TypedDict):
    orgs: list[Org]
    nextCursor: str | None


class Suspension(TypedDict):
    begins: bool
    reason: str | None
    actor: str
    at: str


class OrgDetail(TypedDict):
    id: str
    name: str
    externalId: str | None
    metadata: dict[str, str]
    walletId: str
    suspendedAt: str | None
    suspendedReason: str | None
    closedAt: str | None
    closedReason: str | None
    provisionalLimitUsd: str
    orgBilling: OrgBilling1
    internal: bool
    createdAt: str
    availableUsd: str
    heldUsd: str
    suspensions: list[Suspension]


class UpdateOrgRequest(TypedDict):
    name: NotRequired[str]
    externalId: NotRequired[str | None]
    metadata: NotRequired[dict[str, str]]
    suspended: NotRequired[bool]
    reason: NotRequired[str]
    provisionalLimitUsd: NotRequired[str]
    orgBilling: NotRequired[OrgBilling1]


class CloseOrgRequest(TypedDict):
    reason: str


class ClosedOrg(TypedDict):
    id: str
    name: str
    externalId: str | None
    metadata: dict[str, str]
    walletId: str
    suspendedAt: str | None
    suspendedReason: str | None
    closedAt: str | None
    closedReason: str | None
    provisionalLimitUsd: str
    orgBilling: OrgBilling1
    internal: bool
    createdAt: str
    availableUsd: str
    heldUsd: str


class ReopenOrgRequest(TypedDict):
    pass


class CreateKeyRequest(TypedDict):
    kind: Literal['org', 'platform', 'admin']
    org: NotRequired[str]
    name: str
    scopes: list[Literal['treasury:read', 'treasury:spend', 'treasury:admin']]
    expiresAt: NotRequired[str]
    allowedIps: NotRequired[list[str]]
    mintLimitUsd: NotRequired[str]


class ListKeysReply(TypedDict):
    keys: list[Key]
    nextCursor: str | None


class RotateKeyRequest(TypedDict):
    overlapSeconds: NotRequired[int]
    expiresAt: NotRequired[str]


class RestrictedTo6(TypedDict):
    services: NotRequired[list[ServiceType]]
    actions: NotRequired[list[Action]]


class CreateEntryRequest(TypedDict):
    type: EntryType
    amountUsd: str
    reason: str
    serviceType: NotRequired[ServiceType]
    expiresAt: NotRequired[str]
    restrictedTo: NotRequired[RestrictedTo6]
    refundOf: NotRequired[str]
    reference: NotRequired[str]
    metadata: NotRequired[dict[str, str]]


class BookingModel(TypedDict):
    entryId: str
    type: EntryType
    amountUsd: str
    reason: str | None
    reference: str | None
    metadata: dict[str, str] | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class BookingPreview(TypedDict):
    dryRun: Literal[True]
    entryId: NotRequired[str]
    type: EntryType
    amountUsd: str
    reason: str | None
    reference: str | None
    metadata: dict[str, str] | None
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Tier(TypedDict):
    upTo: str | None
    rateUsd: str


PriceModel = TypedDict(
    'PriceModel',
    {
        'id': str,
        'org': str | None,
        'action': str,
        'unit': str,
        'tiers': list[Tier] | None,
        'from': str,
        'to': str | None,
        'addedAt': str,
        'addedBy': str,
    },
)


CreatePriceRequest = TypedDict(
    'CreatePriceRequest',
    {
        'org': NotRequired[str],
        'action': str,
        'unit': str,
        'rateUsd': NotRequired[str],
        'tiers': NotRequired[list[Tier]],
        'ended': NotRequired[Literal[True]],
        'from': NotRequired[str],
        'to': NotRequired[str],
    },
)


class Price10(TypedDict):
    priceId: str
    rateUsd: str
    rounding: Literal['up']


class Data6(TypedDict):
    entryId: str
    commandId: str
    type: EntryType
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
    price: Price10 | None
    reference: str | None
    description: str | None
    appId: str | None
    userId: str | None
    teamId: str | None
    metadata: dict[str, str] | None


class EntryCreatedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['entry.created']
    data: Data6


class TransferModel(TypedDict):
    chain: str
    token: str
    txHash: str
    ordinal: int
    fromAddress: str
    toAddress: str
    blockNumber: int
    blockTime: str


class BookedDepositData(TypedDict):
    depositId: str
    amountUsd: str
    entryId: str
    availableAfterUsd: str
    orderId: str | None
    giftCards: int
    transfer: TransferModel | None
    userId: NotRequired[str]


class DepositReversedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.reversed']
    data: BookedDepositData


class Data7(TypedDict):
    status: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']
    previousStatus: Literal['OK', 'LOW', 'CRITICAL', 'SUSPENDED']
    availableUsd: str
    cause: Literal['entry', 'thresholds', 'suspension', 'freeze']
    entryId: str | None
    userId: NotRequired[str]


class BalanceStatusChangedEvent(TypedDict):
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


class HoldExpiredEvent(TypedDict):
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


class CreditsExpiringEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['credits.expiring']
    data: Data9


class SenderEventData(TypedDict):
    senderId: str
    address: str
    chain: str | None
    family: str
    label: str | None
    state: str


class SenderUnboundEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['sender.unbound']
    data: SenderEventData


class OrderEventData(TypedDict):
    orderId: str
    channel: Literal['chain', 'card', 'auto_refill']
    state: Literal['created', 'awaiting_payment', 'processing', 'paid', 'credited', 'parked', 'failed', 'expired', 'cancelled']
    reason: str | None
    packId: str | None
    amountUsd: str
    creditUsd: str
    giftCards: int
    userId: NotRequired[str]


class OrderPaidEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.paid']
    data: OrderEventData


class OrderCreditedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.credited']
    data: OrderEventData


class OrderParkedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.parked']
    data: OrderEventData


class OrderFailedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.failed']
    data: OrderEventData


class OrderExpiredEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.expired']
    data: OrderEventData


class OrderCancelledEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.cancelled']
    data: OrderEventData


class OrderRefundedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.refunded']
    data: OrderEventData


class DisputeEventData(TypedDict):
    orderId: str
    disputeId: str
    status: str
    reason: str
    currency: str
    amountMinor: str
    withdrawnMinor: str
    dueBy: str | None
    userId: NotRequired[str]


class DisputeFundsWithdrawnEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.funds_withdrawn']
    data: DisputeEventData


class DisputeFundsReinstatedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.funds_reinstated']
    data: DisputeEventData


class DisputeClosedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.closed']
    data: DisputeEventData


class Data10(TypedDict):
    orderId: str
    amountUsd: str
    reason: Literal['authentication_required']
    url: str | None


class PaymentActionRequiredEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['payment.action_required']
    data: Data10


class Data11(TypedDict):
    account: Literal['platform', 'org']
    orderId: str
    amountUsd: str


class AutoRefillSucceededEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['auto_refill.succeeded']
    data: Data11


class Data12(TypedDict):
    account: Literal['platform', 'org']
    orderId: str | None
    amountUsd: str
    reason: str
    retryAt: str | None


class AutoRefillFailedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['auto_refill.failed']
    data: Data12


class Data13(TypedDict):
    account: Literal['platform', 'org']
    reason: Literal['repeated_failures', 'do_not_try_again', 'authentication_required', 'payment_method_unusable', 'product_inactive', 'wrong_mode', 'dispute', 'early_warning', 'refunded', 'parked', 'other_account', 'org_closed']


class AutoRefillStoppedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['auto_refill.stopped']
    data: Data13


class SubscriptionEventData(TypedDict):
    subscriptionId: str
    userId: str | None
    state: Literal['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'cancelled_at_period_end', 'ended']
    periodEnd: str | None


class Data14(TypedDict):
    subscriptionId: str
    userId: str | None
    orderId: str
    planId: str
    interval: Literal['month', 'year']
    creditUsd: str
    periodStart: str
    periodEnd: str


class SubscriptionRenewedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['subscription.renewed']
    data: Data14


class SubscriptionPastDueEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['subscription.past_due']
    data: SubscriptionEventData


class SubscriptionCancelledEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['subscription.cancelled']
    data: SubscriptionEventData


class SubscriptionEndedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['subscription.ended']
    data: SubscriptionEventData


class BudgetNoticeData(TypedDict):
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


class BudgetExhaustedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['budget.exhausted']
    data: BudgetNoticeData


class Data15(TypedDict):
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


class BudgetRenewedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['budget.renewed']
    data: Data15


class RailEventData(TypedDict):
    rail: str
    reason: str
    dueUsd: str
    gotUsd: str


class RailReleasedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['rail.released']
    data: RailEventData


class Data16(TypedDict):
    endpointId: str
    url: str
    reason: Literal['failing', 'gone']
    failingSince: str


class WebhookDisabledEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['webhook.disabled']
    data: Data16


class Data17(TypedDict):
    endpointId: str


class WebhookTestEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['webhook.test']
    data: Data17


class CreateWebhookEndpointRequest(TypedDict):
    url: str
    types: NotRequired[list[Literal['entry.created', 'deposit.observed', 'deposit.credited', 'deposit.unmatched', 'deposit.set_aside', 'deposit.orphaned', 'deposit.reversed', 'balance.status_changed', 'hold.expired', 'credits.expiring', 'sender.registered', 'sender.unbound', 'order.created', 'order.paid', 'order.credited', 'order.parked', 'order.failed', 'order.expired', 'order.cancelled', 'order.refunded', 'dispute.opened', 'dispute.funds_withdrawn', 'dispute.funds_reinstated', 'dispute.closed', 'payment.action_required', 'auto_refill.succeeded', 'auto_refill.failed', 'auto_refill.stopped', 'subscription.activated', 'subscription.renewed', 'subscription.past_due', 'subscription.cancelled', 'subscription.ended', 'budget.warned', 'budget.exhausted', 'budget.renewed', 'rail.frozen', 'rail.released', 'webhook.disabled', 'webhook.test']]]
    description: NotRequired[str]
    after: NotRequired[str]


class WebhookEndpointWithSecret(TypedDict):
    id: str
    url: str
    description: str | None
    types: list[Literal['entry.created', 'deposit.observed', 'deposit.credited', 'deposit.unmatched', 'deposit.set_aside', 'deposit.orphaned', 'deposit.reversed', 'balance.status_changed', 'hold.expired', 'credits.expiring', 'sender.registered', 'sender.unbound', 'order.created', 'order.paid', 'order.credited', 'order.parked', 'order.failed', 'order.expired', 'order.cancelled', 'order.refunded', 'dispute.opened', 'dispute.funds_withdrawn', 'dispute.funds_reinstated', 'dispute.closed', 'payment.action_required', 'auto_refill.succeeded', 'auto_refill.failed', 'auto_refill.stopped', 'subscription.activated', 'subscription.renewed', 'subscription.past_due', 'subscription.cancelled', 'subscription.ended', 'budget.warned', 'budget.exhausted', 'budget.renewed', 'rail.frozen', 'rail.released', 'webhook.disabled', 'webhook.test']] | None
    enabled: bool
    disabledAt: str | None
    disabledReason: Literal['failing', 'gone', 'by_hand'] | None
    failingSince: str | None
    previousSecretExpiresAt: str | None
    createdAt: str
    updatedAt: str
    secret: str


class WebhookEndpoint(TypedDict):
    id: str
    url: str
    description: str | None
    types: list[Literal['entry.created', 'deposit.observed', 'deposit.credited', 'deposit.unmatched', 'deposit.set_aside', 'deposit.orphaned', 'deposit.reversed', 'balance.status_changed', 'hold.expired', 'credits.expiring', 'sender.registered', 'sender.unbound', 'order.created', 'order.paid', 'order.credited', 'order.parked', 'order.failed', 'order.expired', 'order.cancelled', 'order.refunded', 'dispute.opened', 'dispute.funds_withdrawn', 'dispute.funds_reinstated', 'dispute.closed', 'payment.action_required', 'auto_refill.succeeded', 'auto_refill.failed', 'auto_refill.stopped', 'subscription.activated', 'subscription.renewed', 'subscription.past_due', 'subscription.cancelled', 'subscription.ended', 'budget.warned', 'budget.exhausted', 'budget.renewed', 'rail.frozen', 'rail.released', 'webhook.disabled', 'webhook.test']] | None
    enabled: bool
    disabledAt: str | None
    disabledReason: Literal['failing', 'gone', 'by_hand'] | None
    failingSince: str | None
    previousSecretExpiresAt: str | None
    createdAt: str
    updatedAt: str


class RotateWebhookSecretRequest(TypedDict):
    overlapSeconds: NotRequired[int]


class UpdateWebhookEndpointRequest(TypedDict):
    url: NotRequired[str]
    types: NotRequired[list[Literal['entry.created', 'deposit.observed', 'deposit.credited', 'deposit.unmatched', 'deposit.set_aside', 'deposit.orphaned', 'deposit.reversed', 'balance.status_changed', 'hold.expired', 'credits.expiring', 'sender.registered', 'sender.unbound', 'order.created', 'order.paid', 'order.credited', 'order.parked', 'order.failed', 'order.expired', 'order.cancelled', 'order.refunded', 'dispute.opened', 'dispute.funds_withdrawn', 'dispute.funds_reinstated', 'dispute.closed', 'payment.action_required', 'auto_refill.succeeded', 'auto_refill.failed', 'auto_refill.stopped', 'subscription.activated', 'subscription.renewed', 'subscription.past_due', 'subscription.cancelled', 'subscription.ended', 'budget.warned', 'budget.exhausted', 'budget.renewed', 'rail.frozen', 'rail.released', 'webhook.disabled', 'webhook.test']] | None]
    description: NotRequired[str | None]
    enabled: NotRequired[bool]


class Attempt(TypedDict):
    at: str
    durationMs: int
    statusCode: int | None
    error: str | None
    responseStart: str | None


class WebhookDelivery(TypedDict):
    id: str
    eventId: str
    type: Literal['entry.created', 'deposit.observed', 'deposit.credited', 'deposit.unmatched', 'deposit.set_aside', 'deposit.orphaned', 'deposit.reversed', 'balance.status_changed', 'hold.expired', 'credits.expiring', 'sender.registered', 'sender.unbound', 'order.created', 'order.paid', 'order.credited', 'order.parked', 'order.failed', 'order.expired', 'order.cancelled', 'order.refunded', 'dispute.opened', 'dispute.funds_withdrawn', 'dispute.funds_reinstated', 'dispute.closed', 'payment.action_required', 'auto_refill.succeeded', 'auto_refill.failed', 'auto_refill.stopped', 'subscription.activated', 'subscription.renewed', 'subscription.past_due', 'subscription.cancelled', 'subscription.ended', 'budget.warned', 'budget.exhausted', 'budget.renewed', 'rail.frozen', 'rail.released', 'webhook.disabled', 'webhook.test']
    eventCursor: str
    state: Literal['pending', 'delivered', 'failed']
    redeliveryOf: str | None
    nextAttemptAt: str | None
    createdAt: str
    finishedAt: str | None
    attempts: list[Attempt]


class RedeliverEventRequest(TypedDict):
    pass


class SendTestEventRequest(TypedDict):
    pass


class SendTestEventAccepted(TypedDict):
    eventId: str


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


class ListEntriesReply(TypedDict):
    entries: list[Entry]
    nextCursor: str | None


class ListPacksReply(TypedDict):
    packs: list[Pack]


class ListOrdersReply(TypedDict):
    orders: list[Order]
    nextCursor: str | None


class RegisterSenderReply(TypedDict):
    senderId: str
    address: str
    chain: str | None
    chains: list[str]
    label: str | None
    state: Literal['bound', 'unproven']
    registeredAt: str
    provenAt: str | None
    creditsAddresses: list[CreditsAddress]
    expectedSeconds: int | None
    orderId: NotRequired[str]
    note: NotRequired[str]
    challenge: NotRequired[SenderChallenge]


class ListSendersReply(TypedDict):
    senders: list[Sender]
    nextCursor: str | None


CreateSenderChallengeRequest: TypeAlias = RegistrationChallengeRequest | ClaimChallengeRequest


class ListDepositsReply(TypedDict):
    deposits: list[DepositModel]
    nextCursor: str | None


class ListHoldsReply(TypedDict):
    holds: list[Hold]
    nextCursor: str | None


HeartbeatHoldReply: TypeAlias = HoldAlive | HoldAlivePreview


Commands: TypeAlias = BatchDebit | BatchHold | BatchCapture | BatchRelease | BatchExtension | BatchGrowth | BatchHeartbeat


class RunBatchRequest(TypedDict):
    commands: list[Commands]


class Debit(TypedDict):
    entryId: str | None
    type: EntryType
    serviceType: str | None
    amountUsd: str
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
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class DebitPreview(TypedDict):
    dryRun: Literal[True]
    entryId: NotRequired[str | None]
    type: EntryType
    serviceType: str | None
    amountUsd: str
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
    availableUsd: str
    heldUsd: str
    entries: list[EntryPreview]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class HoldCaptured(TypedDict):
    holdId: str
    entryId: str
    type: EntryType
    serviceType: str | None
    amountUsd: str
    overrunUsd: str
    releasedUsd: str
    returnedUsd: str
    holdLeftUsd: str
    remainingUsd: str
    parentRemainingUsd: str | None
    advice: HoldAdvice
    giftCardUsed: bool
    createdAt: str
    availableUsd: str
    heldUsd: str
    entries: list[Entry]
    budgets: NotRequired[BudgetsLeft]
    idempotencyKey: str


class Approval(TypedDict):
    id: str
    org: str | None
    user: str | None
    state: ApprovalState
    what: str
    booking: Booking | None
    change: Change | None
    requestedBy: str
    requestedAt: str
    expiresAt: str
    decidedBy: str | None
    decidedAt: str | None
    decisionReason: str | None
    entryId: str | None
    refusal: str | None
    refusalDetail: str | None
    idempotencyKey: str


CreateDebitReply: TypeAlias = Debit | DebitPreview


CaptureHoldReply: TypeAlias = HoldCaptured | HoldCapturedPreview


class UsageResult(TypedDict):
    id: str | None
    status: int
    seen: bool
    charge: int | None
    problem: NotRequired[UsageProblem]


class ListBudgetsReply(TypedDict):
    budgets: list[Budget]
    nextCursor: str | None


class ExplainDecisionReply(TypedDict):
    decisions: list[Decision]
    hold: Hold1 | None


class OrgTransactionDone(TypedDict):
    wallet_balance: int
    wallet_balance_usd: str
    transaction: OrgTransaction
    budgets: NotRequired[list[OrgBudgetLeft]]


class OrgTransactionDonePreview(TypedDict):
    dryRun: Literal[True]
    wallet_balance: int
    wallet_balance_usd: str
    transaction: OrgTransactionPreview
    budgets: NotRequired[list[OrgBudgetLeft]]


CreateOrgTransactionAccepted: TypeAlias = Approval | ApprovalPreview


DeductFromUserWalletReply: TypeAlias = UserWalletDeducted | UserWalletTooLow


class ListCreditsTransactionsReply(TypedDict):
    success: Literal[True]
    data: list[CreditsTransaction]
    next_cursor: str | None


class CreditsMovedPreview(TypedDict):
    dryRun: Literal[True]
    balance: int
    transaction: CreditsTransactionPreview


class ListCreditsOrdersReply(TypedDict):
    success: Literal[True]
    data: list[CreditsOrder]
    next_cursor: str | None


class GetSubscriptionReply(TypedDict):
    success: Literal[True]
    data: Subscription | None


class ListOfferedPlansReply(TypedDict):
    success: Literal[True]
    data: list[OfferedPlan]


class AdjustCreditsReply(TypedDict):
    success: Literal[True]
    data: Data5 | CreditsMovedPreview


class AdjustCreditsAccepted(TypedDict):
    success: Literal[True]
    data: Approval | ApprovalPreview


class ListOwnKeysReply(TypedDict):
    keys: list[Key]
    nextCursor: str | None


class ListMembersReply(TypedDict):
    members: list[Member]
    nextCursor: str | None


CreateEntryReply: TypeAlias = BookingModel | BookingPreview


CreateEntryAccepted: TypeAlias = Approval | ApprovalPreview


class ListPricesReply(TypedDict):
    prices: list[PriceModel]
    nextCursor: str | None


class DepositEventData(TypedDict):
    depositId: str
    amountUsd: str
    state: Literal['observed', 'confirming', 'credited', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined', 'orphaned', 'reversed']
    reason: str | None
    transfer: TransferModel


class DepositCreditedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.credited']
    data: BookedDepositData


class DepositUnmatchedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.unmatched']
    data: DepositEventData


class DepositSetAsideEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.set_aside']
    data: DepositEventData


class DepositOrphanedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.orphaned']
    data: DepositEventData


class SenderRegisteredEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['sender.registered']
    data: SenderEventData


class OrderCreatedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['order.created']
    data: OrderEventData


class DisputeOpenedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['dispute.opened']
    data: DisputeEventData


class SubscriptionActivatedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['subscription.activated']
    data: SubscriptionEventData


class BudgetWarnedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['budget.warned']
    data: BudgetNoticeData


class RailFrozenEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['rail.frozen']
    data: RailEventData


class ListWebhookEndpointsReply(TypedDict):
    endpoints: list[WebhookEndpoint]
    nextCursor: str | None


class ListWebhookDeliveriesReply(TypedDict):
    deliveries: list[WebhookDelivery]
    nextCursor: str | None


class Result(TypedDict):
    idempotencyKey: str | None
    status: int
    replayed: bool
    result: NotRequired[Debit | DebitPreview | HoldOpened | HoldOpenedPreview | HoldCaptured | HoldCapturedPreview | HoldReleased | HoldReleasedPreview | HoldExtended | HoldExtendedPreview | HoldGrown | HoldGrownPreview | HoldAlive | HoldAlivePreview]
    problem: NotRequired[CommandProblem]


class RunBatchReply(TypedDict):
    dryRun: NotRequired[Literal[True]]
    results: list[Result]


class ReportUsageReply(TypedDict):
    dryRun: NotRequired[Literal[True]]
    results: list[UsageResult]
    charges: list[UsageCharge]


CreateOrgTransactionReply: TypeAlias = OrgTransactionDone | OrgTransactionDonePreview


class DeductCreditsReply(TypedDict):
    success: Literal[True]
    data: CreditsMoved | CreditsMovedPreview


class DepositObservedEvent(TypedDict):
    id: str
    timestamp: str
    orgId: str | None
    cursor: str
    type: Literal['deposit.observed']
    data: DepositEventData


EventModel: TypeAlias = EntryCreatedEvent | DepositObservedEvent | DepositCreditedEvent | DepositUnmatchedEvent | DepositSetAsideEvent | DepositOrphanedEvent | DepositReversedEvent | BalanceStatusChangedEvent | HoldExpiredEvent | CreditsExpiringEvent | SenderRegisteredEvent | SenderUnboundEvent | OrderCreatedEvent | OrderPaidEvent | OrderCreditedEvent | OrderParkedEvent | OrderFailedEvent | OrderExpiredEvent | OrderCancelledEvent | OrderRefundedEvent | DisputeOpenedEvent | DisputeFundsWithdrawnEvent | DisputeFundsReinstatedEvent | DisputeClosedEvent | PaymentActionRequiredEvent | AutoRefillSucceededEvent | AutoRefillFailedEvent | AutoRefillStoppedEvent | SubscriptionActivatedEvent | SubscriptionRenewedEvent | SubscriptionPastDueEvent | SubscriptionCancelledEvent | SubscriptionEndedEvent | BudgetWarnedEvent | BudgetExhaustedEvent | BudgetRenewedEvent | RailFrozenEvent | RailReleasedEvent | WebhookDisabledEvent | WebhookTestEvent


class ListPlatformEventsReply(TypedDict):
    events: list[EventModel]
    cursor: str
    hasMore: bool


class ListEventsReply(TypedDict):
    events: list[EventModel]
    cursor: str
    hasMore: bool
