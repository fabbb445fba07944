/** Saves a file that the service makes, such as a CSV. */
import { about, headersOf, PREFIX, Refused } from './client';

/**
 * Asks for a file and hands it to the browser to save.
 * @param org whose file it is; null for one of the whole deployment
 * @throws Refused when the service refuses
 */
export async function download(
  path: string,
  query: Readonly<Record<string, string>>,
  { name, org = about.org }: { readonly name: string; readonly org?: string | null },
): Promise<void> {
  const response = await fetch(`${PREFIX}${path}?${new URLSearchParams(query)}`, { headers: headersOf('GET', org) });
  if (!response.ok) {
    const problem: unknown = await response.json().catch(() => ({}));
    throw new Refused(response.status, problem as Record<string, unknown>, response.headers.get('X-Request-Id'));
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
