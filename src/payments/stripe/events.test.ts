import { readFileSync } from 'node:fs';
import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { EVENT_LISTS, stripeWebhooks } from './events.ts';

const NOW_MS = 1_790_000_000_000;
const NOW = NOW_MS / 1_000;
const SECRET = 'whsec_one';
const EVENT = {
  id: 'evt_1',
  object: 'event',
  type: 'checkout.session.completed',
  created: NOW - 3,
  livemode: false,
  api_version: '2020-08-27',
  data: {
    object: {
      id: 'cs_1',
      object: 'checkout.session',
      metadata: { coffer_order: 'order-1' },
      payment_intent: 'pi_1',
      customer: { id: 'cus_1' },
      charge: null,
    },
  },
};
const BODY = Buffer.from(JSON.stringify(EVENT, undefined, 2));
/** Signs as the official SDK does. */
const signed = (
  body: Buffer,
  { secret = SECRET, at = NOW }: { secret?: string; at?: number } = {},
): { 'stripe-signature': string } => ({
  'stripe-signature': Stripe.webhooks.generateTestHeaderString({
    payload: body.toString('utf8'),
    secret,
    timestamp: at,
  }),
});
const verify = (body: Buffer, headers: object, secrets: readonly string[] = [SECRET]): boolean =>
  stripeWebhooks.verify(body, headers as Record<string, string>, secrets, NOW_MS);

describe('A50 a signature', () => {
  test('of the SDK over these bytes is accepted, under any of several secrets', () => {
    expect(verify(BODY, signed(BODY))).toBe(true);
    expect(verify(BODY, signed(BODY), ['whsec_old', SECRET])).toBe(true);
    const both = `${signed(BODY, { secret: 'whsec_other' })['stripe-signature']},v1=${signed(BODY)['stripe-signature'].split('v1=')[1]}`;
    expect(verify(BODY, { 'stripe-signature': both })).toBe(true);
  });

  test('under another secret, or a blank one, is refused', () => {
    expect(verify(BODY, signed(BODY, { secret: 'whsec_two' }))).toBe(false);
    expect(verify(BODY, signed(BODY), [])).toBe(false);
    expect(verify(BODY, signed(BODY, { secret: ' ' }), [' '])).toBe(false);
    expect(verify(BODY, signed(BODY, { secret: ' ' }), [''])).toBe(false);
  });

  test('does not hold for a body with one altered byte, at any place', () => {
    for (const place of [0, 20, BODY.length - 1]) {
      const altered = Buffer.from(BODY);
      altered.writeUInt8(altered.readUInt8(place) ^ 1, place);
      expect(verify(altered, signed(BODY)), `byte ${place}`).toBe(false);
    }
  });

  test('does not hold for the same JSON written again, or with a mark that decoding drops', () => {
    expect(verify(Buffer.from(JSON.stringify(JSON.parse(BODY.toString()))), signed(BODY))).toBe(false);
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), BODY]);
    expect(verify(marked, signed(BODY))).toBe(false);
    const broken = Buffer.concat([BODY, Buffer.from([0xff])]);
    const lookalike = Buffer.concat([BODY, Buffer.from('\ufffd')]);
    expect(verify(broken, signed(lookalike))).toBe(false);
  });

  test.each([
    [-301, false],
    [-300, true],
    [60, true],
    [61, false],
    [365 * 86_400, false],
  ])('made %i seconds from now: %s', (seconds, accepted) => {
    expect(verify(BODY, signed(BODY, { at: NOW + seconds }))).toBe(accepted);
  });

  test.each([
    ['none', {}],
    ['no time', { 'stripe-signature': `v1=${'0'.repeat(64)}` }],
    ['two times', { 'stripe-signature': `t=1,${signed(BODY)['stripe-signature']}` }],
    ['an older scheme', { 'stripe-signature': signed(BODY)['stripe-signature'].replace('v1=', 'v0=') }],
    ['a short one', { 'stripe-signature': `t=${NOW},v1=00` }],
    ['several headers', { 'stripe-signature': [signed(BODY)['stripe-signature']] }],
    ['very many', { 'stripe-signature': `${signed(BODY)['stripe-signature']}${`,v1=${'0'.repeat(64)}`.repeat(16)}` }],
  ])('a header with %s is refused', (_name, headers) => {
    expect(verify(BODY, headers)).toBe(false);
  });
});

describe('a body', () => {
  test('gives its event, and nothing of its data but which object it is about', () => {
    expect(stripeWebhooks.read(BODY).event).toEqual({
      id: 'evt_1',
      type: 'checkout.session.completed',
      mode: 'test',
      createdAtMs: (NOW - 3) * 1_000,
      apiVersion: '2020-08-27',
      about: { kind: 'checkout', id: 'cs_1' },
    });
    const other = Buffer.from(JSON.stringify({ ...EVENT, type: 'customer.created' }));
    expect(stripeWebhooks.read(other).event?.about).toBeUndefined();
  });

  test('hints at an order and at ids before it is verified', () => {
    expect(stripeWebhooks.read(BODY).hints).toEqual({ order: 'order-1', ids: ['cs_1', 'pi_1', 'cus_1'] });
  });

  test.each([
    '',
    'null',
    '[]',
    '{',
    '{"data":7}',
    '{"data":{"object":{"id":7,"metadata":3}}}',
    '{"object":"v2.core.event","id":"evt_1"}',
  ])('that is no event hints at nothing: %s', (text) => {
    expect(stripeWebhooks.read(Buffer.from(text)).hints).toEqual({ order: null, ids: [] });
    expect(stripeWebhooks.read(Buffer.from(text)).event).toBeUndefined();
  });

  test('the kinds fit into one filter of the list of events', () => {
    for (const kinds of EVENT_LISTS) expect(kinds.length).toBeLessThanOrEqual(20);
  });
});

test('the documentation names every event to subscribe to', () => {
  const text = readFileSync(`${import.meta.dirname}/../../../docs/cards.md`, 'utf8');
  const [orders = []] = EVENT_LISTS;
  const listed = /```text\n([^`]+)```/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  expect(listed.toSorted()).toEqual(orders.toSorted());
});
