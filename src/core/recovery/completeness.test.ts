import { describe, expect, it } from 'vitest';
import { judgeCompleteness, type Sighting, type Witness } from './completeness.ts';

const HERE = { systemIdentifier: '7', timeline: 3 };
const witness: Witness = { id: 'w', deployment: 'd', counter: 40, recoveries: ['r1'] };
const sighting: Sighting = {
  server: HERE,
  identity: { ...HERE, deployment: 'd' },
  counter: 40,
  seenAtMs: 1_000_000,
  newestSeenAtMs: 1_000_000,
  recovery: 'r1',
  underWay: false,
  loss: undefined,
  lostEntry: undefined,
};
const PROMOTED = { systemIdentifier: '7', timeline: 4 };

type Case = readonly [name: string, witness: Partial<Witness>, sighting: Partial<Sighting>, state: object];

const complete = { state: 'complete', adopt: false };
const adopted = { state: 'complete', adopt: true };
const lost = { state: 'lost' };
const refused = { state: 'refused' };

const CASES: readonly Case[] = [
  ['what was seen last', {}, {}, complete],
  ['a number that was not confirmed to this process', {}, { counter: 41 }, complete],
  ['a number behind the confirmed one', {}, { counter: 39 }, lost],
  ['no row where there was one', {}, { counter: 0 }, lost],
  ['nothing to compare with, on the known server', { counter: 0 }, { counter: 0 }, complete],
  ['an entry that is missing', {}, { lostEntry: 'ent_1' }, lost],
  ['a promoted server with everything', {}, { server: PROMOTED }, adopted],
  ['a promoted server that lacks a number', {}, { server: PROMOTED, counter: 39 }, lost],
  ['another cluster with everything', {}, { server: { systemIdentifier: '8', timeline: 1 } }, adopted],
  ['a promoted server, by a witness that never wrote', { counter: 0 }, { server: PROMOTED }, refused],
  [
    'a promoted server, by a witness that stopped before another',
    {},
    { server: PROMOTED, newestSeenAtMs: 1_010_001 },
    refused,
  ],
  [
    'a promoted server, by a witness that saw nearly as much as another',
    {},
    { server: PROMOTED, newestSeenAtMs: 1_010_000 },
    adopted,
  ],
  ['a recovery since', {}, { recovery: 'r2', counter: 0 }, { state: 'recovered', recovery: 'r2' }],
  ['a recovery since, of a report', {}, { recovery: 'r2', loss: 'newer' }, { state: 'recovered' }],
  ['the first recovery', { recoveries: [] }, {}, { state: 'recovered', recovery: 'r1' }],
  ['a time before the last recovery', { recoveries: ['r1', 'r2'] }, {}, lost],
  ['a time before the first recovery', {}, { recovery: undefined }, lost],
  ['a recovery under way', {}, { underWay: true, counter: 0 }, refused],
  [
    'a loss that another process reported',
    {},
    { loss: 'seen elsewhere' },
    { state: 'refused', reason: 'seen elsewhere' },
  ],
  ['the database of another deployment', {}, { identity: { ...HERE, deployment: 'e' }, counter: 0 }, refused],
  ['a time before the service ran', {}, { identity: undefined, counter: 0 }, lost],
];

describe('what the database shows is judged by what is kept outside', () => {
  it.each(CASES)('%s', (_name, ofWitness, ofSighting, verdict) => {
    expect(judgeCompleteness({ ...witness, ...ofWitness }, { ...sighting, ...ofSighting })).toMatchObject(verdict);
  });
});
