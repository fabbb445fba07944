/** The fuzz: sends planned requests and checks every answer against the document, the orgs and the ledger. */
import fc from 'fast-check';
import { contractOf, type Contract } from './contract.ts';
import { listOperations, Marked, Picked, planOf, type Plan } from './fuzz-plans.ts';
import { plantSeeds, type Seeds, type Side } from './fuzz-seeds.ts';

const IN_FLIGHT = 6;
/** How many failures are reported in full. */
const FAILURES_MAX = 20;

interface Sent {
  readonly url: string;
  readonly init: Omit<RequestInit, 'body'> & { readonly body?: string };
}

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly availableDeltaUsd: string;
  readonly heldDeltaUsd: string;
}

/** The outcome of a whole fuzz run. */
export interface Outcome {
  readonly seeds: Seeds;
  readonly failures: readonly string[];
  /** By route: how many requests were sent, and how many of them succeeded. */
  readonly counts: ReadonlyMap<string, { readonly sent: number; readonly succeeded: number }>;
  /** Every entry that an answer reported as written, by id. */
  readonly told: ReadonlyMap<string, Entry>;
  /** Ids of entries that a second person's approval wrote. */
  readonly approved: ReadonlySet<string>;
  /** Ids of commands that an answer reported as a transaction, without their entries. */
  readonly commands: ReadonlySet<string>;
}

/** Sends that many requests, spread over all routes. The same seed plans the same requests. */
export async function runFuzz(options: { readonly requests: number; readonly seed: number }): Promise<Outcome> {
  // About as many things of every kind are created as each route will use up.
  const seeds = await plantSeeds(Math.ceil(options.requests / 60));
  const contract = await contractOf(seeds.api.url());
  const operations = listOperations(contract.document);
  const each = Math.ceil(options.requests / operations.length);
  const lists = operations.map((one) => fc.sample(planOf(one), { seed: options.seed, numRuns: each }));
  const plans = Array.from({ length: each }, (_, turn) => lists.flatMap((list) => list[turn] ?? [])).flat();
  const run = new Run(seeds, contract);
  const next = plans.values();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (const plan of next) await run.send(plan);
    }),
  );
  return run;
}

class Run implements Outcome {
  readonly seeds: Seeds;
  readonly failures: string[] = [];
  readonly counts = new Map<string, { sent: number; succeeded: number }>();
  readonly told = new Map<string, Entry>();
  readonly approved = new Set<string>();
  readonly commands = new Set<string>();
  private readonly contract: Contract;
  private readonly last = new Map<string, Sent>();

  constructor(seeds: Seeds, contract: Contract) {
    this.seeds = seeds;
    this.contract = contract;
    for (const { planted } of seeds.sides) for (const entry of entriesIn(planted)) this.told.set(entry.id, entry);
  }

  async send(plan: Plan): Promise<void> {
    const route = `${plan.method} ${plan.path}`;
    const side = this.seeds.sides[plan.side];
    const repeated = plan.repeats && plan.takesKey ? this.last.get(`${route} ${plan.side}`) : undefined;
    const sent = repeated ?? this.requestOf(plan, side);
    // A redirect is an answer like others; what it leads to has a request of its own.
    const response = await fetch(sent.url, { ...sent.init, redirect: 'manual' });
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const text = isJson || response.status === 204 ? await response.text() : '';
    if (!isJson) await response.body?.cancel();
    const path = sent.url.slice(this.seeds.api.url().length);
    this.note(route, response.status < 400);
    const why = this.problemOf(plan, { sent, path, side, response, text });
    if (why !== undefined && this.failures.length < FAILURES_MAX) {
      this.failures.push(`${plan.method} ${path} ${sent.init.body ?? ''}: ${why}`);
    }
    if (!response.ok) return;
    if (plan.takesKey && response.status === 200) this.last.set(`${route} ${plan.side}`, sent);
    if (isJson) this.learn(plan, side, text);
  }

  private note(route: string, ok: boolean): void {
    const { sent, succeeded } = this.counts.get(route) ?? { sent: 0, succeeded: 0 };
    this.counts.set(route, { sent: sent + 1, succeeded: succeeded + (ok ? 1 : 0) });
  }

  private problemOf(
    plan: Plan,
    about: { sent: Sent; path: string; side: Side; response: Response; text: string },
  ): string | undefined {
    const { sent, path, side, response, text } = about;
    if (response.status >= 500) return `${response.status}: ${text}`;
    try {
      this.contract.judge(plan.method, path, { status: response.status, headers: response.headers, text });
    } catch (error) {
      return String(error);
    }
    if (plan.path.startsWith('/admin')) return undefined;
    const other = this.seeds.sides[plan.side === 0 ? 1 : 0];
    const said = `${sent.url} ${sent.init.body ?? ''}`;
    const foreign = [other.org, other.wallet, other.mark].find((one) => text.includes(one) && !said.includes(one));
    return foreign === undefined ? undefined : `${side.org} was told ${foreign}`;
  }

  private requestOf(plan: Plan, side: Side): Sent {
    const { seeds } = this;
    const isAdmin = plan.path.startsWith('/admin');
    const params = plan.mode === 'wild' ? plan.params : { ...plan.params, ...this.seededParams(plan, side) };
    const path = plan.path.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(this.resolve(plan, side, plan.query) as object)) {
      query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    const decides = /approve|reject/.test(plan.path);
    const adminKey = decides ? seeds.secondAdminKey : seeds.adminKey;
    const orgKey = plan.byPlatform ? seeds.platformKey : side.key;
    const isClaim = plan.path === '/treasury/deposits/claim' && plan.mode === 'valid';
    const body = isClaim ? side.claim : this.resolve(plan, side, plan.body);
    const headers: Record<string, string> = { authorization: `Bearer ${isAdmin ? adminKey : orgKey}` };
    if (!isAdmin && plan.byPlatform) headers['coffer-org'] = side.org;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (plan.takesKey && plan.share < 0.8)
      headers['idempotency-key'] = `${isAdmin ? 'admin' : side.mark}-${crypto.randomUUID()}`;
    const url = `${seeds.api.url()}${path}${query.size === 0 ? '' : `?${query.toString()}`}`;
    return {
      url,
      init: { method: plan.method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
    };
  }

  /** Existing ids for the parameters of a path. */
  private seededParams({ method, path, share, mode }: Plan, side: Side): Record<string, string> {
    const isAdmin = path.startsWith('/admin');
    const pool = isAdmin ? this.seeds.pool : side.pool;
    const found: Record<string, string | undefined> = {
      // The orgs of a run go on: none is closed.
      org: path.endsWith('/close') ? undefined : side.org,
      chain: 'eip155:31337',
      code: 'NOT_FOUND',
      rail: 'assets:stripe',
    };
    const [kind, used] = kindOf(method, path);
    const named = used && mode === 'valid' ? pool.take(kind) : pool.find(kind, share);
    const more = { delivery: pool.find('delivery', share), session: pool.find('session', share) };
    const params = { ...found, id: named, ...more };
    return Object.fromEntries(
      Object.entries(params).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
    );
  }

  private resolve(plan: Plan, side: Side, value: unknown): unknown {
    if (value instanceof Picked) {
      if (value.kind === 'org') return side.org;
      const pool = value.kind.startsWith('cursor') || value.kind === 'position' ? this.seeds.pool : side.pool;
      return value.taken ? pool.take(value.kind) : pool.find(value.kind, value.share);
    }
    if (value instanceof Marked) return `${plan.path.startsWith('/admin') ? 'by an admin' : side.mark} ${value.number}`;
    if (Array.isArray(value)) return value.map((one: unknown) => this.resolve(plan, side, one));
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, inner]) => [name, this.resolve(plan, side, inner)] as const);
    return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined));
  }

  /** Records what an answer created: ids for later requests, and entries. */
  private learn({ method, path }: Plan, side: Side, text: string): void {
    const json = JSON.parse(text) as Record<string, unknown>;
    const pool = path.startsWith('/admin') ? this.seeds.pool : side.pool;
    const keep = (kind: string, id: unknown): void => {
      if (typeof id === 'string') pool.add(kind, id);
    };
    if (path === '/treasury/hold') keep('hold', json['holdId']);
    if (path === '/treasury/register-sender') keep('sender', json['senderId']);
    if (path === '/treasury/register-sender' && typeof json['orderId'] === 'string') {
      side.pool.add('order', json['orderId']);
      this.seeds.pool.add('order', json['orderId']);
    }
    if (method === 'POST' && path.endsWith('/webhook-endpoints')) keep('endpoint', json['id']);
    if (path === '/orgs/{org}/products' && method === 'POST') keep('product', json['product_id']);
    if (path === '/orgs/{org}/checkout') keep('session', json['session_id']);
    if (path === '/orgs/{org}/wallet' && method === 'POST') this.noteTransaction(json['transaction']);
    if (path === '/admin/keys' && method === 'POST') keep('key', json['id']);
    if (path === '/treasury/keys' && method === 'POST') keep('ownKey', json['id']);
    if (path === '/treasury/budgets' && method === 'POST') keep('budget', json['id']);
    if (path.endsWith('/entries') && json['booking'] !== undefined) keep('approval', json['id']);
    if (typeof json['nextCursor'] === 'string') this.seeds.pool.add(`cursor ${path}`, json['nextCursor']);
    if (path === '/events' && typeof json['cursor'] === 'string') this.seeds.pool.add('position', json['cursor']);
    if (method !== 'POST') return;
    if (path.endsWith('/approve') && typeof json['entryId'] === 'string') this.approved.add(json['entryId']);
    this.noteEntries(json);
  }

  /** The id of a transaction is that of the first entry of its command. */
  private noteTransaction(transaction: unknown): void {
    if (typeof transaction !== 'object' || transaction === null || !('transaction_id' in transaction)) return;
    this.commands.add(String(transaction.transaction_id).replace(/^ent_/, 'cmd_'));
  }

  private noteEntries(json: unknown): void {
    for (const entry of entriesIn(json)) {
      const known = this.told.get(entry.id);
      if (known && JSON.stringify(known) !== JSON.stringify(entry))
        this.failures.push(`${entry.id} was told in two ways`);
      this.told.set(entry.id, entry);
    }
  }
}

/** The kind of id that a path takes, and whether the call uses it up. */
function kindOf(method: string, path: string): readonly [kind: string, used: boolean] {
  const isDelete = method === 'DELETE';
  if (path.includes('/senders/')) return ['sender', true];
  if (path.includes('/webhook-endpoints/')) return isDelete ? ['endpoint', true] : ['lasting', false];
  if (path.includes('/deposits/')) {
    if (path.endsWith('/ignore')) return ['depositToIgnore', true];
    return ['unmatched', path.endsWith('/assign')];
  }
  if (path.includes('/approvals/')) return ['approval', method === 'POST'];
  if (path.endsWith('/refunds')) return ['paidOrder', false];
  if (path.includes('/disputes/')) return ['dispute', method === 'POST'];
  if (path.includes('/payments/inbox/')) return ['inboxItem', false];
  if (path.includes('/orders/')) return ['order', path.endsWith('/cancel')];
  if (path.includes('/products/')) return ['product', false];
  if (path.startsWith('/treasury/keys/')) return ['ownKey', true];
  if (path.startsWith('/treasury/budgets/')) return ['budget', isDelete];
  if (path.includes('/keys/')) return ['key', isDelete || method === 'POST'];
  return ['nothing', false];
}

function entriesIn(value: unknown): Entry[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(entriesIn);
  const isEntry = 'availableDeltaUsd' in value && 'heldDeltaUsd' in value && 'id' in value;
  return isEntry ? [value as Entry] : Object.values(value).flatMap(entriesIn);
}
