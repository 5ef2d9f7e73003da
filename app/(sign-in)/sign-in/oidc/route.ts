import { redirect } from "next/navigation";
import { ownPath } from "@/app/own-path";
import { goToProvider } from "@/server/identity/sign-in";

/**
 * Redirects to the identity provider. It is reached by a link, because our content security policy lets no form lead to
 * another host. A link of another site leads to the sign-in page: nobody is signed in without having asked for it.
 */
export async function GET(request: Request): Promise<never> {
  const next = ownPath(new URL(request.url).searchParams.get("next"));
  const signIn = `/sign-in?${new URLSearchParams({ next })}`;
  const isForeign = request.headers.get("sec-fetch-site") === "cross-site";
  redirect(isForeign ? signIn : await goToProvider(next, signIn));
}
