import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DELIVERY_STATES } from "@/domain/webhooks/webhook";

const deliveryParams = { state: parseAsStringLiteral(DELIVERY_STATES), cursor: parseAsString };

export const loadDeliveryParams = createLoader(deliveryParams);
export const deliverySearch = createSerializer(deliveryParams);
