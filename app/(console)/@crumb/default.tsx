/** A page without a way back of its own has no crumb. */
export default function NoCrumb() {
  return null;
}
