import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_CACHE_TTL_MS } from '../../src/http/access/guard.ts';
import {
  consumeHoldReply,
  extendHoldReply,
  holdReply,
  releaseHoldReply,
} from '../../src/http/treasury/hold-schemas.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { card, hold, holdCalls } from '../support/ledger/holds.ts';
import { depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const { post, openHold, createCardHolder, audited } = holdCalls(() => api);

async function balance(key: string): Promise<unknown> {
  const { json } = await api.call('GET', '/treasury/balance', { key });
  return [json['availableUsd'], json['heldUsd'], json['freeGiftCards']];
}

describe('POST /treasury/hold', () => {
  it('reserves at once, and tells how long', async () => {
    const { key, wallet } = await api.createCustomer(20n);
    const before = Date.now();
    const { json } = await post(key, 'hold', { ...hold, reference: 'job 1', expiresInSeconds: 90 });
    const reply = holdReply.parse(json);
    expect(reply).toMatchObject({
      holdId: `hold_${wallet}_2`,
      serviceType: 'AI_API',
      amountUsd: '5.00',
      useGiftCard: false,
      reference: 'job 1',
      availableUsd: '15.00',
      heldUsd: '5.00',
      entries: [{ type: 'HOLD', amountUsd: '-5.00', availableDeltaUsd: '-5.00', heldDeltaUsd: '5.00' }],
    });
    expect(Date.parse(reply.expiresAt) - Date.parse(reply.createdAt)).toBe(90_000);
    expect(Date.parse(reply.createdAt)).toBeGreaterThanOrEqual(before);
    expect(await balance(key)).toEqual(['15.00', '5.00', 0]);
  });

  it('lasts as long as configured where no time is named, and no longer than configured', async () => {
    const own = await api.spawn({ COFFER_HOLD_DEFAULT_SECONDS: '20', COFFER_HOLD_MAX_SECONDS: '60' });
    try {
      const { key } = await api.createCustomer(20n);
      const { json } = await own.call('POST', '/treasury/hold', { key, body: hold });
      const { createdAt, expiresAt, holdId } = holdReply.parse(json);
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(20_000);
      const long = await own.call('POST', '/treasury/hold', { key, body: { ...hold, expiresInSeconds: 61 } });
      expect(pathsOfErrors(long)).toEqual(['expiresInSeconds']);
      const longer = await own.call('POST', '/treasury/extend-hold', { key, body: { holdId, expiresInSeconds: 61 } });
      expect(pathsOfErrors(longer)).toEqual(['expiresInSeconds']);
      expect((await post(key, 'hold', { ...hold, expiresInSeconds: 61 })).status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  it('is refused beyond what is available, with what there is', async () => {
    const { key } = await api.createCustomer(5n);
    await openHold(key, { ...hold, amountUsd: '4' });
    const { status, json } = await post(key, 'hold', { ...hold, amountUsd: '1.000001' });
    expect(status).toBe(402);
    expect(json).toMatchObject({
      code: 'CREDIT_INSUFFICIENT',
      title: 'Not enough credit',
      availableUsd: '1.00',
      requiredUsd: '1.000001',
    });
    expect(await balance(key)).toEqual(['1.00', '4.00', 0]);
  });

  it.each([
    ['nothing', {}, ['amountUsd', 'serviceType']],
    ['no amount', { serviceType: 'AI_API' }, ['amountUsd']],
    ['a JSON number', { ...hold, amountUsd: 5 }, ['amountUsd']],
    ['nothing to hold', { ...hold, amountUsd: '0' }, ['amountUsd']],
    ['an unknown service', { ...hold, serviceType: 'AI' }, ['serviceType']],
    ['no time', { ...hold, expiresInSeconds: 0 }, ['expiresInSeconds']],
    ['a part of a second', { ...hold, expiresInSeconds: 1.5 }, ['expiresInSeconds']],
    ['time as text', { ...hold, expiresInSeconds: '60' }, ['expiresInSeconds']],
    ['more than 30 days', { ...hold, expiresInSeconds: 2_592_001 }, ['expiresInSeconds']],
    ['a card for another service', { ...hold, useGiftCard: true }, ['useGiftCard']],
    ['a card as text', { ...card, useGiftCard: 'true' }, ['useGiftCard']],
    ['a card for more than it pays', { ...card, amountUsd: '1.000001' }, ['amountUsd']],
    ['an empty description', { ...hold, description: '' }, ['description']],
    ['a long reference', { ...hold, reference: 'x'.repeat(256) }, ['reference']],
  ])('with %s is refused', async (_name, body, paths) => {
    const { key, wallet } = await createCardHolder(20n);
    expect(pathsOfErrors(await post(key, 'hold', body))).toEqual(paths);
    expect(await audited(wallet)).toEqual(['DEPOSIT']);
  });

  it('for a reserved service is refused in its own way', async () => {
    const { key } = await api.createCustomer(5n);
    const { status, json } = await post(key, 'hold', { ...hold, serviceType: 'X402' });
    expect([status, json['code']]).toEqual([400, 'SERVICE_TYPE_RESERVED']);
  });
});

describe('POST /treasury/consume-hold', () => {
  it.each([
    ['SKU_PURCHASE', 'HOLD', 'SKU_MARGIN'],
    ['GIFT_CARD', 'GIFT_HOLD', 'GIFT_REDEEM'],
    ['AI_API', 'HOLD', 'AI_API_CALL'],
    ['GAS_SUBSIDY', 'HOLD', 'GAS_SUBSIDY'],
  ])('debits the cost for %s and frees the rest, in one entry', async (serviceType, opened, type) => {
    const { key, wallet } = await api.createCustomer(20n);
    const holdId = await openHold(key, { amountUsd: '10', serviceType });
    const { json } = await post(key, 'consume-hold', { holdId, amountUsd: '7' });
    expect(consumeHoldReply.parse(json)).toMatchObject({
      holdId,
      type,
      serviceType,
      amountUsd: '7.00',
      overrunUsd: '0.00',
      releasedUsd: '3.00',
      holdLeftUsd: '0.00',
      giftCardUsed: false,
      availableUsd: '13.00',
      heldUsd: '0.00',
      entries: [{ type, amountUsd: '-7.00', availableDeltaUsd: '3.00', heldDeltaUsd: '-10.00', holdId }],
    });
    expect(await audited(wallet)).toEqual(['DEPOSIT', opened, type]);
  });

  it('may take it in parts; what is left is told, also again', async () => {
    const { key } = await api.createCustomer(20n);
    const holdId = await openHold(key);
    const take = async (amountUsd: string, named: string): Promise<unknown> => {
      const body = { holdId, amountUsd, final: false, idempotencyKey: named };
      const { json } = await post(key, 'consume-hold', body);
      return consumeHoldReply.parse(json).holdLeftUsd;
    };
    expect([await take('1', 'a'), await take('1.5', 'b'), await take('2.5', 'c')]).toEqual(['4.00', '2.50', '0.00']);
    expect([await take('1', 'a'), await take('1.5', 'b'), await take('2.5', 'c')]).toEqual(['4.00', '2.50', '0.00']);
    const { status, json } = await post(key, 'consume-hold', { holdId, amountUsd: '1' });
    expect([status, json['code']]).toEqual([409, 'HOLD_NOT_PENDING']);
    expect(await balance(key)).toEqual(['15.00', '0.00', 0]);
  });

  it('A42 above the hold is refused, or draws the difference when told so and there is enough', async () => {
    const { key } = await api.createCustomer(20n);
    const holdId = await openHold(key);
    const refused = await post(key, 'consume-hold', { holdId, amountUsd: '5.000001' });
    expect([refused.status, refused.json['code'], refused.json['holdLeftUsd']]).toEqual([409, 'HOLD_EXCEEDED', '5.00']);
    const tooMuch = await post(key, 'consume-hold', { holdId, amountUsd: '20.000001', allowOverrun: true });
    expect([tooMuch.status, tooMuch.json['code']]).toEqual([402, 'CREDIT_INSUFFICIENT']);
    const { json } = await post(key, 'consume-hold', { holdId, amountUsd: '8', allowOverrun: true });
    expect(json).toMatchObject({ amountUsd: '8.00', overrunUsd: '3.00', releasedUsd: '0.00', availableUsd: '12.00' });
  });

  it.each([
    ['consume-hold', {}, ['amountUsd', 'holdId']],
    ['consume-hold', { holdId: '', amountUsd: '1' }, ['holdId']],
    ['consume-hold', { holdId: 7, amountUsd: '1' }, ['holdId']],
    ['consume-hold', { holdId: 'h', amountUsd: '-1' }, ['amountUsd']],
    ['consume-hold', { holdId: 'h', amountUsd: '1', final: 'yes', allowOverrun: 1 }, ['allowOverrun', 'final']],
    ['consume-hold', { holdId: 'h', amountUsd: '1', reason: 'r' }, ['reason']],
    ['release-hold', {}, ['holdId']],
    ['release-hold', { holdId: 'h', reason: '' }, ['reason']],
    ['release-hold', { holdId: 'h', amountUsd: '1' }, ['amountUsd']],
    ['extend-hold', { holdId: 'h' }, ['expiresInSeconds']],
    ['extend-hold', { holdId: 'h', expiresInSeconds: -1 }, ['expiresInSeconds']],
    ['check-balance', {}, ['amountUsd']],
    ['check-balance', { amountUsd: 1 }, ['amountUsd']],
    ['check-balance', { amountUsd: '1', serviceType: 'NOPE' }, ['serviceType']],
  ])('%s of %j is refused', async (name, body, paths) => {
    const { key } = await api.createCustomer(1n);
    expect(pathsOfErrors(await post(key, name, body))).toEqual(paths);
  });
});

describe('a free gift card', () => {
  it('is held and used instead of money, also at a zero balance', async () => {
    const { key, wallet } = await createCardHolder(1n);
    await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1' });
    const { json } = await post(key, 'hold', card);
    expect(holdReply.parse(json)).toMatchObject({ amountUsd: '0.00', useGiftCard: true, availableUsd: '0.00' });
    expect(await balance(key)).toEqual(['0.00', '0.00', 1]);
    const used = await post(key, 'consume-hold', { holdId: json['holdId'], amountUsd: '0.99' });
    expect(consumeHoldReply.parse(used.json)).toMatchObject({
      type: 'GIFT_REDEEM',
      amountUsd: '0.00',
      giftCardUsed: true,
    });
    const back = await openHold(key, card);
    const { json: released } = await post(key, 'release-hold', { holdId: back });
    expect(releaseHoldReply.parse(released)).toMatchObject({ releasedUsd: '0.00', giftCardReturned: true });
    expect(await balance(key)).toEqual(['0.00', '0.00', 1]);
    expect((await audited(wallet)).slice(2)).toEqual(['GIFT_HOLD', 'GIFT_REDEEM', 'GIFT_HOLD', 'GIFT_HOLD_RELEASE']);
  });

  it('is never there twice: three at the same instant on two', async () => {
    const { key } = await createCardHolder(1n);
    const answers = await Promise.all(Array.from({ length: 3 }, async () => post(key, 'hold', card)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 402]);
  });

  it('pays for what the settings say, by the time of the capture', async () => {
    const { key } = await createCardHolder(1n);
    const holdId = await openHold(key, card);
    await api.call('PATCH', '/treasury/settings', { key, body: { freeGiftCardMaxUsd: '0.5' } });
    const refused = await post(key, 'consume-hold', { holdId, amountUsd: '0.500001' });
    expect([refused.status, refused.json['code'], refused.json['holdLeftUsd']]).toEqual([409, 'HOLD_EXCEEDED', '0.50']);
    expect(pathsOfErrors(await post(key, 'hold', { ...card, amountUsd: '0.500001' }))).toEqual(['amountUsd']);
    expect((await post(key, 'consume-hold', { holdId, amountUsd: '0.5' })).status).toBe(200);
  });
});

describe('POST /treasury/release-hold and /treasury/extend-hold', () => {
  it('gives everything back to the lots that it came from', async () => {
    const { key, wallet } = await api.createCustomer(3n);
    await api.writer.submit(depositOf(wallet, 4n));
    const holdId = await openHold(key);
    const { json } = await post(key, 'release-hold', { holdId, reason: 'not needed' });
    const reply = releaseHoldReply.parse(json);
    expect(reply).toMatchObject({ releasedUsd: '5.00', reason: 'not needed', availableUsd: '7.00', heldUsd: '0.00' });
    expect(reply.entries.map(({ lotId, lotLeftUsd, amountUsd }) => [lotId, lotLeftUsd, amountUsd])).toEqual([
      [`lot_${wallet}_1`, '3.00', '3.00'],
      [`lot_${wallet}_2`, '4.00', '2.00'],
    ]);
    for (const [name, rest] of [
      ['release-hold', {}],
      ['consume-hold', { amountUsd: '1' }],
      ['extend-hold', { expiresInSeconds: 9_000 }],
    ] as const) {
      const again = await post(key, name, { holdId, ...rest });
      expect([name, again.status, again.json['code']]).toEqual([name, 409, 'HOLD_NOT_PENDING']);
    }
  });

  it('prolongs from now on, and never shortens', async () => {
    const { key } = await api.createCustomer(20n);
    const holdId = await openHold(key, { ...hold, expiresInSeconds: 60 });
    api.advance(30_000);
    const { json } = await post(key, 'extend-hold', { holdId, expiresInSeconds: 60 });
    const { createdAt, expiresAt, availableUsd } = extendHoldReply.parse(json);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(60_000);
    expect(availableUsd).toBe('15.00');
    const shorter = await post(key, 'extend-hold', { holdId, expiresInSeconds: 30 });
    expect([shorter.status, shorter.json['code'], shorter.json['reason']]).toEqual([
      409,
      'HOLD_NOT_PENDING',
      'shorter',
    ]);
    api.advance(40_000);
    expect((await post(key, 'consume-hold', { holdId, amountUsd: '5' })).status).toBe(200);
  });
});

describe('POST /treasury/check-balance', () => {
  it('says to the micro whether a debit would go through, and moves nothing', async () => {
    const { key, wallet } = await api.createCustomer(20n);
    await openHold(key);
    const check = async (amountUsd: string): Promise<unknown> => (await post(key, 'check-balance', { amountUsd })).json;
    expect(await check('15')).toEqual({ sufficient: true, availableUsd: '15.00', status: 'OK' });
    expect(await check('15.000001')).toEqual({ sufficient: false, availableUsd: '15.00', status: 'OK' });
    expect(await audited(wallet)).toEqual(['DEPOSIT', 'HOLD']);
    await api.db.raw('UPDATE org SET suspended_at = now()');
    api.advance(ACCESS_CACHE_TTL_MS);
    expect(await check('1')).toMatchObject({ sufficient: false });
    await api.db.raw('UPDATE org SET suspended_at = NULL');
    api.advance(ACCESS_CACHE_TTL_MS);
  });
});

describe('suspended by hand', () => {
  it('an org holds nothing new, but its captures, releases, extensions and deposits work', async () => {
    const { key, org, wallet } = await createCardHolder(20n);
    const holds = [await openHold(key), await openHold(key), await openHold(key, card)];
    await api.db.raw('UPDATE org SET suspended_at = now() WHERE id = ?', [org]);
    api.advance(ACCESS_CACHE_TTL_MS);
    for (const body of [hold, card, { ...hold, amountUsd: '999' }]) {
      const { status, json } = await post(key, 'hold', body);
      expect([status, json['code']]).toEqual([403, 'ORG_SUSPENDED']);
    }
    // A hold that grows, and a hold of a hold, are new spending too.
    for (const [call, body] of [
      ['grow-hold', { holdId: holds[0], byUsd: '1' }],
      ['hold', { ...hold, amountUsd: '1', parentHoldId: holds[0] }],
    ] as const) {
      const { status, json } = await post(key, call, body);
      expect([call, status, json['code']]).toEqual([call, 403, 'ORG_SUSPENDED']);
    }
    expect((await post(key, 'extend-hold', { holdId: holds[0], expiresInSeconds: 3_600 })).status).toBe(200);
    expect((await post(key, 'consume-hold', { holdId: holds[0], amountUsd: '5' })).status).toBe(200);
    expect((await post(key, 'release-hold', { holdId: holds[1] })).status).toBe(200);
    expect((await post(key, 'consume-hold', { holdId: holds[2], amountUsd: '1' })).status).toBe(200);
    await api.writer.submit(depositOf(wallet, 1n));
    expect(await balance(key)).toEqual(['16.00', '0.00', 1]);
  });

  it('an org captures what it holds, and nothing beyond it: alone, in a batch, or from a card', async () => {
    const { key, org, wallet } = await createCardHolder(20n);
    const [held, cardHold] = [await openHold(key), await openHold(key, card)];
    await api.db.raw('UPDATE org SET suspended_at = now() WHERE id = ?', [org]);
    api.advance(ACCESS_CACHE_TTL_MS);
    const before = [await balance(key), await audited(wallet)];
    const above = { holdId: held, amountUsd: '5.000001', allowOverrun: true };
    for (const body of [above, { ...above, final: false }, { ...above, amountUsd: '999' }]) {
      const { status, json } = await post(key, 'consume-hold', body);
      expect([status, json['code']]).toEqual([403, 'ORG_SUSPENDED']);
    }
    const commands = [{ op: 'consume-hold', idempotencyKey: 'above', ...above }];
    const results = listIn(await post(key, 'batch', { commands }), 'results');
    expect(results).toMatchObject([{ problem: { code: 'ORG_SUSPENDED' } }]);
    for (const body of [
      { holdId: held, amountUsd: '6' },
      { holdId: cardHold, amountUsd: '1.01', allowOverrun: true },
    ]) {
      expect((await post(key, 'consume-hold', body)).json['code']).toBe('HOLD_EXCEEDED');
    }
    expect([await balance(key), await audited(wallet)]).toEqual(before);
    const part = await post(key, 'consume-hold', { ...above, amountUsd: '2', final: false });
    expect(part.json).toMatchObject({ overrunUsd: '0.00', holdLeftUsd: '3.00' });
    expect((await post(key, 'consume-hold', { ...above, amountUsd: '3.01' })).status).toBe(403);
    expect((await post(key, 'consume-hold', { ...above, amountUsd: '3' })).status).toBe(200);
    expect(await balance(key)).toEqual(['15.00', '0.00', 1]);
  });
});

describe("another org's hold", () => {
  it('is the same as one that never was', async () => {
    const [mine, theirs] = [await api.createCustomer(20n), await api.createCustomer(20n)];
    const foreign = await openHold(theirs.key);
    // Of the same number, so that only the wallet in the id tells them apart.
    expect(await openHold(mine.key)).toBe(foreign.replace(theirs.wallet, mine.wallet));
    const bodies = new Set<string>();
    for (const holdId of [
      foreign,
      `hold_${mine.wallet}_1`,
      `hold_${mine.wallet}_99`,
      `hold_${mine.wallet}_999999999999999999`,
      `hold_${mine.wallet}_02`,
      foreign.toUpperCase(),
      'hold',
    ]) {
      for (const [name, rest] of [
        ['consume-hold', { amountUsd: '1' }],
        ['release-hold', {}],
        ['extend-hold', { expiresInSeconds: 3_600 }],
      ] as const) {
        const { status, json } = await post(mine.key, name, { holdId, ...rest });
        expect([holdId, name, status]).toEqual([holdId, name, 404]);
        bodies.add(JSON.stringify([json['code'], json['detail']]));
      }
    }
    expect(bodies.size).toBe(1);
    expect(listIn(await api.call('GET', '/treasury/holds', { key: mine.key }), 'holds')).toHaveLength(1);
    for (const { key } of [mine, theirs]) expect(await balance(key)).toEqual(['15.00', '5.00', 0]);
  });
});

describe('two processes on one wallet', () => {
  it('A25 a hundred debits of one on a balance of ten: ten go through', async () => {
    const other = await api.spawn();
    try {
      const { key, wallet } = await api.createCustomer(10n);
      const body = { serviceType: 'AI_API', amountUsd: '1' };
      const answers = await Promise.all(
        Array.from({ length: 100 }, async (_, n) =>
          (n % 2 ? other : api).call('POST', '/treasury/debit', { key, body }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
      expect(answers.filter(({ status }) => status === 402)).toHaveLength(90);
      expect(await audited(wallet)).toEqual(['DEPOSIT', ...Array.from({ length: 10 }, () => 'AI_API_CALL')]);
    } finally {
      await other.stop();
    }
  });

  it('A42 a capture and a release of one hold at the same instant: one has its way', async () => {
    const other = await api.spawn();
    try {
      for (let round = 0; round < 5; round += 1) {
        const { key } = await api.createCustomer(10n);
        const holdId = await openHold(key);
        const answers = await Promise.all([
          api.call('POST', '/treasury/consume-hold', { key, body: { holdId, amountUsd: '5' } }),
          other.call('POST', '/treasury/release-hold', { key, body: { holdId } }),
        ]);
        const [captured, released] = answers.map(({ status }) => status);
        expect([captured, released]).toEqual(captured === 200 ? [200, 409] : [409, 200]);
        expect(await balance(key)).toEqual([captured === 200 ? '5.00' : '10.00', '0.00', 0]);
      }
    } finally {
      await other.stop();
    }
  });
});
