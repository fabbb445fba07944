import { expect, test } from 'vitest';
import { quorumOf } from './quorum.ts';

test.each([
  [1, undefined, 1],
  [2, undefined, 2],
  [5, undefined, 2],
  [5, 3, 3],
  [3, 1, 1],
])('of %d RPCs with quorum %s configured, %d must agree', (count, quorum, expected) => {
  expect(quorumOf({ rpcUrls: Array.from({ length: count }, (_, index) => `http://rpc-${index}`), quorum })).toBe(
    expected,
  );
});
