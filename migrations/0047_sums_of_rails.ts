import type { Knex } from 'knex';

/**
 * What is due and got on rails is summed from what is new: triggers note each order that was touched, each entry against a rail, and
 * each movement at a provider; whoever compares the rails adds what they name to the sums and deletes the notes, in one
 * transaction. rail_part: what each order adds to the sums now. All amounts in micros.
 */
const TABLES = `
  CREATE TABLE rail_sums (
    account  text PRIMARY KEY,
    credited numeric(39, 0) NOT NULL DEFAULT 0,
    tax      numeric(39, 0) NOT NULL DEFAULT 0,
    seller   numeric(39, 0) NOT NULL DEFAULT 0,
    parked   numeric(39, 0) NOT NULL DEFAULT 0,
    got      numeric(39, 0) NOT NULL DEFAULT 0
  );
  CREATE TABLE rail_part (
    order_id uuid PRIMARY KEY REFERENCES pack_order,
    account  text NOT NULL,
    tax      numeric(39, 0) NOT NULL,
    seller   numeric(39, 0) NOT NULL,
    parked   numeric(39, 0) NOT NULL
  );
  CREATE TABLE rail_news_order (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id uuid NOT NULL);
  CREATE TABLE rail_news_entry (wallet uuid NOT NULL, seq bigint NOT NULL, PRIMARY KEY (wallet, seq));
  CREATE TABLE rail_news_movement (account text NOT NULL, id text NOT NULL, PRIMARY KEY (account, id));`;

/** Everybody may note; only who sees every org reads. */
const ISOLATION = ['rail_sums', 'rail_part', 'rail_news_order', 'rail_news_entry', 'rail_news_movement'].map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*') WITH CHECK (true);`,
);

const NOTES = `
  CREATE FUNCTION note_order_of_rail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO rail_news_order (order_id) VALUES (NEW.order_id); RETURN NULL; END $$;
  CREATE FUNCTION note_entry_of_rail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO rail_news_entry (wallet, seq) VALUES (NEW.wallet, NEW.seq); RETURN NULL; END $$;
  CREATE FUNCTION note_movement_of_rail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO rail_news_movement (account, id) VALUES (NEW.account, NEW.id); RETURN NULL; END $$;
  CREATE TRIGGER entry_news AFTER INSERT ON entry FOR EACH ROW
    WHEN (NEW.contra LIKE 'assets:%' AND NEW.contra NOT LIKE 'assets:usdc:%') EXECUTE FUNCTION note_entry_of_rail();
  CREATE TRIGGER provider_movement_news AFTER INSERT ON provider_movement
    FOR EACH ROW EXECUTE FUNCTION note_movement_of_rail();`;

const OF_ORDERS = ['order_checkout', 'order_refund', 'order_dispute', 'order_movement'].map(
  (table) => `CREATE TRIGGER ${table}_news AFTER INSERT OR UPDATE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION note_order_of_rail()`,
);

/** What is there already is new once. */
const ALL = `
  INSERT INTO rail_news_order (order_id) SELECT order_id FROM order_checkout;
  INSERT INTO rail_news_entry (wallet, seq) SELECT wallet, seq FROM entry
    WHERE contra LIKE 'assets:%' AND contra NOT LIKE 'assets:usdc:%';
  INSERT INTO rail_news_movement (account, id) SELECT account, id FROM provider_movement;`;

/** Of wallets and orders both, so that the tables are plain ones where Citus spreads the ledger: a trigger needs its leave. */
const ALLOW = `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN SET LOCAL citus.enable_unsafe_triggers = on; END IF;
  END $$`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [TABLES, ...ISOLATION, ALLOW, NOTES, ...OF_ORDERS, ALL]) await knex.raw(statements);
}
