import { expect, test } from "vitest";
import { parseNetworks } from "./networks";
import { parseWebhookUrl } from "./webhook-url";

test.each([
  ["https://example.com/hooks", "https://example.com/hooks"],
  [" https://EXAMPLE.com:443/a?b=c ", "https://example.com/a?b=c"],
  ["https://münchen.example/x", "https://xn--mnchen-3ya.example/x"],
  ["https://[2606:4700:4700::1111]/x", "https://[2606:4700:4700::1111]/x"],
])("%s is read as %s", (text, url) => {
  expect(parseWebhookUrl(text, [])).toEqual({ url });
});

test("plain http is read where a network allows it", () => {
  expect(parseWebhookUrl("http://127.0.0.1:8080/x", parseNetworks("127.0.0.1"))).toEqual({
    url: "http://127.0.0.1:8080/x",
  });
});

test.each([
  ["http://example.com/", "https://"],
  ["ftp://example.com/", "https://"],
  ["javascript:alert(1)", "https://"],
  ["example.com/hooks", "Enter a URL"],
  ["", "Enter a URL"],
  ["https://", "Enter a URL"],
  ["https://user@example.com/", "user name"],
  ["https://user:password@example.com/", "user name"],
  ["https://example.com/#part", "#"],
  ["https://127.0.0.1/", "public address"],
  ["https://0x7f.1/", "public address"],
  ["https://[::1]/", "public address"],
  ["https://[::ffff:93.184.216.34]/", "public address"],
  ["https://169.254.169.254/latest", "public address"],
  [`https://example.com/${"x".repeat(2000)}`, "2,000"],
])("%s is refused", (text, says) => {
  expect(parseWebhookUrl(text, [])).toEqual({ wrong: expect.stringContaining(says) });
});
