/** `coffer plans`: what is sold, and for which price at a provider. */
import { InvalidArgumentError, type Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { Refusal } from '../../core/errors.ts';
import { formatUsd } from '../../core/money.ts';
import {
  CREDIT_ENDS,
  itemsOf,
  PLAN_KINDS,
  type CreditEnd,
  type PlanFields,
  type PlanKind,
  type PlanVersion,
} from '../../core/subscriptions/plan.ts';
import { planChange } from '../../db/approvals/plan.ts';
import type { Database } from '../../db/database.ts';
import { findPlan, listPlans } from '../../db/subscriptions/plans.ts';
import { checkPlanItems } from '../../payments/subscriptions/plan-items.ts';
import { viewOfPlan } from '../../views/people/plan.ts';
import { changeOrAskHere } from '../approvals.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { readCredits, readName, readUsdOrZero, readWords } from '../options.ts';
import { openPlatformAccounts } from './accounts.ts';
import { readPlanId, readProviderId } from './subscription-options.ts';

const MICROS_PER_CENT = 10_000n;

interface PlanOptions {
  readonly name?: string;
  readonly description?: string;
  readonly feature?: readonly string[];
  readonly kind?: PlanKind;
  readonly monthly?: bigint;
  readonly yearly?: bigint;
  readonly credits?: bigint;
  readonly expire?: CreditEnd;
  readonly stripeMonthly?: string;
  readonly stripeYearly?: string;
  readonly creemProduct?: string;
  readonly sale?: boolean;
  readonly json?: boolean;
}

const NEW: Omit<PlanFields, 'name' | 'creditMicros'> = {
  description: '',
  features: [],
  kind: 'subscription',
  monthlyCents: null,
  yearlyCents: null,
  creditEnd: 'never',
  isActive: true,
  stripeMonthly: null,
  stripeYearly: null,
  creemProduct: null,
};

/** The fields that options change; the others stay as they are. @param creditMicros what one credit is worth */
function fieldsOf(before: PlanFields, options: PlanOptions, creditMicros: bigint): PlanFields {
  const { name, description, feature, kind, monthly, yearly, credits, expire, sale } = options;
  return {
    name: name ?? before.name,
    description: description ?? before.description,
    features: feature ?? before.features,
    kind: kind ?? before.kind,
    monthlyCents: monthly ?? before.monthlyCents,
    yearlyCents: yearly ?? before.yearlyCents,
    creditMicros: credits === undefined ? before.creditMicros : credits * creditMicros,
    creditEnd: expire ?? before.creditEnd,
    isActive: sale ?? before.isActive,
    stripeMonthly: options.stripeMonthly ?? before.stripeMonthly,
    stripeYearly: options.stripeYearly ?? before.stripeYearly,
    creemProduct: options.creemProduct ?? before.creemProduct,
  };
}

async function add(name: string, options: PlanOptions & { readonly credits: bigint }): Promise<void> {
  await write(null, { ...options, name });
}

async function change(id: string, options: PlanOptions): Promise<void> {
  await write(id, options);
}

async function write(plan: string | null, options: PlanOptions): Promise<void> {
  const { json } = options;
  const done = await withDatabase(async (db, config) => {
    const { creditMicros } = config;
    const before = plan === null ? { ...NEW, name: '', creditMicros: 0n } : await findPlan(db, plan);
    if (before === undefined) throw new CliError(`there is no plan ${plan}`, EXIT.notFound);
    const input = { ...fieldsOf(before, options, creditMicros), plan };
    if (input.isActive) await checkItems(db, config, input);
    const version = await changeOrAskHere({ db, config }, planChange, { input, json });
    return version && { version, creditMicros };
  });
  if (done === undefined) return;
  if (json === true) return printJson(viewOfPlan(done.version, done.creditMicros));
  printPlans([done.version]);
}

/** Reads what the plan names at providers. @throws CliError where it is not what the plan costs */
async function checkItems(db: Database, config: Config, input: PlanFields): Promise<void> {
  if (itemsOf(input).length === 0) return;
  const { mode } = config.payments;
  try {
    await checkPlanItems({ accounts: openPlatformAccounts(db, config), mode }, input);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new CliError(error.message, error.code === 'VALIDATION_FAILED' ? EXIT.usage : EXIT.failed);
  }
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const { plans, creditMicros } = await withDatabase(async (db, config) => ({
    plans: await listPlans(db),
    creditMicros: config.creditMicros,
  }));
  if (json === true) return printJson({ plans: plans.map((plan) => viewOfPlan(plan, creditMicros)) });
  printPlans(plans);
}

function printPlans(plans: readonly PlanVersion[]): void {
  const usd = (cents: bigint | null): string | null => (cents === null ? null : formatUsd(cents * MICROS_PER_CENT));
  printTable(
    ['id', 'name', 'kind', 'USD a month', 'USD a year', 'credit a month', 'credit ends', 'for sale'],
    plans.map((one) => [
      one.plan,
      one.name,
      one.kind,
      usd(one.monthlyCents),
      usd(one.yearlyCents),
      formatUsd(one.creditMicros),
      one.creditEnd,
      one.isActive ? 'yes' : 'no',
    ]),
  );
}

function readKindOfPlan(text: string): PlanKind {
  const kind = PLAN_KINDS.find((one) => one === text);
  if (kind) return kind;
  throw new InvalidArgumentError(`It must be one of ${PLAN_KINDS.join(', ')}.`);
}

function readCreditEnd(text: string): CreditEnd {
  const end = CREDIT_ENDS.find((one) => one === text);
  if (end) return end;
  throw new InvalidArgumentError(`It must be one of ${CREDIT_ENDS.join(', ')}.`);
}

/** A price in dollars; gives cents. */
function readPrice(text: string): bigint {
  const amount = readUsdOrZero(text);
  if (amount > 0n && amount % MICROS_PER_CENT === 0n) return amount / MICROS_PER_CENT;
  throw new InvalidArgumentError('It must be above zero, in whole cents.');
}

function readFeature(text: string, before: readonly string[] = []): string[] {
  return [...before, readName(text)];
}

function withFields(command: Command): Command {
  return command
    .option('--description <text>', 'a line about it', readWords)
    .option('--feature <text>', 'what it has; may be given several times', readFeature)
    .option('--monthly <usd>', 'the price of a month; of a one-time plan, its price', readPrice)
    .option('--yearly <usd>', 'the price of a year, which brings twelve months', readPrice)
    .option('--expire <when>', `when the credit ends: ${CREDIT_ENDS.join(' or ')}`, readCreditEnd)
    .option('--stripe-monthly <id>', "Stripe's price of a month", readProviderId)
    .option('--stripe-yearly <id>', "Stripe's price of a year", readProviderId)
    .option('--creem-product <id>', "Creem's product", readProviderId)
    .option('--json', 'print JSON');
}

/** `coffer plans`. */
export function addPlans(program: Command): void {
  const plans = program.command('plans').description('plans that users subscribe to, or buy once');

  plans
    .command('list')
    .description('list every plan as it is now, the oldest first')
    .option('--json', 'print JSON')
    .action(list);

  withFields(
    plans
      .command('add')
      .description('add a plan; what it gives away above the limit needs a second person')
      .argument('<name>', 'what customers see', readName)
      .requiredOption('--credits <n>', 'whole credits of a month', readCredits)
      .option('--kind <kind>', PLAN_KINDS.join(' or '), readKindOfPlan),
  ).action(add);

  withFields(
    plans
      .command('change')
      .description('change a plan for periods that begin from now on; what is left out stays')
      .argument('<id>', 'its id', readPlanId)
      .option('--name <name>', 'what customers see', readName)
      .option('--credits <n>', 'whole credits of a month', readCredits)
      .option('--sale', 'put it on sale')
      .option('--no-sale', 'take it off sale; who has it keeps it'),
  ).action(change);
}
