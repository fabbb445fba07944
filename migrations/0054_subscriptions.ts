import type { Knex } from 'knex';

/**
 * What is sold, in versions: a change adds one, and what a period is worth is read from the version that was in force as it
 * began. credit: what a month is worth, in micros. plan_price: a price at a provider belongs to one plan and one interval for
 * ever, so that an invoice's line says what was bought.
 */
const PLANS = `
  CREATE TABLE plan_version (
    plan           uuid NOT NULL,
    version        integer NOT NULL CHECK (version >= 1),
    from_at        timestamptz NOT NULL,
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description    text NOT NULL CHECK (length(description) <= 2000),
    features       text[] NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('subscription', 'one_time')),
    monthly_cents  bigint CHECK (monthly_cents > 0),
    yearly_cents   bigint CHECK (yearly_cents > 0),
    credit         bigint NOT NULL CHECK (credit > 0),
    credit_end     text NOT NULL CHECK (credit_end IN ('never', 'period_end')),
    active         boolean NOT NULL,
    stripe_monthly text CHECK (length(stripe_monthly) BETWEEN 1 AND 255),
    stripe_yearly  text CHECK (length(stripe_yearly) BETWEEN 1 AND 255),
    creem_product  text CHECK (length(creem_product) BETWEEN 1 AND 255),
    PRIMARY KEY (plan, version),
    CHECK (monthly_cents IS NOT NULL OR yearly_cents IS NOT NULL),
    CHECK (kind = 'subscription' OR yearly_cents IS NULL)
  );
  CREATE TRIGGER plan_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER plan_version_acts AFTER INSERT ON plan_version FOR EACH ROW EXECUTE FUNCTION note_act('plan', '');

  CREATE TABLE plan_price (
    price         text PRIMARY KEY CHECK (length(price) BETWEEN 1 AND 255),
    plan          uuid NOT NULL,
    plan_interval text NOT NULL CHECK (plan_interval IN ('month', 'year'))
  );
  CREATE TRIGGER plan_price_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_price
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/**
 * recurring: the order pays a period of a subscription. plan, plan_interval: what was bought; NULL where that is not clear.
 * credit_ends: when its credit ends; NULL: never. invoice: the provider's id of the invoice that pays the order; a renewal has
 * no checkout session. paid_at: when the provider says that it was paid.
 */
const ORDERS = `
  ALTER TABLE pack_order
    ADD COLUMN recurring boolean NOT NULL DEFAULT false,
    ADD COLUMN plan uuid,
    ADD COLUMN plan_interval text CHECK (plan_interval IN ('month', 'year')),
    ADD COLUMN credit_ends timestamptz;
  CREATE INDEX pack_order_subscribing ON pack_order (org)
    WHERE recurring AND state IN ('created', 'awaiting_payment', 'processing');

  ALTER TABLE order_checkout
    ADD COLUMN invoice text CHECK (length(invoice) BETWEEN 1 AND 255),
    ADD COLUMN paid_at timestamptz,
    DROP CONSTRAINT order_checkout_paid,
    ADD CONSTRAINT order_checkout_paid
      CHECK (paid_minor IS NULL OR session IS NOT NULL OR payment IS NOT NULL OR invoice IS NOT NULL);
  CREATE UNIQUE INDEX order_checkout_invoice ON order_checkout (account, invoice) WHERE invoice IS NOT NULL;
  CREATE INDEX order_checkout_invoice_paid ON order_checkout (account, paid_at) WHERE paid_at IS NOT NULL;`;

/**
 * One row for each subscription that was begun by an order of ours. id, customer, price, planned_price: the provider's. org: the
 * payer of its orders. state: ours, derived from the newest reading. status: the provider's word.
 */
const SUBSCRIPTIONS = `
  CREATE TABLE subscription (
    account       text NOT NULL,
    id            text NOT NULL CHECK (length(id) BETWEEN 1 AND 255),
    mode          text NOT NULL CHECK (mode IN ('live', 'test')),
    org           uuid NOT NULL,
    first_order   uuid NOT NULL REFERENCES pack_order,
    state         text NOT NULL CHECK (state IN ('incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused',
      'cancelled_at_period_end', 'ended')),
    status        text,
    customer      text,
    price         text,
    planned_price text,
    period_end    timestamptz,
    created_at    timestamptz NOT NULL,
    read_at       timestamptz,
    PRIMARY KEY (account, id)
  );
  CREATE INDEX subscription_of_payer ON subscription (org, created_at);

  -- The periods that were paid, once each. order_id: the order that was credited for it.
  CREATE TABLE subscription_period (
    account       text NOT NULL,
    subscription  text NOT NULL,
    price         text NOT NULL,
    period_start  timestamptz NOT NULL,
    period_end    timestamptz NOT NULL,
    order_id      uuid NOT NULL REFERENCES pack_order,
    plan          uuid NOT NULL,
    plan_version  integer NOT NULL,
    plan_interval text NOT NULL CHECK (plan_interval IN ('month', 'year')),
    price_minor   bigint NOT NULL CHECK (price_minor > 0),
    granted_at    timestamptz NOT NULL,
    PRIMARY KEY (account, subscription, price, period_start)
  );
  CREATE INDEX subscription_period_by_order ON subscription_period (order_id);

  -- Requests of payers to change their subscription. id: part of the idempotency keys at the provider.
  CREATE TABLE subscription_request (
    org      uuid NOT NULL,
    key      text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    id       uuid NOT NULL,
    hash     text NOT NULL CHECK (length(hash) BETWEEN 1 AND 64),
    done     boolean NOT NULL DEFAULT false,
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (org, key)
  );

  -- The billing portal of an account. request_key: the idempotency key of the call that makes it. portal: the provider's id.
  CREATE TABLE payment_portal (
    account     text NOT NULL,
    mode        text NOT NULL CHECK (mode IN ('live', 'test')),
    request_key text NOT NULL,
    portal      text,
    PRIMARY KEY (account, mode)
  );`;

const INBOX = `
  ALTER TABLE payment_inbox DROP CONSTRAINT payment_inbox_kind_check,
    ADD CONSTRAINT payment_inbox_kind_check
      CHECK (kind IN ('checkout', 'payment', 'refund', 'dispute', 'early_warning', 'subscription', 'invoice'));`;

/** Rows are seen by the payer whose they are. */
const ISOLATION = [
  ...['subscription', 'subscription_request'].map(
    (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
   ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
   CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*'
     OR org::text = current_setting('coffer.org', true));`,
  ),
  `ALTER TABLE subscription_period ENABLE ROW LEVEL SECURITY;
   ALTER TABLE subscription_period FORCE ROW LEVEL SECURITY;
   CREATE POLICY of_one_org ON subscription_period USING (current_setting('coffer.org', true) = '*'
     OR EXISTS (SELECT FROM pack_order p WHERE p.id = subscription_period.order_id));`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statements of [PLANS, ORDERS, SUBSCRIPTIONS, INBOX, ...ISOLATION]) await knex.raw(statements);
}
