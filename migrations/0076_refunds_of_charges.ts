import type { Knex } from 'knex';

/** A refund says which charge it gives back, so that its hash covers it and all refunds of a charge can be added up. */
const COLUMN = `
  -- The number of the first entry of the charge.
  ALTER TABLE entry ADD COLUMN refund_of bigint;
  -- Rows that are there have none, so that none of them has to be looked at.
  ALTER TABLE entry
    ADD CONSTRAINT entry_refund_of CHECK (refund_of IS NULL OR (type = 'REFUND' AND part = 0 AND refund_of < seq)) NOT VALID;
  CREATE INDEX entry_by_refund_of ON entry (wallet, refund_of) WHERE refund_of IS NOT NULL;

  -- What a writer sends from this version on; entry_row_4 is that of the version before.
  CREATE TYPE entry_row_5 AS (
    wallet uuid, seq bigint, at timestamptz, available_delta bigint, held_delta bigint, available bigint, held bigint,
    deposited bigint, lot bigint, lot_left bigint, hold bigint, key uuid, gift_delta integer, gift_available integer,
    gift_held integer, type entry_type, service text, part smallint, contra text, input_hash bytea, deposit uuid,
    pack_order uuid, reference text, app_id text, description text, hash bytea, user_id text, team_id text,
    idempotency_key text, text_hash bytea, card_paid bigint, action text, pricing text, restricted_to text,
    refund_of bigint
  );`;

/** A booking that waits for an approval. */
const ASKED = 'ALTER TABLE entry_approval ADD COLUMN refund_of bigint;';

export async function up(knex: Knex): Promise<void> {
  for (const statements of [COLUMN, ASKED]) await knex.raw(statements);
}
