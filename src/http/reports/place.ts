/** The endpoints of reports on the place as a whole, for operators and the platform's finance people. */
import type { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { isUuid } from '../../core/ids.ts';
import { findCount } from '../../core/integers.ts';
import { monthsOf, readMoment, readPeriod, type AskedPeriod, type Period } from '../../core/reports/period.ts';
import type { Database } from '../../db/database.ts';
import { readJournal, type JournalPosition } from '../../db/reports/journal.ts';
import type { SumTable } from '../../core/reports/sums.ts';
import { closePeriod } from '../../db/reports/statement.ts';
import { readLiability, readMonths, readPlace, type Piece } from '../../db/reports/place.ts';
import { csvHead, csvLines } from '../../views/csv.ts';
import {
  BREAKAGE_COLUMNS,
  DEFERRED_COLUMNS,
  JOURNAL_COLUMNS,
  LIABILITY_COLUMNS,
  REVENUE_COLUMNS,
  TRIAL_BALANCE_COLUMNS,
  viewOfBreakage,
  viewOfDeferred,
  viewOfJournal,
  viewOfLiability,
  viewOfRevenue,
  viewOfTrialBalance,
} from '../../views/reports.ts';
import { viewOfPeriod } from '../../views/statement.ts';
import type { Turns } from '../access/turns.ts';
import type { SurfaceDeps } from '../deps.ts';
import { decodeCursor, encodeCursor } from '../endpoint/cursor.ts';
import { reportRoute } from '../endpoint/endpoint.ts';
import { csvReply, onePiece } from '../money/period.ts';
import type { Reply } from '../server/reply.ts';
import { NO_BODY, type Description, type Route } from '../server/route.ts';
import {
  breakageReply,
  deferredReply,
  journalQuery,
  journalReply,
  liabilityReply,
  momentQuery,
  periodQuery,
  revenueReply,
  trialBalanceReply,
  type momentReply,
} from './schemas.ts';
import { CHAPTERS } from './surface.ts';

/** Who asks takes turns under this name. */
const CALLER = 'reports';
const CURSOR_KIND = 'journal';
/** How many entries a piece of the journal's CSV has. */
const PIECE_ENTRIES = 100;
/** No wallet has this id: what is closed for it is closed for every wallet. */
const NO_WALLET = '00000000-0000-0000-0000-000000000000';

type Means = Pick<SurfaceDeps, 'guard' | 'clock'> & { readonly db: Database };

/** Reports on the place as a whole. */
export function placeRoutes(means: Means): Route[] {
  return [
    journalRoute(means),
    trialBalanceRoute(means),
    revenueRoute(means),
    liabilityRoute(means),
    breakageRoute(means),
    deferredRoute(means),
  ];
}

const described = (name: string, operation: string, summary: string, reply: z.ZodType) =>
  ({
    method: 'GET',
    path: `/admin/reports/${name}`,
    operation,
    summary,
    chapter: CHAPTERS.place,
    replies: { 200: reply },
    texts: ['text/csv'],
    body: NO_BODY,
  }) as const satisfies Description & { method: 'GET'; path: string; body: z.ZodType };

/** What is asked about: a period, when it was read, and its end, which is now for an unfinished one. */
interface About {
  readonly period: Period;
  readonly asOfMs: number | null;
  readonly endMs: number;
}

/** Waits until a period that is over can get no further entry. */
async function about({ db, clock }: { readonly db: Database; readonly clock: Clock }, period: Period): Promise<About> {
  const asOfMs = await closePeriod({ db, clock }, NO_WALLET, period);
  return { period, asOfMs, endMs: asOfMs ?? period.toMs };
}

const periodOf = async (means: Means, query: AskedPeriod): Promise<About> =>
  about(means, readPeriod(query, means.clock.nowMs()));

/** Makes a report, step by step, each in a turn of its own. */
async function inTurns<Result>(turns: Turns, reader: AsyncGenerator<Piece, Result>): Promise<Result> {
  const made: Result[] = [];
  async function* steps(): AsyncGenerator<string> {
    made.push(yield* reader);
  }
  const pieces = turns.pieces(CALLER, steps());
  while ((await pieces.next()).done !== true);
  const [result] = made;
  if (result === undefined) throw new Error('a report was not made to its end');
  return result;
}

function csvOf<Column extends string>(
  name: string,
  bom: 'true' | 'false' | undefined,
  columns: readonly Column[],
  rows: Parameters<typeof csvLines<Column>>[1],
): Reply {
  return csvReply(`${name}.csv`, bom, onePiece(csvHead(columns) + csvLines(columns, rows)));
}

function journalRoute(means: Means): Route {
  const { guard, db } = means;
  const specification = {
    ...described(
      'journal',
      'getJournal',
      'The journal of a period: every entry with its two sides, wallet by wallet',
      journalReply,
    ),
    query: journalQuery,
  };
  return reportRoute(guard, specification, async ({ query }) => {
    if (query.format === 'csv') {
      const { period, endMs } = await periodOf(means, query);
      const pieces = journalPieces(db, { fromMs: period.fromMs, toMs: endMs });
      return csvReply('journal.csv', query.bom, guard.turns.pieces(CALLER, pieces));
    }
    const from = decodeCursor(query.cursor, CURSOR_KIND, readPosition);
    const read = await periodOf(means, query);
    // An unfinished period ends for all pages where it ended for the first.
    const asOfMs = read.asOfMs === null ? null : (from?.endMs ?? read.asOfMs);
    const span = { fromMs: read.period.fromMs, toMs: asOfMs ?? read.period.toMs };
    const { entries, next } = await guard.turns.run(CALLER, async () =>
      readJournal(db, span, { behind: from, limit: query.limit }),
    );
    const body: z.input<typeof journalReply> = {
      ...viewOfPeriod(read.period, asOfMs),
      lines: entries.flatMap(viewOfJournal),
      nextCursor: next ? encodeCursor(CURSOR_KIND, next.wallet, next.seq, span.toMs) : null,
    };
    return { body };
  });
}

function readPosition(wallet = '', seq = '', end = ''): (JournalPosition & { readonly endMs: number }) | undefined {
  const [position, endMs] = [findCount(seq), findCount(end)];
  if (!isUuid(wallet) || position === undefined || endMs === undefined) return undefined;
  return { wallet, seq: position, endMs };
}

/** The journal's CSV, piece by piece. */
async function* journalPieces(
  db: Database,
  span: { readonly fromMs: number; readonly toMs: number },
): AsyncGenerator<string> {
  yield csvHead(JOURNAL_COLUMNS);
  let behind: JournalPosition | undefined;
  do {
    const page = await readJournal(db, span, { behind, limit: PIECE_ENTRIES });
    yield csvLines(JOURNAL_COLUMNS, page.entries.flatMap(viewOfJournal));
    behind = page.next;
  } while (behind);
}

function trialBalanceRoute(means: Means): Route {
  const { guard, db, clock } = means;
  const specification = {
    ...described(
      'trial-balance',
      'getTrialBalance',
      'The balance of every account before a moment; they add up to zero',
      trialBalanceReply,
    ),
    query: momentQuery,
  };
  return reportRoute(guard, specification, async ({ query }) => {
    const { asOfMs, endMs } = await about(means, readMoment(query, clock.nowMs()));
    const books = await inTurns(guard.turns, readPlace(db, [endMs], { withOpening: true }));
    const view = viewOfTrialBalance(books);
    if (query.format === 'csv') return csvOf('trial-balance', query.bom, TRIAL_BALANCE_COLUMNS, view.accounts);
    return { body: { ...momentView(endMs, asOfMs), ...view } };
  });
}

function momentView(endMs: number, asOfMs: number | null): z.input<z.ZodObject<typeof momentReply>> {
  const at = new Date(endMs).toISOString();
  return { at, open: asOfMs !== null, asOf: asOfMs === null ? null : at };
}

function liabilityRoute(means: Means): Route {
  const { guard, db, clock } = means;
  const specification = {
    ...described(
      'liability',
      'getLiability',
      'What is owed to the owners of wallets before a moment, by kind and age',
      liabilityReply,
    ),
    query: momentQuery,
  };
  return reportRoute(guard, specification, async ({ query }) => {
    const { asOfMs, endMs } = await about(means, readMoment(query, clock.nowMs()));
    const view = viewOfLiability(await inTurns(guard.turns, readLiability(db, endMs)));
    if (query.format === 'csv') return csvOf('liability', query.bom, LIABILITY_COLUMNS, view.ages);
    return { body: { ...momentView(endMs, asOfMs), ...view } };
  });
}

/** The changes of each month of a period. */
async function monthly(
  { guard, db, clock }: Means,
  { period, endMs }: About,
): Promise<{ months: ReturnType<typeof monthsOf>; changes: readonly SumTable[] }> {
  const months = monthsOf({ ...period, toMs: endMs }, clock.nowMs());
  return { months, changes: await inTurns(guard.turns, readMonths(db, months)) };
}

function revenueRoute(means: Means): Route {
  const specification = {
    ...described('revenue', 'getRevenue', 'What each service earned in each month of a period', revenueReply),
    query: periodQuery,
  };
  return reportRoute(means.guard, specification, async ({ query }) => {
    const read = await periodOf(means, query);
    const { months, changes } = await monthly(means, read);
    const revenue = viewOfRevenue(months, changes);
    if (query.format === 'csv') return csvOf('revenue', query.bom, REVENUE_COLUMNS, revenue);
    return { body: { ...viewOfPeriod(read.period, read.asOfMs), revenue } };
  });
}

function breakageRoute(means: Means): Route {
  const specification = {
    ...described('breakage', 'getBreakage', 'What expired in each month of a period', breakageReply),
    query: periodQuery,
  };
  return reportRoute(means.guard, specification, async ({ query }) => {
    const read = await periodOf(means, query);
    const { months, changes } = await monthly(means, read);
    const breakage = viewOfBreakage(months, changes);
    if (query.format === 'csv') return csvOf('breakage', query.bom, BREAKAGE_COLUMNS, breakage);
    return { body: { ...viewOfPeriod(read.period, read.asOfMs), breakage } };
  });
}

function deferredRoute(means: Means): Route {
  const { guard, db } = means;
  const specification = {
    ...described('deferred', 'getDeferredRevenue', 'The roll-forward of deferred revenue over a period', deferredReply),
    query: periodQuery,
  };
  return reportRoute(guard, specification, async ({ query }) => {
    const read = await periodOf(means, query);
    const times = [read.period.fromMs, read.endMs];
    const lines = viewOfDeferred(await inTurns(guard.turns, readPlace(db, times, { withOpening: true })));
    if (query.format === 'csv') return csvOf('deferred', query.bom, DEFERRED_COLUMNS, lines);
    return { body: { ...viewOfPeriod(read.period, read.asOfMs), lines } };
  });
}
