import { isAbsolute } from "node:path";
import { z } from "zod";
import { fieldPredicate } from "@/domain/refusals/field-sentences";
import { parseNetworks } from "@/domain/webhooks/networks";
import { tlsLimits } from "@/machine/tls-limits";
import { AWS_SETTINGS, bucketError, isBucket } from "./bucket-settings";
import { type Database, parseDatabaseUrl, parseReadUrl } from "./database-url";
import { hostToTell } from "./local-url";
import { perProcess } from "./per-process";
import { decodeSecret } from "./secret-text";
import { isCiphertext, VAULT_SETTINGS, vaultError } from "./vault-settings";

const NEW_SECRET = "for example from `openssl rand -base64 32`";

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a port number from 0 to 65535");
const secret = z
  .string()
  .refine(
    (text) => isCiphertext(text) || (decodeSecret(text)?.length ?? 0) >= 32,
    `must be at least 32 random bytes in base64, ${NEW_SECRET}, or a ciphertext of Vault. If this installation already uses this value, rotate it: set a new SIGNET_SECRET, and this value as SIGNET_SECRET_PREVIOUS`,
  );
/** A secret as earlier versions accepted it: they read any text as base64. */
const previousSecret = z
  .string()
  .refine(
    (text) => isCiphertext(text) || Buffer.from(text, "base64").length >= 32,
    "must be the previous secret",
  );
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(", ")}` });
const requests = z
  .string()
  .regex(/^\d{1,9}$/, "must be a number of requests in five minutes, or 0 for no limit")
  .transform(Number);
const webUrl = z.url({ protocol: /^https?$/, error: "must begin with http:// or https://" });
const flag = oneOf(["true", "false", "1", "0"]).transform((text) => text === "true" || text === "1");

const databaseUrl = (parse: (text: string) => Database) =>
  z.string().superRefine((url, { addIssue }) => {
    try {
      parse(url);
    } catch (error) {
      addIssue(error instanceof Error ? error.message : "can't be read");
    }
  });

/** Networks beside the public ones, separated by commas. */
const networks = z
  .string()
  .default("")
  .transform((text, context) => {
    try {
      return parseNetworks(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.addIssue(`must be networks with commas between them: ${reason}`);
      return z.NEVER;
    }
  });

const schema = z
  .object({
    PORT: port.default(3000),
    HOST: z
      .string()
      .transform((host) => host.replace(/^\[(.*)\]$/, "$1"))
      .optional(),
    PROTOCOL_PORT: port.default(3001),
    METRICS_PORT: port.optional(),
    DATA_DIR: z.string().min(1).default("./data"),
    DATABASE_URL: databaseUrl(parseDatabaseUrl).optional(),
    DATABASE_READ_URL: databaseUrl(parseReadUrl).optional(),
    DATABASE_READ_MAX_AGE: z
      .string()
      .regex(/^([1-9]|[1-9]\d|1[01]\d|120)$/, "must be a number of seconds from 1 to 120")
      .transform(Number)
      .default(30),
    SIGNET_SECRET: secret.optional(),
    SIGNET_SECRET_PREVIOUS: previousSecret.optional(),
    ...VAULT_SETTINGS,
    SIGNET_ADMIN_TOKEN: z.string().min(32, "must have at least 32 characters").optional(),
    PUBLIC_URL: webUrl.optional(),
    PUBLIC_DOOR_URL: webUrl.transform((url) => url.replace(/\/+$/, "")).optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must begin with smtp:// or smtps://" }).optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, "must be an e-mail address")
      .optional(),
    OIDC_ISSUER: webUrl.optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().max(40, "must have at most 40 characters").optional(),
    TLS_CERT: z.string().optional(),
    TLS_KEY: z.string().optional(),
    TLS_CIPHERS: z.string().optional(),
    TLS_MIN_VERSION: oneOf(["TLSv1.2", "TLSv1.3"]).default("TLSv1.2"),
    TRUST_PROXY: flag.default(false),
    QRS_FACADE: oneOf(["on", "off"]).default("off"),
    RATE_LIMIT_READS: requests.default(60_000),
    RATE_LIMIT_WRITES: requests.default(30_000),
    RATE_LIMIT_CALLS: requests.default(300_000),
    OTEL_EXPORTER_OTLP_ENDPOINT: webUrl.optional(),
    SHUTDOWN_GRACE: z
      .string()
      .regex(/^\d{1,3}$/, "must be a number of seconds from 0 to 999")
      .transform(Number)
      .default(0),
    ALERT_SECONDS: z
      .string()
      .regex(/^([1-9]|[1-9]\d|[12]\d\d|300)$/, "must be a number of seconds from 1 to 300")
      .transform(Number)
      .default(30),
    SESSION_MONTHS: z
      .string()
      .regex(/^([1-9]|[1-9]\d|1[01]\d|120)$/, "must be a number of months from 1 to 120")
      .transform(Number)
      .default(13),
    WEBHOOK_ALLOWED_NETWORKS: networks,
    BACKUP_RECIPIENT: z
      .string()
      .regex(/^age1[0-9a-z]{58}$/, "must be a recipient (age1…) as `signet backup-key` creates it")
      .optional(),
    BACKUP_IDENTITY: z
      .string()
      .regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/, "must be an identity (AGE-SECRET-KEY-1…)")
      .optional(),
    BACKUP_WITH_SECRET: flag.default(false),
    BACKUP_FOLDER: z.string().refine(isAbsolute, "must be an absolute path").optional(),
    BACKUP_HOURS: z
      .string()
      .regex(/^([1-9]|[1-9]\d|[1-6]\d\d|7[01]\d|720)$/, "must be a number of hours from 1 to 720")
      .transform(Number)
      .default(24),
    BACKUP_KEEP: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, "must be a number of files from 1 to 999")
      .transform(Number)
      .default(14),
    AUDIT_CHECKPOINTS: z
      .string()
      .refine((text) => isAbsolute(text) || isBucket(text), "must be an absolute path, or s3://bucket/prefix")
      .optional(),
    ...AWS_SETTINGS,
    LOG_LEVEL: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  })
  .refine((env) => !env.TLS_CERT === !env.TLS_KEY, {
    path: ["TLS_KEY"],
    error: "must be set together with TLS_CERT",
  })
  .superRefine(({ TLS_CIPHERS, TLS_MIN_VERSION }, context) => {
    try {
      tlsLimits(TLS_CIPHERS, TLS_MIN_VERSION);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: "custom", path: ["TLS_CIPHERS"], message: `can't be used: ${reason}` });
    }
  })
  .refine((env) => !env.OIDC_ISSUER === !env.OIDC_CLIENT_ID, {
    path: ["OIDC_CLIENT_ID"],
    error: "must be set together with OIDC_ISSUER",
  })
  .refine((env) => !env.BACKUP_FOLDER || env.BACKUP_RECIPIENT, {
    path: ["BACKUP_RECIPIENT"],
    error: "is required with BACKUP_FOLDER: a recipient as `signet backup-key` creates it",
  })
  .superRefine((settings, { addIssue }) => {
    for (const error of [bucketError(settings), vaultError(settings)])
      if (error) addIssue({ code: "custom", path: [error.name], message: error.message });
  })
  .refine((env) => !env.BACKUP_WITH_SECRET || !isCiphertext(env.SIGNET_SECRET ?? ""), {
    path: ["BACKUP_WITH_SECRET"],
    error: "must be false where SIGNET_SECRET is a ciphertext: a backup would hold it in clear",
  })
  .refine((env) => !env.DATABASE_READ_URL || env.DATABASE_URL, {
    path: ["DATABASE_READ_URL"],
    error: "is for a standby of the database in DATABASE_URL, which must be set too",
  })
  .refine((env) => !env.DATABASE_URL || env.SIGNET_SECRET, {
    path: ["SIGNET_SECRET"],
    error: `is required with DATABASE_URL: 32 random bytes in base64, ${NEW_SECRET}`,
  })
  .superRefine(({ PORT, PROTOCOL_PORT, METRICS_PORT }, { addIssue }) => {
    const refuse = (name: string, other: string) =>
      addIssue({
        code: "custom",
        path: [name],
        message: `is the same port as ${other}. Choose another port`,
      });
    if (PROTOCOL_PORT && PROTOCOL_PORT === PORT) refuse("PROTOCOL_PORT", "PORT");
    if (METRICS_PORT && METRICS_PORT === PORT) refuse("METRICS_PORT", "PORT");
    if (METRICS_PORT && METRICS_PORT === PROTOCOL_PORT) refuse("METRICS_PORT", "PROTOCOL_PORT");
  });

/** The settings of a process, read once. */
export type Env = z.infer<typeof schema> & {
  PUBLIC_URL: string;
  /** Whether PUBLIC_URL was set, not derived. */
  isPublicUrlSet: boolean;
  PUBLIC_DOOR_URL: string;
  MAIL_FROM: string;
};

/** Reads the settings; throws an error that names each wrong variable. Empty variables count as not set. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given, { error: fieldPredicate });
  if (parsed.success) {
    const { PORT, HOST, PROTOCOL_PORT, TLS_CERT } = parsed.data;
    const { PUBLIC_URL = `http://${hostToTell(HOST)}:${PORT}` } = parsed.data;
    const { hostname } = new URL(PUBLIC_URL);
    return {
      PUBLIC_DOOR_URL: `${TLS_CERT ? "https" : "http"}://${hostname}:${PROTOCOL_PORT}`,
      MAIL_FROM: `signet@${hostname}`,
      ...parsed.data,
      PUBLIC_URL,
      isPublicUrlSet: parsed.data.PUBLIC_URL !== undefined,
    };
  }
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`Check the settings: ${faults.join("; ")}.`);
}

export function env(): Env {
  return perProcess("env", () => parseEnv(process.env));
}
