import { expect, test } from "vitest";
import { checkBackend, proxyOf } from "./addresses";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const at = "http://proxy.example.com:3128";

test.each([
  [at, undefined, undefined],
  [`${at}/`, undefined, undefined],
  ["http://acme:secret@proxy.example.com:3128", undefined, "acme:secret"],
  ["http://acme:@proxy.example.com:3128", undefined, "acme:"],
  ["http://acme@proxy.example.com:3128", undefined, "acme:"],
  ["http://acme@proxy.example.com:3128", "p#%@:/ ü", "acme:p#%@:/ ü"],
  ["http://acme%5Cbob@proxy.example.com:3128", "x", "acme\\bob:x"],
  ["http://acme:p%23%25%40%2F%3F@proxy.example.com:3128", undefined, "acme:p#%@/?"],
  ["http://acme:p@ss@proxy.example.com:3128", undefined, "acme:p@ss"],
  ["http://acme:a:b@proxy.example.com:3128", undefined, "acme:a:b"],
  ["http://acme:m%C3%BCller@proxy.example.com:3128", undefined, "acme:müller"],
] as const)("%s with %j sends %j", (address, password, credentials) => {
  const proxy = proxyOf(address, password);
  expect([proxy.uri, proxy.host]).toEqual([at, "proxy.example.com:3128"]);
  expect(proxy.authorization).toBe(credentials === undefined ? undefined : basic(credentials));
});

test("an IPv6 address and https are accepted", () => {
  expect(proxyOf("https://u:p@[::1]:8443")).toEqual({
    ...{ uri: "https://[::1]:8443", host: "[::1]:8443", authorization: basic("u:p") },
  });
});

const ENCODE = "# is %23, % is %25, @ is %40";

test.each([
  ["http://acme:SEC#RET@proxy:3128", undefined, ENCODE],
  ["http://acme:12#34SECRET@proxy:3128", undefined, ENCODE],
  ["http://acme:12/34SECRET@proxy:3128", undefined, ENCODE],
  ["http://acme:SEC?RET@proxy:3128", undefined, ENCODE],
  ["http://acme:SECRET%@proxy:3128", undefined, ENCODE],
  ["http://acme:100%SECRET@proxy:3128", undefined, ENCODE],
  ["http://acme:SECRET%FC@proxy:3128", undefined, ENCODE],
  ["http://acme:SECRET@proxy:31x28", undefined, "can't be read"],
  ["http://acme:SECRET@", undefined, "can't be read"],
  ["http://proxy:3128/path", undefined, "nothing can follow its port"],
  ["http://proxy:3128#SECRET", undefined, "nothing can follow its port"],
  ["acme:SECRET@proxy:3128", undefined, "begin with http://"],
  ["socks5://acme:SECRET@proxy:1080", undefined, "begin with http://"],
  ["http://acme:SECRET@proxy:3128", "SECRET", "given twice"],
  ["http://proxy:3128", "SECRET", "no user"],
] as const)("%s with %j is refused, and never repeated: %s", (address, password, reason) => {
  expect(() => proxyOf(address, password)).toThrow(reason);
  expect(() => proxyOf(address, password)).not.toThrow(/SEC/);
});

test.each([
  "https://license.example.com",
  "http://localhost:3001/",
  "https://license.example.com/signet",
  "http://[::1]:3001",
])("%s is a backend's address", (address) => expect(checkBackend(address)).toBeUndefined());

test.each([
  ["license.example.com:3001", "begins with https://"],
  ["ftp://license.example.com", "begins with https://"],
  ["https://", "begins with https://"],
  ["https://license.example.com/v1", "leave out /v1"],
  ["https://license.example.com/v1/activations", "leave out /v1"],
  ["https://acme:x@license.example.com", "no user and password"],
  ["https://license.example.com/?x=1", "everything from ?"],
])("%s is refused: %s", (address, reason) => expect(() => checkBackend(address)).toThrow(reason));
