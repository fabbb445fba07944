import type { Mutant } from '../mutant.ts';

const WALLS = ['test/access/isolation.test.ts'];
const ROUTES = ['test/access/isolation-routes.test.ts'];

/** Defences that separate the orgs. */
const ISOLATION: readonly Mutant[] = [
  {
    name: 'guard rails: half of a surrogate pair passes',
    file: 'src/http/endpoint/json.ts',
    find: "if (text.includes('\\\\u')) refuseHalfPairs",
    replace: "if (text === '') refuseHalfPairs",
    tests: ['src/http/endpoint/json.test.ts'],
  },
  {
    name: 'isolation: a connection keeps whom it served',
    file: 'src/db/database.ts',
    find: 'SELECT set_config(?, ?, true), ',
    replace: 'SELECT set_config(?, ?, false), ',
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
    find: 'poolMax, options: undefined }',
    replace: 'poolMax, options: SEES_EVERY_ORG }',
    tests: WALLS,
  },
  {
    name: 'isolation: a sender is ended by its id alone',
    file: 'src/db/senders/senders.ts',
    find: 'WHERE id = ? AND org = ? AND unbound_at IS NULL',
    replace: 'WHERE id = ? AND ?::uuid IS NOT NULL AND unbound_at IS NULL',
    tests: ROUTES,
  },
  {
    name: 'isolation: an endpoint is found by its id alone',
    file: 'src/db/webhooks/endpoints.ts',
    find: 'FROM webhook_endpoint w WHERE w.log = ? AND w.id = ?`',
    replace: 'FROM webhook_endpoint w WHERE ?::uuid IS NOT NULL AND w.id = ?`',
    tests: ROUTES,
  },
];

const LIMITS = ['test/access/rate-limits.test.ts'];
const ADDRESSES = ['src/http/server/client-address.test.ts'];

/** Defences that keep one caller from using up what all callers share. */
const RATE_LIMITS: readonly Mutant[] = [
  {
    name: 'rate limits: X-Forwarded-For is believed from anybody',
    file: 'src/http/server/client-address.ts',
    find: 'if (!isProxy(readAddress(remoteAddress))) return readAddress(remoteAddress);',
    replace: '',
    tests: LIMITS,
  },
  {
    name: 'rate limits: X-Forwarded-For is read from its beginning',
    file: 'src/http/server/client-address.ts',
    find: 'isProxy(readAddress(address)));',
    replace: 'isProxy(readAddress(address)) || true);',
    tests: LIMITS,
  },
  {
    name: 'addresses: a caller whose address cannot be read is taken for the proxy',
    file: 'src/http/server/client-address.ts',
    find: "return isBlank ? '' : readAddress(hops.at(-1) ?? '');",
    replace:
      "return hops.toReversed().map(readAddress).find((one) => one !== '' && !isBlank) ?? readAddress(remoteAddress);",
    tests: ADDRESSES,
  },
  {
    name: 'addresses: an empty X-Forwarded-For is the proxy',
    file: 'src/http/server/client-address.ts',
    find: "return isBlank ? '' : readAddress",
    replace: 'void isBlank;\n  return readAddress',
    tests: ADDRESSES,
  },
  {
    name: 'addresses: a port makes an address unreadable',
    file: 'src/http/server/client-address.ts',
    find: 'const address = ipv4 ?? bracketed ?? text;',
    replace: 'const address = bracketed ?? text;\n  void ipv4;',
    tests: ADDRESSES,
  },
  {
    name: 'addresses: IPv6 has as many spellings as its writers like',
    file: 'src/http/server/client-address.ts',
    find: 'return MAPPED_IPV4.exec(short)?.[1] ?? short;',
    replace: 'return MAPPED_IPV4.exec(short)?.[1] ?? address;',
    tests: ADDRESSES,
  },
  {
    name: 'rate limits: guesses shut out good keys after a restart',
    file: 'src/db/access/api-keys.ts',
    find: 'WHERE last_used_at IS NOT NULL AND revoked_at IS NULL ORDER',
    replace: 'WHERE last_used_at IS NULL AND revoked_at IS NULL ORDER',
    tests: LIMITS,
  },
  {
    name: 'rate limits: a first share is not told to the common count',
    file: 'src/core/access/rate-limit.ts',
    find: 'unasked: this.isKnown ? 0 : this.held',
    replace: 'unasked: 0',
    tests: ['src/core/access/rate-limit.test.ts'],
  },
  {
    name: 'rate limits: a stream is counted each time that it wakes',
    file: 'src/http/events/stream.ts',
    find: '(await guard.orgFor(await guard.identify(request), request, EVENT_SCOPES)).id',
    replace: '(await guard.admit(await guard.authenticate(request), request, EVENT_SCOPES)).id',
    tests: LIMITS,
  },
  {
    name: 'rate limits: an org is not counted',
    file: 'src/http/access/guard.ts',
    find: 'this.options.limits.countOrg(request, org.id);',
    replace: '',
    tests: LIMITS,
  },
  {
    name: 'access: a stream goes on without its key',
    file: 'src/http/events/stream.ts',
    find: "if (why === 'closed' || !(await stream.mayGoOn())) return;",
    replace: "if (why === 'closed' || !stream.mayGoOn) return;",
    tests: LIMITS,
  },
  {
    name: 'rate limits: failed sign-ins are looked up for ever',
    file: 'src/http/access/rate-limits.ts',
    find: 'if (!this.failures || !this.hasFailedOften(request)) return;',
    replace: 'if (!this.failures || this.failures) return;',
    tests: LIMITS,
  },
  {
    name: 'rate limits: whoever guesses keys shuts out those in use',
    file: 'src/http/access/guard.ts',
    find: 'if (isLimited && !(await this.usedKeys()).has(id)) this.options',
    replace: 'if (isLimited) this.options',
    tests: LIMITS,
  },
];

/** Defences against clients that hold connections without reading. */
const STALLS: readonly Mutant[] = [
  {
    name: 'stalls: an answer may stay unread for ever',
    file: 'src/http/server/server.ts',
    find: '    response.end(body);\n  }\n  watch(response, means.stallMs);',
    replace: '    response.end(body);\n  }',
    tests: ['test/http/stalls.test.ts'],
  },
  {
    name: 'stalls: a refusal may stay unread for ever',
    file: 'src/http/server/server.ts',
    find: 'linkBase, requestId: requestIdOf(request) });\n  watch(response, means.stallMs);',
    replace: 'linkBase, requestId: requestIdOf(request) });',
    tests: ['test/http/stalls.test.ts'],
  },
  {
    name: 'stop: a connection that is kept alive by the answer to an earlier request is waited for',
    file: 'src/http/server/server.ts',
    find: '    server.closeIdleConnections();\n',
    replace: '',
    tests: ['test/http/stopping.test.ts'],
  },
  {
    name: 'stop: a connection on which nothing was asked is waited for',
    file: 'src/http/server/server.ts',
    find: 'if (socket.bytesRead === 0) socket.destroy();',
    replace: 'void socket;',
    tests: ['test/http/stopping.test.ts'],
  },
  {
    name: 'stop: an answer does not say that its connection ends',
    file: 'src/http/server/server.ts',
    find: "isListening() ? [] : ['Connection', 'close']",
    replace: 'isListening() ? [] : []',
    tests: ['test/http/stopping.test.ts'],
  },
  {
    name: 'stalls: every answer costs a timer',
    file: 'src/http/server/server.ts',
    find: 'if (response.writableLength > 0) response',
    replace: 'if (response.writableLength >= 0) response',
    tests: ['test/http/stalls.test.ts'],
  },
];

const AUDIT: readonly Mutant[] = [
  {
    name: 'audit: a request is done before it is written down',
    file: 'src/http/access/audit-call.ts',
    find: 'await noteRequest(db, act, {',
    replace: 'void noteRequest(db, act, {',
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'audit: the transactions of an act do not say whose they are',
    file: 'src/db/database.ts',
    find: "if (setting === '') return db.transaction(work, options);",
    replace: "if (setting !== '.') return db.transaction(work, options);",
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'audit: a secret is shown',
    file: 'migrations/0016_guard_rails.ts',
    find: "ARRAY['secret', 'previous_secret', 'secret_hash']",
    replace: "ARRAY['previous_secret']",
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'audit: a NUL in a body is noted as it is',
    file: 'src/http/access/audit-call.ts',
    find: "(escape === '\\\\u0000' ? '\\\\ufffd' : escape)",
    replace: 'escape',
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'audit: a NUL in a path is noted as it is',
    file: 'src/http/access/audit-call.ts',
    find: "return cleanText(Object.values(params).join(' '), SUBJECT_LENGTH_MAX);",
    replace: "return cleanText('') + Object.values(params).join(' ').slice(0, SUBJECT_LENGTH_MAX);",
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'audit: what a path names is noted at any length',
    file: 'src/http/access/audit-call.ts',
    find: "return cleanText(Object.values(params).join(' '), SUBJECT_LENGTH_MAX);",
    replace: "return cleanText(Object.values(params).join(' '), 10 * SUBJECT_LENGTH_MAX);",
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'input: a URL with a NUL reaches the database',
    file: 'src/http/events/webhook-endpoints.ts',
    find: 'isPlainText(url) ? findProblem(url) : NOT_PLAIN',
    replace: 'isPlainText(url) || url !== NOT_PLAIN ? findProblem(url) : NOT_PLAIN',
    tests: ['test/access/audit.test.ts'],
  },
  {
    name: 'input: a cursor of keys may name anything',
    file: 'src/http/admin/keys.ts',
    find: ' || !API_KEY_ID_PATTERN.test(id)) return undefined;',
    replace: ') return undefined;',
    tests: ['test/access/keys.test.ts'],
  },
];

const SECRETS: readonly Mutant[] = [
  {
    name: 'secrets: an RPC is called by its whole URL',
    file: 'detector/rpc/json-rpc.ts',
    find: 'name: new URL(options.url).host,',
    replace: 'name: options.url,',
    tests: ['test/process/secrets-canary.test.ts'],
  },
];

const EXHAUSTION: readonly Mutant[] = [
  {
    name: 'readiness: a lane whose database was away waits for commands that nobody sends',
    file: 'src/db/ledger/writer.ts',
    find: 'if (!stopping) for (const lane of lanes) lane.retry();',
    replace: '',
    tests: ['test/process/exhaustion.test.ts'],
  },
  {
    name: 'readiness: a database that takes no writes will do',
    file: 'src/db/database.ts',
    find: "WHERE name = '' FOR SHARE",
    replace: "WHERE name = ''",
    tests: ['test/process/hosts.test.ts'],
  },
];

/** Defences that separate orgs and callers, and that record what operators do. */
export const WALL_MUTANTS: readonly Mutant[] = [
  ...ISOLATION,
  ...RATE_LIMITS,
  ...STALLS,
  ...AUDIT,
  ...SECRETS,
  ...EXHAUSTION,
];
