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

/** Who changes the setting, and under which ceiling of the deployment. */
export interface GiftCardMaxChange {
  /** Undefined: it stays as it is. */
  readonly wantedMicros: bigint | undefined;
  readonly ceilingMicros: bigint;
  readonly isMinter: boolean;
}

/**
 * What holds for the org once the setting is changed: a minter who sets more than was allowed thereby allows it.
 * @throws Refusal FORBIDDEN when the caller may not set that much.
 */
export function judgeGiftCardMax(before: GiftCardMax, change: GiftCardMaxChange): GiftCardMax {
  const { wantedMicros, ceilingMicros, isMinter } = change;
  if (wantedMicros === undefined) return before;
  const mostMicros = before.allowedMicros ?? ceilingMicros;
  if (wantedMicros <= mostMicros) return { ...before, setMicros: wantedMicros };
  const most = `freeGiftCardMaxUsd may be at most ${formatUsd(mostMicros)} here`;
  if (!isMinter) throw new Refusal('FORBIDDEN', `${most}; the platform may allow more`);
  return { setMicros: wantedMicros, allowedMicros: wantedMicros };
}
