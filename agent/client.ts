import type { Access } from "./access";
import type { MeteringResult, TimeRequest } from "./charging";
import type { LocalSeat } from "./local-assignments";
import type { Status } from "./status";

export type AgentClientOptions = {
  /** The agent's local API, `http://localhost:9200` by default. */
  url?: string;
  /** The token that the agent was started with, if any. */
  token?: string;
  /** The timeout of a call, in milliseconds. */
  patience?: number;
};

/** A refusal of the agent, or its absence: `code` is `AGENT_AWAY` if there was no response. */
export class AgentError extends Error {
  constructor(
    readonly code: string,
    detail: string,
    readonly status?: number,
  ) {
    super(detail);
    this.name = "AgentError";
  }
}

const DEFAULT_URL = "http://localhost:9200";
const PATIENCE_MS = 10_000;

export type AgentClient = ReturnType<typeof agentClient>;

/** The client that a product uses to call the agent beside it. It needs nothing but `fetch`. */
export function agentClient({ url = DEFAULT_URL, token, patience = PATIENCE_MS }: AgentClientOptions = {}) {
  const call = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body ? { "content-type": "application/json" } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    }).catch((error: unknown) => {
      throw new AgentError("AGENT_AWAY", `The license agent at ${url} isn't responding: ${error}`);
    });
    const told = response.status === 204 ? null : await response.json().catch(() => null);
    if (response.ok) return told;
    throw new AgentError(
      told?.code ?? "UNKNOWN",
      told?.detail ?? `It answered ${response.status}.`,
      response.status,
    );
  };

  return {
    /** Whether a subject has access, and by which allotment. */
    access: (subject: string) => call<Access>("POST", "/v1/access", { subject }),
    /** Charges the active minutes since the session's last call. */
    time: (request: TimeRequest) => call<MeteringResult>("POST", "/v1/time", request),
    assignments: () =>
      call<{ assignments: LocalSeat[] }>("GET", "/v1/assignments").then((told) => told.assignments),
    assign: (subject: string, allotment: string) =>
      call<LocalSeat>("POST", "/v1/assignments", { subject, allotment }),
    release: (subject: string, allotment: string) =>
      call<null>("DELETE", "/v1/assignments", { subject, allotment }),
    license: () => call<Status>("GET", "/v1/license"),
    enterKey: (key: string) => call<Status>("PUT", "/v1/license", { key }),
    removeKey: () => call<Status>("DELETE", "/v1/license"),
    /** Exchanges everything with the backend now. */
    sync: () => call<Status>("POST", "/v1/sync"),
  };
}
