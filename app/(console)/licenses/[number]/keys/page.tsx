import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Empty } from "@/components/ui/empty";
import { FilterLinks } from "@/components/ui/filter-links";
import { ListBar } from "@/components/ui/list-bar";
import { ListSection } from "@/components/ui/list-section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { type LicenseKey, listLicenseKeys } from "@/server/keys/license-keys";
import { IssueLink } from "./issue-link";
import { KeyPanel } from "./key-panel";
import { KeyTable } from "./key-table";
import styles from "./page.module.css";
import { type KeyStatus, keyQuery, loadKeyParams } from "./search-params";

export const metadata: Metadata = { title: "Keys" };

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function KeysPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "keys.read");
  const address = await searchParams;
  const asked = loadKeyParams(address);
  const { status, open } = asked;
  const keys = await listLicenseKeys(license.number);
  const shown = keys.filter((key) => status === null || statusOf(key) === status);
  const path = `/licenses/${license.number}/keys`;
  return (
    <ListSection title="Keys" id="keys">
      <ListBar actions={<IssueLink number={license.number} why={whyNot(who, "keys.issue")} />}>
        {keys.length > 0 ? (
          <FilterLinks label="Keys by status" links={linksOf(license.number, keys, status)} />
        ) : null}
      </ListBar>
      <UnknownFilters filters={unknownIn(address, asked, ["status"])} />
      <div className={styles.parts} data-open={open !== null}>
        {shown.length > 0 ? (
          <KeyTable license={license} keys={shown} asked={asked} who={who} now={now} />
        ) : (
          <NoKey status={status} list={path} />
        )}
        {open ? (
          <KeyPanel
            license={license}
            open={open}
            of={keys.find(({ jti }) => jti === open)}
            back={keyQuery(path, { ...asked, open: null })}
            who={who}
            now={now}
          />
        ) : null}
      </div>
    </ListSection>
  );
}

function NoKey({ status, list }: { status: KeyStatus | null; list: string }) {
  if (status)
    return (
      <Empty
        title={
          status === "stopped" ? "No stopped keys." : "No keys in use. A product needs a key to activate."
        }
      >
        <TextLink href={list}>Clear filters</TextLink>
      </Empty>
    );
  return (
    <Empty title="No keys yet. A product needs a key to activate.">
      <p>A key can be used on any number of deployments.</p>
    </Empty>
  );
}

function statusOf({ revoked, withdrawn }: LicenseKey): KeyStatus {
  return revoked || withdrawn ? "stopped" : "in-use";
}

function linksOf(number: string, keys: LicenseKey[], current: KeyStatus | null) {
  const link = (name: string, status: KeyStatus | null) => ({
    name,
    href: keyQuery(`/licenses/${number}/keys`, { status }),
    count: status ? keys.filter((key) => statusOf(key) === status).length : keys.length,
    isCurrent: status === current,
  });
  return [link("All", null), link("In use", "in-use"), link("Stopped", "stopped")];
}
