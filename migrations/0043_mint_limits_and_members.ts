import type { Knex } from 'knex';

const TABLES = `
  -- Above it, in micro-dollars, a call of the key that creates credit waits for a second person. Keys of orgs create none.
  ALTER TABLE api_key
    ADD COLUMN mint_limit bigint CHECK (mint_limit >= 0),
    ADD CHECK (mint_limit IS NULL OR kind <> 'org');

  -- People who were seen signed in, by org, with the role that they had when they were seen last. Accurate to a minute.
  CREATE TABLE org_member (
    org           uuid NOT NULL REFERENCES org,
    user_id       text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 255),
    role          text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    PRIMARY KEY (org, user_id)
  );
  CREATE INDEX org_member_by_user ON org_member (user_id);
  ALTER TABLE org_member ENABLE ROW LEVEL SECURITY;
  ALTER TABLE org_member FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON org_member USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
