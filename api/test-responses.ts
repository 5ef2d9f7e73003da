import type { Hono } from "hono";
import { responseChecker } from "@/contract/test-responses";
import { publishedAddress } from "./published/address";

type App = Pick<Hono, "request">;

// biome-ignore lint/suspicious/noExplicitAny: tests look into a response with assertions
export type ApiResponse = { status: number; headers: Headers; body: any };

const checkers = new WeakMap<App, Promise<ReturnType<typeof responseChecker>>>();

/** Calls an app in process. Fails the test of a response that isn't as the app's own OpenAPI document describes it. */
export async function requestDescribed(
  app: App,
  url: string,
  request: { method: string; headers: Record<string, string>; body?: string },
): Promise<ApiResponse> {
  const response = await app.request(url, request);
  const { status, headers } = response;
  const text = await response.text();
  const { pathname } = new URL(url, "http://localhost");
  const path = publishedAddress(pathname)?.path ?? pathname;
  const check = checkers.get(app) ?? checkerOf(app);
  checkers.set(app, check);
  const fault = (await check)({ method: request.method, path, status, headers, body: text });
  if (fault) throw new Error(`The OpenAPI document doesn't describe a response. ${fault}`);
  const isJson = /[/+]json/.test(headers.get("content-type") ?? "");
  return { status, headers, body: isJson && text !== "" ? JSON.parse(text) : text || null };
}

async function checkerOf(app: App) {
  const document = await app.request("/api/openapi.json");
  return responseChecker(await document.json());
}
