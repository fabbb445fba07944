/** The endpoint that charges a user. What a user cannot pay for is an answer, and no error. */
import type { z } from 'zod';
import { parseDecimal } from '../../core/decimal.ts';
import { Refusal } from '../../core/errors.ts';
import type { DebitCommand } from '../../core/ledger/commands.ts';
import { debitType, revenueAccount } from '../../core/ledger/vocabulary.ts';
import { MoneyError } from '../../core/money.ts';
import { QUANTITY_MAX, type Quantity } from '../../core/pricing/rate.ts';
import { openUserWallet } from '../../db/access/users.ts';
import { transactionOf } from '../../db/ledger/transactions.ts';
import { FEATURE_KEY } from '../../views/people/movement.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { ExactNumber } from '../endpoint/json.ts';
import { serviceRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { pricedDebit } from '../money/charge.ts';
import { carryOut, replyOf, type MoneyCall } from '../money/command.ts';
import { findPayingUser, scopeOf, type Payer } from '../money/payer.ts';
import { FailedCall } from '../server/problem.ts';
import type { Reply } from '../server/reply.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { walletCaller } from './caller.ts';
import { deductBody, deductReply, deductShown } from './schemas.ts';
import { DEDUCTS } from './surface.ts';
import { oneOfNames } from './synonyms.ts';

const SERVICE = 'FEATURE';
/** Decimal places of a count. */
const COUNT_PLACES = 6;
const ONE: Quantity = 1_000_000n;
const COUNT_NAMES = ['count', 'units'];

type Input = z.output<typeof deductBody>;

/** Charges users for features: a number of units at the rate of the price book, or an amount that the service names. */
export function deductRoutes(deps: SurfaceDeps): Route[] {
  const { guard } = deps;
  const specification = {
    method: 'POST',
    path: '/io/wallet/deduct',
    operation: 'deductFromUserWallet',
    summary: 'Charges a user for a feature, or answers that the balance does not do',
    chapter: DEDUCTS,
    replies: { 200: deductReply },
    errors: ['USER_SUSPENDED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: deductBody,
    bodyShown: deductShown,
    authenticate: walletCaller(guard),
  } as const;
  return [
    serviceRoute(guard, specification, async ({ body, idempotencyKey, isGone }) => {
      const payer = await getPayer(deps, body.user_id);
      const call = readDeduct(body, payer);
      try {
        const carried = guard.turns.urgent(async () => carryOut({ ...deps, isGone }, payer, call, idempotencyKey));
        return replyOf(await carried);
      } catch (error) {
        return notAllowed(error);
      }
    }),
  ];
}

/** The user, with a wallet that the ledger can judge the charge on. */
async function getPayer({ guard, forOrg, clock }: SurfaceDeps, id: string): Promise<Payer> {
  const payer = await findPayingUser(guard, id);
  if ((await guard.findUser(id)) === undefined) {
    await openUserWallet(forOrg(scopeOf(payer)), { id, at: new Date(clock.nowMs()) });
  }
  return payer;
}

function readDeduct(body: Input, payer: Payer): MoneyCall {
  const { feature, amount: amountMicros } = body;
  const quantity = readCount(body);
  const charge = amountMicros === undefined ? { action: feature, quantity } : { feature, amountMicros, quantity };
  return {
    operation: 'wallet.deduct',
    domain: 'client',
    input: charge,
    starts: true,
    command:
      amountMicros === undefined
        ? pricedDebit(payer, { service: SERVICE, action: feature, quantity })
        : namedDebit(body, amountMicros),
    reply: (entries, _key, { free }) => {
      if (free) return allowed(free.available, free.available);
      const { amountMicros: effect, balanceMicros } = transactionOf(entries);
      return allowed(balanceMicros - effect, balanceMicros);
    },
  };
}

/** A debit of an amount that the service names; the feature and its count are noted with it. */
function namedDebit(body: Input, amountMicros: bigint): DebitCommand {
  const count = oneOfNames(body, COUNT_NAMES);
  return {
    op: 'debit',
    type: debitType(SERVICE),
    amountMicros,
    contra: revenueAccount(SERVICE),
    service: SERVICE,
    notes: {
      metadata: {
        [FEATURE_KEY]: body.feature,
        ...(count instanceof ExactNumber ? { count: count.source } : {}),
      },
    },
  };
}

/** How many units, in millionths. */
function readCount(body: Input): Quantity {
  const written = oneOfNames(body, COUNT_NAMES);
  if (written === undefined) return ONE;
  const message = readProblem(written);
  if (message !== undefined) throw invalidInput([{ path: 'count', message }]);
  return written instanceof ExactNumber ? parseDecimal(written.source, COUNT_PLACES) : ONE;
}

function readProblem(written: unknown): string | undefined {
  if (!(written instanceof ExactNumber)) return 'must be a JSON number';
  try {
    const count = parseDecimal(written.source, COUNT_PLACES);
    if (count <= 0n) return 'must be more than zero';
    return count > QUANTITY_MAX ? `must be at most ${QUANTITY_MAX / ONE}` : undefined;
  } catch (error) {
    if (error instanceof MoneyError) return error.message;
    throw error;
  }
}

function allowed(beforeMicros: bigint, afterMicros: bigint): object {
  return {
    allowed: true,
    balanceBefore: beforeMicros,
    balanceAfter: afterMicros,
    balance: afterMicros,
    deducted: beforeMicros - afterMicros,
  };
}

/** The answer where the balance does not do. @throws the error unchanged where that is not why it was refused */
function notAllowed(error: unknown): Reply {
  const refusal = error instanceof FailedCall ? error.cause : undefined;
  if (!(error instanceof FailedCall) || !(refusal instanceof Refusal) || refusal.code !== 'CREDIT_INSUFFICIENT') {
    throw error;
  }
  const { availableUsd, requiredUsd } = refusal.details;
  if (typeof availableUsd !== 'string' || typeof requiredUsd !== 'string') throw error;
  const body = { allowed: false, balanceBefore: JSON.rawJSON(availableUsd), required: JSON.rawJSON(requiredUsd) };
  return { body, headers: error.headers };
}
