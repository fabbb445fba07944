/** Chooses one of all orgs: the newest are offered, and every other one by the beginning of its name or id. */
import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import { useSearch } from './Search';

const OFFERED = 20;
const DEBOUNCE_MS = 180;

interface Option {
  readonly value: string;
  readonly label: string;
}

function useOffered(typed: string): Option[] {
  const [asked] = useDebouncedValue(typed.trim(), DEBOUNCE_MS);
  const newest = useQuery({
    queryKey: ['desk', 'orgs', 'newest'],
    queryFn: () => call('get', '/admin/orgs', { query: { limit: OFFERED }, org: null }),
  });
  const search = useSearch(asked, OFFERED);
  const found = asked === '' ? [] : (search.data?.results.filter(({ kind }) => kind === 'org') ?? []);
  const all = [
    ...(newest.data?.orgs ?? []).map(({ id, name }) => [id, name] as const),
    ...found.map(({ id, title }) => [id, title] as const),
  ];
  return [...new Map(all)].map(([value, label]) => ({ value, label }));
}

/** @param placeholder what it means that none is chosen */
export function OrgChoice({
  label,
  placeholder,
  value,
  onChange,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | null;
  readonly onChange: (org: string | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const offered = useOffered(typed);
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      data={offered}
      // The service found them, by an id as well as by a name.
      filter={({ options, search }) =>
        search.trim() === ''
          ? options
          : options.filter(
              (one) =>
                'label' in one &&
                [one.label, 'value' in one ? one.value : ''].some((text) =>
                  text.toLowerCase().startsWith(search.trim().toLowerCase()),
                ),
            )
      }
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage="No org begins like that"
      renderOption={({ option }) => (
        <div>
          <Text size="sm" component="div">
            <bdi>{option.label}</bdi>
          </Text>
          <span className="mono">{option.value}</span>
        </div>
      )}
      value={value}
      onChange={onChange}
    />
  );
}
