import type { Knex } from 'knex';

/**
 * Names the state of the price book: the row that was added last. Adding a row takes the one row of this table, so that rows are
 * added one after the other; a write of entries that were priced is refused once another row was added. Only the trigger
 * writes it.
 */
const BOOK = `
  CREATE TABLE price_book (
    id   boolean PRIMARY KEY DEFAULT true CHECK (id),
    last uuid NOT NULL
  );
  INSERT INTO price_book (last)
    VALUES (coalesce((SELECT id FROM price ORDER BY id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000'));
  CREATE FUNCTION note_price() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE price_book SET last = NEW.id;
      RETURN NULL;
    END $$;
  CREATE TRIGGER price_noted AFTER INSERT ON price FOR EACH ROW EXECUTE FUNCTION note_price();`;

const COLUMNS = `
  ALTER TABLE entry
    ADD COLUMN action text,
    -- What the action was priced by: <row of the price book>:<quantity in millionths>:<rate in picodollars a unit>.
    ADD COLUMN pricing text;
  -- Rows that are there have neither, so that none of them has to be looked at.
  ALTER TABLE entry
    ADD CONSTRAINT entry_pricing CHECK ((action IS NULL) = (pricing IS NULL) AND length(action) <= 100
      AND length(pricing) <= 100) NOT VALID;

  -- What a writer sends from this version on; entry_row_2 is that of the version before.
  CREATE TYPE entry_row_3 AS (
    wallet uuid, seq bigint, at timestamptz, available_delta bigint, held_delta bigint, available bigint, held bigint,
    deposited bigint, lot bigint, lot_left bigint, hold bigint, key uuid, gift_delta integer, gift_available integer,
    gift_held integer, type entry_type, service text, part smallint, contra text, input_hash bytea, deposit uuid,
    pack_order uuid, reference text, app_id text, description text, hash bytea, user_id text, team_id text,
    idempotency_key text, text_hash bytea, card_paid bigint, action text, pricing text
  );`;

/** As in 0012: with Citus, every node has the book. */
const DISTRIBUTE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
    PERFORM create_reference_table('price_book');
  END $$`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [BOOK, COLUMNS, DISTRIBUTE]) await knex.raw(statements);
}
