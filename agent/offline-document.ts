import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from "jose";
import type { z } from "zod";
import { AgentRefusal } from "./agent-refusal";
import { parsedJson } from "./json";
import { learnedPins } from "./signature";
import type { Pins } from "./state";
import { keySet, offlineClaims, portable, replyClaims } from "./wire";

/** A document that was signed for a deployment without a network: its signed text and its claims. */
export type Proven<Claims> = { jws: string; claims: Claims };
export type OfflineClaims = z.infer<typeof offlineClaims>;
export type ReplyClaims = z.infer<typeof replyClaims>;

const DEFINITION = { typ: "license-offline+jwt", name: "signed definition", code: "INVALID_SLD" };
const REPLY = { typ: "license-reply+jwt", name: "reply file", code: "INVALID_REPLY" };
type Kind = typeof DEFINITION;

/** The keys of a JWK Set as pins; known ones stay. Throws a sentence. */
export async function pinsIn(text: string, known: Pins = {}): Promise<Pins> {
  const read = keySet.safeParse(parsedJson(text));
  if (!read.success || read.data.keys.length === 0)
    throw new Error("It is not a JWK Set. Save the key set from the backend's /.well-known/jwks.json.");
  return learnedPins(known, read.data);
}

/** Verifies a signed definition, in any form in which it was saved. */
export async function provenSld(text: string, pins: Pins): Promise<Proven<OfflineClaims>> {
  const { jws, definition } = signedIn(text);
  const found = await proven(jws, pins, DEFINITION, offlineClaims);
  if (definition !== undefined && !isSigned(definition, jws))
    throw refusedDocument(
      DEFINITION,
      "Its readable part differs from the signed one: the file was changed. Download it again.",
    );
  return found;
}

/** Verifies the reply to an uploaded log. */
export async function provenReply(text: string, pins: Pins): Promise<Proven<ReplyClaims>> {
  const { reply } = membersOf(text);
  return proven(typeof reply === "string" ? reply : text.trim(), pins, REPLY, replyClaims);
}

/**
 * The signed text of a file, and the readable part beside it. The file may be plain, in base64, or a response of the
 * backend.
 */
function signedIn(text: string): { jws: string; definition?: string | undefined } {
  const { sld } = membersOf(text);
  const inner = typeof sld === "string" ? sld : text.trim();
  if (inner.split(".").length === 3) return { jws: inner };
  const read = portable.safeParse(parsedJson(Buffer.from(inner, "base64").toString("utf8")));
  if (read.success) return read.data.signedDef;
  throw refusedDocument(
    DEFINITION,
    "It has no signed definition. Download it again, and copy the whole file.",
  );
}

/** Whether the readable part equals the signed one, in a document whose signature was verified. */
function isSigned(definition: string, jws: string): boolean {
  const readable = parsedJson(Buffer.from(definition, "base64").toString("utf8"));
  return JSON.stringify(readable) === JSON.stringify(decodeJwt(jws).definition);
}

async function proven<Shape extends z.ZodType>(
  jws: string,
  pins: Pins,
  kind: Kind,
  shape: Shape,
): Promise<Proven<z.infer<Shape>>> {
  const kid = signerIn(jws, kind);
  const pin = pins[kid];
  if (!pin)
    throw refusedDocument(
      kind,
      `It is signed by a key that isn't in the key set (${kid}). Save the vendor's current key set from /.well-known/jwks.json, and give it with --jwks.`,
    );
  const key = await importJWK(pin.jwk, "RS512");
  const payload = await compactVerify(jws, key, { algorithms: ["RS512"] }).then(
    (verified) => verified.payload,
    () => null,
  );
  if (!payload)
    throw refusedDocument(
      kind,
      "Its signature is wrong: the file was changed or cut off. Download it again.",
    );
  const read = shape.safeParse(parsedJson(new TextDecoder().decode(payload)));
  if (!read.success) throw refusedDocument(kind, "Its content can't be read. You may need a newer agent.");
  return { jws, claims: read.data };
}

function signerIn(jws: string, kind: Kind): string {
  const { alg, typ, kid } = headerOf(jws, kind);
  if (typ !== kind.typ)
    throw refusedDocument(
      kind,
      `It isn't a ${kind.name} for a deployment without a network, but ${named(typ)}.`,
    );
  if (alg !== "RS512" || typeof kid !== "string")
    throw refusedDocument(kind, "Its signature algorithm isn't the one that Signet uses.");
  return kid;
}

function named(typ: unknown): string {
  if (typ === DEFINITION.typ) return "a signed definition";
  if (typ === REPLY.typ) return "a reply file";
  if (typ === "license-definition+jwt") return "a definition for deployments that are online";
  return typ === "JWT" ? "a license key" : "another document";
}

function headerOf(jws: string, kind: Kind) {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    throw refusedDocument(kind, `It has no ${kind.name}. Download it again, and copy the whole file.`);
  }
}

function membersOf(text: string): Record<string, unknown> {
  const value = parsedJson(text);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function refusedDocument({ name, code }: Kind, words: string): AgentRefusal {
  return new AgentRefusal(422, code, `The ${name} was not accepted. ${words}`);
}
