// Sums the results of .ci/run and .ci/deep from what the runners wrote: vitest's JSON, a log that ends with
// `N passed, N failed`, and one check each for the parts that only pass or fail. Names what failed, then prints `N passed, N failed`;
// exits 1 when anything failed.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);

/** So many failed tests are named, with so many lines of why. */
const NAMED_MAX = 30;
const LINES_MAX = 12;

/** Names what failed in a part at the end of the output, where it is seen without the whole log. */
function explain(name, failed) {
  const json = join(folder, `${name}.json`);
  if (!existsSync(json)) return;
  const report = JSON.parse(readFileSync(json, 'utf8'));
  const all = report.testResults.flatMap((file) =>
    file.status === 'failed' && file.assertionResults.length === 0
      ? [{ title: file.name, why: file.message }]
      : file.assertionResults
          .filter(({ status }) => status !== 'passed')
          .map((test) => ({
            title: `${file.name} > ${test.fullName} (${test.status})`,
            why: test.failureMessages.join('\n'),
          })),
  );
  for (const { title, why } of all.slice(0, NAMED_MAX)) {
    console.log(`failed: ${title}`);
    console.log(why.split('\n').slice(0, LINES_MAX).join('\n'));
  }
  if (all.length > NAMED_MAX) console.log(`and ${all.length - NAMED_MAX} more`);
  if (failed === 0n) console.log(unhandledIn(name));
}

/** What a runner printed that failed although each of its tests passed: an error outside of any test. */
function unhandledIn(name) {
  const lines = readFileSync(join(folder, `${name}.log`), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes('Unhandled'));
  const shown = at < 0 ? lines.slice(-LINES_MAX) : lines.slice(at, at + 4 * LINES_MAX);
  return ['no test failed, but the runner did:', ...shown].join('\n');
}

function countOf(name, code) {
  const json = join(folder, `${name}.json`);
  if (existsSync(json)) {
    const report = JSON.parse(readFileSync(json, 'utf8'));
    // A file that could not be loaded has no tests to fail: the suite itself counts then.
    const loadless = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    const notRun = report.numPendingTests + report.numTodoTests;
    return { passed: report.numPassedTests, failed: report.numFailedTests + loadless.length + notRun };
  }
  const log = join(folder, `${name}.log`);
  const last = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) : '';
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(last) ?? [];
  if (passed !== undefined) return { passed, failed };
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

let [passed, failed] = [0n, 0n];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.code'))) {
  const name = file.slice(0, -'.code'.length);
  const code = readFileSync(join(folder, file), 'utf8').trim() === '0' ? 0 : 1;
  const count = countOf(name, code);
  const missed = code !== 0 && BigInt(count.failed) === 0n ? 1n : 0n;
  passed += BigInt(count.passed);
  failed += BigInt(count.failed) + missed;
  if (code !== 0) {
    console.log(`failed: ${name}`);
    explain(name, BigInt(count.failed));
  }
}
if (passed === 0n && failed === 0n) failed = 1n;
process.exitCode = failed === 0n ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
