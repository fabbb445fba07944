/** Time, CPU, bytes and WAL of a debit on an empty ledger and after millions of entries, compared with pgbench. */
import { toCount } from '../src/core/integers.ts';
import { postgresCpu, usedBetween } from './support/cpu.ts';
import { debitOf, openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import { closedLoop } from './support/load.ts';
import { hasPgbench, prepareTpcB, tpcB } from './support/pgbench.ts';
import { median, readSettings, report, runRounds, type Cell, type Measure } from './support/rounds.ts';

const CALLERS = 256;
const WALLETS = 10_000;
const ENTRIES_DEFAULT = 10_000_000;
const FILL_BATCH = 1_000;
const FILL_BATCHES_IN_FLIGHT = 4;
const SIZED_ENTRIES = 200_000;
const PROGRESS_EVERY = 500_000;

/** Entry point of `npm run bench -- growth [--entries 10000000]`. */
export async function run(options: readonly string[]): Promise<void> {
  const at = options.indexOf('--entries');
  const entries = at === -1 ? ENTRIES_DEFAULT : toCount(options[at + 1] ?? '');
  const settings = readSettings(options, { rounds: 5, seconds: 5 });
  const world = await openLedgerWorld();
  try {
    await prepareTpcB(world);
    const [hot] = await world.addWallets(1);
    if (hot === undefined) throw new Error('no wallet');
    const wallets = await world.addWallets(WALLETS);
    const any = (): string => wallets[Math.floor(Math.random() * wallets.length)] ?? hot;
    const cells = (when: string): Cell[] => [
      debits(world, `${when}: hot`, () => hot),
      debits(world, `${when}: 10,000 wallets`, any),
    ];
    const yardstick = { name: hasPgbench() ? 'Y1 pgbench TPC-B' : 'Y1 TPC-B through pg', run: tpcB(world) };
    const early = await runRounds([yardstick, ...cells('empty')], settings);
    const small = { hot: await costs(world, () => hot), spread: await costs(world, any) };
    await fill(world, any, entries);
    const full = `${entries} entries`;
    const late = await runRounds([yardstick, ...cells(full)], settings);
    const large = { hot: await costs(world, () => hot), spread: await costs(world, any) };
    const rows = Object.entries({
      'empty: hot': small.hot,
      'empty: 10,000 wallets': small.spread,
      [`${full}: hot`]: large.hot,
      [`${full}: 10,000 wallets`]: large.spread,
    });
    console.table(rows.map(([load, cost]) => ({ load, ...cost })));
    const of = (load: string): number => relative(load.startsWith('empty') ? early : late, load, yardstick.name);
    const kept = {
      hot: of(`${full}: hot`) / of('empty: hot'),
      spread: of(`${full}: 10,000 wallets`) / of('empty: 10,000 wallets'),
    };
    console.log('speed kept, each side beside its own yardstick:', kept);
    report(new Map([...early, ...late]), { kept, small, large });
  } finally {
    await world.close();
  }
}

function relative(measures: ReadonlyMap<string, readonly Measure[]>, name: string, yardstick: string): number {
  const rate = (of: string): number => median((measures.get(of) ?? []).map(({ opsPerSecond }) => opsPerSecond));
  return rate(name) / rate(yardstick);
}

function debits(world: LedgerWorld, name: string, pick: () => string): Cell {
  return {
    name,
    run: async (seconds) => {
      await world.checkpoint();
      return closedLoop(CALLERS, seconds, async () => {
        await world.writer.submit(debitOf(pick()));
      });
    },
  };
}

async function write(world: LedgerWorld, pick: () => string, count: number): Promise<void> {
  let left = count;
  const loop = async (): Promise<void> => {
    while (left > 0) {
      const size = Math.min(FILL_BATCH, left);
      left -= size;
      await Promise.all(Array.from({ length: size }, async () => world.writer.submit(debitOf(pick()))));
    }
  };
  await Promise.all(Array.from({ length: FILL_BATCHES_IN_FLIGHT }, loop));
}

async function fill(world: LedgerWorld, pick: () => string, entries: number): Promise<void> {
  for (let done = await countEntries(world); done < entries; done += PROGRESS_EVERY) {
    await write(world, pick, Math.min(PROGRESS_EVERY, entries - done));
    console.error(`filling: ${Math.min(entries, done + PROGRESS_EVERY)} of ${entries} entries`);
  }
  await world.client.query('ANALYZE entry');
}

async function countEntries(world: LedgerWorld): Promise<number> {
  const { rows } = await world.client.query<{ n: string }>('SELECT count(*) AS n FROM entry');
  return toCount(rows[0]?.n ?? '0');
}

interface Costs {
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly walBytes: number;
  /** CPU seconds of Node and PostgreSQL together for a million debits. */
  readonly cpuSecondsPerMillion: number;
}

/** What each of SIZED_ENTRIES more debits adds and uses. */
async function costs(world: LedgerWorld, pick: () => string): Promise<Costs> {
  await world.checkpoint();
  const [sizesBefore, cpuBefore, ownBefore] = [await sizes(world), await postgresCpu(world.client), process.cpuUsage()];
  await write(world, pick, SIZED_ENTRIES);
  const own = process.cpuUsage(ownBefore);
  const server = usedBetween(cpuBefore, await postgresCpu(world.client));
  const after = await sizes(world);
  const each = (key: keyof typeof after): number => Math.round((after[key] - sizesBefore[key]) / SIZED_ENTRIES);
  return {
    tableBytes: each('table'),
    indexBytes: each('indexes'),
    walBytes: each('wal'),
    cpuSecondsPerMillion: Math.round(((own.user + own.system + server) / SIZED_ENTRIES) * 10) / 10,
  };
}

async function sizes(world: LedgerWorld): Promise<{ table: number; indexes: number; wal: number }> {
  const { rows } = await world.client.query<{ table: number; indexes: number; wal: number }>(
    `SELECT pg_relation_size('entry')::float8 AS "table", pg_indexes_size('entry')::float8 AS indexes,
       (pg_current_wal_lsn() - '0/0')::float8 AS wal`,
  );
  return rows[0] ?? { table: 0, indexes: 0, wal: 0 };
}
