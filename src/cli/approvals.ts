/** `coffer approvals`: lists, approves and rejects what waits for a second person. */
import type { Command } from 'commander';
import type { ApprovalState } from '../core/access/approvals.ts';
import { systemClock } from '../core/clock.ts';
import { Refusal } from '../core/errors.ts';
import type { Config } from '../config/config.ts';
import { carryOutOrAsk } from '../db/approvals/carry-out.ts';
import type { ChangeKind } from '../db/approvals/change.ts';
import type { Database } from '../db/database.ts';
import { decideApproval, listApprovals, type NotDecided } from '../db/approvals/approvals.ts';
import type { ApprovalVerdict } from '../db/approvals/verdict.ts';
import { openLedgerWriter } from '../db/ledger/writer.ts';
import { viewOfApproval } from '../views/approval.ts';
import { CliError, EXIT, operatorHere, printJson, printTable, withDatabase } from './context.ts';
import { readApprovalId, readApprovalState, readWords } from './options.ts';

const LIST_MAX = 1_000;
const LEDGER_DEADLINE_MS = 10_000;

async function list({ state, json }: { readonly state?: ApprovalState; readonly json?: boolean }): Promise<void> {
  const now = new Date();
  const found = await withDatabase(async (db) => listApprovals(db, { state, limit: LIST_MAX, now }));
  const views = found.map((approval) => viewOfApproval(approval, now.getTime()));
  if (json === true) return printJson({ approvals: views });
  printTable(
    ['id', 'state', 'org', 'what', 'requestedBy', 'decidedBy', 'entryId'],
    views.map((view) => [
      view.id,
      view.state,
      view.org ?? view.user,
      view.what,
      view.requestedBy,
      view.decidedBy,
      view.entryId,
    ]),
  );
}

function notDecided(id: string, why: NotDecided): CliError {
  if (why === 'unknown') return new CliError(`there is no approval ${id}`, EXIT.notFound);
  if (why === 'own') return new CliError('it needs the approval of somebody other than its requester');
  if (why === 'above') return new CliError('it is above the limit of the key');
  return new CliError(why === 'expired' ? `${id} has expired` : `${id} is ${why} already`);
}

async function decide(
  id: string,
  verdict: ApprovalVerdict['verdict'],
  { reason = null, json }: { readonly reason?: string | null; readonly json?: boolean },
): Promise<void> {
  const by = operatorHere();
  const done = await withDatabase(async (db, _config, site) => {
    const writer = openLedgerWriter({ url: site.appUrl, clock: systemClock, deadlineMs: LEDGER_DEADLINE_MS });
    try {
      const at = new Date();
      const decided = await decideApproval(
        db,
        { id, verdict, by, hands: [by], reason, at },
        { writer, clock: systemClock },
      );
      if (typeof decided === 'string') throw notDecided(id, decided);
      return decided;
    } catch (error) {
      throw error instanceof Refusal ? new CliError(`${error.code}: ${error.message}`) : error;
    } finally {
      await writer.stop();
    }
  });
  const view = viewOfApproval(done, Date.now());
  if (json === true) return printJson(view);
  if (view.state === 'failed') throw new CliError(`approved ${id}, and refused: ${view.refusalDetail}`);
  console.log(`${view.state} ${id}: ${view.entryId ?? view.what}`);
}

/**
 * Carries a change out and returns what it answers; above the limit it stores the request, prints it, and returns undefined.
 * @throws CliError when the change is refused
 */
export async function changeOrAskHere<Input, Result extends object>(
  { db, config }: { readonly db: Database; readonly config: Config },
  kind: ChangeKind<Input, Result>,
  { input, json }: { readonly input: Input; readonly json: boolean | undefined },
): Promise<Result | undefined> {
  const actor = operatorHere();
  const at = new Date();
  let done: Result | undefined;
  const asking = carryOutOrAsk(db, {
    kind,
    input,
    actor,
    hands: [actor],
    limitMicros: config.adminEntryLimitMicros,
    idempotencyKey: undefined,
    at,
    show: (result) => {
      done = result;
      return {};
    },
  });
  const { change } = await asking.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new CliError(error.message, error.code === 'NOT_FOUND' ? EXIT.notFound : EXIT.usage);
  });
  if (done !== undefined) return done;
  if (json === true) printJson(viewOfApproval(change, at.getTime()));
  else console.log(`a second person has to approve it: ${change.what}\ncoffer approvals approve ${change.id}`);
  return undefined;
}

/** `coffer approvals`. */
export function addApprovals(program: Command): void {
  const approvals = program
    .command('approvals')
    .description('bookings and changes above the limit, which need a second person');

  approvals
    .command('list')
    .description(`list what was requested, newest first, up to ${LIST_MAX}`)
    .option(
      '--state <state>',
      'only those in this state: pending, approved, rejected, failed or expired',
      readApprovalState,
    )
    .option('--json', 'print JSON')
    .action(list);

  for (const [name, verdict, about] of [
    ['approve', 'approved', 'approve it, and do it; its requester may not'],
    ['reject', 'rejected', 'reject it'],
  ] as const) {
    approvals
      .command(name)
      .description(about)
      .argument('<id>', 'its id', readApprovalId)
      .option('--reason <words>', 'why; it is stored with the decision', readWords)
      .option('--json', 'print JSON')
      .action(async (id: string, options: { reason?: string; json?: boolean }) => decide(id, verdict, options));
  }
}
