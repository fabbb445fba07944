/** Surfaces: APIs over the same ledger, each with its own paths, fields and forms. No surface has balances or rules. */
import type { z } from 'zod';

/** How bytes become the body of a call, and how answers are written. */
export interface Form {
  /** Decodes the bytes of a body. @throws Refusal VALIDATION_FAILED when they are not a valid body. */
  readonly readBody: (bytes: Uint8Array) => unknown;
  /** Writes the body that a handler gives as the text of its answer. */
  readonly writeBody: (body: unknown) => string;
  /** The schema of the text that `writeBody` writes for a body with this schema. */
  readonly showBody: (body: z.ZodType) => z.ZodType;
  /** Members of a problem beside those that it has on every surface. */
  readonly problemMembers: (detail: string) => Readonly<Record<string, unknown>>;
  /** The schemas of these members, by name. */
  readonly problemFields: Readonly<Record<string, z.ZodType>>;
  /** How the names of its problems begin in the document; empty where they have no members of their own. */
  readonly problemPrefix: string;
  /** What these members are in the document's examples. */
  readonly problemExamples: Readonly<Record<string, unknown>>;
}

/** An API over the ledger, and what the document says about it. */
export interface Surface {
  readonly form: Form;
  /** A paragraph for the head of the document, if clients need to know more than its calls say. */
  readonly about?: string;
  /** The webhooks that it sends, by name. */
  readonly webhooks?: Readonly<Record<string, Webhook>>;
}

/** Something that a surface sends to its clients. */
export interface Webhook {
  readonly summary: string;
  readonly description: string;
  readonly body: z.ZodType;
  /** What the receiver's answer means. */
  readonly answered: string;
}

/** A chapter of the document. Its routes belong to its surface and use the forms of that surface. */
export interface Chapter {
  readonly surface: Surface;
  readonly title: string;
  /** What its calls are about, in a line. */
  readonly about: string;
}
