"use client";

import { Button, NativeSelect, Radio, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import type { FormAction } from "@/app/(console)/_lib/action-result";
import { SHARE_FIELD } from "@/app/(console)/licenses/[number]/deployments/offline/checkout-in";
import { fileNameOf } from "@/app/(console)/licenses/[number]/deployments/offline/checkout-labels";
import { KeptForm } from "@/components/forms/kept-form";
import { useResult } from "@/components/forms/use-result";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { count, counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { downloadText } from "@/components/ui/download-text";
import { Problem } from "@/components/ui/problem";
import { dayText } from "@/domain/dates/date-style";
import type { SignedCheckout } from "@/server/checkouts/checkout-document";
import styles from "./checkout-form.module.css";
import type { FreeShare } from "./free-shares";

type Props = {
  number: string;
  products: string[];
  /** The default lifetime of a file in days. */
  days: number;
  shares: FreeShare[];
  why: string | null;
  issue: FormAction<SignedCheckout>;
};

type Choice = "shares" | "whole";

/** The form to issue a signed definition: asks for its content, shows what it promises, and downloads the file. */
export function CheckoutForm({ number, products, days, shares, why, issue }: Props) {
  const [result, action, isPending] = useResult(issue);
  const [promise, setPromise] = useState<Choice>("shares");
  const issued = result?.ok ? result.did : null;
  return (
    <KeptForm name="checkout" action={action} className={styles.form}>
      <NativeSelect name="product" label="Product" data={products} />
      <TextInput
        name="label"
        label="Label"
        description="The deployment's name in this list."
        maxLength={200}
      />
      <TextInput
        name="days"
        label="Days"
        description={`How long the file works, up to ${counted(days, "day")}. It never outlasts the license and its grace days.`}
        inputMode="numeric"
        defaultValue={String(days)}
      />
      <Radio.Group
        name="promise"
        label="Entitlements"
        value={promise}
        onChange={(value) => setPromise(value === "whole" ? "whole" : "shares")}
      >
        <div className={styles.choices}>
          <Radio value="shares" label="A share, reserved for the deployment" />
          <Radio value="whole" label="The whole license, nothing reserved" />
        </div>
      </Radio.Group>
      {promise === "shares" ? <Shares of={shares} /> : <WholeWarning />}
      <TextInput
        name="source"
        label="Source"
        description="Leave it empty for a new deployment. To renew a file, enter the source in the file. For a product in dual use, enter the source of its accepted deployment."
        maxLength={200}
      />
      {result && !result.ok ? <Problem of={result.refused} /> : null}
      <ActionButton type="submit" why={why} loading={isPending} className={styles.submit}>
        {issued ? "Issue another file" : "Issue signed definition"}
      </ActionButton>
      {issued ? <Issued of={issued} number={number} /> : null}
    </KeptForm>
  );
}

function Shares({ of: shares }: { of: FreeShare[] }) {
  return (
    <fieldset className={styles.shares}>
      <legend>Shares</legend>
      <p className={styles.warning}>
        Reserved until the file expires or is returned: no other deployment can use these seats and minutes.
        The deployment gets exactly these, without overage.
      </p>
      {shares.map(({ allotment, unit, free }) => (
        <TextInput
          key={allotment}
          name={`${SHARE_FIELD}${allotment}`}
          label={`${allotment}, ${unit === "minutes" ? "minutes a month" : unit}`}
          description={free === null ? "No limit" : `${count(free)} free now`}
          inputMode="numeric"
        />
      ))}
    </fieldset>
  );
}

function WholeWarning() {
  return (
    <div className={styles.warning} role="note">
      <p>
        Nothing is reserved. The file grants the whole license in addition to what others use. When the
        deployment's logs are uploaded, seats are settled in the server's order, so some of its users may lose
        theirs.
      </p>
      <p>Minutes may exceed the cap by up to the whole cap, once for each such file.</p>
    </div>
  );
}

function Issued({ of: { id, sld, expires }, number }: { of: SignedCheckout; number: string }) {
  const dates = useDateStyle();
  return (
    <div className={styles.issued} role="status">
      <h3>Signed definition issued</h3>
      <p>{`It works until ${dayText(new Date(expires), dates)}. Anyone who has it can read and write logs in the deployment's name, so keep it like a password.`}</p>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        onClick={() => downloadText(sld, fileNameOf(number, id))}
      >
        Download .sld
      </Button>
    </div>
  );
}
