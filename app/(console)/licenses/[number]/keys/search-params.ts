import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

const KEY_STATUSES = ["in-use", "stopped"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** The status filter of the keys, and the jti of the open one. */
const keyParams = { status: parseAsStringLiteral(KEY_STATUSES), open: parseAsString };

export const loadKeyParams = createLoader(keyParams);
export const keyQuery = createSerializer(keyParams);
export type KeyParams = Awaited<ReturnType<typeof loadKeyParams>>;
