import { createLoader, createSerializer, parseAsString } from "nuqs/server";

const webhookParams = { cursor: parseAsString };

export const loadWebhookParams = createLoader(webhookParams);
export const webhookSearch = createSerializer(webhookParams);
