import { metadataPair, type Metadata } from '../../core/ledger/entry-text.ts';

/** The pairs of a filter as `:pairs`, in hex; an empty list fits everything. */
export function pairsOf(metadata: Metadata = {}): string[] {
  return Object.entries(metadata).map(([name, value]) => metadataPair(name, value));
}

/** True in SQL for a command that has every pair of `:pairs`; `seq` is the number of its first entry. */
export function hasPairs(wallet: string, seq: string): string {
  return `NOT EXISTS (SELECT FROM unnest(:pairs::text[]) AS p (pair) WHERE NOT EXISTS (
    SELECT FROM entry_metadata m WHERE m.wallet = ${wallet} AND m.pair = decode(p.pair, 'hex') AND m.seq = ${seq}))`;
}
