import { store } from "../../store";

export async function GET() {
  await store().installation.findFirst();
  return Response.json({ status: "ready" });
}
