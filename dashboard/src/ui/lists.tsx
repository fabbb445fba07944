/** Lists that are read page by page, and the dialogs over a page: forms, questions, secrets that are shown once. */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Copyable, Empty, Loaded, Problem } from './parts';

interface Page {
  readonly nextCursor?: string | null;
}

/** Reads a list page by page. @param read reads one page from a cursor on */
export function usePages<P extends Page>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<P>,
  every?: number,
) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
}

interface Next {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Leads to the next page of a list, where there is one. */
export function More({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: { readonly of: Next }) {
  if (!hasNextPage) return null;
  return (
    <Group justify="center" mt="md">
      <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Show more
      </Button>
    </Group>
  );
}

/** What {@link usePages} has read of a list. */
interface Pages<P> extends Next {
  readonly data: { readonly pages: readonly P[] } | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** A list that is read page by page: while it loads, with nothing in it, and with a way to what comes after. */
export function Listed<P, T>({
  of,
  rows,
  lines = 6,
  empty,
  children,
}: {
  readonly of: Pages<P>;
  /** What one page of it has. */
  readonly rows: (page: P) => readonly T[];
  readonly lines?: number;
  /** What is said where there is nothing: a title, and what would put something there. */
  readonly empty: readonly [title: string, about: ReactNode];
  readonly children: (rows: readonly T[]) => ReactNode;
}) {
  const [title, about] = empty;
  return (
    <>
      <Loaded from={{ data: of.data?.pages.flatMap(rows), error: of.error, refetch: of.refetch }} lines={lines}>
        {(all) => (all.length === 0 ? <Empty title={title}>{about}</Empty> : children(all))}
      </Loaded>
      <More of={of} />
    </>
  );
}

/** A dialog over the page. Its content is made anew each time that it opens. */
export function Dialog({
  title,
  opened,
  size,
  onClose,
  children,
}: {
  readonly title: string;
  readonly opened: boolean;
  readonly size?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Modal
      title={title}
      opened={opened}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      {...(size === undefined ? {} : { size })}
    >
      {children}
    </Modal>
  );
}

/** The end of a form in a dialog: why it was refused, the way out, and the button that sends it. */
export function FormEnd({
  act,
  refusal,
  isReady,
  isPending,
  onCancel,
}: {
  readonly act: string;
  readonly refusal: ReactNode;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly onCancel: () => void;
}) {
  return (
    <>
      {refusal}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isReady} loading={isPending}>
          {act}
        </Button>
      </Group>
    </>
  );
}

/** A secret that the service shows once and never again. @param onDone is left out where the secret stands within a page */
export function ShownOnce({
  secret,
  name,
  about,
  onDone,
}: {
  readonly secret: string;
  /** What it is, with its article: `the key`. */
  readonly name: string;
  readonly about: string;
  readonly onDone?: () => void;
}) {
  return (
    <Stack gap="md">
      <Alert variant="outline" color="yellow" title={`Copy ${name} now`}>
        <Stack gap="xs">
          <Text size="sm">{about}</Text>
          <Copyable text={secret} label={name} />
        </Stack>
      </Alert>
      {onDone === undefined ? null : (
        <Group justify="flex-end">
          <Button onClick={onDone}>I have copied it</Button>
        </Group>
      )}
    </Stack>
  );
}

/** Asks before something is done that is not easily undone: says what will happen, and names the act on its button. */
export function Ask({
  title,
  opened,
  keep,
  act,
  error,
  isPending,
  onClose,
  onAct,
  children,
}: {
  readonly title: string;
  readonly opened: boolean;
  /** The button that changes nothing. */
  readonly keep: string;
  /** The button that does it. */
  readonly act: string;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onClose: () => void;
  readonly onAct: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog title={title} opened={opened} onClose={onClose}>
      <Stack gap="md">
        {children}
        {error === null ? null : <Problem error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button color="red" loading={isPending} onClick={onAct}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
