import { describe, expect, it } from 'vitest';
import { FairQueue, type Choice } from './fair-queue.ts';

interface Command {
  readonly name: string;
  readonly submission: { readonly wallet: string };
}

const commandOf = (name: string): Command => ({ name, submission: { wallet: name.charAt(0) } });
const names = (commands: readonly Command[]): string => commands.map(({ name }) => name).join(' ');

function queueOf(...all: string[]): FairQueue<Command> {
  const queue = new FairQueue<Command>();
  for (const name of all) queue.push(commandOf(name));
  return queue;
}

const take = (): Choice => 'take';

describe('S01 the queue of a lane', () => {
  it('gives every wallet the same share while others wait, and the rest to those who have more', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'b1', 'c1', 'c2');
    expect(names(queue.take(6, take))).toBe('a1 a2 b1 c1 c2 a3');
    expect(names(queue.take(6, take))).toBe('a4 a5 a6');
    expect(queue.length).toBe(0);
  });

  it('serves all wallets in turn where there are more of them than room', () => {
    const queue = queueOf('a1', 'a2', 'b1', 'b2', 'c1');
    expect(names(queue.take(2, take))).toBe('a1 b1');
    expect(names(queue.take(2, take))).toBe('c1 a2');
    expect(names(queue.take(2, take))).toBe('b2');
  });

  it('keeps the order of each wallet, whatever is left or put back', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'b1');
    const choose = ({ name }: Command): Choice => (name === 'a1' ? 'leave' : name === 'a2' ? 'drop' : 'take');
    expect(names(queue.take(9, choose))).toBe('a3 b1');
    queue.putBack([commandOf('a3')]);
    queue.push(commandOf('a4'));
    expect([queue.length, queue.lengthOf('a')]).toEqual([3, 3]);
    expect(names(queue.take(9, take))).toBe('a3 a1 a4');
  });

  it('goes on to the next wallet once a batch has enough of one', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'b1', 'b2');
    let taken = 0;
    const choose = ({ name }: Command): Choice => (name.startsWith('a') && taken++ > 0 ? 'enough' : 'take');
    expect(names(queue.take(9, choose))).toBe('a1 b1 b2');
    expect([queue.length, queue.lengthOf('a')]).toEqual([2, 2]);
    expect(names(queue.take(9, take))).toBe('a2 a3');
  });
});
