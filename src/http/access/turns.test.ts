import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { Turns } from './turns.ts';

/** Work that ends when it is told to. */
function openWork(): { readonly work: () => Promise<void>; readonly end: () => void; readonly begun: () => boolean } {
  let [isBegun, end] = [false, (): void => undefined];
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async (): Promise<void> => {
    isBegun = true;
    return ended;
  };
  return { work, end, begun: () => isBegun };
}

/** Twice: a turn ends after what follows it at once. */
const settle = async (): Promise<void> => new Promise((resolve) => void setImmediate(() => void setImmediate(resolve)));

/** Takes the thread, as writing a long answer does. */
function keepThread(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

async function* lines(count: number): AsyncGenerator<string> {
  for (let n = 1; n <= count; n += 1) yield await Promise.resolve(`${n}\n`);
}

async function collect(pieces: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('S16 while a call that moves money is in progress', () => {
  test('one piece of work runs at a time, and a rest comes after it', async () => {
    const clock = createFakeClock();
    const turns = new Turns(clock);
    const money = openWork();
    const urgent = turns.urgent(money.work);
    const [first, second] = [openWork(), openWork()];
    const both = [turns.run('a', first.work), turns.run('b', second.work)];
    await settle();
    expect([first.begun(), second.begun()]).toEqual([true, false]);
    first.end();
    await settle();
    expect(second.begun()).toBe(false);
    clock.advance(50);
    await settle();
    expect(second.begun()).toBe(true);
    second.end();
    money.end();
    await Promise.all([urgent, ...both]);
  });

  test('the rest is as long as the piece and the writing of its answer took', async () => {
    const clock = createFakeClock();
    const turns = new Turns(clock);
    const money = openWork();
    const urgent = turns.urgent(money.work);
    const page = turns.run('a', async () => Promise.resolve()).then(() => keepThread(20));
    const second = openWork();
    const next = turns.run('b', second.work);
    await page;
    await settle();
    clock.advance(19);
    await settle();
    expect(second.begun()).toBe(false);
    clock.advance(31);
    await settle();
    expect(second.begun()).toBe(true);
    second.end();
    money.end();
    await Promise.all([urgent, next]);
  });

  test('without one, work runs at once and nothing rests', async () => {
    const turns = new Turns(createFakeClock());
    const works = Array.from({ length: 8 }, openWork);
    const running = works.map(async ({ work }) => turns.run('a', work));
    await settle();
    expect(works.every(({ begun }) => begun())).toBe(true);
    for (const { end } of works) end();
    await Promise.all(running);
    expect(await turns.run('a', async () => Promise.resolve(1))).toBe(1);
  });
});

describe('S16 callers', () => {
  test('take turns, whatever each of them has waiting', async () => {
    const clock = createFakeClock();
    const turns = new Turns(clock);
    const held = openWork();
    const done: string[] = [];
    const note = (name: string) => async (): Promise<void> => {
      done.push(name);
      return Promise.resolve();
    };
    const money = openWork();
    const all = [turns.urgent(money.work), turns.run('a', held.work)];
    for (const name of ['a1', 'a2', 'a3']) all.push(turns.run('a', note(name)));
    all.push(turns.run('b', note('b1')));
    held.end();
    for (let n = 0; n < 8; n += 1) {
      await settle();
      clock.advance(50);
    }
    money.end();
    await Promise.all(all);
    expect(done).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  test('who has too much waiting is refused, and nobody else', async () => {
    const turns = new Turns(createFakeClock());
    const works = Array.from({ length: 8 }, openWork);
    const running = works.map(async ({ work }) => turns.run('x', work));
    const waiting = Array.from({ length: 200 }, async () => turns.run('a', async () => Promise.resolve()));
    await expect(turns.run('a', async () => Promise.resolve())).rejects.toMatchObject({
      cause: { code: 'RATE_LIMITED', details: { limit: 'turns' } },
      headers: { 'Retry-After': '2' },
    });
    const other = turns.run('b', async () => Promise.resolve());
    for (const { end } of works) end();
    await Promise.all([...running, ...waiting, other]);
  });
});

describe('S16 an export', () => {
  test('comes whole, piece by piece', async () => {
    const turns = new Turns(createFakeClock());
    expect(await collect(turns.pieces('a', lines(3)))).toBe('1\n2\n3\n');
  });

  test('is refused beyond two of a caller and twelve in all, until one has ended or was left', async () => {
    const turns = new Turns(createFakeClock());
    const open = async (caller: string): Promise<AsyncGenerator<string>> => {
      const pieces = turns.pieces(caller, lines(3));
      await pieces.next();
      return pieces;
    };
    const [first, second] = [await open('a'), await open('a')];
    const limit = { cause: { code: 'RATE_LIMITED', details: { limit: 'exports' } } };
    await expect(open('a')).rejects.toMatchObject(limit);
    await collect(first);
    await second.return(undefined);
    for (const caller of ['a', 'b', 'c', 'd', 'e', 'f']) await Promise.all([open(caller), open(caller)]);
    await expect(open('g')).rejects.toMatchObject(limit);
  });
});

describe('S16 downloads', () => {
  test('share one rate, whoever asks', async () => {
    const clock = createFakeClock();
    const turns = new Turns(clock);
    let sent = 0;
    const piece = async (): Promise<void> => {
      sent += 1;
      return Promise.resolve();
    };
    const all = Array.from({ length: 3 }, async () => turns.download(piece));
    await settle();
    expect(sent).toBe(1);
    clock.advance(4);
    await settle();
    expect(sent).toBe(2);
    clock.advance(4);
    await settle();
    expect(sent).toBe(3);
    await Promise.all(all);
  });

  test('that wait are bounded in number', async () => {
    const turns = new Turns(createFakeClock());
    const nothing = async (): Promise<void> => Promise.resolve();
    const waiting = Array.from({ length: 200 }, async () => turns.download(nothing));
    await expect(turns.download(nothing)).rejects.toMatchObject({ cause: { code: 'RATE_LIMITED' } });
    expect(waiting).toHaveLength(200);
  });
});

test('S16 a moment after a call that moves money, the next one is expected', async () => {
  const clock = createFakeClock();
  const turns = new Turns(clock);
  await turns.urgent(async () => Promise.resolve());
  const [first, second] = [openWork(), openWork()];
  const both = [turns.run('a', first.work), turns.run('b', second.work)];
  await settle();
  expect([first.begun(), second.begun()]).toEqual([true, false]);
  clock.advance(20);
  first.end();
  await settle();
  expect(second.begun()).toBe(true);
  second.end();
  await Promise.all(both);
});
