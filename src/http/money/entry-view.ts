/** The JSON of an entry, and of the entries that one call wrote. */
import type { z } from 'zod';
import { formatEntryId, formatHoldId, formatLotId } from '../../core/ids.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { formatUsd } from '../../core/money.ts';
import type { entryView } from '../treasury/schemas.ts';

export type EntryView = z.input<typeof entryView>;

/** An entry as clients see it; `chainTransaction` is that of the deposit behind it, where there is one. */
export function viewOfEntry(
  entry: Entry,
  chainTransaction?: { readonly chain: string; readonly txHash: string },
): EntryView {
  return {
    id: formatEntryId(entry.wallet, BigInt(entry.seq)),
    type: entry.type,
    serviceType: entry.service,
    amountUsd: formatUsd(faceAmount(entry)),
    availableDeltaUsd: formatUsd(entry.availableDelta),
    heldDeltaUsd: formatUsd(entry.heldDelta),
    availableAfterUsd: formatUsd(entry.available),
    heldAfterUsd: formatUsd(entry.held),
    giftCardsDelta: entry.giftDelta,
    giftCardsAvailableAfter: entry.giftAvailable,
    giftCardsHeldAfter: entry.giftHeld,
    reference: entry.reference,
    lotId: entry.lot === null ? null : formatLotId(entry.wallet, BigInt(entry.lot)),
    lotLeftUsd: entry.lotLeft === null ? null : formatUsd(entry.lotLeft),
    holdId: entry.hold === null ? null : formatHoldId(entry.wallet, BigInt(entry.hold)),
    depositId: entry.deposit,
    orderId: entry.packOrder,
    txHash: chainTransaction?.txHash ?? null,
    chain: chainTransaction?.chain ?? null,
    appId: entry.appId,
    description: entry.description,
    createdAt: new Date(entry.atMs).toISOString(),
  };
}

/** What every call that moves money answers of the entries that it wrote, and the first and last of them. */
export function viewOfOutcome(
  entries: readonly Entry[],
  idempotencyKey: string,
): {
  readonly first: Entry;
  readonly last: Entry;
  readonly outcome: {
    readonly availableUsd: string;
    readonly heldUsd: string;
    readonly entries: EntryView[];
    readonly idempotencyKey: string;
  };
} {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) throw new Error('a call that moves money wrote no entry');
  const views = entries.map((entry) => viewOfEntry(entry));
  const balances = { availableUsd: formatUsd(last.available), heldUsd: formatUsd(last.held) };
  return { first, last, outcome: { ...balances, entries: views, idempotencyKey } };
}
