/** The full name of one variant of a product: "Moon Jar, Small, Celadon". */
export function nameOf(variant: { title: string; option_values: readonly string[] }): string {
  return [variant.title, ...variant.option_values].join(', ')
}
