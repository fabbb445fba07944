/** The steps of `coffer recover`. Each may be run again after a crash, and then does what is left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isKeyLive } from '../../core/access/api-key.ts';
import { Refusal } from '../../core/errors.ts';
import type { AnchoredHead } from '../../core/ledger/anchor.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import { formatHoldId, ledgerKey, parseHoldId } from '../../core/ids.ts';
import { toCount } from '../../core/integers.ts';
import { findApiKey, listApiKeys, revokeApiKey, type ApiKey } from '../../db/access/api-keys.ts';
import { freezeChain } from '../../db/chains/freezes.ts';
import { listReadChains } from '../../db/chains/replay.ts';
import type { Database } from '../../db/database.ts';
import { listLogsToMove, listMovedLogs, moveLogs, type RestoredLog } from '../../db/events/jumps.ts';
import { findWalletEnds, listLostHeads } from '../../db/ledger/anchor.ts';
import { SEQ_END } from '../../db/ledger/entries.ts';
import { readHolds } from '../../db/ledger/holds.ts';
import { listAllOpenHolds, type ListedHold } from '../../db/ledger/open-holds.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';
import { sumCounters } from '../../db/recovery/recoveries.ts';
import type { Chosen } from './answers.ts';
import { CliError, EXIT, operatorHere } from '../context.ts';

const PAGE = 1_000;
/** Processes that serve count up every second; those that notice the recovery stop within two. */
const QUIET_MS = 2_500;
const QUIET_TRIES_MAX = 6;

/** Waits until no process serves any more. @throws CliError when one goes on */
export async function waitUntilQuiet(db: Database): Promise<void> {
  let sum = await sumCounters(db);
  for (let tries = 0; tries < QUIET_TRIES_MAX; tries += 1) {
    await sleep(QUIET_MS);
    const now = await sumCounters(db);
    if (now === sum) return;
    sum = now;
  }
  throw new CliError('a process of the service still works on this database: stop every one, then run this again');
}

/** Freezes every chain that is configured or was ever read; gives their names. */
export async function freezeAll(db: Database, configured: readonly string[], recovery: string): Promise<string[]> {
  const chains = [...new Set([...configured, ...(await listReadChains(db))])].toSorted();
  const reason = `coffer recover ${recovery}: until callers have sent again what was lost`;
  for (const chain of chains) {
    await freezeChain(db, { chain, kind: 'operator', reason, by: operatorHere(), at: new Date() });
  }
  return chains;
}

/** Moves every event log past what was given out; gives where each ended. */
export async function moveAllLogs(db: Database, recovery: string): Promise<RestoredLog[]> {
  await pages(
    async (after: RestoredLog | undefined) => listLogsToMove(db, { recovery, after: after?.log }),
    async (page) => moveLogs(db, recovery, page),
  );
  return collect(async (after) => listMovedLogs(db, { recovery, after: after?.log }));
}

/** The keys that work now, newest first. */
export async function listWorkingKeys(db: Database): Promise<ApiKey[]> {
  const keys = await collect(async (last: ApiKey | undefined) => {
    const after = last && { createdAtMs: last.createdAt.getTime(), id: last.id };
    return listApiKeys(db, { after, limit: PAGE });
  });
  return keys.filter((key) => isKeyLive(key, Date.now()));
}

/** Revokes keys; gives their ids. */
export async function endKeys(db: Database, choice: Chosen): Promise<string[]> {
  if (choice === 'none') return [];
  const ids = choice === 'all' ? (await listWorkingKeys(db)).map(({ id }) => id) : [...choice];
  for (const id of ids) await revokeApiKey(db, id, new Date());
  return ids;
}

/** Every open hold. */
export async function listHolds(db: Database): Promise<ListedHold[]> {
  return collect(async (after) => listAllOpenHolds(db, { after, limit: PAGE }));
}

/** Releases holds; gives the ids of those that are ended now. */
export async function endHolds(
  { db, writer, recovery }: { readonly db: Database; readonly writer: LedgerWriter; readonly recovery: string },
  choice: Chosen,
): Promise<string[]> {
  if (choice === 'none') return [];
  const chosen = choice === 'all' ? (await listHolds(db)).map(idOfHold) : [...choice];
  for (const id of chosen) await endHold(writer, recovery, id);
  return chosen;
}

/** The public id of a hold. */
export function idOfHold({ wallet, hold }: Pick<ListedHold, 'wallet' | 'hold'>): string {
  return formatHoldId(wallet, BigInt(hold));
}

async function endHold(writer: LedgerWriter, recovery: string, id: string): Promise<void> {
  const parsed = parseHoldId(id);
  if (!parsed) throw new CliError(`${id} is not the id of a hold`, EXIT.usage);
  const { wallet, seq } = parsed;
  try {
    await writer.submit({
      wallet,
      key: ledgerKey('hold', `${id}:recover:${recovery}`),
      inputHash: inputHash(`recover:${id}`),
      command: { op: 'release', hold: toCount(seq), reason: 'ended after a restore' },
    });
  } catch (error) {
    // It ended in an earlier run, or expired.
    if (error instanceof Refusal && (error.code === 'HOLD_NOT_PENDING' || error.code === 'NOT_FOUND')) return;
    throw error;
  }
}

/** A wallet whose entries the anchor has and the ledger lacks. */
export interface LostWallet {
  readonly wallet: string;
  /** Null: the wallet itself is gone. */
  readonly owner: string | null;
  readonly anchoredSeq: number;
  readonly seqNow: number;
}

/** The wallets that lost entries since an anchor was signed. */
export async function listLostWallets(db: Database, heads: readonly AnchoredHead[]): Promise<LostWallet[]> {
  const lost = await listLostHeads(db, heads);
  const found: LostWallet[] = [];
  for (let from = 0; from < lost.length; from += PAGE) {
    const page = lost.slice(from, from + PAGE);
    const ends = await findWalletEnds(
      db,
      page.map(({ wallet }) => wallet),
    );
    for (const { wallet, seq } of page) {
      const end = ends.get(wallet);
      found.push({ wallet, owner: end?.owner ?? null, anchoredSeq: seq, seqNow: end?.seq ?? 0 });
    }
  }
  return found;
}

/** Checks that keys and holds that the operator names are there. @throws CliError for the first that is not */
export async function checkChoices(db: Database, keys: Chosen, holds: Chosen): Promise<void> {
  for (const id of typeof keys === 'string' ? [] : keys) {
    if (!(await findApiKey(db, id))) throw new CliError(`there is no key ${id}`, EXIT.notFound);
  }
  if (typeof holds === 'string') return;
  for (const id of holds) {
    const { wallet = '', seq = 0n } = parseHoldId(id) ?? {};
    const filter = { wallet, beforeHold: SEQ_END, nowMs: Date.now() };
    // One that has ended is not refused: an earlier run may have ended it.
    const found = await readHolds(db, filter, [toCount(seq)]);
    if (found.length === 0) throw new CliError(`there is no hold ${id}`, EXIT.notFound);
  }
}

/** Reads pages until one is empty; each begins behind the last one of the page before. */
async function pages<T>(
  read: (after: T | undefined) => Promise<T[]>,
  use: (page: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let after: T | undefined; ;) {
    const page = await read(after);
    const last = page.at(-1);
    if (last === undefined) return;
    await use(page);
    after = last;
  }
}

async function collect<T>(read: (after: T | undefined) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  await pages(read, (page) => {
    all.push(...page);
    return Promise.resolve();
  });
  return all;
}
