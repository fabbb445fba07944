/** Random lives of users and orgs, over HTTP and with the fake provider, against a model of what each must have. */
import { expect, test } from 'vitest';
import { playLives } from '../support/lives/play.ts';

/** What must have happened, for the lives to prove anything about it. */
const CALLS = [
  'POST /payment/create-session 200',
  'POST /payment/create-session 409',
  'POST /subscription/change 200',
  'POST /subscription/cancel 200',
  'POST /checkin 200',
  'POST /checkin 409',
  'POST /credits/redeem 200',
  'POST /credits/redeem 409',
  'POST /io/wallet/deduct 200',
  'POST /credits/deduct 200',
  'POST /credits/deduct 402',
  'POST /treasury/usage 200',
  'POST /treasury/hold 200',
  'POST /treasury/hold 402',
  'POST /treasury/hold 409',
  'POST /treasury/heartbeat-hold 200',
  'POST /treasury/heartbeat-hold 400',
  'POST /treasury/heartbeat-hold 409',
  'POST /admin/orgs/{org}/entries 200',
  'POST /admin/orgs/{org}/entries 409',
  'POST /treasury/budgets 201',
  'POST /treasury/grow-hold 200',
  'POST /treasury/consume-hold 200',
  'POST /treasury/consume-hold 409',
  'POST /treasury/release-hold 200',
];
const TYPES = [
  'DEPOSIT',
  'SUBSCRIPTION_GRANT',
  'CLAWBACK',
  'GRANT_REVERSAL',
  'LOT_EXPIRY',
  'HOLD_RELEASE',
  'GRANT',
  'REFUND',
];

test(
  'credits are paid periods, coupons and check-ins less what was taken back, spent and ended, in every order of events',
  { timeout: 240_000 },
  async () => {
    const { answered, types } = await playLives(3, 30, 20_261_130);
    expect(CALLS.filter((call) => !answered.has(call))).toEqual([]);
    expect(TYPES.filter((type) => !types.has(type))).toEqual([]);
  },
);
