import { type BackendProblem, type BackendRoute, proxyPassword, wrongScheme } from "./backend-problem";
import type { Problem } from "./wire";

/** A response that isn't a success, as seen from outside. `problem` is set if the backend itself responded. */
export type Refusing = {
  status: number;
  path: string;
  problem?: Problem | undefined;
  text?: string;
  location?: string | undefined;
};

/** The text for a response that isn't a success. If it isn't the backend's own problem body, something in between sent it. */
export function problemOfResponse(answer: Refusing, way: BackendRoute): BackendProblem {
  const { status, problem, path } = answer;
  return { ...(problem ? ofBackend(status, problem, path, way) : ofStranger(answer, way)), status };
}

function ofBackend(
  status: number,
  { code, detail, title }: Problem,
  path: string,
  way: BackendRoute,
): BackendProblem {
  const words = detail ?? title ?? `The backend answers ${code}.`;
  if (status === 401) return { kind: "key", code, words: `The backend does not know this key. ${words}` };
  if (status === 404 || status === 405) return wrongPath(status, path, way);
  if (code === "OUTCOME_UNKNOWN") return { kind: "busy", code, words: UNKNOWN_RESULT };
  if (status === 429 || status === 503) return { kind: "busy", code, words };
  return { kind: status >= 500 ? "fault" : "refused", code, words };
}

function ofStranger({ status, path, text = "", location }: Refusing, way: BackendRoute): BackendProblem {
  if (status === 407 || (status === 401 && way.proxy)) return proxyPassword(way);
  if (isForTls(text) || isToTls(location, way)) return wrongScheme(way);
  if (NOT_THERE.includes(status)) return wrongPath(status, path, way);
  if (status >= 500 && status !== 511)
    return {
      kind: "gateway",
      words: `A gateway in front of ${way.host} answers ${status}: the backend is down.`,
    };
  return {
    kind: "portal",
    words: `A page came back (status ${status}) instead of the backend's answer: a network sign-in page or a filtering proxy is in front of ${way.host}. Have it allow this machine. Or --backend is the address of something else.`,
  };
}

function wrongPath(status: number, path: string, { host, port }: BackendRoute): BackendProblem {
  const what = `${host}:${port} has no ${path} (status ${status}), so this looks like a wrong address`;
  return {
    kind: "address",
    words: `${what}. Check --backend: it is the address of the product API, without /v1 and anything after it. A proxy in front of the backend must forward the path.`,
  };
}

const UNKNOWN_RESULT =
  "The backend could not say whether it counted what was sent. It is sent again, and counts only once.";
const NOT_THERE = [404, 405, 410, 501];

/** Whether a text is how web servers respond to clear text on a TLS port. */
function isForTls(text: string): boolean {
  return /HTTP request (?:was sent )?to (?:an? )?HTTPS/i.test(text);
}

/** Whether a redirect leads to the same host, from http to https. */
function isToTls(location: string | undefined, { host, secure }: BackendRoute): boolean {
  if (secure || !location || !URL.canParse(location)) return false;
  const { protocol, hostname } = new URL(location);
  return protocol === "https:" && hostname === host;
}
