/** What a transfer to us is before anybody asks whose it is. */
import { AMOUNT_MICROS_MAX } from '../money.ts';

/**
 * What a watched token is to us: what is credited, a token that is only known (a bridged or look-alike USDC, another
 * coin), or any token of a chain that is watched without being listed.
 */
export type Asset = 'credited' | 'wrong_asset' | 'unlisted_chain';

/** What of a chain is ours: our addresses, the tokens that are credited, and what every other watched token is to us. */
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
 * Sorts out what never becomes money by itself. Zero amounts cost nothing to send in anybody's name. A transfer
 * between own addresses was counted when it first came in. An amount above what one command may move, an event that
 * cannot be read and a transfer to somebody else, which no honest node hands over, are kept for a person to look at.
 * What is not the asset that is credited is recorded, for a person to find, and is nothing more.
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
  if (malformed !== null) return { state: 'quarantined', reason: `malformed: ${malformed}` };
  if (own.has(transfer.from) || transfer.from === transfer.to) return { state: 'ignored', reason: 'own_transfer' };
  if (!own.has(transfer.to)) return { state: 'quarantined', reason: 'foreign_recipient' };
  if (amount > AMOUNT_MICROS_MAX) return { state: 'quarantined', reason: 'amount_out_of_bounds' };
  return { state: 'observed', reason: null };
}

/** What `classify` says of a transfer on a chain of which this is ours. */
export function startOf(
  transfer: Parameters<typeof classify>[0] & { readonly token: string },
  { recipients, tokens, knownAsset }: Ours,
): Classified {
  return classify(transfer, recipients, tokens.includes(transfer.token) ? 'credited' : knownAsset);
}
