/** What the document leaves out of the schemas that the generator makes, for the sake of generated clients. */
import { globalRegistry, z } from 'zod';
import type { CreateDocumentOptions } from 'zod-openapi';
import { hasPreview } from '../money/dry-run.ts';

const MAX_SAFE_INTEGER = 2 ** 53 - 1;
/** Formats beside which the pattern of their check says nothing more. */
const SAID_BY_FORMAT: ReadonlySet<string> = new Set(['uuid', 'date-time']);

/** Changes each schema as it is made. */
export const tidy: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema, zodSchema }) => {
  // It comes of `.readonly()`, which is about this code; to clients it would say that they may not send the field.
  delete jsonSchema.readOnly;
  if (SAID_BY_FORMAT.has(jsonSchema.format ?? '')) delete jsonSchema.pattern;
  // What a double counts exactly is a bound of JSON, not of the field.
  if (jsonSchema.minimum === -MAX_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Generators make constants of defaults, which a list or null cannot be; the description says what a missing field means.
  if (Array.isArray(jsonSchema.default) || jsonSchema.default === null) delete jsonSchema.default;
  tidyFurther(jsonSchema);
  if (!(zodSchema instanceof z.ZodObject)) return;
  if (hasPreview(zodSchema)) jsonSchema.not = { required: ['dryRun'] };
  for (const [name, field] of Object.entries(zodSchema.shape)) {
    if (globalRegistry.get(field)?.['isHidden'] === true) delete jsonSchema.properties?.[name];
  }
};

/**
 * `additionalProperties: {}` becomes `true` where an object is a map of anything; of an object with fields it is left out: that
 * further ones may come is what a schema says without it.
 */
function tidyFurther(jsonSchema: Parameters<typeof tidy>[0]['jsonSchema']): void {
  const { additionalProperties: more, properties = {} } = jsonSchema;
  if (typeof more !== 'object' || Object.keys(more).length > 0) return;
  if (Object.keys(properties).length > 0) delete jsonSchema.additionalProperties;
  else jsonSchema.additionalProperties = true;
}
