import { z } from "zod";

/** A bucket, a prefix that is empty or ends with a slash, and how to reach it by the S3 API. */
export type Bucket = {
  name: string;
  prefix: string;
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};

/** The variables that the tools of AWS read. They matter only where a bucket is set. */
export const AWS_SETTINGS = {
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
};

type Settings = { AUDIT_CHECKPOINTS?: string | undefined } & {
  [Name in keyof typeof AWS_SETTINGS]?: string | undefined;
};

/** A name as S3 allows it; in the prefix only what a URL needs no escapes for, and no segment of dots. */
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)\/?$/;
/** What servers beside AWS expect where nobody chose a region. */
const ANY_REGION = "us-east-1";

export function isBucket(text: string): boolean {
  return BUCKET.test(text);
}

/** The bucket of the settings; null if they name a folder, or none. */
export function bucketIn(settings: Settings): Bucket | null {
  const [whole, name = "", path = ""] = BUCKET.exec(settings.AUDIT_CHECKPOINTS ?? "") ?? [];
  if (!whole) return null;
  const { AWS_REGION: region = ANY_REGION, AWS_SESSION_TOKEN: sessionToken } = settings;
  const endpoint = settings.AWS_ENDPOINT_URL_S3 ?? `https://s3.${region}.amazonaws.com`;
  return {
    name,
    prefix: path ? `${path.slice(1)}/` : "",
    endpoint: endpoint.replace(/\/+$/, ""),
    region,
    credentials: {
      accessKeyId: settings.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: settings.AWS_SECRET_ACCESS_KEY ?? "",
      ...(sessionToken && { sessionToken }),
    },
  };
}

/** The variable that is wrong or missing for a bucket, and what is wrong with it. */
export function bucketError(settings: Settings): { name: string; message: string } | null {
  if (!isBucket(settings.AUDIT_CHECKPOINTS ?? "")) return null;
  const { AWS_ENDPOINT_URL_S3, AWS_REGION } = settings;
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const)
    if (!settings[name]) return { name, message: "is required where AUDIT_CHECKPOINTS is a bucket" };
  if (!AWS_ENDPOINT_URL_S3 && !AWS_REGION)
    return {
      name: "AWS_REGION",
      message: "is required for a bucket of AWS; for another server set AWS_ENDPOINT_URL_S3",
    };
  const isWebUrl = !AWS_ENDPOINT_URL_S3 || /^https?:\/\/[^/?#]+(\/[^?#]*)?$/.test(AWS_ENDPOINT_URL_S3);
  if (!isWebUrl || !URL.canParse(AWS_ENDPOINT_URL_S3 ?? "https://x"))
    return { name: "AWS_ENDPOINT_URL_S3", message: "must be a URL like https://s3.example.com" };
  return null;
}
