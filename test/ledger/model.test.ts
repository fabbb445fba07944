import { expect, it } from 'vitest';
import { playLedger } from '../support/ledger/property.ts';

it('A25 A41 A42 does what its model does, whatever happens in whatever order', async () => {
  const { faults, entries } = await playLedger(20, 30);
  expect(faults).toEqual([]);
  expect(entries).toBeGreaterThan(100);
}, 120_000);
