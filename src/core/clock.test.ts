import { expect, test } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { withDeadline } from './clock.ts';

const timeoutMs = 50;

test('work that ends in time gives its result, and no timer is left', async () => {
  const clock = createFakeClock();
  await expect(withDeadline(Promise.resolve(7), { clock, timeoutMs })).resolves.toBe(7);
  expect(clock.waiting()).toBe(0);
});

test('work that fails in time fails with its own error, and no timer is left', async () => {
  const clock = createFakeClock();
  const work = Promise.reject(new Error('of its own'));
  await expect(withDeadline(work, { clock, timeoutMs })).rejects.toThrow('of its own');
  expect(clock.waiting()).toBe(0);
});

test('work that takes longer fails at the deadline and not before, whatever comes of it later', async () => {
  const clock = createFakeClock();
  const work = Promise.withResolvers<number>();
  let settled = false;
  const waiting = withDeadline(work.promise, { clock, timeoutMs }).finally(() => {
    settled = true;
  });
  const failure = waiting.catch((error: unknown) => error);
  clock.advance(timeoutMs - 1);
  await Promise.resolve();
  expect(settled).toBe(false);
  clock.advance(1);
  expect(await failure).toEqual(new Error('no answer within 50 ms'));
  work.reject(new Error('too late to matter'));
});

test('the caller names the error, which is made only when the time is over', async () => {
  const clock = createFakeClock();
  let made = 0;
  const late = (): Error => {
    made += 1;
    return new Error('no head in time');
  };
  await withDeadline(Promise.resolve(), { clock, timeoutMs, late });
  expect(made).toBe(0);
  const never = withDeadline(Promise.withResolvers<void>().promise, { clock, timeoutMs, late });
  const failure = never.catch((error: unknown) => error);
  clock.advance(timeoutMs);
  expect(await failure).toEqual(new Error('no head in time'));
  expect(made).toBe(1);
});
