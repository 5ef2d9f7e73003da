import { accepts } from "hono/accepts";
import { bodyLimit } from "hono/body-limit";
import { invalidBody } from "@/api/http";
import { readAddress } from "@/api/peer";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { Refusal } from "@/domain/refusals/refusal";
import { isPlainText } from "@/domain/text";
import { retrieveLef } from "@/server/legacy/lef-retrieval";
import { type Fields, invalidValue, readFields } from "./body";
import type { ProductApp } from "./types";

const MOST_BYTES = 4096;
const TYPES = ["application/json", "text/plain"];

const limitLef = bodyLimit({
  maxSize: MOST_BYTES,
  onError: () => {
    throw new Refusal("BODY_TOO_LARGE", "The body can have at most 4 KiB: serial, control and userAgent.");
  },
});

/** For legacy products: no key, but serial and control number. */
export function lef(app: ProductApp, clock: () => Date): void {
  app.post("/v1/lef", limitLef, async (c) => {
    const body = await readFields(c);
    const said = body.userAgent ?? c.req.header("User-Agent");
    const response = await retrieveLef({
      serial: serialIn(textIn(body, "serial")),
      control: textIn(body, "control"),
      address: readAddress(c) ?? "",
      userAgent: isPlainText(said) && said !== "" ? said : null,
      now: clock(),
    });
    c.header("Cache-Control", "no-store");
    const type = accepts(c, { header: "Accept", supports: TYPES, default: "application/json" });
    return type === "text/plain" ? c.text(response.lef) : c.json(response);
  });
}

/** An invalid license number gets the same response as one that nobody has. */
function serialIn(text: string): string {
  return parseLicenseNumber(text) ?? text;
}

function textIn(body: Fields, name: string): string {
  const text = body[name];
  if (isPlainText(text) && text !== "") return text;
  throw invalidBody([invalidValue(`/${name}`, `${name} must be a text of 1 to 200 characters.`)]);
}
