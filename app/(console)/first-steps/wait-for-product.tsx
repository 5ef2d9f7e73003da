import { useRevealed } from "@/app/(console)/licenses/[number]/keys/use-revealed";
import { counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { CallText } from "@/components/ui/call-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Problem } from "@/components/ui/problem";
import { TextLink } from "@/components/ui/text-link";
import { activationCall, type Beginnings } from "@/domain/first-steps";
import styles from "./first-steps.module.css";

type Key = NonNullable<Beginnings["key"]>;
type Props = { held: Key | null; listens: boolean } & Call;
type Call = { door: string; whyNotReveal: string | null; simulate: string | null };

/** Waits for the first product once there is a key, and offers a test call. */
export function WaitForProduct({ held, listens, ...call }: Props) {
  return held && listens ? <TryIt held={held} {...call} /> : null;
}

/** The call contains the key only while it is revealed, as everywhere. */
function TryIt({ held: { jti, product }, door, whyNotReveal, simulate }: Call & { held: Key }) {
  const { key, left, refused, isAsking, ask } = useRevealed(jti);
  const call = activationCall(door, product, key ?? "YOUR_KEY");
  return (
    <div className={styles.call}>
      <p>
        Waiting for the first activation on <code>{door}</code>. No product at hand? Fill in the key and run
        this in a shell:
      </p>
      <CallText label="Activation request">{call}</CallText>
      <div className={styles.ways}>
        {key ? (
          <CopyButton text={call} size="xs">
            Copy command
          </CopyButton>
        ) : (
          <ActionButton size="xs" variant="default" why={whyNotReveal} loading={isAsking} onClick={ask}>
            Fill in the key
          </ActionButton>
        )}
        {simulate ? <TextLink href={simulate}>Simulate on a copy</TextLink> : null}
        {key ? (
          <span className={styles.about}>The key is hidden again in {counted(left, "second")}.</span>
        ) : null}
      </div>
      {refused ? <Problem of={refused} /> : null}
    </div>
  );
}
