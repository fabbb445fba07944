/** A process that opens the local PostgreSQL named by its first argument, and keeps it open until it is stopped. */
import { openLocalPostgres } from '../../../src/db/schema/local-postgres.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('wanted: the data folder');
const postgres = await openLocalPostgres({ dataDir, log: (line) => console.log(line) });
console.log(`holding ${postgres.adminUrl}`);
setInterval(() => undefined, 1_000);
