export { default } from "@/app/(console)/@crumb/licenses/[number]/page";
