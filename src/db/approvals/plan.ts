/** A new version of a plan, or the first of a new one; it counts as the most that a period's credit exceeds its price. */
import { Refusal } from '../../core/errors.ts';
import { formatUsd } from '../../core/money.ts';
import {
  CREDIT_ENDS,
  findPlanProblem,
  mintedBy,
  PLAN_KINDS,
  type PlanFields,
  type PlanVersion,
} from '../../core/subscriptions/plan.ts';
import type { DatabaseTransaction } from '../database.ts';
import { findPlan, storePlanVersion } from '../subscriptions/plans.ts';
import { listOf, micros, oneOf, orNull, textOf, truth } from '../rows.ts';
import type { ChangeKind } from './change.ts';

export interface PlanInput extends PlanFields {
  /** The plan that changes; null: a new one. */
  readonly plan: string | null;
}

export const planChange: ChangeKind<PlanInput, PlanVersion> = {
  name: 'plan',
  orgOf: () => null,
  describe: (input) => {
    const { plan, name, kind, isActive } = input;
    const what = plan === null ? 'make the plan' : 'change the plan to';
    const state = isActive ? '' : ', not for sale';
    const credit = `${formatUsd(input.creditMicros)} USD of credit for ${pricesText(input)}`;
    return `${what} "${name}": ${credit}${kind === 'one_time' ? ', bought once' : ''}${state}`;
  },
  weigh: async (trx, input) => {
    await checkPlan(trx, input);
    return mintedBy({ ...input, plan: '', version: 1, fromMs: 0 });
  },
  write: ({ monthlyCents, yearlyCents, creditMicros, ...rest }) => ({
    ...rest,
    monthlyCents: monthlyCents === null ? null : String(monthlyCents),
    yearlyCents: yearlyCents === null ? null : String(yearlyCents),
    creditMicros: String(creditMicros),
  }),
  read: (input) => ({
    plan: orNull(input['plan'], textOf),
    name: textOf(input['name']),
    description: textOf(input['description']),
    features: listOf(input['features'], textOf),
    kind: oneOf(PLAN_KINDS, input['kind']),
    monthlyCents: orNull(input['monthlyCents'], micros),
    yearlyCents: orNull(input['yearlyCents'], micros),
    creditMicros: micros(input['creditMicros']),
    creditEnd: oneOf(CREDIT_ENDS, input['creditEnd']),
    isActive: truth(input['isActive']),
    stripeMonthly: orNull(input['stripeMonthly'], textOf),
    stripeYearly: orNull(input['stripeYearly'], textOf),
    creemProduct: orNull(input['creemProduct'], textOf),
  }),
  carryOut: async (trx, input, { id, at }) => {
    const before = await checkPlan(trx, input);
    const { plan, ...fields } = input;
    const version = {
      ...fields,
      plan: plan ?? id,
      version: (before?.version ?? 0) + 1,
      // Versions of a plan follow each other in time, whatever a clock says.
      fromMs: Math.max(at.getTime(), (before?.fromMs ?? 0) + 1),
    };
    await storePlanVersion(trx, version);
    return version;
  },
};

/** The plan as it is. @throws Refusal NOT_FOUND; VALIDATION_FAILED where its kind would change, or fields do not fit together */
async function checkPlan(trx: DatabaseTransaction, input: PlanInput): Promise<PlanVersion | undefined> {
  const { plan, kind } = input;
  const problem = findPlanProblem(input);
  if (problem !== undefined) {
    throw new Refusal('VALIDATION_FAILED', `${problem.path}: ${problem.message}`, { issues: [problem] });
  }
  if (plan === null) return undefined;
  const before = await findPlan(trx, plan);
  if (before === undefined) throw new Refusal('NOT_FOUND', 'there is no such plan');
  if (before.kind === kind) return before;
  const message = 'cannot change: make another plan';
  throw new Refusal('VALIDATION_FAILED', `kind ${message}`, { issues: [{ path: 'kind', message }] });
}

function pricesText({ monthlyCents, yearlyCents }: PlanFields): string {
  const text = (cents: bigint): string => `${formatUsd(cents * 10_000n)} USD`;
  const parts = [
    monthlyCents === null ? undefined : text(monthlyCents),
    yearlyCents === null ? undefined : `${text(yearlyCents)} a year (twelve times the credit)`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
