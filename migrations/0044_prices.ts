import type { Knex } from 'knex';

/**
 * The price book. Rows are added, never changed: a later row takes the place of an earlier one from its time on. org NULL:
 * everybody's. tiers: [{"upTo": <millionths of a unit, null for no end>, "rate": <picodollars a unit>}], as texts; NULL
 * ends the price from valid_from on.
 */
const TABLE = `
  CREATE TABLE price (
    id         uuid PRIMARY KEY,
    org        uuid REFERENCES org,
    action     text NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
    unit       text NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
    tiers      jsonb,
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from),
    added_at   timestamptz NOT NULL,
    added_by   text NOT NULL CHECK (length(added_by) BETWEEN 1 AND 300)
  );
  CREATE INDEX price_of_action ON price (action, valid_from);
  CREATE TRIGGER price_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON price
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER price_acts AFTER INSERT ON price FOR EACH ROW EXECUTE FUNCTION note_act('id', 'org');
  ALTER TABLE price ENABLE ROW LEVEL SECURITY;
  ALTER TABLE price FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON price USING (org IS NULL OR current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLE);
}
