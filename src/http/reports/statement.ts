/** The endpoint that gives the statement of an org for a period. */
import { z } from 'zod';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import { readPeriod } from '../../core/reports/period.ts';
import { closePeriod, readStatement } from '../../db/reports/statement.ts';
import { csvHead, csvLines } from '../../views/csv.ts';
import { linesOfStatement, STATEMENT_COLUMNS, viewOfStatement } from '../../views/statement.ts';
import { requireExport } from '../access/caller.ts';
import type { SurfaceDeps } from '../deps.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { amount, time } from '../endpoint/fields.ts';
import { payingOrg } from '../money/payer.ts';
import { lotsShown } from '../money/restriction.ts';
import { byteOrderMark, csvReply, onePiece, periodFields } from '../money/period.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const statementQuery = z.discriminatedUnion('format', [
  z.strictObject({ ...periodFields, format: z.literal('json').optional() }),
  z.strictObject({ ...periodFields, format: z.literal('csv'), bom: byteOrderMark }),
]);

const balances = z
  .strictObject({
    availableUsd: amount,
    heldUsd: amount,
    paidUsd: amount,
    promotionalUsd: amount,
    debtUsd: amount,
    freeGiftCards: z.int(),
    restricted: lotsShown.restricted.meta({ description: 'What of the available credit is for some things only.' }),
  })
  .meta({ description: 'available + held = paid + promotional - debt.' });

const statementReply = z.strictObject({
  orgId: z.uuid(),
  from: time,
  to: time,
  timeZone: z.string(),
  open: z.boolean().meta({ description: 'True while the period may still get entries.' }),
  asOf: time.nullable().meta({ description: 'When it was read; null for a period that is closed.' }),
  opening: balances,
  movements: z.array(
    z.strictObject({
      type: z.enum(ENTRY_TYPES),
      serviceType: z.string().nullable(),
      entries: z.int().min(1),
      availableDeltaUsd: amount,
      heldDeltaUsd: amount,
      paidDeltaUsd: amount,
      promotionalDeltaUsd: amount,
      debtDeltaUsd: amount,
      giftCardsDelta: z.int(),
    }),
  ),
  closing: balances,
});

/** The statement of an org: opening, movements by type and service, closing. */
export function statementRoutes({ guard, db, clock }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/statement',
    summary: 'The statement of a month or another period: opening, movements by type and service, closing',
    chapter: CHAPTERS.statements,
    replies: { 200: statementReply },
    texts: ['text/csv'],
    errors: ['NOT_FOUND'],
    scopes: ['treasury:read'],
    query: statementQuery,
    body: NO_BODY,
  } as const;
  const statement = orgRoute(guard, specification, async ({ caller, org, query }) => {
    if (query.format === 'csv') requireExport(caller, org);
    const period = readPeriod(query, clock.nowMs());
    const { wallet } = payingOrg(org);
    const asOfMs = await closePeriod({ db, clock }, wallet, period);
    const view = await guard.turns.run(org.id, async () =>
      viewOfStatement(await readStatement(db, wallet, { period, asOfMs }), { org: org.id, period, asOfMs }),
    );
    if (query.format !== 'csv') {
      const body: z.input<typeof statementReply> = { ...view, movements: [...view.movements] };
      return { body };
    }
    const text = csvHead(STATEMENT_COLUMNS) + csvLines(STATEMENT_COLUMNS, linesOfStatement(view));
    return csvReply('statement.csv', query.bom, onePiece(text));
  });
  return [statement];
}
