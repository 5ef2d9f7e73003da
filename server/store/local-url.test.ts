import { expect, test } from "vitest";
import { hostToTell, localUrl } from "./local-url";

test.each([
  [undefined, "http://127.0.0.1:3000"],
  ["0.0.0.0", "http://127.0.0.1:3000"],
  ["::", "http://[::1]:3000"],
  ["::1", "http://[::1]:3000"],
  ["192.0.2.7", "http://192.0.2.7:3000"],
  ["signet.example", "http://signet.example:3000"],
])("a port that listens on %s is reached at %s", (host, url) => {
  expect(localUrl(host, 3000)).toBe(url);
});

test.each([
  [undefined, "localhost"],
  ["::", "localhost"],
  ["127.0.0.1", "localhost"],
  ["::1", "[::1]"], // "localhost" may have only an IPv4 address
  ["192.0.2.7", "192.0.2.7"],
])("people see %s as %s", (host, told) => {
  expect(hostToTell(host)).toBe(told);
});
