import { z } from "@hono/zod-openapi";
import { freeJson, time } from "./fields";

const status = z.enum(["Ok", "Blacklisted", "Expired"]).openapi({
  description: "`Blacklisted` while suspended or revoked; `Expired` after the validity and its grace days.",
});
const origin = z.enum(["Internal", "External"]);
const valid = z.string().openapi({ example: "2026-01-01/2026-12-31" });

export const LicenseOverview = z
  .object({
    licenseKey: z.string().openapi({
      description: "The id (`jti`) of the newest key that is not revoked; never the key itself.",
    }),
    licenseNumber: z.string(),
    secondaryNumber: z.string(),
    product: z.string(),
    origin,
    status,
    trial: z.boolean(),
    valid,
    version: z.string(),
    updated: time,
    changeTime: time.openapi({ description: "Since when the definition has been in force." }),
    latestValidTime: time.optional().openapi({ description: "The end of validity; absent without one." }),
    allotments: z.array(
      z.object({
        name: z.string(),
        units: z.int().openapi({ description: "Seats in force now, or the month's quota of minutes." }),
        unitsUsed: z.int(),
        usageClass: z.enum(["assigned", "time"]),
        overage: z.int().optional().openapi({ description: "Minutes beyond the quota; -1 without a cap." }),
      }),
    ),
    parameters: z.array(
      z.object({
        name: z.string(),
        valid: z.string(),
        values: freeJson.optional(),
        access: z.object({ allotment: z.string().optional() }).optional(),
      }),
    ),
  })
  .openapi("LicenseOverview", {
    example: {
      licenseKey: "0199d5a0-6f0e-7c3b-9b39-3f7b8f2d1c55",
      licenseNumber: "9999000000001253",
      secondaryNumber: "",
      product: "QSEfW",
      origin: "Internal",
      status: "Ok",
      trial: false,
      valid: "2026-01-01/2026-12-31",
      version: "A1B2-C3D4-E5F6-G7H8-J9K0",
      updated: "2026-08-24T10:00:00.000Z",
      changeTime: "2026-08-24T10:00:00.000Z",
      latestValidTime: "2027-01-01T00:00:00.000Z",
      allotments: [
        { name: "professional", units: 200, unitsUsed: 15, usageClass: "assigned" },
        { name: "analyzer_time", units: 300, unitsUsed: 242, usageClass: "time", overage: 100 },
      ],
      parameters: [],
    },
  });

export const PublishedLicenseStatus = z
  .object({
    type: z.enum(["Signed", "Plain", "2.0"]),
    product: z.string(),
    origin,
    status: z.enum([...status.options, "Missing"]),
    trial: z.boolean(),
    valid,
    extensionStatus: z.enum(["Unavailable", "Pending", "Available"]),
    deactivated: z.boolean(),
  })
  .openapi("PublishedLicenseStatus", {
    example: {
      type: "Signed",
      product: "QSEfW",
      origin: "Internal",
      status: "Ok",
      trial: false,
      valid: "2026-01-01/2026-12-31",
      extensionStatus: "Unavailable",
      deactivated: false,
    },
  });

export const AutoAssignSettings = z
  .object({ autoAssignProfessional: z.boolean(), autoAssignAnalyzer: z.boolean() })
  .openapi("AutoAssignSettings", { example: { autoAssignProfessional: false, autoAssignAnalyzer: true } });
export const AutoAssignChange = AutoAssignSettings.partial().openapi("AutoAssignChange", {
  example: { autoAssignAnalyzer: true },
});

const link = z.object({ href: z.url() });
const links = z.object({ next: link.optional(), prev: link.optional() }).openapi({
  description: "Absolute URLs of the pages beside this one; follow them as they are.",
});

export const PublishedAssignments = z
  .object({
    data: z.array(z.object({ subject: z.string(), type: z.string(), created: time, excess: z.boolean() })),
    links,
  })
  .openapi("PublishedAssignments", {
    example: {
      data: [{ subject: "acme\\bob", type: "analyzer", created: "2026-08-24T10:00:00.000Z", excess: false }],
      links: {
        next: { href: "https://signet.example/api/v1/licenses/assignments?page=bmV4dDo" },
      },
    },
  });

export const PublishedConsumption = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        sessionId: z.string(),
        userId: z.string().optional().openapi({
          description:
            "The name if the license keeps names (`sessionNames`) and your role reads users, else a hash that is the same for the same user; absent for an anonymous session.",
        }),
        appId: z.string().optional(),
        allotmentId: z.string(),
        licenseUsage: z.string().openapi({ description: "The allotment again." }),
        endTime: time,
        duration: z.string().openapi({ description: "From start to end, in ISO 8601." }),
        minutesUsed: z.int(),
        capacityUsed: z.int().openapi({ description: "The blocks of the allotment that these minutes are." }),
      }),
    ),
    links,
  })
  .openapi("PublishedConsumption", {
    example: {
      data: [
        {
          id: "2026-08/0d4c6a5e-6c1b-4a0e-9a57-2f1c3b9d7e10/s1",
          sessionId: "s1",
          userId: "acme\\bob",
          appId: "Sales",
          allotmentId: "analyzer_time",
          licenseUsage: "analyzer_time",
          endTime: "2026-08-24T09:00:00.000Z",
          duration: "PT1H",
          minutesUsed: 26,
          capacityUsed: 5,
        },
      ],
      links: {},
    },
  });

const bob = { subject: "acme\\bob", type: "analyzer" };
const seat = z.object({ subject: z.string(), type: z.string() });
const seats = z.array(seat).max(5000);
/** One client sends the items alone. */
export const AddedAssignments = z
  .union([z.object({ add: seats }), seats])
  .openapi("AddedAssignments", { example: { add: [bob] } });
export const DeleteAssignments = z
  .object({ delete: seats })
  .openapi("DeleteAssignments", { example: { delete: [bob] } });
export const UpdateAssignments = z
  .object({
    update: z
      .array(
        z.object({
          subject: z.string().openapi({ description: "The user, or the one who gets the seat." }),
          type: z.string().optional().openapi({ description: "The allotment to move to." }),
          sourceType: z.string().optional().openapi({
            description: "The allotment to move from; needed if the user holds several seats.",
          }),
          sourceSubject: z.string().optional().openapi({ description: "The user who gives the seat." }),
        }),
      )
      .max(5000),
  })
  .openapi("UpdateAssignments", {
    example: { update: [{ subject: "acme\\bob", type: "professional", sourceType: "analyzer" }] },
  });

const statuses = z.array(
  z.object({
    status: z.int(),
    subject: z.string().optional(),
    type: z.string().optional(),
    sourceType: z.string().optional(),
    sourceSubject: z.string().optional(),
    code: z.string().optional(),
    title: z.string().optional(),
  }),
);
const STATUSES = {
  data: [
    { status: 201, ...bob },
    {
      status: 403,
      subject: "acme\\eve",
      type: "analyzer",
      code: "LICENSES-011",
      title: "No available allotment error, No available allotment.",
    },
  ],
};
export const MultiStatus = z.object({ data: statuses }).openapi("MultiStatus", { example: STATUSES });
/** Items that were sent alone get their statuses alone. */
export const AddedStatus = z
  .union([z.object({ data: statuses }), statuses])
  .openapi("AddedStatus", { example: STATUSES });

export const ProductInfo = z
  .object({ composition: z.object({ deploymentType: z.string() }), externalUrls: z.object({}) })
  .openapi("ProductInfo");
