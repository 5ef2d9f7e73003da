import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import type { Bucket } from "@/server/store/bucket-settings";
import type { CheckpointArchive } from "./archive";

const LONGEST_MS = 30_000;
/** Attempts after the first, where the server fails or asks for fewer requests. */
const RETRIES = 2;

/**
 * A bucket by the S3 API (https://docs.aws.amazon.com/AmazonS3/latest/API/), addressed by its path, which every server
 * understands.
 */
export function bucketArchive(bucket: Bucket): CheckpointArchive {
  const send = sender(bucket);
  const { name, prefix } = bucket;
  const home = `${bucket.endpoint}/${name}`;
  return {
    name: `s3://${name}/${prefix}`.replace(/\/$/, ""),
    write: async (checkpoint, body) =>
      void (await send(`${home}/${prefix}${checkpoint}`, { method: "PUT", body })),
    list: () => namesIn(prefix, (query) => send(`${home}?${query}`)),
    read: (checkpoint) => send(`${home}/${prefix}${checkpoint}`),
  };
}

type Send = (url: string, init?: { method: string; body: string }) => Promise<string>;

/** Redirects aren't followed: they would take the signed request to another server. */
function sender({ region, credentials, name, endpoint }: Bucket): Send {
  const client = new AwsClient({ ...credentials, service: "s3", region, retries: RETRIES });
  return async (url, init) => {
    const { method = "GET", body = "" } = init ?? {};
    const headers = { "X-Amz-Content-Sha256": createHash("sha256").update(body).digest("hex") };
    const signal = AbortSignal.timeout(LONGEST_MS);
    const wanted = { method, body: body || null, headers, redirect: "manual", signal } as const;
    const response = await client.fetch(url, wanted).catch((cause) => {
      throw new Error(`${endpoint} can't be reached.`, { cause });
    });
    const text = await response.text();
    if (response.ok) return text;
    const [, code = ""] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
    throw new Error(`The bucket ${name} answers ${`${response.status} ${code}`.trim()} to ${method}.`);
  };
}

/** The names of objects, page by page. Only names that need no escapes are ours. */
async function namesIn(prefix: string, list: (query: URLSearchParams) => Promise<string>): Promise<string[]> {
  const names: string[] = [];
  const query = new URLSearchParams({ "list-type": "2", prefix });
  for (;;) {
    const page = await list(query);
    for (const [, key = ""] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) names.push(key.slice(prefix.length));
    const [, token] = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(page) ?? [];
    if (!token) return names;
    query.set("continuation-token", token);
  }
}
