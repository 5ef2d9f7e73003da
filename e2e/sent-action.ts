import { readFileSync } from "node:fs";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { Tried } from "./actions";
import { subject } from "./canary";
import type { Licensed } from "./fixtures";

type Built = { filename: string; exportedName: string; workers: Record<string, unknown> };

/** A server action in the build: its id, and a page that sends it. */
export type BuiltAction = { id: string; page: string };

/** The server actions below a folder, by file and name. */
export function builtActions(folder: string): Map<string, BuiltAction> {
  const manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  const built: [string, Built][] = Object.entries(manifest.node);
  return new Map(
    built
      .filter(([, { filename }]) => filename.startsWith(folder))
      .map(([id, { filename, exportedName, workers }]) => [
        `${filename} ${exportedName}`,
        { id, page: Object.keys(workers)[0] ?? "" },
      ]),
  );
}

/** A license with an assigned seat, an event, and a signed definition. */
export async function tried(api: APIRequestContext, license: Licensed): Promise<Licensed & Tried> {
  const admin = "/api/v1/admin";
  const data = { subject: subject("bob"), allotment: "professional" };
  const { instance } = await (
    await api.post(`${admin}/licenses/${license.number}/assignments`, { data })
  ).json();
  const { items } = await (await api.get(`${admin}/audit?limit=1&chain=${license.number}`)).json();
  const path = `${admin}/licenses/${license.number}/checkouts`;
  const { id: checkout } = await (await api.post(path, { data: { product: "QSEfW" } })).json();
  return { ...license, instance, event: items[0].id, checkout };
}

/** Sends an action like the browser does. */
export function sendAction(
  request: APIRequestContext,
  origin: string,
  { id, page }: BuiltAction,
  sent: unknown[],
  number: string,
): Promise<APIResponse> {
  const { type, ...body } = encoded(sent);
  const headers = { "Next-Action": id, Origin: origin, ...type };
  return request.post(pathOf(page, number), { headers, ...body, maxRedirects: 0 });
}

function pathOf(page: string, number: string): string {
  const parts = page
    .split("/")
    .slice(1, -1)
    .filter((part) => !part.startsWith("("));
  const named: Record<string, string> = { "[number]": number, "[token]": "nowhere" };
  return `/${parts.map((part) => named[part] ?? part).join("/")}`;
}

/** Encodes arguments like React: JSON, and a form beside it under the number of its argument. */
function encoded(sent: unknown[]): { type?: Record<string, string>; data?: string; multipart?: FormData } {
  if (!sent.some((part) => part instanceof FormData))
    return { type: { "Content-Type": "text/plain;charset=UTF-8" }, data: JSON.stringify(sent) };
  const body = new FormData();
  const parts = sent.map((part, at) => {
    if (!(part instanceof FormData)) return part;
    for (const [name, value] of part) body.append(`_${at + 1}_${name}`, value);
    return `$K${(at + 1).toString(16)}`;
  });
  body.set("0", JSON.stringify(parts));
  return { multipart: body };
}
