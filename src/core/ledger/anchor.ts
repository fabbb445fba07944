/**
 * Anchors: the signed heads of all wallets at one time, to be kept out of reach of anyone who controls the database.
 * The text has two lines: the facts, and the signature over the SHA-256 digest of the first line.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { isUuid } from '../ids.ts';

const ANCHOR_VERSION = 1;
const HEX_32_BYTES = /^[0-9a-f]{64}$/;
/** Signed in front of the digest, so that the signature is valid for an anchor and for nothing else. */
const SIGNING_DOMAIN = 'coffer ledger anchor 1:';

/** The last entry of a wallet. */
export interface AnchoredHead {
  readonly wallet: string;
  readonly seq: number;
  readonly hash: string;
}

export interface AnchorFacts {
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** Digest of the anchor before it; null for the first. */
  readonly previous: string | null;
  /** In order of their wallets; wallets without entries are left out. */
  readonly heads: readonly AnchoredHead[];
}

/** An anchor that does not verify; the message may be shown to people. */
export class AnchorError extends Error {
  override name = 'AnchorError';
}

/** A new Ed25519 key pair as PEM texts. */
export function createAnchorKey(): { privateKeyPem: string; publicKeyPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** The text of an anchor. */
export function signAnchor(facts: AnchorFacts, privateKeyPem: string): string {
  const { at, previous, heads } = facts;
  const rows = heads.map(({ wallet, seq, hash: head }) => [wallet, seq, head]);
  const line = JSON.stringify({ anchor: ANCHOR_VERSION, at, previous, heads: rows });
  const digest = hash('sha256', line);
  const signature = sign(null, Buffer.from(SIGNING_DOMAIN + digest), createPrivateKey(privateKeyPem));
  return `${line}\n${JSON.stringify({ digest, signature: signature.toString('base64') })}\n`;
}

/** Digest of an anchor's text, which the next anchor names as its `previous`. */
export function anchorDigest(text: string): string {
  return hash('sha256', text.split('\n')[0] ?? '');
}

/**
 * Reads an anchor and checks its signature; the private key may be given instead of the public one.
 * @throws AnchorError when the text is not an anchor, was changed, or was signed by another key.
 */
export function readAnchor(text: string, publicKeyPem: string): AnchorFacts {
  const [line = '', seal = ''] = text.split('\n');
  const { digest, signature } = parse(seal);
  if (typeof digest !== 'string' || typeof signature !== 'string') throw new AnchorError('the anchor has no signature');
  if (digest !== anchorDigest(text)) throw new AnchorError('the anchor was changed after it was signed');
  const signed = Buffer.from(SIGNING_DOMAIN + digest);
  if (!verify(null, signed, createPublicKey(publicKeyPem), Buffer.from(signature, 'base64'))) {
    throw new AnchorError('the signature of the anchor was not made by this key');
  }
  return factsOf(parse(line));
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value));
  } catch {
    // Not JSON: the error below covers it.
  }
  throw new AnchorError('this is not an anchor');
}

function factsOf({ anchor, at, previous, heads }: Record<string, unknown>): AnchorFacts {
  if (anchor !== ANCHOR_VERSION || typeof at !== 'string' || !Array.isArray(heads)) {
    throw new AnchorError('this version cannot read this anchor');
  }
  return { at, previous: typeof previous === 'string' ? previous : null, heads: heads.map(headOf) };
}

function headOf(row: unknown): AnchoredHead {
  const [wallet, seq, head]: unknown[] = Array.isArray(row) ? row : [];
  const sound = typeof wallet === 'string' && isUuid(wallet) && typeof head === 'string' && HEX_32_BYTES.test(head);
  if (!sound || typeof seq !== 'number') throw new AnchorError('the anchor contains an invalid head');
  return { wallet, seq, hash: head };
}
