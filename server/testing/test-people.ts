import type { Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { auth } from "@/server/identity/auth";
import { CLIENT_ADDRESS } from "@/server/identity/client-address";
import { acceptInvitation, invite } from "@/server/identity/invitations";
import { store } from "@/server/store/store";

export const PASSWORD = "correct horse battery";

/** Creates a person with a role, through an invitation. */
export async function makePerson(
  role: Role,
  { customers = [], now = new Date() }: { customers?: string[]; now?: Date } = {},
) {
  const email = `${crypto.randomUUID()}@signet.example`;
  const { token } = await invite({ email, role, customers }, SYSTEM, now);
  await acceptInvitation(token, { name: `A ${role}`, password: PASSWORD }, now);
  const { id } = await store().db.user.findUniqueOrThrow({ where: { email } });
  return { id, email };
}

export function signIn(email: string, password = PASSWORD, address = "192.0.2.1"): Promise<Response> {
  const headers = new Headers({ [CLIENT_ADDRESS]: address });
  return auth().api.signInEmail({ body: { email, password }, headers, asResponse: true });
}

/** The cookies that a browser would send back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

export async function signedIn(email: string): Promise<string> {
  return cookiesOf(await signIn(email));
}

export async function isSignedIn(cookie: string): Promise<boolean> {
  return (await auth().api.getSession({ headers: new Headers({ cookie }) })) !== null;
}
