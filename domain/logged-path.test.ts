import { expect, test } from "vitest";
import { loggedPath } from "./logged-path";

const ID = "4fd182c8-26da-401c-8687-16bbd4cd3ad3";

test.each([
  ["/licenses?q=acme%5Cbob", "/licenses"],
  ["/invite/c2VjcmV0", "/invite/…"],
  ["/recover/c2VjcmV0?x=1", "/recover/…"],
  ["/unsubscribe/Ym9i.c2VjcmV0/now", "/unsubscribe/…"],
  ["https://signet.example:3000/recover/c2VjcmV0", "/recover/…"],
  [`/scim/v2/Users/${ID}`, `/scim/v2/Users/${ID}`],
  ["/scim/v2/Users/bob@acme.example", "/scim/v2/Users/…"],
  ["/scim/v2/v2/groups/Leads/x", "/scim/v2/v2/groups/…"],
  ['/scim/v2/Users?filter=userName eq "bob"', "/scim/v2/Users"],
  ["/users/4280996292738899/77", "/users/4280996292738899/77"],
  ["/api/v1/admin/users/search", "/api/v1/admin/users/search"],
  [`/v1/${"x".repeat(400)}`, `/v1/${"x".repeat(296)}`],
  ["", ""],
])("of %s %s is logged", (address, path) => expect(loggedPath(address)).toBe(path));
