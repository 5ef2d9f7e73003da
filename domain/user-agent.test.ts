import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUserAgent } from "./user-agent";

test.each([
  ["Licenses/1.6.4 (windows) QSEfW", { version: "1.6.4", os: "windows", product: "QSEfW" }],
  ["Licenses/10.0.0-rc.1+build.7 (linux) QV", { version: "10.0.0-rc.1+build.7", os: "linux", product: "QV" }],
  [
    "Licenses/1.0.0 (Windows NT 10.0; Win64) my_product-2",
    { version: "1.0.0", os: "Windows NT 10.0; Win64", product: "my_product-2" },
  ],
])("%s is read", (text, expected) => expect(parseUserAgent(text)).toEqual(expected));

test.each([
  "",
  "Licenses",
  "Licenses/1.6.4",
  "Licenses/1.6.4 QSEfW",
  "Licenses/1.6.4 (windows)",
  "Licenses/1.6.4 (windows) ",
  "Licenses/1.6.4 () QSEfW",
  "Licenses/1.6.4 ( ) QSEfW",
  "Licenses/1.6 (windows) QSEfW",
  "Licenses/v1.6.4 (windows) QSEfW",
  "licenses/1.6.4 (windows) QSEfW",
  "Licenses/1.6.4  (windows) QSEfW",
  "Licenses/1.6.4 (windows) QSEfW more",
  "Licenses/1.6.4 (windows) QSEfW\n",
  " Licenses/1.6.4 (windows) QSEfW",
  "Licenses/1.6.4 (win(dows)) QSEfW",
  "Licenses/1.6.4 (win\ndows) QSEfW",
  "Licenses/1.6.4 (wïndows) QSEfW",
  "Licenses/1.6.4 (windows) QSÉfW",
  "Licenses/1.6.4 (windows) ../x",
  `Licenses/1.6.4 (windows) ${"Q".repeat(41)}`,
  `Licenses/1.6.4 (${"w".repeat(180)}) QSEfW`,
  "Mozilla/5.0 (X11; Linux x86_64)",
])("%j isn't read", (text) => expect(parseUserAgent(text)).toBeNull());

test("a parsed user agent has a product of 1 to 40 characters and at most 200 in total", () => {
  const products = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);
  const systems = fc.stringMatching(/^[a-z]{1,200}$/);
  fc.assert(
    fc.property(products, systems, (product, os) => {
      const text = `Licenses/1.6.4 (${os}) ${product}`;
      const legal = product.length <= 40 && text.length <= 200;
      expect(parseUserAgent(text)).toEqual(legal ? { version: "1.6.4", os, product } : null);
    }),
  );
});
