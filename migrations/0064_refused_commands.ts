import type { Knex } from 'knex';

/**
 * Commands of orgs that were refused lately, so that somebody who has the id of the request can ask why. Kept for a week and
 * up to a number for each org; no part of the books. id is time-ordered. sealed: the command without its caller's words, the
 * refusal, and who asked. user_id is the user whom the command names, so that erasing a user takes it along.
 */
const TABLE = `
  CREATE TABLE refused_command (
    id         uuid PRIMARY KEY,
    org        uuid NOT NULL,
    request_id text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 64),
    at         timestamptz NOT NULL,
    user_id    text CHECK (length(user_id) BETWEEN 1 AND 255),
    sealed     text NOT NULL
  );
  CREATE INDEX refused_command_by_request ON refused_command (org, request_id, id);
  CREATE INDEX refused_command_by_org ON refused_command (org, id);
  CREATE INDEX refused_command_by_time ON refused_command (at);
  CREATE INDEX refused_command_by_user ON refused_command (user_id) WHERE user_id IS NOT NULL;
  ALTER TABLE refused_command ENABLE ROW LEVEL SECURITY;
  ALTER TABLE refused_command FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON refused_command USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLE);
}
