import { expect, test } from "vitest";
import { actionProblem, isAction } from "./action-body";

const ID = "60".padEnd(42, "a");
const KNOWN = new Set([ID]);
const PLAIN = "text/plain;charset=UTF-8";

const calling = (id: string, type: string) => ({ "next-action": id, "content-type": type });
const plain = (text: string, id = ID, type = PLAIN) =>
  actionProblem(calling(id, type), new TextEncoder().encode(text), KNOWN);
async function multipart(parts: Record<string, string | Blob>, id: string | null = ID) {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.append(name, value);
  const body = new Response(form);
  const type = body.headers.get("content-type") ?? "";
  const headers = id === null ? { "content-type": type } : calling(id, type);
  return actionProblem(headers, new Uint8Array(await body.arrayBuffer()), KNOWN);
}

test("the arguments that our pages send pass: values, dates, undefined, forms, files and references between parts", async () => {
  expect(
    await plain('[1,null,"$undefined","$D2026-11-28T00:00:00.000Z","$n7","$$1",{"a":["$NaN"]}]'),
  ).toBeNull();
  expect(await plain("[]")).toBeNull();
  expect(await multipart({ "0": '[null,"$K1"]', "1_name": "Acme", "1_note": "{" })).toBeNull();
  expect(
    await multipart({ "0": '["$1","$Qa","$B3"]', "1": '{"a":"$0:0"}', "10": "[]", "3": new Blob(["x"]) }),
  ).toBeNull();
  expect(
    await multipart({ $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${ID}","bound":null}`, name: "{" }, null),
  ).toBeNull();
  expect(await multipart({ [`$ACTION_ID_${ID}`]: "", name: "" }, null)).toBeNull();
  expect(await multipart({ name: "a form that calls no action" }, null)).toBeNull();
});

test.each([
  ["nothing", ""],
  ["no JSON", "["],
  ["no list", '"text"'],
  ["no list of that kind", '{"length":1}'],
  ["a part that isn't there", '["$7"]'],
  ["one deep inside", '[{"a":["$@f"]}]'],
  ["too many", JSON.stringify(Array(101).fill(1))],
])("arguments that are %s are refused", async (_, text) => {
  expect(await plain(text)).toMatchObject({ code: "INVALID_BODY" });
  expect(await multipart({ "0": text })).toMatchObject({ code: "INVALID_BODY" });
});

test("other content types, other bytes, broken forms and missing parts are refused", async () => {
  expect(await plain("[]", ID, "application/json")).toMatchObject({ code: "INVALID_BODY" });
  const bytes = await actionProblem(calling(ID, PLAIN), Uint8Array.of(0x5b, 0xff), KNOWN);
  expect(bytes?.detail).toContain("offset 1");
  expect(await plain("[]", ID, "multipart/form-data; boundary=b")).toMatchObject({ code: "INVALID_BODY" });
  expect(await plain("[]", ID, "multipart/form-data")).toMatchObject({ code: "INVALID_BODY" });
  expect(await multipart({ "0": '["$1"]', "1": "{" })).toMatchObject({ code: "INVALID_BODY" });
  expect(await multipart({ "$ACTION_1:0": "{" }, null)).toMatchObject({ code: "INVALID_BODY" });
});

test("an action of another build is reported as one, wherever its id is", async () => {
  const other = { code: "CHANGED_MEANWHILE", isOtherBuild: true };
  for (const id of ["toString", "0".repeat(42), ""]) expect(await plain("[]", id)).toMatchObject(other);
  expect(await multipart({ $ACTION_ID_00: "" }, null)).toMatchObject(other);
  expect(await multipart({ "$ACTION_1:0": '{"id":"00","bound":null}' }, null)).toMatchObject(other);
});

test("only requests that call an action are checked", () => {
  expect(isAction("POST", calling(ID, PLAIN))).toBe(true);
  expect(isAction("POST", { "content-type": "multipart/form-data; boundary=b" })).toBe(true);
  expect(isAction("POST", { "content-type": "application/json" })).toBe(false);
  expect(isAction("GET", calling(ID, PLAIN))).toBe(false);
});
