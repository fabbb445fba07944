/** One search over everything: suggestions while somebody types, and a page with all that was found. */
import { Combobox, Group, Kbd, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call, type Answer } from '../api/client';
import { go, useRoute } from '../lib/route';
import { Empty, Foreign, Heading, Link, Loaded, Panel, Time } from '../ui/parts';

export type Found = Answer<'/admin/search'>['results'][number];

const DEBOUNCE_MS = 180;
const SUGGESTED = 5;
const LISTED = 50;
const CHARS_MAX = 255;

export const KIND: Readonly<Record<Found['kind'], string>> = {
  org: 'Orgs',
  user: 'Users with a wallet',
  member: 'Members',
  deposit: 'Deposits',
  order: 'Orders',
  dispute: 'Disputes',
  payment: 'Payments reported',
  entry: 'Ledger entries',
  hold: 'Holds',
  sender: 'Senders',
  deposit_address: 'Deposit addresses',
  webhook: 'Webhooks',
  approval: 'Approvals',
};

/** The page that shows what was found, with it selected; what has no page of its own is shown with its org. */
export function pageOf({ kind, id, orgId }: Found): string {
  const name = encodeURIComponent(id);
  switch (kind) {
    case 'org':
      return `/desk/orgs/${name}`;
    case 'user':
      return `/desk/users/${name}`;
    case 'deposit':
      return `/desk/deposits/${name}`;
    case 'order':
      return `/desk/orders?id=${name}`;
    case 'dispute':
      return `/desk/disputes?id=${name}`;
    case 'payment':
      return `/desk/inbox?explain=${name}`;
    case 'approval':
      return `/desk/approvals?id=${name}`;
    case 'member':
      return orgId === null ? resultsOf(id) : `/desk/orgs/${orgId}`;
    default:
      return orgId === null ? resultsOf(id) : `/desk/orgs/${orgId}?found=${name}`;
  }
}

const resultsOf = (text: string): string => `/desk/search?q=${encodeURIComponent(text)}`;

/** What a text names. @param limit how many of each kind */
export function useSearch(text: string, limit: number) {
  const q = text.trim();
  return useQuery({
    queryKey: ['desk', 'search', q, limit],
    queryFn: () => call('get', '/admin/search', { query: { q, limit }, org: null }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

/** What was found, by kind, in the order in which it came. */
function byKind(results: readonly Found[]): { readonly kind: Found['kind']; readonly all: readonly Found[] }[] {
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, all: results.filter((one) => one.kind === kind) }));
}

/** The field in the head of each page. @param hotkey whether `/` leads into it */
export function SearchField({ hotkey = false, onGone }: { readonly hotkey?: boolean; readonly onGone?: () => void }) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, DEBOUNCE_MS);
  const search = useSearch(asked, SUGGESTED);
  const field = useRef<HTMLInputElement>(null);
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  useHotkeys(hotkey ? [['/', () => field.current?.focus()]] : []);
  const results = asked.trim() === '' ? [] : (search.data?.results ?? []);
  const names = results.map(nameOf).join();
  // Another list has another first row: nothing of the one before stays chosen.
  useEffect(() => box.resetSelectedOption(), [names]);
  const leave = (to: string): void => {
    setText('');
    box.closeDropdown();
    field.current?.blur();
    onGone?.();
    go(to);
  };
  const isOver = asked.trim() !== '' && asked === text && search.data !== undefined && !search.isPlaceholderData;
  return (
    <form
      role="search"
      style={{ flex: 1, maxWidth: 440 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') leave(resultsOf(text.trim()));
      }}
    >
      <Combobox
        store={box}
        onOptionSubmit={(name) => {
          const chosen = results.find((one) => nameOf(one) === name);
          if (chosen) leave(pageOf(chosen));
        }}
      >
        <Combobox.Target>
          <TextInput
            ref={field}
            aria-label="Search everything"
            placeholder="Search everything"
            spellCheck={false}
            autoComplete="off"
            maxLength={CHARS_MAX}
            value={text}
            rightSection={
              search.isFetching ? <Loader size={14} aria-hidden="true" /> : hotkey ? <Kbd size="xs">/</Kbd> : null
            }
            onChange={({ currentTarget: { value } }) => {
              setText(value);
              box.openDropdown();
            }}
            onFocus={() => box.openDropdown()}
            onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={results.length === 0 && !isOver}>
          <Combobox.Options aria-label="What was found" mah={420} style={{ overflowY: 'auto' }}>
            {byKind(results).map(({ kind, all }) => (
              <Combobox.Group key={kind} label={KIND[kind]}>
                {all.map((one) => (
                  <Combobox.Option key={nameOf(one)} value={nameOf(one)}>
                    <Suggestion found={one} />
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {results.length === 0 ? <Combobox.Empty>Nothing has that id or begins like that</Combobox.Empty> : null}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </form>
  );
}

const nameOf = ({ kind, id, orgId }: Found): string => `${kind} ${orgId ?? ''} ${id}`;

function Suggestion({ found: { title, orgName, kind } }: { readonly found: Found }) {
  return (
    <>
      <Text size="sm" truncate component="div">
        <bdi>{title}</bdi>
      </Text>
      {orgName === null || kind === 'org' ? null : (
        <Text size="xs" c="dimmed" truncate component="div">
          <bdi>{orgName}</bdi>
        </Text>
      )}
    </>
  );
}

/** All that a text names. */
export function SearchResults() {
  const { query } = useRoute();
  const text = query.get('q') ?? '';
  const search = useSearch(text, LISTED);
  return (
    <>
      <Heading
        title="Search"
        about="An id, a transaction or an address, the id of a session or a payment, or the beginning of a name. Parts in the middle are not found."
      />
      {text.trim() === '' ? (
        <Panel>
          <Empty title="Nothing to search for">Type into the field at the top.</Empty>
        </Panel>
      ) : (
        <Loaded from={search} lines={6}>
          {({ results, more }) =>
            results.length === 0 ? (
              <Panel>
                <Empty title="Nothing found">
                  Nothing has the id <bdi>{text}</bdi> or begins like that.
                </Empty>
              </Panel>
            ) : (
              byKind(results).map(({ kind, all }) => (
                <Panel key={kind} title={KIND[kind]}>
                  {all.map((one) => (
                    <Result key={nameOf(one)} found={one} />
                  ))}
                  {more.includes(kind) ? (
                    <Text size="sm" c="dimmed" mt="md">
                      There are more. Type more of what you look for.
                    </Text>
                  ) : null}
                </Panel>
              ))
            )
          }
        </Loaded>
      )}
    </>
  );
}

function Result({ found }: { readonly found: Found }) {
  const { title, orgName, kind, at } = found;
  const to = pageOf(found);
  return (
    <Group justify="space-between" py="sm" gap="sm" className="row">
      <div>
        {to.startsWith('/desk/search') ? (
          <Foreign>{title}</Foreign>
        ) : (
          <Link to={to}>
            <Foreign>{title}</Foreign>
          </Link>
        )}
        {orgName === null || kind === 'org' ? null : (
          <Text size="sm" c="dimmed">
            <Foreign>{orgName}</Foreign>
          </Text>
        )}
      </div>
      {at === null ? null : (
        <Text size="sm" c="dimmed" component="div">
          <Time at={at} />
        </Text>
      )}
    </Group>
  );
}
