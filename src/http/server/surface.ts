/** Surfaces: APIs over the same ledger, each with its own paths, fields and forms. A surface owns no balance and no rule. */
import type { z } from 'zod';

/** How bytes become the body of a call, and how answers are written. */
export interface Form {
  /** The value that the bytes of a body stand for. @throws Refusal VALIDATION_FAILED when they stand for none. */
  readonly readBody: (bytes: Uint8Array) => unknown;
  /** The text of an answer, made of what its handler gives. */
  readonly writeBody: (body: unknown) => string;
  /** The schema of what `writeBody` makes of a body with this schema. */
  readonly showBody: (body: z.ZodType) => z.ZodType;
  /** What a problem carries beside the members that it has on every surface. */
  readonly problemMembers: (detail: string) => Readonly<Record<string, unknown>>;
  /** The schemas of these members, by name. */
  readonly problemFields: Readonly<Record<string, z.ZodType>>;
}

/** An API over the ledger, and what the document says of it. */
export interface Surface {
  readonly form: Form;
  /** A paragraph for the head of the document, where clients have to know more than its calls say. */
  readonly about?: string;
  /** What it sends by itself, by name. */
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

/** A chapter of the document. Its routes belong to its surface and have the forms of that. */
export interface Chapter {
  readonly surface: Surface;
  readonly title: string;
  /** What its calls are about, in a line. */
  readonly about: string;
}
