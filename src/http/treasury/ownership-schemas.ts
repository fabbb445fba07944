/** Schemas of a challenge, and of the proof that answers it. */
import { z } from 'zod';

const MESSAGE_LENGTH_MAX = 4_000;
const SIGNATURE_LENGTH_MAX = 32_768;
const SIGNATURE_FELTS_MAX = 1_000;
const FELT_LENGTH_MAX = 78;
const MESSAGE_EXAMPLE =
  'coffer.example wants you to sign in with your Ethereum account:\n0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

const typedMessage = z.strictObject({
  types: z
    .record(
      z.string(),
      z
        .array(
          z.strictObject({
            name: z.string().meta({ description: 'The name of the field.', examples: ['org'] }),
            type: z.string().meta({ description: 'The type of the field.', examples: ['shortstring'] }),
          }),
        )
        .readonly(),
    )
    .readonly()
    .describe('The types of the typed data.'),
  primaryType: z.string().meta({ description: 'The name of the type that is signed.', examples: ['Challenge'] }),
  domain: z.record(z.string(), z.string()).readonly().describe('The domain of the typed data.'),
  message: z
    .record(z.string(), z.string())
    .readonly()
    .describe('The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.'),
});

/** A challenge. The message to sign is a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
export const challengeView = z
  .strictObject({
    chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
    address: z.string().meta({
      description: 'The address whose owner signs.',
      examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    }),
    purpose: z.enum(['register', 'claim']).describe('What the signature is for.'),
    txHash: z
      .string()
      .nullable()
      .meta({
        description: 'The transaction whose deposit is claimed; null otherwise.',
        examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
      }),
    message: z.union([z.string(), typedMessage]).meta({
      description: 'The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.',
      examples: [MESSAGE_EXAMPLE],
    }),
    issuedAt: z.iso.datetime().describe('When it was issued.'),
    expiresAt: z.iso.datetime().describe('Until when the signature is taken.'),
  })
  .meta({ id: 'SenderChallenge' });

export const proofBody = z.strictObject({
  message: z
    .union(
      [z.string().max(MESSAGE_LENGTH_MAX), typedMessage],
      'must be the message of a challenge: a text, or typed data',
    )
    .meta({
      description: 'The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.',
      examples: [MESSAGE_EXAMPLE],
    }),
  signature: z
    .union(
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
    )
    .meta({
      description: '0x and hex on EVM chains, a list of felts as text on Starknet.',
      examples: [`0x${'1b'.repeat(65)}`],
    }),
});
