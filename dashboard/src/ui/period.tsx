/** One choice of a period for every page that has one: a month, or a range of days, in a named time zone. */
import { Group, NativeSelect, Select, TextInput } from '@mantine/core';
import { useRoute } from '../lib/route';
import { monthOf } from '../lib/time';

const MONTHS = 24;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES: readonly string[] = ['UTC', ...new Set([own, ...Intl.supportedValuesOf('timeZone')])].filter(
  (zone, index, all) => all.indexOf(zone) === index,
);
const RANGE = 'range';
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the service takes: a month, or days from the first to the one after the last, and the zone that they begin in. */
export type Period = Readonly<Record<string, string>>;

/** The months that can be chosen, the present one first. */
export function months(): { value: string; label: string }[] {
  const now = new Date();
  return Array.from({ length: MONTHS }, (_, back) => {
    const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 15));
    return { value: monthOf(date), label: date.toLocaleDateString('en', { month: 'long', year: 'numeric' }) };
  });
}

/** The period in the address; this month where there is none. */
export function usePeriod(): Period {
  const { query } = useRoute();
  const timeZone = query.get('zone') ?? own;
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (DAY.test(from) && DAY.test(to)) return { from, to: dayAfter(to), timeZone };
  return { month: query.get('month') ?? monthOf(new Date()), timeZone };
}

/** The day after one: days are counted in UTC, so that no zone's change of clocks skips or repeats one. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** A name of the period for a file. */
export const nameOf = ({ month, from, to }: Period): string => month ?? `${from}-${to}`;

/** Chooses the period, which is kept in the address. */
export function PeriodChoice() {
  const { query, set } = useRoute();
  const isRange = query.get('from') !== null || query.get('to') !== null;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label="Period"
        value={isRange ? RANGE : (query.get('month') ?? monthOf(new Date()))}
        data={[...months(), { value: RANGE, label: 'A range of days' }]}
        onChange={({ currentTarget: { value } }) =>
          set(
            value === RANGE
              ? { month: null, from: `${today.slice(0, 7)}-01`, to: today }
              : { month: value, from: null, to: null },
          )
        }
      />
      {isRange ? (
        <>
          <TextInput
            label="From"
            type="date"
            value={query.get('from') ?? ''}
            onChange={({ currentTarget: { value } }) => set({ from: value })}
          />
          <TextInput
            label="To, including it"
            type="date"
            value={query.get('to') ?? ''}
            onChange={({ currentTarget: { value } }) => set({ to: value })}
          />
        </>
      ) : null}
      <Select
        label="Time zone"
        searchable
        allowDeselect={false}
        limit={60}
        w={210}
        value={query.get('zone') ?? own}
        data={[...ZONES]}
        onChange={(zone) => set({ zone })}
      />
    </Group>
  );
}
