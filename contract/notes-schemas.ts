import { z } from "@hono/zod-openapi";
import { isPlainLines, NOTES_LIMITS } from "@/domain/licenses/notes";
import { line, withoutHidden } from "./fields";

const MOST = NOTES_LIMITS;

/** Text of several lines: well-formed, without control characters but line breaks and tabs. */
function lines(max: number) {
  return z
    .string()
    .trim()
    .max(max, `must have at most ${max} characters`)
    .refine(isPlainLines, "must not contain control characters");
}

const names = line
  .refine((name) => name !== "" && name.length <= MOST.name, `must have 1 to ${MOST.name} characters`)
  .superRefine(withoutHidden);

export const Notes = z
  .strictObject({
    contractNumber: line.default("").openapi({ example: "C-2026/17" }),
    contact: lines(MOST.contact).default("").openapi({ example: "Ana Ruiz, ana@acme.example" }),
    text: lines(MOST.text).default("").openapi({ example: "Renews in May." }),
    metadata: z
      .record(names, lines(MOST.value))
      .refine((held) => Object.keys(held).length <= MOST.names, `can have at most ${MOST.names} names`)
      .default({})
      .openapi({
        description: `Free values by name, up to ${MOST.names}.`,
        example: { crm: "4711" },
      }),
  })
  .openapi("Notes", {
    description: "What people note about a license or a customer. Products and license admins never see it.",
  });
