/** `coffer approvals`: lists, approves and rejects bookings that wait for a second person. */
import type { Command } from 'commander';
import type { ApprovalState } from '../core/access/approvals.ts';
import { systemClock } from '../core/clock.ts';
import { Refusal } from '../core/errors.ts';
import { decideApproval, listApprovals, writeApproved } from '../db/ledger/approvals.ts';
import { type ApprovalVerdict } from '../db/ledger/approvals.ts';
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
    ['id', 'state', 'org', 'type', 'amountUsd', 'reason', 'requestedBy', 'decidedBy', 'entryId'],
    views.map(({ booking, ...view }) => [
      view.id,
      view.state,
      view.org,
      booking.type,
      booking.amountUsd,
      booking.reason,
      view.requestedBy,
      view.decidedBy,
      view.entryId,
    ]),
  );
}

type NotDecided = Extract<Awaited<ReturnType<typeof decideApproval>>, string>;

function notDecided(id: string, why: NotDecided): CliError {
  if (why === 'unknown') return new CliError(`there is no approval ${id}`, EXIT.notFound);
  if (why === 'own') return new CliError('a booking needs the approval of somebody other than its requester');
  return new CliError(why === 'expired' ? `${id} has expired` : `${id} is ${why} already`);
}

async function decide(
  id: string,
  verdict: ApprovalVerdict['verdict'],
  { reason = null, json }: { readonly reason?: string | null; readonly json?: boolean },
): Promise<void> {
  const by = operatorHere();
  const done = await withDatabase(async (db, _config, site) => {
    const decided = await decideApproval(db, { id, verdict, by, hands: [by], reason, at: new Date() });
    if (typeof decided === 'string') throw notDecided(id, decided);
    if (decided.decision === 'rejected') return decided;
    const writer = openLedgerWriter({ url: site.appUrl, clock: systemClock, deadlineMs: LEDGER_DEADLINE_MS });
    try {
      return await writeApproved({ db, writer, clock: systemClock }, decided);
    } catch (error) {
      throw error instanceof Refusal ? new CliError(`${error.code}: ${error.message}`) : error;
    } finally {
      await writer.stop();
    }
  });
  const view = viewOfApproval(done, Date.now());
  if (json === true) return printJson(view);
  console.log(done.seq === null ? `rejected ${id}` : `approved ${id}: ${view.entryId}`);
}

/** `coffer approvals`. */
export function addApprovals(program: Command): void {
  const approvals = program.command('approvals').description('bookings above the limit, which need a second person');

  approvals
    .command('list')
    .description(`list requested bookings, newest first, up to ${LIST_MAX}`)
    .option('--state <state>', 'only those in this state: pending, approved, rejected or expired', readApprovalState)
    .option('--json', 'print JSON')
    .action(list);

  for (const [name, verdict, about] of [
    ['approve', 'approved', 'approve a booking and write it; its requester may not'],
    ['reject', 'rejected', 'reject a booking'],
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
