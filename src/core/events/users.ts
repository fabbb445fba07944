/** The events of users' wallets, which have no log of their own: they are in the platform's. */
import type { Addressed } from './deposits.ts';
import { eventsOfEntries, type EntryFacts } from './derive.ts';
import { PLATFORM_LOG } from './kinds.ts';
import type { BalanceStatus } from '../ledger/status.ts';

/**
 * The events of entries of a user's wallet, in order, and the status after the last. Each names the user. `entry.created` is
 * left out: the platform's log would have an event for each thing that any user spends. A user has no thresholds.
 * @param status the one that was reported last
 */
export function eventsOfUser(
  user: string,
  facts: readonly EntryFacts[],
  status: BalanceStatus,
): { readonly events: Addressed[]; readonly status: BalanceStatus } {
  const none = { lowMicros: null, criticalMicros: null, revision: 0 };
  const derived = eventsOfEntries(facts, { ...none, status });
  const events = derived.events.flatMap((event): Addressed[] => {
    if (event.kind === 'entry.created') return [];
    const { seq: _seq, ...rest } = event;
    const named = { ...rest, data: { ...rest.data, userId: user } };
    return [{ log: PLATFORM_LOG, event: named as Addressed['event'] }];
  });
  return { events, status: derived.status };
}
