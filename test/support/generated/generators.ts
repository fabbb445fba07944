/** The generators of clients that the API's document is tried with, each by the commands of its users. */
import type { Generator } from './workshop.ts';

const TYPESCRIPT = 'typescript@5.9.3';
const NODE_TYPES = '@types/node@24.19.2';
const npm = (...packages: string[]): Generator['install'] => [
  ['npm', 'init', '--yes', '--init-type=module'],
  ['npm', 'install', '--no-audit', '--no-fund', '--save-exact', TYPESCRIPT, NODE_TYPES, ...packages],
];
const tsconfig = (options: object): string =>
  JSON.stringify({
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      types: ['node'],
      ...options,
    },
    include: ['*.ts', 'client'],
  });

const go = (tool: string): Generator['install'] => [
  ['go', 'mod', 'init', 'example.com/client'],
  ['go', 'get', '-tool', tool],
];

const VERSIONS = {
  openapiTypescript: '7.13.0',
  heyApi: '0.99.0',
  openapiPythonClient: '0.29.1',
  oapiCodegen: '2.8.2',
  ogen: '1.25.0',
};

/** The client alone, without the call whose answers ogen cannot tell apart: what a batch answers for each of its commands. */
const OGEN = `generator:
  features: { disable_all: true, enable: [paths/client] }
  ignore_not_implemented: [complex anyOf]
`;

/** One entry for each generator. */
export const GENERATORS: readonly Generator[] = [
  {
    name: 'openapi-typescript',
    version: VERSIONS.openapiTypescript,
    programs: { 'call.ts': 'openapi-typescript.mts' },
    files: { 'tsconfig.json': tsconfig({ noEmit: true, allowImportingTsExtensions: true, erasableSyntaxOnly: true }) },
    install: npm(`openapi-typescript@${VERSIONS.openapiTypescript}`, 'openapi-fetch@0.17.0'),
    made: ['schema.ts'],
    generate: [['openapi-typescript', 'openapi.json', '--output', 'schema.ts']],
    compile: [['tsc']],
    call: ['node', 'call.ts'],
  },
  {
    name: '@hey-api/openapi-ts',
    version: VERSIONS.heyApi,
    programs: { 'call.ts': 'hey-api.mts' },
    files: { 'tsconfig.json': tsconfig({ outDir: 'dist', rootDir: '.' }) },
    install: npm(`@hey-api/openapi-ts@${VERSIONS.heyApi}`),
    made: ['client', 'dist'],
    generate: [['openapi-ts', '--input', 'openapi.json', '--output', 'client', '--client', '@hey-api/client-fetch']],
    compile: [['tsc']],
    call: ['node', 'dist/call.js'],
  },
  {
    name: 'openapi-python-client',
    version: VERSIONS.openapiPythonClient,
    programs: { 'call.py': 'openapi_python_client.py' },
    files: {},
    install: [
      ['python3', '-m', 'venv', 'venv'],
      ['venv/bin/pip', 'install', '--quiet', `openapi-python-client==${VERSIONS.openapiPythonClient}`, 'ruff==0.14.6'],
    ],
    made: ['coffer'],
    generate: [
      [
        'venv/bin/openapi-python-client',
        'generate',
        '--path',
        'openapi.json',
        '--output-path',
        'coffer',
        '--meta',
        'none',
        '--fail-on-warning',
      ],
    ],
    compile: [['venv/bin/python', '-m', 'compileall', '-q', 'coffer', 'call.py']],
    call: ['venv/bin/python', 'call.py'],
  },
  {
    name: 'oapi-codegen',
    version: VERSIONS.oapiCodegen,
    programs: { 'main.go': 'oapi_codegen.go' },
    files: {},
    install: go(`github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v${VERSIONS.oapiCodegen}`),
    made: ['coffer', 'call'],
    generate: [
      ['mkdir', 'coffer'],
      [
        'go',
        'tool',
        'oapi-codegen',
        '-generate',
        'types,client',
        '-package',
        'coffer',
        '-o',
        'coffer/coffer.go',
        'openapi.json',
      ],
    ],
    compile: [
      ['go', 'get', './...'],
      ['go', 'build', '-o', 'call', '.'],
    ],
    call: ['./call'],
  },
  {
    name: 'ogen',
    version: VERSIONS.ogen,
    programs: { 'main.go': 'ogen.go' },
    files: { 'ogen.yml': OGEN },
    install: go(`github.com/ogen-go/ogen/cmd/ogen@v${VERSIONS.ogen}`),
    made: ['coffer', 'call'],
    generate: [
      ['go', 'tool', 'ogen', '--config', 'ogen.yml', '--target', 'coffer', '--package', 'coffer', 'openapi.json'],
    ],
    compile: [
      ['go', 'get', './...'],
      ['go', 'build', '-o', 'call', '.'],
    ],
    call: ['./call'],
  },
];
