/** The small parts that every page is made of. */
import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  CopyButton,
  Group,
  Skeleton,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { Offline, Refused } from '../api/client';
import { show } from '../lib/money';
import { showTime, utc } from '../lib/time';
import { go, hrefOf } from '../lib/route';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'busy';

/** A state that is seen at a glance: its colour, and always its word. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="state" data-tone={tone}>
      {children}
    </span>
  );
}

/** An amount. */
export function Usd({ usd, signed = false }: { readonly usd: string; readonly signed?: boolean }) {
  return <span className="figure">{show(usd, signed)}</span>;
}

/**
 * A time in the zone of the machine, with the exact one in UTC on hover and focus.
 * @param exact whether its seconds are shown too
 */
export function Time({ at, exact = false }: { readonly at: string; readonly exact?: boolean }) {
  return (
    <Tooltip label={utc(at)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{showTime(at, exact)}</time>
    </Tooltip>
  );
}

/** Text that somebody else wrote: shown as it is, whatever it contains. */
export function Foreign({ children }: { readonly children: string }) {
  return <bdi className="foreign">{children}</bdi>;
}

export function CopyIcon({ done }: { readonly done: boolean }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      {done ? <path d="m3 8.5 3.5 3.5L13 4.5" /> : <path d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z" />}
    </svg>
  );
}

/** Something to be copied whole, such as an address: never shortened. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <span className="mono">{text}</span>
      <CopyButton value={text} timeout={1500}>
        {({ copied, copy }) => (
          <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={copied ? 'Copied' : `Copy ${label}`}>
            <CopyIcon done={copied} />
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}

/** A link to a page of somebody else, in a tab of its own, which does not learn where it was followed. */
export function Away({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Anchor href={href} rel="noreferrer" target="_blank" underline="always" size="sm">
      {children}
    </Anchor>
  );
}

/** A link within the app: a plain one for the browser, without loading the page anew. */
export function Link({
  to,
  children,
  className,
  current = false,
}: {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly current?: boolean;
}) {
  return (
    <Anchor
      href={hrefOf(to)}
      underline={className === undefined ? 'always' : 'never'}
      {...(className === undefined ? {} : { className })}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Anchor>
  );
}

export function Panel({
  title,
  aside,
  children,
}: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel" {...(title === undefined ? {} : { 'aria-label': title })}>
      {title === undefined ? null : (
        <Group justify="space-between" mb="md" gap="sm">
          <Title order={2}>{title}</Title>
          {aside}
        </Group>
      )}
      {children}
    </section>
  );
}

/** The head of a page. */
export function Heading({
  title,
  about,
  aside,
}: {
  readonly title: string;
  readonly about?: string;
  readonly aside?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <div>
        <Title order={1}>{title}</Title>
        {about === undefined ? null : (
          <Text c="dimmed" size="sm" mt={4} maw={640}>
            {about}
          </Text>
        )}
      </div>
      {aside}
    </Group>
  );
}

/** What is to be read. */
interface Read<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** What was read, or what stands in its place while it is not there: the same height, or why it does not come. */
export function Loaded<T>({
  from,
  lines = 4,
  children,
}: {
  readonly from: Read<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (from.data !== undefined) return <>{children(from.data)}</>;
  if (from.error) return <Problem error={from.error} onRetry={() => void from.refetch()} />;
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={18} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}

/** Why something failed, and what to do. A missing permission is named by the service. */
export function Problem({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const isOffline = error instanceof Offline;
  const title = isOffline
    ? 'No connection to the service'
    : error instanceof Refused && error.status === 403
      ? 'Your role does not allow this'
      : 'This did not work';
  return (
    <Alert color={isOffline ? 'yellow' : 'red'} variant="outline" title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{isOffline ? 'It is tried again by itself. Nothing is lost.' : error.message}</Text>
        {error instanceof Refused && error.requestId !== null ? (
          <Text size="xs" c="dimmed">
            Request <span className="mono">{error.requestId}</span>
          </Text>
        ) : null}
        {onRetry === undefined ? null : (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** A list with nothing in it, and what would put something there. */
export function Empty({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack align="center" gap={6} py="xl" ta="center">
      <Text fw={560}>{title}</Text>
      <Text c="dimmed" size="sm" maw={420} component="div">
        {children}
      </Text>
    </Stack>
  );
}
