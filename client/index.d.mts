import type { ClientOptions, Client as FetchClient } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type { components, operations, paths } from "./schema.js";

/** Responses in JSON; of the few in another form, `parseAs` of a call says how to read them. */
export type Client = FetchClient<paths, "application/json" | `application/${string}+json`>;
export type Problem = components["schemas"]["Problem"];

/** A response that refused: the problem body (RFC 9457), with its code, its status and the id of the request. */
export declare class SignetError extends Error {
  /** Such as `NO_AVAILABLE_UNITS`; `UNKNOWN` if the response had no problem body, as that of a proxy. */
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly problem: Problem | null;
}

/**
 * A client of one server. `token` is an API token, or for the product protocol a signed license key. Other options are
 * those of openapi-fetch.
 */
export declare function createClient(options: ClientOptions & { baseUrl: string; token?: string }): Client;

/** The body of a response; throws a `SignetError` if the request was refused. */
export declare function unwrap<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<NonNullable<Data>>;

type PageOf<Path extends keyof paths> = paths[Path]["get"] extends {
  responses: { 200: { content: { "application/json": infer Page } } };
}
  ? Page
  : never;

/** Two lists of directories don't call their rows `items`. */
type Listed<Item> = { items: Item[] } | { connections: Item[] } | { requests: Item[] };

/** The paths that list something page by page. */
export type ListPath = {
  [Path in keyof paths]: PageOf<Path> extends Listed<unknown> & { cursor: string | null } ? Path : never;
}[keyof paths];

type ItemOf<Path extends ListPath> = PageOf<Path> extends Listed<infer Item> ? Item : never;
type ParamsOf<Path extends ListPath> = paths[Path]["get"] extends { parameters: infer Params }
  ? Params
  : never;

/** Every item of a list, page by page. */
export declare function listAll<Path extends ListPath>(
  client: Client,
  path: Path,
  params?: ParamsOf<Path>,
): AsyncGenerator<ItemOf<Path>, void, void>;
