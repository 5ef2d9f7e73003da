import type { Metadata } from "next";
import Link from "next/link";
import { ownPath } from "@/app/own-path";
import styles from "../../sign-in.module.css";
import { CodeForm } from "./code-form";

export const metadata: Metadata = { title: "Second factor" };

type Props = { searchParams: Promise<{ next?: string; with?: string }> };

export default async function CodePage({ searchParams }: Props) {
  const { next: asked, with: means } = await searchParams;
  const next = ownPath(asked);
  const isRecovery = means === "recovery";
  const other = new URLSearchParams({ next, ...(isRecovery ? {} : { with: "recovery" }) });
  return (
    <>
      <h1>Second factor</h1>
      <p className={styles.lead}>
        {isRecovery
          ? "Your password was right. Now one of the recovery codes that you stored. Each works once."
          : "Your password was right. Now the code of your authenticator app."}
      </p>
      <CodeForm next={next} isRecovery={isRecovery} />
      <p className={styles.aside}>
        <Link href={`/sign-in/code?${other}`}>
          {isRecovery ? "Use the authenticator" : "Use a recovery code"}
        </Link>
        <Link href="/sign-in">Start again</Link>
      </p>
    </>
  );
}
