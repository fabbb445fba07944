/** The only tables that nobody may change: what is written there is added to, never altered. */
const APPEND_ONLY_TABLES: readonly string[] = [
  'entry',
  'lot',
  'deposit_act',
  'event',
  'deposit_address',
  'org_suspension',
  'audit',
];

/** Kept by the migrator; the service reads them to see whether its database is up to date. */
const MIGRATOR_TABLES: readonly string[] = ['knex_migrations', 'knex_migrations_lock'];

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The statements that give the service's role what it needs and no more. To be run by the tables' owner in one
 * transaction after every migration; running them again changes nothing.
 */
export function grantStatements(appRole: string): string[] {
  const role = quote(appRole);
  const narrowed = [...APPEND_ONLY_TABLES, ...MIGRATOR_TABLES];
  return [
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    ...narrowed.map((table) => `REVOKE ALL ON TABLE public.${quote(table)} FROM ${role}`),
    ...APPEND_ONLY_TABLES.map((table) => `GRANT SELECT, INSERT ON TABLE public.${quote(table)} TO ${role}`),
    ...MIGRATOR_TABLES.map((table) => `GRANT SELECT ON TABLE public.${quote(table)} TO ${role}`),
  ];
}
