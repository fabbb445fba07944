/**
 * What the TypeScript SDK costs above bare `fetch` for a debit: two orgs debit in turns of half a second, one through the SDK, the
 * other by `fetch` with the same headers and body, whose answer is read as JSON.
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
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (let nth = 0; nth < seconds / TURN_SECONDS / TURNS_EACH; nth += 1) ratios.push(await compare(bySdk, byFetch));
      console.error(`round ${round}/${rounds}: so far ${median(ratios).toFixed(3)}`);
    }
    console.log(`a debit through the SDK takes ${median(ratios).toFixed(3)} times as long as by bare fetch`);
    console.log(JSON.stringify({ sdkToFetch: median(ratios), turns: ratios.length }));
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

/** Turns in the order a, b, b, a; the time of a call of the first by that of the second. */
async function compare(first: Debit, second: Debit): Promise<number> {
  const rates = { first: 0, second: 0 };
  for (const name of ['first', 'second', 'second', 'first'] as const) {
    const { opsPerSecond } = await closedLoop(CALLERS, TURN_SECONDS, name === 'first' ? first : second);
    rates[name] += opsPerSecond;
  }
  return rates.second / rates.first;
}
