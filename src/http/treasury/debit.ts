import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { ledgerKey, uuidV7, walletId } from '../../core/ids.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { DEBIT_TYPE, parseServiceType, revenueAccount } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import { isKeyUsed } from '../../db/ledger-reader.ts';
import type { Outcome } from '../../db/ledger-writer.ts';
import type { Org } from '../../db/orgs.ts';
import { NO_QUERY, orgRoute, type OrgCall, type Reply, type Route } from '../endpoint.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER, requestHash } from '../idempotency.ts';
import type { TreasuryDeps } from './deps.ts';
import { viewOfEntry } from './entry-view.ts';
import { debitBody, type debitReply } from './schemas.ts';

type Input = z.output<typeof debitBody>;

/** A flat debit. */
export function debitRoutes(deps: TreasuryDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/treasury/debit',
    scopes: ['treasury:spend'],
    query: NO_QUERY,
    body: debitBody,
  } as const;
  return [orgRoute(deps.guard, specification, async (call) => debit(deps, call))];
}

async function debit(deps: TreasuryDeps, { org, body, idempotencyKey }: OrgCall<Input, unknown>): Promise<Reply> {
  const service = parseServiceType(body.serviceType);
  const named = idempotencyKey ?? uuidV7(deps.clock.nowMs());
  const key = ledgerKey('client', named);
  const wallet = walletId({ kind: 'org', id: org.id });
  await refuseSuspended(deps, org, { wallet, key });
  const { amountUsd: amountMicros, description, reference, appId } = body;
  const outcome = await deps.writer.submit({
    wallet,
    key,
    inputHash: requestHash('treasury.debit', org.id, { service, amountMicros, description, reference, appId }),
    command: {
      op: 'debit',
      type: DEBIT_TYPE[service],
      amountMicros,
      contra: revenueAccount(service),
      service,
      notes: { description, reference, appId },
    },
  });
  const headers = { [IDEMPOTENCY_HEADER]: named, ...(outcome.replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
  return { body: replyOf(outcome, named), headers };
}

/** A suspended org starts nothing new, but learns what became of what it asked before. */
async function refuseSuspended(
  { db }: TreasuryDeps,
  org: Org,
  command: { readonly wallet: string; readonly key: string },
): Promise<void> {
  if (org.suspendedAt === null || (await isKeyUsed(db, command.wallet, command.key))) return;
  throw new Refusal('ORG_SUSPENDED', 'the org is suspended; its operator can lift that');
}

/** Made of nothing but the entries and the key, so that a replay gives the same bytes. */
function replyOf({ entries }: Outcome, idempotencyKey: string): z.input<typeof debitReply> {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) throw new Error('a debit wrote no entry');
  const views = entries.map((entry) => viewOfEntry(entry));
  const { id, createdAt } = viewOfEntry(first);
  return {
    entryId: id,
    type: first.type,
    serviceType: first.service,
    amountUsd: formatUsd(-entries.reduce((sum, entry) => sum + faceAmount(entry), 0n)),
    availableUsd: formatUsd(last.available),
    heldUsd: formatUsd(last.held),
    reference: first.reference,
    appId: first.appId,
    description: first.description,
    createdAt,
    entries: views,
    idempotencyKey,
  };
}
