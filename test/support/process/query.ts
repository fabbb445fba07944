/** SQL statements that tests run. */
import { rowsOf, type Bindings, type Queries } from '../../../src/db/rows.ts';

/** The rows of a statement, in the shape that the test names; only the test's own expectations check it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test names the shape, and no argument can.
export async function queryRows<Row>(db: Queries, sql: string, bindings: Bindings = []): Promise<{ rows: Row[] }> {
  return { rows: rowsOf(await db.raw(sql, bindings)) as readonly unknown[] as Row[] };
}
