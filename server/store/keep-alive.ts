/**
 * The timeouts of both ports. An idle connection is kept longer than proxies keep theirs, so that it is never closed
 * under a request that is on its way. A client that sends its headers or its body more slowly is cut off.
 */
export const KEEP_ALIVE = { keepAliveTimeout: 70_000, headersTimeout: 75_000, requestTimeout: 300_000 };
