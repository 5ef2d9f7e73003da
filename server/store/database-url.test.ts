import { expect, test } from "vitest";
import { parseDatabaseUrl, parseReadUrl } from "./database-url";

test.each([
  ["postgres://u:p@db/signet", ["postgres://u:p@db/signet"], "any", "postgres://db/signet"],
  [
    "postgres://u:p@one:5432,two/db?target_session_attrs=read-write",
    ["postgres://u:p@one:5432/db", "postgres://u:p@two/db"],
    "read-write",
    "postgres://one:5432,two/db",
  ],
  [
    "postgresql://u:a%40b@[::1]:5433,10.0.0.2:5434/db?sslmode=verify-full&target_session_attrs=primary",
    [
      "postgresql://u:a%40b@[::1]:5433/db?sslmode=verify-full",
      "postgresql://u:a%40b@10.0.0.2:5434/db?sslmode=verify-full",
    ],
    "primary",
    "postgres://[::1]:5433,10.0.0.2:5434/db",
  ],
  ["postgres://u:p@one,@two/db", ["postgres://u:p@one,@two/db"], "any", "postgres://two/db"],
  [
    "postgres:///db?host=/var/run/postgresql",
    ["postgres:///db?host=%2Fvar%2Frun%2Fpostgresql"],
    "any",
    "postgres:///db",
  ],
])("the connection string %s is split into its servers", (text, servers, session, place) => {
  expect(parseDatabaseUrl(text)).toEqual({ servers, session, place });
});

test.each([
  ["mysql://db", "must begin with postgres://"],
  ["postgres://u:p@one,two:x/db", "is not a valid connection string"],
  ["postgres://db/x?target_session_attrs=standby", "target_session_attrs=standby"],
])("the connection string %s is refused: it %s", (text, sentence) => {
  expect(() => parseDatabaseUrl(text)).toThrow(sentence);
});

test.each([
  ["postgres://one,two/db", "standby"],
  ["postgres://one,two/db?target_session_attrs=standby", "standby"],
])("a read replica is a standby: %s", (text, session) => {
  const servers = ["postgres://one/db", "postgres://two/db"];
  expect(parseReadUrl(text)).toEqual({ servers, session, place: "postgres://one,two/db" });
});

test("a read replica that accepts writes is refused", () => {
  expect(() => parseReadUrl("postgres://db/x?target_session_attrs=primary")).toThrow("it can be standby");
});
