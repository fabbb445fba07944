import { expect, it } from 'vitest';
import { readTraceparent } from './traces.ts';

const [TRACE, SPAN] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];

it.each([
  ['recorded', `00-${TRACE}-${SPAN}-01`, true],
  ['not recorded', `00-${TRACE}-${SPAN}-00`, false],
  ['with flags that are not known yet', `00-${TRACE}-${SPAN}-03`, true],
  ['of a later version, which says more', `cc-${TRACE}-${SPAN}-01-what-comes`, true],
])('a traceparent is read: %s', (_name, header, sampled) => {
  expect(readTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
});

it.each([
  ['missing', undefined],
  ['sent twice', [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`]],
  ['empty', ''],
  ['of the forbidden version', `ff-${TRACE}-${SPAN}-01`],
  ['of version 00 with more behind it', `00-${TRACE}-${SPAN}-01-more`],
  ['with a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['with a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ['too short', `00-${TRACE.slice(1)}-${SPAN}-01`],
])('a traceparent that is not valid counts as missing: %s', (_name, header) => {
  expect(readTraceparent(header)).toBeUndefined();
});
