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

const reconciledChain = z
  .strictObject({
    chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
    status: verdict.describe(
      '`GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked.',
    ),
    frozen: z.boolean().describe('Whether it is frozen.'),
    heldUsd: amount.describe('The balance of our addresses on the chain, in USD.'),
    reckonedUsd: amount.describe('The balance that the transfers read imply, in USD.'),
    deltaUsd: amount.describe('The difference, in USD.'),
    addresses: z
      .strictObject({
        ok: z.int().min(0).describe('How many agree.'),
        gap: z.int().min(0).describe('How many differ.'),
        unknown: z.int().min(0).describe('How many are unknown.'),
      })
      .describe('How many addresses agree, differ or are unknown.'),
    auditedAt: time.nullable().describe('When the chain was last compared; null before the first time.'),
    problem: z
      .string()
      .nullable()
      .meta({ description: 'What is wrong; null when nothing is.', examples: ['it does not answer'] }),
    ledgerUsd: amount
      .nullable()
      .describe('What the ledger credited to wallets for this chain, in USD; null before it was first read.'),
    creditedUsd: amount.nullable().describe('What was credited, in USD; of a chain null before it was first read.'),
    ledgerDeltaUsd: amount.nullable().describe('`ledgerUsd` less `creditedUsd`; null before it was first read.'),
    faults: z
      .array(
        z.strictObject({
          wallet: z.uuid().describe('The id of the wallet.'),
          deposit: z.uuid().nullable().describe('The id of the deposit; null where it is about none.'),
        }),
      )
      .describe('Wallets and deposits whose books disagree.'),
    booksAt: time.nullable().describe('When the books were last compared; null before the first time.'),
    pendingUsd: amount.describe('What waits for its blocks, in USD.'),
    unmatchedUsd: amount.describe("What nobody's senders sent, in USD."),
    screeningUsd: amount.describe('What waits for its screening, in USD.'),
    troubled: z
      .array(
        z.strictObject({
          token: z.string().meta({
            description: 'The address of the token contract.',
            examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
          }),
          address: z
            .string()
            .meta({ description: 'Our address.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
          status: verdict.describe(
            '`GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked.',
          ),
          foundUsd: amount.nullable().describe('The balance on the chain, in USD; null where it could not be read.'),
          reckonedUsd: amount.nullable().describe('The balance that the transfers read imply, in USD.'),
          block: height.describe('The number of the block.'),
          problem: z
            .string()
            .nullable()
            .meta({ description: 'What is wrong; null when nothing is.', examples: ['it does not answer'] }),
        }),
      )
      .describe('Addresses whose balance differs or is unknown.'),
    gaps: z
      .array(
        z.strictObject({
          token: z.string().meta({
            description: 'The address of the token contract.',
            examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
          }),
          address: z
            .string()
            .meta({ description: 'Our address.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
          block: z.int().min(0).describe('The number of the block.'),
          amountUsd: amount.describe('The amount in USD.'),
          explainedBy: z
            .array(z.string())
            .describe(
              'Transfers that were found there later, as token:transaction:position; empty while it is unexplained.',
            ),
          foundAt: time.describe('When it was found.'),
        }),
      )
      .describe('Blocks in which a balance changed in a way that the transfers read did not explain; newest first.'),
  })
  .meta({ id: 'ReconciledChain' }) satisfies z.ZodType<ReconciledChainView>;

/** A card rail. What is due on it is the sum of the four amounts before `dueUsd`; each is less what was taken back of it. */
export const railView = z
  .strictObject({
    rail: z.string().meta({ description: 'The contra account of the card rail.', examples: ['clearing:stripe'] }),
    status: verdict
      .nullable()
      .describe(
        '`GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked. Null: compared with nothing.',
      ),
    frozen: z.boolean().describe('Whether it is frozen.'),
    frozenAt: time.nullable().describe('When it was frozen; null while it is not.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why, in words; null while it is not frozen.', examples: ['under investigation'] }),
    creditedUsd: amount.describe('What was credited, in USD; of a chain null before it was first read.'),
    taxUsd: amount.describe('Taxes in it, in USD.'),
    sellerUsd: amount.describe(
      'What the seller keeps of payments, in USD; below zero by what was taken back beyond a payment.',
    ),
    parkedUsd: amount.describe('Paid and not credited, in USD.'),
    dueUsd: amount.describe('What is due on the rail: the sum of the four amounts before it, in USD.'),
    gotUsd: amount
      .nullable()
      .describe(
        'What the provider took less what it gave back, without its fees, in USD; null where there is no provider.',
      ),
    deltaUsd: amount.nullable().describe('The difference, in USD; null where nothing is compared.'),
    acceptedUsd: amount
      .nullable()
      .describe('What an operator accepted of the difference, in USD; null where there is none.'),
    fees: z
      .array(
        z.strictObject({
          currency: z
            .string()
            .meta({ description: 'The currency, as an ISO 4217 code in lower case.', examples: ['usd'] }),
          amountMinor: z
            .string()
            .meta({ description: 'The amount in the minor unit of its currency.', examples: ['1000'] }),
        }),
      )
      .describe('What the provider kept for itself, in the minor unit of each currency.'),
    checkedAt: time.nullable().describe('When it was last compared; null before the first time.'),
    problem: z
      .string()
      .nullable()
      .meta({ description: 'What is wrong; null when nothing is.', examples: ['it does not answer'] }),
  })
  .meta({ id: 'Rail' }) satisfies z.ZodType<RailView>;

export const reconciliationReply = z.strictObject({
  status: verdict.describe(
    '`GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked.',
  ),
  wallets: z.int().min(0).nullable().describe('How many wallets there are; null before it was first read.'),
  owedUsd: amount.nullable().describe('The sum of all positive balances, in USD; null before it was first read.'),
  debtUsd: amount.nullable().describe('The sum of all debts, in USD; null before it was first read.'),
  heldUsd: amount.describe('The balance of our addresses on the chain, in USD.'),
  coverageUsd: amount.nullable().describe('`heldUsd` less `owedUsd`; null before it was first read.'),
  owedAt: time.nullable().describe('When the wallets were last summed; null before the first time.'),
  chains: z.array(reconciledChain).describe('The chains.'),
  rails: z.array(railView).describe('The card rails.'),
}) satisfies z.ZodType<ReconciliationView>;

const dues = z.strictObject({
  count: z.int().min(0).describe('How many there are.'),
  amountUsd: amount.describe('The amount in USD.'),
  deposits: z
    .array(
      z.strictObject({
        id: z.uuid().describe('The id of the deposit.'),
        txHash: z.string().meta({
          description: 'The hash of the transaction on the chain.',
          examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
        }),
        amountUsd: amount.describe('The amount in USD.'),
      }),
    )
    .describe('Some of them.'),
});

const freezeView = z
  .strictObject({
    kind: z.string().meta({ description: 'What froze it.', examples: ['by_hand'] }),
    reason: z.string().meta({ description: 'Why, in words.', examples: ['under investigation'] }),
    frozenBy: z.string().meta({ description: 'Who froze it.', examples: ['user:ada'] }),
    frozenAt: time.describe('When it was frozen.'),
  })
  .meta({ id: 'Freeze' }) satisfies z.ZodType<FreezeView>;

export const freezeBody = z.strictObject({
  reason: text(1000).meta({ description: 'Why, in words.', examples: ['under investigation'] }),
});
/** `changed` is false when the chain was already frozen by hand; the first reason stays. */
export const freezeReply = z.strictObject({
  chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
  frozen: z.literal(true).describe('Whether it is frozen.'),
  changed: z.boolean().describe('False when the chain was already frozen by hand; the first reason stays.'),
});
/** A release ends every freeze of the chain, so its body is `{}`. */
export const releaseBody = z.strictObject({});
export const releaseReply = z.strictObject({
  chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
  released: z.array(freezeView).describe('The freezes that ended.'),
});

const chainView = z
  .strictObject({
    chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
    state: z.enum(['running', 'frozen', 'failing', 'refused', 'behind', 'waiting']).describe('How it does.'),
    headBlock: height.describe('The newest block of the chain that was seen; null before the first.'),
    nextBlock: height.describe('The block that is read next; null before the first.'),
    creditBlock: height.describe('The block up to which deposits are credited; null before the first.'),
    scannedAt: time.nullable().describe('When the chain was last read; null before the first time.'),
    leader: z
      .strictObject({
        holder: z.string().meta({ description: 'The process.', examples: ['coffer-1'] }),
        until: time.describe('Until when.'),
      })
      .nullable()
      .describe('The process that credits; null while none does.'),
    freezes: z.array(freezeView).describe('The freezes of the chain.'),
    dues: z
      .strictObject({
        reversals: dues.describe('Deposits that will be taken back.'),
        credits: dues.describe('Deposits that will be credited.'),
      })
      .nullable()
      .describe('What is written after the release of the chain; null while it is not frozen.'),
    rpcs: z
      .array(
        z.strictObject({
          rpc: z.string().meta({ description: 'The host of the RPC.', examples: ['rpc.example'] }),
          state: z.string().meta({ description: 'How it does.', examples: ['reading'] }),
          headBlock: height.describe('The newest block of the chain that was seen; null before the first.'),
          problem: z
            .string()
            .nullable()
            .meta({ description: 'What is wrong; null when nothing is.', examples: ['it does not answer'] }),
          since: time.describe('Since when.'),
          seenAt: time.describe('When it was last seen.'),
        }),
      )
      .describe('The RPCs of the chain.'),
    tokens: z
      .array(
        z.strictObject({
          token: z.string().meta({
            description: 'The address of the token contract.',
            examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
          }),
          code: z
            .string()
            .nullable()
            .meta({
              description: 'The hash of the code of the token; null while it is unknown.',
              examples: ['0x1c2d3e4f'],
            }),
          paused: z.boolean().describe('Whether the token is paused.'),
          blocked: z.array(z.string()).describe('Our addresses that the token blocks.'),
          changedAt: time.describe('When that last changed.'),
        }),
      )
      .describe('The tokens of the chain.'),
    workers: z
      .array(
        z.strictObject({
          holder: z.string().meta({ description: 'The process.', examples: ['coffer-1'] }),
          state: z.string().meta({ description: 'How it does.', examples: ['reading'] }),
          problem: z
            .string()
            .nullable()
            .meta({ description: 'What is wrong; null when nothing is.', examples: ['it does not answer'] }),
          roundEndedAt: time.nullable().describe('When its last round ended; null before the first.'),
          seenAt: time.describe('When it was last seen.'),
        }),
      )
      .describe('The processes that read the chain.'),
  })
  .meta({ id: 'Chain' }) satisfies z.ZodType<ChainStandingView>;

export const chainsReply = z.strictObject({ chains: z.array(chainView).describe('The chains.') });
