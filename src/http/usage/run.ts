/** Charges the events of one call: what is new is put together and charged, and what was charged before is answered as seen. */
import { Refusal } from '../../core/errors.ts';
import { formatCommandId } from '../../core/ids.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { formatUsd, MoneyError } from '../../core/money.ts';
import { priceBy } from '../../core/pricing/price-book.ts';
import { findUsageTimeProblem, UsageMoved } from '../../core/pricing/usage.ts';
import { hasSqlState, UNIQUE_VIOLATION } from '../../db/errors.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import type { Preview } from '../../db/ledger/preview.ts';
import { PriceBook } from '../../db/pricing/book.ts';
import { findUsage, keepFreeUsage, type KnownUsage } from '../../db/pricing/usage.ts';
import { viewOfBudgetsLeft } from '../../views/spending/budget.ts';
import { viewOfBalances, viewOfEntry } from '../../views/entry.ts';
import { viewOfPricing, viewOfStamp } from '../../views/pricing.ts';
import type { SurfaceDeps } from '../deps.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { pricedDebit } from '../money/charge.ts';
import { carryOut, suspended, type About, type CarryMeans, type MoneyCall } from '../money/command.ts';
import { previewed } from '../money/dry-run.ts';
import { inputOfNotes } from '../money/notes.ts';
import { FailedCall, PROBLEMS, problemBody, problemOf } from '../server/problem.ts';
import { groupLines, type ReportedEvent, type LineGroup } from './lines.ts';
import type { UsageCharge, UsageResult } from './schemas.ts';

/** How often events are looked up and put together again, where others charge them or prices change meanwhile. */
const TRIES_MAX = 5;

/** What became of the events of a call. */
export interface UsageOutcome {
  readonly results: UsageResult[];
  readonly charges: UsageCharge[];
}

/** With what events are charged; `preview` in a dry run. */
export interface UsageMeans extends CarryMeans, Pick<SurfaceDeps, 'log' | 'linkBase'> {
  readonly preview: Preview | undefined;
}

/** The charges and results of one call, filled in event by event. */
export class UsageRun {
  readonly #means: UsageMeans;
  readonly #about: About;
  readonly charges: UsageCharge[] = [];
  readonly #results = new Map<number, Omit<UsageResult, 'id'>>();

  constructor(means: UsageMeans, about: About) {
    this.#means = means;
    this.#about = about;
  }

  /** What became of an event; undefined while nothing has. */
  resultOf(at: number): Omit<UsageResult, 'id'> | undefined {
    return this.#results.get(at);
  }

  /** Answers an event with what it failed with. */
  fail(at: number, error: unknown): void {
    const problem = problemOf(error);
    if (problem.unexpected) this.#means.log.error({ err: error, code: problem.code }, 'an event of usage failed');
    const { status } = PROBLEMS[problem.code];
    const shown = {
      ...problemBody(problem, this.#means),
      status,
      code: problem.code,
      detail: problem.detail,
      message: problem.detail,
    };
    this.#results.set(at, { status, seen: false, charge: null, problem: shown });
  }

  /** Charges those of the events that are new. Each of them has a result then. */
  async charge(lines: readonly ReportedEvent[]): Promise<void> {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const open = this.#open(lines);
      if (open.length === 0) return;
      await this.#tryOnce(open);
    }
    for (const { at } of this.#open(lines)) this.fail(at, new UsageMoved());
  }

  #open(lines: readonly ReportedEvent[]): ReportedEvent[] {
    return lines.filter(({ at }) => !this.#results.has(at));
  }

  /** Gives each of the events its result, unless they have to be looked at again. */
  async #tryOnce(lines: readonly ReportedEvent[]): Promise<void> {
    const { db, clock } = this.#means;
    const ids = [...new Set(lines.map(({ line }) => line.id))];
    const known = await findUsage(db, this.#about.payer.wallet, ids);
    for (const line of lines) this.#answerKnown(line, known.get(line.line.id));
    const nowMs = clock.nowMs();
    for (const { at, line } of this.#open(lines)) {
      const problem = findUsageTimeProblem(line.atMs, nowMs);
      if (problem !== undefined) this.fail(at, invalidInput([{ path: 'at', message: problem }]));
    }
    const fresh = this.#open(lines);
    const firsts = new Map(fresh.toReversed().map((line) => [line.line.id, line]));
    if (firsts.size === 0) return;
    const { book, groups } = await this.#group(fresh.filter((line) => firsts.get(line.line.id) === line));
    await Promise.all(groups.map(async (group) => this.#chargeGroup(group, book)));
    for (const line of fresh) this.#repeat(line, firsts.get(line.line.id));
  }

  /** An event that repeats another one of the call has what became of that, and is charged with it at most once. */
  #repeat({ at, line }: ReportedEvent, first: ReportedEvent | undefined): void {
    const result = first && this.#results.get(first.at);
    if (!result || first.at === at) return;
    if (first.line.content !== line.content) this.fail(at, conflict());
    else this.#results.set(at, result.status === 200 ? { ...result, seen: true, charge: null } : result);
  }

  #answerKnown({ at, line }: ReportedEvent, known: KnownUsage | undefined): void {
    if (!known) return;
    if (known.content === line.content) this.#results.set(at, { status: 200, seen: true, charge: null });
    else this.fail(at, conflict());
  }

  async #group(
    lines: readonly ReportedEvent[],
  ): Promise<{ readonly book: string; readonly groups: readonly LineGroup[] }> {
    const { db, forOrg, clock } = this.#means;
    const { owner } = this.#about.payer;
    const org = owner.kind === 'org' ? owner.id : null;
    const actions = [...new Set(lines.map(({ action }) => action))];
    const prices = new PriceBook(org === null ? db : forOrg(org), () => clock.nowMs());
    const { book, rows } = await prices.load(actions.map((action) => ({ action, org })));
    const byAction = new Map(actions.map((action, index) => [action, rows[index] ?? []]));
    return { book, groups: groupLines(lines, org, (action) => byAction.get(action) ?? []) };
  }

  /** Charges a group; its events stay open where they have to be looked at again. */
  async #chargeGroup(group: LineGroup, book: string): Promise<void> {
    try {
      const charge = isFree(group) ? await this.#keepFree(group, book) : await this.#debit(group);
      const place = this.charges.push({ ...charge, events: group.lines.length }) - 1;
      for (const { at } of group.lines) this.#results.set(at, { status: 200, seen: false, charge: place });
    } catch (error) {
      const cause = error instanceof FailedCall ? error.cause : error;
      if (cause instanceof UsageMoved) return;
      for (const { at } of group.lines) this.fail(at, error);
    }
  }

  async #debit({ service, action, quantity, notes, lines }: LineGroup): Promise<Omit<UsageCharge, 'events'>> {
    const { payer } = this.#about;
    const command = pricedDebit(payer, { service, action, quantity, notes, lines: lines.map(({ line }) => line) });
    const call: MoneyCall = {
      operation: 'treasury.usage',
      domain: 'client',
      input: { service, action, quantity, ...inputOfNotes(notes) },
      starts: true,
      command,
      reply: (entries, _key, { free, budgets }) => {
        // The price was changed to zero meanwhile.
        if (free) throw new UsageMoved();
        return { ...chargeView(entries), ...viewOfBudgetsLeft(budgets) };
      },
    };
    const carried = await carryOut(this.#means, payer, call, undefined);
    const { preview } = this.#means;
    const { dryRun: _marked, ...body } = { dryRun: true, ...(preview ? previewed(carried, preview) : carried).body };
    return body as Omit<UsageCharge, 'events'>;
  }

  /** Keeps events that cost nothing; they write no entry. */
  async #keepFree(
    { lines, row, quantity, action, service }: LineGroup,
    book: string,
  ): Promise<Omit<UsageCharge, 'events'>> {
    const { db, clock, preview } = this.#means;
    const { payer } = this.#about;
    if (payer.suspended) throw suspended(payer.owner);
    const now = new Date(clock.nowMs());
    const standing = await findStanding(db, payer.wallet, now);
    if (!standing || !row) throw new Refusal('NOT_FOUND', 'no such wallet');
    if (!preview) await this.#keep(lines, book);
    return {
      commandId: null,
      serviceType: service,
      amountUsd: formatUsd(0n),
      ...viewOfStamp(action, priceBy(row, quantity)),
      ...viewOfBalances(standing),
      createdAt: now.toISOString(),
      entries: [],
    };
  }

  async #keep(lines: readonly ReportedEvent[], book: string): Promise<void> {
    const { wallet } = this.#about.payer;
    try {
      const isKept = await keepFreeUsage(this.#means.db, { wallet, lines: lines.map(({ line }) => line), book });
      if (!isKept) throw new UsageMoved();
    } catch (error) {
      throw hasSqlState(error, UNIQUE_VIOLATION) ? new UsageMoved() : error;
    }
  }
}

/** Whether the price book gives the events of a group away. */
function isFree({ row, quantity }: LineGroup): boolean {
  try {
    return row !== undefined && priceBy(row, quantity).amountMicros === 0n;
  } catch (error) {
    if (error instanceof MoneyError) return false;
    throw error;
  }
}

function conflict(): Refusal {
  return new Refusal('IDEMPOTENCY_CONFLICT', 'an event with this id was reported before, with other content');
}

function chargeView(entries: readonly Entry[]): Omit<UsageCharge, 'events'> {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) throw new Error('a charge wrote no entry');
  return {
    commandId: formatCommandId(first.wallet, BigInt(first.seq)),
    serviceType: first.service,
    amountUsd: formatUsd(-entries.reduce((sum, { availableDelta }) => sum + availableDelta, 0n)),
    ...viewOfPricing(first),
    ...viewOfBalances(last),
    createdAt: new Date(first.atMs).toISOString(),
    entries: entries.map((entry) => viewOfEntry(entry)),
  };
}
