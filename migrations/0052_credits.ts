import type { Knex } from 'knex';

const CONFIGURATION = `
  -- What a check-in gives, in credits; one row at most. streak_bonus: what comes on top on each streak_days-th day in a row.
  -- require_claim: a claim of the token that must be true.
  CREATE TABLE checkin_config (
    name            text PRIMARY KEY CHECK (name = 'checkin'),
    enabled         boolean NOT NULL,
    credits_per_day bigint NOT NULL CHECK (credits_per_day > 0),
    streak_bonus    bigint NOT NULL CHECK (streak_bonus >= 0),
    streak_days     integer NOT NULL CHECK (streak_days >= 2),
    time_zone       text NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64),
    require_claim   text CHECK (length(require_claim) BETWEEN 1 AND 100),
    changed_at      timestamptz NOT NULL
  );
  CREATE TRIGGER checkin_config_acts AFTER INSERT OR UPDATE OR DELETE ON checkin_config
    FOR EACH ROW EXECUTE FUNCTION note_act('name', '');

  -- code: in capital letters. limit_total NULL: no limit. plans: ids; empty: for everybody. used: how often it was redeemed.
  CREATE TABLE coupon (
    id             uuid PRIMARY KEY,
    code           text NOT NULL UNIQUE CHECK (length(code) BETWEEN 8 AND 64),
    credits        bigint NOT NULL CHECK (credits > 0),
    limit_total    integer CHECK (limit_total > 0),
    limit_per_user integer NOT NULL CHECK (limit_per_user > 0),
    expires_at     timestamptz,
    plans          text[] NOT NULL,
    used           integer NOT NULL CHECK (used >= 0),
    created_at     timestamptz NOT NULL,
    created_by     text NOT NULL CHECK (length(created_by) BETWEEN 1 AND 300),
    CHECK (used <= limit_total)
  );
  CREATE TRIGGER coupon_acts AFTER INSERT OR UPDATE OR DELETE ON coupon
    FOR EACH ROW EXECUTE FUNCTION note_act('id', '');`;

/**
 * Credit that a user is given, decided under the lock of the user, written to the ledger under a key of its own, and noted then.
 * amount in micros. day, streak: of a check-in, in the zone of that time.
 */
const GRANTS = `
  CREATE TABLE user_grant (
    id           uuid PRIMARY KEY,
    wallet       uuid NOT NULL REFERENCES wallet_user,
    kind         text NOT NULL CHECK (kind IN ('check_in', 'coupon')),
    amount       bigint NOT NULL CHECK (amount > 0),
    day          date,
    streak       integer CHECK (streak >= 1),
    coupon       uuid REFERENCES coupon,
    request_key  text CHECK (length(request_key) BETWEEN 1 AND 255),
    request_hash text CHECK (length(request_hash) BETWEEN 1 AND 64),
    decided_at   timestamptz NOT NULL,
    entry_seq    bigint,
    CHECK ((request_key IS NULL) = (request_hash IS NULL)),
    CHECK ((kind = 'check_in') = (day IS NOT NULL) AND (kind = 'check_in') = (streak IS NOT NULL)),
    CHECK ((kind = 'coupon') = (coupon IS NOT NULL))
  );
  CREATE UNIQUE INDEX user_grant_day ON user_grant (wallet, day) WHERE kind = 'check_in';
  CREATE UNIQUE INDEX user_grant_request ON user_grant (wallet, request_key) WHERE request_key IS NOT NULL;
  CREATE INDEX user_grant_coupon ON user_grant (wallet, coupon) WHERE kind = 'coupon';
  CREATE INDEX user_grant_unwritten ON user_grant (id) WHERE entry_seq IS NULL;
  CREATE TRIGGER user_grant_acts AFTER INSERT OR UPDATE OR DELETE ON user_grant
    FOR EACH ROW EXECUTE FUNCTION note_act('id', '');

  -- Attempts to redeem that failed, kept for the hour in which they count.
  CREATE TABLE redemption_failure (
    wallet uuid NOT NULL REFERENCES wallet_user,
    at     timestamptz NOT NULL
  );
  CREATE INDEX redemption_failure_of ON redemption_failure (wallet, at);`;

const ISOLATION = ['user_grant', 'redemption_failure'].map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_user ON ${table} USING (current_setting('coffer.org', true) = '*'
    OR wallet::text = current_setting('coffer.org', true));`,
);

export async function up(knex: Knex): Promise<void> {
  for (const statements of [CONFIGURATION, GRANTS, ...ISOLATION]) await knex.raw(statements);
}
