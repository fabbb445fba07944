/** Schemas of the calls about challenges and claims. */
import { z } from 'zod';
import { proofBody } from './ownership-schemas.ts';
import { amount } from '../endpoint/fields.ts';

const chain = z.string().min(1, 'must not be empty').max(64, 'is too long for a CAIP-2 chain id');
const txHash = z.string().min(1, 'must not be empty').max(66, 'is too long for a transaction hash');
const address = z.string().min(1, 'must not be empty').max(66, 'is too long for an address');

export const senderChallengeBody = z.discriminatedUnion('purpose', [
  z
    .strictObject({
      purpose: z.literal('register').describe('What the signature is for.'),
      address: address.meta({
        description: 'The address on the chain.',
        examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
      }),
      chain: chain.optional().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
    })
    .meta({ id: 'RegistrationChallengeRequest' }),
  z
    .strictObject({
      purpose: z.literal('claim').describe('What the signature is for.'),
      address: address.meta({
        description: 'The address on the chain.',
        examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
      }),
      chain: chain.meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
      txHash: txHash.meta({
        description: 'The hash of the transaction.',
        examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
      }),
    })
    .meta({ id: 'ClaimChallengeRequest' }),
]);

export const claimBody = z.strictObject({
  txHash: txHash.meta({
    description: 'The hash of the transaction.',
    examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
  }),
  chain: chain.meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
  proof: proofBody.describe('The signed challenge.'),
});

export const claimReply = z.strictObject({
  chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
  txHash: z.string().meta({
    description: 'The hash of the transaction.',
    examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
  }),
  fromAddress: z.string().meta({
    description: 'The address that sent the transfer.',
    examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
  }),
  deposits: z
    .array(
      z.strictObject({
        id: z.uuid().describe('The id of the deposit.'),
        ordinal: z.int().min(0).describe('The position of the transfer among the logs of its transaction.'),
        token: z.string().meta({
          description: 'The address of the token contract.',
          examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
        }),
        amountUsd: amount.describe('The amount in USD.'),
        state: z.string().meta({ description: 'The state of the deposit.', examples: ['confirming'] }),
      }),
    )
    .describe("The org's deposits in this transaction from this sender; those still `confirming` are credited later."),
});
