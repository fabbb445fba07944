import type { Knex } from 'knex';

const TABLES = `
  CREATE TABLE org (
    id           uuid PRIMARY KEY,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    external_id  text UNIQUE CHECK (length(external_id) BETWEEN 1 AND 255),
    metadata     jsonb NOT NULL DEFAULT '{}',
    suspended_at timestamptz,
    created_at   timestamptz NOT NULL
  );

  CREATE TABLE org_settings (
    org                        uuid PRIMARY KEY REFERENCES org,
    low_balance_threshold      bigint CHECK (low_balance_threshold >= 0),
    critical_threshold         bigint CHECK (critical_threshold >= 0),
    free_gift_card_max         bigint NOT NULL DEFAULT 1000000 CHECK (free_gift_card_max >= 0),
    updated_at                 timestamptz NOT NULL,
    CHECK (critical_threshold <= low_balance_threshold)
  );

  -- The secret itself is never stored: secret_hash is its HMAC-SHA-256 under the deployment's pepper.
  CREATE TABLE api_key (
    id           text PRIMARY KEY CHECK (length(id) = 8),
    kind         text NOT NULL CHECK (kind IN ('org', 'platform', 'admin')),
    org          uuid REFERENCES org,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    scopes       text[] NOT NULL,
    secret_hash  bytea NOT NULL CHECK (length(secret_hash) = 32),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    CHECK ((kind = 'org') = (org IS NOT NULL))
  );

  -- One row per address that anybody ever registered: what registrations of one address lock.
  CREATE TABLE sender_address (
    family  text NOT NULL CHECK (family IN ('eip155', 'starknet')),
    address text NOT NULL,
    PRIMARY KEY (family, address)
  );

  -- A binding of an address to an org. chain NULL holds for every configured chain of the family.
  -- unbound_at closes a binding; rows are kept, since the owner at a deposit's block time decides.
  CREATE TABLE sender (
    id         uuid PRIMARY KEY,
    org        uuid NOT NULL REFERENCES org,
    family     text NOT NULL,
    address    text NOT NULL,
    chain      text,
    label      text CHECK (length(label) <= 200),
    state      text NOT NULL CHECK (state IN ('bound', 'unproven')),
    proven_at  timestamptz,
    bound_at   timestamptz NOT NULL,
    unbound_at timestamptz,
    FOREIGN KEY (family, address) REFERENCES sender_address
  );
  CREATE INDEX sender_by_address ON sender (family, address, bound_at);
  CREATE INDEX sender_by_org ON sender (org, id);
  CREATE UNIQUE INDEX sender_one_per_org ON sender (org, family, address, coalesce(chain, '')) WHERE unbound_at IS NULL;
  CREATE UNIQUE INDEX sender_one_owner ON sender (family, address, coalesce(chain, ''))
    WHERE unbound_at IS NULL AND state = 'bound';

  -- A pack that an org means to buy by its next deposit. deposit is the one that paid it.
  CREATE TABLE pack_order (
    id              uuid PRIMARY KEY,
    org             uuid NOT NULL REFERENCES org,
    pack            text NOT NULL,
    price           bigint NOT NULL CHECK (price > 0),
    free_gift_cards integer NOT NULL CHECK (free_gift_cards >= 0),
    opened_at       timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    deposit         uuid UNIQUE
  );
  CREATE INDEX pack_order_open ON pack_order (org, opened_at) WHERE deposit IS NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
