/** The treasury API over HTTP with keys, validation, authorisation and idempotency on, against a bare echo server. */
import { uuidV7 } from '../src/core/ids.ts';
import { toCount } from '../src/core/integers.ts';
import { measureProcesses } from './support/http-processes.ts';
import { openHttpWorld } from './support/http-world.ts';
import { startEcho } from './support/echo.ts';
import { closedLoop, openLoop } from './support/load.ts';
import { hasPgbench, prepareTpcB, tpcB } from './support/pgbench.ts';
import { RawClient } from './support/raw-client.ts';
import { median, readSettings, report, runRounds, type Cell } from './support/rounds.ts';

const CALLERS = 64;

/** Entry point of `npm run bench -- http`. */
export async function run(options: readonly string[]): Promise<void> {
  const at = options.indexOf('--processes');
  if (at !== -1) return measureProcesses((options[at + 1] ?? '').split(',').map(toCount), options);
  const world = await openHttpWorld();
  const echo = await startEcho();
  try {
    await prepareTpcB(world.ledger);
    const { key } = await world.addOrg();
    const clients = { echo: await connections(echo.url), api: await connections(world.url) };
    const authorization = `Authorization: Bearer ${key}\r\n`;
    const cells: Cell[] = [
      { name: hasPgbench() ? 'Y1 pgbench TPC-B' : 'Y1 TPC-B through pg', run: tpcB(world.ledger) },
      { name: 'Y4 bare echo', run: async (seconds) => post(clients.echo, seconds, () => ['/', '', DEBIT_BODY]) },
      {
        name: 'debit over HTTP',
        run: async (seconds) =>
          post(clients.api, seconds, () => ['/treasury/debit', authorization + keyHeader(), DEBIT_BODY]),
      },
      { name: 'hold cycle over HTTP', run: async (seconds) => holdCycles(clients.api, seconds, authorization) },
    ];
    const settings = readSettings(options);
    const measures = await runRounds(cells, settings);
    const peak = median((measures.get('debit over HTTP') ?? []).map(({ opsPerSecond }) => opsPerSecond));
    const half = await openLoop(clients.api, { perSecond: peak / 2, seconds: settings.seconds }, async (client) => {
      await expectOk(client, '/treasury/debit', authorization + keyHeader(), DEBIT_BODY);
    });
    console.log(`open loop at half the peak (${Math.round(peak / 2)}/s): p50 ${half.p50Ms} ms, p99 ${half.p99Ms} ms`);
    report(measures, { openLoopP99Ms: half.p99Ms });
    for (const client of [...clients.echo, ...clients.api]) client.close();
  } finally {
    echo.child.disconnect();
    await world.close();
  }
}

const DEBIT_BODY = JSON.stringify({
  serviceType: 'AI_API',
  amountUsd: '0.01',
  description: 'call',
  reference: 'bench',
});
const HOLD_BODY = JSON.stringify({ serviceType: 'AI_API', amountUsd: '0.02' });
const keyHeader = (): string => `Idempotency-Key: ${uuidV7(Date.now())}\r\n`;

async function connections(url: string): Promise<RawClient[]> {
  return Promise.all(Array.from({ length: CALLERS }, async () => RawClient.open(url)));
}

async function expectOk(client: RawClient | undefined, path: string, headers: string, body: string): Promise<string> {
  const answer = await client?.post(path, headers, body);
  if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${answer?.body}`);
  return answer.body;
}

async function post(
  clients: readonly RawClient[],
  seconds: number,
  request: () => [path: string, headers: string, body: string],
): ReturnType<typeof closedLoop> {
  return closedLoop(CALLERS, seconds, async (caller) => {
    await expectOk(clients[caller], ...request());
  });
}

async function holdCycles(clients: readonly RawClient[], seconds: number, auth: string): ReturnType<typeof closedLoop> {
  return closedLoop(CALLERS, seconds, async (caller) => {
    const client = clients[caller];
    const held: unknown = JSON.parse(await expectOk(client, '/treasury/hold', auth + keyHeader(), HOLD_BODY));
    const holdId = typeof held === 'object' && held !== null && 'holdId' in held ? held.holdId : undefined;
    const part = JSON.stringify({ holdId, amountUsd: '0.01', final: false });
    await expectOk(client, '/treasury/consume-hold', auth + keyHeader(), part);
    await expectOk(client, '/treasury/release-hold', auth + keyHeader(), JSON.stringify({ holdId }));
  });
}
