/**
 * Ends credit with its period. Such credit is booked with some days more than its period, since nobody knows at its beginning
 * whether the renewal will be past due. Where it is not, this ends the credit as the period is over.
 */
import { uuidV7 } from '../../core/ids.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import { listCreditToEnd, noteCreditEnded } from '../../db/subscriptions/credit-ends.ts';
import type { SettleMeans } from '../movements.ts';

/** Most orders of one look. */
const ORDERS_MAX = 100;
/** Most looks of one round. */
const LOOKS_MAX = 50;

/**
 * Ends what is over. Safe to repeat and in several processes: a lot that is empty stays as it is.
 * @returns how many orders' credit was ended
 * @throws Refusal LEDGER_UNAVAILABLE: a later call goes on
 */
export async function endCredits({ db, writer, clock }: SettleMeans, stopped = (): boolean => false): Promise<number> {
  let ended = 0;
  for (let look = 0; look < LOOKS_MAX && !stopped(); look += 1) {
    const found = await listCreditToEnd(db, { at: new Date(clock.nowMs()), limit: ORDERS_MAX });
    for (const { order, wallet, lots } of found) {
      const key = uuidV7(clock.nowMs());
      await writer.submit({ wallet, command: { op: 'end_lots', lots }, key, inputHash: inputHash(`end:${order}`) });
      await noteCreditEnded(db, { order, at: new Date(clock.nowMs()) });
    }
    ended += found.length;
    if (found.length < ORDERS_MAX) break;
  }
  return ended;
}
