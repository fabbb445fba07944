/** What the calls about an org's own deposit addresses take and answer. */
import { z } from 'zod';
import { amount, time } from '../endpoint/fields.ts';

export const createWalletBody = z.strictObject({
  /** Left out: one address for each family of the configured chains. */
  chain: z.string().min(1, 'must not be empty').max(64, 'is too long for a CAIP-2 chain id').optional(),
});

export const createWalletReply = z.strictObject({
  wallets: z.array(
    z.strictObject({
      family: z.enum(['eip155', 'starknet']),
      address: z.string(),
      /** Where it can be paid to: every configured chain of the family. */
      chains: z.array(z.string()),
      createdAt: time,
    }),
  ),
});

export const walletInfoReply = z.strictObject({
  wallets: z.array(
    z.strictObject({
      chain: z.string(),
      created: z.boolean(),
      address: z.string().nullable(),
      createdAt: time.nullable(),
      /** Whether a contract stands at the address: never on EVM chains, and on Starknet once its account first sent. Null: unknown. */
      deployed: z.boolean().nullable(),
      balances: z.array(
        z.strictObject({
          symbol: z.string(),
          token: z.string(),
          /** On chain now; null where no node of the chain answers. */
          balanceUsd: amount.nullable(),
        }),
      ),
    }),
  ),
});
