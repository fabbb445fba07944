/** What a call charges: an amount, or a quantity of an action, which the price book prices. */
import type { z } from 'zod';
import type { DebitCommand, Notes } from '../../core/ledger/commands.ts';
import { debitType, revenueAccount, type ServiceType } from '../../core/ledger/vocabulary.ts';
import type { Priced } from '../../core/pricing/stamp.ts';
import type { UsageLine } from '../../core/pricing/usage.ts';
import type { Quantity } from '../../core/pricing/rate.ts';
import { usd } from '../endpoint/validate.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import type { MoneyCall } from './command.ts';
import type { Payer } from './payer.ts';
import { action, quantity } from './price-fields.ts';

/** The fields of a call that charges: `amountUsd`, or `action` and `quantity`. */
export const chargeFields = {
  amountUsd: usd.optional().describe('The amount in USD; or `action` and `quantity` in its place.'),
  action: action.optional().meta({ description: 'The action of the price book; with `quantity`.', examples: ['chat'] }),
  quantity: quantity.optional().describe('How many units of the action, with up to 6 places.'),
};

const NO_CHARGE = 'is required, or action and quantity in its place';

/**
 * A body that has to name what it charges, unless `spares` says of an input that it need not: that it does not is listed with
 * whatever else is wrong with it.
 */
export function mustCharge<Body extends z.ZodType>(body: Body, spares: (input: object) => boolean = () => false): Body {
  const names = new Set(Object.keys(chargeFields));
  const lacks = ({ value, issues }: z.core.ParsePayload): boolean =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !issues.some(({ path = [] }) => names.has(String(path[0])));
  return body.refine(
    (input) =>
      typeof input !== 'object' ||
      input === null ||
      spares(input) ||
      Object.entries(input).some(([name, value]) => value !== undefined && names.has(name)),
    { path: ['amountUsd'], message: NO_CHARGE, when: lacks },
  );
}

/** What is charged, as it was read. */
type ChargeInput = { readonly [Name in keyof typeof chargeFields]?: z.output<(typeof chargeFields)[Name]> };

/** What is charged, as a command has it, and as requests under one key are compared by it: by the quantity, not by its price. */
export interface Charge {
  readonly amountMicros: bigint;
  readonly priced: Priced | undefined;
  readonly input: MoneyCall['input'];
}

/**
 * Reads what a call charges; undefined where it names neither an amount nor an action.
 * @throws Refusal VALIDATION_FAILED for both, or for an action without a quantity
 */
export function readCharge(
  { amountUsd: amountMicros, action: name, quantity: asked }: ChargeInput,
  payer: Payer,
): Charge | undefined {
  if (name === undefined && asked === undefined) {
    return amountMicros === undefined ? undefined : { amountMicros, priced: undefined, input: { amountMicros } };
  }
  if (amountMicros !== undefined) {
    throw invalidInput([{ path: 'amountUsd', message: 'goes in place of action and quantity, not beside them' }]);
  }
  if (name === undefined) throw invalidInput([{ path: 'action', message: 'is required with a quantity' }]);
  if (asked === undefined) throw invalidInput([{ path: 'quantity', message: 'is required with an action' }]);
  return { amountMicros: 0n, priced: pricedFor(payer, name, asked), input: { action: name, quantity: asked } };
}

/** Like {@link readCharge}, for a call that has to charge something. */
export function requireCharge(input: ChargeInput, payer: Payer): Charge {
  const charge = readCharge(input, payer);
  if (charge) return charge;
  throw invalidInput([{ path: 'amountUsd', message: NO_CHARGE }]);
}

function pricedFor({ owner }: Payer, name: string, asked: Quantity): Priced {
  return { action: name, quantity: asked, org: owner.kind === 'org' ? owner.id : null };
}

/**
 * The command that debits what a quantity of an action costs, by the row of the price book in force at the command's own time:
 * the payer's own before everybody's, for a user everybody's alone. It is for the surfaces: put it into a {@link MoneyCall}
 * as `command`, with the action and the quantity (and never an amount) in its `input`, so that a retry after a change of price
 * answers the first outcome, and give that to `carryOut`. Its reply gets no entries where the action costs nothing; then
 * `outcome.free` has what it was priced by, its time, and the balances. What was charged is the sum of the entries' effects,
 * and `viewOfPricing` shows how it was priced.
 * Refused as any debit, and with VALIDATION_FAILED (`action`) without a price in force, (`quantity`) above what one
 * command may move.
 */
export function pricedDebit(
  payer: Payer,
  about: {
    readonly service: ServiceType;
    readonly action: string;
    readonly quantity: Quantity;
    readonly notes?: Notes | undefined;
    /** Events that are charged together, each at the price of its own time. */
    readonly lines?: readonly UsageLine[] | undefined;
  },
): DebitCommand {
  const { service, notes } = about;
  return {
    op: 'debit',
    type: debitType(service),
    amountMicros: 0n,
    priced: { ...pricedFor(payer, about.action, about.quantity), lines: about.lines },
    contra: revenueAccount(service),
    service,
    notes,
  };
}
