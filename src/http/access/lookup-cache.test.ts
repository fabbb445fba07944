import { describe, expect, it } from 'vitest';
import { LookupCache } from './lookup-cache.ts';

function setUp(): {
  advance: (ms: number) => void;
  cache: LookupCache<string>;
  look: (name: string) => Promise<string>;
  asked: string[];
} {
  let nowMs = 0;
  const clock = { nowMs: () => nowMs, elapsedMs: () => nowMs, after: () => () => undefined };
  const cache = new LookupCache<string>({ clock, ttlMs: 100, sizeMax: 2 });
  const asked: string[] = [];
  const look = async (name: string): Promise<string> => {
    const found = await cache.find(name, () => {
      asked.push(name);
      return Promise.resolve(name === 'none' ? undefined : name.toUpperCase());
    });
    return found ?? 'nothing';
  };
  return { advance: (ms) => (nowMs += ms), cache, look, asked };
}

describe('the look-up cache', () => {
  it('asks once for many callers, and again after its time', async () => {
    const { advance, look, asked } = setUp();
    expect(await Promise.all([look('a'), look('a'), look('a')])).toEqual(['A', 'A', 'A']);
    advance(99);
    await look('a');
    expect(asked).toEqual(['a']);
    advance(1);
    await look('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('keeps no more than its bound, oldest out first', async () => {
    const { look, asked } = setUp();
    for (const name of ['a', 'b', 'c', 'c', 'b', 'a']) await look(name);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('keeps neither what was not found nor a failure', async () => {
    const { cache, look, asked } = setUp();
    expect([await look('none'), await look('none')]).toEqual(['nothing', 'nothing']);
    expect(asked).toEqual(['none', 'none']);
    await expect(cache.find('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await look('a')).toBe('A');
  });
});
