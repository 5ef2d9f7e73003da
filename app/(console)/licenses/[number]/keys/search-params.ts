import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";

const KEY_STATUSES = ["in-use", "stopped"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

const keyParams = { status: parseAsStringLiteral(KEY_STATUSES) };

export const loadKeyParams = createLoader(keyParams);
export const keyQuery = createSerializer(keyParams);
