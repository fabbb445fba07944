/**
 * What a read of a range of blocks changes: by diff of events, never by hashes alone, since a chain may give two
 * different blocks one hash. Pure.
 */
import { identityOf, type TransferEvent } from '../chains/transfer.ts';
import { GONE, type DepositState } from './states.ts';

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

/** What a read covers: blocks fromBlock to toBlock, both included, and of those the tokens and recipients it asked for. */
export interface ReadRange {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly tokens: readonly string[];
  readonly recipients: ReadonlySet<string>;
}

/**
 * Compares what is known with what was read.
 * @param known every deposit that is stored for a block of the range, and every one that has the identity of an event
 *   that was read, wherever it is stored.
 * @param read all transfers of the range's tokens to its recipients.
 * @param range what was read: both ends included. Nothing is concluded about deposits outside it, such as those of a
 *   token that is not configured any more.
 */
export function decide(known: readonly KnownDeposit[], read: readonly TransferEvent[], range: ReadRange): Changes {
  const changes: { [Key in keyof Changes]: Changes[Key][number][] } = {
    insert: [],
    move: [],
    revive: [],
    orphan: [],
    observe: [],
  };
  const stored = new Map(known.map((deposit) => [identityOf(deposit), deposit]));
  const met = new Set<string>();
  for (const event of read) {
    const identity = identityOf(event);
    if (met.has(identity)) continue;
    met.add(identity);
    const deposit = stored.get(identity);
    if (!deposit) changes.insert.push(event);
    else if (GONE.includes(deposit.state)) reviveOrWait(changes, deposit, event);
    else if (sameMoney(deposit, event) && samePlace(deposit, event)) continue;
    else if (deposit.committed && !sameMoney(deposit, event)) changes.orphan.push(deposit);
    else changes.move.push({ known: deposit, event });
    changes.observe.push(event);
  }
  for (const deposit of known) {
    if (isCovered(deposit, range) && !GONE.includes(deposit.state) && !met.has(identityOf(deposit)))
      changes.orphan.push(deposit);
  }
  return changes;
}

/** True where a read of this range would have met the deposit. */
function isCovered(deposit: KnownDeposit, range: ReadRange): boolean {
  const inBlocks = deposit.blockNumber >= range.fromBlock && deposit.blockNumber <= range.toBlock;
  return inBlocks && range.tokens.includes(deposit.token) && range.recipients.has(deposit.to);
}

/**
 * Money that was taken back is only seen anew once nothing of its last credit is open: an orphan that was credited
 * comes back as it was, a reversal that is under way is finished first.
 */
function reviveOrWait(
  changes: { revive: Changes['revive'][number][] },
  known: KnownDeposit,
  event: TransferEvent,
): void {
  const waits = known.committed && (known.state === 'reversed' || !sameMoney(known, event));
  if (!waits) changes.revive.push({ known, event });
}

function sameMoney(a: KnownDeposit, b: TransferEvent): boolean {
  return a.from === b.from && a.to === b.to && a.amount === b.amount;
}

function samePlace(a: KnownDeposit, b: TransferEvent): boolean {
  return a.blockNumber === b.blockNumber && a.blockHash === b.blockHash;
}
