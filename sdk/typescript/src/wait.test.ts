import { describe, expect, test } from 'vitest';
import { newIdempotencyKey } from './keys.ts';
import { readMessages } from './sse.ts';
import { backoffMs, retryAfterMs, sleep } from './wait.ts';

describe('waiting', () => {
  test.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '999999999' }, 86_400_000],
    [{}, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '1.5' }, undefined],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT', date: 'Thu, 01 Jan 2026 00:00:03 GMT' }, 7_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:03 GMT', date: 'Thu, 01 Jan 2026 00:00:10 GMT' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  ])('%j means %s ms', (headers, ms) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>))).toBe(ms);
  });

  test('grows, with a bound and a random part', () => {
    const of = (failed: number): number[] => Array.from({ length: 50 }, () => backoffMs(failed));
    expect(Math.min(...of(1)) >= 50 && Math.max(...of(1)) <= 100).toBe(true);
    expect(Math.min(...of(3)) >= 200 && Math.max(...of(3)) <= 400).toBe(true);
    expect(Math.max(...of(1_000)) <= 5_000).toBe(true);
    expect(new Set(of(3)).size).toBeGreaterThan(1);
  });

  test('ends at once when it is given up', async () => {
    const given = new AbortController();
    const waiting = sleep(60_000, given.signal);
    given.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(sleep(0, given.signal)).rejects.toThrow('enough');
  });
});

test('keys are UUIDs of version 7 that sort by time, each of its own', () => {
  const keys = Array.from({ length: 100 }, newIdempotencyKey);
  expect(
    keys.filter((key) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(key)),
  ).toEqual([]);
  expect(new Set(keys).size).toBe(100);
  const time = BigInt(`0x${(keys[0] ?? '').replaceAll('-', '').slice(0, 12)}`);
  expect(BigInt(Date.now()) - time < 60_000n).toBe(true);
});

test('messages of a stream are read whole, wherever its bytes are cut', async () => {
  const text = 'retry: 1000\n\nid: 07\nevent: a\ndata: {"é":1}\n\nid: 08\n: still here\n\nid: 09\ndata: no end';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, 1_000]) {
    let heard = 0;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
        controller.close();
      },
    });
    const messages = [];
    for await (const message of readMessages(stream, () => (heard += 1))) messages.push(message);
    expect(messages).toEqual([
      { id: undefined, data: '' },
      { id: '07', data: '{"é":1}' },
      { id: '08', data: '' },
    ]);
    expect(heard).toBe(Math.ceil(bytes.length / size));
  }
});
