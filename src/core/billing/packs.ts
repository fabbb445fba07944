/** The credit packs: what an org may order and pay for with one deposit. Prices in micros. */
export interface Pack {
  readonly id: string;
  readonly name: string;
  readonly amountMicros: bigint;
  readonly freeGiftCards: number;
  readonly tagline: string;
  readonly popular: boolean;
}

export const PACKS: readonly Pack[] = [
  { id: 'tester', name: 'Tester', amountMicros: 2_000_000n, freeGiftCards: 1, tagline: 'Learn first', popular: false },
  { id: 'starter', name: 'Starter', amountMicros: 5_000_000n, freeGiftCards: 2, tagline: 'Try it out', popular: false },
  {
    id: 'growth',
    name: 'Growth',
    amountMicros: 25_000_000n,
    freeGiftCards: 10,
    tagline: 'Most popular',
    popular: true,
  },
  { id: 'scale', name: 'Scale', amountMicros: 50_000_000n, freeGiftCards: 25, tagline: '', popular: false },
  { id: 'pro', name: 'Pro', amountMicros: 100_000_000n, freeGiftCards: 50, tagline: '', popular: false },
];

/** How long an order waits for its deposit. */
export const ORDER_OPEN_MS = 24 * 60 * 60 * 1000;

/** The pack with that id, if there is one. */
export function findPack(id: string): Pack | undefined {
  return PACKS.find((pack) => pack.id === id);
}
