/** All kinds of changes that may wait for a second person. A new kind gets a file beside this one, and a line here. */
import { stored, type StoredKind } from './change.ts';
import { checkInChange } from './check-in.ts';
import { couponChange } from './coupon.ts';
import { freeTierChange } from './free-tier.ts';
import { orgSettingsChange } from './org-settings.ts';
import { planChange } from './plan.ts';
import { priceChange } from './price.ts';

const KINDS: readonly StoredKind[] = [
  stored(freeTierChange),
  stored(orgSettingsChange),
  stored(planChange),
  stored(priceChange),
  stored(couponChange),
  stored(checkInChange),
];

/** The kind of that name; undefined for one that only a later version knows. */
export function findKind(name: string): StoredKind | undefined {
  return KINDS.find((kind) => kind.name === name);
}
