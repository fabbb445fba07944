/** Lists that are read page by page, and questions that are asked before something is done. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from './parts';

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

/** Leads to the next page of a list, where there is one. */
export function More({
  of: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}) {
  if (!hasNextPage) return null;
  return (
    <Group justify="center" mt="md">
      <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Show more
      </Button>
    </Group>
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
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
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
    </Modal>
  );
}
