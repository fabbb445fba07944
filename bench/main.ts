/** `npm run bench -- <name> [options]`: prints a table of ratios, and one JSON object of them as the last line. */
import { readdirSync } from 'node:fs';

const [name, ...options] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -3));
if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- <${names.join(' | ')}> [--rounds 5] [--seconds 10]`);
  process.exit(2);
}
const program: unknown = await import(`./${name}.ts`);
if (typeof program !== 'object' || program === null || !('run' in program) || typeof program.run !== 'function') {
  throw new Error(`bench/${name}.ts exports no run()`);
}
await program.run(options);
