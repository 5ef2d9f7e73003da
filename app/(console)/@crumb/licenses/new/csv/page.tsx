export { default } from "@/app/(console)/@crumb/default";
