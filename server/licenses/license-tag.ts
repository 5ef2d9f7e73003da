import { Refusal } from "@/domain/refusals/refusal";
import { tagOf } from "@/server/store/entity-tag";
import type { License } from "./license";

/** The tag of everything that a license shows: it changes with every change of it. The version stands for the definition. */
export function licenseTag({ definition: _, ...told }: License): string {
  return tagOf(told);
}

export function otherLicense(etag: string): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    `The license was changed in the meantime: its ETag is now "${etag}". Read it, compare, and try again.`,
    { etag },
  );
}

export function otherDefinition(version: string): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    `The definition in force is now ${version}. Read it, compare, and try again.`,
    { etag: version },
  );
}
