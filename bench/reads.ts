/**
 * What reads of one wallet cost in pages of PostgreSQL and in time, at several lengths of its history: `npm run bench -- reads
 * [--sizes 10000,1000000] [--hold] [--pages]`. With `--hold` it fails for a read that grows with the history. What reads a whole
 * wallet (an export, the proof) is timed beside fetching the same rows; `--pages` leaves that out.
 */
import { toCount } from '../src/core/integers.ts';
import { openDatabase, openOrgDatabases } from '../src/db/database.ts';
import { keepAllSums } from '../src/jobs/sums.ts';
import { openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import {
  beginHistory,
  growDeposits,
  growHistory,
  isHeld,
  pagesOf,
  plantOrgs,
  READS,
  type History,
} from './support/read-costs.ts';
import { median } from './support/rounds.ts';
import { timeWhole, WHOLE_READS, type WholeRead } from './support/whole-reads.ts';

const SIZES = '10000,1000000';
const TIMED = 15;
const SUMMED_IN_A_ROUND = 2_000_000;

interface Cost {
  readonly pages: number;
  readonly ms: number;
}

/** Entry point of `npm run bench -- reads`. */
export async function run(options: readonly string[]): Promise<void> {
  const at = options.indexOf('--sizes');
  const sizes = (at === -1 ? SIZES : (options[at + 1] ?? '')).split(',').map((size) => toCount(size));
  const world = await openLedgerWorld();
  const db = openDatabase(world.url);
  const orgs = openOrgDatabases(world.url);
  const costs = new Map<string, Cost[]>(READS.map(({ name }) => [name, []]));
  const whole = new Map<string, WholeRead[]>(Object.keys(WHOLE_READS).map((name) => [name, []]));
  try {
    const [wallet = ''] = await world.addWallets(1);
    await beginHistory(world.writer, wallet);
    const org = await ownerOf(world.client, wallet);
    await plantOrgs(world.client, org);
    // The wallet's funds, and what a history begins with.
    let entries = 4;
    let deposited = 0;
    for (const size of sizes) {
      await growHistory(world.writer, wallet, entries, size);
      entries = size;
      await growDeposits(world.client, { org, wallet, from: deposited, upTo: size });
      deposited = size;
      console.error(`${size} entries are there`);
      // What was written goes to the disk now, and not while something is measured.
      await world.checkpoint();
      // One round keeps the sums of so many entries of a wallet at most.
      for (let summed = 0; summed <= size; summed += SUMMED_IN_A_ROUND) await keepAllSums(db);
      console.error(`${size} entries are summed`);
      await world.client.query('VACUUM ANALYZE');
      const history = { org, wallet, entries, middle: await timeOf(world.client, wallet, Math.floor(entries / 2)) };
      for (const one of READS) costs.get(one.name)?.push(await measure(history, one));
      if (!options.includes('--pages')) {
        for (const [name, all] of whole) all.push(await timeWhole(name, db, history));
      }
      console.error(`${size} entries are read`);
    }
  } finally {
    await db.destroy();
    await orgs.destroy();
    await world.close();
  }
  print(sizes, costs);
  if (!options.includes('--pages')) printWhole(sizes, whole);
  const grown = READS.filter((one) => {
    const pages = (costs.get(one.name) ?? []).map((cost) => cost.pages);
    return pages.some((long, index) => index > 0 && !isHeld(one, pages[index - 1] ?? 0, long));
  });
  if (options.includes('--hold') && grown.length > 0) {
    throw new Error(`these reads grow with the history: ${grown.map(({ name }) => name).join(', ')}`);
  }

  async function measure(history: History, { read, ofOrg }: (typeof READS)[number]): Promise<Cost> {
    const view = ofOrg === true ? orgs.of(history.org) : db;
    await read(view, history);
    const pages = await pagesOf(view, async (counted) => read(counted, history));
    const times: number[] = [];
    for (let time = 0; time < TIMED; time += 1) {
      const from = performance.now();
      await read(view, history);
      times.push(performance.now() - from);
    }
    return { pages, ms: median(times) };
  }
}

async function ownerOf(client: LedgerWorld['client'], wallet: string): Promise<string> {
  const { rows } = await client.query<{ owner: string }>('SELECT owner FROM wallet WHERE id = $1', [wallet]);
  return rows[0]?.owner ?? '';
}

async function timeOf(client: LedgerWorld['client'], wallet: string, seq: number): Promise<Date> {
  const select = 'SELECT at FROM entry WHERE wallet = $1 AND seq = $2';
  const { rows } = await client.query<{ at: Date }>(select, [wallet, seq]);
  if (!rows[0]) throw new Error(`there is no entry ${seq}`);
  return rows[0].at;
}

function print(sizes: readonly number[], costs: ReadonlyMap<string, readonly Cost[]>): void {
  const key = costs.get(READS[0]?.name ?? '') ?? [];
  console.log(
    `| read | ${sizes.map((size) => `pages, ms at ${size}`).join(' | ')} | pages, last by first | ms by key |`,
  );
  console.log(`| --- | ${sizes.map(() => '---').join(' | ')} | --- | --- |`);
  const ratios: Record<string, number> = {};
  for (const [name, all] of costs) {
    const [first, last] = [all[0], all.at(-1)];
    const growth = (last?.pages ?? 0) / (first?.pages ?? 1);
    ratios[name] = growth;
    const shown = all.map(({ pages, ms }) => `${pages}, ${ms.toFixed(2)}`).join(' | ');
    console.log(
      `| ${name} | ${shown} | ${growth.toFixed(2)} | ${((last?.ms ?? 0) / (key.at(-1)?.ms ?? 1)).toFixed(1)} |`,
    );
  }
  console.log(JSON.stringify({ sizes, pagesLastByFirst: ratios }));
}

function printWhole(sizes: readonly number[], whole: ReadonlyMap<string, readonly WholeRead[]>): void {
  console.log(`| all of a wallet | ${sizes.map((size) => `s, MB grown, entries/s of ${size}`).join(' | ')} |`);
  console.log(`| --- | ${sizes.map(() => '---').join(' | ')} |`);
  for (const [name, all] of whole) {
    const shown = all.map(({ seconds, grownMb }, at) => {
      const rate = Math.round((sizes[at] ?? 0) / seconds);
      return `${seconds.toFixed(1)}, ${grownMb.toFixed(0)}, ${rate}`;
    });
    console.log(`| ${name} | ${shown.join(' | ')} |`);
  }
}
