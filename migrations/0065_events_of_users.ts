import type { Knex } from 'knex';

/**
 * How far the events of users' wallets are in the platform's log: the last entry that was looked at, and the status that was
 * reported last. Wallets that are there already begin at their last entry: what happened before causes no events now.
 */
const TABLE = `
  CREATE TABLE user_event_position (
    wallet uuid PRIMARY KEY,
    seq    bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
    status text NOT NULL DEFAULT 'SUSPENDED' CHECK (status IN ('OK', 'LOW', 'CRITICAL', 'SUSPENDED'))
  );
  INSERT INTO user_event_position (wallet, seq, status)
    SELECT u.wallet, e.seq, CASE WHEN e.available > 0 THEN 'OK' ELSE 'SUSPENDED' END
    FROM wallet_user u CROSS JOIN LATERAL (
      SELECT seq, available FROM entry WHERE wallet = u.wallet ORDER BY seq DESC LIMIT 1) e;
  ALTER TABLE user_event_position ENABLE ROW LEVEL SECURITY;
  ALTER TABLE user_event_position FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_user ON user_event_position USING (current_setting('coffer.org', true) = '*'
    OR wallet::text = current_setting('coffer.org', true));`;

/** The owner of the tables sees through the policy of users what the setting allows. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw("SELECT set_config('coffer.org', '*', true)");
  await knex.raw(TABLE);
}
