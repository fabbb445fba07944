/**
 * Keeps refused commands of orgs for whoever asks why. It is no part of the books: it notes in the background, over connections
 * of its own, what it has room for, and drops the rest, so that no command waits for it or fails with it.
 */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Vault } from '../../core/access/vault.ts';
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { writeRefusal, type KeptRefusal, type Refuser } from '../../core/explain/kept-refusal.ts';
import { findRefusingBudget } from '../../core/explain/refusing-budget.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Command } from '../../core/ledger/commands.ts';
import type { Database } from '../../db/database.ts';
import { contextOf, pruneRefusals, PRUNED_EVERY, storeRefusals } from '../../db/explain/refusals.ts';
import { findJudged } from '../../db/ledger/submission.ts';
import { BackgroundNotes } from '../access/background-notes.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { requestIdOf } from '../server/request-id.ts';
import type { Payer } from './payer.ts';

/** Most refusals that are kept in one second: of one org, and of all. Further ones are not kept. */
const [OF_ORG_A_SECOND, A_SECOND] = [100, 400];
/** Longer ids of users are not noted: the table takes none. */
const USER_CHARS_MAX = 255;

/** Who asks for a command. */
export interface Asked {
  readonly caller: Caller;
  readonly request: IncomingMessage;
}

/** A command that failed, as it is noted. */
export interface FailedCommand {
  readonly payer: Payer;
  readonly asked: Asked;
  readonly command: Command;
  readonly idempotencyKey: string;
  readonly error: unknown;
  /** What refused it before the ledger was asked; left out: the ledger did. */
  readonly bar?: Refuser | undefined;
}

export interface RefusalNotesOptions {
  /** Not the pool that requests need. */
  readonly db: Database;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly log: Pick<Logger, 'warn'>;
}

/** Notes refused commands of orgs. */
export class RefusalNotes {
  readonly #clock: Clock;
  readonly #notes: BackgroundNotes<KeptRefusal & { readonly id: string }>;
  /** How many were noted in the present second, by org. */
  #second = { atMs: 0, all: 0, byOrg: new Map<string, number>() };
  /** How many an org has had since its oldest were deleted. */
  readonly #sincePruned = new Map<string, number>();

  constructor({ db, clock, vault, log }: RefusalNotesOptions) {
    this.#clock = clock;
    this.#notes = new BackgroundNotes({
      write: async (refusals) => {
        const rows = refusals.map((refusal) => ({ ...refusal, at: new Date(refusal.atMs), user: userOf(refusal) }));
        await storeRefusals(
          db,
          rows.map((row) => ({ ...row, sealed: vault.seal(contextOf(row.id), writeRefusal(row)) })),
        );
        for (const org of this.#due(refusals)) await pruneRefusals(db, org);
      },
      onTrouble: (err, refusals) =>
        log.warn({ err, refusals }, 'refused commands were not kept: they cannot be explained'),
    });
  }

  /** To be called with whatever a command failed with. Returns at once, never throws, and keeps refusals of orgs alone. */
  note({ payer: { owner }, asked, command, idempotencyKey, error, bar }: FailedCommand): void {
    if (owner.kind !== 'org' || !(error instanceof Refusal) || error.code === 'LEDGER_UNAVAILABLE') return;
    const atMs = this.#clock.nowMs();
    if (!this.#hasRoomFor(owner.id, atMs)) return;
    const judged = bar === undefined ? findJudged(error) : undefined;
    const id = uuidV7(atMs);
    this.#notes.add(id, {
      id,
      org: owner.id,
      requestId: requestIdOf(asked.request),
      atMs,
      command,
      by: bar ?? (judged ? 'rule' : 'other'),
      code: error.code,
      message: error.message,
      judged: judged ?? null,
      actor: actorOf(asked.caller),
      idempotencyKey,
      budget: findRefusingBudget(error) ?? null,
    });
  }

  #hasRoomFor(org: string, atMs: number): boolean {
    if (Math.abs(atMs - this.#second.atMs) >= 1_000) this.#second = { atMs, all: 0, byOrg: new Map() };
    const second = this.#second;
    const own = second.byOrg.get(org) ?? 0;
    if (second.all >= A_SECOND || own >= OF_ORG_A_SECOND) return false;
    second.byOrg.set(org, own + 1);
    second.all += 1;
    return true;
  }

  /** The orgs whose oldest refusals are to be deleted now. */
  #due(refusals: readonly KeptRefusal[]): string[] {
    for (const { org } of refusals) this.#sincePruned.set(org, (this.#sincePruned.get(org) ?? 0) + 1);
    const due = [...this.#sincePruned].filter(([, count]) => count >= PRUNED_EVERY).map(([org]) => org);
    for (const org of due) this.#sincePruned.delete(org);
    return due;
  }

  /** Resolves when nothing is being written any more. To be called once nothing is refused any more. */
  async stop(): Promise<void> {
    await this.#notes.stop();
  }
}

/** The user whom a command names. */
function userOf({ command }: KeptRefusal): string | null {
  const user = 'notes' in command ? command.notes?.userId : undefined;
  return user === undefined || user.length > USER_CHARS_MAX ? null : user;
}
