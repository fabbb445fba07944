import type { Knex } from 'knex';

/** Frozen here, as every migration is: later types come with later migrations (ALTER TYPE ... ADD VALUE). */
const ENTRY_TYPES = [
  'DEPOSIT',
  'SKU_MARGIN',
  'GIFT_HOLD',
  'GIFT_REDEEM',
  'GIFT_HOLD_RELEASE',
  'AI_API_CALL',
  'GAS_SUBSIDY',
  'ADJUSTMENT',
  'REFUND',
  'REV_SHARE_CREDIT',
  'REV_SHARE_PAYOUT',
  'SETTLEMENT',
  'WITHDRAWAL',
  'HOLD',
  'HOLD_RELEASE',
  'GRANT',
  'LOT_EXPIRY',
  'DEPOSIT_REVERSAL',
  'CLAWBACK',
  'FREE_TIER_GRANT',
  'CHARGE',
  'CHECK_IN_GRANT',
  'COUPON_GRANT',
  'SUBSCRIPTION_GRANT',
];
const SERVICE_TYPES = ['SKU_PURCHASE', 'GIFT_CARD', 'AI_API', 'GAS_SUBSIDY'];

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

const TABLES = `
  CREATE TYPE entry_type AS ENUM (${quoted(ENTRY_TYPES)});
  CREATE TYPE service_type AS ENUM (${quoted(SERVICE_TYPES)});

  -- Static: nothing on the hot path updates it. Writers that lose every race lock it, in id order.
  CREATE TABLE wallet (
    id         uuid PRIMARY KEY,
    owner_kind text NOT NULL CHECK (owner_kind IN ('org', 'user')),
    owner      text NOT NULL CHECK (length(owner) BETWEEN 1 AND 255),
    asset      text NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (id, owner_kind, owner, asset)
  );

  -- Amounts in micro-dollars. Column order is the order of the hash chain, and packs the row without padding.
  CREATE TABLE entry (
    wallet          uuid NOT NULL,
    seq             bigint NOT NULL CHECK (seq >= 1),
    at              timestamptz NOT NULL,
    available_delta bigint NOT NULL,
    held_delta      bigint NOT NULL,
    available       bigint NOT NULL,
    held            bigint NOT NULL CHECK (held >= 0),
    deposited       bigint NOT NULL CHECK (deposited >= 0),
    lot             bigint,
    lot_left        bigint CHECK (lot_left >= 0),
    hold            bigint,
    key             uuid NOT NULL,
    gift_delta      integer NOT NULL,
    gift_available  integer NOT NULL CHECK (gift_available >= 0),
    gift_held       integer NOT NULL CHECK (gift_held >= 0),
    type            entry_type NOT NULL,
    service         service_type,
    part            smallint NOT NULL CHECK (part >= 0),
    contra          text,
    input_hash      bytea CHECK (length(input_hash) = 8),
    deposit         uuid,
    pack_order      uuid,
    reference       text CHECK (length(reference) <= 255),
    app_id          text CHECK (length(app_id) <= 255),
    description     text CHECK (length(description) <= 1000),
    hash            bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (wallet, seq) WITH (fillfactor = 100),
    -- Key first: version 7 keys then grow the index at its end.
    UNIQUE (key, wallet, part) WITH (fillfactor = 100),
    CHECK ((part = 0) = (input_hash IS NOT NULL)),
    CHECK (available >= 0 OR available_delta >= 0 OR type IN ('CLAWBACK', 'DEPOSIT_REVERSAL', 'ADJUSTMENT')),
    -- What the wallet gains its contra account loses; money that only moves between its own columns has none. Where a
    -- service charges, the account is revenue:<service> unless another is named: that saves 15 bytes of most entries.
    CHECK ((contra IS NOT NULL OR (service IS NOT NULL AND available_delta + held_delta < 0))
      = (available_delta + held_delta <> 0))
  );

  -- What a writer sends: the columns of entry as this version of the program knows them. A later version that adds a
-- column brings a type of its own, so that both can write side by side.
CREATE TYPE entry_row AS (
  wallet uuid, seq bigint, at timestamptz, available_delta bigint, held_delta bigint, available bigint, held bigint,
  deposited bigint, lot bigint, lot_left bigint, hold bigint, key uuid, gift_delta integer, gift_available integer,
  gift_held integer, type entry_type, service service_type, part smallint, contra text, input_hash bytea, deposit uuid,
  pack_order uuid, reference text, app_id text, description text, hash bytea
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END $$;
  CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- Terms of a lot; lot is the seq of the entry that opened it. Written once, never changed.
  CREATE TABLE lot (
    wallet       uuid NOT NULL,
    lot          bigint NOT NULL,
    source       text NOT NULL,
    amount       bigint NOT NULL CHECK (amount > 0),
    priority     smallint NOT NULL,
    promotional  boolean NOT NULL,
    refundable   boolean NOT NULL,
    transferable boolean NOT NULL,
    expires_at   timestamptz,
    opened_at    timestamptz NOT NULL,
    PRIMARY KEY (wallet, lot)
  );

  CREATE TRIGGER lot_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lot
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Lots with something left. amount_left is NULL for the one lot that is being drawn from: what it has left is
  -- the wallet's available (when above zero) less what the others have, so that a debit changes no row here.
  CREATE TABLE lot_open (
    wallet      uuid NOT NULL,
    lot         bigint NOT NULL,
    amount_left bigint CHECK (amount_left > 0),
    expires_at  timestamptz,
    PRIMARY KEY (wallet, lot)
  );
  CREATE INDEX lot_open_expiry ON lot_open (expires_at) WHERE expires_at IS NOT NULL;

  -- Holds that are neither captured, released nor expired; hold is the seq of the entry that opened it. What lies in
  -- them is told by their entries alone, so that a capture in parts changes no row here.
  CREATE TABLE hold_open (
    wallet      uuid NOT NULL,
    hold        bigint NOT NULL,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (wallet, hold)
  );
  CREATE INDEX hold_open_expiry ON hold_open (expires_at);

  -- The entries of a hold, and the holds of a wallet. Flat debits are no part of it.
  CREATE INDEX entry_by_hold ON entry (wallet, hold, seq) WHERE hold IS NOT NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
