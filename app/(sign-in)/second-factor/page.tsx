import type { Metadata } from "next";
import { signOutHere } from "@/app/(console)/_lib/actions";
import { ownPath } from "@/app/own-path";
import { hasPassword } from "@/server/identity/password";
import { isWithoutFactor, ownAccount } from "@/server/identity/session";
import { EnrolForm } from "./enrol-form";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondFactorPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string }>;
}) {
  const next = ownPath((await searchParams).next);
  const { id, hasSecondFactor } = await ownAccount();
  return (
    <>
      <h1>Second factor</h1>
      <EnrolForm
        next={next}
        why={await whyNotNow(id, hasSecondFactor)}
        isRequired={await isWithoutFactor()}
        signOut={signOutHere}
      />
    </>
  );
}

async function whyNotNow(id: string, hasSecondFactor: boolean): Promise<string | null> {
  if (hasSecondFactor) return "It is already on. You can turn it off under Account.";
  if (await hasPassword(id)) return null;
  return "You sign in through your identity provider, which handles the second factor.";
}
