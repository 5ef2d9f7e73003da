import createFetchClient from "openapi-fetch";

/** A response that refused: the problem body (RFC 9457), with its code, its status and the id of the request. */
export class SignetError extends Error {
  constructor(problem, response) {
    super(problem?.detail ?? `The server responded with ${response.status}.`);
    this.name = "SignetError";
    this.code = problem?.code ?? "UNKNOWN";
    this.status = response.status;
    this.requestId = problem?.requestId ?? response.headers.get("x-request-id");
    this.problem = problem ?? null;
  }
}

/** A client of one server. `token` is an API token, or for the product protocol a signed license key. */
export function createClient({ token, headers, ...options }) {
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return createFetchClient({ ...options, headers: { ...authorization, ...headers } });
}

/** The body of a response; throws a `SignetError` if the request was refused. */
export async function unwrap(call) {
  const { data, error, response } = await call;
  if (!response.ok) throw new SignetError(error, response);
  return data;
}

/** Every item of a list, page by page. */
export async function* listAll(client, path, params = {}) {
  for (let cursor; cursor !== null; ) {
    const query = { ...params.query, ...(cursor === undefined ? {} : { cursor }) };
    const page = await unwrap(client.GET(path, { params: { ...params, query } }));
    yield* page.items ?? page.connections ?? page.requests;
    cursor = page.cursor;
  }
}
