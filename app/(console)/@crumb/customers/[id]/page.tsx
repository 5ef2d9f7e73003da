import { z } from "zod";
import { Switcher } from "@/app/(console)/switch/switcher";
import { CustomerCrumb } from "@/components/shell/crumb";
import { principal } from "@/server/identity/session";
import { customerPosition } from "@/server/licenses/license-position";

type Props = { params: Promise<{ id: string }> };

/** The crumb of a customer's page, with a switcher to other customers. */
export default async function CrumbOfCustomer({ params }: Props) {
  const id = z.uuid().safeParse((await params).id);
  const place = id.success ? await customerPosition(await principal(), id.data) : null;
  if (!place) return null;
  const { customer, otherCustomers } = place;
  return (
    <CustomerCrumb
      customer={customer}
      customerSwitch={
        otherCustomers ? (
          <Switcher level="customers" customer={customer} number={null} otherCustomers />
        ) : null
      }
    />
  );
}
