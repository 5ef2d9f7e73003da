import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

const compare = parseAsString;

/** The editor's mode. */
export const asParser = parseAsStringLiteral(["form", "json"] as const)
  .withDefault("form")
  .withOptions({ history: "push" });

const definitionParams = { as: asParser, compare };

export const loadDefinitionParams = createLoader(definitionParams);
export const definitionQuery = createSerializer(definitionParams);
