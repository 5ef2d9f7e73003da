import { CopyButton } from "@/components/ui/copy-button";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { previewReply } from "@/server/deployments/reply-preview";
import type { License } from "@/server/licenses/license";
import styles from "./product-view.module.css";

type Props = { license: License; now: Date };

/** The activation response that a product would get now, without the signed definition. */
export async function ProductView({ license: { number, product, status }, now }: Props) {
  if (status !== "active")
    return (
      <Section title="Product view" id="product">
        <Empty
          title={`Every call is refused: ${status === "revoked" ? "LICENSE_REVOKED" : "LICENSE_SUSPENDED"}.`}
        />
      </Section>
    );
  const reply = JSON.stringify(await previewReply(number, product, now), null, 2);
  return (
    <Section
      title="Product view"
      id="product"
      hint={`Activation response for ${product} (signed definition omitted).`}
      actions={<CopyButton text={reply}>Copy JSON</CopyButton>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboard users must be able to scroll it */}
      <section className={styles.reply} tabIndex={0} aria-label="Activation response">
        <pre>{reply}</pre>
      </section>
    </Section>
  );
}
