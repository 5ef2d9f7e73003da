import { ACTIONS, SILENT } from "./actions";
import { expect, test } from "./people";
import { builtActions, sendAction, tried } from "./sent-action";

const CONSOLE = "app/(console)/";
const isAll = process.env.SIGNET_TEST === "all";

/** Values that no action expects anywhere, though some treat one or another as empty. */
const JUNK: unknown[] = [{}, [], null, 7, "\0", { toString: 7 }];
const FIELDS =
  "number id name email password chosen token role label license days subjects allotment instance list search address customers code next";

const formOfNuls = () => {
  const form = new FormData();
  for (const name of FIELDS.split(" ")) form.set(name, "\0");
  return form;
};

/**
 * Replaces each argument with junk, and shortens the list of arguments. Each argument gets the next two of these by
 * turns; `npm run test:all` tries all of them.
 */
function malformed(sent: unknown[], turn = 0): unknown[][] {
  return sent.flatMap((part, at) => {
    const junk = part instanceof FormData ? [...JUNK, formOfNuls()] : JUNK;
    const tries = [...junk.map((value) => sent.with(at, value)), sent.slice(0, at)];
    const first = (2 * (turn + at)) % tries.length;
    return isAll ? tries : tries.filter((_, nth) => nth === first || nth === (first + 1) % tries.length);
  });
}

test("every action of the console refuses malformed arguments", async ({ person, issue, api, baseURL }) => {
  test.setTimeout(600_000);
  const license = await tried(api, await issue());
  const { page } = await person("owner");
  const broken: string[] = [];
  for (const [turn, [name, built]] of [...builtActions(CONSOLE)].entries()) {
    const action = ACTIONS[name];
    if (action?.isGrave || name.endsWith(" signOutHere")) continue;
    const args = action ? action.sent(license) : [new FormData()];
    for (const sent of malformed(args, turn)) {
      const response = await sendAction(page.request, String(baseURL), built, sent, license.number);
      const isAnswered = SILENT.includes(name)
        ? response.status() < 500 // an action without a result renders its page, which may not exist
        : /^\w+:\{"ok":/m.test(await response.text());
      if (!isAnswered) broken.push(`${name} ${JSON.stringify(sent)}: ${response.status()}`);
    }
  }
  expect(broken).toEqual([]);
});

test("every action before the sign-in refuses malformed arguments", async ({ request, baseURL }) => {
  const actions = [...builtActions("app/(sign-in)/")];
  expect(actions.length).toBeGreaterThan(4);
  const broken: string[] = [];
  for (const [name, built] of actions)
    for (const sent of malformed([null, formOfNuls()])) {
      const response = await sendAction(request, String(baseURL), built, sent, "");
      if (response.status() >= 400) broken.push(`${name} ${JSON.stringify(sent)}: ${response.status()}`);
    }
  expect(broken).toEqual([]);
});

test("an action from another site is refused with a problem body", async ({ request, baseURL }) => {
  const [[, built] = []] = builtActions("app/(sign-in)/");
  if (!built) throw new Error("No action was built.");
  for (const origin of ["https://evil.example", "null"]) {
    const response = await sendAction(request, origin, built, [null, new FormData()], "");
    expect([response.status(), response.headers()["content-type"]]).toEqual([
      403,
      "application/problem+json",
    ]);
    expect(await response.json()).toMatchObject({ code: "WRONG_ORIGIN", type: "/errors/wrong-origin" });
  }
  const own = await sendAction(request, String(baseURL), built, [null, new FormData()], "");
  expect(own.status()).toBeLessThan(400);
});

test("malformed action bodies and actions of another build get problem bodies, not server errors", async ({
  request,
  baseURL,
}) => {
  const [[, built] = []] = builtActions("app/(sign-in)/");
  if (!built) throw new Error("No action was built.");
  const plain = "text/plain;charset=UTF-8";
  const form = "multipart/form-data; boundary=b";
  const part = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b--\r\n`;
  const sent: [string | null, string, string | Buffer, number][] = [
    [built.id, plain, "[", 422],
    [built.id, plain, "", 422],
    [built.id, plain, '"text"', 422],
    [built.id, plain, '["$7"]', 422],
    [built.id, plain, Buffer.from([0x5b, 0xff, 0x5d]), 422],
    [built.id, plain, `["${"x".repeat(1024 * 1024)}"]`, 413],
    [built.id, "application/x-www-form-urlencoded", "a=b", 422],
    [built.id, form, "not a form", 422],
    [built.id, form, part("0", "[").slice(0, -6), 422],
    [built.id, form, part("0", '["$@9"]'), 422],
    [null, form, "not a form", 422],
    [null, form, part("$ACTION_1:0", "{"), 422],
    ["0".repeat(42), plain, "[]", 409],
    ["toString", plain, "[]", 409],
    [null, form, part("$ACTION_ID_none", ""), 409],
  ];
  for (const [id, type, data, status] of sent) {
    const headers = { "Content-Type": type, Origin: String(baseURL), ...(id ? { "Next-Action": id } : {}) };
    const response = await request.post("/sign-in", { headers, data, maxRedirects: 0 });
    expect([response.status(), response.headers()["content-type"]], String(data).slice(0, 80)).toEqual([
      status,
      "application/problem+json",
    ]);
    expect(response.headers()["x-nextjs-action-not-found"]).toBe(status === 409 ? "1" : undefined);
  }
});

test("a wrong method or body on sign-in endpoints gets a problem body", async ({ request }) => {
  for (const [method, path, status] of [
    ["DELETE", "get-session", 405],
    ["GET", "sign-in/email", 405],
    ["PUT", "sign-out", 405],
    ["POST", "update-user", 404],
    ["POST", "sign-in/email", 422],
  ] as const) {
    const headers = { "Content-Type": "application/json" };
    const response = await request.fetch(`/api/auth/${path}`, { method, headers, data: Buffer.from("{") });
    expect([response.status(), response.headers()["content-type"]], path).toEqual([
      status,
      "application/problem+json",
    ]);
    if (status === 405) expect(response.headers().allow).toMatch(/^(GET|POST)$/);
  }
});
