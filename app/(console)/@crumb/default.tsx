/** What most pages show, each by a page of its own here: without one, the crumb of the page that was left would stay. */
export default function NoCrumb() {
  return null;
}
