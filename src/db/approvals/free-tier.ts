/** The change of what new orgs are given; it counts as what one org gets. */
import { formatUsd } from '../../core/money.ts';
import { setFreeTier } from '../billing/free-tier.ts';
import { micros } from '../rows.ts';
import type { ChangeKind } from './change.ts';

export interface FreeTierInput {
  readonly amountMicros: bigint;
}

export const freeTierChange: ChangeKind<FreeTierInput, FreeTierInput> = {
  name: 'free_tier',
  orgOf: () => null,
  describe: ({ amountMicros }) => `give each new org ${formatUsd(amountMicros)} USD`,
  weigh: async (_trx, { amountMicros }) => amountMicros,
  write: ({ amountMicros }) => ({ amountMicros: String(amountMicros) }),
  read: ({ amountMicros }) => ({ amountMicros: micros(amountMicros) }),
  carryOut: async (trx, { amountMicros }, { at }) => {
    await setFreeTier(trx, { amountMicros, at });
    return { amountMicros };
  },
};
