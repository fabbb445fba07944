/** Bounds of exports, statements and reports that are made at once. */
import { describe, expect, it } from 'vitest';
import { Exports } from '../../src/http/money/exports.ts';
import { FailedCall, problemOf } from '../../src/http/server/problem.ts';

async function* endless(): AsyncGenerator<string> {
  for (;;) yield await Promise.resolve('x');
}

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'accepted',
    (error: unknown) => [
      problemOf(error).code,
      problemOf(error).details,
      error instanceof FailedCall ? error.headers['Retry-After'] : '',
    ],
  );
}

const REFUSED = ['RATE_LIMITED', { limit: 'exports' }, '2'];

describe('S16 exports that are made at once', () => {
  it('are four of an org: the fifth is refused before its first piece, others are not', async () => {
    const exports = new Exports();
    const running = Array.from({ length: 4 }, () => exports.pieces('a', endless()));
    for (const one of running) await one.next();
    expect(await refusalOf(exports.pieces('a', endless()).next())).toEqual(REFUSED);
    expect(await refusalOf(exports.run('a', async () => Promise.resolve()))).toEqual(REFUSED);
    expect(await exports.run('b', async () => Promise.resolve('made'))).toBe('made');
    await running[0]?.return(undefined);
    expect((await exports.pieces('a', endless()).next()).value).toBe('x');
  });

  it('are eight of all orgs, and count no longer once they have ended or failed', async () => {
    const exports = new Exports();
    const running = ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c'].map((owner) => exports.pieces(owner, endless()));
    for (const one of running) await one.next();
    expect(await refusalOf(exports.run('d', async () => Promise.resolve()))).toEqual(REFUSED);
    for (const one of running) await one.return(undefined);
    for (let times = 0; times < 20; times += 1) {
      await expect(exports.run('d', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    }
    expect(await exports.run('d', async () => Promise.resolve('made'))).toBe('made');
  });
});
