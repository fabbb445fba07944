import type { Knex } from 'knex';

const TABLES = `
  -- allowed_ips: ranges in CIDR form; NULL: from everywhere. replaced_by: the key that takes its place, until it expires.
  -- made_by: the keys and users behind it (key:..., user:...): who made it, who made that key, and so on; empty for keys
  -- made at the command line. What one of these hands asks for no other of them may approve.
  ALTER TABLE api_key
    ADD COLUMN allowed_ips text[] CHECK (cardinality(allowed_ips) BETWEEN 1 AND 50),
    ADD COLUMN replaced_by text REFERENCES api_key,
    ADD COLUMN made_by text[] NOT NULL DEFAULT '{}';
  CREATE INDEX api_key_by_time ON api_key (created_at, id);
  CREATE INDEX api_key_by_successor ON api_key (replaced_by) WHERE replaced_by IS NOT NULL;

  -- Why it is suspended by hand; the history is in org_suspension.
  ALTER TABLE org ADD COLUMN suspended_reason text CHECK (length(suspended_reason) <= 1000);

  -- Each time that an org was suspended by hand, or let go again.
  CREATE TABLE org_suspension (
    id     uuid PRIMARY KEY,
    org    uuid NOT NULL REFERENCES org,
    begins boolean NOT NULL,
    reason text CHECK (length(reason) BETWEEN 1 AND 1000),
    actor  text NOT NULL,
    at     timestamptz NOT NULL
  );
  CREATE INDEX org_suspension_by_org ON org_suspension (org, id);
  CREATE TRIGGER org_suspension_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON org_suspension
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- A booking by hand that needs a second person. key and input_hash: those of the entry that it becomes, which is
  -- written after the approval is committed, once for ever under that key. seq: that entry. The amount is signed as in
  -- the ledger. hands: everybody whom the request may come from; none of them may approve it. refusal: what the ledger
  -- said when the entry was tried last.
  CREATE TABLE entry_approval (
    id                uuid PRIMARY KEY,
    org               uuid NOT NULL REFERENCES org,
    wallet            uuid NOT NULL,
    key               uuid NOT NULL,
    input_hash        text NOT NULL,
    idempotency_key   text NOT NULL,
    type              entry_type NOT NULL,
    amount            bigint NOT NULL CHECK (amount <> 0),
    reason            text NOT NULL,
    service           service_type,
    credit_expires_at timestamptz,
    reference         text,
    requested_by      text NOT NULL,
    hands             text[] NOT NULL,
    requested_at      timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    state             text NOT NULL CHECK (state IN ('pending', 'approved', 'rejected')),
    decided_by        text,
    decided_at        timestamptz,
    decision_reason   text CHECK (length(decision_reason) BETWEEN 1 AND 1000),
    seq               bigint,
    refusal           text,
    UNIQUE (wallet, key),
    CHECK ((state = 'pending') = (decided_by IS NULL AND decided_at IS NULL)),
    CHECK (decided_by IS NULL OR state = 'rejected' OR decided_by <> ALL (hands)),
    CHECK (seq IS NULL OR state = 'approved')
  );
  CREATE INDEX entry_approval_by_org ON entry_approval (org, id);
  CREATE INDEX entry_approval_unwritten ON entry_approval (id) WHERE state = 'approved' AND seq IS NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
