/** What `coffer recover` prints: what there is before it, and after it what others have to do. */
import type { Replay } from '../../db/chains/replay.ts';
import type { RestoredLog } from '../../db/events/jumps.ts';
import type { KeyView } from '../../views/key.ts';
import { PLATFORM_LOG } from '../../core/events/kinds.ts';
import { formatPosition } from '../../core/events/positions.ts';
import type { Server } from '../../core/recovery/completeness.ts';
import { printTable } from '../context.ts';
import type { LostWallet } from './steps.ts';

/** Most rows of one table that are printed; --json prints all. */
const ROWS_SHOWN_MAX = 50;
/** How long before the restored time callers begin to send again. */
const RESEND_MARGIN_MS = 60_000;

/** An open hold, as it is shown. */
export interface HoldShown {
  readonly holdId: string;
  readonly owner: string;
  readonly serviceType: string;
  readonly reference: string | null;
  readonly expiresAt: string;
}

/** What there is before a recovery. */
export interface Plan {
  /** Id of a recovery that was interrupted. */
  readonly underWay: string | null;
  readonly restoredTo: Date | null;
  readonly chains: readonly string[];
  readonly keys: readonly KeyView[];
  readonly holds: readonly HoldShown[];
  readonly poolAddresses: number;
  /** Null: no anchor was given. */
  readonly lostWallets: readonly LostWallet[] | null;
}

/** What a recovery did. */
export interface Recovered {
  readonly recovery: string;
  readonly restoredTo: Date | null;
  readonly server: Server;
  readonly chains: readonly string[];
  readonly leases: number;
  readonly logs: readonly RestoredLog[];
  readonly keys: readonly string[];
  readonly holds: readonly string[];
  readonly burnt: number;
  readonly replays: readonly Replay[];
  readonly lostWallets: readonly LostWallet[] | null;
}

const timeOf = (at: Date | null): string => at?.toISOString() ?? 'an unknown time';

/** Prints what there is, for the operator to decide about. */
export function printPlan(plan: Plan): void {
  if (plan.underWay !== null) console.log(`recovery ${plan.underWay} was interrupted and goes on`);
  console.log(`the database was restored to ${timeOf(plan.restoredTo)}`);
  console.log(`${plan.keys.length} keys work; one that was revoked since then works again (--end-keys):`);
  printRows(
    ['id', 'kind', 'org', 'name', 'last used'],
    plan.keys.map(({ id, kind, org, name, lastUsedAt }) => [id, kind, org, name, lastUsedAt]),
  );
  console.log(`${plan.holds.length} holds are open; one that ended since then is open again (--end-holds):`);
  printRows(
    ['id', 'owner', 'service', 'reference', 'expires'],
    plan.holds.map((hold) => [hold.holdId, hold.owner, hold.serviceType, hold.reference, hold.expiresAt]),
  );
  console.log(`${plan.poolAddresses} Starknet addresses of the pool are burnt, unless --keep-pool is given`);
  console.log(`chains are frozen and read again: ${plan.chains.join(', ') || 'none'}`);
  printLost(plan.lostWallets);
}

/** Prints what was done, and what is left for others to do. */
export function printRecovered(done: Recovered): void {
  const { restoredTo, logs, replays } = done;
  console.log(`recovery ${done.recovery}: the database was restored to ${timeOf(restoredTo)}`);
  console.log(`frozen: ${done.chains.join(', ') || 'no chain'}; leases ended: ${done.leases}`);
  console.log(`revoked: ${done.keys.join(', ') || 'no key'}`);
  console.log(`released: ${done.holds.join(', ') || 'no hold'}`);
  console.log(
    `Starknet addresses burnt: ${done.burnt}${done.burnt > 0 ? ' (they stay watched; import more: coffer wallets import)' : ''}`,
  );
  for (const { chain, fromBlock } of replays) console.log(`${chain} is read again from block ${fromBlock}`);
  printLost(done.lostWallets);
  console.log(`\n${logs.length} event logs continue behind every cursor that was given out.`);
  console.log(
    'Who reads events and is at or before these cursors goes on; all others get 409 CURSOR_AHEAD and read again',
  );
  console.log('from here. Webhooks are sent again where that was not noted; their receivers skip ids that they know.');
  printRows(
    ['log', 'last cursor that holds'],
    logs.filter(({ position }) => position > 0).map(({ log, position }) => [logName(log), formatPosition(position)]),
  );
  printSteps(restoredTo);
}

function printSteps(restoredTo: Date | null): void {
  const since = restoredTo === null ? 'the time of the backup, less a minute' : timeOf(before(restoredTo));
  const steps = [
    `Callers send everything since ${since} again, each call under its own idempotency key: what was kept is answered again, what was lost is done.`,
    'Ids of entries and holds that callers got since then are void, unless the same key gives them again.',
    'Keys, orgs, senders, webhook endpoints and settings that were made since then are gone: make them again.',
    'What was ended since then is back: suspend and close orgs (coffer orgs suspend, coffer orgs close), unbind senders, disable webhook endpoints, reject bookings (coffer approvals list).',
    'Orgs ask for their deposit address again (POST /treasury/create-wallet); its deposits are then found from the time of the backup on.',
    'Then release the chains (coffer chain release <chain>): deposits since then are credited once. What finds no org, or came to a burnt address, waits in coffer deposits list --state unmatched.',
    'Check: coffer ledger verify, coffer chain reconcile. Then sign a new anchor (coffer ledger anchor).',
  ];
  console.log('\nWhat is left to do:');
  for (const [index, step] of steps.entries()) console.log(`${index + 1}. ${step}`);
}

function before(at: Date): Date {
  return new Date(at.getTime() - RESEND_MARGIN_MS);
}

function logName(log: string): string {
  return log === PLATFORM_LOG ? 'platform' : log;
}

function printLost(lost: readonly LostWallet[] | null): void {
  if (lost === null) return console.log('no anchor was given: which wallets lost entries is not known');
  console.log(`${lost.length} wallets lost entries of the anchor`);
  printRows(
    ['wallet', 'owner', 'entries in the anchor', 'entries now'],
    lost.map(({ wallet, owner, anchoredSeq, seqNow }) => [
      wallet,
      owner ?? 'gone',
      String(anchoredSeq),
      String(seqNow),
    ]),
  );
}

function printRows(head: readonly string[], rows: readonly (readonly (string | null)[])[]): void {
  if (rows.length === 0) return;
  printTable(head, rows.slice(0, ROWS_SHOWN_MAX));
  if (rows.length > ROWS_SHOWN_MAX) console.log(`and ${rows.length - ROWS_SHOWN_MAX} more: --json prints all`);
}
