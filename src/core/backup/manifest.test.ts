import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLoadingOrder } from './manifest.ts';

test('every table comes after those that it refers to', () => {
  const acyclic = fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(acyclic, (references) => {
      const tables = references.map((to, index) => ({
        name: `t${index}`,
        refersTo: to.filter((other) => other <= index).map((other) => `t${other}`),
      }));
      const order = inLoadingOrder(tables.toReversed());
      expect(order.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
      for (const { name, refersTo } of tables) {
        for (const to of refersTo) expect(order.indexOf(to)).toBeLessThanOrEqual(order.indexOf(name));
      }
    }),
  );
});

test('a circle is an error that names the tables', () => {
  const circle = [
    { name: 'a', refersTo: ['b'] },
    { name: 'b', refersTo: ['a'] },
    { name: 'c', refersTo: [] },
  ];
  expect(() => inLoadingOrder(circle)).toThrow('in a circle: a, b');
});
