/** Accounts at payment providers: the keys of orgs' own (sealed), what each account lacks, and how far it was swept. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import {
  changeRows,
  count,
  findRow,
  listOf,
  listRows,
  namedTexts,
  oneOf,
  orNull,
  textOf,
  timeMsOf,
  timeOf,
  type Row,
} from '../rows.ts';

const MODES = ['live', 'test'] as const;

export interface StoredAccount {
  readonly name: AccountName;
  readonly org: string | null;
  /** Sealed; null for the platform's, whose key is in a file, and where none is set. */
  readonly secret: string | null;
  readonly secretLast4: string | null;
  /** Sealed. */
  readonly webhookSecrets: readonly string[];
  readonly mode: PaymentMode | null;
  /** What its calls are refused for, by what they are for: `key`, or a permission of the key. */
  readonly lacks: Readonly<Record<string, string>>;
  readonly sweptToMs: number | null;
  readonly sweptAt: Date | null;
  /** Events since then may be missing: they were older than the provider lists. */
  readonly gapFrom: Date | null;
  /** How many of its events were deleted before their time, because more came than are kept. */
  readonly eventsDropped: number;
}

const COLUMNS = `name, org, secret, secret_last4, webhook_secrets, mode, lacks, swept_to, swept_at, gap_from,
  coalesce(events_dropped, 0) AS events_dropped`;

function accountOf(row: Row): StoredAccount {
  return {
    name: textOf(row['name']),
    org: orNull(row['org'], textOf),
    secret: orNull(row['secret'], textOf),
    secretLast4: orNull(row['secret_last4'], textOf),
    webhookSecrets: listOf(row['webhook_secrets'], textOf),
    mode: orNull(row['mode'], (mode) => oneOf(MODES, mode)),
    lacks: namedTexts(row['lacks']),
    sweptToMs: orNull(row['swept_to'], timeMsOf),
    sweptAt: orNull(row['swept_at'], timeOf),
    gapFrom: orNull(row['gap_from'], timeOf),
    eventsDropped: count(row['events_dropped']),
  };
}

export async function findAccount(db: Database, name: AccountName): Promise<StoredAccount | undefined> {
  return findRow(db, accountOf, `SELECT ${COLUMNS} FROM payment_account WHERE name = ?`, [name]);
}

/** Those of these accounts that are stored. */
export async function findAccounts(db: Database, names: readonly AccountName[]): Promise<StoredAccount[]> {
  return listRows(db, accountOf, `SELECT ${COLUMNS} FROM payment_account WHERE name = ANY(?::text[])`, [[...names]]);
}

/** All accounts that are stored, the platform's included once it was used. */
export async function listAccounts(db: Database): Promise<StoredAccount[]> {
  return listRows(db, accountOf, `SELECT ${COLUMNS} FROM payment_account ORDER BY name`);
}

/** New secrets of an org's own account, sealed; a part that is undefined keeps what is stored. */
export interface AccountSecrets {
  /** Null members remove the key. */
  readonly key?: Pick<StoredAccount, 'secret' | 'secretLast4' | 'mode'> | undefined;
  readonly webhookSecrets?: readonly string[] | undefined;
}

/** Stores secrets of an org's own account. What the account lacked is unknown under another key. */
export async function storeOrgAccount(
  db: Database,
  { name, org, at }: { readonly name: AccountName; readonly org: string; readonly at: Date },
  { key, webhookSecrets }: AccountSecrets,
): Promise<void> {
  await db.raw(
    `INSERT INTO payment_account AS a (name, org, secret, secret_last4, mode, webhook_secrets, updated_at)
     VALUES (:name, :org, :secret, :secretLast4, :mode, coalesce(:hooks::text[], '{}'), :at)
     ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at,
       secret = CASE WHEN :rekey THEN excluded.secret ELSE a.secret END,
       secret_last4 = CASE WHEN :rekey THEN excluded.secret_last4 ELSE a.secret_last4 END,
       mode = CASE WHEN :rekey THEN excluded.mode ELSE a.mode END,
       lacks = CASE WHEN :rekey THEN '{}' ELSE a.lacks END,
       webhook_secrets = coalesce(:hooks::text[], a.webhook_secrets)`,
    {
      name,
      org,
      at,
      secret: key?.secret ?? null,
      secretLast4: key?.secretLast4 ?? null,
      mode: key?.mode ?? null,
      rekey: key !== undefined,
      hooks: webhookSecrets === undefined ? null : [...webhookSecrets],
    },
  );
}

/** A kind of call to an account, such as `sweep` or `refund`, and when it was made. */
interface CallNote {
  readonly name: AccountName;
  readonly what: string;
  readonly at: Date;
}

/** Notes what an account lacks for a kind of call. Writes only if that is new. @returns whether it was */
export async function noteLack(
  db: Database,
  { name, org, what, lacks, at }: CallNote & { readonly org: string | null; readonly lacks: string },
): Promise<boolean> {
  const changed = await changeRows(
    db,
    `INSERT INTO payment_account AS a (name, org, lacks, updated_at)
     VALUES (:name, :org, jsonb_build_object(:what::text, :lacks::text), :at)
     ON CONFLICT (name) DO UPDATE SET lacks = a.lacks || excluded.lacks, updated_at = excluded.updated_at
     WHERE a.lacks->>:what IS DISTINCT FROM :lacks`,
    { name, org, what, lacks, at },
  );
  return changed > 0;
}

/** Notes that a kind of call succeeds: nothing is lacking for it any more. */
export async function noteNoLack(db: Database, { name, what, at }: CallNote): Promise<void> {
  await db.raw(
    `UPDATE payment_account SET lacks = lacks - :what::text, updated_at = :at
     WHERE name = :name AND jsonb_exists(lacks, :what)`,
    { name, what, at },
  );
}

/** Up to when the events of an account are read. The first call sets it to `startMs`. */
export async function openSweep(
  db: Database,
  {
    name,
    org,
    startMs,
    at,
  }: { readonly name: AccountName; readonly org: string | null; readonly startMs: number; readonly at: Date },
): Promise<number> {
  await db.raw(
    `INSERT INTO payment_account AS a (name, org, swept_to, updated_at) VALUES (:name, :org, :start, :at)
     ON CONFLICT (name) DO UPDATE SET swept_to = excluded.swept_to WHERE a.swept_to IS NULL`,
    { name, org, start: new Date(startMs), at },
  );
  const account = await findAccount(db, name);
  return account?.sweptToMs ?? startMs;
}

/** Moves the position forward, never back. @param move.gapFromMs events from there on may be missing */
export async function moveSweep(
  trx: DatabaseTransaction,
  move: {
    readonly name: AccountName;
    readonly toMs: number;
    readonly at: Date;
    readonly gapFromMs: number | undefined;
  },
): Promise<void> {
  await trx.raw(
    `UPDATE payment_account SET swept_to = greatest(swept_to, :to::timestamptz), swept_at = :at,
       gap_from = coalesce(gap_from, :gapFrom::timestamptz) WHERE name = :name`,
    {
      name: move.name,
      to: new Date(move.toMs),
      at: move.at,
      gapFrom: move.gapFromMs === undefined ? null : new Date(move.gapFromMs),
    },
  );
}

/** Replaces the sealed secrets of an account with newly sealed ones; false when they have changed since they were read. */
export async function replaceAccountSecrets(
  db: Database,
  before: Pick<StoredAccount, 'name' | 'secret' | 'webhookSecrets'>,
  after: Pick<StoredAccount, 'secret' | 'webhookSecrets'>,
): Promise<boolean> {
  const replaced = await changeRows(
    db,
    `UPDATE payment_account SET secret = ?, webhook_secrets = ?::text[]
     WHERE name = ? AND secret IS NOT DISTINCT FROM ? AND webhook_secrets = ?::text[]`,
    [after.secret, [...after.webhookSecrets], before.name, before.secret, [...before.webhookSecrets]],
  );
  return replaced > 0;
}
