/**
 * Builds the package that production installs: the service and the command as JavaScript, with the large libraries that
 * they use bundled in, and without PostgreSQL, anvil, the devnet and tests. `node deploy/package/build.ts` writes `dist/`.
 *
 * Each file of ours stays a file of its own under its path, so that what finds a neighbour by path (migrations, pages of
 * errors, the program of a child process) finds it there too.
 */
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { z } from 'zod';
import { LEFT_OUT } from './left-out.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const OUTPUT = join(PROJECT, 'dist');

/** Parts that are programs of production. */
const SOURCES = ['src/**/*.ts', 'detector/**/*.ts', 'contracts-abi/**/*.ts', 'migrations/*.ts'];

/** Libraries that are large as packages and small once what is not used is left out. All others stay dependencies. */
const BUNDLED = ['creem', 'starknet', 'stripe', 'viem', 'zod', 'zod-openapi'];
const BUNDLED_FAMILIES = ['@noble/', '@scure/', '@starknet-io/', 'abitype', 'ox'];

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

function isBundled(specifier: string): boolean {
  const isOf = (name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);
  return BUNDLED.some(isOf) || BUNDLED_FAMILIES.some((family) => specifier.startsWith(family));
}

/** Whether a file asks for a library that the installed package has as a dependency. */
function isDependency(specifier: string, importer: string | undefined, names: readonly string[]): boolean {
  if (specifier.startsWith('.') || specifier.startsWith('/') || isBundled(specifier)) return false;
  if (importer?.includes('/node_modules/') === true) return false;
  return names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

async function bundle(dependencies: readonly string[]): Promise<void> {
  const files = globSync(SOURCES, { cwd: PROJECT }).filter((file) => !file.endsWith('.test.ts'));
  const input = Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), join(PROJECT, file)]));
  const build = await rolldown({
    input,
    platform: 'node',
    resolve: { symlinks: false },
    preserveEntrySignatures: 'strict',
    external: (specifier, importer) => specifier.startsWith('node:') || isDependency(specifier, importer, dependencies),
    onLog: (level, log, report) => {
      // A library that reads its own files in circles is its maker's business; a name that is missing is ours.
      if (log.code !== 'CIRCULAR_DEPENDENCY') report(level, log);
    },
  });
  await build.write({
    dir: OUTPUT,
    format: 'esm',
    preserveModules: true,
    preserveModulesRoot: PROJECT,
    // npm leaves a folder of the name `node_modules` out of a package.
    entryFileNames: ({ name }) => `${name.replaceAll('node_modules', 'libraries')}.js`,
  });
  await build.close();
}

function writeManifest(manifest: z.infer<typeof manifestSchema>, dependencies: readonly string[]): void {
  const { name, version, description, license } = manifest;
  const versions = Object.fromEntries(dependencies.map((one) => [one, manifest.dependencies[one]]));
  const about = { name, version, description, license, type: 'module', bin: { coffer: 'bin/coffer.mjs' } };
  const whole = { ...about, engines: { node: '>=24' }, dependencies: versions };
  writeFileSync(join(OUTPUT, 'package.json'), `${JSON.stringify(whole, undefined, 2)}\n`);
}

const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')));
const dependencies = Object.keys(manifest.dependencies).filter((name) => !isBundled(name) && !LEFT_OUT.includes(name));

rmSync(OUTPUT, { recursive: true, force: true });
await bundle(dependencies);
writeManifest(manifest, dependencies);
for (const path of ['bin', 'docs/errors', 'LICENSE', 'README.md', 'CHANGELOG.md']) {
  cpSync(join(PROJECT, path), join(OUTPUT, path), { recursive: true });
}
// The web app, where it was built: `npm run dashboard:build`.
const app = join('dashboard', 'dist');
if (existsSync(join(PROJECT, app))) cpSync(join(PROJECT, app), join(OUTPUT, app), { recursive: true });
const reference = createRequire(import.meta.url).resolve('@scalar/fastify-api-reference');
mkdirSync(join(OUTPUT, 'reference'));
cpSync(join(dirname(reference), 'js', 'standalone.js'), join(OUTPUT, 'reference', 'standalone.js'));
console.log(`the package is in ${OUTPUT}`);
