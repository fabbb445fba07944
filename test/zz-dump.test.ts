import { writeFileSync } from 'node:fs';
import { test, expect } from 'vitest';
import { startTestApi } from './support/http/api.ts';
test('dump', async () => {
  const api = await startTestApi();
  const text = await (await fetch(`${api.url()}/openapi.json`)).text();
  writeFileSync(process.env['DUMP'] ?? '/tmp/b/rest/openapi.json', text);
  await api.stop();
  expect(text.length).toBeGreaterThan(1000);
});
