/** The members of responses that are shown once, or to whoever asks for them by name. They are never kept. */
export const SECRET_MEMBERS: readonly string[] = ["token", "key", "control", "secret", "sld"];

/** A body without its secrets; `secretShown` says that the first response had them. */
export function withoutSecrets(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const members = Object.entries(body);
  const shown = members.filter(([name]) => !SECRET_MEMBERS.includes(name));
  if (shown.length === members.length) return body;
  return { ...Object.fromEntries(shown), secretShown: true };
}
