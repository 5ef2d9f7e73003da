import { expect, test } from "vitest";
import { documentation, operationsOf } from "@/api/documentation";
import { curlOf } from "./request-example";

const curl = (id: string) => {
  const document = { ...documentation(), servers: [{ url: "https://licenses.acme.test" }] };
  const found = operationsOf(document).find(({ operation }) => operation.operationId === id);
  return found && curlOf(document, found.method, found.path, found.operation);
};

test("a command has the address, the credential and the required headers", () => {
  expect(curl("getLicense")).toBe(
    "curl 'https://licenses.acme.test/api/v1/admin/licenses/9999000000001253' \\\n" +
      '  -H "Authorization: Bearer $TOKEN"',
  );
  expect(curl("putDefinition")).toContain(`-H 'if-match: "7Q2K-0000-0000-0000-9MXT"'`);
  expect(curl("getHealth")).toMatch(/^curl 'http\S+\/health'$/);
});

test("a command sends the example of the body, in quotes that hold it", () => {
  const sent = curl("bulkAssign") ?? "";
  expect(sent).toContain("curl -X POST ");
  expect(sent).toContain("-H 'Content-Type: application/json'");
  expect(sent).toContain(String.raw`"subject": "acme\\bob"`);
  expect(curl("importLegacyLicenses")).toContain("--data-binary 'number,control,customer");
});
