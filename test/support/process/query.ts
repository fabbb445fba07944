/** Statements of tests. */
import { rowsOf, type Bindings, type Queries } from '../../../src/db/rows.ts';

/** What a statement answers, in the shape that the test names: nothing checks it but the test's own expectations. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test names the shape, and no argument can.
export async function queryRows<Row>(db: Queries, sql: string, bindings: Bindings = []): Promise<{ rows: Row[] }> {
  return { rows: rowsOf(await db.raw(sql, bindings)) as readonly unknown[] as Row[] };
}
