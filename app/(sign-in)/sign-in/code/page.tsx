import type { Metadata } from "next";
import Link from "next/link";
import { ownPath } from "../../own-path";
import styles from "../../sign-in.module.css";
import { CodeForm } from "./code-form";

export const metadata: Metadata = { title: "Second factor" };

export default async function CodePage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  return (
    <>
      <h1>Second factor</h1>
      <p className={styles.lead}>Your password was right. Now the code of your authenticator app.</p>
      <CodeForm next={ownPath((await searchParams).next)} />
      <p className={styles.aside}>
        <Link href="/sign-in">Start again</Link>
      </p>
    </>
  );
}
