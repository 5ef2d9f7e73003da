import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { listSigningKeys } from "@/server/keys/signing-key-list";
import { env } from "@/server/store/env";
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
              Copy URL
            </CopyButton>
          </div>
        </Card>
      </div>
    </>
  );
}
