import { expect, it } from 'vitest';
import { hashOfUuid, shardOf } from './shard-of.ts';

/** What `SELECT uuid_hash(...)` of PostgreSQL answers. */
it.each([
  ['0198c2a5-7b1e-7abc-8def-0123456789ab', -1_805_986_450],
  ['00000000-0000-0000-0000-000000000000', 1_353_656_403],
  ['ffffffff-ffff-4fff-8fff-ffffffffffff', 1_204_182_901],
])('%s has the hash that PostgreSQL gives it', (uuid, hash) => {
  expect(hashOfUuid(uuid)).toBe(hash);
});

it('the part is the one whose range has the hash', () => {
  const firsts = [-2_147_483_648, -1_073_741_824, 0, 1_073_741_824];
  expect(shardOf('0198c2a5-7b1e-7abc-8def-0123456789ab', firsts)).toBe(0);
  expect(shardOf('00000000-0000-0000-0000-000000000000', firsts)).toBe(3);
  expect(shardOf('00000000-0000-0000-0000-000000000000', [-2_147_483_648, 1_353_656_403])).toBe(1);
  expect(shardOf('00000000-0000-0000-0000-000000000000', [-2_147_483_648, 1_353_656_404])).toBe(0);
});
