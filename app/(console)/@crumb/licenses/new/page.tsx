export { default } from "../../default";
