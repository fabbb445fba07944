import type { Notes } from '../../core/ledger/commands.ts';
import { canonicalMetadata } from '../../core/ledger/entry-text.ts';

/** What a caller notes with a command, out of a body that has more. */
type CallersNotes = Omit<Notes, 'remark'>;

/** The notes in a body. */
export function notesOf({ reference, description, appId, userId, teamId, metadata }: CallersNotes): CallersNotes {
  return { reference, description, appId, userId, teamId, metadata };
}

/** The notes as part of what requests under one key are compared by. Absent ones leave no trace. */
export function inputOfNotes({ metadata, ...notes }: CallersNotes): Readonly<Record<string, string | undefined>> {
  const isEmpty = metadata === undefined || Object.keys(metadata).length === 0;
  return { ...notes, metadata: isEmpty ? undefined : canonicalMetadata(metadata) };
}
