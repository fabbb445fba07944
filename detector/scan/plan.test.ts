import { describe, expect, test } from 'vitest';
import { planScan, type PlannedWindow, type ScanPlan } from './plan.ts';

const sizes = {
  windowBlocksStart: 10,
  windowBlocksMax: 40,
  backlogBlocks: 100,
  backlogWindows: 2,
  windowBlocks: 10,
  overlapBlocks: 5,
};
const at = (...numbers: readonly number[]): { readonly number: number }[] => numbers.map((number) => ({ number }));

/** A plan of a chain that was read up to block 50 and holds what was read; `head` is 60. */
function plan(
  change: Partial<Parameters<typeof planScan>[0]> = {},
  other: Partial<typeof sizes> = {},
): ScanPlan<{ readonly number: number }> {
  const checkpoints = at(50, 40, 30);
  const [ancestor] = change.checkpoints ?? checkpoints;
  const cursor = { startBlock: 0, nextBlock: 51 };
  return planScan(
    { cursor, checkpoints, ancestor, head: 60, watchedFrom: undefined, ...change },
    { ...sizes, ...other },
  );
}

/** Windows as people read them: blocks, call class, and the position afterwards. */
const shown = ({ windows }: ScanPlan<unknown>): string[] =>
  windows.map(
    ({ fromBlock, toBlock, callClass, nextBlock }) =>
      `${fromBlock}..${toBlock} ${callClass} -> ${nextBlock ?? 'stays'}`,
  );
const dropped = ({ windows }: ScanPlan<unknown>): (Pick<PlannedWindow, 'dropAbove' | 'lowestGone'> | undefined)[] =>
  windows.map(({ dropAbove, lowestGone }) => ({ dropAbove, lowestGone }));
const nothing = { dropAbove: undefined, lowestGone: undefined };

describe('first start', () => {
  const fresh = { checkpoints: [], ancestor: undefined };

  test('begins at the start block, and not below it', () => {
    const first = plan({ ...fresh, cursor: { startBlock: 55, nextBlock: 55 } });
    expect(shown(first)).toEqual(['55..60 head -> 61']);
    expect(first).toMatchObject({ nextBlock: 55, headFirst: false, behind: false });
    expect([first.rewoundFrom, first.backScanFrom]).toEqual([undefined, undefined]);
  });

  test('begins at block 0 of a chain that has but this', () => {
    expect(shown(plan({ ...fresh, cursor: { startBlock: 0, nextBlock: 0 }, head: 0 }))).toEqual(['0..0 head -> 1']);
  });

  test('reads in windows that double up to the maximum', () => {
    const long = plan({ ...fresh, cursor: { startBlock: 0, nextBlock: 0 }, head: 100 });
    expect(shown(long)).toEqual([
      '0..9 backfill -> 10',
      '10..29 backfill -> 30',
      '30..69 backfill -> 70',
      '70..100 head -> 101',
    ]);
  });
});

describe('overlap', () => {
  test('blocks below the position are read again, which stays where it is meanwhile', () => {
    expect(shown(plan())).toEqual(['46..55 head -> 56', '56..60 head -> 61']);
    expect(shown(plan({}, { windowBlocks: 2 })).slice(0, 2)).toEqual([
      '46..47 backfill -> 51',
      '48..51 backfill -> 52',
    ]);
  });

  test('a head that was read is read again with what lies below it', () => {
    expect(shown(plan({ head: 50 }))).toEqual(['46..50 head -> 51']);
  });

  test('nothing is read where there is neither a new block nor an overlap', () => {
    expect(plan({ head: 50 }, { overlapBlocks: 0 })).toMatchObject({ windows: [], nextBlock: 51, behind: false });
  });

  test('does not reach below the start block', () => {
    const near = { cursor: { startBlock: 49, nextBlock: 51 } };
    expect(shown(plan(near))[0]).toBe('49..58 head -> 59');
  });
});

describe('rewind', () => {
  test('goes on above the ancestor, and drops with the first window what lies above it', () => {
    const rewound = plan({ ancestor: { number: 30 } });
    expect(shown(rewound)).toEqual(['26..35 backfill -> 36', '36..55 head -> 56', '56..60 head -> 61']);
    expect(dropped(rewound)).toEqual([{ dropAbove: 30, lowestGone: 40 }, nothing, nothing]);
    expect(rewound).toMatchObject({ rewoundFrom: { number: 50 }, nextBlock: 31 });
  });

  test('without any ancestor begins at the start block, and everything stored is gone', () => {
    const rewound = plan({ ancestor: undefined, cursor: { startBlock: 20, nextBlock: 51 } });
    expect(shown(rewound)[0]).toBe('20..29 backfill -> 30');
    expect(dropped(rewound)[0]).toEqual({ dropAbove: 19, lowestGone: 30 });
  });

  test('down to block 0, and below it', () => {
    const checkpoints = at(2, 1, 0);
    const of = { checkpoints, cursor: { startBlock: 0, nextBlock: 3 }, head: 2 };
    expect(dropped(plan({ ...of, ancestor: { number: 0 } }))[0]).toEqual({ dropAbove: 0, lowestGone: 1 });
    const whole = plan({ ...of, ancestor: undefined });
    expect(dropped(whole)[0]).toEqual({ dropAbove: -1, lowestGone: 0 });
    expect(shown(whole)).toEqual(['0..2 head -> 3']);
    expect(whole.nextBlock).toBe(0);
  });

  test('far behind as well is read in order, in parts', () => {
    const rewound = plan({ ancestor: { number: 30 }, head: 500 });
    expect(rewound).toMatchObject({ headFirst: false, behind: true });
    expect(shown(rewound)).toEqual(['26..35 backfill -> 36', '36..55 backfill -> 56']);
  });
});

describe('back-scan', () => {
  test('reads from the block of the new address on', () => {
    const back = plan({ watchedFrom: 20 });
    expect(shown(back)[0]).toBe('15..24 backfill -> 25');
    expect(back).toMatchObject({ nextBlock: 20, backScanFrom: 20, rewoundFrom: undefined });
  });

  test('from block 0 on', () => {
    expect(plan({ watchedFrom: 0 })).toMatchObject({ nextBlock: 0, backScanFrom: 0 });
  });

  test('an address that is no older than the position changes nothing', () => {
    expect(plan({ watchedFrom: 51 })).toEqual(plan());
    expect(plan({ watchedFrom: 58 })).toEqual(plan());
  });

  test('a rewind that goes deeper decides where to begin', () => {
    expect(plan({ watchedFrom: 45, ancestor: { number: 30 } })).toMatchObject({ nextBlock: 31, backScanFrom: 45 });
    expect(plan({ watchedFrom: 20, ancestor: { number: 30 } })).toMatchObject({ nextBlock: 20, backScanFrom: 20 });
  });
});

describe('far behind', () => {
  const far = plan({ head: 1_000 });

  test('the head is read first and moves no position, then a part of what is missing', () => {
    expect(shown(far)).toEqual(['995..1000 head -> stays', '46..65 backfill -> 66', '66..105 backfill -> 106']);
    expect(far).toMatchObject({ headFirst: true, behind: true, nextBlock: 51 });
  });

  test('checkpoints are thinned by the first window of what is missing, not by the head', () => {
    const dense = at(...Array.from({ length: 200 }, (_, index) => 200 - index));
    const { windows } = plan({ checkpoints: dense, cursor: { startBlock: 0, nextBlock: 201 }, head: 1_000 });
    expect(windows.map(({ thin }) => thin.length > 0)).toEqual([false, true, false]);
  });

  test('only from more than so many blocks on', () => {
    expect(plan({ head: 146 })).toMatchObject({ headFirst: false, behind: false });
    expect(plan({ head: 147 })).toMatchObject({ headFirst: true });
  });

  test('what is left after its part and is not too much is read to the end', () => {
    const most = plan({ head: 200 });
    expect(most).toMatchObject({ headFirst: true, behind: false });
    expect(shown(most).at(-1)).toBe('186..200 head -> 201');
  });
});
