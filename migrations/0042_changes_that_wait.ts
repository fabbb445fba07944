import type { Knex } from 'knex';

/**
 * Changes of what creates credit (the free tier, ceilings, prices), which above the limit wait for a second person. Each is
 * stored with the JSON of its call, and what it would do in words. weight: micro-dollars of credit that it may create; NULL:
 * nothing bounds it. asked: it waits, or waited, for a second person; the others were carried out at once, and are kept for
 * their idempotency key. result: what the call answered; json, so that a repeated call gets the same bytes. hands:
 * everybody whom the request may come from. refusal: why it was refused when it was carried out.
 */
const CHANGES = `
  CREATE TABLE change_approval (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    org             uuid REFERENCES org,
    input           jsonb NOT NULL,
    input_hash      text NOT NULL,
    what            text NOT NULL,
    weight          bigint,
    idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    asked           boolean NOT NULL,
    requested_by    text NOT NULL,
    hands           text[] NOT NULL,
    requested_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    state           text NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'failed')),
    decided_by      text,
    decided_at      timestamptz,
    decision_reason text CHECK (length(decision_reason) BETWEEN 1 AND 1000),
    refusal         text,
    refusal_detail  text,
    result          json,
    CHECK ((state = 'pending') = (decided_by IS NULL AND decided_at IS NULL)),
    CHECK ((state = 'failed') = (refusal IS NOT NULL)),
    CHECK (asked OR state = 'approved'),
    CHECK (NOT asked OR decided_by IS NULL OR state = 'rejected' OR decided_by <> ALL (hands))
  );
  CREATE UNIQUE INDEX change_approval_key
    ON change_approval (coalesce(org, '00000000-0000-0000-0000-000000000000'), idempotency_key);
  CREATE INDEX change_approval_asked ON change_approval (id) WHERE asked;
  CREATE TRIGGER change_approval_acts AFTER INSERT OR UPDATE OR DELETE ON change_approval
    FOR EACH ROW EXECUTE FUNCTION note_act('id', 'org');
  ALTER TABLE change_approval ENABLE ROW LEVEL SECURITY;
  ALTER TABLE change_approval FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON change_approval USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`;

/** Bookings for users wait as those for orgs do: a booking has an org or a user. */
const USERS = `
  ALTER TABLE entry_approval
    ALTER COLUMN org DROP NOT NULL,
    ADD COLUMN user_id text CHECK (length(user_id) BETWEEN 1 AND 255),
    ADD CHECK (num_nonnulls(org, user_id) = 1);`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(CHANGES);
  await knex.raw(USERS);
}
