import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { SignatureV4 } from "@smithy/signature-v4";
import { timeOfStamp } from "@/domain/time-stamps";

/** What a request is answered with; null to serve it. */
type Refusing = (request: { method: string; path: string }) => { status: number; code: string } | null;

type Reply = { status: number; text: string };
type Contents = { name: string; sessionToken: string; objects: Map<string, string>; pageSize: number };

/** A server of the S3 API on 127.0.0.1 that refuses what isn't signed as AWS's own library signs it. */
export type BucketServer = {
  settings: Record<string, string>;
  /** The objects by key. */
  objects: Map<string, string>;
  refuse(how: Refusing): void;
  /** How many objects a page of a list has. */
  pageSize: number;
  stop(): Promise<void>;
};

const CREDENTIALS = { accessKeyId: "AKIDSIGNET", secretAccessKey: "secret/of+signet" };
const REGION = "eu-central-1";

export async function openBucket(name = "audit", sessionToken = ""): Promise<BucketServer> {
  const bucket = { name, sessionToken, objects: new Map<string, string>(), pageSize: 1000 };
  let refusal: Refusing = () => null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    const { method = "" } = request;
    const refused = (await isProven(request, url, body, sessionToken))
      ? refusal({ method, path: url.pathname })
      : { status: 403, code: "SignatureDoesNotMatch" };
    const { status, text } = refused ? errorOf(refused) : served(bucket, method, url, body);
    response.writeHead(status).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return Object.assign(bucket, {
    settings: settingsOf(bucket, port),
    refuse: (how: Refusing) => {
      refusal = how;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}

function settingsOf({ name, sessionToken }: Contents, port: number): Record<string, string> {
  return {
    AUDIT_CHECKPOINTS: `s3://${name}/signet/prod`,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

function errorOf({ status, code }: { status: number; code: string }): Reply {
  return { status, text: `<Error><Code>${code}</Code></Error>` };
}

function served({ name, objects, pageSize }: Contents, method: string, url: URL, body: string): Reply {
  if (!`${url.pathname}/`.startsWith(`/${name}/`)) return errorOf({ status: 404, code: "NoSuchBucket" });
  const key = url.pathname.slice(`/${name}/`.length);
  if (method === "PUT") objects.set(key, body);
  if (!key) return { status: 200, text: listed([...objects.keys()].toSorted(), pageSize, url.searchParams) };
  const text = objects.get(key);
  return text === undefined ? errorOf({ status: 404, code: "NoSuchKey" }) : { status: 200, text };
}

/** A page of a list; the token of the next one has what a URL must escape. */
function listed(keys: string[], pageSize: number, query: URLSearchParams): string {
  const [prefix, token] = [query.get("prefix") ?? "", query.get("continuation-token") ?? ""];
  const after = token.replace(/^next\+\/=/, "");
  const wanted = keys.filter((key) => key.startsWith(prefix) && key > after);
  const page = wanted.slice(0, pageSize);
  const next =
    wanted.length > pageSize ? `<NextContinuationToken>next+/=${page.at(-1)}</NextContinuationToken>` : "";
  return `<ListBucketResult>${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("")}${next}</ListBucketResult>`;
}

/** Signs the request again, from what arrived, and compares. */
async function isProven(request: IncomingMessage, url: URL, body: string, sessionToken: string) {
  const { headers, method = "" } = request;
  if (headers["x-amz-content-sha256"] !== createHash("sha256").update(body).digest("hex")) return false;
  const [, names = ""] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "") ?? [];
  const signed = names.split(";").filter((name) => name !== "x-amz-date" && name !== "x-amz-security-token");
  const credentials = { ...CREDENTIALS, ...(sessionToken && { sessionToken }) };
  const options = { credentials, region: REGION, service: "s3", sha256: Sha256, uriEscapePath: false };
  const again = await new SignatureV4(options).sign(
    {
      method,
      protocol: "http:",
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
    },
    { signingDate: timeOfStamp(String(headers["x-amz-date"])) },
  );
  return again.headers.authorization === headers.authorization;
}

/** Node's SHA-256 in the form that the library asks for. */
class Sha256 {
  private readonly hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash =
      secret === undefined
        ? createHash("sha256")
        : createHmac("sha256", secret as string | NodeJS.ArrayBufferView);
  }
  update(data: Uint8Array) {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset() {}
}
