/** `coffer balance`: prints the balance of an org. */
import type { Command } from 'commander';
import { walletId } from '../core/ids.ts';
import { sumPending } from '../db/deposits/views.ts';
import { findThresholds } from '../db/access/org-settings.ts';
import { findStanding } from '../db/ledger/balance-now.ts';
import { describeRestriction } from '../core/lots/restriction.ts';
import { viewOfBalance, type BalanceView } from '../views/balance.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import { readOrgId } from './options.ts';

async function show(org: string, { json }: { readonly json?: boolean }): Promise<void> {
  const view = await withDatabase(async (db) => {
    const at = new Date();
    const standing = await findStanding(db, walletId({ kind: 'org', id: org }), at);
    if (!standing) throw new CliError(`there is no org ${org}`, EXIT.notFound);
    const [pendingMicros, thresholds] = await Promise.all([sumPending(db, org), findThresholds(db, org)]);
    return { org, ...viewOfBalance(standing, { pendingMicros, thresholds, at }) };
  });
  if (json === true) return printJson(view);
  printTable(
    ['available', 'held', 'pending', 'debt', 'deposited', 'gift cards', 'status', 'restricted', 'ends next'],
    [
      [
        view.availableUsd,
        view.heldUsd,
        view.pendingUsd,
        view.debtUsd,
        view.totalUsd,
        String(view.freeGiftCards),
        view.status,
        view.restricted.map(formatRestricted).join('; '),
        view.nextExpiry ? `${view.nextExpiry.amountUsd} at ${view.nextExpiry.expiresAt}` : '',
      ],
    ],
  );
}

function formatRestricted({ services, actions, availableUsd }: BalanceView['restricted'][number]): string {
  const about = describeRestriction({ services: services ?? undefined, actions: actions ?? undefined });
  return `${availableUsd} for ${about}`;
}

/** `coffer balance`. */
export function addBalance(program: Command): void {
  program
    .command('balance')
    .description('the balance of an org now, in USD')
    .argument('<org>', 'id of the org', readOrgId)
    .option('--json', 'print JSON')
    .action(show);
}
