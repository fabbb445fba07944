/** The operation that debits an org. */
import type { z } from 'zod';
import { formatEntryId } from '../../core/ids.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { debitType, parseServiceType, revenueAccount } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import type { Operation } from '../money/command.ts';
import { orPreview } from '../money/dry-run.ts';
import { inputOfNotes, notesOf } from '../money/notes.ts';
import { viewOfNotes, viewOfOutcome } from '../../views/entry.ts';
import { debitBody, debitReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

/** A flat debit. */
export const debit: Operation<z.output<typeof debitBody>> = {
  name: 'debit',
  description: {
    summary: 'Debits what a service costs',
    chapter: CHAPTERS.spending,
    replies: { 200: orPreview(debitReply) },
    dryRun: true,
    errors: ['CREDIT_INSUFFICIENT', 'ORG_SUSPENDED', 'SERVICE_TYPE_RESERVED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
  },
  body: debitBody,
  read: ({ serviceType, amountUsd: amountMicros, ...body }, { services }) => {
    const service = parseServiceType(serviceType, services);
    const notes = notesOf(body);
    return {
      operation: 'treasury.debit',
      domain: 'client',
      input: { service, amountMicros, ...inputOfNotes(notes) },
      starts: true,
      command: {
        op: 'debit',
        type: debitType(service),
        amountMicros,
        contra: revenueAccount(service),
        service,
        notes,
      },
      reply,
    };
  },
};

function reply(entries: readonly Entry[], idempotencyKey: string): z.input<typeof debitReply> {
  const { first, outcome } = viewOfOutcome(entries, idempotencyKey);
  return {
    entryId: formatEntryId(first.wallet, BigInt(first.seq)),
    type: first.type,
    serviceType: first.service,
    amountUsd: formatUsd(-entries.reduce((sum, entry) => sum + faceAmount(entry), 0n)),
    ...viewOfNotes(first),
    createdAt: new Date(first.atMs).toISOString(),
    ...outcome,
  };
}
