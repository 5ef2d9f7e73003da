import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Empty } from "@/components/empty";
import { FilterLinks } from "@/components/filter-links";
import { Section } from "@/components/section";
import { whyNot } from "@/domain/roles";
import { type LicenseKey, listLicenseKeys } from "@/server/license-keys";
import { licenseOfPage, type NumberParams } from "../license-of-page";
import { IssueLink } from "./issue-link";
import { KeyTable } from "./key-table";
import { type KeyStatus, keyQuery, loadKeyParams } from "./search-params";

export const metadata: Metadata = { title: "Keys" };

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function KeysPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "keys.read");
  const { status } = await loadKeyParams(searchParams);
  const keys = await listLicenseKeys(license.number);
  const shown = keys.filter((key) => status === null || statusOf(key) === status);
  return (
    <Section
      title="Keys"
      id="keys"
      hint="One key may be used on any number of deployments."
      actions={<IssueLink number={license.number} why={whyNot(who, "keys.issue")} />}
    >
      {keys.length > 0 ? (
        <FilterLinks label="Keys by status" links={linksOf(license.number, keys, status)} />
      ) : null}
      {shown.length > 0 ? (
        <KeyTable license={license} keys={shown} who={who} now={now} />
      ) : (
        <NoKey status={status} />
      )}
    </Section>
  );
}

function NoKey({ status }: { status: KeyStatus | null }) {
  if (status === "stopped") return <Empty title="No key of this license was stopped." />;
  if (status === "in-use") return <Empty title="No key is in use. A product needs one to activate." />;
  return <Empty title="No key yet. A product needs one to activate." />;
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
