/** Lists that the service answers by pages. */

type Page<One> = readonly [rows: readonly One[], next: string | null | undefined];

/** Every row, one page at a time. @throws Error if a page leads back to itself */
export async function* listAll<One>(
  read: (from: { cursor?: string }) => Promise<Page<One>>,
): AsyncGenerator<One, void> {
  let from: { cursor?: string } = {};
  for (;;) {
    const [rows, next] = await read(from);
    yield* rows;
    if (next === null || next === undefined) return;
    if (next === from.cursor) throw new Error('a page of the service leads back to itself');
    from = { cursor: next };
  }
}
