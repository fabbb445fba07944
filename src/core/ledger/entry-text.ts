/**
 * The words of a caller on a command: its description and metadata. They may name people, so they lie beside the ledger,
 * where they can be erased; the entry has a salted hash of them, which proves them and tells nothing once they are gone.
 */
import { hash } from 'node:crypto';

export type Metadata = Readonly<Record<string, string>>;

/** What a caller wrote; at least one of the two. */
export interface Words {
  readonly description?: string | undefined;
  readonly metadata?: Metadata | undefined;
}

export interface EntryText {
  /** 32 bytes in hex, from {@link textHash}; it is the text's name within its wallet. */
  readonly hash: string;
  /** 16 random bytes in hex: nobody finds an erased text by guessing. */
  readonly salt: string;
  readonly description: string | null;
  readonly metadata: Metadata | null;
}

const PAIR_HEX_CHARS = 32;

/** The metadata in an order that does not depend on how it was sent. */
function sorted(metadata: Metadata): readonly (readonly [name: string, value: string])[] {
  return Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The same text for the same metadata, however it is ordered. */
export function canonicalMetadata(metadata: Metadata): string {
  return JSON.stringify(sorted(metadata));
}

/** The salted hash that an entry has of its text, 32 bytes in hex. */
export function textHash({ salt, description, metadata }: Omit<EntryText, 'hash'>): string {
  return hash('sha256', JSON.stringify([salt, description, metadata && sorted(metadata)]), 'hex');
}

/** The text of a command; null where its caller wrote nothing. @throws Error when there are words and no salt */
export function entryText({ description, metadata }: Words, salt: string | undefined): EntryText | null {
  if (!hasWords({ description, metadata })) return null;
  if (salt === undefined) throw new Error('a text needs a salt');
  const text = { salt, description: description ?? null, metadata: metadata ?? null };
  return { ...text, hash: textHash(text) };
}

/** Whether a caller wrote anything. */
export function hasWords({ description, metadata }: Words): boolean {
  return description !== undefined || (metadata !== undefined && Object.keys(metadata).length > 0);
}

/** The name under which entries with this pair of metadata are found: 16 bytes in hex. */
export function metadataPair(name: string, value: string): string {
  return hash('sha256', JSON.stringify([name, value]), 'hex').slice(0, PAIR_HEX_CHARS);
}
