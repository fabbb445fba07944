import type { Knex } from 'knex';

/**
 * Sign-in sessions of people. A session is found by the hash of what its cookie holds; `attempt_hash` is that of the sign-in
 * that made it, which makes no second one. `rights` is what the issuer said of the person at `rights_at`: {"roles": {"<org>":
 * "<role>"}, "claims": [<names of true ones>], "admin": <boolean>, "finance": <boolean>}. `refresh` is sealed, and NULL where
 * the issuer gave none. One process at a time asks the issuer again: the one that set `asking_until`. `proven_at` is when the
 * person last proved to the issuer who they are, NULL where it does not say.
 */
const TABLE = `
  CREATE TABLE sign_in_session (
    id           uuid PRIMARY KEY,
    token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    attempt_hash bytea NOT NULL UNIQUE CHECK (length(attempt_hash) = 32),
    user_id      text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 255),
    rights       jsonb NOT NULL,
    rights_at    timestamptz NOT NULL,
    refresh      text,
    asking_until timestamptz,
    proven_at    timestamptz,
    created_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz
  );
  CREATE INDEX sign_in_session_by_user ON sign_in_session (user_id) WHERE ended_at IS NULL;
  CREATE INDEX sign_in_session_by_end ON sign_in_session (expires_at);`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLE);
}
