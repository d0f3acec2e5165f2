/**
 * A bar while something takes long, without an end where `percent` is not known. Renders a `<progress>` with the name
 * `label`.
 */
export function BusyBar({ label, percent }: { label: string; percent?: number | undefined }) {
  return <progress className="w-40 self-center accent-action" max={100} value={percent} aria-label={label} />
}
