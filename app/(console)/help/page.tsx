import type { Metadata } from "next";
import { FirstSteps } from "@/app/(console)/first-steps/first-steps";
import { SampleSection } from "@/app/(console)/sample/sample-section";
import { PageHead } from "@/components/shell/page-head";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { principal } from "@/server/identity/session";
import { beginnings } from "@/server/overview/beginnings";
import styles from "./help.module.css";
import { HELP_PAGES } from "./help-pages";

export const metadata: Metadata = { title: "Help" };

export default async function HelpPage() {
  const who = await principal();
  const begun = await beginnings(who);
  return (
    <>
      <PageHead title="Help" />
      <ul className={styles.pages}>
        {HELP_PAGES.map(({ href, name, about, Icon }) => (
          <li key={href}>
            <Icon size={18} stroke={1.75} aria-hidden />
            <div>
              <h2>
                <Link href={href}>{name}</Link>
              </h2>
              <p>{about}</p>
            </div>
          </li>
        ))}
      </ul>
      {begun ? <SampleSection who={who} /> : null}
      {begun ? (
        <Section title="First steps" id="first-steps" hint="From an empty installation to a working product.">
          <FirstSteps who={who} begun={begun} />
        </Section>
      ) : null}
    </>
  );
}
