/** Schemas of the calls about an org's own deposit addresses. */
import { z } from 'zod';
import { amount, time } from '../endpoint/fields.ts';

export const createWalletBody = z.strictObject({
  /** When left out, one address for each family of the configured chains. */
  chain: z.string().min(1, 'must not be empty').max(64, 'is too long for a CAIP-2 chain id').optional(),
});

export const createWalletReply = z.strictObject({
  /** The address for `chain`: the named one, else the first Starknet chain, else the first chain. */
  address: z.string(),
  chain: z.string(),
  wallets: z.array(
    z.strictObject({
      family: z.enum(['eip155', 'starknet']),
      address: z.string(),
      /** The chains on which it can receive: every configured chain of the family. */
      chains: z.array(z.string()),
      createdAt: time,
    }),
  ),
});

export const walletInfoReply = z.strictObject({
  /** The address for `chain`, the first Starknet chain, else the first chain; null while it is not created. */
  address: z.string().nullable(),
  /** Null where no chain is configured. */
  chain: z.string().nullable(),
  wallets: z.array(
    z.strictObject({
      chain: z.string(),
      created: z.boolean(),
      address: z.string().nullable(),
      createdAt: time.nullable(),
      /** Whether the address has a contract: never on EVM; on Starknet after its account first sent. Null if unknown. */
      deployed: z.boolean().nullable(),
      balances: z.array(
        z.strictObject({
          symbol: z.string(),
          token: z.string(),
          /** The balance on the chain now; null when no node of the chain answers. */
          balanceUsd: amount.nullable(),
        }),
      ),
    }),
  ),
});
