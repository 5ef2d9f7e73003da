import { createLoader, createSerializer, parseAsString } from "nuqs/server";

const tokenParams = { cursor: parseAsString };

export const loadTokenParams = createLoader(tokenParams);
export const tokenQuery = createSerializer(tokenParams);
