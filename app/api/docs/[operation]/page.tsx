import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { documentation, operationsOf } from "@/api/documentation";
import { DocsFrame } from "@/app/api/docs/_parts/docs-frame";
import { inline } from "@/app/api/docs/_parts/marked";
import { OperationName } from "@/app/api/docs/_parts/operation-name";
import { Refusals } from "@/app/api/docs/_parts/refusals";
import { credentialNameOf } from "@/app/api/docs/_parts/request-example";
import { RequestSection } from "@/app/api/docs/_parts/request-section";
import { ResponseSection } from "@/app/api/docs/_parts/response-section";

type Params = { params: Promise<{ operation: string }> };

const CREDENTIALS: Record<string, string> = {
  apiToken: "Requires an API token.",
  licenseKey: "Requires a signed license key.",
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await operationIn(params)).operation.summary };
}

/** One operation: how to call it, what comes back, and how it refuses. */
export default async function OperationPage({ params }: Params) {
  const document = documentation();
  const { method, path, operation } = await operationIn(params);
  const credential = credentialNameOf(document, operation);
  return (
    <DocsFrame title={operation.summary} group={operation.tags?.[0]}>
      <OperationName method={method} path={path} />
      {operation.description ? <p>{inline(operation.description)}</p> : null}
      <p>{credential ? CREDENTIALS[credential] : "Requires no credential."}</p>
      <RequestSection document={document} method={method} path={path} operation={operation} />
      <ResponseSection document={document} operation={operation} />
      <Refusals operation={operation} />
    </DocsFrame>
  );
}

async function operationIn(params: Params["params"]) {
  const { operation: id } = await params;
  return operationsOf(documentation()).find(({ operation }) => operation.operationId === id) ?? notFound();
}
