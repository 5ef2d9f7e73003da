import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { dayShown } from "@/app/(console)/_list/iso-days";
import { readTypedDays } from "@/app/(console)/_list/typed-days";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { DualUseRequests } from "@/app/(console)/licenses/[number]/deployments/dual-use/dual-use-requests";
import { listedRequests } from "@/app/(console)/licenses/[number]/deployments/dual-use/listed-requests";
import { WaitingNotice } from "@/app/(console)/licenses/[number]/deployments/dual-use/waiting-notice";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { ListSection } from "@/components/ui/list-section";
import { Section } from "@/components/ui/section";
import { rightOf, whyNot, whyOnlySeen } from "@/domain/roles";
import { savedViews } from "@/server/identity/saved-views";
import { DeploymentPanel } from "./deployment-panel";
import { Deployments } from "./deployments";
import styles from "./deployments.module.css";
import { FirstDeployment } from "./first-deployment";
import { listedDeployments } from "./listed-deployments";
import { deploymentSearch, loadDeployments } from "./search-params";

export const metadata: Metadata = { title: "Deployments" };

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function DeploymentsPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "deployments.read");
  const { number } = license;
  const address = await searchParams;
  const path = `/licenses/${number}/deployments`;
  await readTypedDays(path, address, ["before"]);
  const asked = loadDeployments(address);
  const page = await listedDeployments(license, asked, now);
  const { open } = asked;
  const why = whyNot(who, "deployments.write");
  const first = await listedRequests(license, now);
  const requests = <DualUseRequests {...{ number, first }} why={whyNot(who, "dual-use.decide")} />;
  if (page.counts.all === 0)
    return (
      <>
        {requests}
        <Section title="Deployments" id="deployments" actions={<OfflineLink number={number} />}>
          <Empty title="No deployments yet.">
            <FirstDeployment number={number} maySimulate={rightOf(who.role, "licenses.simulate") === "yes"} />
          </Empty>
        </Section>
      </>
    );
  return (
    <>
      <ListSection title="Deployments" id="deployments">
        <WaitingNotice {...{ number, first }} />
        <div className={styles.parts} data-open={open !== null}>
          <Deployments
            number={number}
            asked={asked}
            first={page}
            why={why}
            saved={await savedViews(who.id, "deployments")}
            whyNotSave={whyOnlySeen(who)}
            actions={
              <>
                <OfflineLink number={number} />
                <ActionLink
                  href={deploymentSearch(`${path}/export`, {
                    ...asked,
                    cursor: null,
                    open: null,
                    origin: null,
                  })}
                  isFile
                >
                  Export CSV
                </ActionLink>
              </>
            }
            before={dayShown(asked.before, address.before)}
            unknown={unknownIn(address, asked, ["state", "key", "sort", "month"])}
          />
          {open ? (
            <DeploymentPanel
              license={license}
              source={open}
              month={page.month}
              back={deploymentSearch(path, { ...asked, open: null })}
              now={now}
              why={why}
            />
          ) : null}
        </div>
      </ListSection>
      {requests}
    </>
  );
}

/** The link to the files of deployments without a network. */
function OfflineLink({ number }: { number: string }) {
  return <ActionLink href={`/licenses/${number}/deployments/offline`}>Signed definitions</ActionLink>;
}
