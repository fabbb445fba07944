import type { Knex } from 'knex';

const TABLES = `
  -- Whoever gives an address out holds the row of its family until the commit: numbers become visible in their order, so
  -- who has read up to one has missed none below it.
  CREATE TABLE deposit_address_series (
    family      text PRIMARY KEY CHECK (family IN ('eip155', 'starknet')),
    last_number bigint NOT NULL
  );
  INSERT INTO deposit_address_series (family, last_number) VALUES ('eip155', 0), ('starknet', 0);

  -- Extended public keys of accounts: what EVM addresses are derived from. The newest one serves.
  CREATE TABLE deposit_xpub (
    xpub        text PRIMARY KEY CHECK (xpub LIKE 'xpub%'),
    next_index  integer NOT NULL DEFAULT 0 CHECK (next_index >= 0),
    imported_at timestamptz NOT NULL
  );

  -- Starknet addresses that no org has yet. They cannot be derived from a public key, so they come in batches.
  CREATE TABLE deposit_address_pool (
    address     text PRIMARY KEY,
    key_index   integer NOT NULL CHECK (key_index >= 0),
    public_key  text NOT NULL,
    class_hash  text NOT NULL,
    salt        text NOT NULL,
    imported_at timestamptz NOT NULL
  );
  CREATE INDEX deposit_address_pool_in_order ON deposit_address_pool (key_index, address);

  -- The address of an org, for ever, with what it takes to find its key again and, on Starknet, to deploy its account.
  CREATE TABLE deposit_address (
    family      text NOT NULL REFERENCES deposit_address_series,
    number      bigint NOT NULL,
    org         uuid NOT NULL REFERENCES org,
    address     text NOT NULL,
    key_index   integer NOT NULL,
    xpub        text REFERENCES deposit_xpub,
    public_key  text,
    class_hash  text,
    salt        text,
    -- By chain: the first block that had not been read when the address was made.
    first_blocks jsonb NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (family, number),
    UNIQUE (family, org),
    UNIQUE (family, address),
    CHECK ((family = 'eip155') = (xpub IS NOT NULL)),
    CHECK ((family = 'starknet') = (public_key IS NOT NULL AND class_hash IS NOT NULL AND salt IS NOT NULL))
  );

  -- The newest deposit address with which every block below next_block has been read.
  ALTER TABLE chain_cursor ADD COLUMN watched_number bigint NOT NULL DEFAULT 0;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
