import type { Knex } from 'knex';

const TABLES = `
  -- Money that moved on the balance of a provider's account because of an order, as the provider's own list has it: one
  -- row for each of its balance transactions. amount_minor: above zero what the provider took from a payer, below zero what
  -- it gave back, without fees, in the currency of the payment. read_at: when it was first seen here.
  CREATE TABLE provider_movement (
    account      text NOT NULL,
    id           text NOT NULL CHECK (length(id) BETWEEN 1 AND 255),
    order_id     uuid NOT NULL REFERENCES pack_order,
    kind         text NOT NULL CHECK (kind IN ('payment', 'refund', 'dispute')),
    amount_minor bigint NOT NULL,
    currency     text NOT NULL,
    source       text NOT NULL,
    charge       text,
    at           timestamptz NOT NULL,
    read_at      timestamptz NOT NULL,
    PRIMARY KEY (account, id)
  );
  CREATE INDEX provider_movement_by_order ON provider_movement (order_id);
  CREATE INDEX provider_movement_by_charge ON provider_movement (account, charge) WHERE charge IS NOT NULL;

  -- What the provider kept for itself with a movement, in the currency of the account's balance.
  CREATE TABLE provider_fee (
    account      text NOT NULL,
    movement     text NOT NULL,
    order_id     uuid NOT NULL REFERENCES pack_order,
    currency     text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
    at           timestamptz NOT NULL,
    PRIMARY KEY (account, movement),
    FOREIGN KEY (account, movement) REFERENCES provider_movement (account, id)
  );
  CREATE INDEX provider_fee_by_order ON provider_fee (order_id);
  CREATE TRIGGER provider_movement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_movement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER provider_fee_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_fee
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- The last comparison of what is due on an account with what its provider holds, in micros. read_to: up to here the
  -- provider's movements were read. got_most, got_least: with what was seen too lately to compare counted in our favour,
  -- and against us. accepted: the shortage that an operator accepted. short_rounds, surplus_rounds: comparisons in a row that found one.
  CREATE TABLE rail_check (
    account        text PRIMARY KEY,
    read_to        timestamptz,
    credited       numeric(39, 0) NOT NULL DEFAULT 0,
    tax            numeric(39, 0) NOT NULL DEFAULT 0,
    seller         numeric(39, 0) NOT NULL DEFAULT 0,
    parked         numeric(39, 0) NOT NULL DEFAULT 0,
    got            numeric(39, 0) NOT NULL DEFAULT 0,
    got_most       numeric(39, 0) NOT NULL DEFAULT 0,
    got_least      numeric(39, 0) NOT NULL DEFAULT 0,
    accepted       numeric(39, 0) NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    short_rounds   integer NOT NULL DEFAULT 0 CHECK (short_rounds >= 0),
    surplus_rounds integer NOT NULL DEFAULT 0 CHECK (surplus_rounds >= 0),
    problem        text CHECK (length(problem) BETWEEN 1 AND 1000),
    checked_at     timestamptz
  );

  -- While a row of an account is not released, nothing is credited for payments on it. Rows are kept.
  CREATE TABLE rail_freeze (
    id             uuid PRIMARY KEY,
    account        text NOT NULL,
    reason         text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    frozen_by      text NOT NULL,
    frozen_at      timestamptz NOT NULL,
    released_by    text,
    released_at    timestamptz,
    release_reason text CHECK (length(release_reason) BETWEEN 1 AND 1000),
    CHECK ((released_at IS NULL) = (released_by IS NULL))
  );
  CREATE UNIQUE INDEX rail_freeze_open ON rail_freeze (account) WHERE released_at IS NULL;
  CREATE TRIGGER rail_freeze_acts AFTER INSERT OR UPDATE OR DELETE ON rail_freeze
    FOR EACH ROW EXECUTE FUNCTION note_act('id', '');

  -- What was paid at a checkout whose order is parked. While the order has a paid_minor, that counts instead.
  ALTER TABLE order_checkout ADD COLUMN parked_minor bigint CHECK (parked_minor > 0);

  -- Orders that are paid and not credited: few at any time.
  CREATE INDEX pack_order_uncredited ON pack_order (id) WHERE channel = 'card' AND state = 'paid';
  -- Entries against rails other than chains. The condition is the one of the statement that sums them.
  CREATE INDEX entry_of_rails ON entry (contra, wallet, seq)
    WHERE contra LIKE 'assets:%' AND contra NOT LIKE 'assets:usdc:%';`;

/** Rows that hang on an order are seen by the org that sees the order; what is about a whole account by nobody's org. */
const ISOLATION: readonly (readonly [table: string, seenBy: string])[] = [
  ['provider_movement', 'OR EXISTS (SELECT FROM pack_order p WHERE p.id = provider_movement.order_id)'],
  ['provider_fee', 'OR EXISTS (SELECT FROM pack_order p WHERE p.id = provider_fee.order_id)'],
  ['rail_check', ''],
  ['rail_freeze', ''],
];

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  for (const [table, seenBy] of ISOLATION) {
    await knex.raw(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*' ${seenBy})`);
  }
}
