/** Why an action failed: a sentence with the next step, the code, and the request id for the server's log. */
export type RefusalNotice = { sentence: string; code?: string; requestId?: string };
