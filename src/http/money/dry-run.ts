/** Dry runs: the call is read, judged and answered as it would be, and nothing is written. */
import { z } from 'zod';
import type { NamedKey } from '../../core/ids.ts';
import { PriceBook } from '../../db/pricing/book.ts';
import { openPreview, type Preview } from '../../db/ledger/preview.ts';
import { carryOut, type CarriedOut, type CarryMeans, type MoneyCall } from './command.ts';
import type { Payer } from './payer.ts';
import { entryView } from './schemas.ts';

/** Carries a call out, or answers what carrying it out would answer. @throws as {@link carryOut}. */
export async function carryOutOrPreview(
  means: CarryMeans,
  payer: Payer,
  call: MoneyCall,
  how: { readonly named: NamedKey | undefined; readonly dryRun: boolean },
): Promise<CarriedOut> {
  if (!how.dryRun) return carryOut(means, payer, call, how.named);
  const preview = await openPreviewOf(means, payer);
  return previewed(await carryOut({ ...means, writer: preview, asked: undefined }, payer, call, how.named), preview);
}

/** A preview of a payer's wallet as it is now. It sees the prices of the payer alone, beside everybody's. */
export async function openPreviewOf(
  { db, forOrg, clock }: Pick<CarryMeans, 'db' | 'forOrg' | 'clock'>,
  { owner, wallet }: Payer,
): Promise<Preview> {
  const prices = new PriceBook(owner.kind === 'org' ? forOrg(owner.id) : db, () => clock.nowMs());
  return openPreview(db, wallet, clock.nowMs(), prices);
}

/** The outcome as a dry run shows it: marked, and without the ids of what is not written. */
export function previewed(carried: CarriedOut, { headSeq }: Preview): CarriedOut {
  return { ...carried, body: { dryRun: true, ...withoutNewIds(carried.body, headSeq) } };
}

const OWN_ID = /^(?:ent|cmd|hold|lot)_[0-9a-f-]{36}_([0-9]+)$/;

function withoutNewIds(body: object, headSeq: number): Record<string, unknown> {
  const isNew = (value: unknown): boolean => {
    const [, seq] = (typeof value === 'string' && OWN_ID.exec(value)) || [];
    return seq !== undefined && BigInt(seq) > BigInt(headSeq);
  };
  const kept = Object.entries(body).filter(([, value]) => !isNew(value));
  return Object.fromEntries(
    kept.map(([name, value]: [string, unknown]) => [name, SHOWS_ENTRIES.has(name) ? shownOf(value, headSeq) : value]),
  );
}

/** Members of answers that show what was written. */
const SHOWS_ENTRIES: ReadonlySet<string> = new Set(['entries', 'transaction']);

function shownOf(value: unknown, headSeq: number): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => shownOf(entry, headSeq));
  return typeof value === 'object' && value !== null ? withoutNewIds(value, headSeq) : value;
}

/**
 * The schema of an answer, or of a dry run's: exactly one of the two fits.
 * @param preview by default the same, marked, and each id may be missing
 */
export function orPreview(reply: z.ZodObject, preview = previewOf(reply)): z.ZodType {
  previews.set(reply, preview);
  return z.xor([reply, preview]);
}

const IDS: ReadonlySet<string> = new Set(['id', 'entryId', 'commandId', 'holdId', 'lotId']);

function idsOptional(shape: Readonly<Record<string, z.ZodType>>): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, IDS.has(name) ? field.optional() : field]),
  );
}

const entryPreview = z.strictObject(idsOptional(entryView.shape)).meta({ id: 'EntryPreview' });

const previews = new WeakMap<z.ZodObject, z.ZodObject>();

/** The schema of a dry run's answer: one for each schema, so that the document names it once. */
export function previewOf(reply: z.ZodObject): z.ZodObject {
  const preview = previews.get(reply) ?? makePreview(reply);
  previews.set(reply, preview);
  return preview;
}

/** Whether a dry run has another answer than this one. Where further fields may come, only its mark tells the two apart. */
export function hasPreview(reply: z.ZodObject): boolean {
  return previews.has(reply);
}

function makePreview(reply: z.ZodObject): z.ZodObject {
  const entries =
    'entries' in reply.shape
      ? { entries: z.array(entryPreview).describe('The entries that the command would write, in their order.') }
      : {};
  const dryRun = z.literal(true).describe('Nothing was written.');
  const preview = z.strictObject({ dryRun, ...idsOptional(reply.shape), ...entries });
  const id = reply.meta()?.id;
  return id === undefined ? preview : preview.meta({ id: `${id}Preview` });
}
