import type { Knex } from 'knex';

/** Frozen here, as every migration is: a later one replaces the CHECK. */
const STATES = [
  'created',
  'awaiting_payment',
  'processing',
  'paid',
  'credited',
  'parked',
  'failed',
  'expired',
  'cancelled',
];

const ORDERS = `
  -- One row for each purchase, whatever pays it. The table has its name from when packs were all that could be ordered.
  -- expires_at: until when a deposit may pay it; equal to opened_at where no deposit may, so that the version before,
  -- which does not know channels, does not pay it either. cards_out: free gift cards granted for it less those that were
  -- taken back. bonus: credit above the price.
  ALTER TABLE pack_order
    ALTER COLUMN pack DROP NOT NULL,
    ADD COLUMN channel text NOT NULL DEFAULT 'chain' CHECK (channel IN ('chain', 'card')),
    ADD COLUMN state text NOT NULL DEFAULT 'awaiting_payment'
      CHECK (state IN (${STATES.map((state) => `'${state}'`).join(', ')})),
    ADD COLUMN reason text,
    ADD COLUMN bonus bigint NOT NULL DEFAULT 0 CHECK (bonus >= 0),
    ADD COLUMN cards_out integer NOT NULL DEFAULT 0,
    ADD COLUMN po_number text CHECK (length(po_number) BETWEEN 1 AND 100),
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
    ADD CHECK (cards_out BETWEEN 0 AND free_gift_cards);
  CREATE INDEX pack_order_of_org ON pack_order (org, id);
  CREATE INDEX pack_order_overdue ON pack_order (expires_at) WHERE channel = 'chain' AND state = 'awaiting_payment';
  CREATE TRIGGER pack_order_acts AFTER INSERT OR UPDATE OR DELETE ON pack_order
    FOR EACH ROW EXECUTE FUNCTION note_act('id', 'org');

  -- The timeline of an order. source: who or what caused the step.
  CREATE TABLE order_step (
    order_id uuid NOT NULL REFERENCES pack_order,
    n        integer NOT NULL CHECK (n >= 1),
    at       timestamptz NOT NULL,
    what     text NOT NULL CHECK (length(what) BETWEEN 1 AND 100),
    source   text NOT NULL CHECK (source IN ('api', 'chain', 'provider', 'operator', 'clock')),
    PRIMARY KEY (order_id, n)
  );
  CREATE TRIGGER order_step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_step
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- The deposits that count for an order. A deposit counts for one order, in all its revisions.
  CREATE TABLE order_deposit (
    deposit  uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES pack_order
  );
  CREATE INDEX order_deposit_by_order ON order_deposit (order_id);

  -- gift_cards: the free gift cards that come with the credit of this revision; cards_back: those that its reversal takes
  -- back at most. Decided with the credit and with the reversal, so that a repetition writes the same entry.
  ALTER TABLE deposit
    ADD COLUMN gift_cards integer CHECK (gift_cards >= 0),
    ADD COLUMN cards_back integer CHECK (cards_back >= 0);
  -- What an org had credited since a time; a credit that is decided and not yet written counts as the newest.
  CREATE INDEX deposit_credited_to ON deposit (org, (coalesce(credited_at, 'infinity'::timestamptz)))
    WHERE wallet IS NOT NULL;`;

const TAKE_OVER = `
  INSERT INTO order_deposit (deposit, order_id) SELECT deposit, id FROM pack_order WHERE deposit IS NOT NULL;
  INSERT INTO order_step (order_id, n, at, what, source) SELECT id, 1, opened_at, 'created', 'api' FROM pack_order;
  UPDATE pack_order o SET cards_out = free_gift_cards,
    state = CASE WHEN EXISTS (SELECT FROM deposit d WHERE d.id = o.deposit AND d.state = 'confirming')
      THEN 'paid' ELSE 'credited' END
  WHERE deposit IS NOT NULL;`;

/**
 * The version before pays an order by setting its deposit alone, and opens it again by clearing that. This version changes
 * the state in the same statement whenever it pays, so the trigger leaves its writes as they are.
 */
const VERSION_BEFORE = `
  CREATE FUNCTION follow_order_deposit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state <> OLD.state OR NEW.deposit IS NOT DISTINCT FROM OLD.deposit THEN RETURN NEW; END IF;
      IF NEW.deposit IS NULL THEN
        NEW.state := 'awaiting_payment';
        NEW.cards_out := 0;
      ELSE
        NEW.state := 'credited';
        NEW.cards_out := NEW.free_gift_cards;
        INSERT INTO order_deposit (deposit, order_id) VALUES (NEW.deposit, NEW.id) ON CONFLICT DO NOTHING;
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER pack_order_follows BEFORE UPDATE OF deposit ON pack_order
    FOR EACH ROW EXECUTE FUNCTION follow_order_deposit();`;

/** Rows that hang on an order are seen by the org that sees the order. */
const ISOLATION = ['order_step', 'order_deposit'].map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*'
    OR EXISTS (SELECT FROM pack_order p WHERE p.id = ${table}.order_id));`,
);

export async function up(knex: Knex): Promise<void> {
  await knex.raw(ORDERS);
  await knex.raw(TAKE_OVER);
  await knex.raw(VERSION_BEFORE);
  for (const statements of ISOLATION) await knex.raw(statements);
}
