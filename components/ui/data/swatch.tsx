/** A spot of a colour that a shop can choose (app/globals.css); decoration beside its name. Renders a `<span>`. */
export function Swatch({ accent }: { accent: string }) {
  return (
    <span
      data-accent={accent}
      aria-hidden
      className="mt-1 size-5 shrink-0 rounded-full bg-[light-dark(oklch(0.44_calc(0.19*var(--chroma))_var(--hue)),oklch(0.8_calc(0.09*var(--chroma))_var(--hue)))]"
    />
  )
}
