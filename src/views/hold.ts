/** A hold as JSON. */
import { formatHoldId } from '../core/ids.ts';
import type { Metadata } from '../core/ledger/entry-text.ts';
import type { ServiceType } from '../core/ledger/vocabulary.ts';
import { formatUsd } from '../core/money.ts';
import type { HoldRecord, HoldState } from '../db/ledger/holds.ts';

export interface HoldView {
  readonly holdId: string;
  /** `open`, or what ended it. */
  readonly state: HoldState;
  readonly serviceType: ServiceType;
  readonly useGiftCard: boolean;
  readonly amountUsd: string;
  /** The amount that it still holds. */
  readonly leftUsd: string;
  /** The amount spent from it so far. */
  readonly capturedUsd: string;
  /** What its children took from it, less what they gave back. */
  readonly childrenUsd: string;
  /** The hold that its money came from. */
  readonly parentHoldId: string | null;
  readonly reference: string | null;
  readonly appId: string | null;
  readonly userId: string | null;
  readonly teamId: string | null;
  readonly description: string | null;
  readonly metadata: Metadata | null;
  readonly createdAt: string;
  /** Null where its entries do not say. */
  readonly expiresAt: string | null;
  /** How often its owner reports; null where the owner does not. */
  readonly heartbeatSeconds: number | null;
  /** When it ends without another report; null where nobody reports, or once it has ended. */
  readonly aliveUntil: string | null;
  readonly closedAt: string | null;
}

/** The JSON of a hold. */
export function viewOfHold(hold: HoldRecord): HoldView {
  const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    holdId: formatHoldId(hold.wallet, BigInt(hold.hold)),
    state: hold.state,
    serviceType: hold.service,
    useGiftCard: hold.gift,
    amountUsd: formatUsd(hold.amount),
    leftUsd: formatUsd(hold.left),
    capturedUsd: formatUsd(hold.captured),
    childrenUsd: formatUsd(hold.children),
    parentHoldId: hold.parent === null ? null : formatHoldId(hold.wallet, BigInt(hold.parent)),
    reference: hold.reference,
    appId: hold.appId,
    userId: hold.userId,
    teamId: hold.teamId,
    description: hold.text?.description ?? null,
    metadata: hold.text?.metadata ?? null,
    createdAt: new Date(hold.openedAtMs).toISOString(),
    expiresAt: time(hold.expiresAtMs),
    heartbeatSeconds: hold.heartbeatMs === null ? null : hold.heartbeatMs / 1_000,
    aliveUntil: time(hold.aliveUntilMs),
    closedAt: time(hold.closedAtMs),
  };
}
