import type { newApp } from "@/api/http";

export type ProductApp = ReturnType<typeof newApp>;
