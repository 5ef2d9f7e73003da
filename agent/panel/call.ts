import { at } from "./dom";

const TOKEN = "token";

/** Calls the local API. Throws an error with the API's own sentence when it refuses. */
export async function call<Body = unknown>(method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(path, {
    method,
    headers: { ...authorization(), ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body && JSON.stringify(body),
  });
  if (response.status === 204) return null as Body;
  const content = await response.json().catch(() => ({}));
  if (response.status === 401) askForToken();
  if (!response.ok) throw new Error(content.detail ?? `The agent responded with ${response.status}.`);
  return content;
}

export async function fetchLog(kind: string): Promise<Blob> {
  const response = await fetch(`/v1/logs/${kind}`, { headers: authorization() });
  if (!response.ok) throw new Error("The log can't be read at the moment.");
  return response.blob();
}

export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN, token);
}

function authorization(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function askForToken(): void {
  at("token").hidden = false;
  at("content").hidden = true;
}
