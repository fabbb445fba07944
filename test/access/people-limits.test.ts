/** The limits that are on by default: of people, and of what nobody has to sign in for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { rateLimitsSchema } from '../../src/config/rate-limits.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

const WINDOW_MS = 600_000;
const LIMIT = 40;
const limit = { requests: LIMIT, seconds: WINDOW_MS / 1_000 };

let issuer: Issuer;
let api: TestApi;
beforeAll(async () => {
  issuer = await startIssuer();
  const rateLimits = { perPerson: limit, openCalls: limit };
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer), rateLimits });
  // Windows are counted from the epoch: none of them shall end within a test.
  api.advance(WINDOW_MS - (Date.now() % WINDOW_MS));
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

/** How many requests go through within one window. */
async function exhaust(ask: () => Promise<Answer>): Promise<number> {
  let through = 0;
  for (let second = 0; second < 12; second += 1) {
    for (let asked = 0; asked < LIMIT; asked += 1) if ((await ask()).status === 200) through += 1;
    // A lease is asked for once a second, in the background.
    await sleep(50);
    api.advance(1_000);
  }
  return through;
}

describe('a limit', () => {
  it('of a person counts their requests by whatever token, and those of nobody else', async () => {
    const { org, key } = await api.createCustomer();
    const ask = async (token: string): Promise<Answer> => api.call('GET', '/treasury/balance', { key: token });
    const tokenOf = async (user: string): Promise<string> => issuer.sign({ user, orgs: { [org]: 'viewer' } });
    const [first, second, other] = [await tokenOf('ada'), await tokenOf('ada'), await tokenOf('bob')];
    expect(await exhaust(async () => ask(first))).toBe(LIMIT);
    const refused = await ask(second);
    expect([refused.status, refused.json]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 'person' }]);
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect([(await ask(other)).status, (await ask(key)).status]).toEqual([200, 200]);
  });

  it('of what nobody signs in for counts an address, and what is asked of health is not counted', async () => {
    const { key } = await api.createCustomer();
    const ask = async (path: string): Promise<Answer> => api.call('GET', path);
    expect(await exhaust(async () => ask('/io/wallet/rates'))).toBe(LIMIT);
    const refused = await ask('/io/wallet/rates');
    expect([refused.status, refused.json]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 'open' }]);
    expect((await ask('/healthz')).status).toBe(200);
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(200);
  });

  it('is on unless it is turned off', () => {
    const standard = { requests: 600, windowMs: 60_000 };
    expect(rateLimitsSchema.parse({})).toMatchObject({
      perPerson: standard,
      openCalls: standard,
      unsignedWebhooks: standard,
      failedSignIns: { requests: 3_000, windowMs: 60_000 },
    });
    const off = rateLimitsSchema.parse({ perPerson: false, openCalls: false });
    expect([off.perPerson, off.openCalls]).toEqual([undefined, undefined]);
  });
});
