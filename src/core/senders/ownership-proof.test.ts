import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  CHALLENGE_TTL_MS,
  differencesOf,
  isOpen,
  messageOf,
  newNonce,
  readMessage,
  type Challenge,
  type ProofMessage,
} from './ownership-proof.ts';

const hexOf = (digits: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const timeMs = fc.integer({ min: 0, max: 253_402_300_799_999 });
const purpose = fc.oneof(
  fc.constant({ purpose: 'register' as const, txHash: null }),
  hexOf(64).map((hex) => ({ purpose: 'claim' as const, txHash: `0x${hex}` })),
);
const host = fc.constantFrom('coffer.example', 'credits.example:8443', '127.0.0.1:8080', '[::1]:8080');
const shared = {
  domain: host,
  uri: host.map((name) => `https://${name}/pay`),
  org: fc.uuid(),
  nonce: hexOf(32),
  issuedAtMs: timeMs,
  expiresAtMs: timeMs,
};
const evm = { chain: fc.integer({ min: 1, max: 2 ** 50 }).map((id) => `eip155:${id}`), address: hexOf(40) };
const starknet = { chain: fc.constantFrom('starknet:SN_MAIN', 'starknet:SN_SEPOLIA'), address: hexOf(64) };
const challengeIn = (family: typeof evm): fc.Arbitrary<Challenge> =>
  fc
    .tuple(fc.record({ ...shared, ...family }), purpose)
    .map(([one, rest]) => ({ ...one, ...rest, address: `0x${one.address}` }));

describe.each([
  ['EIP-4361 text', challengeIn(evm)],
  ['SNIP-12 typed data', challengeIn(starknet)],
])('a challenge as %s', (_, challenges) => {
  const write = (challenge: Challenge): ProofMessage => messageOf(challenge, challenge.address);

  it('says all of it: what is read is what was written', () => {
    fc.assert(
      fc.property(challenges, (challenge) => {
        expect(readMessage(write(challenge))).toEqual(challenge);
        expect(readMessage(JSON.parse(JSON.stringify(write(challenge))))).toEqual(challenge);
        expect(differencesOf(challenge, challenge)).toEqual([]);
      }),
    );
  });

  // The attack: a signature made for another site, chain, org, purpose or address, or at another time.
  test.each(['domain', 'uri', 'chain', 'address', 'org', 'purpose', 'nonce', 'issuedAtMs', 'expiresAtMs'] as const)(
    'A32 a message that differs in %s alone is told from the one that was handed out',
    (field) => {
      fc.assert(
        fc.property(challenges, challenges, (asked, other) => {
          fc.pre(asked[field] !== other[field]);
          const flipped: Challenge = {
            ...asked,
            [field]: other[field],
            ...(field === 'purpose' ? { txHash: other.txHash } : {}),
          };
          const signed = readMessage(write(flipped));
          if (signed === undefined) throw new Error('the flipped message is a message of its own');
          const expected = field === 'purpose' ? ['purpose', 'txHash'] : [field];
          expect(differencesOf(asked, signed)).toEqual(expected);
          expect(write(flipped)).not.toEqual(write(asked));
        }),
      );
    },
  );

  test('A32 a claim of another transaction is another message', () => {
    fc.assert(
      fc.property(challenges, hexOf(64), (asked, hex) => {
        fc.pre(asked.txHash !== null && asked.txHash !== `0x${hex}`);
        const signed = readMessage(write({ ...asked, txHash: `0x${hex}` }));
        if (signed === undefined) throw new Error('the flipped message is a message of its own');
        expect(differencesOf(asked, signed)).toEqual(['txHash']);
      }),
    );
  });
});

const CHALLENGE: Challenge = {
  domain: 'coffer.example',
  uri: 'https://coffer.example',
  chain: 'eip155:8453',
  address: '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  org: '00000000-0000-4000-8000-000000000001',
  purpose: 'register',
  txHash: null,
  nonce: '0123456789abcdef0123456789abcdef',
  issuedAtMs: Date.UTC(2026, 0, 31),
  expiresAtMs: Date.UTC(2026, 0, 31, 0, 10),
};
const SHOWN = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

describe('the text', () => {
  const text = messageOf(CHALLENGE, SHOWN);
  if (typeof text !== 'string') throw new TypeError('a text was expected');

  it('is what EIP-4361 says, with the checksummed address that wallets look for', () => {
    expect(text.split('\n')).toEqual([
      'coffer.example wants you to sign in with your Ethereum account:',
      SHOWN,
      '',
      'I own this account. The USDC that it sends is a top-up of the org 00000000-0000-4000-8000-000000000001.',
      '',
      'URI: https://coffer.example',
      'Version: 1',
      'Chain ID: 8453',
      'Nonce: 0123456789abcdef0123456789abcdef',
      'Issued At: 2026-01-31T00:00:00.000Z',
      'Expiration Time: 2026-01-31T00:10:00.000Z',
      'Resources:',
      '- urn:coffer:org:00000000-0000-4000-8000-000000000001',
      '- urn:coffer:purpose:register',
    ]);
    expect(readMessage(text)).toEqual(CHALLENGE);
  });

  it('that differs anywhere, be it by one character, is another message or none', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('0', 'x', ' ', '\n', ''), (at, put) => {
        const altered = text.slice(0, at) + put + text.slice(at + 1);
        fc.pre(altered !== text);
        const signed = readMessage(altered);
        expect(signed === undefined || differencesOf(CHALLENGE, signed).length > 0).toBe(true);
      }),
    );
  });

  it.each([
    ['another statement', text.replace('I own this account', 'I own nothing')],
    ['something before it', `hello\n${text}`],
    ['something after it', `${text}\nRequest ID: 1`],
    ['line ends of another system', text.replaceAll('\n', '\r\n')],
    ['no text at all', 7],
    ['nothing', null],
  ])('with %s is not one of ours', (_, altered) => {
    expect(readMessage(altered)).toBeUndefined();
  });
});

describe('the typed data', () => {
  const typed = messageOf({ ...CHALLENGE, chain: 'starknet:SN_MAIN' }, CHALLENGE.address);
  if (typeof typed === 'string') throw new TypeError('typed data was expected');

  it.each([
    ['another type of a field', { ...typed, types: { ...typed.types, OwnershipProof: [] } }],
    ['another primary type', { ...typed, primaryType: 'Transfer' }],
    ['another revision', { ...typed, domain: { ...typed.domain, revision: '0' } }],
    ['another name', { ...typed, domain: { ...typed.domain, name: 'Other' } }],
    ['another statement', { ...typed, message: { ...typed.message, statement: 'I own nothing' } }],
    ['a field more', { ...typed, message: { ...typed.message, more: 'x' } }],
    ['a field of another kind', { ...typed, message: { ...typed.message, nonce: 7 } }],
    ['a field from a prototype', { ...typed, message: Object.create(typed.message) as object }],
    ['a list in its place', [typed]],
  ])('with %s is not one of ours', (_, altered) => {
    expect(readMessage(altered)).toBeUndefined();
  });
});

describe('a challenge', () => {
  it('is open until its end and not at it', () => {
    expect(CHALLENGE_TTL_MS).toBe(600_000);
    expect(isOpen(CHALLENGE, CHALLENGE.expiresAtMs - 1)).toBe(true);
    expect(isOpen(CHALLENGE, CHALLENGE.expiresAtMs)).toBe(false);
  });

  it('has a nonce of its own', () => {
    const nonces = new Set(Array.from({ length: 1_000 }, newNonce));
    expect(nonces.size).toBe(1_000);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });
});
