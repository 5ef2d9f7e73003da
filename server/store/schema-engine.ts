import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

type Engine = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

declare global {
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void } | undefined;
  var signetSchemaEngine: Promise<Engine> | undefined;
}

/** Prisma's own schema engine as WebAssembly. It can be instantiated once per process. */
export function schemaEngine(): Promise<Engine> {
  globalThis.signetSchemaEngine ??= instantiate();
  return globalThis.signetSchemaEngine;
}

async function instantiate(): Promise<Engine> {
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= { set_message: () => {} };
  const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const require = createRequire(join(process.cwd(), "package.json"));
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const wasm = readFileSync(/* turbopackIgnore: true */ join(folder, "schema_engine_bg.wasm"));
  const module = await WebAssembly.compile(wasm);
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": imports(engine) });
  const { __wbg_set_wasm: bind } = engine as unknown as { __wbg_set_wasm(exports: unknown): void };
  bind(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine;
}

/** The glue module is its own import object; its types just don't say so. */
function imports(engine: Engine): WebAssembly.ModuleImports {
  return engine as unknown as WebAssembly.ModuleImports;
}
