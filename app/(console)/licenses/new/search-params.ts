import { createLoader, parseAsString } from "nuqs/server";

export const loadNew = createLoader({ copy: parseAsString, customer: parseAsString });
