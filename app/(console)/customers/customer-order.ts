import type { Orders } from "@/app/(console)/_list/order-field";
import type { CustomerParams } from "./search-params";

export const CUSTOMER_ORDERS: Orders<CustomerParams["sort"]> = {
  words: {
    name: "name A–Z",
    "-name": "name Z–A",
    worst: "worst first",
    "-worst": "best first",
    licenses: "fewest licenses first",
    "-licenses": "most licenses first",
    created: "oldest first",
    "-created": "newest first",
  },
  usual: "name",
  choices: ["worst", "-licenses", "-created"],
};
