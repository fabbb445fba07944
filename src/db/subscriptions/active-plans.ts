/** Of which plans a payer is an active subscriber. */
import { ACTIVE_STATES } from '../../core/subscriptions/state.ts';
import type { Queries } from '../rows.ts';
import { findLastPeriod, findSubscriptionOf } from './subscriptions.ts';

/** The plan whose paid period runs; empty without one. @param payer the wallet whose orders they are */
export async function listActivePlans(db: Queries, payer: string): Promise<string[]> {
  const found = await findSubscriptionOf(db, payer);
  if (found === undefined || !ACTIVE_STATES.includes(found.state)) return [];
  const period = await findLastPeriod(db, found);
  return period === undefined ? [] : [period.plan];
}
