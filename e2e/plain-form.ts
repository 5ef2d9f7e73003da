import { type APIRequestContext, expect } from "@playwright/test";

type Fields = Record<string, string>;

/** Submits a form like a browser without JavaScript, and returns the resulting page. */
export async function sendPlainForm(
  request: APIRequestContext,
  address: string,
  fields: Fields,
): Promise<string> {
  const page = await request.get(address);
  const body = new FormData();
  for (const [name, value] of [...hiddenBeside(Object.keys(fields), await page.text()), ...entries(fields)])
    body.set(name, value);
  const { origin } = new URL(page.url());
  const sent = await request.post(address, { multipart: body, headers: { Origin: origin } });
  expect(sent.ok(), `${sent.status()} after the form of ${address}`).toBe(true);
  return sent.text();
}

const entries = (fields: Fields): [string, string][] => Object.entries(fields);

/** The hidden fields of the form with these fields, which changes something. */
function hiddenBeside(names: string[], html: string): [string, string][] {
  const forms = [...html.matchAll(/<form\b[^>]*method="POST".*?<\/form>/gs)].map(([form]) => form);
  const form = forms.find((one) => names.every((name) => one.includes(`name="${name}"`)));
  if (!form) throw new Error(`There is no form with ${names.join(", ")}.`);
  const inputs = [...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => input);
  return inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]);
}

function attribute(tag: string, name: string): string {
  const [, value = ""] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  const named: Fields = { quot: '"', amp: "&", lt: "<", gt: ">", "#x27": "'" };
  return value.replace(/&([^;]+);/g, (whole, entity) => named[entity] ?? whole);
}
