import { setTimeout as pause } from "node:timers/promises";
import {
  type ApiResponse,
  activate,
  type Deployment,
  newPatch,
  type Patch,
  report,
  sync,
} from "@/e2e/product";
import type { Random } from "@/server/sample/random";
import { type Acknowledged, count } from "./acknowledged";

export type Work = {
  license: string;
  random: Random;
  held: Acknowledged;
  isOver(): boolean;
  /** Gets each response, also of a request that is sent again; null if there was none that could be read. */
  attempted?(response: ApiResponse<unknown> | null): void;
};

/** An older product without an agent: it keeps what was acknowledged, and repeats what wasn't. */
type Product = Work & { site: Deployment; source: string; sequence: number; base: number; seats: Patch[] };

const BETWEEN_MS = 10;
const RETRY_MS = 40;

/** Works until time is up, and ends with no request open. */
export async function workOfProduct(site: Deployment, source: string, work: Work): Promise<void> {
  const product: Product = { ...work, site, source, sequence: 0, base: 0, seats: [] };
  while (!work.isOver()) {
    await oneAction(product);
    await pause(BETWEEN_MS);
  }
}

function oneAction(product: Product): Promise<void> {
  const dice = product.random.next();
  const [seat] = product.seats;
  if (dice < 0.45) return reportMinutes(product);
  if (dice < 0.5) return begin(product);
  if (dice < 0.75 || !seat) return takeSeat(product);
  return giveBack(product, seat);
}

async function reportMinutes(product: Product): Promise<void> {
  const { site, source, random, held } = product;
  const consumption = random.between(1, 30);
  product.sequence += 1;
  const month = new Date().toISOString().slice(0, 7);
  const element = { id: 1, allotment: "analyzer_time", month, consumption, sequence: product.sequence };
  const { consumption: booked } = await answered(product, () =>
    report(site, { source, consumption: [element] }),
  );
  const fault = booked[0]?.error;
  if (fault) held.faults.push(`A report was answered ${fault.code}.`);
  held.reported.set(source, (held.reported.get(source) ?? 0) + consumption);
  count(held, "reports");
}

async function begin(product: Product): Promise<void> {
  const { site, source, held } = product;
  await answered(product, () => activate(site, { cause: "Update", source }));
  count(held, "activations");
}

async function takeSeat(product: Product): Promise<void> {
  const { license, source, random, held } = product;
  const subject = `${source.slice(0, 8)}\\user-${random.between(1, 1_000_000_000)}`;
  const patches = await exchange(product, newPatch(license, subject));
  const made = patches.find((patch) => patch.subject === subject);
  if (!made || made.rejection) {
    held.faults.push(`An add was answered ${made?.rejection ?? "with nothing"}.`);
    return;
  }
  product.seats.push(made);
  held.seats.add(subject);
  count(held, "adds");
}

async function giveBack(product: Product, seat: Patch): Promise<void> {
  const { held, seats } = product;
  const { instance, version, subject } = seat;
  const gone = newPatch(product.license, subject, {
    ...{ instance, version, created: seat.created, deleted: new Date().toISOString() },
  });
  const patches = await exchange(product, gone);
  const response = patches.find((patch) => patch.instance === instance);
  if (!response?.deleted) held.faults.push(`A delete was answered ${JSON.stringify(response ?? null)}.`);
  seats.shift();
  held.seats.delete(subject);
  count(held, "deletes");
}

async function exchange(product: Product, patch: Patch): Promise<Patch[]> {
  const { site, source, license } = product;
  const bases = [{ license, version: product.base }];
  const { bases: reached, patches } = await answered(product, () =>
    sync(site, { source, bases, patches: [patch] }),
  );
  product.base = reached[0]?.version ?? product.base;
  return patches;
}

/**
 * Sends the same request until there is a response, however often the connection breaks; a refusal ends the work, unless
 * it is a balancer's, which has no code.
 */
async function answered<Body>({ attempted }: Work, send: () => Promise<ApiResponse<Body>>): Promise<Body> {
  for (;;) {
    const response = await send().catch(() => null);
    attempted?.(response);
    if (response?.status === 200) return response.body;
    if (response?.body.code && response.status !== 503)
      throw new Error(`A request was answered ${response.status}: ${JSON.stringify(response.body)}`);
    await pause(RETRY_MS);
  }
}
