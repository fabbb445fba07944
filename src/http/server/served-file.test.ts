import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ServedFile, type TakeTurn } from './served-file.ts';

const TEXT = 'a'.repeat(10_000);
const file = new ServedFile('start.js', Buffer.from(TEXT), { 'Content-Type': 'text/javascript' });
const turn: TakeTurn = async (work) => work();
/** The answer, with its pieces as one. */
async function ask(
  headers: Record<string, string>,
  lasting = false,
): Promise<{ status?: number; bytes?: Buffer; headers?: Readonly<Record<string, string>> }> {
  const { pieces, ...reply } = await file.reply({ headers }, { lasting, turn });
  if (!pieces) return reply;
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return { ...reply, bytes: Buffer.concat(parts) };
}

describe('S16 a file', () => {
  test('is compressed once, for those who take that', async () => {
    const [one, other] = [await ask({ 'accept-encoding': 'br, gzip' }), await ask({ 'accept-encoding': 'GZIP;q=0.5' })];
    expect(one.bytes).toEqual(other.bytes);
    expect(gunzipSync(one.bytes ?? Buffer.of()).toString()).toBe(TEXT);
    expect(one.headers).toMatchObject({
      'Content-Encoding': 'gzip',
      Vary: 'Accept-Encoding',
      'Cache-Control': 'no-cache',
    });
  });

  test.each([{}, { 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip;q=0' }, { 'accept-encoding': 'identity' }])(
    'is sent as it is to others: %j',
    async (headers) => {
      const { bytes, headers: sent } = await ask(headers);
      expect(bytes?.toString()).toBe(TEXT);
      expect(sent).not.toHaveProperty('Content-Encoding');
    },
  );

  test('is not sent to a client that has it', async () => {
    const { headers } = await ask({});
    const etag = headers?.['ETag'] ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask({ 'if-none-match': known });
      expect([again.status, again.bytes, again.headers?.['ETag']]).toEqual([304, undefined, etag]);
    }
    expect((await ask({ 'if-none-match': '"other"' })).bytes).toBeDefined();
    // A compressed form is another one.
    expect((await ask({ 'if-none-match': etag, 'accept-encoding': 'gzip' })).bytes).toBeDefined();
  });

  test('has a name under which it never changes', async () => {
    expect(file.lastingName).toMatch(/^start-[0-9a-f]{16}\.js$/);
    expect((await ask({}, true)).headers?.['Cache-Control']).toContain('immutable');
    const changed = new ServedFile('start.js', Buffer.from(`${TEXT}b`), {});
    expect(changed.lastingName).not.toBe(file.lastingName);
  });
});
