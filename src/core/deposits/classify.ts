/** What a transfer to us is, before its owner is looked for. */
import { setAsideReason } from '../chains/transfer.ts';
import { AMOUNT_MICROS_MAX } from '../money.ts';

/**
 * How a watched token is treated: credited, only known and recorded (a bridged or look-alike USDC, another coin), or a
 * token of a chain that is only watched and on which nothing is credited.
 */
export type Asset = 'credited' | 'wrong_asset' | 'unlisted_chain';

/** Our side of a chain: our addresses, the tokens that are credited, and how every other watched token is treated. */
export interface Ours {
  readonly recipients: ReadonlySet<string>;
  readonly tokens: readonly string[];
  readonly knownAsset: Exclude<Asset, 'credited'>;
}

export type Classified =
  | { readonly state: 'observed'; readonly reason: null }
  | { readonly state: 'ignored'; readonly reason: 'zero_amount' | 'own_transfer' | Exclude<Asset, 'credited'> }
  | { readonly state: 'quarantined'; readonly reason: string };

/**
 * Sorts out transfers that are never credited automatically. Transfers of zero are ignored: anyone can send one in
 * anyone's name. A transfer between our own addresses is ignored: the money was counted when it first came in. An
 * amount above what one command may move, an event that cannot be read, and a transfer to somebody else (which no
 * honest node reports) are kept for a person to look at. Another asset than the credited one is recorded for a person
 * to find.
 * @param own addresses that are ours on this chain, canonical.
 */
export function classify(
  transfer: { readonly from: string; readonly to: string; readonly amount: bigint; readonly malformed: string | null },
  own: ReadonlySet<string>,
  asset: Asset = 'credited',
): Classified {
  const { amount, malformed } = transfer;
  if (amount === 0n && malformed === null) return { state: 'ignored', reason: 'zero_amount' };
  if (asset !== 'credited') return { state: 'ignored', reason: asset };
  if (malformed !== null) return { state: 'quarantined', reason: setAsideReason(malformed) };
  if (own.has(transfer.from) || transfer.from === transfer.to) return { state: 'ignored', reason: 'own_transfer' };
  if (!own.has(transfer.to)) return { state: 'quarantined', reason: 'foreign_recipient' };
  if (amount > AMOUNT_MICROS_MAX) return { state: 'quarantined', reason: 'amount_out_of_bounds' };
  return { state: 'observed', reason: null };
}

/** What {@link classify} says about a transfer, given our side of its chain. */
export function startOf(
  transfer: Parameters<typeof classify>[0] & { readonly token: string },
  { recipients, tokens, knownAsset }: Ours,
): Classified {
  return classify(transfer, recipients, tokens.includes(transfer.token) ? 'credited' : knownAsset);
}
