/** What a lot may pay for, where its credit was given for some services or actions alone. */
import { Refusal } from '../errors.ts';

/** Most services, and most actions, that a restriction names. */
export const RESTRICTED_TO_MAX = 10;
/** Most characters of a name in it. */
export const RESTRICTED_NAME_CHARS_MAX = 100;

/**
 * Where both are named, a command has to fit both. At least one of them is; names are sorted, without duplicates, so that the
 * same restriction has one form.
 */
export interface Restriction {
  readonly services?: readonly string[] | undefined;
  /** Actions of the price book: what a priced command names. */
  readonly actions?: readonly string[] | undefined;
}

/** What a command spends on. */
export interface Purpose {
  readonly service: string | null;
  /** Null for a command that names an amount in place of an action. */
  readonly action: string | null;
}

/** Whether a lot may pay for something. One without a restriction may pay for everything. */
export function mayPayFor(restriction: Restriction | undefined, { service, action }: Purpose): boolean {
  return restriction === undefined || (allows(restriction.services, service) && allows(restriction.actions, action));
}

function allows(names: readonly string[] | undefined, name: string | null): boolean {
  return names === undefined || (name !== null && names.includes(name));
}

/** Whether two lots are for the same. */
export function isSameRestriction(a: Restriction | undefined, b: Restriction | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return formatRestriction(a) === formatRestriction(b);
}

/** The text that the entry has which opens such a lot. */
export function formatRestriction({ services, actions }: Restriction): string {
  return JSON.stringify({ services, actions });
}

/** The same in words. */
export function describeRestriction({ services, actions }: Restriction): string {
  return [...(services ? [services.join(', ')] : []), ...(actions ? [`the actions ${actions.join(', ')}`] : [])].join(
    ' and ',
  );
}

/** Reads the text of {@link formatRestriction}. @throws RangeError when it has another form */
export function parseRestriction(text: string): Restriction {
  const restriction = findRestriction(text);
  if (restriction === undefined || formatRestriction(restriction) !== text) {
    throw new RangeError(`${JSON.stringify(text)} does not say what a lot is restricted to`);
  }
  return restriction;
}

function findRestriction(text: string): Restriction | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return undefined;
    const { services, actions } = json as { readonly services?: unknown; readonly actions?: unknown };
    const [forServices, forActions] = [namesOf(services), namesOf(actions)];
    if (forServices === 'odd' || forActions === 'odd') return undefined;
    return restrictionOf({ services: forServices, actions: forActions });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Refusal) return undefined;
    throw error;
  }
}

function namesOf(value: unknown): readonly string[] | undefined | 'odd' {
  if (value === undefined) return undefined;
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : 'odd';
}

/**
 * The one form of a restriction that a caller asked for.
 * @throws Refusal VALIDATION_FAILED when it names nothing, a name without or with too many characters, or too many names
 */
export function restrictionOf({ services, actions }: Restriction): Restriction {
  if (services === undefined && actions === undefined) throw refused('restrictedTo', 'must name services or actions');
  return {
    ...(services ? { services: sortedNames('restrictedTo.services', services) } : {}),
    ...(actions ? { actions: sortedNames('restrictedTo.actions', actions) } : {}),
  };
}

function sortedNames(path: string, names: readonly string[]): readonly string[] {
  const different = [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1));
  if (different.length === 0 || different.length > RESTRICTED_TO_MAX) {
    throw refused(path, `must have 1 to ${RESTRICTED_TO_MAX} names`);
  }
  if (different.some((name) => name === '' || name.length > RESTRICTED_NAME_CHARS_MAX || /\p{Cc}/u.test(name))) {
    throw refused(path, `must have names of 1 to ${RESTRICTED_NAME_CHARS_MAX} characters`);
  }
  return different;
}

function refused(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
