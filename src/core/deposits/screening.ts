/** Screening of senders: only a clear `allow` lets a deposit go on. */
import { cleanText } from '../foreign-text.ts';
import { canonicalAddress, type ChainFamily } from '../chains/address.ts';

/** `hold`: not now, perhaps later. `deny`: never by itself. */
export type ScreeningVerdict = 'allow' | 'hold' | 'deny';

/** Senders that are denied and held, in canonical form. */
export interface ScreeningList {
  readonly deny: Readonly<Record<ChainFamily, ReadonlySet<string>>>;
  readonly hold: Readonly<Record<ChainFamily, ReadonlySet<string>>>;
}

const VERDICTS: readonly string[] = ['deny', 'hold'];
const FAMILIES: readonly string[] = ['eip155', 'starknet'];

/**
 * Reads a list: `{"deny": {"eip155": ["0x..."], "starknet": [...]}, "hold": {...}}`, each part optional.
 * @throws Error for anything else: reading a list only in part could let a denied sender pass.
 */
export function parseScreeningList(text: string): ScreeningList {
  const json = asRecord(JSON.parse(text), VERDICTS, 'the list');
  const setsOf = (verdict: string): ScreeningList['deny'] => {
    const families = asRecord(json[verdict] ?? {}, FAMILIES, verdict);
    return {
      eip155: addressesOf('eip155', families['eip155'] ?? []),
      starknet: addressesOf('starknet', families['starknet'] ?? []),
    };
  };
  return { deny: setsOf('deny'), hold: setsOf('hold') };
}

function asRecord(value: unknown, names: readonly string[], what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is not an object`);
  const entries = Object.entries(value);
  const unknown = entries.find(([name]) => !names.includes(name));
  if (unknown) throw new Error(`${what} has ${cleanText(unknown[0], 40)}; it may only have ${names.join(', ')}`);
  return Object.fromEntries(entries);
}

function addressesOf(family: ChainFamily, value: unknown): ReadonlySet<string> {
  if (!Array.isArray(value)) throw new Error(`${family} is not a list of addresses`);
  const addresses = value.map((address: unknown) => {
    if (typeof address !== 'string') throw new Error(`${family} has an address that is not a string`);
    return canonicalAddress(family, address);
  });
  return new Set(addresses);
}

/** The verdict of a list on a sender in canonical form; `deny` goes before `hold`. */
export function judgeByList(list: ScreeningList, family: ChainFamily, address: string): ScreeningVerdict {
  if (list.deny[family].has(address)) return 'deny';
  return list.hold[family].has(address) ? 'hold' : 'allow';
}

const RETRY_MS_MIN = 30_000;
const RETRY_MS_MAX = 3_600_000;

/** The state of a deposit that its screening did not let pass. */
export type ScreenedOut =
  | { readonly state: 'quarantined'; readonly reason: 'screening_denied' }
  | {
      readonly state: 'screening';
      readonly reason: 'screening_held' | 'screening_unavailable';
      /** How often the screening has been asked by now, and the pause until it is asked again. */
      readonly tries: number;
      readonly retryMs: number;
    };

/**
 * The state that a verdict gives a deposit; undefined: it goes on. Without a verdict, for whatever reason, it waits.
 * @param tries how often the screening was asked before without an `allow`.
 */
export function screeningOutcome(verdict: ScreeningVerdict | 'unavailable', tries: number): ScreenedOut | undefined {
  if (verdict === 'allow') return undefined;
  if (verdict === 'deny') return { state: 'quarantined', reason: 'screening_denied' };
  const reason = verdict === 'hold' ? 'screening_held' : 'screening_unavailable';
  const retryMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(tries, 10));
  return { state: 'screening', reason, tries: tries + 1, retryMs };
}
