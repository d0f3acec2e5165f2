/** The figure below which this share of them lies; NaN of none. */
export function quantile(figures: readonly number[], share: number): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length * share)] ?? Number.NaN
}

export const median = (figures: readonly number[]) => quantile(figures, 0.5)
