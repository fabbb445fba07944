/** What a client is sent may have more fields in a later version: the document does not say that there are no others. */

type Part = Readonly<Record<string, unknown>>;

const REFERENCE = '#/components/schemas/';

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/**
 * Takes `additionalProperties: false` off all that clients are sent: the answers of calls, and what webhooks carry. The schemas
 * of what they send keep it, since a field that the service does not know is refused there.
 */
export function openAnswers(document: {
  readonly paths?: object | undefined;
  readonly components?: { readonly schemas?: object } | undefined;
}): void {
  const schemas: Readonly<Record<string, unknown>> = { ...document.components?.schemas };
  const taken = new Set<string>();
  for (const item of Object.values({ ...document.paths }).filter(isPart)) {
    for (const operation of Object.values(item).filter(isPart)) {
      const { requestBody, responses } = operation;
      collect(requestBody, schemas, taken);
      open(responses);
    }
  }
  for (const [name, schema] of Object.entries(schemas)) if (!taken.has(name)) open(schema);
}

/** Adds the names of the schemas to which a part of the document leads. */
function collect(part: unknown, schemas: Readonly<Record<string, unknown>>, names: Set<string>): void {
  if (!isPart(part)) return;
  const { $ref: reference } = part;
  const name = typeof reference === 'string' ? reference.replace(REFERENCE, '') : undefined;
  if (name !== undefined && !names.has(name)) {
    names.add(name);
    collect(schemas[name], schemas, names);
  }
  for (const inner of Object.values(part)) collect(inner, schemas, names);
}

function open(part: unknown): void {
  if (!isPart(part)) return;
  if (part['additionalProperties'] === false) Reflect.deleteProperty(part, 'additionalProperties');
  for (const inner of Object.values(part)) open(inner);
}
