import { isUuid } from "@/domain/uuid";

const MOST = 300;
/** Requests through a proxy may name the whole URL (RFC 9112, absolute-form). */
const ORIGIN = /^https?:\/\/[^/?]*/i;
/** Links whose last part is a secret. */
const SECRET_LINK = /^(\/(?:invite|recover|unsubscribe))\/.+$/;
/** What a directory sends as an id may be a name. */
const DIRECTORY_RESOURCE = /^(\/scim\/.*\/(?:Users|Groups))\/(.+)$/i;

/** What is logged of an address: no query, no secret of a link, and no name that is sent as an id. */
export function loggedPath(address: string): string {
  const [path = ""] = address.replace(ORIGIN, "").split("?");
  const [, collection, id = ""] = DIRECTORY_RESOURCE.exec(path) ?? [];
  const shown = collection && !isUuid(id) ? `${collection}/…` : path.replace(SECRET_LINK, "$1/…");
  return shown.slice(0, MOST);
}
