import { CallText } from "@/components/ui/call-text";
import { CopyButton } from "@/components/ui/copy-button";
import { TextLink } from "@/components/ui/text-link";
import { agentCall } from "@/domain/first-steps";
import { network } from "@/server/store/network";
import styles from "./first-deployment.module.css";

/** Explains how to connect the first deployment of a license. */
export function FirstDeployment({ number, maySimulate }: { number: string; maySimulate: boolean }) {
  const call = agentCall(network().door);
  return (
    <div className={styles.steps}>
      <p>
        A product appears here after its first activation. Start a Licenses service next to it, and enter a
        key of this license in its control panel:
      </p>
      <CallText label="Command that starts a Licenses service">{call}</CallText>
      <div className={styles.ways}>
        <CopyButton text={call} size="xs">
          Copy command
        </CopyButton>
        <TextLink href={`/licenses/${number}/keys`}>Keys of this license</TextLink>
        {maySimulate ? (
          <TextLink href={`/licenses/${number}/simulate`}>Simulate a deployment</TextLink>
        ) : null}
      </div>
    </div>
  );
}
