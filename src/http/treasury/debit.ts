/** The operation that debits an org. */
import type { z } from 'zod';
import type { DebitCommand } from '../../core/ledger/commands.ts';
import type { FreeCharge } from '../../core/ledger/decide.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { debitType, parseServiceType, revenueAccount } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import { requireCharge } from '../money/charge.ts';
import type { Operation } from '../money/command.ts';
import { orPreview } from '../money/dry-run.ts';
import { inputOfNotes, notesOf } from '../money/notes.ts';
import { viewOfBudgetsLeft } from '../../views/spending/budget.ts';
import { viewOfBalances, viewOfOutcome } from '../../views/entry.ts';
import { viewOfStamp } from '../../views/pricing.ts';
import { debitBody, debitReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

/** A flat debit. */
export const debit: Operation<z.output<typeof debitBody>> = {
  name: 'debit',
  description: {
    operation: 'createDebit',
    summary: 'Debits what a service costs',
    chapter: CHAPTERS.spending,
    replies: { 200: orPreview(debitReply) },
    dryRun: true,
    errors: ['CREDIT_INSUFFICIENT', 'ORG_SUSPENDED', 'SERVICE_TYPE_RESERVED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
  },
  body: debitBody,
  read: ({ serviceType, ...body }, { services, payer }) => {
    const service = parseServiceType(serviceType, services);
    const notes = notesOf(body);
    const { amountMicros, priced, input } = requireCharge(body, payer);
    const command: DebitCommand = {
      op: 'debit',
      type: debitType(service),
      amountMicros,
      priced,
      contra: revenueAccount(service),
      service,
      notes,
    };
    return {
      operation: 'treasury.debit',
      domain: 'client',
      input: { service, ...input, ...inputOfNotes(notes) },
      starts: true,
      command,
      reply: (entries, idempotencyKey, { free, budgets }) =>
        free
          ? freeReply(command, free, idempotencyKey)
          : { ...reply(entries, idempotencyKey), ...viewOfBudgetsLeft(budgets) },
    };
  },
};

function reply(entries: readonly Entry[], idempotencyKey: string): z.input<typeof debitReply> {
  const { shown, outcome } = viewOfOutcome(entries, idempotencyKey);
  const { id, type, serviceType, action, quantity, price, createdAt } = shown;
  const { reference, description, appId, userId, teamId, metadata } = shown;
  return {
    entryId: id,
    type,
    serviceType,
    amountUsd: formatUsd(-entries.reduce((sum, entry) => sum + faceAmount(entry), 0n)),
    action,
    quantity,
    price,
    reference,
    description,
    appId,
    userId,
    teamId,
    metadata,
    createdAt,
    ...outcome,
  };
}

/** The answer where the action costs nothing: no entry was written, and the key can be used again. */
function freeReply(
  { type, service, priced, notes }: DebitCommand,
  free: FreeCharge,
  idempotencyKey: string,
): z.input<typeof debitReply> {
  return {
    entryId: null,
    type,
    serviceType: service ?? null,
    amountUsd: formatUsd(0n),
    ...viewOfStamp(priced?.action ?? '', free.pricing),
    reference: notes?.reference ?? null,
    description: notes?.description ?? null,
    appId: notes?.appId ?? null,
    userId: notes?.userId ?? null,
    teamId: notes?.teamId ?? null,
    metadata: notes?.metadata ?? null,
    createdAt: new Date(free.atMs).toISOString(),
    ...viewOfBalances(free),
    entries: [],
    idempotencyKey,
  };
}
