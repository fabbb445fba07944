/** What a text in the search field of the desk can name: an id, a hash or an address, an entry, an id of a provider, a name. */
import { parseEntryId, parseHoldId } from '../ids.ts';

/** The kinds of what is found, in the order in which they are listed. */
export const SEARCH_KINDS = [
  'org',
  'user',
  'member',
  'deposit',
  'order',
  'dispute',
  'payment',
  'entry',
  'hold',
  'sender',
  'deposit_address',
  'webhook',
  'approval',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Longest text that can be searched for: that of the longest name. */
export const SEARCH_CHARS_MAX = 255;
/** Fewest digits of a hash or an address: fewer are the beginning of too many. */
const HEX_DIGITS_MIN = 6;
/** Digits of a hash and of a Starknet address; whoever writes them may leave out leading zeros. */
const FELT_DIGITS = 64;
/** Fewest digits that may stand for a Starknet value whose leading zeros are missing. */
const UNPADDED_DIGITS_MIN = 56;
/** Fewest digits of an id. */
const UUID_DIGITS_MIN = 8;
const UUID_DIGITS = 32;
/** No character of a text comes after it. */
const LAST_CHARACTER = '\u{10ffff}';
/** Comes after every hex digit, in every collation. */
const AFTER_HEX = 'g';

/** The texts from `from` (included) to `before` (excluded). */
export interface TextRange {
  readonly from: string;
  readonly before: string;
}

/** What to look for; what the text cannot be is left out. */
export interface SearchTerms {
  /** The text itself, as a name or its beginning. */
  readonly name: string;
  /** The ids that begin with the text: the first and the last of them. */
  readonly ids?: { readonly first: string; readonly last: string };
  /** The hashes and addresses that begin with the text or, with its missing zeros, are it. */
  readonly hex: readonly TextRange[];
  /** The entry or the hold that the text is the public id of. A lot or a command is the entry that opened it. */
  readonly entry?: { readonly kind: 'entry' | 'hold'; readonly wallet: string; readonly seq: bigint };
  /** The id of an object of a payment provider. */
  readonly providerId?: string;
  /** The addresses of webhooks that begin with the text. */
  readonly url?: TextRange;
}

/** Reads a text, whose blanks around it do not count. */
export function readSearch(written: string): SearchTerms {
  const name = written.trim();
  const ids = readIds(name);
  const entry = readEntry(name);
  return {
    name,
    hex: readHex(name),
    ...(ids && { ids }),
    ...(entry && { entry }),
    ...(/^[a-z]{2,10}_[A-Za-z0-9_-]{4,}$/.test(name) && entry === undefined && { providerId: name }),
    ...(/^https?:/.test(name) && { url: startingWith(name) }),
  };
}

/** The texts that begin with this one, where texts are compared by code point. */
export function startingWith(text: string): TextRange {
  return { from: text, before: text + LAST_CHARACTER };
}

function readIds(text: string): SearchTerms['ids'] {
  const groups =
    /^([0-9a-f]{8})(?:-([0-9a-f]{0,4})(?:-([0-9a-f]{0,4})(?:-([0-9a-f]{0,4})(?:-([0-9a-f]{0,12}))?)?)?)?$/i;
  const [, ...parts] = groups.exec(text) ?? [];
  const digits = parts.join('').toLowerCase();
  // A group that is not the last one is whole.
  const dashes = text.split('-');
  const isWhole = dashes.slice(1, -1).every((group) => group.length === 4);
  if (digits.length < UUID_DIGITS_MIN || !isWhole) return undefined;
  return { first: uuidOf(digits.padEnd(UUID_DIGITS, '0')), last: uuidOf(digits.padEnd(UUID_DIGITS, 'f')) };
}

function uuidOf(digits: string): string {
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}

function readHex(text: string): TextRange[] {
  const [, digits] = /^0x([0-9a-f]{1,64})$/i.exec(text)?.map((part) => part.toLowerCase()) ?? [];
  if (digits === undefined || digits.length < HEX_DIGITS_MIN) return [];
  const isUnpadded = digits.length >= UNPADDED_DIGITS_MIN && digits.length < FELT_DIGITS;
  const written = isUnpadded ? [digits, digits.padStart(FELT_DIGITS, '0')] : [digits];
  return written.map((one) => ({ from: `0x${one}`, before: `0x${one}${AFTER_HEX}` }));
}

function readEntry(text: string): SearchTerms['entry'] {
  const hold = parseHoldId(text);
  if (hold) return { kind: 'hold', ...hold };
  const entry = parseEntryId(text.replace(/^(cmd|lot)_/, 'ent_'));
  return entry && { kind: 'entry', ...entry };
}
