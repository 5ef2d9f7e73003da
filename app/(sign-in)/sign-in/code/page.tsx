import type { Metadata } from "next";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { ownPath } from "@/app/own-path";
import { Link } from "@/components/ui/link";
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
          ? "Enter one of your recovery codes. Each code works once."
          : "Enter the code from your authenticator app."}
      </p>
      <CodeForm next={next} isRecovery={isRecovery} />
      <p className={styles.aside}>
        <Link href={`/sign-in/code?${other}`}>{isRecovery ? "Use authenticator" : "Use recovery code"}</Link>
        <Link href="/sign-in">Start over</Link>
      </p>
    </>
  );
}
