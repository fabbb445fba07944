/**
 * What the TypeScript SDK costs above bare `fetch` for a debit: two orgs debit in turns of half a second, one through the SDK, the
 * other by `fetch` with the same headers and body, whose answer is read as JSON. The CPU is that of this process alone, per call.
 */
import { uuidV7 } from '../src/core/ids.ts';
import { Coffer } from '../sdk/typescript/src/index.ts';
import { openHttpWorld } from './support/http-world.ts';
import { closedLoop } from './support/load.ts';
import { median, readSettings } from './support/rounds.ts';

const CALLERS = 8;
const TURN_SECONDS = 0.5;
const TURNS_EACH = 4;
const BODY = { serviceType: 'AI_API', amountUsd: '0.01', reference: 'bench' } as const;

type Debit = () => Promise<void>;

/** Entry point of `npm run bench -- sdk`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 5, seconds: 8 });
  const world = await openHttpWorld();
  try {
    const [one, other] = [await world.addOrg(), await world.addOrg()];
    const coffer = new Coffer({ baseUrl: world.url, key: one.key });
    const bySdk: Debit = async () => {
      await coffer.createDebit(BODY);
    };
    const byFetch: Debit = async () => debit(world.url, other.key);
    // Warms both up.
    await compare(bySdk, byFetch);
    const turns: Turn[] = [];
    const ratio = (): number => median(turns.map(({ rates }) => rates.fetch / rates.sdk));
    for (let round = 1; round <= rounds; round += 1) {
      for (let nth = 0; nth < seconds / TURN_SECONDS / TURNS_EACH; nth += 1) turns.push(await compare(bySdk, byFetch));
      console.error(`round ${round}/${rounds}: so far ${ratio().toFixed(3)}`);
    }
    const [sdk, bare] = (['sdk', 'fetch'] as const).map((name) =>
      Math.round(median(turns.map(({ cpu }) => cpu[name]))),
    );
    console.log(`a debit through the SDK takes ${ratio().toFixed(3)} times as long as by bare fetch`);
    console.log(`it takes ${sdk} us of the client's CPU, by bare fetch ${bare} us`);
    console.log(JSON.stringify({ sdkToFetch: ratio(), sdkCpuMicros: sdk, fetchCpuMicros: bare, turns: turns.length }));
  } finally {
    await world.close();
  }
}

async function debit(url: string, key: string): Promise<void> {
  const response = await fetch(`${url}/treasury/debit`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': uuidV7(Date.now()),
    },
    body: JSON.stringify(BODY),
  });
  const answer: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
}

/** Calls a second and microseconds of CPU a call, by how the calls are made. */
interface Turn {
  readonly rates: Readonly<Record<'sdk' | 'fetch', number>>;
  readonly cpu: Readonly<Record<'sdk' | 'fetch', number>>;
}

/** Turns in the order a, b, b, a, so that a drift of the machine meets both alike. */
async function compare(bySdk: Debit, byFetch: Debit): Promise<Turn> {
  const rates = { sdk: 0, fetch: 0 };
  const cpu = { sdk: 0, fetch: 0 };
  for (const name of ['sdk', 'fetch', 'fetch', 'sdk'] as const) {
    const { opsPerSecond, cpuMicrosPerOp = 0 } = await closedLoop(
      CALLERS,
      TURN_SECONDS,
      name === 'sdk' ? bySdk : byFetch,
    );
    rates[name] += opsPerSecond / 2;
    cpu[name] += cpuMicrosPerOp / 2;
  }
  return { rates, cpu };
}
