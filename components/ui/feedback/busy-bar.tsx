/** A bar without an end, while something takes long. Renders a `<progress>` with the name `label`. */
export function BusyBar({ label }: { label: string }) {
  return <progress className="w-40 self-center accent-action" aria-label={label} />
}
