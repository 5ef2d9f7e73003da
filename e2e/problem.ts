import { expect } from "@playwright/test";

/** The error body of the API. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: { code: string; title: string; detail?: string; pointer?: string }[];
  error: string;
  message: string;
  requestId: string;
};

type Refused = { status: number; headers: Headers; body: Partial<Problem> };

/** Expects a response to be the refusal with this status and code, complete as the contract defines it. */
export function expectRefusal({ status, headers, body }: Refused, expected: number, code: string): void {
  expect({ status, code: body.code }).toEqual({ status: expected, code });
  expect(headers.get("content-type")).toContain("application/problem+json");
  expect(body).toEqual({
    type: `/errors/${code.toLowerCase().replaceAll("_", "-")}`,
    title: expect.stringMatching(/\S/),
    status: expected,
    code,
    detail: expect.stringMatching(/\S/),
    errors: expect.arrayContaining([
      expect.objectContaining({ code: expect.stringMatching(/^[A-Z_0-9-]+$/), title: expect.any(String) }),
    ]),
    error: expect.stringMatching(/\S/),
    message: expect.stringMatching(/\S/),
    requestId: expect.stringMatching(/\S/),
  });
}
