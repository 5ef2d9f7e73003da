import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { TERM_GROUPS } from "@/components/text/terms";
import { Section } from "@/components/ui/section";
import { principal } from "@/server/identity/session";
import styles from "./terms.module.css";

export const metadata: Metadata = { title: "Terms" };

export default async function TermsPage() {
  await principal();
  return (
    <>
      <PageHead title="Terms" />
      <p className={styles.lead}>Licensing terms as this console uses them.</p>
      {TERM_GROUPS.map(({ name, terms }) => (
        <Section key={name} id={name.toLowerCase().replaceAll(" ", "-")} title={name}>
          <dl className={styles.terms}>
            {terms.map(({ id, name: term, means }) => (
              <div key={id} id={id} className={styles.term}>
                <dt>{term}</dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
    </>
  );
}
