/** The whole service for random lives of payers: its API, a PostgreSQL, the fake Stripe, all on the fake's clock. */
import type Stripe from 'stripe';
import { setTimeout as sleep } from 'node:timers/promises';
import { signInSettings, startIssuer, type Issuer } from '../../../devnet/issuer.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import type { EntryType } from '../../../src/core/ledger/vocabulary.ts';
import type { PlanVersion } from '../../../src/core/subscriptions/plan.ts';
import { Refusal } from '../../../src/core/errors.ts';
import { openUserWallet } from '../../../src/db/access/users.ts';
import { setCheckInRules } from '../../../src/db/credits/check-ins.ts';
import { NO_CHECK_IN } from '../../../src/core/credits/check-in.ts';
import { sweepAccount } from '../../../src/payments/sweep.ts';
import { startTestApi, type Answer, type TestApi } from '../http/api.ts';
import { queryRows } from '../process/query.ts';
import { openTcpProxy, type TcpProxy } from '../process/tcp-proxy.ts';
import { openSubscriptionWorld, type SubscriptionWorld } from '../subscriptions/world.ts';
import { ModelPrices, rateOf } from './amounts.ts';
import { CHECK_INS, ModelUser, type ModelCoupon } from './model.ts';
import { ModelOrg } from './org-model.ts';

const TRIES_MAX = 40;
const PAUSE_MS = 25;
/** How far into a call its connections are cut, at most. */
const CUT_AFTER_MS_MAX = 12;
const HOUR_MS = 3_600_000;
export const ACTIONS = ['chat', 'image'] as const;
const UNITS = { chat: 'token', image: 'image' } as const;

/** A user with a subscription and credits, and an org with holds and usage. */
export interface Life {
  readonly user: string;
  readonly wallet: string;
  readonly org: string;
  readonly orgWallet: string;
  readonly model: { readonly user: ModelUser; readonly org: ModelOrg };
  /** Every subscription that the user ever paid for, the newest last. */
  readonly subscriptions: Stripe.Subscription[];
}

export interface LivesWorld {
  readonly base: SubscriptionWorld;
  readonly plans: readonly [PlanVersion, PlanVersion];
  readonly prices: ModelPrices;
  /** How often each call had each status, such as `POST /checkin 200`. */
  readonly answered: ReadonlyMap<string, number>;
  nowMs(): number;
  /** The database's connections of the API are cut during its next call; the call is tried again under its key until it is answered. */
  crashNext(): void;
  asUser(life: Life, method: string, path: string, body?: object): Promise<Answer>;
  asService(life: Life, method: string, path: string, body?: object): Promise<Answer>;
  asAdmin(life: Life, method: string, path: string, body?: object): Promise<Answer>;
  setPrice(price: { action: (typeof ACTIONS)[number]; picos: bigint; org: string | null }, life: Life): Promise<void>;
  begin(): Promise<Life>;
  /** Works off what came in from the provider, and looks for what did not. */
  work(): Promise<void>;
  /** Writes what is overdue of a wallet. */
  settle(wallet: string): Promise<void>;
  /** Sums of a wallet's entries by type, in micros of what can be spent. */
  sums(wallet: string): Promise<ReadonlyMap<EntryType, bigint>>;
  close(): Promise<void>;
}

/** Opens it. */
export async function openLivesWorld(): Promise<LivesWorld> {
  const base = await openSubscriptionWorld();
  const nowMs = (): number => base.stripe.clock.nowMs();
  const issuer = await startIssuer(nowMs);
  const proxy = await openTcpProxy(base.database.appUrl);
  const database = { ...base.database, appUrl: proxy.url, drop: async () => Promise.resolve() };
  const bounds = { checkoutsPerHour: 100_000, openOrders: 10_000 };
  const payments = { mode: 'test', redirectOrigins: ['https://shop.example'], ...bounds };
  const file = { sso: signInSettings(issuer), payments };
  const parts = { database, jobs: false, account: base.platform, clock: base.clock };
  const api = await startTestApi('first_come', undefined, file, {}, parts);
  const calls = await callsOf({ base, api, issuer, proxy });
  const plans = [
    await base.makePlan({ monthly: 10, credit: 12 }),
    await base.makePlan({ monthly: 30, credit: 31, ends: 'period_end' }),
  ] as const;
  const { perDay: creditsPerDay, bonus: streakBonus, everyDays: streakDays, timeZone } = CHECK_INS;
  const rules = { ...NO_CHECK_IN, enabled: true, creditsPerDay, streakBonus, streakDays, timeZone };
  await setCheckInRules(base.db, rules, new Date(nowMs()));
  const prices = new ModelPrices();
  return {
    base,
    plans,
    prices,
    nowMs,
    ...calls,
    setPrice: async ({ action, picos, org }, life) => {
      const body = { action, unit: UNITS[action], rateUsd: rateOf(picos), ...(org !== null && { org }) };
      const { json } = await calls.asAdmin(life, 'POST', '/admin/prices', body);
      prices.add({ action, picos, org, fromMs: Date.parse(String(json['from'])) });
    },
    begin: async () => beginLife({ base, api, calls }),
    work: async () => workOff(base),
    settle: async (wallet) => {
      const settling = {
        wallet,
        command: { op: 'settle' } as const,
        key: crypto.randomUUID(),
        inputHash: 'a'.repeat(64),
      };
      await base.writer.submit(settling).catch((error: unknown) => {
        // A wallet without an entry has nothing to settle.
        if (!(error instanceof Refusal)) throw error;
      });
    },
    sums: async (wallet) => {
      const { rows } = await queryRows<{ type: EntryType; micros: string }>(
        base.db,
        'SELECT type, sum(available_delta)::text AS micros FROM entry WHERE wallet = ? GROUP BY type',
        [wallet],
      );
      return new Map(rows.map(({ type, micros }) => [type, BigInt(micros)]));
    },
    close: async () => {
      await api.stop();
      await proxy.close();
      await issuer.stop();
      await base.close();
    },
  };
}

type Calls = Pick<LivesWorld, 'answered' | 'crashNext' | 'asUser' | 'asService' | 'asAdmin'>;

type Send = (
  key: string,
  method: string,
  path: string,
  about: { readonly body: object | undefined; readonly org?: string },
) => Promise<Answer>;

async function callsOf({
  base,
  api,
  issuer,
  proxy,
}: {
  readonly base: SubscriptionWorld;
  readonly api: TestApi;
  readonly issuer: Issuer;
  readonly proxy: TcpProxy;
}): Promise<Calls> {
  const serviceKey = await api.createKey({ kind: 'platform', scopes: ['treasury:spend', 'treasury:read'] });
  const adminKey = await api.createKey({ kind: 'admin' });
  let turn = 0;
  let crash = false;
  const answered = new Map<string, number>();
  const noted = ({ status }: Answer, call: string): void => {
    const name = `${call.replace(/[?].*/, '').replace(/[/]orgs[/][^/]+/, '/orgs/{org}')} ${status}`;
    answered.set(name, (answered.get(name) ?? 0) + 1);
  };
  const send: Send = async (key, method, path, about) => {
    turn += 1;
    const takesKey = method !== 'GET' && !path.startsWith('/treasury/usage');
    const headers = {
      ...(takesKey && { 'idempotency-key': `call-${turn}` }),
      ...(about.org !== undefined && path.startsWith('/treasury') && { 'coffer-org': about.org }),
    };
    const once = async (): Promise<Answer> =>
      api.call(method, path, { key, headers, ...(about.body && { body: about.body }) });
    const isCut = crash && method !== 'GET';
    if (isCut) crash = false;
    const first = once();
    if (isCut) {
      await sleep(turn % CUT_AFTER_MS_MAX);
      proxy.moveTo(base.database.appUrl);
    }
    let answer = await first;
    // Only a cut is answered so; a client then asks again under the same key.
    for (let tries = 0; answer.status === 503 && tries < TRIES_MAX; tries += 1) {
      noted(answer, `${method} ${path}`);
      await sleep(PAUSE_MS);
      answer = await once();
    }
    noted(answer, `${method} ${path}`);
    return answer;
  };
  return {
    answered,
    crashNext: () => {
      crash = true;
    },
    asUser: async ({ user }, method, path, body) => send(await issuer.sign({ user }), method, path, { body }),
    asService: async ({ org }, method, path, body) => send(serviceKey, method, path, { body, org }),
    asAdmin: async ({ org }, method, path, body) => send(adminKey, method, path, { body, org }),
  };
}

let lives = 0;

async function beginLife({
  base,
  api,
  calls,
}: {
  readonly base: SubscriptionWorld;
  readonly api: TestApi;
  readonly calls: Calls;
}): Promise<Life> {
  lives += 1;
  const user = `life|${lives}|${uuidV7(base.clock.nowMs())}`;
  await openUserWallet(base.db, { id: user, at: new Date(base.clock.nowMs()) });
  const org = await api.createOrg();
  const coupons: ModelCoupon[] = [
    { code: `ONE-USE-${lives}`, credits: 100n, limitTotal: 1, limitPerUser: 5, endsMs: null, used: 0 },
    { code: `TWICE-A-USER-${lives}`, credits: 70n, limitTotal: null, limitPerUser: 2, endsMs: null, used: 0 },
    {
      code: `THREE-DAYS-${lives}`,
      credits: 40n,
      limitTotal: 9,
      limitPerUser: 3,
      endsMs: base.clock.nowMs() + 72 * HOUR_MS,
      used: 0,
    },
  ];
  const life: Life = {
    user,
    wallet: walletId({ kind: 'user', id: user }),
    org,
    orgWallet: walletId({ kind: 'org', id: org }),
    model: { user: new ModelUser(coupons), org: new ModelOrg(base.clock.nowMs()) },
    subscriptions: [],
  };
  for (const { code, credits, limitTotal, limitPerUser, endsMs } of coupons) {
    const body = {
      code,
      credits: JSON.rawJSON(String(credits)),
      ...(limitTotal !== null && { limit_total: limitTotal }),
      limit_per_user: limitPerUser,
      ...(endsMs !== null && { expires_at: new Date(endsMs).toISOString() }),
    };
    const { status, text } = await calls.asAdmin(life, 'POST', '/admin/billing/coupons', body);
    if (status !== 200) throw new Error(text);
  }
  return life;
}

/** What jobs do all the time: the inbox is worked off, and the provider's list of events is read. */
async function workOff(base: SubscriptionWorld): Promise<void> {
  const { db, clock, accounts, backlog } = base;
  const log = { warn: () => undefined, info: () => undefined };
  await base.work();
  try {
    await sweepAccount({ db, clock, log, accounts, backlog, holder: 'one' }, 'stripe');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  await base.work();
}
