/** Reads of everything that a wallet has: an export, a proof, and what fetching the same rows costs that nobody looks at. */
import { writeCsv } from '../../src/http/money/ledger-csv.ts';
import type { Database } from '../../src/db/database.ts';
import { ENTRY_COLUMNS } from '../../src/db/ledger/entry-columns.ts';
import { SEQ_END } from '../../src/db/ledger/entries.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { viewOfEntry } from '../../src/views/entry.ts';
import type { History } from './read-costs.ts';

/** As many as the proof reads at once. */
const FETCHED = 5_000;
/** After how many steps memory is looked at. */
const LOOK_EVERY = 100;
const MB = 1_000_000;

/** What a read of so many entries took, and by how much the process grew meanwhile, at its highest. */
export interface WholeRead {
  readonly seconds: number;
  readonly grownMb: number;
}

type Step = () => void;

/** The reads. The first is the bare scan, beside which the others are seen. */
export const WHOLE_READS: Readonly<Record<string, (db: Database, history: History, step: Step) => Promise<unknown>>> = {
  'fetching every row, no more': async (db, { wallet }, step) => {
    const select = `SELECT ${ENTRY_COLUMNS} FROM entry e WHERE e.wallet = ? AND e.seq > ? ORDER BY e.seq LIMIT ${FETCHED}`;
    for (let after = 0, more = true; more; after += FETCHED) {
      const { rows } = (await db.raw(select, [wallet, after])) as { rows: unknown[] };
      more = rows.length === FETCHED;
      step();
    }
  },
  'CSV of the wallet': async (db, { wallet }, step) => {
    const pieces = writeCsv(db, { wallet, fromSeq: 1, beforeSeq: SEQ_END }, async (entries) =>
      Promise.resolve(entries.map((entry) => viewOfEntry(entry, undefined))),
    );
    for await (const piece of pieces) if (piece !== '') step();
  },
  '`ledger verify`': async (db, _history, step) => {
    const { faults } = await verifyLedger(db, { onProgress: step });
    if (faults.length > 0) throw new Error(`the ledger has faults: ${JSON.stringify(faults[0])}`);
  },
};

/** Times one of them. */
export async function timeWhole(name: string, db: Database, history: History): Promise<WholeRead> {
  const read = WHOLE_READS[name];
  if (read === undefined) throw new Error(`there is no read ${name}`);
  const before = process.memoryUsage.rss();
  let highest = before;
  let steps = 0;
  const look = (): void => {
    highest = Math.max(highest, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 20);
  const from = performance.now();
  await read(db, history, () => {
    steps += 1;
    if (steps % LOOK_EVERY === 0) look();
  });
  clearInterval(timer);
  return { seconds: (performance.now() - from) / 1_000, grownMb: (highest - before) / MB };
}
