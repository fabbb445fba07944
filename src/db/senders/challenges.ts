/** Challenges that were handed out, and what was done with them. */
import type { Challenge, ChallengePurpose } from '../../core/senders/ownership-proof.ts';
import type { Database, DatabaseTransaction } from '../database.ts';

/** Challenges that an org may have open; the oldest give way to new ones. */
const OPEN_PER_ORG_MAX = 1_000;
/** Spent room that one new challenge takes back. */
const CLEARED_MAX = 100;

/** Hands a challenge out: it can be answered from now until it expires. */
export async function insertChallenge(db: Database, challenge: Challenge): Promise<void> {
  const { nonce, org, chain, address, purpose, txHash, domain, uri, issuedAtMs, expiresAtMs } = challenge;
  const issuedAt = new Date(issuedAtMs);
  await db.raw(
    `DELETE FROM ownership_challenge WHERE nonce IN (
       (SELECT nonce FROM ownership_challenge WHERE org = :org AND used_at IS NULL AND expires_at <= :issuedAt
        ORDER BY issued_at LIMIT :clearedMax)
       UNION ALL
       (SELECT nonce FROM ownership_challenge WHERE org = :org AND used_at IS NULL
        ORDER BY issued_at DESC, nonce OFFSET :openMax LIMIT :clearedMax)) AND used_at IS NULL`,
    { org, issuedAt, openMax: OPEN_PER_ORG_MAX - 1, clearedMax: CLEARED_MAX },
  );
  await db.raw(
    `INSERT INTO ownership_challenge (nonce, org, chain, address, purpose, tx_hash, domain, uri, issued_at, expires_at)
     VALUES (:nonce, :org, :chain, :address, :purpose, :txHash, :domain, :uri, :issuedAt, :expiresAt)`,
    { nonce, org, chain, address, purpose, txHash, domain, uri, issuedAt, expiresAt: new Date(expiresAtMs) },
  );
}

/** A challenge as it was handed out, and the signature that it was used with, if it was. */
export interface StoredChallenge {
  readonly challenge: Challenge;
  readonly usedWith: string | null;
}

interface ChallengeRow {
  nonce: string;
  org: string;
  chain: string;
  address: string;
  purpose: ChallengePurpose;
  tx_hash: string | null;
  domain: string;
  uri: string;
  issued_at: Date;
  expires_at: Date;
  signature: string | null;
}

/** The challenge of that nonce, if this org was given it. */
export async function findChallenge(
  db: Database,
  { nonce, org }: { readonly nonce: string; readonly org: string },
): Promise<StoredChallenge | undefined> {
  const result: { rows: ChallengeRow[] } = await db.raw(
    `SELECT nonce, org, chain, address, purpose, tx_hash, domain, uri, issued_at, expires_at, signature
     FROM ownership_challenge WHERE nonce = ? AND org = ?`,
    [nonce, org],
  );
  const [row] = result.rows;
  if (!row) return undefined;
  const { chain, address, purpose, domain, uri } = row;
  const times = { issuedAtMs: row.issued_at.getTime(), expiresAtMs: row.expires_at.getTime() };
  const challenge = { nonce: row.nonce, org: row.org, chain, address, purpose, txHash: row.tx_hash, domain, uri };
  return { challenge: { ...challenge, ...times }, usedWith: row.signature };
}

/** A challenge with the signature that answered it, to be used in the transaction that it changes something in. */
export interface ProofUse {
  readonly nonce: string;
  readonly signature: string;
  readonly at: Date;
}

/** Uses a challenge up; false when it was used before, has expired meanwhile or gave way. */
export async function consumeChallenge(trx: DatabaseTransaction, { nonce, signature, at }: ProofUse): Promise<boolean> {
  const result: { rows: unknown[] } = await trx.raw(
    `UPDATE ownership_challenge SET used_at = :at, signature = :signature
     WHERE nonce = :nonce AND used_at IS NULL AND expires_at > :at RETURNING nonce`,
    { nonce, signature, at },
  );
  return result.rows.length > 0;
}
