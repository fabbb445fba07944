/** Finds what a text names, over all orgs: each look-up by an index, and a few rows of each. */
import { SEARCH_KINDS, startingWith, type SearchKind, type SearchTerms } from '../../core/desk/search.ts';
import { PLATFORM_LOG } from '../../core/events/kinds.ts';
import type { Database } from '../database.ts';
import { findRow, listRows, oneOf, orNull, textOf, timeOf, type Row } from '../rows.ts';

/** Something that was found. */
export interface Found {
  readonly kind: SearchKind;
  /** Its public id; of a user or member, their id in the sign-in; of a deposit address, the address; of a payment, the provider's. */
  readonly id: string;
  /** What people know it by. */
  readonly title: string;
  /** The org that it belongs to; null where it belongs to none. */
  readonly org: string | null;
  readonly orgName: string | null;
  /** When it came to be; of a member, when they were seen last. */
  readonly at: Date | null;
}

/** What was found, by kind, and the kinds of which there is more than was asked for. */
export interface Findings {
  readonly found: readonly Found[];
  readonly more: readonly SearchKind[];
}

/** A statement that may be explained as well as run. */
interface Statement {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, string | number | string[] | Date | null>>;
}

/** Up to `limit` things of each kind that the text can name, in the order of the kinds. Needs a connection that sees every org. */
export async function findNamed(db: Database, terms: SearchTerms, limit: number): Promise<Findings> {
  const { sql, bindings } = searchStatement(terms, limit + 1, await findInLedger(db, terms, limit + 1));
  const rows = await listRows(db, foundOf, sql, bindings);
  const unique = [...new Map(rows.map((one) => [`${one.kind} ${one.org} ${one.id}`, one])).values()];
  const byKind = SEARCH_KINDS.map((kind) => ({ kind, all: unique.filter((one) => one.kind === kind) }));
  return {
    found: byKind.flatMap(({ all }) => all.slice(0, limit)),
    more: byKind.filter(({ all }) => all.length > limit).map(({ kind }) => kind),
  };
}

/** What the ledger's tables have of a text: they are read by statements of their own. */
export interface InLedger {
  /** The orgs whose wallets' ids fit. */
  readonly orgs: readonly string[];
  readonly entry: Pick<Found, 'id' | 'title' | 'org' | 'at'> | undefined;
}

/** The statements about the ledger: the owners of wallets by their ids, and an entry with the owner of its wallet. */
export const LEDGER_STATEMENTS = {
  orgs: `SELECT w.owner FROM wallet w WHERE w.owner_kind = 'org' AND w.id BETWEEN :first::uuid AND :last::uuid
    ORDER BY w.id DESC LIMIT :most`,
  entry: `SELECT CASE WHEN :kind::text = 'hold' THEN 'hold_' ELSE 'ent_' END || e.wallet || '_' || e.seq AS id,
      e.type::text AS title, CASE WHEN w.owner_kind = 'org' THEN w.owner END AS org, e.at
    FROM entry e LEFT JOIN wallet w ON w.id = e.wallet WHERE e.wallet = :wallet::uuid AND e.seq = :seq::bigint`,
} as const;

async function findInLedger(db: Database, { ids, entry }: SearchTerms, most: number): Promise<InLedger> {
  const orgs = ids ? await listRows(db, (row) => textOf(row['owner']), LEDGER_STATEMENTS.orgs, { ...ids, most }) : [];
  const found = entry && (await findRow(db, entryOf, LEDGER_STATEMENTS.entry, { ...entry, seq: String(entry.seq) }));
  return { orgs, entry: found };
}

function entryOf(row: Row): InLedger['entry'] {
  return {
    id: textOf(row['id']),
    title: textOf(row['title']),
    org: orNull(row['org'], textOf),
    at: timeOf(row['at']),
  };
}

/**
 * The statement of a search over everything beside the ledger: a look-up for each thing that the text can be, each of at most
 * `most` rows, and what was found in the ledger beside it.
 */
export function searchStatement(
  terms: SearchTerms,
  most: number,
  { orgs, entry: found }: InLedger = { orgs: [], entry: undefined },
): Statement {
  const { name, ids, hex, entry, providerId, url } = terms;
  const beginning = startingWith(name);
  const branches = [
    ...(ids ? BY_ID : []),
    ...hex.flatMap((_, at) => byHex(at)),
    ...(entry && found ? BY_ENTRY : []),
    ...(providerId === undefined ? [] : BY_PROVIDER_ID),
    ...(url ? BY_URL : []),
    ...BY_NAME,
  ];
  return {
    sql: `SELECT f.*, (SELECT name FROM org WHERE id = f.org) AS org_name
      FROM (${branches.map((branch) => `(${branch} LIMIT :most)`).join('\nUNION ALL\n')}) AS f`,
    bindings: {
      most,
      name,
      platform: PLATFORM_LOG,
      nameFrom: beginning.from,
      nameBefore: beginning.before,
      ...(ids && { first: ids.first, last: ids.last, orgs: [...orgs] }),
      ...Object.fromEntries(
        hex.flatMap(({ from, before }, at) => [
          [`hexFrom${at}`, from],
          [`hexBefore${at}`, before],
        ]),
      ),
      ...(entry &&
        found && { kind: entry.kind, entry: found.id, title: found.title, entryOrg: found.org, at: found.at }),
      ...(providerId !== undefined && { providerId }),
      ...(url && { urlFrom: url.from, urlBefore: url.before }),
    },
  };
}

function foundOf(row: Row): Found {
  return {
    kind: oneOf(SEARCH_KINDS, row['kind']),
    id: textOf(row['id']),
    title: textOf(row['title']),
    org: orNull(row['org'], textOf),
    orgName: orNull(row['org_name'], textOf),
    at: orNull(row['at'], timeOf),
  };
}

/** A user's order has the id of their wallet as its org. */
const ORDER = `p.id::text AS id,
  coalesce('PO ' || p.po_number, p.pack, p.channel) || ', ' || replace(p.state, '_', ' ') AS title,
  CASE WHEN p.user_id IS NULL THEN p.org END AS org, p.opened_at AS at`;
const DEPOSIT = `d.id::text AS id, d.tx_hash || ', ' || d.state AS title, d.org, d.observed_at AS at`;
const WEBHOOK = `SELECT 'webhook' AS kind, w.id::text AS id, w.url AS title, nullif(w.log, :platform::uuid) AS org,
  w.created_at AS at FROM webhook_endpoint w`;
const PAYMENT = `SELECT 'payment' AS kind, i.object AS id, i.kind || ' ' || i.object || ', ' || i.state AS title, i.org,
  i.created_at AS at FROM payment_inbox i`;

/** Ids are time-ordered: the newest first. */
const within = (column: string): string => `${column} BETWEEN :first::uuid AND :last::uuid ORDER BY ${column} DESC`;
const BY_ID: readonly string[] = [
  `SELECT 'org' AS kind, o.id::text AS id, o.name AS title, o.id AS org, o.created_at AS at FROM org o
   WHERE ${within('o.id')}`,
  `SELECT 'org' AS kind, o.id::text AS id, o.name AS title, o.id AS org, o.created_at AS at FROM org o
   WHERE o.id = ANY(:orgs::uuid[])`,
  `SELECT 'user' AS kind, u.id, u.id AS title, NULL::uuid AS org, u.created_at AS at FROM wallet_user u
   WHERE ${within('u.wallet')}`,
  `SELECT 'deposit' AS kind, ${DEPOSIT} FROM deposit d WHERE ${within('d.id')}`,
  `SELECT 'order' AS kind, ${ORDER} FROM pack_order p WHERE ${within('p.id')}`,
  `${PAYMENT} WHERE ${within('i.id')}`,
  `SELECT 'sender' AS kind, s.id::text AS id, s.address AS title, s.org, s.bound_at AS at FROM sender s
   WHERE ${within('s.id')}`,
  `${WEBHOOK} WHERE ${within('w.id')}`,
  `SELECT 'approval' AS kind, a.id::text AS id, a.type::text || ', ' || a.state AS title, a.org, a.requested_at AS at
   FROM entry_approval a WHERE ${within('a.id')}`,
  `SELECT 'approval' AS kind, a.id::text AS id, a.what || ', ' || a.state AS title, a.org, a.requested_at AS at
   FROM change_approval a WHERE a.asked AND ${within('a.id')}`,
];

/** Hex digits are in the same order in every collation. @param at which of the ranges */
function byHex(at: number): string[] {
  const range = (column: string): string => `${column} >= :hexFrom${at} AND ${column} < :hexBefore${at}`;
  const ofBothFamilies = (column: string): string => `family IN ('eip155', 'starknet') AND ${range(column)}`;
  return [
    `SELECT 'deposit' AS kind, ${DEPOSIT} FROM deposit d WHERE ${range('d.tx_hash')} ORDER BY d.tx_hash`,
    `SELECT 'deposit' AS kind, ${DEPOSIT} FROM deposit d WHERE ${range('d.from_address')}
     ORDER BY d.from_address DESC, d.observed_at DESC`,
    `SELECT 'sender' AS kind, s.id::text AS id, s.address AS title, s.org, s.bound_at AS at FROM sender s
     WHERE ${ofBothFamilies('s.address')}`,
    `SELECT 'deposit_address' AS kind, a.address AS id, a.address AS title, a.org, a.created_at AS at
     FROM deposit_address a WHERE ${ofBothFamilies('a.address')}`,
  ];
}

const BY_ENTRY: readonly string[] = [
  `SELECT :kind::text AS kind, :entry::text AS id, :title::text AS title, :entryOrg::uuid AS org, :at::timestamptz AS at`,
];

const BY_PROVIDER_ID: readonly string[] = [
  ...['session', 'payment', 'charge', 'customer'].map(
    (column) => `SELECT 'order' AS kind, ${ORDER} FROM order_checkout c JOIN pack_order p ON p.id = c.order_id
     WHERE c.${column} = :providerId`,
  ),
  `SELECT 'order' AS kind, ${ORDER} FROM order_refund r JOIN pack_order p ON p.id = r.order_id WHERE r.id = :providerId`,
  `SELECT 'dispute' AS kind, d.id, d.id || ', ' || replace(d.status, '_', ' ') AS title,
     CASE WHEN p.user_id IS NULL THEN p.org END AS org, d.opened_at AS at
   FROM order_dispute d JOIN pack_order p ON p.id = d.order_id WHERE d.id = :providerId`,
  `${PAYMENT} WHERE i.object = :providerId`,
];

const BY_URL: readonly string[] = [
  `${WEBHOOK} WHERE w.url COLLATE "C" >= :urlFrom AND w.url COLLATE "C" < :urlBefore ORDER BY w.url COLLATE "C"`,
];

const BY_NAME: readonly string[] = [
  `SELECT 'org' AS kind, o.id::text AS id, o.name AS title, o.id AS org, o.created_at AS at FROM org o
   WHERE o.external_id = :name`,
  `SELECT 'org' AS kind, o.id::text AS id, o.name AS title, o.id AS org, o.created_at AS at FROM org o
   WHERE o.name_key >= lower(:nameFrom::text) AND o.name_key < lower(:nameBefore::text) ORDER BY o.name_key`,
  `SELECT 'user' AS kind, u.id, u.id AS title, NULL::uuid AS org, u.created_at AS at FROM wallet_user u
   WHERE u.id COLLATE "C" >= :nameFrom AND u.id COLLATE "C" < :nameBefore ORDER BY u.id COLLATE "C"`,
  `SELECT 'member' AS kind, m.user_id AS id, m.user_id || ', ' || m.role AS title, m.org, m.last_seen_at AS at
   FROM org_member m
   WHERE m.user_id COLLATE "C" >= :nameFrom AND m.user_id COLLATE "C" < :nameBefore ORDER BY m.user_id COLLATE "C"`,
];
