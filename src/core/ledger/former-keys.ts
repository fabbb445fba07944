import { isBookedType } from './bookings.ts';
import type { Command } from './commands.ts';
import type { EntryType } from './vocabulary.ts';

/** A command with its key, and the keys under which earlier versions stored the same command. */
export interface KeyedCommand {
  readonly command: Command;
  readonly key: string;
  readonly formerKeys?: readonly string[] | undefined;
}

/**
 * Whether an entry was written for this command. In their former keys, clients and operators shared one domain, so that
 * an entry under such a key counts only if the same kind of caller wrote it: operators write the types that are booked,
 * clients never do.
 */
export function isWrittenFor(
  entry: { readonly key: string; readonly type: EntryType },
  { command, key, formerKeys = [] }: KeyedCommand,
): boolean {
  if (entry.key === key) return true;
  return formerKeys.includes(entry.key) && isBookedType(entry.type) === isBooking(command);
}

function isBooking(command: Command): boolean {
  return 'type' in command && isBookedType(command.type);
}
