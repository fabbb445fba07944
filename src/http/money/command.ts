/** Calls that move money: read as a ledger command, run once per idempotency key, and answered from the entries. */
import type { z } from 'zod';
import { giftCardMaxOf } from '../../core/access/gift-card-max.ts';
import { Refusal } from '../../core/errors.ts';
import { callKeys, uuidV7, type NamedKey } from '../../core/ids.ts';
import type { BudgetLeft } from '../../core/budgets/budget.ts';
import { holdsNamedBy, type Command } from '../../core/ledger/commands.ts';
import type { FreeCharge } from '../../core/ledger/decide.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { Services } from '../../core/ledger/vocabulary.ts';
import type { Database } from '../../db/database.ts';
import { viewOfBalances } from '../../views/entry.ts';
import { findEntry, isKeyUsed } from '../../db/ledger/entries.ts';
import type { Org } from '../../db/access/orgs.ts';
import { payingOrg, type Payer } from './payer.ts';
import { FailedCall } from '../server/problem.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER, requestHash } from '../endpoint/idempotency.ts';
import type { HoldTerms, SurfaceDeps } from '../deps.ts';
import type { Refuser } from '../../core/explain/kept-refusal.ts';
import type { Asked } from './refusals.ts';
import type { Description } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { notFound } from '../endpoint/path-ids.ts';

/** The payer and the limits that a call is read with. */
export interface About {
  readonly payer: Payer;
  readonly holds: HoldTerms;
  readonly services: Services;
  /** The most that a free gift card pays for, in micros; 0 for a payer without gift cards. */
  readonly giftCardMaxMicros: bigint;
}

/** A call that has been read: the command to run, and how to answer with its outcome. */
export interface MoneyCall {
  /** With the input, what requests under the same idempotency key are compared by. */
  readonly operation: string;
  readonly input: Readonly<Record<string, string | bigint | boolean | undefined>>;
  readonly command: Command;
  /** Whose key it has: operators' bookings have a domain of their own, which no key of a client meets. */
  readonly domain: 'client' | 'operator';
  /** Whether it starts new spending, which a suspended payer may not do. */
  readonly starts: boolean;
  /** Why current settings forbid the call. A call that was done under its key before is answered all the same. */
  readonly barred?: Refusal | undefined;
  /** Depends on the entries, the key and earlier entries only, so that a replay gives the same bytes. */
  readonly reply: (entries: readonly Entry[], idempotencyKey: string, outcome: HoldOutcome) => object | Promise<object>;
}

/** What is known about the outcome of a call beside its entries. */
export interface HoldOutcome {
  readonly db: Database;
  /** What a capture left in it, in micros, if the ledger just computed it; undefined: read it anew. */
  readonly holdLeft: bigint | undefined;
  /** What the parent of that hold has left, in the same way. */
  readonly parentLeft: bigint | undefined;
  /** Of a priced call that costs nothing: it wrote no entries and used no key. */
  readonly free: FreeCharge | undefined;
  /** What is left of each budget that it counts in. */
  readonly budgets: readonly BudgetLeft[];
}

/** One kind of call. Its name is the last part of its path, and its `op` in a batch. */
export interface Operation<Body> {
  readonly name: string;
  readonly description: Description;
  readonly body: z.ZodType<Body>;
  /** @throws Refusal when the call can never be done. */
  readonly read: (body: Body, about: About) => MoneyCall;
}

/** What carries a call out. */
export interface CarryMeans extends Pick<SurfaceDeps, 'db' | 'forOrg' | 'clock' | 'writer'> {
  /** Who asks, where a refusal is kept for them; left out: none is. */
  readonly asked?: Asked | undefined;
  readonly refusals?: SurfaceDeps['refusals'] | undefined;
  /** Whether the caller has hung up: a command that is not judged by then is dropped. */
  readonly isGone?: (() => boolean) | undefined;
  /** The id of the API key that makes the call; undefined for people. */
  readonly callingKey?: string | undefined;
}

/** The outcome of a call. */
export interface CarriedOut {
  readonly body: object;
  readonly idempotencyKey: string;
  readonly replayed: boolean;
}

/**
 * Runs a call exactly once per idempotency key; without a key one is made. Unless the call is barred, the ledger has the
 * command as soon as this returns its promise, so calls made one after the other are decided in that order.
 * @throws Refusal of a suspended payer, or the one in `barred`; FailedCall with the key for what the ledger throws.
 */
export async function carryOut(
  { db, clock, writer, isGone, callingKey, asked, refusals }: Omit<CarryMeans, 'forOrg'>,
  payer: Payer,
  call: MoneyCall,
  named: NamedKey | undefined,
): Promise<CarriedOut> {
  const { owner, wallet } = payer;
  const sent = named ?? { text: uuidV7(clock.nowMs()) };
  const idempotencyKey = sent.text;
  const keyed = { command: calledBy(call.command, callingKey), ...callKeys(call.domain, sent) };
  const shown = keyed.key === idempotencyKey ? undefined : idempotencyKey;
  const barred = call.starts && payer.suspended ? suspended(owner) : call.barred;
  const noteRefusal = (error: unknown, bar?: Refuser): void => {
    if (asked) refusals?.note({ payer, asked, command: call.command, idempotencyKey, error, bar });
  };
  if (barred && !(await isKeyUsed(db, wallet, keyed))) {
    noteRefusal(barred, barred === call.barred ? 'other' : 'suspension');
    throw barred;
  }
  const inputHash = requestHash(call.operation, owner.id, call.input);
  try {
    const {
      entries,
      replayed,
      holdLeft,
      parentLeft,
      settled,
      free,
      budgets = [],
    } = await writer.submit({
      wallet,
      inputHash,
      isGone,
      ...keyed,
      idempotencyKey: shown,
    });
    const answered = await call.reply(entries, idempotencyKey, { db, holdLeft, parentLeft, free, budgets });
    const body = settled ? { ...answered, ...viewOfBalances(settled) } : answered;
    return { body, idempotencyKey, replayed };
  } catch (error) {
    noteRefusal(error);
    // The answer carries the key even so: the outcome may be unknown, and only a retry under the same key finds it.
    throw new FailedCall(await explain(error, db, wallet, call.command), { [IDEMPOTENCY_HEADER]: idempotencyKey });
  }
}

/** The command with the key that calls it, where budgets may be about that. */
function calledBy(command: Command, callingKey: string | undefined): Command {
  if (callingKey === undefined || (command.op !== 'debit' && command.op !== 'hold')) return command;
  return { ...command, callingKey };
}

/** Why a suspended payer may not start anything. */
export function suspended({ kind }: Payer['owner']): Refusal {
  return kind === 'org'
    ? new Refusal('ORG_SUSPENDED', 'the org is suspended; its operator can lift that')
    : new Refusal('USER_SUSPENDED', 'the user is suspended; an operator can lift that');
}

/** Turns HOLD_NOT_PENDING into NOT_FOUND when the entries show that there never was such a hold. */
async function explain(error: unknown, db: Database, wallet: string, command: Command): Promise<unknown> {
  const [hold] = holdsNamedBy(command);
  if (!(error instanceof Refusal) || error.code !== 'HOLD_NOT_PENDING' || hold === undefined) return error;
  const opened = await findEntry(db, wallet, hold);
  return opened?.hold === hold ? error : notFound('hold');
}

/** The headers and body of the answer to a call. */
export function replyOf({ body, idempotencyKey, replayed }: CarriedOut): Reply {
  const headers = { [IDEMPOTENCY_HEADER]: idempotencyKey, ...(replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
  return { body, headers };
}

/** The payer and the limits that the calls of an org are read with. */
export function aboutOf(org: Org, deps: Pick<SurfaceDeps, 'holds' | 'services' | 'giftCardMaxMicros'>): About {
  const { holds, services } = deps;
  const giftCardMaxMicros = giftCardMaxOf(org.giftCardMax, deps.giftCardMaxMicros);
  return { payer: payingOrg(org), holds, services, giftCardMaxMicros };
}
