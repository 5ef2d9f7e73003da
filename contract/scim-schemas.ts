import { z } from "@hono/zod-openapi";
import { EFFECT_KINDS } from "@/domain/scim/effect-kind";
import { MOST_MAPPINGS, USUAL_SUBJECT } from "@/domain/scim/scim-connection";
import { licenseNumber, line, moment, name, newName, time } from "./fields";

const nothing = z.null();

const mapping = z.strictObject({
  group: name.openapi({
    description: "The name of the group, or its id in the directory.",
    example: "Analysts",
  }),
  license: licenseNumber,
  allotment: name.openapi({ example: "analyzer" }),
});

const settings = {
  subject: line.openapi({
    description: "The path of the attribute that is the subject of a user's seats.",
    example: USUAL_SUBJECT,
  }),
  groups: z.array(mapping).max(MOST_MAPPINGS),
  report: z.boolean().openapi({ description: "Change nothing and only report what would be done." }),
};

export const NewScimConnection = z
  .strictObject({
    name: newName.openapi({ example: "Entra ID" }),
    license: licenseNumber.optional(),
    customers: z.array(z.uuid()).max(1000).optional(),
    expires: moment.optional(),
    subject: settings.subject.default(USUAL_SUBJECT),
    groups: settings.groups.default([]),
    report: settings.report.default(true),
  })
  .openapi("NewScimConnection", {
    example: {
      name: "Entra ID",
      license: "9999000000001253",
      groups: [{ group: "Analysts", license: "9999000000001253", allotment: "analyzer" }],
    },
  });

export const ScimConnectionChange = z
  .strictObject(settings)
  .partial()
  .openapi("ScimConnectionChange", { example: { report: false } });

export const ScimConnection = z
  .object({
    id: z.uuid(),
    name: z.string(),
    license: z.union([z.string(), nothing]),
    customers: z.array(z.string()),
    createdBy: z.string(),
    created: time,
    expires: z.union([time, nothing]),
    lastUsed: z.union([time, nothing]),
    revoked: z.union([time, nothing]),
    subject: z.string(),
    groups: z.array(z.object({ group: z.string(), license: z.string(), allotment: z.string() })),
    report: z.boolean(),
    users: z.int(),
    inactive: z.int(),
    grants: z
      .array(z.object({ license: z.string(), allotment: z.string(), state: z.string(), count: z.int() }))
      .openapi({ description: "How many members of mapped groups are in each state." }),
  })
  .openapi("ScimConnection");

export const ShownScimConnection = ScimConnection.extend({
  token: z.string().openapi({ description: "Shown only here." }),
}).openapi("ShownScimConnection");

export const ScimEffect = z
  .object({
    id: z.uuid(),
    at: time,
    kind: z.enum(EFFECT_KINDS),
    isDone: z.boolean().openapi({ description: "False in report mode: it would be done." }),
    user: z.union([z.uuid(), nothing]),
    subject: z.union([z.string(), nothing]),
    license: z.union([z.string(), nothing]),
    allotment: z.union([z.string(), nothing]),
    code: z.union([z.string(), nothing]).openapi({ description: "Why it wasn't done." }),
  })
  .openapi("ScimEffect");

export const ScimRequest = z
  .object({
    id: z.uuid(),
    at: time,
    method: z.string(),
    path: z.string().openapi({ example: "/scim/v2/Users" }),
    status: z.int(),
    code: z.union([z.string(), nothing]).openapi({ description: "Why it was refused." }),
  })
  .openapi("ScimRequest");
