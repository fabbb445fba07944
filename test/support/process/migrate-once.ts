/** A process that migrates the database named by its first argument, and prints what it applied as JSON. */
import { migrate } from '../../../src/db/schema/migrate.ts';

const [ownerUrl, appRole] = process.argv.slice(2);
if (ownerUrl === undefined || appRole === undefined) throw new Error('wanted: the URL and the role');
const { applied } = await migrate(ownerUrl, { appRole });
console.log(JSON.stringify(applied));
