import { dateStyle } from "@/app/(console)/_lib/date-style";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { keyName } from "@/app/(console)/licenses/[number]/keys/key-name";
import { keyQuery } from "@/app/(console)/licenses/[number]/keys/search-params";
import { count, counted, percent } from "@/components/text/numbers";
import { monthText, When } from "@/components/text/when";
import { CopyButton } from "@/components/ui/copy-button";
import { SidePanel } from "@/components/ui/side-panel";
import { TextLink } from "@/components/ui/text-link";
import { type DateStyle, dayText } from "@/domain/dates/date-style";
import { FORGET_DAYS, forgettableFrom, isOffline, pulseOf } from "@/domain/deployment-pulse";
import { leaseEnd } from "@/domain/licenses/lease";
import type { Month } from "@/domain/month";
import { deploymentShares } from "@/server/deployments/deployment-shares";
import { type Deployment, findDeployment } from "@/server/deployments/deployments";
import { listLicenseKeys } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import { ContactStrip } from "./contact-strip";
import { ClearSuspicion, ForgetDeployment } from "./deployment-actions";
import { clockText } from "./deployment-labels";
import { DeploymentName } from "./deployment-name";
import styles from "./deployments.module.css";

type Props = {
  license: License;
  source: string;
  /** The month whose usage is shown. */
  month: Month;
  back: string;
  now: Date;
  why: string | null;
};

/** One deployment: its status, its suspicions, and its details. */
export async function DeploymentPanel({ license, source, month, back, now, why }: Props) {
  const { number } = license;
  const deployment = await findDeployment(number, source, now);
  return (
    <SidePanel
      key={source}
      title={<DeploymentName source={source} name={deployment?.name} />}
      back={back}
      opener={`site-${source}`}
    >
      {deployment ? (
        <div className={styles.panel}>
          <p>{standing(deployment, license, now, await dateStyle())}</p>
          <Suspicions number={number} site={deployment} now={now} why={why} />
          <Facts number={number} site={deployment} now={now} />
          {isOffline(deployment) ? null : <ContactStrip days={deployment.contacts} />}
          <Shares number={number} source={source} month={month} />
          <Forget number={number} site={deployment} back={back} now={now} why={why} />
        </div>
      ) : (
        <p>This deployment no longer exists. It was forgotten, or it never called.</p>
      )}
    </SidePanel>
  );
}

function standing(deployment: Deployment, { valid, settings }: License, now: Date, dates: DateStyle): string {
  const { lastSeen, lastUpload } = deployment;
  if (isOffline(deployment) && lastUpload)
    return `It has no network and works from a signed definition. Its last log was uploaded on ${dayText(lastUpload, dates)}.`;
  if (!lastSeen) return "It never called.";
  const end = leaseEnd(valid, lastSeen, settings);
  const lease = `its lease ${end < now ? "ended" : "ends"} on ${dayText(end, dates)}`;
  const pulse = pulseOf(lastSeen, now);
  if (pulse === "silent") return `It has not called since ${dayText(lastSeen, dates)}; ${lease}.`;
  return pulse === "late" ? `It is late: ${lease}.` : `It calls regularly; ${lease}.`;
}

type SiteProps = { number: string; site: Deployment; now: Date; why: string | null };

function Suspicions({ number, site: { source, evidence }, now, why }: SiteProps) {
  if (evidence.length === 0) return null;
  return (
    <ul className={styles.suspicions} aria-label="Suspicions">
      {evidence.map(({ code, sentence, first, last }) => (
        <li key={code}>
          <p>{sentence}</p>
          <p className={styles.seen}>
            First <When at={first} now={now} isNamed />, last <When at={last} now={now} isNamed />
          </p>
          <ClearSuspicion number={number} source={source} code={code} why={why} />
        </li>
      ))}
    </ul>
  );
}

async function Facts({ number, site, now }: Omit<SiteProps, "why">) {
  const key = (await listLicenseKeys(number)).find(({ jti }) => jti === site.jti);
  const when = (at: Date | null) => (at ? <When at={at} now={now} /> : "never");
  return (
    <>
      <div className={styles.source}>
        <h4>Source</h4>
        <code>{site.source}</code>
        <CopyButton text={site.source} size="compact-sm">
          Copy source
        </CopyButton>
      </div>
      <Definitions
        of={[
          ["Product", [site.product ?? "unknown", site.version].filter(Boolean).join(" ")],
          ["System", site.os ?? "unknown"],
          ["Address", site.address ?? "unknown"],
          [
            "Key used",
            key || !site.lastUpload ? (
              <TextLink key="key" href={keyQuery(`/licenses/${number}/keys`, { open: site.jti })}>
                {keyName(key ?? { jti: site.jti, label: "" })}
              </TextLink>
            ) : (
              "none, its logs were uploaded manually"
            ),
          ],
          [site.lastSeen ? "First contact" : "First upload", when(site.firstSeen)],
          ["Last contact", when(site.lastSeen)],
          ["Last report", when(site.lastReport)],
          ["Last sync", when(site.lastSync)],
          ...(site.lastUpload ? [["Offline, last upload", when(site.lastUpload)] as const] : []),
          ["Assignments synced to", site.base === null ? "never synced" : `change ${count(site.base)}`],
          ["Clock", clockText(site.clockSkew)],
        ]}
      />
    </>
  );
}

async function Shares({ number, source, month }: { number: string; source: string; month: Month }) {
  const shares = (await deploymentShares(number, month, [source])).get(source);
  if (!shares) return null;
  return (
    <>
      <h4>Used in {monthText(month)}</h4>
      <Definitions
        of={shares.map(({ allotment, consumed, total }) => [
          allotment,
          `${counted(consumed, "minute")}, ${percent(consumed, total)} of total`,
        ])}
      />
    </>
  );
}

function Forget({ number, site, back, now, why }: SiteProps & { back: string }) {
  const { source, name, lastSeen, lastUpload } = site;
  const heard = isOffline(site) ? "One of its logs was uploaded" : "It called";
  const tooEarly =
    now < forgettableFrom(lastSeen, lastUpload) ? `${heard} within the last ${FORGET_DAYS} days.` : null;
  return (
    <div className={styles.forget}>
      <p>
        A deployment that no longer exists can be forgotten {FORGET_DAYS} days after its last call or upload.
      </p>
      <ForgetDeployment
        number={number}
        source={source}
        name={name ?? source}
        back={back}
        why={why ?? tooEarly}
      />
    </div>
  );
}
