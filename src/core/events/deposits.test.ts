import { describe, expect, it } from 'vitest';
import type { DepositState } from '../deposits/states.ts';
import { tellDeposit, type Told } from './deposits.ts';
import { PLATFORM_LOG } from './kinds.ts';

const transfer = {
  chain: 'eip155:1',
  token: '0xa',
  txHash: '0x1',
  ordinal: 0,
  fromAddress: '0xf',
  toAddress: '0xc',
  blockNumber: 7,
  blockTime: '2026-01-31T12:00:00.000Z',
};
/** Letters name orgs; `-` is no org. */
type Step = readonly [org: string, state: DepositState];

/** The events along the way, as `log kind`. */
function along(...steps: readonly Step[]): { readonly told: string[]; readonly ids: string[] } {
  let before: Told | undefined;
  const events = steps.flatMap(([org, state]) => {
    const standing = { id: 'd', org: org === '-' ? null : org, state, reason: null, amountMicros: 5n, transfer };
    const { events: now, told } = tellDeposit(standing, before, 1);
    before = told;
    return now;
  });
  return {
    told: events.map(
      ({ log, event }) => `${log === PLATFORM_LOG ? 'platform' : log} ${event.kind.slice('deposit.'.length)}`,
    ),
    ids: events.map(({ event }) => event.id),
  };
}

describe('the events of a deposit', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    [
      'nothing while nobody is concerned',
      [
        ['-', 'observed'],
        ['-', 'dust'],
      ],
      [],
    ],
    [
      'that it is seen, once',
      [
        ['-', 'observed'],
        ['a', 'confirming'],
        ['a', 'confirming'],
        ['a', 'credited'],
      ],
      ['a observed'],
    ],
    [
      'that it is gone, to whom it was seen by',
      [
        ['a', 'confirming'],
        ['-', 'orphaned'],
        ['-', 'reversed'],
      ],
      ['a observed', 'a orphaned'],
    ],
    [
      'no event for the end of a deposit that was never reported',
      [
        ['-', 'observed'],
        ['-', 'orphaned'],
      ],
      [],
    ],
    [
      'that it is back',
      [
        ['a', 'confirming'],
        ['a', 'orphaned'],
        ['-', 'observed'],
        ['a', 'confirming'],
      ],
      ['a observed', 'a orphaned', 'a observed'],
    ],
    [
      'that it found no org, and then one',
      [
        ['-', 'unmatched'],
        ['-', 'unmatched'],
        ['a', 'confirming'],
      ],
      ['platform unmatched', 'a observed'],
    ],
    [
      'that it is set aside, and how',
      [
        ['a', 'screening'],
        ['a', 'screening'],
        ['a', 'quarantined'],
      ],
      ['a set_aside', 'a set_aside'],
    ],
    [
      "that it is another org's",
      [
        ['a', 'confirming'],
        ['b', 'confirming'],
      ],
      ['a observed', 'a set_aside', 'b observed'],
    ],
    [
      'that no org has it any more',
      [
        ['a', 'confirming'],
        ['-', 'unmatched'],
      ],
      ['a observed', 'a set_aside', 'platform unmatched'],
    ],
  ])('is %s', (_name, steps, told) => {
    const found = along(...steps);
    expect(found.told).toEqual(told);
    expect(new Set(found.ids).size).toBe(told.length);
  });

  it('has the same ids each time that it is derived', () => {
    const steps: readonly Step[] = [
      ['a', 'confirming'],
      ['a', 'orphaned'],
      ['a', 'confirming'],
    ];
    expect(along(...steps).ids).toEqual(along(...steps).ids);
  });
});
