/**
 * The closed list of refusals. Every surface maps a code to its status in one table (src/http/server/problem.ts);
 * codes are part of the contract and are never renamed.
 */
export const REFUSAL_CODES = [
  'VALIDATION_FAILED',
  'ORG_REQUIRED',
  'SERVICE_TYPE_RESERVED',
  // The body of a payment provider's webhook is signed by no secret of its account.
  'SIGNATURE_INVALID',
  // The payment channel has no price for what is to be bought.
  'PLAN_NOT_SELLABLE',
  'UNAUTHENTICATED',
  'CREDIT_INSUFFICIENT',
  'CARD_DECLINED',
  'FORBIDDEN',
  'ORG_SUSPENDED',
  'USER_SUSPENDED',
  'NOT_FOUND',
  'SENDER_CLAIMED',
  'HOLD_NOT_PENDING',
  'HOLD_EXCEEDED',
  'DEPOSIT_NOT_OPEN',
  'ORDER_NOT_OPEN',
  'PRODUCT_INACTIVE',
  'ALREADY_CHECKED_IN',
  'CHECKIN_DISABLED',
  'COUPON_UNUSABLE',
  'DISPUTE_NOT_OPEN',
  'PAYMENTS_NOT_CONFIGURED',
  'REFUND_NOT_POSSIBLE',
  'SUBSCRIPTION_STATE',
  'IDEMPOTENCY_CONFLICT',
  'CURSOR_AHEAD',
  'BODY_TOO_LARGE',
  'RATE_LIMITED',
  'PAYMENT_PROVIDER_FAILED',
  'LEDGER_UNAVAILABLE',
  // The pool of deposit addresses is empty: the operator has to import more.
  'DEPOSIT_ADDRESS_UNAVAILABLE',
  // The database may lack what it had: the operator has to recover it.
  'RECOVERY_REQUIRED',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** One fault of an input: where it is (a JSON path, or a header) and what is wrong. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

/** A refusal with its reason. The message is for the caller: it says what happened and what to do next. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: RefusalCode;
  readonly issues: readonly InputIssue[];
  /** Extra machine-readable members of the problem (such as the balance), money as decimal strings. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: RefusalCode,
    message: string,
    options: { issues?: readonly InputIssue[]; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.code = code;
    this.issues = options.issues ?? [];
    this.details = options.details ?? {};
  }
}
