import { expect, test } from 'vitest';
import { mayFollow, ORDER_STATES, stateAt, type OrderState } from './order.ts';

test('an order that is paid is credited or waits again, and nothing else', () => {
  const after = (from: OrderState): OrderState[] => ORDER_STATES.filter((to) => mayFollow(from, to));
  expect(after('paid')).toEqual(['awaiting_payment', 'credited']);
  expect(after('credited')).toEqual(['awaiting_payment']);
});

test('money that is found pays an order in every state but a paid one', () => {
  const payable = ORDER_STATES.filter((from) => mayFollow(from, 'paid'));
  expect(payable).toEqual(ORDER_STATES.filter((state) => state !== 'paid' && state !== 'credited'));
});

test('what the provider is processing is not cancelled', () => {
  const cancellable = ORDER_STATES.filter((from) => mayFollow(from, 'cancelled'));
  expect(cancellable).toEqual(['created', 'awaiting_payment']);
});

test('no state follows itself', () => {
  expect(ORDER_STATES.filter((state) => mayFollow(state, state))).toEqual([]);
});

test.each([
  ['awaiting_payment', 'chain', 99, 'awaiting_payment'],
  ['awaiting_payment', 'chain', 100, 'expired'],
  ['awaiting_payment', 'card', 100, 'awaiting_payment'],
  ['credited', 'chain', 100, 'credited'],
] as const)('%s by %s is shown at %i as %s', (state, channel, nowMs, shown) => {
  expect(stateAt({ state, channel, expiresAtMs: 100 }, nowMs)).toBe(shown);
});
