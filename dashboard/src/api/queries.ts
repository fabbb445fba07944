/** What the pages read, with how long it counts as current. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { about, call, Offline, Refused, type Answer } from './client';

export type Me = Answer<'/app/me'>;
export type Balance = Answer<'/treasury/balance'>;
export type Entry = Answer<'/treasury/ledger'>['entries'][number];
export type Deposit = Answer<'/treasury/deposits'>['deposits'][number];
export type Order = Answer<'/treasury/orders'>['orders'][number];
export type Hold = Answer<'/treasury/holds'>['holds'][number];
export type Statement = Answer<'/treasury/statement'>;
export type Pack = Answer<'/treasury/packs'>['packs'][number];

const POLL_MS = 15_000;
const RETRIES_MAX = 2;

/** Refusals stay what they are; only a service that does not answer is asked again. */
export function shouldRetry(failures: number, error: Error): boolean {
  if (error instanceof Refused) return error.status >= 500 && failures < RETRIES_MAX;
  return error instanceof Offline && failures < RETRIES_MAX;
}

export const useMe = () =>
  useQuery({ queryKey: ['me'], queryFn: () => call('get', '/app/me'), refetchInterval: 60_000 });

export const useBalance = () =>
  useQuery({
    queryKey: ['org', about.org, 'balance'],
    queryFn: () => call('get', '/treasury/balance'),
    refetchInterval: POLL_MS,
  });

export const usePacks = () =>
  useQuery({ queryKey: ['packs'], queryFn: () => call('get', '/treasury/packs'), staleTime: Infinity });

export const useSenders = () =>
  useQuery({
    queryKey: ['org', about.org, 'senders'],
    queryFn: () => call('get', '/treasury/senders', { query: { limit: 100 } }),
  });

export const useSettings = () =>
  useQuery({ queryKey: ['org', about.org, 'settings'], queryFn: () => call('get', '/treasury/settings') });

/** @param every how often it is read, in milliseconds */
export const useDeposits = (limit: number, every = POLL_MS) =>
  useQuery({
    queryKey: ['org', about.org, 'deposits', limit],
    queryFn: () => call('get', '/treasury/deposits', { query: { limit } }),
    refetchInterval: every,
  });

export const useOrders = (limit: number, every = POLL_MS) =>
  useQuery({
    queryKey: ['org', about.org, 'orders', limit],
    queryFn: () => call('get', '/treasury/orders', { query: { limit } }),
    refetchInterval: every,
  });

export const useStatement = (period: Readonly<Record<string, string>>) =>
  useQuery({
    queryKey: ['org', about.org, 'statement', period],
    queryFn: () => call('get', '/treasury/statement', { query: period }),
    placeholderData: keepPreviousData,
  });

/** The newest entries, for the chart. */
export const useRecentEntries = () =>
  useQuery({
    queryKey: ['org', about.org, 'ledger', 'recent'],
    queryFn: () => call('get', '/treasury/ledger', { query: { limit: 100 } }),
  });

type Filters = Readonly<Record<string, string>>;

export const useLedger = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['org', about.org, 'ledger', filters],
    queryFn: ({ pageParam }) =>
      call('get', '/treasury/ledger', { query: { ...filters, limit: 25, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useHolds = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['org', about.org, 'holds', filters],
    queryFn: ({ pageParam }) => call('get', '/treasury/holds', { query: { ...filters, limit: 25, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
