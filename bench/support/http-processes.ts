/**
 * What several processes of the API cost and bring: debits on one wallet and on many through one process and through several, on the
 * same database in the same run, with the CPU of each role counted apart from that of the load.
 */
import { uuidV7 } from '../../src/core/ids.ts';
import { childrenOf, postgresCpu, processesCpu, usedBetween } from './cpu.ts';
import { startEcho } from './echo.ts';
import { openHttpWorld, type HttpWorld } from './http-world.ts';
import { closedLoop } from './load.ts';
import { RawClient } from './raw-client.ts';
import { median, readSettings, report, runRounds, type Cell, type Measure } from './rounds.ts';

const CALLERS = 64;
const WALLETS = 16;
const DEBIT_BODY = JSON.stringify({
  serviceType: 'AI_API',
  amountUsd: '0.01',
  description: 'call',
  reference: 'bench',
});

/** Microseconds of CPU for each debit, by who used them. */
type Cpu = Readonly<Record<'writer' | 'fronts' | 'database' | 'load', number>>;

interface Served {
  readonly name: string;
  readonly pid: number;
  readonly clients: readonly RawClient[];
}

/** Entry point of `npm run bench -- http --processes 1,2`. */
export async function measureProcesses(counts: readonly number[], options: readonly string[]): Promise<void> {
  const [first = 1, ...others] = counts;
  const world = await openHttpWorld({ COFFER_API_PROCESSES: String(first) });
  const echo = await startEcho();
  const stops: (() => Promise<void>)[] = [];
  try {
    const hot = await world.addOrg();
    const orgs: { readonly key: string }[] = [];
    for (let made = 0; made < WALLETS; made += 1) orgs.push(await world.addOrg());
    const served: Served[] = [{ name: nameOf(first), pid: world.pid, clients: await connections(world.url) }];
    for (const count of others) {
      const service = await world.startAnother({ COFFER_API_PROCESSES: String(count) });
      stops.push(async () => service.stop());
      served.push({ name: nameOf(count), pid: service.pid, clients: await connections(service.url) });
    }
    const cpu = new Map<string, Cpu[]>();
    const echoClients = await connections(echo.url);
    const cells: Cell[] = [
      {
        name: 'Y4 bare echo',
        run: async (seconds) => {
          const pid = echo.child.pid ?? 0;
          const before = processesCpu([pid]);
          const measure = await closedLoop(CALLERS, seconds, async (caller) => ask(echoClients[caller], '/', ''));
          const used = usedBetween(before, processesCpu([pid])) / measure.operations;
          cpu.set('echo', [
            ...(cpu.get('echo') ?? []),
            { writer: used, fronts: 0, database: 0, load: measure.cpuMicrosPerOp ?? 0 },
          ]);
          return measure;
        },
      },
      ...served.flatMap((one) => [
        cellOf(`one hot wallet, ${one.name}`, world, one, () => hot.key, cpu),
        cellOf(`16 wallets, ${one.name}`, world, one, (caller) => orgs[caller % WALLETS]?.key ?? '', cpu),
      ]),
    ];
    report(await runRounds(cells, readSettings(options)));
    console.table(
      Object.fromEntries(
        [...cpu].map(([name, all]) => [
          name,
          Object.fromEntries(
            (['writer', 'fronts', 'database', 'load'] as const).map((role) => [
              `${role} us`,
              Math.round(median(all.map((one) => one[role]))),
            ]),
          ),
        ]),
      ),
    );
    for (const { clients } of served) for (const client of clients) client.close();
    for (const client of echoClients) client.close();
  } finally {
    for (const stop of stops) await stop();
    echo.child.disconnect();
    await world.close();
  }
}

const nameOf = (count: number): string => (count === 1 ? '1 process' : `${count} processes`);

/** Debits through one service. Throws where one is refused: no number of processes may refuse what one process takes. */
function cellOf(
  name: string,
  world: HttpWorld,
  { pid, clients }: Served,
  keyOf: (caller: number) => string,
  cpu: Map<string, Cpu[]>,
): Cell {
  return {
    name,
    run: async (seconds): Promise<Measure> => {
      // The process that fills the event logs serves no caller.
      const fronts = childrenOf(pid).filter(({ command }) => command.includes('--roles=api'));
      const read = async (): Promise<Map<number, number>[]> => [
        processesCpu([pid]),
        processesCpu(fronts.map((front) => front.pid)),
        await postgresCpu(world.ledger.client),
      ];
      const before = await read();
      const measure = await closedLoop(CALLERS, seconds, async (caller) =>
        ask(
          clients[caller],
          '/treasury/debit',
          `Authorization: Bearer ${keyOf(caller)}\r\nIdempotency-Key: ${uuidV7(Date.now())}\r\n`,
        ),
      );
      const after = await read();
      const [writer = 0, front = 0, database = 0] = before.map(
        (used, at) => usedBetween(used, after[at] ?? new Map<number, number>()) / measure.operations,
      );
      const sum = { writer, fronts: front, database, load: measure.cpuMicrosPerOp ?? 0 };
      cpu.set(name, [...(cpu.get(name) ?? []), sum]);
      return measure;
    },
  };
}

async function connections(url: string): Promise<RawClient[]> {
  return Promise.all(Array.from({ length: CALLERS }, async () => RawClient.open(url)));
}

async function ask(client: RawClient | undefined, path: string, headers: string): Promise<void> {
  const answer = await client?.post(path, headers, DEBIT_BODY);
  if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${answer?.body}`);
}
