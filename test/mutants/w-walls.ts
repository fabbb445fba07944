import type { Mutant } from './list.ts';

const WALLS = ['test/isolation.test.ts'];
const ROUTES = ['test/isolation-routes.test.ts'];

/** What holds the orgs apart. */
export const WALL_MUTANTS: readonly Mutant[] = [
  {
    name: 'isolation: a connection keeps whom it served',
    file: 'src/db/database.ts',
    find: "await trx.raw('SELECT set_config(?, ?, true)', [ORG_SETTING, org]);",
    replace: "await trx.raw('SELECT set_config(?, ?, false)', [ORG_SETTING, org]);",
    tests: WALLS,
  },
  {
    name: 'isolation: policies are not for the owner',
    file: 'migrations/0015_isolation.ts',
    find: 'ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;',
    replace: '',
    tests: WALLS,
  },
  {
    name: 'isolation: requests of orgs see everybody',
    file: 'src/db/database.ts',
    find: 'silenceMsMax: SILENCE_MS_MAX, options: undefined }',
    replace: 'silenceMsMax: SILENCE_MS_MAX, options: SEES_EVERY_ORG }',
    tests: WALLS,
  },
  {
    name: 'isolation: a sender is ended by its id alone',
    file: 'src/db/senders.ts',
    find: 'WHERE id = ? AND org = ? AND unbound_at IS NULL',
    replace: 'WHERE id = ? AND ?::uuid IS NOT NULL AND unbound_at IS NULL',
    tests: ROUTES,
  },
  {
    name: 'isolation: an endpoint is found by its id alone',
    file: 'src/db/webhook-endpoints.ts',
    find: 'FROM webhook_endpoint w WHERE w.log = ? AND w.id = ?`',
    replace: 'FROM webhook_endpoint w WHERE ?::uuid IS NOT NULL AND w.id = ?`',
    tests: ROUTES,
  },
];
