import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { findPrincipal } from "@/server/session";
import { ownPath } from "../own-path";
import styles from "../sign-in.module.css";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next);
  if (await findPrincipal()) redirect(next);
  return (
    <>
      <h1>Sign in</h1>
      <p className={styles.lead}>to {(await headers()).get("host")}</p>
      <SignInForm next={next} />
    </>
  );
}
