/**
 * Evidence against a dispute: what was bought, how it was used, and what was agreed to, as plain text within the bounds of
 * providers. It names services, times, amounts and references; it has no words of callers, which may name people.
 */
import { hash } from 'node:crypto';
import { formatUsd } from '../money.ts';
import type { OrderStep } from './order.ts';

/** Most characters of one text of evidence. */
export const EVIDENCE_CHARS_MAX = 20_000;

/** A use of what was bought: an entry that spent from one of the order's lots. */
export interface Use {
  readonly atMs: number;
  readonly entry: string;
  readonly service: string;
  readonly amountMicros: bigint;
  readonly reference: string | null;
  readonly appId: string | null;
}

/** The uses of an order's credit: the first and the last of them, and the sums of all. */
export interface Uses {
  readonly first: readonly Use[];
  readonly last: readonly Use[];
  readonly count: number;
  readonly amountMicros: bigint;
  /** False when there were more entries than are looked at. */
  readonly whole: boolean;
}

/** Something that the payer agreed to. */
export interface Consent {
  readonly atMs: number;
  /** To what, in a few words. */
  readonly to: string;
  readonly by: string;
}

/** What evidence is made of. */
export interface EvidenceFacts {
  readonly dispute: { readonly id: string; readonly reason: string };
  readonly order: {
    readonly id: string;
    readonly pack: string | null;
    readonly priceMicros: bigint;
    readonly bonusMicros: bigint;
    readonly freeGiftCards: number;
    readonly openedAtMs: number;
    readonly payment: string | null;
    readonly charge: string | null;
    readonly receiptUrl: string | null;
  };
  readonly steps: readonly OrderStep[];
  readonly consents: readonly Consent[];
  readonly uses: Uses;
}

/** The texts of evidence, each within {@link EVIDENCE_CHARS_MAX}. */
export interface Evidence {
  /** What was sold. */
  readonly product: string;
  /** The log of its use. */
  readonly activity: string;
  /** What happened to the order, what was agreed to, and what follows. */
  readonly statement: string;
}

/** Makes the texts. The same facts give the same texts. */
export function composeEvidence(facts: EvidenceFacts): Evidence {
  return {
    product: within(productOf(facts).join('\n')),
    activity: activityOf(facts.uses),
    statement: within(statementOf(facts).join('\n')),
  };
}

/** The evidence as one text, which is what its hash is of. */
export function evidenceText({ product, activity, statement }: Evidence): string {
  return `What was sold\n\n${product}\n\nHow it was used\n\n${activity}\n\nWhat happened\n\n${statement}\n`;
}

/** The hash of evidence, 64 hex digits. */
export function evidenceHash(evidence: Evidence): string {
  return hash('sha256', evidenceText(evidence), 'hex');
}

function time(atMs: number): string {
  return new Date(atMs).toISOString();
}

function productOf({ order }: EvidenceFacts): string[] {
  const { pack, priceMicros, bonusMicros, freeGiftCards, openedAtMs } = order;
  return [
    `Prepaid credit for digital services${pack === null ? '' : `, pack ${pack}`}. It is delivered at once to the account of the buyer.`,
    `Ordered: ${time(openedAtMs)}`,
    `Price: ${formatUsd(priceMicros)} USD`,
    `Credit: ${formatUsd(priceMicros + bonusMicros)} USD`,
    ...(freeGiftCards > 0 ? [`Vouchers that came with it: ${freeGiftCards}`] : []),
  ];
}

function lineOf({ atMs, entry, service, amountMicros, reference, appId }: Use): string {
  const named = [reference === null ? '' : ` reference ${reference}`, appId === null ? '' : ` app ${appId}`].join('');
  return `${time(atMs)} ${service} ${formatUsd(amountMicros)} USD${named} (${entry})`;
}

/** The log with its sums on top; where it is too long, uses in the middle are left out, and the text says how many. */
function activityOf({ first, last, count, amountMicros, whole }: Uses): string {
  if (count === 0) return 'Nothing of this credit has been used yet.';
  const head = `${count} uses of this credit, ${formatUsd(amountMicros)} USD in all${whole ? '' : ', in the part of the history that was read'}. Times are UTC.`;
  const [begin, end] = [first.map(lineOf), last.map(lineOf)];
  for (;;) {
    const left = count - begin.length - end.length;
    const gap = left > 0 ? [`... ${left} further uses ...`] : [];
    const text = [head, ...begin, ...gap, ...end].join('\n');
    if (text.length <= EVIDENCE_CHARS_MAX) return text;
    if (begin.length >= end.length) begin.pop();
    else end.shift();
  }
}

function statementOf({ dispute, order, steps, consents, uses }: EvidenceFacts): string[] {
  const { payment, charge, receiptUrl } = order;
  return [
    `Dispute ${dispute.id}, reason ${dispute.reason}. Order ${order.id}.`,
    ...(payment === null ? [] : [`Payment ${payment}${charge === null ? '' : `, charge ${charge}`}.`]),
    ...(receiptUrl === null ? [] : [`Receipt: ${receiptUrl}`]),
    '',
    'Life of the order:',
    ...steps.map(({ atMs, what, source }) => `${time(atMs)} ${what} (${source})`),
    '',
    'What the buyer agreed to:',
    ...(consents.length === 0
      ? ["The buyer entered the payment on the provider's own page."]
      : consents.map(({ atMs, to, by }) => `${time(atMs)} ${to} (${by})`)),
    '',
    uses.count > 0
      ? `The credit was delivered, and ${formatUsd(uses.amountMicros)} USD of it was used: see the log of its use.`
      : 'The credit was delivered.',
  ];
}

function within(text: string): string {
  return text.length <= EVIDENCE_CHARS_MAX ? text : `${text.slice(0, EVIDENCE_CHARS_MAX - 4)}\n...`;
}
