/**
 * What a read of a range of blocks changes, found by comparing events and never by block hashes alone, since a chain
 * may give two different blocks the same hash. Pure.
 */
import { identityOf, type TransferEvent } from '../chains/transfer.ts';
import { startOf, type Classified, type Ours } from './classify.ts';
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
  /** A wallet was chosen; its credit is written or about to be, and is not taken back. */
  readonly committed: boolean;
  /** Whether RPCs contradicted each other about it at the last read. */
  readonly disputed?: boolean;
}

/** A transfer that was never seen before, and the state in which its deposit begins. */
export interface Begun {
  readonly event: TransferEvent;
  readonly start: Classified;
}

/** A stored deposit, and the event that it is now read from. */
export interface Placed<Start> {
  readonly known: KnownDeposit;
  readonly event: TransferEvent;
  /** The state in which it begins again; undefined where it keeps its state. */
  readonly start: Start;
}

/** What a read of a range of blocks changes. */
export interface Changes {
  /** Transfers to record as observed: those of all lists below but `orphan`. */
  readonly observe: readonly TransferEvent[];
  /** Transfers that were never seen before. */
  readonly insert: readonly Begun[];
  /** In another block, keeping its state; or with other content before anything was credited, starting again. */
  readonly move: readonly Placed<Classified | undefined>[];
  /** Deposits that were gone and are on the chain again. */
  readonly revive: readonly Placed<Classified>[];
  /** Deposits that are no longer on the chain, or not as they were credited. */
  readonly orphan: readonly KnownDeposit[];
}

/** What a read covers: blocks fromBlock to toBlock, both included, and in them the tokens that it asked for. */
export interface ReadRange {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly tokens: readonly string[];
}

/**
 * Compares what is known with what was read.
 * @param known every deposit that is stored for a block of the range, and every one that has the identity of an event
 *   that was read, in whatever block it is stored.
 * @param read all transfers of the range's tokens to our addresses.
 * @param range what was read. Deposits outside it, such as those of a token that is no longer configured, are left
 *   alone. Undefined where single transfers were looked up: every other deposit is left alone.
 */
export function decide(
  known: readonly KnownDeposit[],
  read: readonly TransferEvent[],
  ours: Ours,
  range: ReadRange | undefined,
): Changes {
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
    if (!deposit) changes.insert.push({ event, start: startOf(event, ours) });
    else if (GONE.includes(deposit.state))
      reviveOrWait(changes, { known: deposit, event, start: startOf(event, ours) });
    else if (sameMoney(deposit, event) && samePlace(deposit, event)) continue;
    else if (deposit.committed && !sameMoney(deposit, event)) changes.orphan.push(deposit);
    else changes.move.push({ known: deposit, event, start: restartOf(deposit, event, ours) });
    changes.observe.push(event);
  }
  for (const deposit of known) {
    if (isCovered(deposit, ours, range) && !GONE.includes(deposit.state) && !met.has(identityOf(deposit)))
      changes.orphan.push(deposit);
  }
  return changes;
}

/**
 * Compares what is known with a read about which RPCs contradict each other. A disputed transfer only counts as seen:
 * an unknown one is stored, a known one stays as it is.
 * @param read `settled`: transfers beyond doubt. `disputed`: transfers that some RPCs report and others do not.
 */
export function decideReading(
  known: readonly KnownDeposit[],
  { settled, disputed }: { readonly settled: readonly TransferEvent[]; readonly disputed: readonly TransferEvent[] },
  ours: Ours,
  range: ReadRange,
): Changes {
  const open = new Set(disputed.map(identityOf));
  const stored = new Set(known.map(identityOf));
  const changes = decide(
    known.filter((deposit) => !open.has(identityOf(deposit))),
    settled,
    ours,
    range,
  );
  const unknown = disputed.filter((event) => !stored.has(identityOf(event)));
  const begun = unknown.map((event) => ({ event, start: startOf(event, ours) }));
  return { ...changes, insert: [...changes.insert, ...begun], observe: [...changes.observe, ...unknown] };
}

/** Whether a read of this range would have contained the deposit. */
function isCovered(deposit: KnownDeposit, ours: Ours, range: ReadRange | undefined): boolean {
  if (range === undefined) return false;
  const inBlocks = deposit.blockNumber >= range.fromBlock && deposit.blockNumber <= range.toBlock;
  return inBlocks && range.tokens.includes(deposit.token) && ours.recipients.has(deposit.to);
}

/**
 * Money that was taken back starts again only once nothing of its last credit is open: an orphan that was credited and
 * not reversed yet comes back as it was, and a reversal that is under way is finished first.
 */
function reviveOrWait(changes: { revive: Changes['revive'][number][] }, placed: Placed<Classified>): void {
  const { known, event } = placed;
  const waits = known.committed && (known.state === 'reversed' || !sameMoney(known, event));
  if (!waits) changes.revive.push(placed);
}

/** Undefined where the same money moved to another block and keeps its state; changed money begins again. */
function restartOf(known: KnownDeposit, event: TransferEvent, ours: Ours): Classified | undefined {
  return sameMoney(known, event) ? undefined : startOf(event, ours);
}

function sameMoney(a: KnownDeposit, b: TransferEvent): boolean {
  return a.from === b.from && a.to === b.to && a.amount === b.amount;
}

function samePlace(a: KnownDeposit, b: TransferEvent): boolean {
  return a.blockNumber === b.blockNumber && a.blockHash === b.blockHash;
}
