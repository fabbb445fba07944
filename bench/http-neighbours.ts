/**
 * What one caller's requests cost another one: the debits of a quiet org over HTTP, alone, and beside callers who ask for the
 * API's document, exports, pages and batches as fast as they are answered.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidV7 } from '../src/core/ids.ts';
import { openHttpWorld, type HttpWorld } from './support/http-world.ts';
import { debitOf } from './support/ledger-world.ts';
import { closedLoop } from './support/load.ts';
import { RawClient } from './support/raw-client.ts';
import { median, readSettings, report, runRounds, type Cell } from './support/rounds.ts';

/** Entries of each org that is exported and paged through. */
const ENTRIES = 20_000;
const NEIGHBOURS = 3;
const WARM_UP_MS = 500;
const DEBIT = JSON.stringify({ serviceType: 'AI_API', amountUsd: '0.01' });
const LINE = { op: 'debit', serviceType: 'AI_API', amountUsd: '0.01', idempotencyKey: 'KEY' };
const BATCH = JSON.stringify({ commands: Array.from({ length: 1_000 }, () => LINE) });

/** A request that a neighbour repeats. */
interface Load {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  readonly body?: string;
}

const LOADS: readonly Load[] = [
  { name: 'ten on /openapi.json', path: '/openapi.json', connections: 10 },
  { name: 'six exports', path: '/treasury/ledger?format=csv', connections: 6 },
  { name: 'ten on pages', path: '/treasury/ledger?limit=100', connections: 10 },
  { name: 'a batch', path: '/treasury/batch', connections: 1, body: BATCH },
];

/** Entry point of `npm run bench -- http-neighbours`. */
export async function run(options: readonly string[]): Promise<void> {
  const world = await openHttpWorld();
  try {
    const { key: quiet } = await world.addOrg();
    const busy: string[] = [];
    for (let n = 0; n < NEIGHBOURS; n += 1) busy.push(await addBusyOrg(world));
    const client = await RawClient.open(world.url);
    const debit = async (): Promise<void> => {
      const headers = `Authorization: Bearer ${quiet}\r\nIdempotency-Key: ${uuidV7(Date.now())}\r\n`;
      const answer = await client.post('/treasury/debit', headers, DEBIT);
      if (answer.status !== 200) throw new Error(`a debit: ${answer.status} ${answer.body}`);
    };
    const alone = 'a debit alone';
    const cells: Cell[] = [
      { name: alone, run: async (seconds) => closedLoop(1, seconds, debit) },
      ...LOADS.map((load) => ({
        name: `a debit beside ${load.name}`,
        run: async (seconds: number) => beside(world.url, busy, load, async () => closedLoop(1, seconds, debit)),
      })),
    ];
    const measures = await runRounds(cells, readSettings(options));
    const p50 = (name: string): number => median((measures.get(name) ?? []).map(({ p50Ms }) => p50Ms ?? 0));
    const ratios = LOADS.map(
      ({ name }) => [`${name} / alone, p50`, p50(`a debit beside ${name}`) / p50(alone)] as const,
    );
    report(measures, Object.fromEntries(ratios));
    client.close();
  } finally {
    await world.close();
  }
}

/** Makes an org with so many entries; gives a key of it. */
async function addBusyOrg(world: HttpWorld): Promise<string> {
  const { wallet, key } = await world.addOrg();
  const { writer } = world.ledger;
  for (let done = 1; done < ENTRIES; done += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, async () => writer.submit(debitOf(wallet))));
  }
  return key;
}

/** Measures while neighbours of several orgs repeat a request, all together over so many connections. */
async function beside<Result>(
  url: string,
  keys: readonly string[],
  { path, connections, body = '' }: Load,
  measure: () => Promise<Result>,
): Promise<Result> {
  const children = keys.slice(0, connections).map((key, index, chosen) => {
    const own = Math.ceil((connections - index) / chosen.length);
    const headers = JSON.stringify({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
    const method = body === '' ? 'GET' : 'POST';
    const program = join(import.meta.dirname, '..', 'bench/support/neighbour.ts');
    return fork(program, [url + path, String(own), method, headers, body], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  });
  try {
    await sleep(WARM_UP_MS);
    return await measure();
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await sleep(WARM_UP_MS);
  }
}
