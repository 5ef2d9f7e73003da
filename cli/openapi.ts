import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";

/** `signet openapi`: describes the API of this version without starting it. `folder` is where it was called. */
export const openapi = (folder: string) => (program: Command) =>
  program
    .command("openapi")
    .description("print the OpenAPI document of the APIs, or with --types their TypeScript types")
    .argument("[file]", "a file to write it to")
    .option("--types", "TypeScript types, as signet/client has them")
    .action(async (file: string | undefined, { types = false }: { types?: boolean }) => {
      const { createApi } = await import("@/api/app");
      const { clientTypes } = await import("@/api/client-types");
      const { documentOf } = await import("@/api/openapi");
      const document = documentOf(createApi({ clock: () => new Date() }));
      const text = types ? clientTypes(document) : `${JSON.stringify(document, null, 2)}\n`;
      if (file) writeFileSync(resolve(folder, file), text);
      else process.stdout.write(text);
    });
