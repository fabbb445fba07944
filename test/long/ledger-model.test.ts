import { expect, it } from 'vitest';
import { playLedger } from '../support/ledger/property.ts';

it('does what its model does, whatever happens in whatever order', async () => {
  const { faults, entries } = await playLedger(400, 80);
  expect(faults).toEqual([]);
  expect(entries).toBeGreaterThan(8_000);
}, 900_000);
