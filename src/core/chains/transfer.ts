/** What is read from a chain: its blocks, and the Transfer events in them. */

export interface Block {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly timeMs: number;
}

/** The canonical form of a transaction hash (0x and up to 64 hex digits, in any case); undefined for anything else. */
export function findTxHash(text: string): string | undefined {
  const digits = /^0x([0-9a-fA-F]{1,64})$/.exec(text)?.[1];
  return digits === undefined ? undefined : `0x${digits.toLowerCase().padStart(64, '0')}`;
}

/** One Transfer log of a watched token. */
export interface TransferEvent {
  readonly token: string;
  readonly txHash: string;
  /** Position among the logs of its transaction, from 0; independent of the block. */
  readonly ordinal: number;
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Empty where the event is malformed and has no readable sender. */
  readonly from: string;
  readonly to: string;
  /** Base units of the token; 0 where the event has no readable amount. */
  readonly amount: bigint;
  /** Why the event cannot be read as a Transfer, or not placed in its transaction; null for a good one. */
  readonly malformed: string | null;
}

/** The identity of a transfer: token, transaction and position in it, but not the block. */
export function identityOf(of: Pick<TransferEvent, 'token' | 'txHash' | 'ordinal'>): string {
  return `${of.token}:${of.txHash}:${of.ordinal}`;
}

/** A text of all that an event says; it differs when any of that differs. */
export function contentKey(event: TransferEvent): string {
  const { token, txHash, ordinal, blockNumber, blockHash, from, to, amount, malformed } = event;
  return [token, txHash, ordinal, blockNumber, blockHash, from, to, amount, malformed ?? ''].join('|');
}

const UNPLACED = 'unplaced: ';

/** The event marked as one whose position in its transaction is unknown, so that no receipt can prove it. */
export function unplaced(event: TransferEvent, why: string): TransferEvent {
  return { ...event, malformed: event.malformed ?? `${UNPLACED}${why}` };
}

/** The reason for which an event that is not a good one is set aside. */
export function setAsideReason(malformed: string): string {
  return malformed.startsWith(UNPLACED) ? malformed : `malformed: ${malformed}`;
}

/** Why the event has no known position, if that is the reason for which it was set aside. */
export function findUnplaced(reason: string): string | undefined {
  return reason.startsWith(UNPLACED) ? reason.slice(UNPLACED.length) : undefined;
}
