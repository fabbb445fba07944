/** The guards of the ledger's tables on the servers that have their rows, where the ledger is spread. */
import { listDistributed } from '../../engine.ts';
import { listRows, textOf, type Queries } from '../../rows.ts';

const TRIGGER = (name: string): string =>
  `EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '%1$s'::regclass AND tgname LIKE '${name}%%' AND tgenabled IN ('O', 'A'))`;

/** What each part of a table has to have, as a condition on the part's name `%1$s`. */
const GUARDS: Readonly<Record<string, string>> = {
  entry: `${TRIGGER('entry_append_only')}
    AND EXISTS (SELECT FROM pg_index WHERE indrelid = '%1$s'::regclass AND indisprimary AND indisvalid)
    AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = '%1$s'::regclass AND contype = 'u' AND convalidated)
    AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = '%1$s'::regclass AND contype = 'c' AND convalidated
      AND pg_get_constraintdef(oid) LIKE '%%available >= 0%%CLAWBACK%%GRANT_REVERSAL%%')`,
  lot: TRIGGER('lot_append_only'),
};

/**
 * Parts of tables that lack a guard, or could not be asked, each with its server. The coordinator's own tables, which
 * have no rows there, say nothing of them. None on a plain PostgreSQL.
 */
export async function listUnguardedParts(db: Queries): Promise<string[]> {
  const spread = await listDistributed(db);
  const found: string[] = [];
  for (const [table, guarded] of Object.entries(GUARDS)) {
    if (!spread.has(table)) continue;
    const parts = await listRows(
      db,
      (row) => textOf(row['part']),
      `SELECT :table || '_' || r.shardid || ' on ' || s.nodename || ':' || s.nodeport AS part
       FROM run_command_on_shards(:table::regclass, :asked) r JOIN citus_shards s ON s.shardid = r.shardid
       WHERE NOT r.success OR r.result <> 't'`,
      { table, asked: `SELECT ${guarded}` },
    );
    found.push(...parts.map((part) => `the guards of ${part}`));
  }
  return found;
}
