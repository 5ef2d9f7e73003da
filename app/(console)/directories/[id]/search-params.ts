import { createLoader, createSerializer, parseAsString } from "nuqs/server";

const directoryParams = { cursor: parseAsString };

export const loadDirectoryParams = createLoader(directoryParams);
export const directorySearch = createSerializer(directoryParams);
