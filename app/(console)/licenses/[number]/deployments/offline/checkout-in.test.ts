import { expect, test } from "vitest";
import { checkoutIn } from "./checkout-in";

const fields = { product: "QSEfW", label: "Mill", source: "", days: "", promise: "shares" };

test.each([
  [
    "shares that are filled in",
    { "share:analyzer": "5", "share:time": "" },
    { shares: [{ allotment: "analyzer", units: 5 }] },
  ],
  ["none filled in: the server says so", { "share:analyzer": "0" }, { shares: [] }],
  ["the whole definition, whatever shares say", { promise: "whole", "share:analyzer": "5" }, {}],
  ["a source and days", { promise: "whole", source: "mill-1", days: "30" }, { source: "mill-1", days: 30 }],
  [
    "what isn't a number stays for the server to name",
    { promise: "whole", days: "a month" },
    { days: "a month" },
  ],
  ["0 days: the server says so", { promise: "whole", days: "0" }, { days: 0 }],
])("%s", (_, more, wanted) => {
  expect(checkoutIn({ ...fields, ...more })).toEqual({ product: "QSEfW", label: "Mill", ...wanted });
});
