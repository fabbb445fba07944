/** What a wallet's lots are for and when they end, as JSON. */
import { endingNext } from '../../core/lots/ending.ts';
import type { OpenLot } from '../../core/ledger/head.ts';
import { formatRestriction, type Restriction } from '../../core/lots/restriction.ts';
import { formatUsd } from '../../core/money.ts';

/** What credit may pay for; null: for every service, for every action. */
export interface RestrictionView {
  readonly services: string[] | null;
  readonly actions: string[] | null;
}

/** The JSON of a restriction. */
export function viewOfRestriction({ services, actions }: Restriction): RestrictionView {
  return { services: services ? [...services] : null, actions: actions ? [...actions] : null };
}

/** What is left in lots that are for the same, in micros. */
export type RestrictedSum = RestrictionView & { readonly availableMicros: bigint };

/** What is left in restricted lots, by what they are for, in spending order. */
export function restrictedSums(lots: readonly OpenLot[]): RestrictedSum[] {
  const sums = new Map<string, RestrictedSum>();
  for (const { left, terms } of lots) {
    if (terms.restrictedTo === undefined) continue;
    const key = formatRestriction(terms.restrictedTo);
    const availableMicros = (sums.get(key)?.availableMicros ?? 0n) + left;
    sums.set(key, { ...viewOfRestriction(terms.restrictedTo), availableMicros });
  }
  return [...sums.values()];
}

/** What ends next, in micros, and when the first of it does; null when nothing ends. */
export function endOfLots(lots: readonly OpenLot[]): { readonly micros: bigint; readonly expiresAt: string } | null {
  const next = endingNext(lots);
  return next === undefined ? null : { micros: next.left, expiresAt: new Date(next.firstMs).toISOString() };
}

export interface LotsView {
  /** What of the available credit is for some things only. */
  readonly restricted: (RestrictionView & { readonly availableUsd: string })[];
  /** What ends next, on one day (UTC), and when the first of it does. */
  readonly nextExpiry: { readonly amountUsd: string; readonly expiresAt: string } | null;
}

/** The part of an org's balance that is about its lots. */
export function viewOfLots(lots: readonly OpenLot[]): LotsView {
  const next = endOfLots(lots);
  return {
    restricted: restrictedSums(lots).map(({ availableMicros, ...about }) => ({
      ...about,
      availableUsd: formatUsd(availableMicros),
    })),
    nextExpiry: next && { amountUsd: formatUsd(next.micros), expiresAt: next.expiresAt },
  };
}
