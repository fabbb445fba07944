/** What a free gift card of an org pays for at most, and who may change it. */
import { Refusal } from '../errors.ts';
import { formatUsd } from '../money.ts';

/** What a free gift card of an org pays for: a limit that protects the platform, so the org alone does not decide it. */
export interface GiftCardMax {
  /** What the org has set, in micros. */
  readonly setMicros: bigint;
  /** What a minter has allowed this org, in micros; null where the deployment's own ceiling holds. */
  readonly allowedMicros: bigint | null;
}

/** The most that a free gift card of the org pays for, in micros, under the ceiling of the deployment. */
export function giftCardMaxOf({ setMicros, allowedMicros }: GiftCardMax, ceilingMicros: bigint): bigint {
  const mostMicros = allowedMicros ?? ceilingMicros;
  return setMicros < mostMicros ? setMicros : mostMicros;
}

/** Who changes the setting, and what holds for the org. */
export interface GiftCardMaxChange {
  readonly wantedMicros: bigint;
  readonly allowedMicros: bigint | null;
  readonly ceilingMicros: bigint;
  readonly isMinter: boolean;
  /** Whether the deployment wants a second person for what creates credit. */
  readonly needsSecondPerson: boolean;
}

/**
 * What a minter has allowed the org once the setting is changed.
 * @throws Refusal FORBIDDEN when the caller may not set that much.
 */
export function judgeGiftCardMax(change: GiftCardMaxChange): bigint | null {
  const { wantedMicros, allowedMicros, ceilingMicros, isMinter, needsSecondPerson } = change;
  if (wantedMicros <= (allowedMicros ?? ceilingMicros)) return allowedMicros;
  const most = `freeGiftCardMaxUsd may be at most ${formatUsd(allowedMicros ?? ceilingMicros)} here`;
  if (!isMinter) throw new Refusal('FORBIDDEN', `${most}; the platform may allow more`);
  if (needsSecondPerson) {
    throw new Refusal('FORBIDDEN', `${most}: with adminEntryLimitUsd, more is allowed by giftCardMaxUsd alone`);
  }
  return wantedMicros;
}
