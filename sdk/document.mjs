/** The part of the API's document that SDKs are made of. */
import { readFile } from 'node:fs/promises';

/** What programs call that spend, sell and set customers up. Pages, reports and the operators' desk are left out. */
const CALLED = [
  /^\/(treasury|events|webhook-endpoints|orgs|credits|orders|subscription|checkin)(\/|$)/,
  /^\/(io\/wallet\/(?!webhook)|payment\/create-session)/,
  /^\/admin\/(orgs|keys|prices|credits|events)(\/|$)/,
];

const LEFT_OUT = new Set(['headers', 'example', 'examples']);

/** A call with the answers that are no refusal, and without what only readers of the document need. */
function operationOf(operation) {
  const responses = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  return { ...operation, responses: Object.fromEntries(responses.map(([status, one]) => [status, bare(one)])) };
}

/** Without headers and examples. */
function bare(answer) {
  return JSON.parse(JSON.stringify(answer, (name, value) => (LEFT_OUT.has(name) ? undefined : value)));
}

/** The schemas that are named, by others as well. */
function used(value, schemas, found = {}) {
  for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (name in found) continue;
    found[name] = schemas[name];
    used(schemas[name], schemas, found);
  }
  return found;
}

/** Schemas whose values depend on the deployment: any text is allowed. */
const OPEN = ['ServiceType'];

/** The document with these calls alone, the events, and the problem with the details of its codes. */
function narrow({ openapi, info, paths, components: { schemas } }) {
  const kept = Object.entries(paths).filter(([path]) => CALLED.some((one) => one.test(path)));
  const calls = kept.map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, one]) => [method, operationOf(one)])),
  ]);
  const named = ['Event', 'Problem'].map((name) => ({
    $ref: `#/components/schemas/${name}`,
  }));
  const opened = OPEN.map((name) => {
    const { enum: _, ...rest } = schemas[name];
    return [
      name,
      {
        ...rest,
        description: `${rest.description} Each deployment has its own beside \`AI_API\`, \`SKU_PURCHASE\` and the like.`,
      },
    ];
  });
  const all = { ...schemas, ...Object.fromEntries(opened) };
  return { openapi, info, paths: Object.fromEntries(calls), components: { schemas: used([calls, named], all) } };
}

/** Reads the document from a running service or a file, and narrows it. */
export async function readDocument(from = 'http://127.0.0.1:8080/openapi.json') {
  const text = from.startsWith('http') ? await (await fetch(from)).text() : await readFile(from, 'utf8');
  return narrow(JSON.parse(text));
}
