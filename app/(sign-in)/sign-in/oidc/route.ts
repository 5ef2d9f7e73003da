import { redirect } from "next/navigation";
import { ownPath } from "@/app/own-path";
import { goToProvider } from "@/server/identity/sign-in";

/**
 * Redirects to the identity provider. It is reached by a link, because our content security policy lets no form lead to
 * another host.
 */
export async function GET(request: Request): Promise<never> {
  const next = ownPath(new URL(request.url).searchParams.get("next"));
  redirect(await goToProvider(next, `/sign-in?${new URLSearchParams({ next })}`));
}
