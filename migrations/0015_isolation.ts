import type { Knex } from 'knex';

/**
 * Which org a row belongs to, by table. The setting coffer.org names the one org whose rows are seen, or says `*`: all
 * of them. Unset, as a connection begins, it opens nothing. The tables of wallets (wallet, entry, lot, lot_open,
 * hold_open) are not here: one batch of the ledger writes for many orgs, and Citus would pass policies by.
 */
const OWNERS: Readonly<Record<string, string>> = {
  org: 'id::text',
  org_settings: 'org::text',
  api_key: 'org::text',
  org_suspension: 'org::text',
  entry_approval: 'org::text',
  sender: 'org::text',
  pack_order: 'org::text',
  ownership_challenge: 'org::text',
  deposit: 'org::text',
  deposit_assignment: 'org::text',
  deposit_address: 'org::text',
  deposit_told: 'log::text',
  event_log: 'log::text',
  event: 'log::text',
  event_pending: 'log::text',
  webhook_endpoint: 'log::text',
};

/** Rows that hang on a row of another table are whose that one is. */
const PARENTS: Readonly<Record<string, string>> = {
  deposit_act: 'SELECT FROM deposit p WHERE p.id = deposit_act.deposit',
  webhook_delivery: 'SELECT FROM webhook_endpoint p WHERE p.id = webhook_delivery.endpoint',
  webhook_attempt: 'SELECT FROM webhook_delivery p WHERE p.id = webhook_attempt.delivery',
};

const SETTING = `current_setting('coffer.org', true)`;

/**
 * A deposit that found no org is told to the org whose sender it came from, or whose deposit address it went to: why it
 * was not credited is that org's to know. Both tables are under their own policies here.
 */
const NOBODYS_DEPOSIT = `
  CREATE POLICY of_a_known_address ON deposit FOR SELECT USING (org IS NULL AND (
    EXISTS (SELECT FROM sender s WHERE s.org::text = ${SETTING} AND s.address = deposit.from_address)
    OR EXISTS (SELECT FROM deposit_address a WHERE a.org::text = ${SETTING} AND a.address = deposit.to_address)))`;

function protect(table: string, isOwn: string): string {
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY of_one_org ON ${table} USING (${SETTING} = '*' OR ${isOwn})`;
}

export async function up(knex: Knex): Promise<void> {
  for (const [table, owner] of Object.entries(OWNERS)) await knex.raw(protect(table, `${owner} = ${SETTING}`));
  for (const [table, parent] of Object.entries(PARENTS)) await knex.raw(protect(table, `EXISTS (${parent})`));
  await knex.raw(NOBODYS_DEPOSIT);
}
