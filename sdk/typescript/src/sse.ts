/** Server-sent events, read from the bytes of an answer. */

/** Longest message that is kept: one event is far below. */
const MESSAGE_CHARS_MAX = 1_000_000;

/** A message: `data` is empty where it only carries an id. */
export interface Message {
  readonly id: string | undefined;
  readonly data: string;
}

/** The messages of a stream, each once it is whole. `heard` is called with every piece. @throws Error for one that is too long */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
): AsyncGenerator<Message, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      text += decoder.decode(value, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      if (text.length > MESSAGE_CHARS_MAX) throw new Error('a message of the stream is too long');
      for (const part of parts) yield messageOf(part);
    }
  } finally {
    // Also where the reader of the messages goes away: the connection must not stay open behind it.
    await reader.cancel().catch(() => undefined);
  }
}

function messageOf(part: string): Message {
  const fields = part.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
  const of = (name: string): string[] => fields.flatMap(([, one, value = '']) => (one === name ? [value] : []));
  return { id: of('id').at(-1), data: of('data').join('\n') };
}
