"use server";

import { z } from "zod";
import { type Exchange, exchange, type SentRequest } from "@/api/product/simulation";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { text } from "@/app/(console)/_lib/form-fields";
import { monthOf } from "@/domain/month";
import { copyLicense, keyOfCopy, removeCopiesOf } from "@/server/licenses/license-copies";

const line = text(200);
const stepForm = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("activate") }),
  z.object({ kind: z.literal("report"), allotment: line, minutes: z.int(), sequence: z.int().min(1) }),
  z.object({
    kind: z.literal("sync"),
    base: z.int().min(0),
    epoch: line.optional(),
    subject: line,
    allotment: line,
  }),
]);
const deploymentForm = z.object({ product: line, source: line });

export type Step = z.infer<typeof stepForm>;
export type SimulatedDeployment = z.infer<typeof deploymentForm>;
export type Simulated = { copy: string; exchange: Exchange };

/** Sends one request as a product, on a temporary copy of the license; the first request creates the copy. */
export async function simulate(
  number: string,
  copy: string | null,
  sentSite: SimulatedDeployment,
  sentStep: Step,
): Promise<ActionResult<Simulated>> {
  return actOnLicense(number, "licenses.simulate", async ({ actor, now }) => {
    const deployment = parsed(deploymentForm, sentSite);
    const step = parsed(stepForm, sentStep);
    const known = parsed(line.nullable(), copy);
    const used = known ?? (await copyLicense(number, actor, now)).number;
    const key = await keyOfCopy(used, number, actor, now);
    const request = requestOf(step, deployment, used, now);
    return { copy: used, exchange: await exchange(key, request, () => new Date()) };
  });
}

/**
 * Removes the copy as soon as its creator leaves the page. If the window is just closed, the copy is removed when it
 * expires.
 */
export async function endSimulation(number: string): Promise<ActionResult<void>> {
  return actOnLicense(number, "licenses.simulate", ({ actor }) => removeCopiesOf(number, actor.id));
}

function requestOf(
  step: Step,
  { product, source }: SimulatedDeployment,
  license: string,
  now: Date,
): SentRequest {
  const userAgent = `Licenses/1.6.4 (linux) ${product}`;
  const post = (path: string, body: object): SentRequest => ({
    method: "POST",
    path,
    userAgent,
    body: { source, ...body },
  });
  if (step.kind === "activate") return post("/v1/activations", { cause: "Initial" });
  if (step.kind === "report") {
    const { allotment, minutes: consumption, sequence } = step;
    const element = { id: "1", allotment, month: monthOf(now), consumption, sequence };
    return post("/v1/consumption", { consumption: [element] });
  }
  const { base: version, epoch, subject, allotment } = step;
  const patch = { instance: "", version: 0, license, allotment, subject, created: now.toISOString() };
  return post("/v1/assignments/sync", {
    bases: [{ license, version, epoch }],
    patches: subject === "" ? [] : [patch],
  });
}
