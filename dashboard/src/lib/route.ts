/** Where in the app a person is: the path below /app, and the query. Filters live there, so that a link shows the same. */
import { useCallback, useSyncExternalStore } from 'react';
import { PREFIX } from '../api/client';

const BASE = `${PREFIX}/app`;
const CHANGED = 'coffer:route';

/** The address of a page of the app. */
export const hrefOf = (path: string): string => BASE + path;

/** Goes to a page. @param replace leaves the page before out of the history */
export function go(path: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', hrefOf(path));
  dispatchEvent(new Event(CHANGED));
}

function subscribe(onChange: () => void): () => void {
  addEventListener('popstate', onChange);
  addEventListener(CHANGED, onChange);
  return () => {
    removeEventListener('popstate', onChange);
    removeEventListener(CHANGED, onChange);
  };
}

export interface Route {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Changes parameters of the query; an empty text removes one. */
  readonly set: (change: Readonly<Record<string, string | null>>) => void;
}

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [pathname = '', search = ''] = address.split('?');
  const path = pathname.slice(BASE.length) || '/';
  const set = useCallback(
    (change: Readonly<Record<string, string | null>>) => {
      const next = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(change)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      go(path + (next.size > 0 ? `?${next}` : ''), true);
    },
    [path],
  );
  return { path, query: new URLSearchParams(search), set };
}
