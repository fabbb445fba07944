import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DETECTOR_HEAP } from './child.ts';

test('a detector that is started by hand has the heap of one that the service starts', () => {
  expect(readFileSync('package.json', 'utf8')).toContain(
    `node ${DETECTOR_HEAP.join(' ')} src/main.ts --roles=detector`,
  );
});
