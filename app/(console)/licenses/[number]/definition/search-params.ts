import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

const compare = parseAsString;

/** How the document is edited. */
export const asParser = parseAsStringLiteral(["form", "json"] as const)
  .withDefault("form")
  .withOptions({ history: "push" });

const definitionParams = { as: asParser, compare };

export const loadDefinitionParams = createLoader(definitionParams);
export const definitionQuery = createSerializer(definitionParams);
