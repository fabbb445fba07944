/** Follows the org's event log, so that pages change when something happens and not when the next poll comes. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { about, headersOf, PREFIX } from './client';

const RETRY_MS = [1_000, 2_000, 5_000, 10_000];
/** Refused for good: the role does not read events, or the person is signed out. */
const FINAL: readonly number[] = [401, 403, 404];

/** How the stream is: `live`, `waiting` (lost, and tried again) or `off` (this caller has none; pages poll). */
export type StreamState = 'live' | 'waiting' | 'off';

/** Keeps the pages of the chosen org current while it is mounted. */
export function useEventStream(org: string | null): StreamState {
  const queries = useQueryClient();
  const [state, setState] = useState<StreamState>('waiting');
  useEffect(() => {
    if (org === null) return undefined;
    const ended = new AbortController();
    const onEvent = (): void => void queries.invalidateQueries({ queryKey: ['org', org] });
    void follow(org, ended.signal, { onEvent, onState: setState });
    return () => ended.abort();
  }, [org, queries]);
  return state;
}

async function follow(
  org: string,
  signal: AbortSignal,
  { onEvent, onState }: { readonly onEvent: () => void; readonly onState: (state: StreamState) => void },
): Promise<void> {
  let failures = 0;
  let isFirst = true;
  while (!signal.aborted && about.org === org) {
    try {
      const response = await fetch(`${PREFIX}/events/stream`, { headers: headersOf('GET', org), signal });
      if (FINAL.includes(response.status)) {
        onState('off');
        return;
      }
      if (!response.ok || response.body === null) throw new Error(`the stream answered ${response.status}`);
      onState('live');
      failures = 0;
      // What happened while there was no stream is read now.
      if (!isFirst) onEvent();
      isFirst = false;
      await readAll(response.body, onEvent);
    } catch {
      if (signal.aborted) return;
      failures += 1;
    }
    onState('waiting');
    await new Promise((resolve) => {
      setTimeout(resolve, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    });
  }
}

async function readAll(body: ReadableStream<Uint8Array>, onEvent: () => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + decoder.decode(read.value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    // Comments keep a quiet stream alive; only blocks with data are events.
    if (blocks.some((block) => /^data:/m.test(block))) onEvent();
  }
}
