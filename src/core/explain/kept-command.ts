/** A refused command as it is kept: without what its caller wrote, and as text. */
import type { Command } from '../ledger/commands.ts';

/** The one member of the object that stands for a whole number too large for JSON. */
const WHOLE = '$whole';
/**
 * The command as text. Descriptions, metadata, reasons and the events of usage are left out: the rule does not look at the
 * former, and the latter may be thousands.
 */
export function writeCommand(command: Command): string {
  return JSON.stringify(withoutWords(command), (_name, value: unknown) =>
    typeof value === 'bigint' ? { [WHOLE]: String(value) } : value,
  );
}

/** Reads what {@link writeCommand} wrote. @throws TypeError for anything else */
export function readCommand(text: string): Command {
  const value: unknown = JSON.parse(text, (_name, one: unknown) => {
    const isWhole = typeof one === 'object' && one !== null && WHOLE in one;
    return isWhole ? BigInt(String(one[WHOLE])) : one;
  });
  if (!isCommand(value)) throw new TypeError('this is no command of the ledger');
  return value;
}

function withoutWords(command: Command): Command {
  const { reason: _reason, ...rest } = { reason: undefined, ...command };
  const bare = 'notes' in rest ? { ...rest, notes: idsOf(rest.notes) } : rest;
  return 'priced' in bare && bare.priced ? { ...bare, priced: { ...bare.priced, lines: undefined } } : bare;
}

type Notes = Extract<Command, { readonly op: 'debit' }>['notes'];

/** The ids among the notes: nobody's words. */
function idsOf(notes: Notes): Notes {
  if (!notes) return undefined;
  const { reference, appId, userId, teamId, remark } = notes;
  return { reference, appId, userId, teamId, remark };
}

/** What is read was written by this service and sealed since: its form is not checked beyond the kind of command. */
function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && 'op' in value && typeof value.op === 'string';
}
