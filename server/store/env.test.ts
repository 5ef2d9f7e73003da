import { expect, test } from "vitest";
import { parseEnv } from "./env";

const SECRET = Buffer.alloc(32, 1).toString("base64");
const DATABASE_URL = "postgres://user:word@db.example/signet";

test("an empty environment is valid", () => {
  expect(parseEnv({})).toMatchObject({
    PORT: 3000,
    PROTOCOL_PORT: 3001,
    DATA_DIR: "./data",
    PUBLIC_URL: "http://localhost:3000",
    TRUST_PROXY: false,
    SHUTDOWN_GRACE: 0,
    ALERT_SECONDS: 30,
    WEBHOOK_ALLOWED_NETWORKS: [],
    LOG_LEVEL: "info",
  });
});

test("an empty variable counts as not set", () => {
  expect(parseEnv({ PORT: "", DATABASE_URL: "", SIGNET_ADMIN_TOKEN: "", TRUST_PROXY: "" })).toEqual(
    parseEnv({}),
  );
});

test("the public URL follows the port until it is set", () => {
  expect(parseEnv({ PORT: "8080" }).PUBLIC_URL).toBe("http://localhost:8080");
  expect(parseEnv({ PORT: "8080", HOST: "::1" }).PUBLIC_URL).toBe("http://[::1]:8080");
  expect(parseEnv({ PORT: "8080", PUBLIC_URL: "https://signet.example" }).PUBLIC_URL).toBe(
    "https://signet.example",
  );
});

test("the product API is at the host of the public URL until its own is set", () => {
  const behind = { PUBLIC_URL: "https://signet.example", PROTOCOL_PORT: "4000" };
  expect(parseEnv(behind).PUBLIC_DOOR_URL).toBe("http://signet.example:4000");
  expect(parseEnv({ ...behind, TLS_CERT: "c", TLS_KEY: "k" }).PUBLIC_DOOR_URL).toBe(
    "https://signet.example:4000",
  );
  expect(parseEnv({ ...behind, PUBLIC_DOOR_URL: "https://door.example/" }).PUBLIC_DOOR_URL).toBe(
    "https://door.example",
  );
});

test("mail comes from the host of the public URL until an address is set", () => {
  expect(parseEnv({ PUBLIC_URL: "https://signet.example:8443" }).MAIL_FROM).toBe("signet@signet.example");
  expect(parseEnv({ MAIL_FROM: "licenses@contoso.example" }).MAIL_FROM).toBe("licenses@contoso.example");
});

test.each([
  ["::1", "::1"],
  ["[::1]", "::1"],
  ["0.0.0.0", "0.0.0.0"],
])("the host %s is the address %s", (given, address) => {
  expect(parseEnv({ HOST: given }).HOST).toBe(address);
});

test.each([
  ["of 32 bytes", SECRET],
  ["of more", Buffer.alloc(48, 2).toString("base64")],
  ["with a line break after it", `${SECRET}\n`],
  [
    "with the letters of URLs",
    Buffer.alloc(32, 0xfb).toString("base64").replaceAll("+", "-").replaceAll("/", "_"),
  ],
])("a secret %s is accepted", (_, text) => {
  expect(parseEnv({ SIGNET_SECRET: text }).SIGNET_SECRET).toBe(text);
});

test("a secret that an earlier version accepted can be rotated", () => {
  const SIGNET_SECRET_PREVIOUS = "correct horse battery staple correct horse battery staple";
  expect(parseEnv({ SIGNET_SECRET: SECRET, SIGNET_SECRET_PREVIOUS })).toMatchObject({
    SIGNET_SECRET_PREVIOUS,
  });
});

test("a PostgreSQL is accepted with a secret", () => {
  expect(parseEnv({ DATABASE_URL, SIGNET_SECRET: SECRET })).toMatchObject({
    DATABASE_URL,
    SIGNET_SECRET: SECRET,
  });
});

test.each([
  ["PORT", { PORT: "http" }],
  ["PORT", { PORT: "65536" }],
  ["PORT", { PORT: "80.5" }],
  ["PORT", { PORT: "abc" }],
  ["PORT", { PORT: "0x50" }],
  ["PROTOCOL_PORT", { PROTOCOL_PORT: "-1" }],
  ["PROTOCOL_PORT", { PORT: "4000", PROTOCOL_PORT: "4000" }],
  ["PROTOCOL_PORT", { PROTOCOL_PORT: "3000" }],
  ["METRICS_PORT", { METRICS_PORT: "3000" }],
  ["METRICS_PORT", { METRICS_PORT: "3001" }],
  ["SHUTDOWN_GRACE", { SHUTDOWN_GRACE: "10s" }],
  ["ALERT_SECONDS", { ALERT_SECONDS: "0" }],
  ["WEBHOOK_ALLOWED_NETWORKS", { WEBHOOK_ALLOWED_NETWORKS: "10.0.0.0/8,internal" }],
  ["DATABASE_URL", { DATABASE_URL: "mysql://db", SIGNET_SECRET: SECRET }],
  ["DATABASE_URL", { DATABASE_URL: `${DATABASE_URL}?target_session_attrs=standby`, SIGNET_SECRET: SECRET }],
  ["DATABASE_READ_URL", { DATABASE_READ_URL: DATABASE_URL }],
  ["DATABASE_READ_URL", { DATABASE_URL, SIGNET_SECRET: SECRET, DATABASE_READ_URL: "replica.example" }],
  ["DATABASE_READ_MAX_AGE", { DATABASE_READ_MAX_AGE: "121" }],
  ["SIGNET_SECRET", { DATABASE_URL }],
  ["SIGNET_SECRET", { SIGNET_SECRET: "short" }],
  ["SIGNET_SECRET", { SIGNET_SECRET: "correcthorsebatterystaplecorrecthorsebatterystaplecorre" }],
  ["SIGNET_SECRET", { SIGNET_SECRET: SECRET.slice(0, -1) }],
  ["SIGNET_SECRET", { SIGNET_SECRET: `"${SECRET}"` }],
  ["SIGNET_SECRET", { SIGNET_SECRET: Buffer.alloc(31).toString("base64") }],
  ["SIGNET_SECRET_PREVIOUS", { SIGNET_SECRET: SECRET, SIGNET_SECRET_PREVIOUS: "short" }],
  ["SIGNET_ADMIN_TOKEN", { SIGNET_ADMIN_TOKEN: "a".repeat(31) }],
  ["PUBLIC_URL", { PUBLIC_URL: "signet.example" }],
  ["PUBLIC_DOOR_URL", { PUBLIC_DOOR_URL: "door.example:3001" }],
  ["PUBLIC_URL", { PUBLIC_URL: "ftp://signet.example" }],
  ["SMTP_URL", { SMTP_URL: "mail.example:587" }],
  ["SMTP_URL", { SMTP_URL: "https://mail.example" }],
  ["MAIL_FROM", { MAIL_FROM: "Signet" }],
  ["MAIL_FROM", { MAIL_FROM: "signet@mail.example\nBcc: eve@mail.example" }],
  ["TLS_KEY", { TLS_CERT: "cert.pem" }],
  ["TLS_KEY", { TLS_KEY: "key.pem" }],
  ["TLS_MIN_VERSION", { TLS_MIN_VERSION: "TLSv1.1" }],
  ["TRUST_PROXY", { TRUST_PROXY: "yes" }],
  ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
])("a wrong %s is refused by its name", (name, settings) => {
  expect(() => parseEnv(settings)).toThrow(new RegExp(`^Check the settings: ${name} .*\\.$`));
});

test.each([
  ["TLS_NOPE", "does not know TLS_NOPE"],
  ["ECDHE-RSA-AES128-GCM-SHA256", "names no suite of TLS 1.3"],
])("ciphers that would fail every handshake are refused: %s", (TLS_CIPHERS, reason) => {
  const settings = { TLS_CIPHERS, TLS_MIN_VERSION: "TLSv1.3" };
  expect(() => parseEnv(settings)).toThrow("TLS_CIPHERS can't be used");
  expect(() => parseEnv(settings)).toThrow(reason);
});

test("several errors are reported at once, and no value is repeated", () => {
  const act = () => parseEnv({ PORT: "x", LOG_LEVEL: "loud", SIGNET_ADMIN_TOKEN: "hunter2" });
  expect(act).toThrow(/PORT .*; .*SIGNET_ADMIN_TOKEN .*; .*LOG_LEVEL /);
  expect(act).not.toThrow(/hunter2/);
});
