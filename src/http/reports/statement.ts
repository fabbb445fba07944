/** The endpoint that gives the statement of an org for a period. */
import { z } from 'zod';
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
import { entryType } from '../money/schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const statementQuery = z.discriminatedUnion('format', [
  z.strictObject({ ...periodFields, format: z.literal('json').optional().describe('The form of the answer.') }),
  z.strictObject({ ...periodFields, format: z.literal('csv').describe('The form of the answer.'), bom: byteOrderMark }),
]);

const balances = z
  .strictObject({
    availableUsd: amount.describe('What can be spent, in USD.'),
    heldUsd: amount.describe('What open holds keep, in USD.'),
    paidUsd: amount.describe('The part that was paid for, in USD.'),
    promotionalUsd: amount.describe('The part that was given, in USD.'),
    debtUsd: amount.describe('What is owed, in USD.'),
    freeGiftCards: z.int().describe('How many free gift cards there are.'),
    restricted: lotsShown.restricted.meta({ description: 'What of the available credit is for some things only.' }),
  })
  .meta({ description: 'available + held = paid + promotional - debt.' });

const statementReply = z.strictObject({
  orgId: z.uuid().describe('The id of the org.'),
  from: time.describe('The beginning; what happens at this time belongs to it.'),
  to: time.describe('The end; what happens at this time no longer belongs to it.'),
  timeZone: z.string().meta({ description: 'The IANA time zone, such as Europe/Berlin.', examples: ['Europe/Berlin'] }),
  open: z.boolean().meta({ description: 'True while the period may still get entries.' }),
  asOf: time.nullable().meta({ description: 'When it was read; null for a period that is closed.' }),
  opening: balances.describe('The balances at the beginning.'),
  movements: z
    .array(
      z.strictObject({
        type: entryType.describe('What kind of entries.'),
        serviceType: z
          .string()
          .nullable()
          .meta({ description: 'The service that is charged; null where none is.', examples: ['AI_API'] }),
        entries: z.int().min(1).describe('How many entries.'),
        availableDeltaUsd: amount.describe('What it did to the available balance, in USD; signed.'),
        heldDeltaUsd: amount.describe('What it did to the held balance, in USD; signed.'),
        paidDeltaUsd: amount.describe('What it did to the credit that was paid for, in USD; signed.'),
        promotionalDeltaUsd: amount.describe('What it did to the credit that was given, in USD; signed.'),
        debtDeltaUsd: amount.describe('What it did to the debt, in USD; signed.'),
        giftCardsDelta: z.int().describe('What it did to the number of free gift cards; signed.'),
      }),
    )
    .describe('What moved, by type and service.'),
  closing: balances.describe('The balances at the end.'),
});

/** The statement of an org: opening, movements by type and service, closing. */
export function statementRoutes({ guard, db, clock }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/statement',
    operation: 'getStatement',
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
