/** Two API processes behind a switch, restarted in turn while clients spend. */
import { once } from 'node:events';
import { connect as connectTo, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { startTestApi, type SpawnedApi, type TestApi } from '../support/http/api.ts';
import { auditWallet, connect } from '../support/ledger/wallets.ts';

const CLIENTS = 8;
const ROUNDS = 2;
const TRIES_MAX = 40;
/** What a load balancer is given to notice before a process is told to stop. */
const DRAIN_MS = 200;

/** Passes connections to the first of the places; what is there stays where it is. */
class Switch {
  places: string[] = [];
  private readonly server: Server;
  private readonly open = new Set<Socket>();
  private next = 0;

  constructor() {
    this.server = createServer((client) => {
      const place = this.places[(this.next += 1) % this.places.length];
      if (place === undefined) return client.destroy();
      const upstream = connectTo({ port: toCount(new URL(place).port), host: '127.0.0.1' });
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        this.open.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.open.delete(from);
          to.end();
        });
        from.pipe(to);
      }
      return client;
    });
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.server.close();
    for (const socket of this.open) socket.destroy();
  }
}

let api: TestApi;
const balancer = new Switch();
const running: SpawnedApi[] = [];
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  balancer.close();
  for (const one of running) await one.stop();
  await api.stop();
});

interface Acknowledged {
  readonly key: string;
  readonly entryId: string;
}

it('a rolling restart under load: none answered wrongly, none lost after acknowledgement, none done twice', async () => {
  const customers = await Promise.all(Array.from({ length: 3 }, async () => api.createCustomer(1_000n)));
  running.push(await api.spawn(), await api.spawn());
  balancer.places = running.map(({ url }) => url);
  const url = await balancer.listen();
  const acknowledged: (Acknowledged & { readonly wallet: string })[] = [];
  const wrong: string[] = [];
  const over = new AbortController();
  let cut = 0;

  /** One debit under one key, until it is acknowledged: as a client of ours does it. */
  const spend = async (client: number, turn: number): Promise<void> => {
    const customer = customers[client % customers.length];
    if (!customer) throw new Error('no customer');
    const key = `client-${client}-${turn}`;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      let response: Response;
      let json: Record<string, unknown>;
      try {
        response = await fetch(`${url}/treasury/debit`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${customer.key}`,
            'idempotency-key': key,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ serviceType: 'AI_API', amountUsd: '0.01', reference: key }),
          signal: AbortSignal.timeout(15_000),
        });
        json = { ...((await response.json()) as object) };
      } catch {
        // The line was cut: the outcome is unknown, and the same key tells.
        cut += 1;
        await sleep(50);
        continue;
      }
      if (response.status === 503) {
        await sleep(50);
        continue;
      }
      if (response.status !== 200 || json['amountUsd'] !== '0.01')
        wrong.push(`${response.status} ${JSON.stringify(json)}`);
      acknowledged.push({ key, entryId: String(json['entryId']), wallet: customer.wallet });
      return;
    }
    wrong.push(`${key} was never answered`);
  };
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let turn = 0; !over.signal.aborted; turn += 1) await spend(client, turn);
  });

  for (let round = 0; round < ROUNDS * 2; round += 1) {
    await sleep(500);
    const old = running.shift();
    const [other] = running;
    if (!old || !other) throw new Error('two processes were expected');
    balancer.places = [other.url];
    await sleep(DRAIN_MS);
    const { code, signal } = await old.stop();
    expect([code, signal]).toEqual([0, null]);
    running.push(await api.spawn());
    balancer.places = running.map((one) => one.url);
  }
  await sleep(500);
  over.abort();
  await Promise.all(clients);

  expect(wrong).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(CLIENTS * 10);
  // A process that is told to stop answers what it has begun; what is sent into a connection at that instant is cut.
  expect(cut).toBeLessThanOrEqual(CLIENTS * ROUNDS * 2);
  const client = await connect(api.database.ownerUrl);
  for (const { wallet } of customers) {
    await auditWallet(client, wallet);
    const { rows } = await client.query<{ reference: string; id: string }>(
      `SELECT reference, 'ent_' || wallet || '_' || seq AS id FROM entry WHERE wallet = $1 AND reference IS NOT NULL`,
      [wallet],
    );
    const own = acknowledged.filter((one) => one.wallet === wallet);
    expect(rows.map(({ reference, id }) => `${reference} ${id}`).toSorted()).toEqual(
      own.map(({ key, entryId }) => `${key} ${entryId}`).toSorted(),
    );
  }
  await client.end();
}, 120_000);
