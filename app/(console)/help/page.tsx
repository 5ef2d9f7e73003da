import type { Metadata } from "next";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { beginnings } from "@/server/beginnings";
import { principal } from "@/server/session";
import { FirstSteps } from "../first-steps/first-steps";
import { SampleSection } from "../sample/sample-section";
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
