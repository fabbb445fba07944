/** Schemas of the calls about challenges and claims. */
import { z } from 'zod';
import { proofBody } from './ownership-schemas.ts';
import { amount } from '../endpoint/fields.ts';

const chain = z.string().min(1, 'must not be empty').max(64, 'is too long for a CAIP-2 chain id');
const txHash = z.string().min(1, 'must not be empty').max(66, 'is too long for a transaction hash');
const address = z.string().min(1, 'must not be empty').max(66, 'is too long for an address');

export const senderChallengeBody = z.discriminatedUnion('purpose', [
  z.strictObject({ purpose: z.literal('register'), address, chain: chain.optional() }),
  z.strictObject({ purpose: z.literal('claim'), address, chain, txHash }),
]);

export const claimBody = z.strictObject({ txHash, chain, proof: proofBody });

export const claimReply = z.strictObject({
  chain: z.string(),
  txHash: z.string(),
  fromAddress: z.string(),
  /** The org's deposits in this transaction from this sender; the detector credits those still `confirming`. */
  deposits: z.array(
    z.strictObject({
      id: z.uuid(),
      ordinal: z.int().min(0),
      token: z.string(),
      amountUsd: amount,
      state: z.string(),
    }),
  ),
});
