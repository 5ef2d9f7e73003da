import { z } from "zod";
import { CustomerCrumb } from "@/components/crumb";
import { customerPlaceOf } from "@/server/places";
import { principal } from "@/server/session";
import { Switcher } from "../../../switch/switcher";

type Props = { params: Promise<{ id: string }> };

/** The customer of a page, with a way to others. */
export default async function CrumbOfCustomer({ params }: Props) {
  const id = z.uuid().safeParse((await params).id);
  const place = id.success ? await customerPlaceOf(await principal(), id.data) : null;
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
