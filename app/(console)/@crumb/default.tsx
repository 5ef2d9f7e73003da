/**
 * Most pages have no crumb. Each still needs an empty page in this slot: without it, the crumb of the previous page
 * would stay.
 */
export default function NoCrumb() {
  return null;
}
