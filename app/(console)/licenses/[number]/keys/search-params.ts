import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

const KEY_STATUSES = ["in-use", "stopped"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** Which keys are listed, and the jti of the one that is open beside them. */
const keyParams = { status: parseAsStringLiteral(KEY_STATUSES), open: parseAsString };

export const loadKeyParams = createLoader(keyParams);
export const keyQuery = createSerializer(keyParams);
export type KeyParams = Awaited<ReturnType<typeof loadKeyParams>>;
