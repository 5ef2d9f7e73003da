import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { FIRST_TEMPLATE } from "@/domain/licenses/license-template";
import { KNOWN_PRODUCTS } from "@/domain/licenses/products";
import { whyNot } from "@/domain/roles";
import { allowOnLicense, type Principal } from "@/server/access/gate";
import { allowedTo, seen } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { productChoices, usualProduct } from "@/server/licenses/license-list";
import { licenseTemplates } from "@/server/licenses/license-templates";
import { licenseByNumber } from "@/server/licenses/licenses";
import { draftLike, emptyDraft, type NewDraft } from "./new-draft";
import { NewLicense } from "./new-license";
import styles from "./page.module.css";
import { loadNew } from "./search-params";
import { COPY } from "./source";

export const metadata: Metadata = { title: "New license" };

export default async function NewLicensePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const { copy, customer } = await loadNew(searchParams);
  const number = parseLicenseNumber(copy ?? "");
  const now = new Date();
  const why = whyNot(who, "licenses.write");
  const [customers, products, usual, templates] = await Promise.all([
    customerChoices(who),
    productChoices(who),
    usualProduct(who),
    why ? [] : licenseTemplates(),
  ]);
  const chosen = customers.find(({ id }) => id === customer)?.name ?? "";
  const first = number ? await likeAnother(who, number, now) : emptyDraft(chosen, usual, now);
  return (
    <>
      <PageHead title="New license" />
      <p className={styles.hint}>
        Many at once? <TextLink href="/licenses/new/csv">Create licenses from CSV</TextLink> or, with serial
        and control numbers, <TextLink href="/licenses/import">import legacy licenses</TextLink>.
      </p>
      {number ? (
        <p className={styles.hint}>
          Everything except the number is copied from {formatLicenseNumber(number)}. Change what differs.
        </p>
      ) : null}
      <NewLicense
        key={number ?? chosen}
        first={first}
        source={number ? COPY : FIRST_TEMPLATE.id}
        customers={customers.map(({ name }) => name)}
        products={[...new Set([...KNOWN_PRODUCTS, ...products])]}
        usualProduct={usual}
        templates={templates}
        why={why}
        now={now}
      />
    </>
  );
}

async function likeAnother(who: Principal, number: string, now: Date): Promise<NewDraft> {
  await seen(() => allowOnLicense(who, "licenses.read", number));
  return draftLike(await licenseByNumber(number, now));
}
