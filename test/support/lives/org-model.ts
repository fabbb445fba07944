/** What an org has: the model of the ledger's rules, and a hard budget, which that one does not know. */
import { LedgerModel, type ModelLife } from '../ledger/model.ts';
import { sum, type Terms } from '../ledger/model-books.ts';

/** What orgs spend on in the model's world. The budget counts what is spent on the first. */
export const SERVICES = ['AI_API', 'SKU_PURCHASE'] as const;
export type OrgService = (typeof SERVICES)[number];
export const BUDGETED = SERVICES[0];

const PAID: Terms = { priority: 100, promotional: false, refundable: true, share: false, endsMs: null, services: null };
const SPENT_AS = { AI_API: 'AI_API_CALL', SKU_PURCHASE: 'SKU_MARGIN' } as const;

/** A hard budget on all that is spent on one service, which never begins anew. Micros. */
export interface ModelBudget {
  readonly id: string;
  limitMicros: bigint;
  usedMicros: bigint;
}

/** A hold, open or not, by the number that the model of the ledger gave it. */
export interface OrgHold {
  readonly id: string;
  readonly number: number;
  readonly service: OrgService;
  readonly parent: OrgHold | undefined;
  /** Whether its owner reports. */
  readonly beats: boolean;
}

/** A debit or a capture, by the number of its first entry in the model of the ledger. */
export interface OrgCharge {
  readonly entry: string;
  readonly number: number;
  readonly budget: ModelBudget | undefined;
}

/** What the model says of a command: the number of its first entry, or the code of its refusal. */
export type Said = number | string;

/** The wallet of an org. Amounts in micros; every command is told the time (ms since the epoch), which never falls. */
export class ModelOrg {
  readonly #ledger: LedgerModel;
  readonly #budgetOfHold = new Map<number, ModelBudget>();
  #commands = 0;
  readonly holds: OrgHold[] = [];
  readonly charges: OrgCharge[] = [];
  /** Usage that was charged, as it was reported, by its id. */
  readonly usage = new Map<string, string>();
  budget: ModelBudget | undefined;

  constructor(nowMs: number) {
    this.#ledger = new LedgerModel(nowMs);
  }

  #submit(nowMs: number, work: () => string | undefined): Said {
    this.#ledger.clockMs = nowMs;
    this.#commands += 1;
    const said = this.#ledger.submit(String(this.#commands), '', work);
    return typeof said === 'string' ? said : (said[0] ?? 0);
  }

  /** The wallet's books at a time: what ended until then is gone. */
  at(nowMs: number): LedgerModel {
    this.#ledger.clockMs = nowMs;
    this.#ledger.settleNow();
    return this.#ledger;
  }

  isOpen({ number }: OrgHold): boolean {
    return this.#ledger.holds.has(number);
  }

  leftIn({ number }: OrgHold): bigint {
    return sum(this.#ledger.holds.get(number)?.parts ?? []);
  }

  /** When an open hold ends without another report. */
  endOf({ number }: OrgHold): number | undefined {
    return this.#ledger.holds.get(number)?.endsMs;
  }

  /** The budget that a spend counts in, and whether it has too little left for it. */
  #admit(budget: ModelBudget | undefined, micros: bigint): boolean {
    if (budget === undefined || budget !== this.budget) return true;
    const counted = this.holds.filter(({ number }) => this.#budgetOfHold.get(number) === budget);
    const reserved = counted.reduce((all, hold) => all + this.leftIn(hold), 0n);
    return micros <= budget.limitMicros - budget.usedMicros - reserved;
  }

  #budgetFor(service: OrgService): ModelBudget | undefined {
    return service === BUDGETED ? this.budget : undefined;
  }

  deposit(nowMs: number, micros: bigint): Said {
    return this.#submit(nowMs, () => this.#ledger.credit('DEPOSIT', micros, 'assets:', PAID));
  }

  /** Credit for one service alone, until a time. */
  grant(nowMs: number, micros: bigint, { service, endsMs }: { service: OrgService; endsMs: number }): Said {
    const terms = { priority: 50, promotional: true, refundable: false, share: false, endsMs, services: [service] };
    return this.#submit(nowMs, () => this.#ledger.credit('GRANT', micros, 'expenses:promo', terms));
  }

  debit(nowMs: number, micros: bigint, service: OrgService): Said {
    this.at(nowMs);
    const budget = this.#budgetFor(service);
    if (!this.#admit(budget, micros)) return 'CREDIT_INSUFFICIENT';
    const [type, contra] = [SPENT_AS[service], `revenue:${service}`];
    const said = this.#submit(nowMs, () => this.#ledger.debit(type, micros, contra, { service }));
    if (typeof said === 'number' && budget) budget.usedMicros += micros;
    return said;
  }

  /** Opens a hold of the wallet, or of another hold. */
  hold(
    nowMs: number,
    micros: bigint,
    about: { readonly service: OrgService; readonly parent: OrgHold | undefined; readonly life: ModelLife },
  ): Said {
    const { service, parent, life } = about;
    this.at(nowMs);
    const budget = parent ? this.#budgetOfHold.get(parent.number) : this.#budgetFor(service);
    if (!parent && !this.#admit(budget, micros)) return 'CREDIT_INSUFFICIENT';
    const said = this.#submit(nowMs, () =>
      parent ? this.#ledger.child(parent.number, service, micros, life) : this.#ledger.hold(service, micros, life),
    );
    if (typeof said === 'number' && budget) this.#budgetOfHold.set(said, budget);
    return said;
  }

  grow(nowMs: number, hold: OrgHold, micros: bigint): Said {
    this.at(nowMs);
    const isAdmitted = hold.parent !== undefined || this.#admit(this.#budgetOfHold.get(hold.number), micros);
    if (this.isOpen(hold) && !isAdmitted) return 'CREDIT_INSUFFICIENT';
    return this.#submit(nowMs, () => this.#ledger.grow(hold.number, micros));
  }

  capture(nowMs: number, hold: OrgHold, micros: bigint, how: { final: boolean; allowOverrun: boolean }): Said {
    const said = this.#submit(nowMs, () => this.#ledger.capture(hold.number, micros, how));
    const budget = this.#budgetOfHold.get(hold.number);
    if (typeof said === 'number' && budget) budget.usedMicros += micros;
    return said;
  }

  release(nowMs: number, hold: OrgHold): Said {
    return this.#submit(nowMs, () => this.#ledger.release(hold.number));
  }

  /** A report of a hold's owner: whether the hold is open, and lives by reports. */
  report(nowMs: number, hold: OrgHold): boolean {
    this.#ledger.clockMs = nowMs;
    return this.#ledger.report(hold.number);
  }

  refund(nowMs: number, { number, budget }: OrgCharge, micros: bigint): Said {
    const said = this.#submit(nowMs, () => this.#ledger.refundOf(number, micros));
    if (typeof said === 'number' && budget) budget.usedMicros -= micros;
    return said;
  }

  /** Remembers a debit or a capture by the id of its entry. */
  noteCharge(
    number: number,
    entry: string,
    about: { readonly service: OrgService } | { readonly hold: OrgHold },
  ): void {
    const budget = 'hold' in about ? this.#budgetOfHold.get(about.hold.number) : this.#budgetFor(about.service);
    this.charges.push({ entry, number, budget });
  }
}
