/** Writes objects in the version of the API that an event is fixed to. */
import type { Stored } from './books.ts';

/** From this version on, a session's amounts stay in the currency of the price whatever the payer sees. */
const PRESENTMENT_SINCE = '2025-03-31';
/** From this version on, the modes of the page are named as they are now. */
const PAGE_MODES_SINCE = '2026-03-25';

/**
 * The object as JSON of that version: older ones lack newer fields, and give others another meaning. Code that reads
 * amounts from an event instead of asking for the object finds other amounts there.
 */
export function renderIn(object: Stored, version: string): Readonly<Record<string, unknown>> {
  const now: Record<string, unknown> = { ...object };
  if (object.object !== 'checkout.session') return now;
  if (version < PAGE_MODES_SINCE) {
    now['ui_mode'] = 'hosted';
    for (const name of [
      'allowed_payment_method_types',
      'excluded_payment_method_types',
      'managed_payments',
      'name_collection',
    ]) {
      delete now[name];
    }
  }
  const { presentment_details: shown, amount_total: total } = object;
  if (version >= PRESENTMENT_SINCE || !shown) return now;
  delete now['presentment_details'];
  return {
    ...now,
    currency: shown.presentment_currency,
    amount_total: shown.presentment_amount,
    amount_subtotal: shown.presentment_amount,
    currency_conversion: {
      amount_subtotal: object.amount_subtotal,
      amount_total: total,
      fx_rate: '1',
      source_currency: object.currency,
    },
  };
}
