/** Stores the outcome of screenings that did not let a deposit pass. */
import type { ScreenedOut } from '../../core/deposits/screening.ts';
import { OPEN_TO_ROUNDS } from '../../core/deposits/states.ts';
import type { Database } from '../database.ts';
import { recordDepositEvents } from './events.ts';
import { withLease, type Lease } from '../leases.ts';
import { onceFound } from '../once-found.ts';
import { stateList } from '../state-list.ts';

/** The outcome of a deposit's screening, and the org that it would be credited to. */
export interface ScreeningNote {
  readonly id: string;
  readonly org: string;
  readonly outcome: ScreenedOut;
}

/** Stores the states of deposits after their screening. One that has a wallet by now, or left the chain, is not changed. */
export async function noteScreenings(
  db: Database,
  lease: Lease,
  notes: readonly ScreeningNote[],
  at: Date,
): Promise<void> {
  if (notes.length === 0) return;
  const waits = notes.map(({ outcome }) => (outcome.state === 'screening' ? outcome : { tries: 0, retryMs: 0 }));
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE deposit d SET state = note.state, reason = note.reason, org = note.org, screening_tries = note.tries,
         screen_after = note.screen_after, updated_at = ?
       FROM unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::integer[], ?::timestamptz[])
         AS note (id, state, reason, org, tries, screen_after)
       WHERE d.id = note.id AND ${onceFound(`d.wallet IS NULL AND d.state IN (${stateList(OPEN_TO_ROUNDS)})`)}`,
      [
        at,
        notes.map(({ id }) => id),
        notes.map(({ outcome }) => outcome.state),
        notes.map(({ outcome }) => outcome.reason),
        notes.map(({ org }) => org),
        waits.map(({ tries }) => tries),
        waits.map(({ retryMs }) => new Date(at.getTime() + retryMs).toISOString()),
      ],
    );
    await recordDepositEvents(
      trx,
      notes.map(({ id }) => id),
      at,
    );
  });
}
