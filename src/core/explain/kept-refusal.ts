/** A refused command with its refusal, as it is kept for whoever asks why. */
import { REFUSAL_CODES, type RefusalCode } from '../errors.ts';
import type { Command } from '../ledger/commands.ts';
import { readCommand, writeCommand } from './kept-command.ts';
import type { RefusingBudget } from './refusing-budget.ts';

/** What refused a command: the ledger's rule, a suspension by hand, or something that the ledger was not asked about. */
export const REFUSERS = ['rule', 'suspension', 'other'] as const;
export type Refuser = (typeof REFUSERS)[number];

/** A refused command. */
export interface KeptRefusal {
  readonly org: string;
  readonly requestId: string;
  readonly atMs: number;
  readonly command: Command;
  readonly by: Refuser;
  readonly code: RefusalCode;
  readonly message: string;
  /** The number of the wallet's last entry and the time when the rule judged it; null where the rule did not. */
  readonly judged: { readonly seq: number; readonly atMs: number } | null;
  /** `key:<id>` or `user:<id>`; null where nobody in particular asked. */
  readonly actor: string | null;
  readonly idempotencyKey: string | null;
  /** The budget that refused it; null where none did. */
  readonly budget: RefusingBudget | null;
}

/** The part of a refusal that is sealed, as text. */
export function writeRefusal(refusal: KeptRefusal): string {
  const { by, code, message, judged, actor, idempotencyKey, command } = refusal;
  const budget = refusal.budget && { ...refusal.budget, leftMicros: String(refusal.budget.leftMicros) };
  return JSON.stringify({ by, code, message, judged, actor, idempotencyKey, budget, command: writeCommand(command) });
}

/** Reads what {@link writeRefusal} wrote. @throws TypeError for anything else */
export function readRefusal(text: string, row: Pick<KeptRefusal, 'org' | 'requestId' | 'atMs'>): KeptRefusal {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new TypeError('this is no refusal');
  const fields: Readonly<Record<string, unknown>> = { ...value };
  return {
    ...row,
    by: oneIn(REFUSERS, fields['by']),
    code: oneIn(REFUSAL_CODES, fields['code']),
    message: textIn(fields['message']),
    judged: judgedIn(fields['judged']),
    actor: fields['actor'] === null ? null : textIn(fields['actor']),
    idempotencyKey: fields['idempotencyKey'] === null ? null : textIn(fields['idempotencyKey']),
    budget: budgetIn(fields['budget']),
    command: readCommand(textIn(fields['command'])),
  };
}

function oneIn<Name extends string>(names: readonly Name[], value: unknown): Name {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new TypeError('a kept refusal has an unknown word');
  return found;
}

function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('a kept refusal lacks a text');
}

/** What was kept by a version that knows none has no budget. */
function budgetIn(value: unknown): RefusingBudget | null {
  if (value === null || value === undefined) return null;
  const { id, name, leftMicros }: { id?: unknown; name?: unknown; leftMicros?: unknown } =
    typeof value === 'object' ? { ...value } : {};
  return { id: textIn(id), name: name === null ? null : textIn(name), leftMicros: BigInt(textIn(leftMicros)) };
}

function judgedIn(value: unknown): KeptRefusal['judged'] {
  if (value === null) return null;
  const { seq, atMs }: { seq?: unknown; atMs?: unknown } = typeof value === 'object' ? { ...value } : {};
  if (typeof seq === 'number' && typeof atMs === 'number') return { seq, atMs };
  throw new TypeError('a kept refusal lacks a number');
}
