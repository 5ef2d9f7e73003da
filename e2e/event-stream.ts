/** An event as a stream sends it. */
export type StreamedEvent = { id: string; type: string; license?: string; data: Record<string, unknown> };

/** A client of server-sent events that comes back by itself after the last id, as browsers do. */
export type EventStream = { events: StreamedEvent[]; ends(): number; close(): Promise<void> };

const RETRY_MS = 200;

/** Follows the events of a server from the oldest on, until it is closed. */
export function followEvents(url: string, token: string): EventStream {
  const closing = new AbortController();
  const events: StreamedEvent[] = [];
  let lastId = "";
  let ends = 0;
  const read = async () => {
    const response = await fetch(url, {
      headers: {
        Accept: "text/event-stream",
        Authorization: `Bearer ${token}`,
        ...(lastId ? { "Last-Event-ID": lastId } : {}),
      },
      signal: closing.signal,
    });
    if (!response.ok || !response.body) return;
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) take(block);
    }
  };
  const take = (block: string) => {
    const { id, event, data } = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
    if (id) lastId = id;
    if (event) throw new Error(`The stream sent the event ${event}.`);
    if (data) events.push(JSON.parse(data));
  };
  const following = (async () => {
    while (!closing.signal.aborted) {
      await read().catch(() => {});
      ends += 1;
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  })();
  return {
    events,
    ends: () => ends,
    close: () => {
      closing.abort();
      return following;
    },
  };
}
