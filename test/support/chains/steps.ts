/** What can happen to a detector and its chain, as data that fast-check makes and shrinks. */
import fc from 'fast-check';
import { WITNESS_FAULTS, type WitnessFault } from './witness.ts';

/** Failpoints of one round, in the order that it passes them. */
const CRASHES = [
  'detector.after-read',
  'detector.before-commit',
  'detector.after-intent',
  'detector.between-entry-and-status',
] as const;

/** A transfer to an address of ours; `payer` 0 and 1 are registered, 2 is a stranger. */
export interface Payment {
  readonly payer: number;
  readonly amount: bigint;
  /** How many more transfers of the same amount the same transaction has. */
  readonly again: number;
}

export type Step =
  | { readonly kind: 'mine'; readonly blocks: number; readonly payments: readonly Payment[] }
  | {
      readonly kind: 'reorg';
      readonly depth: number;
      /** How many blocks longer the chain is afterwards; shorter when negative. */
      readonly longer: number;
      /** What happens to the transfers in the replaced blocks. */
      readonly kept: 'none' | 'all' | 'later' | 'changed';
      /** The new blocks have the hashes of the old ones. */
      readonly sameHash: boolean;
      /** Whether it happens in the middle of a read. */
      readonly within: boolean;
    }
  | { readonly kind: 'fault'; readonly rpc: number; readonly fault: WitnessFault }
  | { readonly kind: 'round' }
  | { readonly kind: 'crash'; readonly at: string }
  /** Another process becomes the leader; `within`: while this one is in the middle of a round. */
  | { readonly kind: 'takeover'; readonly within: boolean }
  /** The ledger takes no entry, or (`written`) takes it and does not answer. */
  | { readonly kind: 'ledgerAway'; readonly written: boolean };

const payment = fc.record({
  payer: fc.integer({ min: 0, max: 2 }),
  amount: fc.bigInt({ min: 0n, max: 5n }),
  again: fc.integer({ min: 0, max: 2 }),
});
const mine = fc.record({
  kind: fc.constant('mine' as const),
  blocks: fc.integer({ min: 1, max: 4 }),
  payments: fc.array(payment, { maxLength: 3 }),
});
const reorg = fc.record({
  kind: fc.constant('reorg' as const),
  depth: fc.integer({ min: 1, max: 9 }),
  longer: fc.integer({ min: -2, max: 3 }),
  kept: fc.constantFrom('none' as const, 'all' as const, 'later' as const, 'changed' as const),
  sameHash: fc.boolean(),
  within: fc.boolean(),
});
const round = fc.constant<Step>({ kind: 'round' });
const trouble = fc.oneof(
  fc.record({
    kind: fc.constant('fault' as const),
    rpc: fc.integer({ min: 0, max: 2 }),
    fault: fc.constantFrom(...WITNESS_FAULTS),
  }),
  fc.record({ kind: fc.constant('crash' as const), at: fc.constantFrom(...CRASHES) }),
  fc.record({ kind: fc.constant('takeover' as const), within: fc.boolean() }),
  fc.record({ kind: fc.constant('ledgerAway' as const), written: fc.boolean() }),
);

/** Up to `stepsMax` steps of the chain, of the detector and of things that fail, in any order. */
export function arbitrarySteps(stepsMax: number): fc.Arbitrary<Step[]> {
  const step = fc.oneof(
    { arbitrary: mine, weight: 4 },
    { arbitrary: round, weight: 4 },
    { arbitrary: reorg, weight: 2 },
    { arbitrary: trouble, weight: 3 },
  );
  return fc.array(step, { maxLength: stepsMax, size: 'max' });
}
