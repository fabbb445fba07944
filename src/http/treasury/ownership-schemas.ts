/** Schemas of a challenge, and of the proof that answers it. */
import { z } from 'zod';

const MESSAGE_LENGTH_MAX = 4_000;
const SIGNATURE_LENGTH_MAX = 32_768;
const SIGNATURE_FELTS_MAX = 1_000;
const FELT_LENGTH_MAX = 78;

const typedMessage = z.strictObject({
  types: z.record(z.string(), z.array(z.strictObject({ name: z.string(), type: z.string() })).readonly()).readonly(),
  primaryType: z.string(),
  domain: z.record(z.string(), z.string()).readonly(),
  message: z.record(z.string(), z.string()).readonly(),
});

/** A challenge. The message to sign is a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
export const challengeView = z.strictObject({
  chain: z.string(),
  address: z.string(),
  purpose: z.enum(['register', 'claim']),
  txHash: z.string().nullable(),
  message: z.union([z.string(), typedMessage]),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

export const proofBody = z.strictObject({
  message: z.union(
    [z.string().max(MESSAGE_LENGTH_MAX), typedMessage],
    'must be the message of a challenge: a text, or typed data',
  ),
  signature: z.union(
    [
      z
        .string()
        .max(SIGNATURE_LENGTH_MAX)
        .regex(/^0x([0-9a-fA-F]{2})+$/),
      z
        .array(
          z
            .string()
            .max(FELT_LENGTH_MAX)
            .regex(/^(0x[0-9a-fA-F]+|[0-9]+)$/),
        )
        .min(1)
        .max(SIGNATURE_FELTS_MAX),
    ],
    'must be 0x and hex on EVM chains, a list of felts as strings on Starknet',
  ),
});
