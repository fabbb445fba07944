/** A row added to the price book. A rate bounds no amount, so that every row counts as above the limit. */
import { Refusal } from '../../core/errors.ts';
import { findTimeProblem, type Tier } from '../../core/pricing/price-book.ts';
import { formatQuantity, formatRate } from '../../core/pricing/rate.ts';
import { findOrg } from '../access/orgs.ts';
import { addPrice, tierOf, writtenTier, type AddedPrice } from '../pricing/prices.ts';
import { listOf, orNull, small, textOf } from '../rows.ts';
import type { ChangeKind } from './change.ts';

export interface PriceInput {
  readonly org: string | null;
  readonly action: string;
  readonly unit: string;
  readonly tiers: readonly Tier[] | null;
  /** From when it counts; null: from when it is added. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export const priceChange: ChangeKind<PriceInput, AddedPrice> = {
  name: 'price',
  orgOf: ({ org }) => org,
  describe: ({ org, action, unit, tiers, fromMs, toMs }) => {
    const whose = org === null ? 'everybody' : `the org ${org}`;
    const times = `${fromMs === null ? '' : ` from ${atText(fromMs)}`}${toMs === null ? '' : ` until ${atText(toMs)}`}`;
    return tiers === null
      ? `end the price of ${action} for ${whose}${times}`
      : `charge ${whose} for ${action}, for each ${unit}, ${tiers.map(rateText).join(', ')}${times}`;
  },
  weigh: async (trx, input) => {
    if (input.org !== null && !(await findOrg(trx, input.org))) throw new Refusal('NOT_FOUND', 'there is no such org');
    return 'unbounded';
  },
  write: ({ tiers, ...rest }) => ({ ...rest, tiers: tiers?.map(writtenTier) ?? null }),
  read: (input) => ({
    org: orNull(input['org'], textOf),
    action: textOf(input['action']),
    unit: textOf(input['unit']),
    tiers: orNull(input['tiers'], (tiers) => listOf(tiers, tierOf)),
    fromMs: orNull(input['fromMs'], small),
    toMs: orNull(input['toMs'], small),
  }),
  carryOut: async (trx, input, { id, actor, at }) => {
    const nowMs = at.getTime();
    const times = { fromMs: input.fromMs ?? nowMs, toMs: input.toMs };
    const problem = findTimeProblem(times, nowMs);
    if (problem) {
      const { field: path, message } = problem;
      throw new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
    }
    const price = { ...input, ...times, id, addedAtMs: nowMs, addedBy: actor };
    await addPrice(trx, price);
    return price;
  },
};

const atText = (ms: number): string => new Date(ms).toISOString();

function rateText({ upTo, rate }: Tier): string {
  const amount = `${formatRate(rate)} USD`;
  return upTo === null ? amount : `${amount} up to ${formatQuantity(upTo)}`;
}
