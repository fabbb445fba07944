/** The tables of the database, as a backup takes and loads them. */
import { inLoadingOrder } from '../../core/backup/manifest.ts';
import { listOf, listRows, textOf, truth, type Queries } from '../rows.ts';

export interface TableShape {
  readonly name: string;
  /** Without those that are computed from others. */
  readonly columns: readonly string[];
  /** Whether row-level security applies to the owner as well. */
  readonly isForced: boolean;
}

/** Quotes a name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Every table of the schema but the migrator's, each after the tables that its rows refer to. */
export async function listTables(db: Queries): Promise<TableShape[]> {
  const shapes = await listRows(
    db,
    (row) => ({
      name: textOf(row['name']),
      columns: listOf(row['columns'], textOf),
      isForced: truth(row['forced']),
      refersTo: listOf(row['refers_to'], textOf),
    }),
    `SELECT c.relname AS name, c.relforcerowsecurity AS forced,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
             ORDER BY a.attnum) AS columns,
       ARRAY(SELECT DISTINCT t.relname::text FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid
             WHERE f.conrelid = c.oid AND f.contype = 'f') AS refers_to
     FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
       AND c.relname NOT LIKE 'knex\\_%'`,
  );
  const byName = new Map(shapes.map((shape) => [shape.name, shape]));
  return inLoadingOrder(shapes).flatMap((name) => byName.get(name) ?? []);
}
