import type { Orders } from "../order-field";
import type { CustomerParams } from "./search-params";

export const CUSTOMER_ORDERS: Orders<CustomerParams["sort"]> = {
  words: {
    name: "by name",
    "-name": "by name, from the last",
    worst: "the worst first",
    "-worst": "the best first",
    licenses: "the fewest licenses first",
    "-licenses": "the most licenses first",
    created: "the oldest first",
    "-created": "the newest first",
  },
  usual: "name",
  choices: ["worst", "-licenses", "-created"],
};
