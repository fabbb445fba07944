/** Reads the whole ledger, wallet by wallet, and verifies it; the rules are in src/core/ledger/verify.ts. */
import { formatEntryId } from '../../core/ids.ts';
import type { AnchoredHead, AnchorFacts } from '../../core/ledger/anchor.ts';
import { LOT_SOURCES } from '../../core/ledger/head.ts';
import type { OpenHoldRow } from '../../core/ledger/audited-holds.ts';
import { WalletAudit, type Fault, type LotRow, type OpenLotRow } from '../../core/ledger/verify.ts';
import { formatUsd } from '../../core/money.ts';
import { listMiscounted, type Miscounted } from '../budgets/recount.ts';
import { listOverRefunded, type OverRefunded } from '../refunds/charges.ts';
import type { Database } from '../database.ts';
import { listUnguardedParts } from './beside/shard-guards.ts';
import { heartbeatOfRow } from './heads.ts';
import { ENTRY_COLUMNS, entryOfRow } from './entry-columns.ts';
import { count, listOf, listRows, micros, oneOf, orNull, rowOf, small, textOf, truth, type Row } from '../rows.ts';

/** Most entries in memory at a time. */
const PAGE_ENTRIES_MAX = 5_000;
/** Most wallets whose heads are in memory at a time. */
const PAGE_WALLETS_MAX = 200;
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';
const AFTER_ALL_WALLETS = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Entries that no anchor covers yet: from `fromSeq` to `toSeq`, both included. */
export interface Unproven {
  readonly wallet: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

export interface Verification {
  readonly wallets: number;
  readonly entries: number;
  /** Sum by contra account over all wallets, in micros: what wallets gave to it, less what it gave to wallets. */
  readonly contra: ReadonlyMap<string, bigint>;
  /**
   * The first fault of each faulty wallet, counters of budgets that are not what their entries add up to, and charges of which
   * more was given back than they took.
   */
  readonly faults: readonly Fault[];
  /** Triggers, keys and checks of the ledger's tables that are missing or disabled. */
  readonly missingGuards: readonly string[];
  /** Entries whose description and metadata were erased. The hash of these is proven; the words are gone. */
  readonly erased: number;
  /** Entries after the anchor, or all entries without one. Here a removed or rewritten tail would go unnoticed. */
  readonly unproven: { readonly entries: number; readonly wallets: readonly Unproven[] };
}

export interface VerifyOptions {
  readonly anchor?: AnchorFacts | undefined;
  readonly onProgress?: ((done: { readonly wallets: number; readonly entries: number }) => void) | undefined;
}

const milliseconds = (column: string): string => `((extract(epoch FROM ${column}) * 1000)::bigint)::text`;

const SELECT_KNOWN = 'SELECT id FROM wallet WHERE id > :after ORDER BY id LIMIT :limit';
/** Wallets that the table of wallets does not have and another table does: a fault to report. */
const SELECT_STRAYS = `
  SELECT s.wallet AS id FROM (${['entry', 'lot_open', 'hold_open']
    .map(
      (table) => `SELECT t.wallet FROM ${table} t WHERE t.wallet > :after AND t.wallet <= :last
        AND NOT EXISTS (SELECT FROM wallet w WHERE w.id = t.wallet)`,
    )
    .join(' UNION ')}) s ORDER BY s.wallet LIMIT :limit`;

/** What there is of a wallet at one moment. @param id of the wallet, as SQL */
const atHead = (id: string): string => `
  ${id} AS id, coalesce((SELECT max(e.seq) FROM entry e WHERE e.wallet = ${id}), 0)::text AS seq,
  (SELECT min(l.lot)::text FROM lot l WHERE l.wallet = ${id}
    AND l.lot > coalesce((SELECT max(e.seq) FROM entry e WHERE e.wallet = ${id}), 0)) AS stray_lot,
  (SELECT json_agg(json_build_object('lot', o.lot::text, 'left', o.amount_left::text,
      'expiresAtMs', ${milliseconds('o.expires_at')})) FROM lot_open o WHERE o.wallet = ${id}) AS lots,
  (SELECT json_agg(json_build_object('hold', o.hold::text, 'expiresAtMs', ${milliseconds('o.expires_at')},
      'parent', o.parent::text, 'everyMs', o.heartbeat_ms::text, 'endsAtMs', ${milliseconds('o.ends_at')})
      ORDER BY o.hold) FROM hold_open o WHERE o.wallet = ${id}) AS holds`;
const SELECT_HEADS = `SELECT ${atHead('w.id')} FROM wallet w WHERE w.id = ANY(:ids::uuid[]) ORDER BY w.id`;
const SELECT_STRAY = `SELECT ${atHead(':id::uuid')}`;

const SELECT_ENTRIES = `SELECT ${ENTRY_COLUMNS}, e.at = date_trunc('milliseconds', e.at) AS whole_time,
    l.lot AS lot_row, l.source, l.amount::text AS lot_amount, l.priority, l.promotional, l.refundable, l.transferable,
    ${milliseconds('l.expires_at')} AS lot_expires_ms, ${milliseconds('l.opened_at')} AS lot_opened_ms,
    l.lot <> e.seq AND EXISTS (SELECT FROM lot s WHERE s.wallet = e.wallet AND s.lot = e.seq) AS has_stray_lot
  FROM entry e LEFT JOIN lot l ON l.wallet = e.wallet
    AND l.lot = CASE WHEN e.type IN ('CLAWBACK_REVERSAL', 'GRANT_REVERSAL') THEN coalesce(e.lot, e.seq) ELSE e.seq END
  WHERE e.wallet = :wallet AND e.seq > :after AND e.seq <= :last ORDER BY e.seq LIMIT :limit`;

const SELECT_GUARDS = `
  SELECT 'the trigger that refuses to change entries' AS guard WHERE NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = 'entry'::regclass AND tgname = 'entry_append_only' AND tgenabled IN ('O', 'A'))
  UNION ALL SELECT 'the trigger that refuses to change lots' WHERE NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = 'lot'::regclass AND tgname = 'lot_append_only' AND tgenabled IN ('O', 'A'))
  UNION ALL SELECT 'the primary key of entry' WHERE NOT EXISTS (
    SELECT FROM pg_index WHERE indrelid = 'entry'::regclass AND indisprimary AND indisvalid)
  UNION ALL SELECT 'the unique key of commands' WHERE NOT EXISTS (
    SELECT FROM pg_constraint WHERE conrelid = 'entry'::regclass AND contype = 'u' AND convalidated)
  UNION ALL SELECT 'the check that a balance stays above zero' WHERE NOT EXISTS (
    SELECT FROM pg_constraint WHERE conrelid = 'entry'::regclass AND contype = 'c' AND convalidated
      AND pg_get_constraintdef(oid) LIKE '%available >= 0%CLAWBACK%GRANT_REVERSAL%')`;

interface WalletAtHead {
  readonly wallet: string;
  readonly isKnown: boolean;
  readonly seq: number;
  /** The first lot whose entry is missing: its number is above that of the wallet's last entry. */
  readonly strayLot: number | null;
  readonly openLots: OpenLotRow[];
  readonly openHolds: OpenHoldRow[];
  readonly everFrozen: ReadonlySet<number>;
}

/**
 * Verifies every wallet up to its last entry. May run while others write: a wallet's head, open lots and open holds are
 * read in one snapshot, and earlier entries never change. Needs only the service's rights.
 */
export async function verifyLedger(db: Database, options: VerifyOptions = {}): Promise<Verification> {
  const contra = new Map<string, bigint>();
  const faults: Fault[] = [];
  const unproven: Unproven[] = [];
  const anchored = new Map(options.anchor?.heads.map((head) => [head.wallet, head]));
  let [wallets, entries, unprovenEntries, erased] = [0, 0, 0, 0];
  for (let after = BEFORE_ALL_WALLETS; ;) {
    const page = await readWallets(db, after);
    for (const at of page) {
      const head = anchored.get(at.wallet);
      anchored.delete(at.wallet);
      const audit = await verifyWallet(db, at, head);
      for (const [account, sum] of audit.contra) contra.set(account, (contra.get(account) ?? 0n) + sum);
      if (audit.fault) faults.push(audit.fault);
      if (at.seq > (head?.seq ?? 0)) {
        unproven.push({ wallet: at.wallet, fromSeq: (head?.seq ?? 0) + 1, toSeq: at.seq });
        unprovenEntries += at.seq - (head?.seq ?? 0);
      }
      wallets += 1;
      entries += at.seq;
      erased += audit.erased;
      options.onProgress?.({ wallets, entries });
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE_WALLETS_MAX) break;
    after = last.wallet;
  }
  for (const { wallet, seq } of anchored.values()) faults.push(lostWallet(wallet, seq));
  faults.push(...(await listMiscounted(db)).map(miscount));
  faults.push(...(await listOverRefunded(db)).map(overRefund));
  const missingGuards = await listRows(db, (row) => textOf(row['guard']), SELECT_GUARDS);
  missingGuards.push(...(await listUnguardedParts(db)));
  const after = { entries: unprovenEntries, wallets: unproven };
  return { wallets, entries, contra, faults, missingGuards, erased, unproven: after };
}

function miscount({ wallet, seq, budget, used, reserved, usedDue, reservedDue }: Miscounted): Fault {
  const [shown, due] = [
    `${formatUsd(used)} used and ${formatUsd(reserved)} reserved`,
    `${formatUsd(usedDue)} and ${formatUsd(reservedDue)}`,
  ];
  return {
    wallet,
    entry: formatEntryId(wallet, BigInt(seq)),
    what: `the budget ${budget} shows ${shown}, its entries add up to ${due}`,
  };
}

function overRefund({ wallet, seq, charge, tookMicros, refundedMicros }: OverRefunded): Fault {
  const of = formatEntryId(wallet, BigInt(charge));
  const took = tookMicros === null ? 'is no charge' : `took ${formatUsd(tookMicros)}`;
  return {
    wallet,
    entry: formatEntryId(wallet, BigInt(seq)),
    what: `${formatUsd(refundedMicros)} were given back of ${of}, which ${took}`,
  };
}

function lostWallet(wallet: string, seq: number): Fault {
  return { wallet, entry: formatEntryId(wallet, 1n), what: `is missing: the anchor has ${seq} entries of this wallet` };
}

async function verifyWallet(db: Database, at: WalletAtHead, anchored: AnchoredHead | undefined): Promise<WalletAudit> {
  const audit = new WalletAudit(at.wallet, at.everFrozen);
  if (!at.isKnown) audit.report(1, 'its wallet is not in the table of wallets');
  for (let after = 0; after < at.seq;) {
    const bindings = { wallet: at.wallet, after, last: at.seq, limit: PAGE_ENTRIES_MAX };
    const rows = await listRows(db, (row) => row, SELECT_ENTRIES, bindings);
    if (rows.length === 0) break;
    for (const row of rows) {
      readRow(audit, row);
      if (anchored && audit.seq === anchored.seq && row['hash'] !== anchored.hash) {
        audit.report(anchored.seq, 'its hash is not the one in the anchor: the chain was rewritten here or before');
      }
    }
    after = count(rows.at(-1)?.['seq']);
  }
  if (anchored && at.seq < anchored.seq) {
    audit.report(at.seq + 1, `is missing: the anchor has ${anchored.seq} entries of this wallet`);
  }
  if (at.strayLot !== null) audit.report(at.strayLot, 'is missing: there is a lot that it opened');
  audit.finish(at.openLots, at.openHolds);
  return audit;
}

/** Checks one row. A row that cannot be read is reported as a fault and does not end the audit. */
function readRow(audit: WalletAudit, row: Row): void {
  try {
    const entry = entryOfRow(row);
    const lotRow = row['lot_row'] === null ? undefined : lotRowOf(row);
    audit.read(entry, lotRow);
    if (row['has_stray_lot'] === true) audit.report(entry.seq, 'there is a lot that it did not open');
    if (row['whole_time'] !== true) audit.report(entry.seq, 'its time is not a whole number of milliseconds');
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    audit.report(audit.seq + 1, `cannot be read: ${error.message}`);
  }
}

function lotRowOf(row: Row): LotRow {
  const terms = {
    source: oneOf(LOT_SOURCES, row['source']),
    priority: small(row['priority']),
    promotional: truth(row['promotional']),
    refundable: truth(row['refundable']),
    transferable: truth(row['transferable']),
    expiresAtMs: orNull(row['lot_expires_ms'], count),
  };
  return {
    lot: count(row['lot_row']),
    amount: micros(row['lot_amount']),
    terms,
    openedAtMs: count(row['lot_opened_ms']),
  };
}

/**
 * The next wallets in id order, from every table that names wallets. Each wallet is read in one snapshot. Which lots were ever
 * frozen is read after that, so that what is missing in the list was not frozen at any entry that is looked at.
 */
async function readWallets(db: Database, after: string): Promise<WalletAtHead[]> {
  const idOf = (row: Row): string => textOf(row['id']);
  const limit = PAGE_WALLETS_MAX;
  const known = await listRows(db, idOf, SELECT_KNOWN, { after, limit });
  const last = known.length < limit ? AFTER_ALL_WALLETS : (known.at(-1) ?? AFTER_ALL_WALLETS);
  const strays = new Set(await listRows(db, idOf, SELECT_STRAYS, { after, last, limit }));
  const page = [...known, ...strays].toSorted().slice(0, limit);
  const heads = await listRows(db, (row) => row, SELECT_HEADS, { ids: page.filter((id) => !strays.has(id)) });
  for (const id of page) if (strays.has(id)) heads.push(...(await listRows(db, (row) => row, SELECT_STRAY, { id })));
  const frozen = await listFrozen(db, page);
  return heads
    .map((row) => walletOf(row, { isKnown: !strays.has(idOf(row)), everFrozen: frozen.get(idOf(row)) ?? new Set() }))
    .toSorted((a, b) => (a.wallet < b.wallet ? -1 : 1));
}

/** The lots of wallets that were ever frozen. */
async function listFrozen(db: Database, wallets: readonly string[]): Promise<Map<string, ReadonlySet<number>>> {
  const lots = await listRows(
    db,
    (row) => [textOf(row['wallet']), new Set(listOf(row['lots'], count))] as const,
    'SELECT wallet, json_agg(lot::text) AS lots FROM lot_frozen WHERE wallet = ANY(?::uuid[]) GROUP BY wallet',
    [[...wallets]],
  );
  return new Map(lots);
}

function walletOf(row: Row, about: Pick<WalletAtHead, 'isKnown' | 'everFrozen'>): WalletAtHead {
  return {
    ...about,
    wallet: textOf(row['id']),
    seq: count(row['seq']),
    strayLot: orNull(row['stray_lot'], count),
    openLots: listOf(row['lots'] ?? [], (lot) => openLotOf(rowOf(lot))),
    openHolds: listOf(row['holds'] ?? [], (hold) => openHoldOf(rowOf(hold))),
  };
}

function openLotOf({ lot, left, expiresAtMs }: Row): OpenLotRow {
  return { lot: count(lot), left: orNull(left, micros), expiresAtMs: orNull(expiresAtMs, count) };
}

function openHoldOf(row: Row): OpenHoldRow {
  const { hold, expiresAtMs, parent } = row;
  const own = { hold: count(hold), expiresAtMs: count(expiresAtMs), ...heartbeatOfRow(row) };
  return { ...own, parent: orNull(parent, count) ?? undefined };
}
