import type { Knex } from 'knex';

/** The entry that opens a lot says what alone the lot may pay for, so that its hash covers it. */
const COLUMN = `
  -- As JSON with "services", "actions" or both, each sorted and without duplicates.
  ALTER TABLE entry ADD COLUMN restricted_to text;
  -- Rows that are there have none, so that none of them has to be looked at.
  ALTER TABLE entry
    ADD CONSTRAINT entry_restriction CHECK (restricted_to IS NULL OR (lot = seq AND length(restricted_to) <= 5000)) NOT VALID;

  -- What a writer sends from this version on; entry_row_3 is that of the version before.
  CREATE TYPE entry_row_4 AS (
    wallet uuid, seq bigint, at timestamptz, available_delta bigint, held_delta bigint, available bigint, held bigint,
    deposited bigint, lot bigint, lot_left bigint, hold bigint, key uuid, gift_delta integer, gift_available integer,
    gift_held integer, type entry_type, service text, part smallint, contra text, input_hash bytea, deposit uuid,
    pack_order uuid, reference text, app_id text, description text, hash bytea, user_id text, team_id text,
    idempotency_key text, text_hash bytea, card_paid bigint, action text, pricing text, restricted_to text
  );`;

/** What is asked for before there is an entry: a booking that waits for an approval, and the credit of a coupon. */
const ASKED = `
  ALTER TABLE entry_approval ADD COLUMN restricted_to text CHECK (length(restricted_to) <= 5000);
  ALTER TABLE coupon ADD COLUMN restricted_to text CHECK (length(restricted_to) <= 5000);`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [COLUMN, ASKED]) await knex.raw(statements);
}
