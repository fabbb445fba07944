/** What refunds give back of charges: all refunds of a charge together never more than it took. Pure. */
import type { BudgetMark } from '../budgets/budget.ts';
import { Refusal } from '../errors.ts';
import { formatUsd } from '../money.ts';

/** A command whose entries a refund may name, and what was given back of it so far. Amounts in micros. */
export interface RefundableCharge {
  /** Seq of the first of its entries, which names it. */
  readonly charge: number;
  /** The service that was charged; null for what no service does, such as a deposit or a booking. */
  readonly service: string | null;
  /** What all its entries took from the wallet; zero or less for what only moved or brought money. */
  readonly tookMicros: bigint;
  readonly refundedMicros: bigint;
  /** Where it counted in budgets. */
  readonly marks: readonly BudgetMark[];
}

/** What a refund asks for, in micros. */
export interface GivenBack {
  readonly amountMicros: bigint;
  readonly service: string | undefined;
}

/** What a charge took and no refund gave back yet, in micros. */
export function refundable({ tookMicros, refundedMicros }: RefundableCharge): bigint {
  return tookMicros - refundedMicros;
}

/** The charges that the refunds of one posting name, with what is given back of them as it goes on. */
export class Refunds {
  readonly #charges = new Map<number, RefundableCharge | undefined>();

  /** Takes in a charge as it was read; undefined: the wallet has none. What is known already stays: it may have gone on. */
  learn(charge: number, read: RefundableCharge | undefined): void {
    if (!this.#charges.has(charge)) this.#charges.set(charge, read);
  }

  /**
   * The charge with this number.
   * @throws Refusal NOT_FOUND where the wallet has none, VALIDATION_FAILED for entries that took nothing for a service
   * @throws Error where it was never learnt
   */
  get(charge: number): RefundableCharge {
    if (!this.#charges.has(charge)) throw new Error(`a refund is judged without its charge ${charge}`);
    const found = this.#charges.get(charge);
    if (!found) throw new Refusal('NOT_FOUND', 'there is no such entry in this wallet');
    if (found.service === null || found.tookMicros <= 0n) {
      throw invalid('refundOf', 'must be an entry of a charge: what it names took nothing for a service');
    }
    return found;
  }

  /**
   * Gives a part of a charge back.
   * @throws Refusal as {@link get}; VALIDATION_FAILED for another service than the charge's; REFUND_NOT_POSSIBLE where less is
   * left of it
   */
  giveBack(charge: number, { amountMicros, service }: GivenBack): void {
    const found = this.get(charge);
    if (service !== undefined && service !== found.service) {
      throw invalid('serviceType', `must be that of the charge, which is ${found.service}`);
    }
    const left = refundable(found);
    if (amountMicros > left) throw tooMuch(found, amountMicros);
    this.#charges.set(charge, { ...found, refundedMicros: found.refundedMicros + amountMicros });
  }
}

function tooMuch(charge: RefundableCharge, amountMicros: bigint): Refusal {
  const [requiredUsd, leftUsd] = [formatUsd(amountMicros), formatUsd(refundable(charge))];
  const [tookUsd, refundedUsd] = [formatUsd(charge.tookMicros), formatUsd(charge.refundedMicros)];
  return new Refusal(
    'REFUND_NOT_POSSIBLE',
    `${requiredUsd} USD are to be given back, ${leftUsd} USD are left of the charge: it took ${tookUsd}, ${refundedUsd} were given back`,
    { details: { reason: 'amount', requiredUsd, leftUsd, tookUsd, refundedUsd } },
  );
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
