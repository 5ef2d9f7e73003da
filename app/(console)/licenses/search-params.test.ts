import { expect, test } from "vitest";
import { COLUMN_IDS } from "./columns";
import { filterOf, listHref, narrowing, readParams } from "./search-params";

const NOW = new Date("2026-08-24T10:00:00Z");
const CHOICES = { products: ["QSEfW"], customers: [{ id: "a" }] };
const read = (address: Record<string, string>) => readParams(address, CHOICES);

test("nothing said is nothing filtered, newest first", () => {
  const { params, unknown } = read({ status: "", state: "", sort: "" });
  expect([narrowing(params), unknown, params.sort]).toEqual([0, 0, "-created"]);
  expect(listHref("/licenses", params)).toBe("/licenses");
});

test.each([
  [{ state: "molten" }],
  [{ status: "asleep" }],
  [{ ends: "soon" }],
  [{ ends: "2026-13" }],
  [{ customer: "b" }],
  [{ product: "Bogus" }],
  [{ sort: "weight" }],
  [{ view: "mine" }],
  [{ excess: "perhaps" }],
  [{ cols: "state,weight" }],
])("%j is left out and said so", (address) => {
  const { params, unknown } = read(address);
  expect([narrowing(params), unknown]).toEqual([0, 1]);
});

test("what is said stands in the address again, changed where wanted", () => {
  const said = { q: "acme", customer: "a", state: "excess", ends: "60", silent: "true", sort: "-used" };
  const { params, unknown } = read(said);
  expect([narrowing(params), unknown]).toEqual([5, 0]);
  const href = listHref("/licenses", params, { sort: "number", silent: null });
  expect(href).toBe("/licenses?q=acme&customer=a&state=excess&ends=60&sort=number");
});

test.each([
  ["60", "2026-08-24T10:00:00.000Z", "2026-10-23T10:00:00.000Z"],
  ["2026-12", "2026-12-02T00:00:00.000Z", "2027-01-02T00:00:00.000Z"],
])("ends %s is a validity whose end lies from %s on before %s", (ends, from, before) => {
  const interval = filterOf(read({ ends }).params, NOW).ends;
  expect([interval?.from.toISOString(), interval?.before.toISOString()]).toEqual([from, before]);
});

test.each([
  ["", [], "/licenses?cols="],
  ["ends,state,ends,weight", ["state", "ends"], "/licenses?cols=state%2Cends"],
  ["contact,ends,minutes,seats,product,state", COLUMN_IDS, "/licenses"],
])("cols=%s shows %j beside the license", (text, columns, href) => {
  const { params } = read({ cols: text });
  expect([params.cols, narrowing(params), listHref("/licenses", params)]).toEqual([columns, 0, href]);
});
