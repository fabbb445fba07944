import type { Knex } from 'knex';

const INDEXES = `
  -- Every step of a deposit is a new version of its row, in each index that holds it: what nothing asks for any more is
  -- dropped, and what the same questions can share is one.
  DROP INDEX deposit_by_sender;
  DROP INDEX deposit_open;
  DROP INDEX deposit_by_transaction;
  -- Led by the transaction: whoever asks for one is served by the same index that holds its money apart.
  ALTER TABLE deposit DROP CONSTRAINT deposit_chain_token_tx_hash_ordinal_key,
    ADD CONSTRAINT deposit_one_for_each_transfer UNIQUE (tx_hash, chain, token, ordinal);

  -- Decided, and not beyond the chain's reach: what is to be written, what is at risk, what becomes hard-final. Every round
  -- asks for these, and they are few beside all that was ever credited.
  DROP INDEX deposit_exposed;
  CREATE INDEX deposit_under_way ON deposit (chain, block_number, id)
    WHERE wallet IS NOT NULL AND hard_final_at IS NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(INDEXES);
}
