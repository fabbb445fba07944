/**
 * Makes src/generated/api.ts, or another file, from the API's document: `node types.mjs http://127.0.0.1:8080/openapi.json
 * [file]`. The generator is the one that the web app has (`npm run dashboard:build` installs it), so that the project has one.
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readDocument } from '../document.mjs';

const { default: openapiTS, astToString } = createRequire(
  join(import.meta.dirname, '..', '..', 'dashboard', 'package.json'),
)('openapi-typescript');

const OWN = join(import.meta.dirname, 'src', 'generated', 'api.ts');
const [from, to = OWN] = process.argv.slice(2);
const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false };
const types = astToString(await openapiTS(await readDocument(from), options));
await writeFile(to, `/** Types alone, made by types.mjs from the API's document. */\n${types}`);
