/** Stores the challenges that orgs were given, and uses them up. */
import { CHALLENGE_PURPOSES, type Challenge } from '../../core/senders/ownership-proof.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, oneOf, orNull, textOf, timeMsOf, type Row } from '../rows.ts';

/** How many challenges an org may have open; new ones replace the oldest. */
const OPEN_PER_ORG_MAX = 1_000;
/** How many expired challenges, and how many above the limit, one new challenge removes at most. */
const CLEARED_MAX = 100;

/** Stores a new challenge, which can be answered from now until it expires. */
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

/** A stored challenge, and the signature that it was used with; null while it is unused. */
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

/** The challenge with that nonce, if it was given to this org. */
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

/** A challenge to be used up, with the signature that answers it, in the transaction that it authorises. */
export interface ProofUse {
  readonly nonce: string;
  readonly signature: string;
  readonly at: Date;
}

/** Uses a challenge up; false when it was used before, has expired or was removed for newer ones. */
export async function consumeChallenge(trx: DatabaseTransaction, { nonce, signature, at }: ProofUse): Promise<boolean> {
  const used = await changeRows(
    trx,
    `UPDATE ownership_challenge SET used_at = :at, signature = :signature
     WHERE nonce = :nonce AND used_at IS NULL AND expires_at > :at RETURNING nonce`,
    { nonce, signature, at },
  );
  return used > 0;
}
