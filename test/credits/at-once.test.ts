/** Check-ins and coupons that are asked for at once, over HTTP and from two processes: each is given once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { NO_CHECK_IN } from '../../src/core/credits/check-in.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { setCheckInRules } from '../../src/db/credits/check-ins.ts';
import { addCoupon } from '../../src/db/credits/coupons.ts';
import { startTestApi, type Answer, type SpawnedApi, type TestApi } from '../support/http/api.ts';
import { connect } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';
import { expectBooksBalance } from '../support/reports/books.ts';

const AT_ONCE = 100;
const SECOND_MS = 1_000;
const RULES = { ...NO_CHECK_IN, enabled: true, creditsPerDay: 10n, streakBonus: 5n, streakDays: 2 };

let api: TestApi;
let issuer: Issuer;
/** What the servers' clocks are ahead of the machine's. */
let aheadMs = 0;
beforeAll(async () => {
  issuer = await startIssuer(() => Date.now() + aheadMs);
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) });
});
afterAll(async () => {
  await expectBooksBalance(api.db);
  await api.stop();
  await issuer.stop();
});

interface Server {
  readonly call: TestApi['call'];
}

let made = 0;
function newUser(): { readonly user: string; readonly wallet: string } {
  made += 1;
  const user = `user|${made}`;
  return { user, wallet: walletId({ kind: 'user', id: user }) };
}

/** The server of each of so many calls, in turn. */
const inTurn = (servers: readonly Server[]): Server[] =>
  Array.from({ length: AT_ONCE }, (_, index) => servers[index % servers.length] ?? api);

async function checkInAtOnce(user: string, servers: readonly Server[]): Promise<Answer[]> {
  const key = await issuer.sign({ user });
  return Promise.all(inTurn(servers).map(async ({ call }) => call('POST', '/checkin', { key })));
}

/** What check-ins gave, in whole credits, and the days that they were for. */
async function givenTo(wallet: string): Promise<{ readonly days: string[]; readonly credits: number }> {
  const { rows } = await queryRows<{ day: string }>(
    api.db,
    'SELECT day::text AS day FROM user_grant WHERE wallet = ? ORDER BY user_grant.day',
    [wallet],
  );
  const sum = await queryRows<{ credits: number; entries: number }>(
    api.db,
    `SELECT (sum(available_delta) / 1000)::integer AS credits, count(*)::integer AS entries FROM entry
     WHERE wallet = ? AND type = 'CHECK_IN_GRANT'`,
    [wallet],
  );
  expect(sum.rows[0]?.entries).toBe(rows.length);
  return { days: rows.map(({ day }) => day), credits: sum.rows[0]?.credits ?? 0 };
}

const statusesOf = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, json } of answers) {
    const name = status === 200 ? 'given' : `${status} ${String(json['reason'] ?? json['code'])}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

/** Runs work while a coupon is locked, until two sessions wait: so two redeem it at the same time for certain. */
async function heldBack<T>(coupon: string, work: () => Promise<T>): Promise<T> {
  const holder = await connect(api.database.ownerUrl);
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT FROM coupon WHERE id = $1 FOR UPDATE', [coupon]);
    const done = work();
    const waiting = async (): Promise<unknown> => {
      const { rows } = await holder.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0',
      );
      return rows.length > 1;
    };
    await expect.poll(waiting, { timeout: 30_000 }).toBe(true);
    await holder.query('COMMIT');
    return await done;
  } finally {
    await holder.end();
  }
}

describe('from two processes at once', { timeout: 120_000 }, () => {
  let other: SpawnedApi;
  beforeAll(async () => {
    other = await api.spawn();
  });
  afterAll(async () => void (await other.stop()));

  test('a hundred check-ins of a user give the day its credits once', async () => {
    await setCheckInRules(api.db, RULES, new Date());
    const { user, wallet } = newUser();
    const answers = await checkInAtOnce(user, [api, other]);
    expect(statusesOf(answers)).toEqual({ given: 1, '409 ALREADY_CHECKED_IN': AT_ONCE - 1 });
    expect(await givenTo(wallet)).toMatchObject({ credits: 10 });
  });

  test('a hundred users redeem a single-use code once', async () => {
    const id = uuidV7(Date.now());
    const terms = { credits: 100n, limitTotal: 1, limitPerUser: 1, expiresAtMs: null, plans: [], restrictedTo: null };
    await addCoupon(api.db, { ...terms, id, code: 'ONLY-ONE-USE', createdAtMs: Date.now(), createdBy: 'cli:test' });
    const answers = await heldBack(id, async () =>
      Promise.all(
        inTurn([api, other]).map(async ({ call }) => {
          const key = await issuer.sign({ user: newUser().user });
          return call('POST', '/credits/redeem', { key, body: { code: 'only-one-use' } });
        }),
      ),
    );
    expect(statusesOf(answers)).toEqual({ given: 1, '409 used_up': AT_ONCE - 1 });
    const { rows } = await queryRows(
      api.db,
      `SELECT count(*)::integer AS entries, sum(available_delta)::text AS micros FROM entry WHERE type = 'COUPON_GRANT'`,
    );
    expect(rows).toEqual([{ entries: 1, micros: '100000' }]);
    expect((await queryRows(api.db, 'SELECT used FROM coupon WHERE id = ?', [id])).rows).toEqual([{ used: 1 }]);
  });
});

describe('on two servers whose clocks are on both sides of a midnight', { timeout: 120_000 }, () => {
  let late: TestApi;
  beforeAll(async () => {
    const database = { ...api.database, drop: async () => Promise.resolve() };
    late = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) }, {}, { database });
  });
  afterAll(async () => late.stop());

  /** What each clock is ahead of the machine's. */
  let earlyMs = 0;
  let lateMs = 0;

  /** Moves both clocks: one to so long before a moment, the other to as long after it. */
  function standAround(moment: string, byMs: number): void {
    const toMs = Date.parse(moment) - Date.now();
    api.advance(toMs - byMs - earlyMs);
    late.advance(toMs + byMs - lateMs);
    [earlyMs, lateMs] = [toMs - byMs, toMs + byMs];
    aheadMs = earlyMs;
  }

  // Each later than the one before: no clock goes back. Berlin puts its clocks back in October and forward in March.
  test.each([
    ['of an ordinary day', 'Europe/Berlin', '2027-06-10T22:00:00Z', ['2027-06-10', '2027-06-11']],
    ['that begins a day of 25 hours', 'Europe/Berlin', '2027-10-30T22:00:00Z', ['2027-10-30', '2027-10-31']],
    ['that ends it', 'Europe/Berlin', '2027-10-31T23:00:00Z', ['2027-10-31', '2027-11-01']],
    ['that begins a day of 23 hours', 'Europe/Berlin', '2028-03-25T23:00:00Z', ['2028-03-25', '2028-03-26']],
    ['that ends it', 'Europe/Berlin', '2028-03-26T22:00:00Z', ['2028-03-26', '2028-03-27']],
  ])('%s in %s, a hundred check-ins give each date once', async (_name, timeZone, moment, days) => {
    standAround(moment, 20 * SECOND_MS);
    await setCheckInRules(api.db, { ...RULES, timeZone }, new Date());
    const { user, wallet } = newUser();
    // The day that ends is given first, so that both can be.
    const key = await issuer.sign({ user });
    expect((await api.call('POST', '/checkin', { key })).json).toMatchObject({ data: { credits: 10, streak: 1 } });
    const answers = await checkInAtOnce(user, [api, late]);
    expect(statusesOf(answers)).toEqual({ given: 1, '409 ALREADY_CHECKED_IN': AT_ONCE - 1 });
    expect(await givenTo(wallet)).toEqual({ days, credits: 25 });
  });

  test('the hour that comes twice is one day', async () => {
    const { user, wallet } = newUser();
    await setCheckInRules(api.db, { ...RULES, timeZone: 'Europe/Berlin' }, new Date());
    // Half an hour before and after the clocks go back: it is half past two, twice.
    standAround('2028-10-29T01:00:00Z', 1_800 * SECOND_MS);
    const answers = await checkInAtOnce(user, [api, late]);
    expect(statusesOf(answers)).toEqual({ given: 1, '409 ALREADY_CHECKED_IN': AT_ONCE - 1 });
    expect(await givenTo(wallet)).toEqual({ days: ['2028-10-29'], credits: 10 });
  });

  test('a hundred that begin on a date and end on the next give at most one for each', async () => {
    const { user, wallet } = newUser();
    standAround('2028-11-05T23:00:00Z', 150);
    const answers = await checkInAtOnce(user, [api, late]);
    const { days } = await givenTo(wallet);
    expect(new Set(days).size).toBe(days.length);
    expect(statusesOf(answers)).toMatchObject({ given: days.length });
    for (const day of days) expect(['2028-11-05', '2028-11-06']).toContain(day);
  });
});
