import type { newApp } from "../http";

export type ProductApp = ReturnType<typeof newApp>;
