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
import { viewOfBalances, viewOfEntry } from '../../views/entry.ts';
import { viewOfPricing, viewOfStamp } from '../../views/pricing.ts';
import type { SurfaceDeps } from '../deps.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { pricedDebit } from '../money/charge.ts';
import { carryOut, suspended, type About, type CarryMeans, type MoneyCall } from '../money/command.ts';
import { previewed } from '../money/dry-run.ts';
import { inputOfNotes } from '../money/notes.ts';
import { FailedCall, PROBLEMS, problemBody, problemOf } from '../server/problem.ts';
import { groupLines, type Line, type LineGroup } from './lines.ts';
import type { UsageCharge, UsageResult } from './schemas.ts';

/** How often events are looked up and put together again, where others charge them or prices change meanwhile. */
const TRIES_MAX = 5;

/** What became of the events of a call. */
export interface UsageOutcome {
  readonly results: UsageResult[];
  readonly charges: UsageCharge[];
}

/** With what events are charged; `preview` in a dry run. */
export interface UsageMeans extends CarryMeans, Pick<SurfaceDeps, 'log'> {
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
      ...problemBody(problem),
      status,
      code: problem.code,
      detail: problem.detail,
      message: problem.detail,
    };
    this.#results.set(at, { status, seen: false, charge: null, problem: shown });
  }

  /** Charges those of the events that are new. Each of them has a result then. */
  async charge(lines: readonly Line[]): Promise<void> {
    let open = this.#withoutRepeated(lines);
    for (let tries = 0; tries < TRIES_MAX && open.length > 0; tries += 1) open = await this.#tryOnce(open);
    for (const { at } of open) this.fail(at, new UsageMoved());
    // An event that repeats another one of the call has what became of that, and is charged with it at most once.
    const first = new Map(lines.filter(({ at }) => this.#results.has(at)).map((line) => [line.line.id, line]));
    for (const line of lines) if (!this.#results.has(line.at)) this.#repeat(line, first.get(line.line.id));
  }

  #withoutRepeated(lines: readonly Line[]): Line[] {
    const ids = new Set<string>();
    return lines.filter(({ line }) => !ids.has(line.id) && ids.add(line.id));
  }

  #repeat({ at, line }: Line, first: Line | undefined): void {
    const result = first && this.#results.get(first.at);
    if (!result) throw new Error('an event has no result');
    if (first.line.content !== line.content) this.fail(at, conflict());
    else this.#results.set(at, result.status === 200 ? { ...result, seen: true, charge: null } : result);
  }

  /** @returns the events that have no result yet */
  async #tryOnce(lines: readonly Line[]): Promise<Line[]> {
    const { db, clock } = this.#means;
    const { wallet } = this.#about.payer;
    const ids = lines.map(({ line }) => line.id);
    const known = await findUsage(db, wallet, ids);
    const fresh = lines.filter((line) => !this.#answerKnown(line, known.get(line.line.id)));
    const nowMs = clock.nowMs();
    const timely = fresh.filter(({ at, line }) => {
      const problem = findUsageTimeProblem(line.atMs, nowMs);
      if (problem !== undefined) this.fail(at, invalidInput([{ path: 'at', message: problem }]));
      return problem === undefined;
    });
    if (timely.length === 0) return [];
    const { book, groups } = await this.#group(timely);
    const moved = await Promise.all(groups.map(async (group) => this.#chargeGroup(group, book)));
    return moved.flat();
  }

  #answerKnown({ at, line }: Line, known: KnownUsage | undefined): boolean {
    if (!known) return false;
    if (known.content === line.content) this.#results.set(at, { status: 200, seen: true, charge: null });
    else this.fail(at, conflict());
    return true;
  }

  async #group(lines: readonly Line[]): Promise<{ readonly book: string; readonly groups: readonly LineGroup[] }> {
    const { db, forOrg, clock } = this.#means;
    const { owner } = this.#about.payer;
    const org = owner.kind === 'org' ? owner.id : null;
    const actions = [...new Set(lines.map(({ action }) => action))];
    const prices = new PriceBook(org === null ? db : forOrg(org), () => clock.nowMs());
    const { book, rows } = await prices.load(actions.map((action) => ({ action, org })));
    const byAction = new Map(actions.map((action, index) => [action, rows[index] ?? []]));
    return { book, groups: groupLines(lines, org, (action) => byAction.get(action) ?? []) };
  }

  /** @returns the events of the group, if they have to be looked at again */
  async #chargeGroup(group: LineGroup, book: string): Promise<readonly Line[]> {
    try {
      const charge = isFree(group) ? await this.#keepFree(group, book) : await this.#debit(group);
      const place = this.charges.push({ ...charge, events: group.lines.length }) - 1;
      for (const { at } of group.lines) this.#results.set(at, { status: 200, seen: false, charge: place });
      return [];
    } catch (error) {
      const cause = error instanceof FailedCall ? error.cause : error;
      if (cause instanceof UsageMoved) return group.lines;
      for (const { at } of group.lines) this.fail(at, error);
      return [];
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
      reply: (entries, _key, { free }) => {
        // The price was changed to zero meanwhile.
        if (free) throw new UsageMoved();
        return chargeView(entries);
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

  async #keep(lines: readonly Line[], book: string): Promise<void> {
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
