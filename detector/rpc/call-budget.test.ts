import { expect, test } from 'vitest';
import { CallBudget } from './call-budget.ts';

/** A budget whose time passes only by waiting for a turn, or by hand. */
function budgetOf(): { budget: CallBudget; pass: (ms: number) => void; nowMs: () => number } {
  let nowMs = 0;
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  const sleep = async (ms: number): Promise<void> => Promise.resolve(pass(ms));
  return { budget: new CallBudget({ nowMs: () => nowMs, sleep }), pass, nowMs: () => nowMs };
}

test('a node that says nothing against it is asked without a pause', async () => {
  const { budget, nowMs } = budgetOf();
  for (let count = 0; count < 1_000; count += 1) await budget.take('head');
  expect(nowMs()).toBe(0);
});

test('F19 "too many requests" halves what a node was given, once for the calls under way, and recovers', async () => {
  const { budget, pass } = budgetOf();
  for (let count = 0; count < 100; count += 1) await budget.take('head');
  budget.slowDown();
  budget.slowDown();
  expect(budget.rate).toBe(50);
  pass(20_000);
  await budget.take('head');
  expect(budget.rate).toBeGreaterThan(100);
});

test('F19 a time that the node names is waited for, and a long one is an answer', async () => {
  const { budget, nowMs } = budgetOf();
  budget.slowDown(3_000);
  await budget.take('head');
  expect(nowMs()).toBe(3_000);
  budget.slowDown(60_000);
  await expect(budget.take('head')).rejects.toMatchObject({ kind: 'spared', retryAfterMs: 60_000 });
});

test('F48 catching up leaves calls for the head', async () => {
  const { budget, nowMs } = budgetOf();
  for (let count = 0; count < 20; count += 1) await budget.take('backfill');
  budget.slowDown();
  while (nowMs() < 4_000) await budget.take('backfill');
  const before = nowMs();
  for (let count = 0; count < 5; count += 1) await budget.take('head');
  expect(nowMs()).toBe(before);
});
