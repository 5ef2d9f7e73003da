import { DUAL_USE_PRODUCT } from "@/domain/dual-use";
import { Refusal } from "@/domain/refusals/refusal";
import { activate } from "@/server/deployments/activations";
import { renameDeployment } from "@/server/deployments/deployments";
import { offerDualUse } from "@/server/dual-use/dual-use-offers";
import { acceptDualUse, listDualUseRequests } from "@/server/dual-use/dual-use-requests";
import type { Deployment } from "./deployment";
import { BREMEN, HAMBURG, KIEL, type SampleDeployment } from "./deployments";
import { AUTHOR, type Story } from "./story";

const OFFERED = 40;
const ACCEPTED = 38;
const ASKED = 1;

/** QlikView servers of one customer ask to join its license: one was accepted and follows the users, one waits. */
export function dualUse({ timeline, plans, at: siteAt }: Story): void {
  const { number } = plans.seats.license;
  const ask = (deployment: SampleDeployment, at: Date) => asked(siteAt("seats", HAMBURG), deployment, at);
  timeline.on(OFFERED, async (at) => {
    const terms = { products: [DUAL_USE_PRODUCT], deployments: 2, until: null, note: "Order 2026-1187" };
    await offerDualUse(number, terms, AUTHOR, at);
    await ask(BREMEN, at);
  });
  timeline.on(ACCEPTED, async (at) => {
    const [request] = (await listDualUseRequests(number, { state: "waiting", limit: 1 })).items;
    if (!request) throw new Error("Nobody asked for dual use.");
    await acceptDualUse(number, request.id, AUTHOR, at);
    await ask(BREMEN, at);
    await renameDeployment(number, BREMEN.source, BREMEN.name, AUTHOR, at);
  });
  timeline.on(0, (at) => ask(BREMEN, at));
  timeline.on(ASKED, (at) => ask(KIEL, at));
}

/** Activates with the key of a deployment of the license; that an admin has to accept it first isn't an error here. */
async function asked({ key }: Deployment, deployment: SampleDeployment, at: Date): Promise<void> {
  const { source, product, os, address, clockSkew, versions } = deployment;
  const caller = { key, source, product, os, address, clockSkew, version: versions[1] };
  await activate({ ...caller, features: ["dual-use"] }, "Initial", at).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== "DUAL_USE_REQUIRED") throw error;
  });
}
