import { redirect } from "next/navigation";
import { principal } from "@/server/session";

export default async function StartPage() {
  await principal();
  redirect("/licenses");
}
