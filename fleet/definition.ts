import { readFileSync } from "node:fs";
import { Definition as DefinitionShape } from "@/contract/definition-schemas";
import { type Allotment, type Definition, definitionErrors } from "@/domain/licenses/definition";

/** A definition for the management API, from a file; throws what is wrong with it. */
export function readDefinition(file: string): Definition {
  const read = DefinitionShape.safeParse({ product: "QSEfW", ...JSON.parse(readFileSync(file, "utf8")) });
  if (!read.success)
    throw new Error(
      `${file}: ${read.error.issues.map(({ message, path }) => `${path.join(".")} ${message}`).join("; ")}`,
    );
  const [fault] = definitionErrors(read.data);
  if (fault) throw new Error(`${file}: ${fault.pointer} ${fault.detail}`);
  return read.data;
}

/** Seats for most users of a fleet, and minutes for the others. */
export function usualDefinition(deployments: number): Definition {
  const allotments = [
    allotment("professional", "assigned", deployments),
    allotment("analyzer", "assigned", deployments),
    { ...allotment("analyzer_time", "time", deployments * 60, "analyzer"), overage: deployments * 10 },
  ];
  return { product: "QSEfW", valid: "", trial: false, allotments, parameters: [] };
}

function allotment(name: string, kind: "assigned" | "time", count: number, accessType = name): Allotment {
  const usage = { class: kind, minimum: kind === "time" ? 6 : 1 };
  return { name, usage, provisions: [{ accessType }], units: [{ count, valid: "" }] };
}
