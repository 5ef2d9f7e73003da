import type { Hono } from "hono";
import { responseChecker, type SeenResponse } from "@/contract/test-responses";

type App = Pick<Hono, "request">;

const checkers = new WeakMap<App, Promise<ReturnType<typeof responseChecker>>>();

/** Fails the test of a response that isn't as the app's own OpenAPI document describes it. */
export async function expectDescribed(
  app: App,
  url: string,
  seen: Omit<SeenResponse, "path">,
): Promise<void> {
  const check = checkers.get(app) ?? checkerOf(app);
  checkers.set(app, check);
  const fault = (await check)({ ...seen, path: new URL(url, "http://localhost").pathname });
  if (fault) throw new Error(`The OpenAPI document doesn't describe a response. ${fault}`);
}

async function checkerOf(app: App) {
  const document = await app.request("/api/openapi.json");
  return responseChecker(await document.json());
}
