/** Rules about what may import what, and about files that nothing imports. */
import { posix } from 'node:path';

import { childrenOf, nameOf, nodeIn, type SourceFile } from './source.ts';

/** The layers of the code and what each may import beside itself. Packages from outside are free, except in core. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  db: ['core'],
  // The JSON of each noun, shared by the API and the command line.
  views: ['core', 'db'],
  http: ['core', 'db', 'views'],
  payments: ['core', 'db'],
  events: ['core', 'db', 'views'],
  // Between the processes of one API.
  processes: ['core', 'db'],
  detector: ['core', 'db'],
  jobs: ['core', 'db', 'detector', 'payments'],
  // The command line is a program of its own, and reads its own settings.
  cli: ['core', 'db', 'detector', 'payments', 'config', 'views', 'events', 'package.json'],
  // Settings are read once and passed down: code gets its settings from its caller.
  config: ['core'],
  log: [],
  'contracts-abi': [],
  migrations: [],
  // The packages for callers know the API's document, and nothing of the service.
  sdk: [],
};
/** The tools that every surface is built on; none of them imports a surface. */
const SURFACE = ['server', 'access', 'endpoint', 'money'];
/**
 * The rooms of a layer, and the rooms of the same layer that each may import. Files directly in a layer belong to no
 * room: every room may use them, and they may use every room, as long as their imports form no circle.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'core/ledger': ['pricing', 'budgets', 'lots', 'refunds'],
  'core/lots': [],
  'core/chains': [],
  'core/access': [],
  'core/subscriptions': ['billing'],
  'core/billing': [],
  'core/credits': ['lots'],
  'core/pricing': [],
  'core/budgets': [],
  'core/desk': [],
  'core/refunds': ['budgets'],
  // The decisions of the ledger, made again.
  'core/explain': ['budgets', 'ledger', 'pricing', 'refunds'],
  'core/recovery': [],
  'core/backup': [],
  'core/reports': ['ledger'],
  'core/senders': ['chains'],
  'core/deposits': ['chains', 'senders'],
  'core/events': ['deposits', 'ledger', 'lots', 'billing', 'subscriptions', 'budgets'],
  'db/schema': [],
  'db/ledger': ['pricing', 'budgets', 'refunds'],
  'db/billing': ['events', 'ledger'],
  'db/subscriptions': ['billing'],
  'db/credits': ['access', 'events', 'ledger', 'subscriptions'],
  'db/closing': ['access', 'billing'],
  'db/pricing': [],
  'db/budgets': [],
  'db/refunds': ['budgets'],
  'db/approvals': ['access', 'billing', 'credits', 'ledger', 'pricing', 'subscriptions'],
  'db/explain': ['budgets', 'ledger', 'pricing', 'refunds'],
  'db/recovery': [],
  'db/backup': ['schema'],
  'db/desk': [],
  'db/reports': ['access', 'ledger'],
  'db/events': ['ledger', 'budgets'],
  'db/webhooks': ['events'],
  'db/chains': ['ledger'],
  'db/access': ['events', 'lots'],
  'db/lots': ['events', 'ledger'],
  'db/senders': ['events', 'billing'],
  'db/deposits': ['chains', 'access', 'senders', 'billing', 'events'],
  'http/server': [],
  'http/access': ['server'],
  'http/endpoint': ['server', 'access'],
  'http/money': ['server', 'access', 'endpoint'],
  'http/service': ['server', 'access', 'endpoint'],
  'http/treasury': SURFACE,
  // Parts of the treasury surface.
  'http/usage': [...SURFACE, 'treasury'],
  'http/budgets': [...SURFACE, 'treasury'],
  'http/explain': [...SURFACE, 'treasury'],
  'http/admin': SURFACE,
  'http/org-billing': SURFACE,
  'http/credits': SURFACE,
  'http/wallet': SURFACE,
  'http/events': SURFACE,
  'http/providers': SURFACE,
  'http/reports': SURFACE,
  'http/team': SURFACE,
  'http/app': SURFACE,
  // The API's document also describes the events that webhooks carry.
  'http/openapi': ['server', 'endpoint', 'money', 'events', 'service'],
  // An adapter knows its provider and the port, and nothing behind it.
  'payments/stripe': [],
  'payments/subscriptions': [],
  'payments/creem': [],
  'detector/chain': [],
  'detector/rpc': ['chain'],
  'detector/evm': ['rpc', 'chain'],
  'detector/starknet': ['rpc', 'chain'],
  'detector/scan': ['chain', 'rpc'],
  'detector/credit': ['chain', 'rpc', 'scan'],
  'detector/audit': ['chain', 'rpc', 'scan'],
  'detector/ask': ['chain', 'rpc', 'scan', 'audit'],
};
/** Pure parts of Node that core may use, and the names that it may import: hashes, and reading IP addresses. */
const CORE_PACKAGES: Readonly<Record<string, readonly string[] | 'all'>> = {
  'node:crypto': 'all',
  'node:net': ['isIP', 'isIPv6', 'BlockList'],
};
/** The composition root, and files outside the service. */
const UNBOUND_FILES = ['src/main.ts'];
const UNBOUND_FOLDERS = ['app', 'devnet', 'test', 'bench', 'setup', 'deploy'];

/** Started by npm, Node, the migrator or the test runner, not by an import. */
const ENTRY_POINTS = [
  /^src\/main\.ts$/,
  /^src\/cli\/main\.ts$/,
  /^devnet\/(main|send|register|prove|reorg|faults|token|demo|starknet-binary)\.ts$/,
  /^bench\/[^/]+\.ts$/,
  /^migrations\/[^/]+\.ts$/,
  /^setup\//,
  /^deploy\/package\/build\.ts$/,
  /^vitest\.config\.ts$/,
  /\.test\.ts$/,
  /^test\/mutants\/runner\/run\.ts$/,
];

function partOf(path: string): string {
  const [top, second] = path.split('/');
  if (top === 'src' && second !== undefined) return second.replace(/\.ts$/, '');
  return top ?? '';
}

function isUnbound(path: string): boolean {
  if (UNBOUND_FILES.includes(path) || path.endsWith('.test.ts')) return true;
  return !path.includes('/') || UNBOUND_FOLDERS.includes(partOf(path));
}

/** The layer and the room of a file, such as ['db', 'ledger']; no room where it is directly in its layer. */
function roomOf(path: string): [layer: string, room: string | undefined] {
  const [layer = '', room, ...rest] = path.replace(/^src\//, '').split('/');
  return [layer, rest.length > 0 ? room : undefined];
}

const LAYERS_WITH_ROOMS: ReadonlySet<string> = new Set(Object.keys(ROOMS).map((room) => room.split('/')[0] ?? ''));

/** The project's file that an import means, or undefined for a package. */
export function target(file: SourceFile, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined;
}

/** Imports of packages that core may not have. */
function coreBreaches(file: SourceFile): string[] {
  const packages = file.imports.filter((specifier) => target(file, specifier) === undefined);
  const foreign = packages.filter((specifier) => CORE_PACKAGES[specifier] === undefined);
  const names = childrenOf(file.tree).flatMap((node) => {
    const specifier = nodeIn(node, 'source')?.['value'];
    const allowed = typeof specifier === 'string' ? CORE_PACKAGES[specifier] : undefined;
    if (allowed === undefined || allowed === 'all') return [];
    const taken = childrenOf(node).filter(({ type }) => type.endsWith('Specifier'));
    // An import of the whole module names nothing to look up, and is a breach.
    const wanted = taken.length === 0 ? ['*'] : taken.map((one) => nameOf(nodeIn(one, 'imported')) || '*');
    return wanted.filter((name) => !allowed.includes(name)).map((name) => `${name} of ${String(specifier)}`);
  });
  return [...foreign, ...names].map((what) => `${file.path}: core imports ${what}; only a few pure names are free`);
}

/** Imports between layers that the table does not allow. */
export function wrongArrows(file: SourceFile): string[] {
  if (isUnbound(file.path)) return [];
  const from = partOf(file.path);
  const allowed = ARROWS[from];
  if (allowed === undefined) return [`${file.path}: no arrows are written down for ${from}`];
  const wrong = file.imports.flatMap((specifier) => {
    const to = target(file, specifier);
    const part = to === undefined ? from : partOf(to);
    if (part === from || allowed.includes(part) || (part === 'contracts-abi' && from !== 'core')) return [];
    return [`${file.path}: ${from} may not import ${part} (${specifier})`];
  });
  return from === 'core' ? [...wrong, ...coreBreaches(file)] : wrong;
}

/** Imports between rooms of one layer that the second table does not allow. */
export function wrongRooms(file: SourceFile): string[] {
  const [layer, room] = roomOf(file.path);
  if (file.path.endsWith('.test.ts') || !LAYERS_WITH_ROOMS.has(layer) || room === undefined) return [];
  const allowed = ROOMS[`${layer}/${room}`];
  if (allowed === undefined) return [`${file.path}: no arrows are written down for the room ${layer}/${room}`];
  return file.imports.flatMap((specifier) => {
    const [toLayer, toRoom] = roomOf(target(file, specifier) ?? '');
    if (toLayer !== layer || toRoom === undefined || toRoom === room || allowed.includes(toRoom)) return [];
    return [`${file.path}: ${layer}/${room} may not import ${layer}/${toRoom} (${specifier})`];
  });
}

/** Rooms that can be reached from themselves along the table. */
export function roomCircles(rooms: Readonly<Record<string, readonly string[]>>): string[] {
  const reach = (room: string, seen: Set<string>): Set<string> => {
    for (const name of rooms[room] ?? []) {
      const next = `${room.split('/')[0]}/${name}`;
      if (!seen.has(next)) reach(next, seen.add(next));
    }
    return seen;
  };
  return Object.keys(rooms).filter((room) => reach(room, new Set()).has(room));
}

/** Files that no file imports and that are not entry points. Processes that tests start by name count as imported. */
export function orphans(files: readonly SourceFile[]): string[] {
  const imported = new Set(
    files.flatMap((file) => file.imports.map((specifier) => target(file, specifier)).filter((to) => to !== file.path)),
  );
  const isNamed = (path: string): boolean =>
    files.some((file) => file.path !== path && file.text.includes(`'${path}'`));
  return files
    .filter(({ path }) => !imported.has(path) && !ENTRY_POINTS.some((entry) => entry.test(path)) && !isNamed(path))
    .map(({ path }) => `${path}: nothing imports this file`);
}
