/** Challenges that were handed out, and what was done with them. */
import { CHALLENGE_PURPOSES, type Challenge } from '../../core/senders/ownership-proof.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, oneOf, orNull, textOf, timeMsOf, type Row } from '../rows.ts';

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

function storedChallengeOf(row: Row): StoredChallenge {
  return {
    challenge: {
      nonce: textOf(row['nonce']),
      org: textOf(row['org']),
      chain: textOf(row['chain']),
      address: textOf(row['address']),
      purpose: oneOf(CHALLENGE_PURPOSES, row['purpose']),
      txHash: orNull(row['tx_hash'], textOf),
      domain: textOf(row['domain']),
      uri: textOf(row['uri']),
      issuedAtMs: timeMsOf(row['issued_at']),
      expiresAtMs: timeMsOf(row['expires_at']),
    },
    usedWith: orNull(row['signature'], textOf),
  };
}

/** The challenge of that nonce, if this org was given it. */
export async function findChallenge(
  db: Database,
  { nonce, org }: { readonly nonce: string; readonly org: string },
): Promise<StoredChallenge | undefined> {
  return findRow(
    db,
    storedChallengeOf,
    `SELECT nonce, org, chain, address, purpose, tx_hash, domain, uri, issued_at, expires_at, signature
     FROM ownership_challenge WHERE nonce = ? AND org = ?`,
    [nonce, org],
  );
}

/** A challenge with the signature that answered it, to be used in the transaction that it changes something in. */
export interface ProofUse {
  readonly nonce: string;
  readonly signature: string;
  readonly at: Date;
}

/** Uses a challenge up; false when it was used before, has expired meanwhile or gave way. */
export async function consumeChallenge(trx: DatabaseTransaction, { nonce, signature, at }: ProofUse): Promise<boolean> {
  const used = await changeRows(
    trx,
    `UPDATE ownership_challenge SET used_at = :at, signature = :signature
     WHERE nonce = :nonce AND used_at IS NULL AND expires_at > :at RETURNING nonce`,
    { nonce, signature, at },
  );
  return used > 0;
}
