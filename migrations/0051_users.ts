import type { Knex } from 'knex';

/**
 * Users who have a wallet. The id of the wallet follows from the user's, and is what row-level security goes by: a connection
 * that serves a user is set to it as one that serves an org is set to the org.
 */
const USERS = `
  CREATE TABLE wallet_user (
    wallet           uuid PRIMARY KEY,
    id               text NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 255),
    created_at       timestamptz NOT NULL,
    suspended_at     timestamptz,
    suspended_reason text CHECK (length(suspended_reason) BETWEEN 1 AND 1000)
  );
  CREATE TRIGGER wallet_user_acts AFTER INSERT OR UPDATE OR DELETE ON wallet_user
    FOR EACH ROW EXECUTE FUNCTION note_act('id', '');
  ALTER TABLE wallet_user ENABLE ROW LEVEL SECURITY;
  ALTER TABLE wallet_user FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_user ON wallet_user USING (current_setting('coffer.org', true) = '*'
    OR wallet::text = current_setting('coffer.org', true));`;

/**
 * An order of a user has the user's id, and as its org the id of the user's wallet: the policies of orders and of what hangs on
 * them go by that column. The version before knows no users: it finds no wallet of such an org, and settles nothing of theirs.
 */
const ORDERS = `
  ALTER TABLE pack_order DROP CONSTRAINT pack_order_org_fkey,
    ADD COLUMN user_id text CHECK (length(user_id) BETWEEN 1 AND 255);
  ALTER TABLE payment_customer DROP CONSTRAINT payment_customer_org_fkey;

  CREATE FUNCTION check_order_payer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.user_id IS NULL THEN
        IF NOT EXISTS (SELECT FROM org WHERE id = NEW.org) THEN
          RAISE EXCEPTION 'there is no org %', NEW.org USING ERRCODE = 'foreign_key_violation';
        END IF;
      ELSIF NOT EXISTS (SELECT FROM wallet_user WHERE wallet = NEW.org AND id = NEW.user_id) THEN
        RAISE EXCEPTION 'there is no user with the wallet %', NEW.org USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER pack_order_payer BEFORE INSERT OR UPDATE OF org, user_id ON pack_order
    FOR EACH ROW EXECUTE FUNCTION check_order_payer();`;

/** What one credit is worth, in micros, as the deployment was last started with: one row at most. */
const UNIT = `
  CREATE TABLE credit_unit (
    name   text PRIMARY KEY CHECK (name = 'credit'),
    micros bigint NOT NULL CHECK (micros > 0),
    set_at timestamptz NOT NULL
  );`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(USERS);
  await knex.raw(ORDERS);
  await knex.raw(UNIT);
}
