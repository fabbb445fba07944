/** Append-only tables: the service may insert rows, and change or delete none. */
const APPEND_ONLY_TABLES: readonly string[] = [
  'entry',
  'lot',
  'entry_sums',
  'usage_event',
  'budget_use',
  'budget_notice',
  'deposit_act',
  'event',
  'deposit_address',
  'org_suspension',
  'audit',
  'loss_report',
  'order_step',
  'auto_refill_consent',
  'provider_movement',
  'provider_fee',
  'plan_version',
  'plan_price',
  'subscription_period',
];

/**
 * Tables that only the owner writes, by hand or in a trigger: the service reads them, to check that its database is up to
 * date and complete, and that prices are as they were read.
 */
const OWNER_TABLES: readonly string[] = [
  'knex_migrations',
  'knex_migrations_lock',
  'recovery',
  'price_book',
  'budget_book',
];

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The statements that give the service's role the rights that it needs and no more. The tables' owner runs them in one
 * transaction after every migration; running them again changes nothing.
 */
export function grantStatements(appRole: string): string[] {
  const role = quote(appRole);
  const narrowed = [...APPEND_ONLY_TABLES, ...OWNER_TABLES];
  return [
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    ...narrowed.map((table) => `REVOKE ALL ON TABLE public.${quote(table)} FROM ${role}`),
    ...APPEND_ONLY_TABLES.map((table) => `GRANT SELECT, INSERT ON TABLE public.${quote(table)} TO ${role}`),
    ...OWNER_TABLES.map((table) => `GRANT SELECT ON TABLE public.${quote(table)} TO ${role}`),
  ];
}
