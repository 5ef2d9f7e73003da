import { redirect } from "next/navigation";
import { ownPath } from "@/app/own-path";
import { goToProvider } from "@/server/identity/sign-in";

/** The way to the identity provider. A link and no form: our policy lets no form lead to another host. */
export async function GET(request: Request): Promise<never> {
  const next = ownPath(new URL(request.url).searchParams.get("next"));
  redirect(await goToProvider(next, `/sign-in?${new URLSearchParams({ next })}`));
}
