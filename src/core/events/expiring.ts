/** The event that credit will end: once for each wallet, day on which something ends, and number of days ahead. */
import { LEAD_DAYS, type EndingTogether } from '../lots/ending.ts';
import { formatUsd } from '../money.ts';
import type { Addressed } from './deposits.ts';
import { eventId, PLATFORM_LOG } from './kinds.ts';

/** What ends on one day in one wallet. */
export interface EndingCredit {
  readonly wallet: string;
  readonly owner: { readonly kind: 'org' | 'user'; readonly id: string };
  /** The day on which it ends, counted from 1970-01-01 (UTC). */
  readonly day: number;
  /** How many days before that its owner hears of it. */
  readonly noticeDays: number;
  readonly ending: EndingTogether;
  readonly atMs: number;
}

/** Whether an owner is told so many days ahead. @param own what an org has set; null: nothing, as for every user */
export function isNoticeWanted(noticeDays: number, own: readonly number[] | null): boolean {
  return (own ?? LEAD_DAYS).includes(noticeDays);
}

/**
 * The event that credit will end; of a user it is in the platform's log. Its id is the same whoever records it and however
 * often, and whatever is spent meanwhile.
 */
export function eventOfEnding({ wallet, owner, day, noticeDays, ending, atMs }: EndingCredit): Addressed {
  const kind = 'credits.expiring';
  const data = {
    amountUsd: formatUsd(ending.left),
    expiresAt: new Date(ending.firstMs).toISOString(),
    noticeDays,
    userId: owner.kind === 'user' ? owner.id : null,
  };
  const log = owner.kind === 'org' ? owner.id : PLATFORM_LOG;
  return { log, event: { id: eventId(kind, wallet, day, noticeDays), kind, atMs, data } };
}
