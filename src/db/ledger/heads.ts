/** Reads the heads of wallets: last entry, open lots and open holds, in one statement and so in one snapshot. */
import {
  emptyHead,
  LOT_SOURCES,
  nextLotExpiry,
  remainderLot,
  spendsBefore,
  type Head,
  type LotTerms,
  type OpenHold,
  type OpenLot,
} from '../../core/ledger/head.ts';
import { HoldBook } from '../../core/ledger/hold-book.ts';
import { parseRestriction } from '../../core/lots/restriction.ts';
import { findHoldEnd } from '../../core/ledger/hold-note.ts';
import { budgetsOf, selectBudgets, selectMarks, marksOf, type ChangedBudgets } from '../budgets/state.ts';
import { ofOneWallet, onlyOf } from './beside/by-wallet.ts';
import { ENTRY_COLUMNS, entryOfRow, entryTextOf, textIn, type LastRow } from './entry-columns.ts';
import {
  count,
  findRow,
  listOf,
  listRows,
  micros,
  oneOf,
  orNull,
  rowOf,
  small,
  textOf,
  truth,
  type Queries,
  type Row,
} from '../rows.ts';

/** A head with the rows of lot_open that it was read from (null: the one that is stored without amount, see `remainderLot`). */
export interface LoadedWallet {
  readonly head: Head;
  readonly lotRows: ReadonlyMap<number, bigint | null>;
  /** True when it is as it was read, without later entries of the lane. */
  readonly isRead: boolean;
}

/** The ledger's tables contradict each other; nothing is written on top of that. */
export class LedgerCorruption extends Error {
  override name = 'LedgerCorruption';
}

const milliseconds = (column: string): string => `((extract(epoch FROM ${column}) * 1000)::bigint)::text`;

/** How many open holds a head is read with: those that end first. Others are read when a command names them. */
export const HOLDS_READ = 256;

const NUMBER_COLUMNS = { entry: 'seq', lot: 'lot', lot_open: 'lot', hold_open: 'hold' } as const;

/**
 * One row of a table that has a number within its wallet, as a table. The range of one number, in order, and the limit lead to the
 * primary key and keep it behind what names it, where a new table has no statistics yet: all rows of the wallet are read otherwise.
 */
const rowAt = (table: keyof typeof NUMBER_COLUMNS, wallet: string, at: string): string => {
  const column = NUMBER_COLUMNS[table];
  return `(SELECT * FROM ${table} WHERE wallet = ${wallet} AND ${column} BETWEEN ${at} AND ${at} ORDER BY ${column} LIMIT 1)`;
};

/** The lots `l` of a wallet that are listed by their numbers, each with what is open of it, if anything is. */
const lotsOf = (wallet: string, listed: string): string => `(SELECT DISTINCT n.lot FROM ${listed} AS n (lot)) AS n
      CROSS JOIN LATERAL ${rowAt('lot', wallet, 'n.lot')} AS l LEFT JOIN LATERAL ${rowAt('lot_open', wallet, 'n.lot')} AS o ON true`;

const LOT_JSON = `json_build_object('lot', l.lot::text, 'open', o.lot IS NOT NULL, 'left', o.amount_left::text,
        'source', l.source, 'priority', l.priority, 'promotional', l.promotional, 'refundable', l.refundable,
        'transferable', l.transferable, 'expiresAtMs', ${milliseconds('l.expires_at')}, 'entry', (
          SELECT json_build_object('ofOrder', c.pack_order IS NOT NULL, 'restrictedTo', c.restricted_to)
          FROM ${rowAt('entry', 'l.wallet', 'l.lot')} AS c))`;

/** An open hold `h` with the entry `b` that opened it. */
const HOLD_JSON = `json_build_object('hold', h.hold::text, 'service', b.service, 'action', b.action, 'gift', b.gift_delta < 0,
        'amount', d.amount::text, 'lots', d.lots::text[], 'left', d.amounts::text[], 'reference', b.reference,
        'appId', b.app_id, 'userId', b.user_id, 'teamId', b.team_id, 'text', ${textIn('b')},
        'openedAtMs', ${milliseconds('b.at')}, 'note', b.description, 'expiresAtMs', ${milliseconds('h.expires_at')},
        'parent', h.parent::text, 'everyMs', h.heartbeat_ms::text, 'endsAtMs', ${milliseconds('h.ends_at')},
        'children', (SELECT count(*)::text FROM hold_open c WHERE c.wallet = h.wallet AND c.parent = h.hold),
        'budgets', ${selectMarks('h.wallet', 'h.hold')})`;

/**
 * The content of an open hold `h` is the sum of its entries' effects, lot by lot, in the order in which it last drew on them. What
 * its children gave back was brought before.
 * @param until a condition on the entries, for its content at an earlier time
 */
const contentOfHold = (
  until = '',
): string => `CROSS JOIN LATERAL ${rowAt('entry', 'h.wallet', 'h.hold')} AS b CROSS JOIN LATERAL (
        SELECT coalesce(sum(brought), 0) AS amount,
          coalesce(array_agg(lot ORDER BY since) FILTER (WHERE amount_left > 0), '{}') AS lots,
          coalesce(array_agg(amount_left ORDER BY since) FILTER (WHERE amount_left > 0), '{}') AS amounts
        FROM (SELECT lot, max(seq) FILTER (WHERE held_delta > 0) AS since, sum(held_delta) AS amount_left,
            sum(held_delta) FILTER (WHERE held_delta > 0 AND (available_delta < 0 OR b.available_delta = 0)) AS brought
          FROM entry WHERE wallet = h.wallet AND hold = h.hold AND held_delta <> 0${until} GROUP BY lot) AS part) d`;

const HOLD_CONTENT = contentOfHold();

/**
 * Selects the wallets whose ids are in the uuid[] parameter; unknown wallets give no row. Of the open holds it selects the
 * {@link HOLDS_READ} that end first, with their parents, and when the next one ends.
 */
export const selectHeads = (parameter: string): string => `
  SELECT w.id AS wallet_id, ${ENTRY_COLUMNS}, ${milliseconds('s.ends[' + String(HOLDS_READ + 1) + ']')} AS unread_from_ms,
    (SELECT json_agg(${LOT_JSON})
      FROM ${lotsOf(
        'w.id',
        `(SELECT i.lot FROM lot_open i WHERE i.wallet = w.id UNION ALL SELECT d.lot FROM unnest(r.holds) AS n (hold)
          CROSS JOIN LATERAL (SELECT lot FROM entry WHERE wallet = w.id AND hold = n.hold AND lot IS NOT NULL OFFSET 0) AS d)`,
      )}) AS lots,
    (SELECT json_agg(${HOLD_JSON}) FROM unnest(r.holds) AS n (hold)
      CROSS JOIN LATERAL ${rowAt('hold_open', 'w.id', 'n.hold')} AS h ${HOLD_CONTENT}) AS holds,
    ${selectBudgets('w.id')} AS budgets
  FROM unnest(${parameter}::uuid[]) AS x (id) JOIN wallet w ON w.id = x.id
  CROSS JOIN LATERAL (SELECT array_agg(i.hold) AS holds, array_agg(i.expires_at) AS ends, array_agg(i.parent) AS parents FROM (
    SELECT hold, expires_at, parent FROM hold_open WHERE wallet = w.id ORDER BY expires_at, hold LIMIT ${HOLDS_READ + 1}) AS i) AS s
  CROSS JOIN LATERAL (SELECT s.holds[:${HOLDS_READ}] || ARRAY(SELECT DISTINCT p.hold FROM unnest(s.parents[:${HOLDS_READ}]) AS p (hold)
    WHERE p.hold IS NOT NULL AND p.hold <> ALL(s.holds[:${HOLDS_READ}])) AS holds) AS r
  LEFT JOIN LATERAL (SELECT * FROM entry WHERE wallet = w.id ORDER BY seq DESC LIMIT 1) e ON true`;

/**
 * Selects open holds, and the parents of those, with the terms of their lots.
 * @param wallet a parameter that is a uuid[]. @param hold a parameter that is a bigint[].
 */
export const selectHolds = (wallet: string, hold: string): string => `
  SELECT h.wallet, ${HOLD_JSON} AS hold, (SELECT json_agg(${LOT_JSON})
      FROM ${lotsOf('h.wallet', 'unnest(d.lots)')}) AS lots
  FROM unnest(${wallet}::uuid[], ${hold}::bigint[]) AS x (wallet, hold)
  CROSS JOIN LATERAL ${rowAt('hold_open', 'x.wallet', 'x.hold')} AS o
  CROSS JOIN LATERAL (SELECT o.hold UNION SELECT o.parent) AS n (hold)
  CROSS JOIN LATERAL ${rowAt('hold_open', 'o.wallet', 'n.hold')} AS h ${HOLD_CONTENT}`;

/**
 * Selects a hold as it was before an entry, whether it is open or not, for {@link openHoldOfRow}.
 * Its parameters are `:wallet`, `:hold`, `:parent`, `:before` (the number of that entry) and `:end`, its end at that time. It counts
 * the children that are open now.
 */
export const SELECT_HOLD_THEN = ofOneWallet(
  `SELECT h.wallet, ${HOLD_JSON} AS hold, (SELECT json_agg(${LOT_JSON})
      FROM ${lotsOf('h.wallet', 'unnest(d.lots)')}) AS lots
  FROM (SELECT :wallet::uuid AS wallet, :hold::bigint AS hold, :end::timestamptz AS expires_at, :parent::bigint AS parent,
    NULL::integer AS heartbeat_ms, NULL::timestamptz AS ends_at) AS h
  ${contentOfHold(' AND seq < :before')}`,
  ':wallet::uuid',
);

/** The terms of those of a wallet's lots that are named, by their numbers. */
export async function readTerms(
  db: Queries,
  wallet: string,
  lots: readonly number[],
): Promise<ReadonlyMap<number, LotTerms>> {
  if (lots.length === 0) return new Map();
  const found = await listRows(
    db,
    (row) => rowOf(row['lot']),
    ofOneWallet(
      `SELECT ${LOT_JSON} AS lot FROM (SELECT :wallet::uuid AS wallet) AS x CROSS JOIN ${lotsOf('x.wallet', 'unnest(:lots::bigint[])')}`,
      ':wallet::uuid',
    ),
    { wallet, lots: [...lots] },
  );
  return new Map(found.map((json) => [count(json['lot']), termsOf(json)]));
}

/** Selects how many holds are open in each wallet. @param wallet a parameter that is a uuid[]. */
export const selectHoldCounts = (wallet: string): string => `
  SELECT x.id AS wallet, (SELECT count(*) FROM hold_open h WHERE h.wallet = x.id)::int AS open
  FROM unnest(${wallet}::uuid[]) AS x (id)`;

/** How many holds a wallet has open; reads each of them in an index. */
export async function countOpenHolds(db: Queries, wallet: string): Promise<number> {
  const found = await findRow(db, (row) => small(row['open']), SELECT_HOLD_COUNT, { wallets: [wallet] });
  return found ?? 0;
}

/** The wallet and the hold in a row of {@link selectHolds}. @throws LedgerCorruption when they cannot be read. */
export function openHoldOfRow(row: Row): { readonly wallet: string; readonly hold: OpenHold } {
  const wallet = textOf(row['wallet']);
  return guarded(wallet, () => {
    const terms = new Map(listOf(row['lots'] ?? [], rowOf).map((json) => [count(json['lot']), termsOf(json)]));
    return { wallet, hold: holdOf(rowOf(row['hold']), terms, wallet) };
  });
}

/** Those of a wallet's holds that are open, and their parents, by their numbers; undefined for what is not open. */
export async function readOpenHolds(
  db: Queries,
  wallet: string,
  holds: readonly number[],
): Promise<ReadonlyMap<number, OpenHold | undefined>> {
  const parameters = { wallets: holds.map(() => wallet), holds: [...holds] };
  const found = await listRows(db, openHoldOfRow, SELECT_HOLDS_OF_ONE, parameters);
  return knownOf(
    holds,
    found.map(({ hold }) => hold),
  );
}

/** What is known of holds once they were read: of those that were asked for, and of the parents of those that are open. */
export function knownOf(
  asked: readonly number[],
  found: readonly OpenHold[],
): ReadonlyMap<number, OpenHold | undefined> {
  const known = new Map<number, OpenHold | undefined>(asked.map((hold) => [hold, undefined]));
  for (const { parent } of found) if (parent !== undefined) known.set(parent, undefined);
  for (const hold of found) known.set(hold.hold, hold);
  return known;
}

/** The same for one wallet. */
const SELECT_HEAD = ofOneWallet(selectHeads(':wallets'), onlyOf(':wallets'));
const SELECT_HOLD_COUNT = ofOneWallet(selectHoldCounts(':wallets'), onlyOf(':wallets'));
const SELECT_HOLDS_OF_ONE = ofOneWallet(selectHolds(':wallets', ':holds'), onlyOf(':wallets'));

/** The head of a wallet after its last committed entry; undefined when there is no such wallet. */
export async function readHead(db: Queries, wallet: string): Promise<Head | undefined> {
  const loaded = await findRow(db, loadedWalletOfRow, SELECT_HEAD, { wallets: [wallet] });
  return loaded?.head;
}

/**
 * The wallet in a row of {@link selectHeads}.
 * @throws LedgerCorruption when open lots and holds do not add up to the last entry's balances, or cannot be read.
 */
export function loadedWalletOfRow(row: Row): LoadedWallet {
  const wallet = textOf(row['wallet_id']);
  return guarded(wallet, () => readWallet(wallet, row));
}

/**
 * Those of the wallets that have changed since a batch took their heads: another writer wrote to them, or a budget of
 * theirs was changed after the version that the batch is judged by.
 */
export async function findMoved(
  connection: {
    findLastEntries(wallets: readonly string[]): Promise<ReadonlyMap<string, LastRow>>;
    findChangedBudgets(after: number): Promise<ChangedBudgets>;
  },
  wallets: readonly string[],
  { before, budgets }: { readonly before: ReadonlyMap<string, LoadedWallet>; readonly budgets: number },
): Promise<string[]> {
  const asked = [connection.findLastEntries(wallets), connection.findChangedBudgets(budgets)] as const;
  const [last, changed] = await Promise.all(asked);
  return wallets.filter((wallet) => {
    const head = before.get(wallet)?.head;
    const stored = last.get(wallet);
    const isSame =
      stored?.seq === (head?.seq === 0 ? undefined : head?.seq) &&
      stored?.hash === (head?.seq === 0 ? undefined : head?.hash);
    return !isSame || changed.wallets.includes(wallet);
  });
}

function guarded<Result>(wallet: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    throw new LedgerCorruption(`wallet ${wallet}: ${error.message}`, { cause: error });
  }
}

function readWallet(wallet: string, row: Row): LoadedWallet {
  const terms = new Map<number, LotTerms>();
  const lotRows = new Map<number, bigint | null>();
  for (const json of listOf(row['lots'] ?? [], rowOf)) {
    const lot = count(json['lot']);
    terms.set(lot, termsOf(json));
    if (truth(json['open'])) lotRows.set(lot, orNull(json['left'], micros));
  }
  const open = listOf(row['holds'] ?? [], (json) => holdOf(rowOf(json), terms, wallet));
  const base = row['seq'] === null ? emptyHead(wallet) : headOfEntry(row);
  const lots = openLots(wallet, base.available, lotRows, terms);
  let held = 0n;
  for (const { draws } of open) for (const { left } of draws) held += left;
  const fromMs = orNull(row['unread_from_ms'], count) ?? Infinity;
  const sound = fromMs === Infinity ? held === base.held : held <= base.held;
  if (!sound) throw new LedgerCorruption(`wallet ${wallet}: open holds do not add up to what is held`);
  const holds = HoldBook.of(open, { fromMs, untilSeq: base.seq }).learning(knownOf([], open));
  const nextExpiryMs = Math.min(nextLotExpiry(lots), holds.nextEndMs());
  const budgets = budgetsOf(row['budgets']);
  return { head: { ...base, lots, holds, budgets, nextExpiryMs }, lotRows, isRead: true };
}

function headOfEntry(row: Row): Head {
  const entry = entryOfRow(row);
  return {
    ...emptyHead(entry.wallet),
    seq: entry.seq,
    atMs: entry.atMs,
    hash: entry.hash,
    available: entry.available,
    held: entry.held,
    deposited: entry.deposited,
    giftAvailable: entry.giftAvailable,
    giftHeld: entry.giftHeld,
  };
}

function openLots(
  wallet: string,
  available: bigint,
  lotRows: ReadonlyMap<number, bigint | null>,
  terms: ReadonlyMap<number, LotTerms>,
): OpenLot[] {
  let unassigned = available > 0n ? available : 0n;
  for (const left of lotRows.values()) unassigned -= left ?? 0n;
  const lots = [...lotRows].map(([lot, left]) => ({
    lot,
    left: left ?? unassigned,
    terms: termsIn(terms, lot, wallet),
  }));
  lots.sort(spendsBefore);
  const drawn = [...lotRows].filter(([, left]) => left === null).map(([lot]) => lot);
  const sound =
    drawn.length === 0
      ? unassigned === 0n
      : unassigned > 0n && drawn.length === 1 && drawn[0] === remainderLot(lots)?.lot;
  if (!sound) throw new LedgerCorruption(`wallet ${wallet}: open lots do not add up to what is available`);
  return lots;
}

function termsOf(lot: Row): LotTerms {
  const opened = rowOf(lot['entry']);
  const restrictedTo = orNull(opened['restrictedTo'], textOf);
  return {
    source: oneOf(LOT_SOURCES, lot['source']),
    priority: small(lot['priority']),
    promotional: truth(lot['promotional']),
    refundable: truth(lot['refundable']),
    transferable: truth(lot['transferable']),
    expiresAtMs: orNull(lot['expiresAtMs'], count),
    ...(opened['ofOrder'] === true ? { ofOrder: true } : {}),
    ...(restrictedTo === null ? {} : { restrictedTo: parseRestriction(restrictedTo) }),
  };
}

function termsIn(terms: ReadonlyMap<number, LotTerms>, lot: number, wallet: string): LotTerms {
  const found = terms.get(lot);
  if (!found) throw new LedgerCorruption(`wallet ${wallet}: lot ${lot} has no terms`);
  return found;
}

function holdOf(hold: Row, terms: ReadonlyMap<number, LotTerms>, wallet: string): OpenHold {
  const left = listOf(hold['left'], micros);
  const expiresAtMs = count(hold['expiresAtMs']);
  return {
    hold: count(hold['hold']),
    service: textOf(hold['service']),
    action: orNull(hold['action'], textOf),
    gift: truth(hold['gift']),
    amount: micros(hold['amount']),
    draws: listOf(hold['lots'], count).map((lot, index) => {
      const drawn = left[index];
      if (drawn === undefined) throw new LedgerCorruption(`wallet ${wallet}: a hold names a lot without an amount`);
      return { lot, left: drawn, terms: termsIn(terms, lot, wallet) };
    }),
    reference: orNull(hold['reference'], textOf),
    appId: orNull(hold['appId'], textOf),
    userId: orNull(hold['userId'], textOf),
    teamId: orNull(hold['teamId'], textOf),
    text: orNull(hold['text'], entryTextOf),
    budgets: marksOf(hold['budgets']),
    // Some entries of earlier versions do not note the end.
    firstEndMs:
      findHoldEnd({ atMs: count(hold['openedAtMs']), description: orNull(hold['note'], textOf) }) ?? expiresAtMs,
    expiresAtMs,
    ...familyOf(hold),
  };
}

/** What a hold has beside others: a parent, children, and how often its owner reports. */
function familyOf(hold: Row): Pick<OpenHold, 'parent' | 'children' | 'heartbeat'> {
  const parent = orNull(hold['parent'], count);
  const children = count(hold['children']);
  return {
    ...(parent === null ? {} : { parent }),
    ...(children === 0 ? {} : { children }),
    ...heartbeatOfRow(hold),
  };
}

/** How often the owner of a hold reports, in a row or in JSON. */
export function heartbeatOfRow(hold: Row): Pick<OpenHold, 'heartbeat'> {
  const everyMs = orNull(hold['everyMs'], count);
  return everyMs === null ? {} : { heartbeat: { everyMs, endsAtMs: count(hold['endsAtMs']) } };
}
