/** Schemas of the calls about an org's own deposit addresses. */
import { z } from 'zod';
import { amount, time } from '../endpoint/fields.ts';

export const createWalletBody = z.strictObject({
  chain: z
    .string()
    .min(1, 'must not be empty')
    .max(64, 'is too long for a CAIP-2 chain id')
    .optional()
    .meta({
      description: 'The chain, as a CAIP-2 id. Left out: one address for each family of the configured chains.',
      examples: ['eip155:8453'],
    }),
});

export const createWalletReply = z.strictObject({
  address: z.string().meta({ description: 'The address.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
  chain: z.string().meta({
    description: 'The chain of `address`: the named one, else the first Starknet chain, else the first chain.',
    examples: ['eip155:8453'],
  }),
  wallets: z
    .array(
      z.strictObject({
        family: z.enum(['eip155', 'starknet']).describe('The family of chains.'),
        address: z
          .string()
          .meta({ description: 'The address.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
        chains: z
          .array(z.string())
          .describe('The chains on which it can receive: every configured chain of the family.'),
        createdAt: time.describe('When it was created.'),
      }),
    )
    .describe('The addresses of the org.'),
});

export const walletInfoReply = z.strictObject({
  address: z
    .string()
    .nullable()
    .meta({
      description: 'The address; null while it is not created.',
      examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    }),
  chain: z
    .string()
    .nullable()
    .meta({
      description:
        'The chain of `address`: the first Starknet chain, else the first chain; null where no chain is configured.',
      examples: ['eip155:8453'],
    }),
  wallets: z
    .array(
      z.strictObject({
        chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
        created: z.boolean().describe('Whether the address exists.'),
        address: z
          .string()
          .nullable()
          .meta({
            description: 'The address; null while it is not created.',
            examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
          }),
        createdAt: time.nullable().describe('When it was created; null while it is not.'),
        deployed: z
          .boolean()
          .nullable()
          .describe(
            'Whether the address has a contract: never on EVM; on Starknet after its account first sent. Null if unknown.',
          ),
        balances: z
          .array(
            z.strictObject({
              symbol: z.string().meta({ description: 'The symbol of the token.', examples: ['USDC'] }),
              token: z.string().meta({
                description: 'The address of the token contract.',
                examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
              }),
              balanceUsd: amount
                .nullable()
                .describe('The balance on the chain now, in USD; null when no node of the chain answers.'),
            }),
          )
          .describe('The balance of each token.'),
      }),
    )
    .describe('The addresses of the org.'),
});
