import { verifyWebhookSignature } from 'creem/webhooks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signedHeaders } from '../../../devnet/creem/deliveries.ts';
import { creemWebhooks } from './events.ts';

const NOW_MS = Date.now();
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const EVENT = {
  id: 'evt_1',
  eventType: 'checkout.completed',
  created_at: NOW_MS - 3,
  object: {
    id: 'ch_1',
    mode: 'test',
    request_id: 'order-1',
    metadata: { coffer_order: 'order-1' },
    customer: 'cust_1',
  },
};
const BODY = Buffer.from(JSON.stringify(EVENT));
type Scheme = 'older' | 'standard' | 'both';
const signed = (scheme: Scheme, { secret = SECRET, atMs = NOW_MS } = {}): Record<string, string> =>
  signedHeaders(BODY.toString('utf8'), { id: 'evt_1', secret, atMs }, scheme);
const verify = (headers: Record<string, string>, secrets: readonly string[] = [SECRET], body = BODY): boolean =>
  creemWebhooks.verify(body, headers, secrets, NOW_MS);
const sdkVerifies = async (headers: Record<string, string>, secret = SECRET, body = BODY): Promise<boolean> =>
  verifyWebhookSignature(body, headers, secret).then(
    () => true,
    () => false,
  );

describe('A50 a signature', () => {
  test.each(['older', 'standard', 'both'] as const)('%s is accepted, under any of several secrets', async (scheme) => {
    expect(verify(signed(scheme))).toBe(true);
    expect(verify(signed(scheme), ['whsec_b2xk', SECRET])).toBe(true);
    expect(await sdkVerifies(signed(scheme))).toBe(true);
  });

  test.each(['older', 'standard', 'both'] as const)('%s under another secret, or a blank one, is refused', (scheme) => {
    expect(verify(signed(scheme, { secret: `whsec_${Buffer.alloc(24, 8).toString('base64')}` }))).toBe(false);
    expect(verify(signed(scheme), [])).toBe(false);
    for (const blank of ['', ' ', 'whsec_'])
      expect(verify(signed(scheme, { secret: blank }), [blank]), `secret ${blank}`).toBe(false);
  });

  test('under a secret that is no base64 is refused in the newer scheme: its key would be known to everybody', () => {
    for (const secret of ['whsec_!!!!!!!!', '????????????????????????', 'whsec_YQ==']) {
      expect(verify(signed('standard', { secret }), [secret]), `secret ${secret}`).toBe(false);
    }
    expect(verify(signed('older', { secret: 'any text at all' }), ['any text at all'])).toBe(true);
  });

  test.each(['older', 'standard'] as const)('%s does not hold for a body with one altered byte', (scheme) => {
    for (const place of [0, 20, BODY.length - 1]) {
      const altered = Buffer.from(BODY);
      altered.writeUInt8(altered.readUInt8(place) ^ 1, place);
      expect(verify(signed(scheme), [SECRET], altered), `byte ${place}`).toBe(false);
    }
  });

  test('of another length is refused, and not an error', () => {
    const older = signed('older')['creem-signature'] ?? '';
    for (const wrong of ['', 'ab', older.slice(2), `${older}00`, 'zz'.repeat(32)]) {
      expect(verify({ 'creem-signature': wrong }), `signature ${wrong}`).toBe(false);
    }
    const standard = signed('standard');
    for (const wrong of ['', 'v1,', 'v1,YQ==', 'v1', 'v2,YQ==', `v1,${'A'.repeat(100)}`]) {
      expect(verify({ ...standard, 'webhook-signature': wrong }), `signature ${wrong}`).toBe(false);
    }
  });

  test('of the newer scheme is fresh: five minutes either way', () => {
    const at = (seconds: number): Record<string, string> => signed('standard', { atMs: NOW_MS + seconds * 1_000 });
    for (const seconds of [-300, 0, 300]) expect(verify(at(seconds)), `${seconds} s`).toBe(true);
    for (const seconds of [-301, 301, 31_536_000]) expect(verify(at(seconds)), `${seconds} s`).toBe(false);
    expect(verify({ ...signed('standard'), 'webhook-timestamp': 'now' })).toBe(false);
  });

  test('of the newer scheme is not replaced by the older one when it is wrong', async () => {
    const stale = signed('both', { atMs: NOW_MS - 3_600_000 });
    expect(verify(stale)).toBe(false);
    expect(await sdkVerifies(stale)).toBe(false);
    const forged = { ...signed('both'), 'webhook-signature': 'v1,YQ==' };
    expect(verify(forged)).toBe(false);
    expect(await sdkVerifies(forged)).toBe(false);
  });

  test('under several signatures one is enough, and a flood of them is not read', () => {
    const { 'webhook-signature': good = '', ...rest } = signed('standard');
    expect(verify({ ...rest, 'webhook-signature': `v1,YQ== ${good}` })).toBe(true);
    expect(verify({ ...rest, 'webhook-signature': `${'v1,YQ== '.repeat(16)}${good}` })).toBe(false);
  });

  test('is never accepted where the official SDK refuses it', async () => {
    const header = fc.record(
      {
        'webhook-id': fc.constantFrom('evt_1', ''),
        'webhook-timestamp': fc.constantFrom(String(Math.floor(NOW_MS / 1_000)), '1', 'x'),
        'webhook-signature': fc.constantFrom(signed('standard')['webhook-signature'] ?? '', 'v1,YQ==', 'v1,'),
        'creem-signature': fc.constantFrom(signed('older')['creem-signature'] ?? '', 'ab', ''),
        'x-creem-signature': fc.constantFrom(`sha256=${signed('older')['creem-signature'] ?? ''}`, 'ab'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(header, async (given) => {
        const headers = Object.fromEntries(Object.entries(given));
        expect(verify(headers)).toBe(await sdkVerifies(headers));
      }),
      { seed: 20_261_130, numRuns: 300 },
    );
  });
});

describe('an event', () => {
  const read = (change: object): ReturnType<typeof creemWebhooks.read>['event'] =>
    creemWebhooks.read(Buffer.from(JSON.stringify({ ...EVENT, ...change }))).event;

  test('says where to look, and nothing else is read from it', () => {
    expect(read({})).toEqual({
      id: 'evt_1',
      type: 'checkout.completed',
      mode: 'test',
      createdAtMs: NOW_MS - 3,
      apiVersion: null,
      about: { kind: 'checkout', id: 'ch_1' },
    });
  });

  test('about a refund or a dispute is read from its checkout, or, with a subscription, from its transaction', () => {
    const object = { id: 'x_1', mode: 'prod', checkout: { id: 'ch_9' }, transaction: { id: 'tran_9' } };
    for (const [eventType, kind] of [
      ['refund.created', 'refund'],
      ['dispute.created', 'dispute'],
    ] as const) {
      expect(read({ eventType, object })).toMatchObject({ mode: 'live', about: { kind, id: 'ch_9' } });
      expect(read({ eventType, object: { ...object, checkout: 'ch_8' } })?.about?.id).toBe('ch_8');
      expect(read({ eventType, object: { ...object, checkout: undefined } })?.about?.id).toBe('tran_9');
      expect(read({ eventType, object: { ...object, subscription: 'sub_1' } })?.about?.id).toBe('tran_9');
      expect(read({ eventType, object: { ...object, checkout: 'odd', transaction: 'tran_7' } })?.about?.id).toBe(
        'tran_7',
      );
    }
  });

  test('of a kind that is new, or that we do not need, is about nothing of ours', () => {
    for (const eventType of ['checkout.reconsidered', 'credits.consumed', 'credits.granted']) {
      expect(read({ eventType })).toMatchObject({ type: eventType, about: undefined });
    }
  });

  test('of a subscription is about that, and a paid one about the period that was paid', () => {
    const object = { id: 'sub_1', mode: 'test', last_transaction_id: 'tran_5' };
    expect(read({ eventType: 'subscription.past_due', object })?.about).toEqual({ kind: 'subscription', id: 'sub_1' });
    expect(read({ eventType: 'subscription.paid', object })?.about).toEqual({ kind: 'invoice', id: 'tran_5' });
    const without = { ...object, last_transaction_id: undefined };
    expect(read({ eventType: 'subscription.paid', object: without })?.about).toEqual({
      kind: 'subscription',
      id: 'sub_1',
    });
  });

  test('of a mode that is new is tried as live: the key decides what can be read', () => {
    expect(read({ object: { id: 'ch_1', mode: 'production' } })?.mode).toBe('live');
    expect(read({ object: { id: 'ch_1', mode: 'sandbox' } })?.mode).toBe('test');
  });

  test('that is none is not read', () => {
    for (const change of [{ id: 1 }, { id: 'a b' }, { object: null }, { created_at: 'now' }, { eventType: '' }]) {
      expect(read(change), `with ${JSON.stringify(change)}`).toBeUndefined();
    }
    for (const body of ['', '{', '[]', 'null'])
      expect(creemWebhooks.read(Buffer.from(body)).event, `body ${body}`).toBeUndefined();
  });

  test('claims an order and ids, which only find the account', () => {
    expect(creemWebhooks.read(BODY).hints).toEqual({ order: 'order-1', ids: ['ch_1', 'cust_1'] });
    const nested = { object: { id: 'ref_1', checkout: { id: 'ch_1', request_id: 'order-2' }, transaction: 'tran_1' } };
    expect(creemWebhooks.read(Buffer.from(JSON.stringify(nested))).hints).toEqual({
      order: 'order-2',
      ids: ['ref_1', 'ch_1', 'tran_1'],
    });
    expect(creemWebhooks.read(Buffer.from('{')).hints).toEqual({ order: null, ids: [] });
  });
});
