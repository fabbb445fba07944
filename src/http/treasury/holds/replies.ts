/** The answers of the operations of holds, made from their entries alone, so that a replay gives the same bytes. */
import type { z } from 'zod';
import { formatHoldId } from '../../../core/ids.ts';
import { adviceAfter } from '../../../core/ledger/advice.ts';
import type { Entry } from '../../../core/ledger/entry.ts';
import { findHeartbeat, findHoldEnd, findParent } from '../../../core/ledger/hold-note.ts';
import { debitType, WITHIN_HOLDS } from '../../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../../core/money.ts';
import type { Database } from '../../../db/database.ts';
import { sumHeld } from '../../../db/ledger/holds.ts';
import { viewOfOutcome } from '../../../views/entry.ts';
import { viewOfPricing } from '../../../views/pricing.ts';
import type { HoldOutcome } from '../../money/command.ts';
import type { consumeHoldReply, extendHoldReply, growHoldReply, holdReply, releaseHoldReply } from '../hold-schemas.ts';

const total = (entries: readonly Entry[], of: (entry: Entry) => bigint): string =>
  formatUsd(entries.reduce((sum, entry) => sum + of(entry), 0n));
const idOf = ({ wallet, hold: number, seq }: Entry): string => formatHoldId(wallet, BigInt(number ?? seq));
const timeOf = ({ atMs }: Entry): string => new Date(atMs).toISOString();

function endOf(entry: Entry): string {
  const endMs = findHoldEnd(entry);
  if (endMs === undefined) throw new Error('the entry of a hold has no end time');
  return new Date(endMs).toISOString();
}

/** The answer to the opening of a hold. */
export function opened(entries: readonly Entry[], idempotencyKey: string): z.input<typeof holdReply> {
  const { first, outcome } = viewOfOutcome(entries, idempotencyKey);
  const [parent, everyMs] = [findParent(first.description), findHeartbeat(first.description)];
  return {
    holdId: idOf(first),
    serviceType: first.service,
    amountUsd: total(ownOf(entries), ({ heldDelta }) => heldDelta),
    useGiftCard: first.giftDelta !== 0,
    parentHoldId: parent === undefined ? null : formatHoldId(first.wallet, BigInt(parent)),
    ...viewOfPricing(first),
    reference: first.reference,
    description: first.text?.description ?? null,
    appId: first.appId,
    userId: first.userId,
    teamId: first.teamId,
    metadata: first.text?.metadata ?? null,
    createdAt: timeOf(first),
    expiresAt: endOf(first),
    heartbeatSeconds: everyMs === undefined ? null : everyMs / 1_000,
    aliveUntil: everyMs === undefined ? null : aliveUntil(first, everyMs),
    ...outcome,
  };
}

/** The answer to a capture; where it is final, nothing is left in the hold. */
export async function captured(
  entries: readonly Entry[],
  idempotencyKey: string,
  { final, ...known }: HoldOutcome & { readonly final: boolean },
): Promise<z.input<typeof consumeHoldReply>> {
  const { first, last, outcome } = viewOfOutcome(entries, idempotencyKey);
  const { service } = first;
  const holdLeft = final ? 0n : (known.holdLeft ?? (await leftIn(known.db, last, first.hold)));
  const parentLeft = await parentLeftOf(entries, known);
  const spent = entries.reduce((sum, { availableDelta, heldDelta }) => sum - availableDelta - heldDelta, 0n);
  const own = ownOf(entries);
  // What a hold takes of its parent beyond what it had comes before the capture.
  const charge = entries.findIndex(({ contra }) => contra !== WITHIN_HOLDS);
  const movedIn = total(own, ({ heldDelta }) => (heldDelta > 0n ? heldDelta : 0n));
  return {
    holdId: idOf(first),
    entryId: outcome.entries[charge]?.id ?? '',
    // The first entry of a capture may only free the unused part of a lot.
    type: service === null ? first.type : debitType(service),
    serviceType: service,
    amountUsd: formatUsd(spent),
    overrunUsd: parentLeft === undefined ? total(entries, overrunOf) : movedIn,
    releasedUsd: total(entries, ({ availableDelta }) => (availableDelta > 0n ? availableDelta : 0n)),
    returnedUsd: total(own, returnOf),
    holdLeftUsd: formatUsd(holdLeft),
    remainingUsd: formatUsd(holdLeft),
    parentRemainingUsd: parentLeft === undefined ? null : formatUsd(parentLeft),
    advice: adviceAfter({ spent, holdLeft, available: parentLeft ?? last.available }),
    // Earlier versions wrote no amount with a card.
    giftCardUsed: first.cardPaid !== null || (first.type === 'GIFT_REDEEM' && first.contra === null),
    createdAt: timeOf(first),
    ...outcome,
  };
}

/** What of an entry was taken beyond the hold, out of what was available. */
const overrunOf = ({ availableDelta }: Entry): bigint => (availableDelta < 0n ? -availableDelta : 0n);
/** What of an entry of a hold returns to its parent. */
const returnOf = ({ heldDelta, contra }: Entry): bigint =>
  contra === WITHIN_HOLDS && heldDelta < 0n ? -heldDelta : 0n;

/** The entries of the hold that a command is about: the first is one of them, and those of its parent are not. */
function ownOf(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ hold: number }) => number === entries[0]?.hold);
}

async function leftIn(db: Database, { wallet, seq: untilSeq }: Entry, number: number | null): Promise<bigint> {
  return number === null ? 0n : sumHeld(db, { wallet, hold: number, untilSeq });
}

/** What the parent has left after a command of its child; undefined where there is no parent. */
async function parentLeftOf(
  entries: readonly Entry[],
  { db, parentLeft }: Pick<HoldOutcome, 'db' | 'parentLeft'>,
): Promise<bigint | undefined> {
  const [parent, last] = [findParent(entries[0]?.description ?? null), entries.at(-1)];
  return parent === undefined || !last ? undefined : (parentLeft ?? leftIn(db, last, parent));
}

function aliveUntil(first: Entry, everyMs: number): string {
  return new Date(Math.min(first.atMs + everyMs, findHoldEnd(first) ?? Infinity)).toISOString();
}

/** The answer to what was added to a hold. */
export async function grown(
  entries: readonly Entry[],
  idempotencyKey: string,
  known: HoldOutcome,
): Promise<z.input<typeof growHoldReply>> {
  const { first, last, outcome } = viewOfOutcome(entries, idempotencyKey);
  const left = known.holdLeft ?? (await leftIn(known.db, last, first.hold));
  const parentLeft = await parentLeftOf(entries, known);
  return {
    holdId: idOf(first),
    serviceType: first.service,
    addedUsd: total(ownOf(entries), ({ heldDelta }) => heldDelta),
    holdLeftUsd: formatUsd(left),
    remainingUsd: formatUsd(left),
    parentRemainingUsd: parentLeft === undefined ? null : formatUsd(parentLeft),
    createdAt: timeOf(first),
    ...outcome,
  };
}

/** The answer to a release. */
export function released(
  entries: readonly Entry[],
  idempotencyKey: string,
  reason: string | undefined,
): z.input<typeof releaseHoldReply> {
  const { first, outcome } = viewOfOutcome(entries, idempotencyKey);
  return {
    holdId: idOf(first),
    serviceType: first.service,
    releasedUsd: total(entries, ({ availableDelta }) => availableDelta),
    returnedUsd: total(ownOf(entries), returnOf),
    giftCardReturned: first.giftDelta > 0,
    reason: reason ?? null,
    createdAt: timeOf(first),
    ...outcome,
  };
}

/** The answer to an extension. */
export function extended(entries: readonly Entry[], idempotencyKey: string): z.input<typeof extendHoldReply> {
  const { first, outcome } = viewOfOutcome(entries, idempotencyKey);
  return {
    holdId: idOf(first),
    serviceType: first.service,
    createdAt: timeOf(first),
    expiresAt: endOf(first),
    ...outcome,
  };
}
