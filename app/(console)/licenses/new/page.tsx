import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { whyNot } from "@/domain/roles";
import { allowOnLicense, type Principal } from "@/server/access/gate";
import { allowedTo, seen } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { licenseByNumber } from "@/server/licenses/licenses";
import { draftLike, EMPTY, type NewDraft } from "./new-draft";
import { NewLicense } from "./new-license";
import styles from "./page.module.css";
import { loadNew } from "./search-params";

export const metadata: Metadata = { title: "New license" };

export default async function NewLicensePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const { copy, customer } = await loadNew(searchParams);
  const number = parseLicenseNumber(copy ?? "");
  const now = new Date();
  const customers = await customerChoices(who);
  const chosen = customers.find(({ id }) => id === customer)?.name ?? "";
  const first = number ? await likeAnother(who, number, now) : { ...EMPTY, customer: chosen };
  return (
    <>
      <PageHead title="New license" />
      <p className={styles.hint}>
        Have many licenses with serial and control numbers?{" "}
        <TextLink href="/licenses/import">Import legacy licenses</TextLink>
      </p>
      {number ? (
        <p className={styles.hint}>
          Everything except the number is copied from {formatLicenseNumber(number)}. Change what differs.
        </p>
      ) : null}
      <NewLicense
        key={number ?? chosen}
        first={first}
        customers={customers.map(({ name }) => name)}
        why={whyNot(who, "licenses.write")}
        now={now}
      />
    </>
  );
}

async function likeAnother(who: Principal, number: string, now: Date): Promise<NewDraft> {
  await seen(() => allowOnLicense(who, "licenses.read", number));
  return draftLike(await licenseByNumber(number, now));
}
