import { z } from "@hono/zod-openapi";
import { newName, time } from "./fields";

const minutes = z.int();

export const MinuteLease = z
  .object({
    lease: z.uuid(),
    source: z.string(),
    run: z.uuid().openapi({ description: "One unbroken life of the deployment's state." }),
    allotment: z.string(),
    month: z.string(),
    granted: minutes.openapi({ description: "All minutes that the run may use in the month." }),
    booked: minutes.openapi({ description: "The part of them that was reported." }),
    reserved: minutes.openapi({ description: "What it keeps from others; 0 once the month has ended." }),
    since: time,
    expires: time.openapi({
      description: "After this time the minutes can't be used, but they stay reserved.",
    }),
    lastContact: time,
    state: z.enum(["open", "ended", "released"]).openapi({
      description:
        "`ended`: it has expired, a later run of the source exists, or the month has ended. Its minutes stay reserved until the month ends.",
    }),
  })
  .openapi("MinuteLease");

export const LeaseReason = z
  .strictObject({ reason: newName.openapi({ example: "The machine was scrapped." }) })
  .openapi("LeaseReason");

export const LeaseRelease = z
  .object({
    minutes: minutes.openapi({ description: "The minutes that are free again." }),
    warning: z.string().openapi({ description: "By how much the month can exceed its cap." }),
  })
  .openapi("LeaseRelease");
