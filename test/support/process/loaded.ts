/** Which modules a program of Node loads. */

const HOOK = `import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  process.on('exit', () => process.stderr.write('\\n' + JSON.stringify(loaded)));`;

/** An option of Node with which a program prints what it loaded, as the last line of stderr when it exits. */
export const LIST_LOADED: readonly [name: string, value: string] = [
  '--import',
  `data:text/javascript,${encodeURIComponent(HOOK)}`,
];

/** What a program loaded: its own files, below the project's folder, and the names of packages. */
export interface Loaded {
  readonly own: readonly string[];
  readonly packages: ReadonlySet<string>;
}

/** Reads what a program printed that ran with {@link LIST_LOADED}. @throws SyntaxError when it printed no list */
export function readLoaded(stderr: string): Loaded {
  const urls: string[] = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  const files = urls.filter((url) => url.startsWith('file:'));
  const own = files.filter((url) => !url.includes('/node_modules/'));
  return {
    own: own.map((url) => url.replace(/^.*\/(src\/|detector\/|package\.json)/, '$1')),
    packages: new Set(
      files.flatMap((url) => /\/node_modules\/(?!.*\/node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []),
    ),
  };
}
