import { parseKey } from "@/domain/signed-key";
import { renameDeployment } from "@/server/deployments/deployments";
import { issueLicenseKey, revokeLicenseKey } from "@/server/keys/license-keys";
import { createLicense } from "@/server/licenses/licenses";
import { type Deployment, deploymentOf } from "./deployment";
import { GENEVA, HAMBURG, LEEDS, LUGANO, type SampleDeployment, YORK, ZURICH } from "./deployments";
import type { Kind, LicensePlan } from "./plan";
import { AUTHOR, type Story } from "./story";

const TRIAL_SINCE = 12;
const UPGRADED = 30;
const PILOT_DAYS = 20;

/** Creates the licenses, issues their keys and lets the deployments activate, until their last contact. */
export function beginnings(story: Story, deployments: Map<string, Deployment>): void {
  const { timeline, plans, days } = story;
  for (const [kind, plan] of Object.entries(plans) as [Kind, LicensePlan][])
    timeline.on(kind === "trial" ? TRIAL_SINCE : days, (at) => begin(kind, plan, deployments, at));
  pilot(story);
  for (const deployment of [HAMBURG, LEEDS, ZURICH, GENEVA])
    for (const kind of kindsOf(story, deployment))
      timeline.on(UPGRADED, (at) => story.at(kind, deployment).upgrade(at));
  for (const [kind, { sites }] of Object.entries(plans) as [Kind, LicensePlan][])
    for (const deployment of sites)
      if (isHeardOf(kind, deployment)) timeline.on(0, (at) => story.at(kind, deployment).sync([], at));
}

async function begin(
  kind: Kind,
  { license, sites }: LicensePlan,
  deployments: Map<string, Deployment>,
  at: Date,
) {
  const { number } = await createLicense(license, AUTHOR, at);
  const { key: text } = await issueLicenseKey(number, sites.map(({ name }) => name).join("; "), AUTHOR, at);
  const key = parseKey(text);
  if (!key) throw new Error("The key that was issued cannot be read.");
  for (const site of sites) {
    const deployment = deploymentOf(site, key);
    deployments.set(chainKey(kind, site), deployment);
    await deployment.activate(at);
    await renameDeployment(number, site.source, site.name, AUTHOR, at);
  }
}

export function chainKey(kind: Kind, { source }: SampleDeployment): string {
  return `${kind} ${source}`;
}

/** A key that was issued for a pilot and revoked after it. */
function pilot({ timeline, plans, days }: Story): void {
  let jti = "";
  timeline.on(days, async (at) => {
    ({ jti } = await issueLicenseKey(plans.seats.license.number, "Pilot", AUTHOR, at));
  });
  timeline.on(days - PILOT_DAYS, (at) => revokeLicenseKey(jti, "The pilot is over", AUTHOR, at));
}

/** The licenses that a deployment uses when it is upgraded: the trial begins later. */
function kindsOf({ plans }: Story, deployment: SampleDeployment): Kind[] {
  const all = Object.entries(plans) as [Kind, LicensePlan][];
  return all
    .filter(([kind, { sites }]) => kind !== "trial" && sites.includes(deployment))
    .map(([kind]) => kind);
}

/** York and Lugano fell silent, and a suspended license refuses all calls. */
function isHeardOf(kind: Kind, deployment: SampleDeployment): boolean {
  return kind !== "suspended" && deployment !== YORK && deployment !== LUGANO;
}
