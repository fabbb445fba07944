/** Calls that move money: read into a command of the ledger, carried out once under its key, answered from its entries. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { ledgerKey, uuidV7 } from '../../core/ids.ts';
import type { Command } from '../../core/ledger/commands.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { Database } from '../../db/database.ts';
import { findEntry, isKeyUsed } from '../../db/ledger/entries.ts';
import type { Org } from '../../db/access/orgs.ts';
import { payingOrg, type Payer } from './payer.ts';
import { FailedCall } from '../server/problem.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER, requestHash } from '../endpoint/idempotency.ts';
import type { HoldDurations, SurfaceDeps } from '../deps.ts';
import type { Description } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { notFound } from '../endpoint/path-ids.ts';

/** What a call is read against. */
export interface About {
  readonly payer: Payer;
  readonly holds: HoldDurations;
  /** The most that a free gift card pays for, in micros; 0 for a payer who has none. */
  readonly giftCardMaxMicros: bigint;
}

/** A call that was read: what is to be done, and how its outcome is told. */
export interface MoneyCall {
  /** Part of what a repeated key is compared by, with the input. */
  readonly operation: string;
  readonly input: Readonly<Record<string, string | bigint | boolean | undefined>>;
  readonly command: Command;
  /** Starts to spend, which a payer who is suspended by hand may not. */
  readonly starts: boolean;
  /** Why this must not be done as things are set now. What was done under the key before is answered all the same. */
  readonly barred?: Refusal | undefined;
  /** Made of the entries, the key and earlier entries alone, so that a replay gives the same bytes. */
  readonly reply: (entries: readonly Entry[], idempotencyKey: string, outcome: HoldOutcome) => object | Promise<object>;
}

/** What is known of a hold beside the entries of a call. */
export interface HoldOutcome {
  readonly db: Database;
  /** What a capture left in it, in micros, where the ledger has just told; else the database tells. */
  readonly holdLeft: bigint | undefined;
}

/** One kind of call. Its name is the last part of its path, and its `op` in a batch. */
export interface Operation<Body> {
  readonly name: string;
  readonly description: Description;
  readonly body: z.ZodType<Body>;
  /** @throws Refusal for what can never be done. */
  readonly read: (body: Body, about: About) => MoneyCall;
}

/** What came of a call. */
export interface CarriedOut {
  readonly body: object;
  readonly idempotencyKey: string;
  readonly replayed: boolean;
}

/**
 * Carries a call out, once for ever under its key; without a key one is made. The ledger has the command when this
 * returns its promise, so that calls made one after the other are judged in that order.
 * @throws Refusal of the ledger, of a suspended payer, or what the call was barred by.
 */
export async function carryOut(
  { db, clock, writer }: Pick<SurfaceDeps, 'db' | 'clock' | 'writer'>,
  payer: Payer,
  call: MoneyCall,
  named: string | undefined,
): Promise<CarriedOut> {
  const { owner, wallet } = payer;
  const idempotencyKey = named ?? uuidV7(clock.nowMs());
  const key = ledgerKey('client', idempotencyKey);
  const barred = call.starts && payer.suspended ? suspended(owner) : call.barred;
  if (barred && !(await isKeyUsed(db, wallet, key))) throw barred;
  const inputHash = requestHash(call.operation, owner.id, call.input);
  try {
    const { entries, replayed, holdLeft } = await writer.submit({ wallet, key, inputHash, command: call.command });
    return { body: await call.reply(entries, idempotencyKey, { db, holdLeft }), idempotencyKey, replayed };
  } catch (error) {
    // A key that was made here is told even so: the outcome may be unknown, and only the same key can find out.
    throw new FailedCall(await explain(error, db, wallet, call.command), { [IDEMPOTENCY_HEADER]: idempotencyKey });
  }
}

function suspended({ kind }: Payer['owner']): Refusal {
  return kind === 'org'
    ? new Refusal('ORG_SUSPENDED', 'the org is suspended; its operator can lift that')
    : new Refusal('FORBIDDEN', 'the user is suspended; an operator can lift that');
}

/** A hold that is not open may never have been one: the entries tell. */
async function explain(error: unknown, db: Database, wallet: string, command: Command): Promise<unknown> {
  if (!(error instanceof Refusal) || error.code !== 'HOLD_NOT_PENDING' || !('hold' in command)) return error;
  const opened = await findEntry(db, wallet, command.hold);
  return opened?.hold === command.hold ? error : notFound('hold');
}

/** The headers and body that tell what came of a call. */
export function replyOf({ body, idempotencyKey, replayed }: CarriedOut): Reply {
  const headers = { [IDEMPOTENCY_HEADER]: idempotencyKey, ...(replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
  return { body, headers };
}

/** What the calls of an org are read against. */
export function aboutOf(org: Org, holds: HoldDurations): About {
  return { payer: payingOrg(org), holds, giftCardMaxMicros: org.freeGiftCardMaxMicros };
}
