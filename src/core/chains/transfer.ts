/** The nouns of deposits: blocks, Transfer events, and deposits as they are stored. */

export interface Block {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly timeMs: number;
}

/** The canonical form of a transaction hash in any writing (0x, up to 64 hex digits); undefined for anything else. */
export function findTxHash(text: string): string | undefined {
  const digits = /^0x([0-9a-fA-F]{1,64})$/.exec(text)?.[1];
  return digits === undefined ? undefined : `0x${digits.toLowerCase().padStart(64, '0')}`;
}

/** One Transfer log of a watched token. */
export interface TransferEvent {
  readonly token: string;
  readonly txHash: string;
  /** Position among the logs of its transaction, from 0; it does not depend on the block. */
  readonly ordinal: number;
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Empty where the event is malformed and does not tell. */
  readonly from: string;
  readonly to: string;
  /** Base units of the token; 0 where the event is malformed. */
  readonly amount: bigint;
  /** Why this is no Transfer that can be read; null for a good one. */
  readonly malformed: string | null;
}

/** Where a deposit is in its life; the table holds the same list. */
export const DEPOSIT_STATES = [
  'observed',
  'confirming',
  'credited',
  'unmatched',
  'screening',
  'ignored',
  'dust',
  'quarantined',
  'orphaned',
  'reversed',
] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/** A deposit as it is stored. */
export interface KnownDeposit {
  readonly id: string;
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
  readonly state: DepositState;
  /** A wallet was chosen and credited, or is about to be, and that has not been taken back. */
  readonly committed: boolean;
  /** The RPCs contradicted each other about it when it was last read. */
  readonly disputed?: boolean;
}

/** What a read of a range of blocks changes. */
export interface Changes {
  /** Facts about the chain that were not known: everything below but what is gone. */
  readonly observe: readonly TransferEvent[];
  /** Never seen before. */
  readonly insert: readonly TransferEvent[];
  /** The same money in another block, or with other content before anything was credited. */
  readonly move: readonly { readonly known: KnownDeposit; readonly event: TransferEvent }[];
  /** Was gone, and is on the chain again. */
  readonly revive: readonly { readonly known: KnownDeposit; readonly event: TransferEvent }[];
  /** Not on the chain any more, or not as it was credited. */
  readonly orphan: readonly KnownDeposit[];
}
