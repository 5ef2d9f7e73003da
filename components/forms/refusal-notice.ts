/** Why something was not done: a sentence with what to do, the code of the rule, and by what the server's log knows it. */
export type RefusalNotice = { sentence: string; code?: string; requestId?: string };
