/** Longer than proxies keep an idle connection, so that it is never closed under a request that is on its way. */
export const KEEP_ALIVE = { keepAliveTimeout: 70_000, headersTimeout: 75_000 };
