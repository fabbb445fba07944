import type { Knex } from 'knex';

const TABLES = `
  -- A caller's idempotency key for a call that made an order, with a hash of what was asked for.
  ALTER TABLE pack_order
    ADD COLUMN request_key text CHECK (length(request_key) BETWEEN 1 AND 255),
    ADD COLUMN request_hash text CHECK (length(request_hash) BETWEEN 1 AND 64),
    ADD CHECK ((request_key IS NULL) = (request_hash IS NULL));
  CREATE UNIQUE INDEX pack_order_request ON pack_order (org, request_key) WHERE request_key IS NOT NULL;

  CREATE INDEX pack_order_unbound ON pack_order (opened_at) WHERE channel = 'card' AND state = 'created';

  -- The checkout of an order: its terms, fixed when it is made, and what the provider said of it and of its payment when
  -- that was last read. Amounts in the minor unit of the currency. session is stored before its URL is handed out.
  CREATE TABLE order_checkout (
    order_id     uuid PRIMARY KEY REFERENCES pack_order,
    account      text NOT NULL,
    mode         text NOT NULL CHECK (mode IN ('live', 'test')),
    currency     text NOT NULL,
    price_minor  bigint NOT NULL CHECK (price_minor > 0),
    success_url  text NOT NULL,
    cancel_url   text NOT NULL,
    session      text,
    url          text,
    payment      text,
    charge       text,
    customer     text,
    paid_minor   bigint CHECK (paid_minor > 0),
    tax_minor    bigint CHECK (tax_minor >= 0),
    receipt_url  text,
    fee_currency text,
    fee_minor    bigint,
    session_read_at timestamptz,
    payment_read_at timestamptz,
    UNIQUE (account, session),
    CHECK (paid_minor IS NULL OR session IS NOT NULL)
  );
  CREATE INDEX order_checkout_payment ON order_checkout (account, payment) WHERE payment IS NOT NULL;
  CREATE INDEX order_checkout_charge ON order_checkout (account, charge) WHERE charge IS NOT NULL;

  CREATE TABLE order_refund (
    account        text NOT NULL,
    id             text NOT NULL,
    order_id       uuid NOT NULL REFERENCES pack_order,
    amount_minor   bigint NOT NULL CHECK (amount_minor >= 0),
    state          text NOT NULL CHECK (state IN ('pending', 'needs_action', 'succeeded', 'failed', 'cancelled', 'unknown')),
    reason         text,
    failure_reason text,
    read_at        timestamptz NOT NULL,
    PRIMARY KEY (account, id)
  );
  CREATE INDEX order_refund_by_order ON order_refund (order_id);

  CREATE TABLE order_dispute (
    account         text NOT NULL,
    id              text NOT NULL,
    order_id        uuid NOT NULL REFERENCES pack_order,
    status          text NOT NULL,
    amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
    withdrawn_minor bigint NOT NULL CHECK (withdrawn_minor >= 0),
    reason          text NOT NULL,
    fee_currency    text,
    fee_minor       bigint,
    due_by          timestamptz,
    opened_at       timestamptz NOT NULL,
    read_at         timestamptz NOT NULL,
    PRIMARY KEY (account, id)
  );
  CREATE INDEX order_dispute_by_order ON order_dispute (order_id);
  CREATE INDEX order_dispute_opened ON order_dispute (opened_at, id);

  CREATE TABLE order_warning (
    account    text NOT NULL,
    id         text NOT NULL,
    order_id   uuid NOT NULL REFERENCES pack_order,
    actionable boolean NOT NULL,
    fraud_type text NOT NULL,
    read_at    timestamptz NOT NULL,
    PRIMARY KEY (account, id)
  );
  CREATE INDEX order_warning_by_order ON order_warning (order_id);

  -- What the ledger has to write for an order: decided under the lock of the order, written under a key of its own, noted
  -- then. lot: the lot that a credit opened. cards_asked: how many cards are asked back in total after it.
  CREATE TABLE order_movement (
    order_id    uuid NOT NULL REFERENCES pack_order,
    n           integer NOT NULL CHECK (n >= 1),
    kind        text NOT NULL
      CHECK (kind IN ('credit_paid', 'credit_bonus', 'take_paid', 'take_bonus', 'give_paid', 'give_bonus')),
    amount      bigint NOT NULL CHECK (amount >= 0),
    gift_cards  integer NOT NULL CHECK (gift_cards >= 0),
    cards_asked integer NOT NULL CHECK (cards_asked >= 0),
    decided_at  timestamptz NOT NULL,
    entry_seq   bigint,
    cards_moved integer CHECK (cards_moved >= 0),
    PRIMARY KEY (order_id, n),
    CHECK ((entry_seq IS NULL) = (cards_moved IS NULL))
  );
  CREATE INDEX order_movement_unwritten ON order_movement (order_id) WHERE entry_seq IS NULL;

  -- Lots that are not spent from, because their payment is probably fraud. Rows stay: ended_at is set once the warning is
  -- over, and whoever verifies the ledger learns here why a lot was passed over.
  CREATE TABLE lot_frozen (
    wallet    uuid NOT NULL,
    lot       bigint NOT NULL,
    order_id  uuid NOT NULL REFERENCES pack_order,
    frozen_at timestamptz NOT NULL,
    ended_at  timestamptz,
    PRIMARY KEY (wallet, lot)
  );
  CREATE INDEX lot_frozen_now ON lot_frozen (wallet) WHERE ended_at IS NULL;

  -- A refund that an operator asked for, stored before the provider is asked. refund: its id there, once it is known.
  CREATE TABLE order_refund_request (
    order_id     uuid NOT NULL REFERENCES pack_order,
    key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    amount_minor bigint CHECK (amount_minor > 0),
    asked_at     timestamptz NOT NULL,
    refund       text,
    PRIMARY KEY (order_id, key)
  );
  CREATE TRIGGER order_refund_request_acts AFTER INSERT OR UPDATE OR DELETE ON order_refund_request
    FOR EACH ROW EXECUTE FUNCTION note_act('order_id', '');`;

const OF_ORDERS = [
  'order_checkout',
  'order_refund',
  'order_dispute',
  'order_warning',
  'order_movement',
  'order_refund_request',
];

/** Rows that hang on an order are seen by the org that sees the order. */
function protect(table: string): string {
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*'
      OR EXISTS (SELECT FROM pack_order p WHERE p.id = ${table}.order_id))`;
}

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  for (const table of OF_ORDERS) await knex.raw(protect(table));
}
