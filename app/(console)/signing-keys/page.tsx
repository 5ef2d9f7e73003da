import type { Metadata } from "next";
import { Card } from "@/components/card";
import { CopyButton } from "@/components/copy-button";
import { PageHead } from "@/components/page-head";
import { whyNot } from "@/domain/roles";
import { env } from "@/server/env";
import { allowedTo } from "@/server/session";
import { listSigningKeys } from "@/server/signing-key-list";
import { RotateKey } from "./key-changes";
import { SigningKeyTable } from "./signing-key-table";
import styles from "./signing-keys.module.css";

export const metadata: Metadata = { title: "Signing keys" };

export default async function SigningKeysPage() {
  const who = await allowedTo("signing-keys.read");
  const keys = await listSigningKeys();
  const why = whyNot(who, "signing-keys.write");
  const address = `${env().PUBLIC_URL}/.well-known/jwks.json`;
  return (
    <>
      <PageHead title="Signing keys">
        <RotateKey
          older={keys.reduce((sum, { liveKeys }) => sum + liveKeys, 0)}
          active={keys.find(({ status }) => status === "active")?.kid ?? null}
          why={why}
        />
      </PageHead>
      <div className={styles.page}>
        <SigningKeyTable keys={keys} why={why} now={new Date()} />
        <Card
          title="Verification (JWKS)"
          hint="The public keys, as a JWK Set. Withdrawn keys are not included."
        >
          <div className={styles.address}>
            <a href="/.well-known/jwks.json">{address}</a>
            <CopyButton text={address} size="xs">
              Copy address
            </CopyButton>
          </div>
        </Card>
      </div>
    </>
  );
}
