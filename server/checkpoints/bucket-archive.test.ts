import { afterAll, beforeAll, expect, test } from "vitest";
import { bucketIn } from "@/server/store/bucket-settings";
import { type BucketServer, openBucket } from "@/server/testing/test-bucket";
import { bucketArchive } from "./bucket-archive";

let server: BucketServer;
beforeAll(async () => {
  server = await openBucket();
});
afterAll(() => server.stop());

function archiveWith(change: Record<string, string> = {}, { settings } = server) {
  const bucket = bucketIn({ ...settings, ...change });
  if (!bucket) throw new Error("The settings name no bucket.");
  return bucketArchive(bucket);
}

test("a checkpoint is written under the prefix, found in a list of any length, and read", async () => {
  const archive = archiveWith();
  server.pageSize = 2;
  server.objects.set("signet/prod2/checkpoint-of-others", "");
  const names = ["a.jwt", "b.jwt", "c.jwt", "d.jwt", "e-1.jwt"];
  for (const name of names) await archive.write(name, `text of ${name}`);
  expect([...server.objects.keys()]).toContain("signet/prod/a.jwt");
  expect(await archive.list()).toEqual(names);
  expect(await archive.read("e-1.jwt")).toBe("text of e-1.jwt");
});

test("a bucket can have no prefix", async () => {
  const archive = archiveWith({ AUDIT_CHECKPOINTS: "s3://audit" });
  await archive.write("top.jwt", "text");
  expect(server.objects.get("top.jwt")).toBe("text");
  expect([archive.name, await archive.list()]).toEqual(["s3://audit", expect.arrayContaining(["top.jwt"])]);
});

test("temporary credentials are signed with their token", async () => {
  const temporary = await openBucket("audit", "token/of+session==");
  await archiveWith({}, temporary).write("a.jwt", "text");
  expect(temporary.objects.size).toBe(1);
  await temporary.stop();
});

test.each([
  ["a wrong secret", { AWS_SECRET_ACCESS_KEY: "wrong" }, "403 SignatureDoesNotMatch"],
  ["another region", { AWS_REGION: "us-east-1" }, "403 SignatureDoesNotMatch"],
  ["an unknown bucket", { AUDIT_CHECKPOINTS: "s3://none/x" }, "404 NoSuchBucket"],
])("%s is named in one sentence", async (_, change, reason) => {
  const { 1: name } = /s3:\/\/(\w+)/.exec(archiveWith(change).name) ?? [];
  await expect(archiveWith(change).write("a.jwt", "text")).rejects.toThrow(
    `The bucket ${name} answers ${reason} to PUT.`,
  );
});

test("what fails on the server's side is tried again", async () => {
  let attempts = 0;
  server.refuse(() => (++attempts < 3 ? { status: 503, code: "SlowDown" } : null));
  await archiveWith().write("again.jwt", "text");
  expect([attempts, server.objects.get("signet/prod/again.jwt")]).toEqual([3, "text"]);
  server.refuse(() => ({ status: 503, code: "SlowDown" }));
  await expect(archiveWith().read("again.jwt")).rejects.toThrow(
    "The bucket audit answers 503 SlowDown to GET.",
  );
  server.refuse(() => null);
});

test("a redirect isn't followed, because the signed request would go to another server", async () => {
  server.refuse(() => ({ status: 301, code: "PermanentRedirect" }));
  await expect(archiveWith().list()).rejects.toThrow("answers 301 PermanentRedirect");
  server.refuse(() => null);
});

test("a server that doesn't answer is named without the credentials", async () => {
  const archive = archiveWith({ AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" });
  await expect(archive.list()).rejects.toThrow("http://127.0.0.1:1 can't be reached.");
});
