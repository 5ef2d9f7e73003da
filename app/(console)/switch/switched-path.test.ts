import { expect, test } from "vitest";
import { switchedPath } from "./switched-path";

test.each([
  ["/licenses/1111", "", "/licenses/2222"],
  ["/licenses/1111/keys", "status=stopped", "/licenses/2222/keys"],
  ["/licenses/1111/keys/new", "", "/licenses/2222/keys"],
  [
    "/licenses/1111/capacity",
    "month=2026-08&by=total&day=3",
    "/licenses/2222/capacity?month=2026-08&by=total",
  ],
  ["/licenses/1111/assignments", "q=contoso%5Cbob&open=5", "/licenses/2222/assignments"],
  ["/customers/some-id", "q=a", "/licenses/2222"],
])("%s?%s of another license is %s", (path, search, switched) => {
  expect(switchedPath(path, search, "2222")).toBe(switched);
});
