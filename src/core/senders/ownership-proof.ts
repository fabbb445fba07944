/**
 * Proofs of ownership: the message that an org signs to show that an address is its own, and how a signed message is
 * compared with the challenge. On EVM chains it is the text of EIP-4361 ("Sign-In with Ethereum"), on Starknet typed
 * data of SNIP-12, revision 1. Every field is part of the signed message, so that a signature made for another site,
 * chain, org, address or purpose, or at another time, proves nothing here.
 */
import { randomBytes } from 'node:crypto';
import { familyOf } from '../chains/address.ts';

/** How long a challenge may be answered, in milliseconds. */
export const CHALLENGE_TTL_MS = 10 * 60_000;
const NONCE_BYTES = 16;
/** Longest message that is read; ours are shorter. */
const TEXT_LENGTH_MAX = 4_000;

/** What a proof is for: registering an address, or claiming the deposits of one transaction. */
export const CHALLENGE_PURPOSES = ['register', 'claim'] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

export interface Challenge {
  /** Host, and port where there is one, of the public URL. */
  readonly domain: string;
  readonly uri: string;
  /** CAIP-2 name. */
  readonly chain: string;
  /** Canonical. */
  readonly address: string;
  readonly org: string;
  readonly purpose: ChallengePurpose;
  /** The transaction whose deposits are claimed, canonical; null for `register`. */
  readonly txHash: string | null;
  /** 32 lower-case hex digits, used once. */
  readonly nonce: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Typed data of SNIP-12 as wallets take it. */
export interface TypedMessage {
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, string>>;
  readonly message: Readonly<Record<string, string>>;
}

/** A message to sign: text on EVM chains, typed data on Starknet. */
export type ProofMessage = string | TypedMessage;

/** A nonce of 128 random bits, in letters and digits as EIP-4361 requires. */
export function newNonce(): string {
  return randomBytes(NONCE_BYTES).toString('hex');
}

/**
 * The message to sign.
 * @param shownAddress the address as the message shows it: on EVM chains with the checksum of EIP-55, which wallets
 *   look for; canonical on Starknet.
 */
export function messageOf(challenge: Challenge, shownAddress: string): ProofMessage {
  return familyOf(challenge.chain) === 'eip155' ? textOf(challenge, shownAddress) : typedDataOf(challenge);
}

function statementOf({ org, purpose, txHash }: Challenge): string {
  return purpose === 'register'
    ? `I own this account. The USDC that it sends is a top-up of the org ${org}.`
    : `I own this account. The USDC that it sent in the transaction ${txHash ?? ''} is a top-up of the org ${org}.`;
}

function textOf(challenge: Challenge, shownAddress: string): string {
  const { domain, uri, chain, org, purpose, txHash, nonce, issuedAtMs, expiresAtMs } = challenge;
  return [
    `${domain} wants you to sign in with your Ethereum account:`,
    shownAddress,
    '',
    statementOf(challenge),
    '',
    `URI: ${uri}`,
    'Version: 1',
    `Chain ID: ${chain.slice('eip155:'.length)}`,
    `Nonce: ${nonce}`,
    `Issued At: ${new Date(issuedAtMs).toISOString()}`,
    `Expiration Time: ${new Date(expiresAtMs).toISOString()}`,
    'Resources:',
    `- urn:coffer:org:${org}`,
    `- urn:coffer:purpose:${purpose}${txHash === null ? '' : `:${txHash}`}`,
  ].join('\n');
}

const TYPES: TypedMessage['types'] = {
  StarknetDomain: [
    { name: 'name', type: 'shortstring' },
    { name: 'version', type: 'shortstring' },
    { name: 'chainId', type: 'shortstring' },
    { name: 'revision', type: 'shortstring' },
  ],
  OwnershipProof: [
    { name: 'statement', type: 'string' },
    { name: 'domain', type: 'string' },
    { name: 'uri', type: 'string' },
    { name: 'account', type: 'ContractAddress' },
    { name: 'org', type: 'string' },
    { name: 'purpose', type: 'string' },
    { name: 'transaction', type: 'string' },
    { name: 'nonce', type: 'string' },
    { name: 'issuedAt', type: 'string' },
    { name: 'expiresAt', type: 'string' },
  ],
};

function typedDataOf(challenge: Challenge): TypedMessage {
  const { domain, uri, chain, address, org, purpose, txHash, nonce, issuedAtMs, expiresAtMs } = challenge;
  return {
    types: TYPES,
    primaryType: 'OwnershipProof',
    domain: { name: 'Coffer', version: '1', chainId: chain.slice('starknet:'.length), revision: '1' },
    message: {
      statement: statementOf(challenge),
      domain,
      uri,
      account: address,
      org,
      purpose,
      transaction: txHash ?? '',
      nonce,
      issuedAt: new Date(issuedAtMs).toISOString(),
      expiresAt: new Date(expiresAtMs).toISOString(),
    },
  };
}

/** The challenge in a message; undefined unless the message is, to the last character, one that this version writes. */
export function readMessage(message: unknown): Challenge | undefined {
  if (typeof message === 'string') return readText(message);
  return readTypedData(message);
}

const TEXT = new RegExp(
  [
    '(?<domain>[^\\n ]+) wants you to sign in with your Ethereum account:',
    '(?<account>0x[0-9a-fA-F]{40})',
    '',
    '[^\\n]+',
    '',
    'URI: (?<uri>[^\\n ]+)',
    'Version: 1',
    'Chain ID: (?<chainId>[1-9][0-9]{0,15})',
    'Nonce: (?<nonce>[0-9a-f]{32})',
    'Issued At: (?<issuedAt>[^\\n]+)',
    'Expiration Time: (?<expiresAt>[^\\n]+)',
    'Resources:',
    '- urn:coffer:org:(?<org>[0-9a-f-]{36})',
    '- urn:coffer:purpose:(?<purpose>register|claim)(?::(?<txHash>0x[0-9a-f]{64}))?',
  ].join('\\n'),
);

function readText(text: string): Challenge | undefined {
  if (text.length > TEXT_LENGTH_MAX) return undefined;
  const groups = TEXT.exec(text)?.groups;
  const account = groups?.['account'];
  if (groups === undefined || account === undefined) return undefined;
  const challenge = challengeOf({ ...groups, chain: `eip155:${groups['chainId']}`, address: account.toLowerCase() });
  // Writing the challenge again must give the same text: it catches what the pattern does not read, and text around it.
  return challenge !== undefined && textOf(challenge, account) === text ? challenge : undefined;
}

function readTypedData(typedData: unknown): Challenge | undefined {
  const domain = memberOf(typedData, 'domain');
  const message = memberOf(typedData, 'message');
  if (typeof message !== 'object' || message === null) return undefined;
  const texts = Object.entries(message).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const fields = Object.fromEntries(texts);
  const challenge = challengeOf({
    ...fields,
    chain: `starknet:${String(memberOf(domain, 'chainId'))}`,
    address: fields['account'],
    txHash: fields['transaction'] === '' ? undefined : fields['transaction'],
  });
  return challenge !== undefined && sameJson(typedDataOf(challenge), typedData) ? challenge : undefined;
}

function challengeOf(fields: Readonly<Record<string, string | undefined>>): Challenge | undefined {
  const { domain, uri, chain, address, org, purpose, txHash, nonce, issuedAt, expiresAt } = fields;
  const [issuedAtMs, expiresAtMs] = [Date.parse(issuedAt ?? ''), Date.parse(expiresAt ?? '')];
  if (domain === undefined || uri === undefined || chain === undefined || address === undefined) return undefined;
  if (org === undefined || nonce === undefined || !(issuedAtMs >= 0) || !(expiresAtMs >= 0)) return undefined;
  if (purpose !== 'register' && purpose !== 'claim') return undefined;
  return { domain, uri, chain, address, org, purpose, txHash: txHash ?? null, nonce, issuedAtMs, expiresAtMs };
}

const FIELDS = [
  'domain',
  'uri',
  'chain',
  'address',
  'org',
  'purpose',
  'txHash',
  'nonce',
  'issuedAtMs',
  'expiresAtMs',
] as const satisfies readonly (keyof Challenge)[];

/** The fields in which the signed challenge differs from the one that was asked. */
export function differencesOf(asked: Challenge, signed: Challenge): (keyof Challenge)[] {
  return FIELDS.filter((field) => asked[field] !== signed[field]);
}

/** True while a challenge may be answered. */
export function isOpen(challenge: Pick<Challenge, 'expiresAtMs'>, nowMs: number): boolean {
  return nowMs < challenge.expiresAtMs;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** Whether two values are equal as JSON, whatever the order of their members. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [mine, theirs] = [Object.keys(a), Object.keys(b)];
  return mine.length === theirs.length && mine.every((name) => sameJson(memberOf(a, name), memberOf(b, name)));
}
