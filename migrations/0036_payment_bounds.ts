import type { Knex } from 'knex';

/** Who has objects to be worked on is found account by account, and what is done with is deleted after its time. */
const INBOX = `
  CREATE INDEX payment_inbox_open ON payment_inbox (account, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX payment_inbox_done ON payment_inbox (state, updated_at) WHERE next_attempt_at IS NULL;
  CREATE INDEX payment_inbox_of_nothing ON payment_inbox (account, updated_at)
    WHERE state = 'parked' AND order_id IS NULL;`;

/** Limits of checkouts look at an org's newest orders, not at all of them. failed_at: when its payment failed last. */
const ORDERS = `
  ALTER TABLE pack_order ADD COLUMN failed_at timestamptz;
  UPDATE pack_order o SET failed_at = s.at FROM (SELECT order_id, max(at) AS at FROM order_step
    WHERE what = 'failed' GROUP BY order_id) s WHERE s.order_id = o.id;
  CREATE INDEX pack_order_of_card ON pack_order (org, opened_at) WHERE channel = 'card';
  CREATE INDEX pack_order_failed ON pack_order (org, failed_at) WHERE failed_at IS NOT NULL;
  CREATE INDEX pack_order_waiting ON pack_order (org, expires_at)
    WHERE state IN ('created', 'awaiting_payment', 'processing');`;

/** The lot that money returns to: the one that it was taken from. */
const MOVEMENTS = `ALTER TABLE order_movement ADD COLUMN lot bigint;`;

/**
 * A status goes by what can be spent, so a frozen lot changes it without an entry. org_settings.freezes: how often lots of
 * the org were frozen or freed, the last time at freezes_at; event_log.freezes: how many of these its log knows of;
 * event_log.frozen: what was frozen of the balance at its last entry.
 */
const FREEZES = `
  ALTER TABLE org_settings ADD COLUMN freezes bigint NOT NULL DEFAULT 0, ADD COLUMN freezes_at timestamptz;
  ALTER TABLE event_log ADD COLUMN freezes bigint NOT NULL DEFAULT 0, ADD COLUMN frozen bigint NOT NULL DEFAULT 0;
  UPDATE org_settings s SET freezes = 1, freezes_at = f.at FROM (SELECT w.owner, max(l.frozen_at) AS at FROM lot_frozen l
    JOIN wallet w ON w.id = l.wallet AND w.owner_kind = 'org' WHERE l.ended_at IS NULL GROUP BY w.owner) f
    WHERE s.org::text = f.owner;`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [INBOX, ORDERS, MOVEMENTS, FREEZES]) await knex.raw(statements);
}
