import { generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { CompactSign, exportJWK } from "jose";
import { issueKey } from "@/domain/signed-key";

type KeyPair = { kid: string; publicKey: KeyObject; privateKey: KeyObject };

/** Generating keys takes long: all signers start with the same pair. */
const usualKeys = newKeys();

/** The signing key of a test backend. */
export class TestSigner {
  private keys: KeyPair = usualKeys;

  get kid(): string {
    return this.keys.kid;
  }

  /** Signs with another key from now on; with `sameKid` as an impostor would. */
  rotate(sameKid = false): void {
    const { kid } = this.keys;
    this.keys = { ...newKeys(), ...(sameKid ? { kid } : {}) };
  }

  newKey(license: string): Promise<string> {
    return issueKey({ jti: randomUUID(), license }, this.kid, this.keys.privateKey);
  }

  signDefinition(claims: object): Promise<string> {
    return new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: "RS512", typ: "license-definition+jwt", kid: this.kid })
      .sign(this.keys.privateKey);
  }

  /** The public key as a JWK Set (RFC 7517). */
  async keySet() {
    const jwk = await exportJWK(this.keys.publicKey);
    return { keys: [{ ...jwk, kid: this.kid, use: "sig", alg: "RS512" }] };
  }
}

function newKeys(): KeyPair {
  return { kid: randomUUID(), ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
}
