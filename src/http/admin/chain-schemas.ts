/** Schemas of the operator's calls about chains and reconciliation. */
import { z } from 'zod';
import type { ChainStandingView, FreezeView } from '../../views/chain.ts';
import type { RailView } from '../../views/rail.ts';
import type { ReconciledChainView, ReconciliationView } from '../../views/reconciliation.ts';
import { text } from '../endpoint/validate.ts';
import { amount, time } from '../endpoint/fields.ts';

const height = z.int().min(0).nullable();
/** `GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked. */
const verdict = z.enum(['OK', 'GAP', 'UNKNOWN']);

const reconciledChain = z.strictObject({
  chain: z.string(),
  status: verdict,
  frozen: z.boolean(),
  /** The balance of our addresses on the chain, the balance that the transfers read imply, and the difference. */
  heldUsd: amount,
  reckonedUsd: amount,
  deltaUsd: amount,
  addresses: z.strictObject({ ok: z.int().min(0), gap: z.int().min(0), unknown: z.int().min(0) }),
  auditedAt: time.nullable(),
  problem: z.string().nullable(),
  /** What the ledger credited to wallets for this chain, what its credited deposits are worth, and the difference. */
  ledgerUsd: amount.nullable(),
  creditedUsd: amount.nullable(),
  ledgerDeltaUsd: amount.nullable(),
  faults: z.array(z.strictObject({ wallet: z.uuid(), deposit: z.uuid().nullable() })),
  booksAt: time.nullable(),
  pendingUsd: amount,
  unmatchedUsd: amount,
  screeningUsd: amount,
  /** Addresses whose balance differs or is unknown. */
  troubled: z.array(
    z.strictObject({
      token: z.string(),
      address: z.string(),
      status: verdict,
      foundUsd: amount.nullable(),
      reckonedUsd: amount.nullable(),
      block: height,
      problem: z.string().nullable(),
    }),
  ),
  /** Blocks in which a balance changed in a way that the transfers read did not explain; newest first. */
  gaps: z.array(
    z.strictObject({
      token: z.string(),
      address: z.string(),
      block: z.int().min(0),
      amountUsd: amount,
      /** Transfers that were found there later, as token:transaction:position; empty while it is unexplained. */
      explainedBy: z.array(z.string()),
      foundAt: time,
    }),
  ),
}) satisfies z.ZodType<ReconciledChainView>;

/** A card rail. What is due on it is the sum of the four amounts before `dueUsd`; each is less what was taken back of it. */
export const railView = z.strictObject({
  /** Its contra account. */
  rail: z.string(),
  /** Null: compared with nothing. */
  status: verdict.nullable(),
  frozen: z.boolean(),
  frozenAt: time.nullable(),
  reason: z.string().nullable(),
  creditedUsd: amount,
  taxUsd: amount,
  /** What the seller keeps of payments; below zero by what was taken back beyond a payment. */
  sellerUsd: amount,
  /** Paid and not credited. */
  parkedUsd: amount,
  dueUsd: amount,
  /** What the provider took less what it gave back, without its fees; null where there is no provider. */
  gotUsd: amount.nullable(),
  /** `dueUsd` less `gotUsd`, and what an operator accepted of it. */
  deltaUsd: amount.nullable(),
  acceptedUsd: amount.nullable(),
  /** What the provider kept for itself, in the minor unit of each currency. */
  fees: z.array(z.strictObject({ currency: z.string(), amountMinor: z.string() })),
  checkedAt: time.nullable(),
  problem: z.string().nullable(),
}) satisfies z.ZodType<RailView>;

export const reconciliationReply = z.strictObject({
  status: verdict,
  wallets: z.int().min(0).nullable(),
  /** The sum of all positive balances, and of all debts. */
  owedUsd: amount.nullable(),
  debtUsd: amount.nullable(),
  heldUsd: amount,
  /** `heldUsd` less `owedUsd`. */
  coverageUsd: amount.nullable(),
  owedAt: time.nullable(),
  chains: z.array(reconciledChain),
  rails: z.array(railView),
}) satisfies z.ZodType<ReconciliationView>;

const dues = z.strictObject({
  count: z.int().min(0),
  amountUsd: amount,
  deposits: z.array(z.strictObject({ id: z.uuid(), txHash: z.string(), amountUsd: amount })),
});

const freezeView = z.strictObject({
  kind: z.string(),
  reason: z.string(),
  frozenBy: z.string(),
  frozenAt: time,
}) satisfies z.ZodType<FreezeView>;

export const freezeBody = z.strictObject({ reason: text(1000) });
/** `changed` is false when the chain was already frozen by hand; the first reason stays. */
export const freezeReply = z.strictObject({ chain: z.string(), frozen: z.literal(true), changed: z.boolean() });
/** A release ends every freeze of the chain, so its body is `{}`. */
export const releaseBody = z.strictObject({});
export const releaseReply = z.strictObject({ chain: z.string(), released: z.array(freezeView) });

const chainView = z.strictObject({
  chain: z.string(),
  state: z.enum(['running', 'frozen', 'failing', 'refused', 'behind', 'waiting']),
  headBlock: height,
  nextBlock: height,
  creditBlock: height,
  scannedAt: time.nullable(),
  leader: z.strictObject({ holder: z.string(), until: time }).nullable(),
  freezes: z.array(freezeView),
  /** What is written after the release of the chain; null while it is not frozen. */
  dues: z.strictObject({ reversals: dues, credits: dues }).nullable(),
  rpcs: z.array(
    z.strictObject({
      rpc: z.string(),
      state: z.string(),
      headBlock: height,
      problem: z.string().nullable(),
      since: time,
      seenAt: time,
    }),
  ),
  tokens: z.array(
    z.strictObject({
      token: z.string(),
      code: z.string().nullable(),
      paused: z.boolean(),
      blocked: z.array(z.string()),
      changedAt: time,
    }),
  ),
  workers: z.array(
    z.strictObject({
      holder: z.string(),
      state: z.string(),
      problem: z.string().nullable(),
      roundEndedAt: time.nullable(),
      seenAt: time,
    }),
  ),
}) satisfies z.ZodType<ChainStandingView>;

export const chainsReply = z.strictObject({ chains: z.array(chainView) });
