import { describe, expect, test } from 'vitest';
import { judgeRewrite, type Rewrite } from './freeze.ts';

const none: Rewrite = { headBlock: 100, hardFinal: 60, lowestGone: undefined, orphans: [] };
const credited = (blockNumber: number): Rewrite['orphans'] => [{ blockNumber, committed: true }];

describe('a rewrite', () => {
  test.each<[string, Partial<Rewrite>]>([
    ['of nothing', {}],
    ['as deep as the policy expects', { lowestGone: 81 }],
    ['that takes a credited deposit as deep as that', { orphans: credited(81) }],
    ['that takes a deposit which was not credited, however deep', { orphans: [{ blockNumber: 3, committed: false }] }],
    ['where nothing was final yet', { hardFinal: undefined, lowestGone: 90 }],
  ])('%s is within the policy', (_, change) => {
    expect(judgeRewrite({ ...none, ...change }, 20)).toBeUndefined();
  });

  test.each<[string, Partial<Rewrite>, number, string]>([
    ['one block deeper', { lowestGone: 80 }, 20, '21 blocks were replaced, from 80 on; up to 20 are expected'],
    ['of a final block', { lowestGone: 60 }, 90, 'block 60 was replaced, and blocks up to 60 were final'],
    ['of a credited deposit in a final block', { orphans: credited(59), lowestGone: 90 }, 90, 'block 59 was replaced'],
    ['of a credited deposit below that', { orphans: credited(70), lowestGone: 90 }, 20, '31 blocks were replaced'],
    ['with nothing final, too deep', { hardFinal: undefined, lowestGone: 1 }, 20, '100 blocks were replaced'],
  ])('%s is beyond it', (_, change, blocksMax, reason) => {
    const cause = judgeRewrite({ ...none, ...change }, blocksMax);
    expect(cause).toMatchObject({ kind: 'deep_rewind' });
    expect(cause?.reason).toContain(reason);
  });
});
