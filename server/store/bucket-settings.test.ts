import { expect, test } from "vitest";
import { bucketIn } from "./bucket-settings";
import { parseEnv } from "./env";

const KEYS = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };
const bucket = (AUDIT_CHECKPOINTS: string) => ({ ...KEYS, AWS_REGION: "eu-central-1", AUDIT_CHECKPOINTS });

test.each([
  ["s3://audit", "audit", ""],
  ["s3://audit/", "audit", ""],
  ["s3://audit.example/signet/prod", "audit.example", "signet/prod/"],
  ["s3://audit/signet/prod/", "audit", "signet/prod/"],
])("%s is the bucket %s with the prefix %j", (text, name, prefix) => {
  expect(bucketIn(parseEnv(bucket(text)))).toMatchObject({ name, prefix });
});

test("a bucket is at AWS in its region, or at the server that is set", () => {
  expect(bucketIn(parseEnv(bucket("s3://audit")))).toEqual({
    ...{
      name: "audit",
      prefix: "",
      endpoint: "https://s3.eu-central-1.amazonaws.com",
      region: "eu-central-1",
    },
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
  });
  const own = {
    ...KEYS,
    AUDIT_CHECKPOINTS: "s3://audit",
    AWS_ENDPOINT_URL_S3: "https://minio.example:9000/",
  };
  expect(bucketIn(parseEnv({ ...own, AWS_SESSION_TOKEN: "token" }))).toMatchObject({
    ...{ endpoint: "https://minio.example:9000", region: "us-east-1" },
    credentials: { sessionToken: "token" },
  });
});

test("a folder is no bucket, and no settings are none", () => {
  expect(bucketIn(parseEnv({ AUDIT_CHECKPOINTS: "/mnt/audit" }))).toBeNull();
  expect(bucketIn(parseEnv({}))).toBeNull();
});

test.each([
  ["audit", "AUDIT_CHECKPOINTS must be an absolute path, or s3://bucket/prefix"],
  ["s3://", "AUDIT_CHECKPOINTS must be"],
  ["s3://Audit/x", "AUDIT_CHECKPOINTS must be"],
  ["s3://audit/../other", "AUDIT_CHECKPOINTS must be"],
  ["s3://audit//x", "AUDIT_CHECKPOINTS must be"],
  ["s3://audit/a b", "AUDIT_CHECKPOINTS must be"],
])("%j is refused before the start", (text, sentence) => {
  expect(() => parseEnv(bucket(text))).toThrow(sentence);
});

test.each([
  [{ AWS_ACCESS_KEY_ID: "" }, "AWS_ACCESS_KEY_ID is required where AUDIT_CHECKPOINTS is a bucket."],
  [{ AWS_SECRET_ACCESS_KEY: "" }, "AWS_SECRET_ACCESS_KEY is required where AUDIT_CHECKPOINTS is a bucket."],
  [
    { AWS_REGION: "" },
    "AWS_REGION is required for a bucket of AWS; for another server set AWS_ENDPOINT_URL_S3.",
  ],
  [{ AWS_ENDPOINT_URL_S3: "minio:9000" }, "AWS_ENDPOINT_URL_S3 must be a URL like https://s3.example.com."],
  [{ AWS_ENDPOINT_URL_S3: "https://x/?y" }, "AWS_ENDPOINT_URL_S3 must be"],
])("a bucket with %j is refused with one sentence", (change, sentence) => {
  expect(() => parseEnv({ ...bucket("s3://audit"), ...change })).toThrow(`Check the settings: ${sentence}`);
});

test("variables of AWS don't matter without a bucket", () => {
  expect(() => parseEnv({ AWS_ENDPOINT_URL_S3: "nonsense", AUDIT_CHECKPOINTS: "/mnt/audit" })).not.toThrow();
});
