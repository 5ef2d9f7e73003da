import { beginNavigation } from "@/components/shell/pending-navigation";

/** Next tells of each way to another page here, inside the transition that ends where the page is shown. */
export const onRouterTransitionStart = beginNavigation;
