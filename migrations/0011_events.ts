import type { Knex } from 'knex';

const TABLES = `
  -- One log for each org, and one of the platform's own under the zero id. position: of its newest event. seq, status and
  -- revision: how far the entries of its wallet are in the log, the status there, and the thresholds it was found under.
  CREATE TABLE event_log (
    log      uuid PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    wallet   uuid UNIQUE,
    seq      bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
    status   text NOT NULL DEFAULT 'SUSPENDED' CHECK (status IN ('OK', 'LOW', 'CRITICAL', 'SUSPENDED')),
    revision integer NOT NULL DEFAULT 0
  );

  -- Positions of a log have no gaps and are given under the lock of its row, so that they become visible in order.
  -- seq: the entry that caused it. data NULL: it is read from that entry, which never changes.
  CREATE TABLE event (
    log      uuid NOT NULL,
    position bigint NOT NULL CHECK (position >= 1),
    id       uuid NOT NULL,
    kind     text NOT NULL,
    at       timestamptz NOT NULL,
    seq      bigint,
    data     json,
    PRIMARY KEY (log, position),
    CHECK (seq IS NOT NULL OR data IS NOT NULL)
  );
  -- What has an entry cannot come twice, since seq of the log's row only grows; what has none is told apart by its id.
  CREATE UNIQUE INDEX event_once ON event (log, id) WHERE seq IS NULL;
  CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- What happened without an entry, written in the transaction that made it happen, until it has a position.
  -- turn: a version 7 UUID, for the order of what one process recorded at one time.
  CREATE TABLE event_pending (
    log  uuid NOT NULL,
    id   uuid NOT NULL,
    kind text NOT NULL,
    at   timestamptz NOT NULL,
    turn uuid NOT NULL,
    data json NOT NULL,
    PRIMARY KEY (log, id)
  );

  -- What was told of a deposit last, and in which log. turn: how often it had left the chain.
  CREATE TABLE deposit_told (
    deposit uuid PRIMARY KEY,
    log     uuid NOT NULL,
    state   text NOT NULL,
    turn    integer NOT NULL CHECK (turn >= 0)
  );

  -- kinds NULL: all but those that must be named. position: what comes up to here has its deliveries. Secrets are sealed;
  -- the previous one signs beside the new one until it ends.
  CREATE TABLE webhook_endpoint (
    id                  uuid PRIMARY KEY,
    log                 uuid NOT NULL,
    url                 text NOT NULL CHECK (length(url) <= 2048),
    description         text CHECK (length(description) <= 200),
    kinds               text[],
    secret              text NOT NULL,
    previous_secret     text,
    previous_expires_at timestamptz,
    position            bigint NOT NULL CHECK (position >= 0),
    disabled_at         timestamptz,
    disabled_reason     text CHECK (disabled_reason IN ('failing', 'gone', 'by_hand')),
    failing_since       timestamptz,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL)),
    CHECK ((previous_secret IS NULL) = (previous_expires_at IS NULL))
  );
  CREATE INDEX webhook_endpoint_by_log ON webhook_endpoint (log, id);

  -- One event on its way to one endpoint. claim: who sends it at this moment, and until when nobody else does.
  CREATE TABLE webhook_delivery (
    id              uuid PRIMARY KEY,
    endpoint        uuid NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
    position        bigint NOT NULL,
    -- The delivery that somebody asked to have sent again.
    redelivery_of   uuid,
    state           text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    claim           uuid,
    claimed_until   timestamptz,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    CHECK ((state = 'pending') = (finished_at IS NULL))
  );
  CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (endpoint, position) WHERE redelivery_of IS NULL;
  CREATE INDEX webhook_delivery_by_endpoint ON webhook_delivery (endpoint, id);
  CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint, next_attempt_at) WHERE state = 'pending';
  CREATE INDEX webhook_delivery_finished ON webhook_delivery (finished_at) WHERE finished_at IS NOT NULL;

  CREATE TABLE webhook_attempt (
    id             uuid PRIMARY KEY,
    delivery       uuid NOT NULL REFERENCES webhook_delivery ON DELETE CASCADE,
    at             timestamptz NOT NULL,
    duration_ms    integer NOT NULL CHECK (duration_ms >= 0),
    status_code    integer,
    -- Why there is no status, or why it does not count.
    error          text,
    response_start text
  );
  CREATE INDEX webhook_attempt_by_delivery ON webhook_attempt (delivery, id);`;

/** Changes of status that were recorded before become the first events; older entries stay in the ledger only. */
const TAKE_OVER = `
  INSERT INTO event_log (log, wallet, seq, status, revision)
  SELECT s.org, p.wallet, p.seq, p.status, p.revision
  FROM status_position p JOIN wallet w ON w.id = p.wallet AND w.owner_kind = 'org'
    JOIN org_settings s ON s.org::text = w.owner;

  INSERT INTO event_pending (log, id, kind, at, turn, data)
  SELECT l.log, md5('status' || e.wallet || ':' || e.seq || ':' || e.revision)::uuid, 'balance.status_changed', e.at,
    lpad(to_hex(row_number() OVER (ORDER BY e.wallet, e.seq, e.revision)), 32, '0')::uuid,
    json_build_object('status', e.status_to, 'previousStatus', e.status_from, 'availableUsd',
      CASE WHEN e.available < 0 THEN '-' ELSE '' END || abs(e.available) / 1000000 || '.' ||
      left(lpad((abs(e.available) % 1000000)::text, 6, '0'), 2) ||
      rtrim(substr(lpad((abs(e.available) % 1000000)::text, 6, '0'), 3), '0'),
      'cause', 'entry', 'entryId', 'ent_' || e.wallet || '_' || e.seq)
  FROM status_event e JOIN event_log l ON l.wallet = e.wallet;

  DROP TABLE status_event;
  DROP TABLE status_position;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  await knex.raw(TAKE_OVER);
}
