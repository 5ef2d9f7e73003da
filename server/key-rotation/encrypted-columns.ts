import { keptResponseContext } from "@/server/access/idempotent-requests";
import { channelContext } from "@/server/alerts/channel-posts";
import {
  aliasesContext,
  assignmentContext,
  rejectionContext,
} from "@/server/assignments/log/assignment-rows";
import { userNameContext } from "@/server/consumption/user-names";
import { eventContext } from "@/server/events/outbox";
import { privateContext } from "@/server/keys/signing-keys";
import { controlContext } from "@/server/legacy/control-numbers";
import { exemptionContext } from "@/server/reclaim/exemptions";
import { releasedContext } from "@/server/reclaim/released-users";
import { keyScope, scimContext } from "@/server/scim/scim-keys";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { responseContext } from "@/server/webhooks/delivery-records";
import { webhookContext } from "@/server/webhooks/webhook-secrets";

type Fields = Record<string, string>;

/**
 * A column whose values are encrypted with data keys. `scope` is SQL for the scope of the keys, of a row `t`; `key`
 * has the columns that name a row within its scope, with their types, as an index has them.
 */
export type EncryptedColumn = {
  table: string;
  column: string;
  scope: string;
  key: Record<string, "text" | "uuid" | "bigint" | "bytea" | "timestamptz">;
  /** Columns beside the key that the context names. */
  also?: string[];
  /** What a value is bound to, by the scope and the texts of these columns. */
  context(scope: string, row: Fields): string;
};

const LICENSE = "t.license";
const WHOLE = `'${INSTALLATION}'`;
const DIRECTORY = `'${keyScope("")}' || t.connection`;
const ID = { id: "uuid" } as const;

const of = ({ id = "" }: Fields) => id;
const hex = (bytea = "") => bytea.replace("\\x", "");
const named = (column: string) => (scope: string, row: Fields) => userNameContext(scope, row[column] ?? "");

/** All of them. A value may move from a column to a later one of the same scope, never to an earlier one. */
export const ENCRYPTED: readonly EncryptedColumn[] = [
  {
    ...{ table: "assignment", column: "subject", scope: LICENSE, key: { instance: "bigint" } },
    context: (license, { instance = "" }) => assignmentContext(license, instance),
  },
  {
    ...{ table: "alias_text", column: "aliases", scope: LICENSE, key: { instance: "bigint" } },
    context: (license, { instance = "" }) => aliasesContext(license, instance),
  },
  {
    ...{ table: "rejection", column: "subject", scope: LICENSE },
    key: { allotment: "text", subject_index: "bytea", source: "text", code: "text" },
    context: (license, { allotment = "", subject_index, source = "", code = "" }) =>
      rejectionContext(license, { allotment, index: hex(subject_index), source, code }),
  },
  {
    ...{ table: "session_total", column: "subject", scope: LICENSE, context: named("key") },
    key: { month: "text", allotment: "text", kind: "text", key: "text" },
  },
  {
    ...{ table: "denial", column: "subject", scope: LICENSE, context: named("user_key") },
    key: { source: "text", hour: "timestamptz", reason: "text", allotment: "text", user_key: "text" },
  },
  {
    ...{ table: "control_number", column: "sealed", scope: LICENSE, key: ID },
    context: (license, row) => controlContext({ license, id: of(row) }),
  },
  {
    ...{ table: "reclaim_exemption", column: "sealed", scope: LICENSE, key: ID },
    context: (license, row) => exemptionContext(license, of(row)),
  },
  {
    ...{ table: "reclaim_seat", column: "subject", scope: LICENSE, key: { instance: "bigint", run: "uuid" } },
    context: (license, { run = "", instance = "" }) => releasedContext({ license, run, instance }),
  },
  {
    ...{ table: "event_outbox", column: "subject", scope: LICENSE, key: ID },
    context: (license, row) => eventContext(license, of(row)),
  },
  {
    ...{ table: "event", column: "subject", scope: LICENSE, key: { position: "bigint" }, also: ["id"] },
    context: (license, row) => eventContext(license, of(row)),
  },
  {
    ...{ table: "scim_user", column: "content", scope: DIRECTORY, key: ID },
    context: (_, row) => scimContext("user", of(row)),
  },
  {
    ...{ table: "scim_group", column: "content", scope: DIRECTORY, key: ID },
    context: (_, row) => scimContext("group", of(row)),
  },
  {
    ...{ table: "scim_effect", column: "subject", scope: DIRECTORY, key: { at: "timestamptz", id: "uuid" } },
    context: (_, row) => scimContext("effect", of(row)),
  },
  {
    ...{ table: "idempotent_request", column: "response", scope: WHOLE, key: { claim: "uuid" } },
    context: (_, { claim = "" }) => keptResponseContext(claim),
  },
  ...["secret", "previous_secret"].map((column) => ({
    ...{ table: "webhook", column, scope: WHOLE, key: ID },
    context: (_: string, row: Fields) => webhookContext(of(row)),
  })),
  {
    ...{ table: "webhook_attempt", column: "response", scope: WHOLE, key: ID },
    context: (_, row) => responseContext(of(row)),
  },
  {
    ...{ table: "alert_channel", column: "sealed", scope: WHOLE, key: ID },
    context: (_, row) => channelContext(of(row)),
  },
  {
    ...{ table: "signing_key", column: "private_key", scope: WHOLE, key: { kid: "uuid" } },
    context: (_, { kid = "" }) => privateContext(kid),
  },
];

/** The columns that a scope's keys encrypt. */
export function columnsOf(scope: string): EncryptedColumn[] {
  const kind = scope === INSTALLATION ? WHOLE : scope.startsWith(keyScope("")) ? DIRECTORY : LICENSE;
  return ENCRYPTED.filter((column) => column.scope === kind);
}
