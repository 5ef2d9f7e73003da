import pino from "pino";
import { env } from "./env";

declare global {
  var signetLog: pino.Logger | undefined;
}

/** The structured log of the process. It gets codes, counts and ids; never a key, a token, a setup link or a subject. */
export function log(): pino.Logger {
  globalThis.signetLog ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return globalThis.signetLog;
}
