/** Values of one option that are listed; more are found by typing them. */
const MOST_VALUES = 12
const MOST_OPTIONS = 4

/** The server reads the numbers of a list once in this time for all who look at it, in milliseconds. */
export const countsAreSharedMs = 1_000

/** The numbers of products beside the filters of a list, each without its own filter. */
export interface FilterCounts {
  categories: Readonly<Record<string, number>>
  choices: Readonly<Record<string, number>>
  in_stock: number
}

export interface OptionFilter {
  name: string
  /** products: how many a search would have with this value and without the others of its option. */
  values: { choice: string; value: string; products: number }[]
}

/** The options of found products as filters, those of most products first. A chosen value is always listed. */
export function optionFilters(
  counts: Readonly<Record<string, number>>,
  chosen: readonly string[],
): OptionFilter[] {
  const all = new Map([...chosen.map((choice) => [choice, 0] as const), ...Object.entries(counts)])
  const options = Map.groupBy(all, ([choice]) => choice.slice(0, choice.indexOf('=')))
  const sum = (entries: [string, number][]) => entries.reduce((products, [, each]) => products + each, 0)
  return [...options]
    .toSorted(([, a], [, b]) => Number(isChosen(b)) - Number(isChosen(a)) || sum(b) - sum(a))
    .slice(0, MOST_OPTIONS)
    .map(([name, entries]) => ({
      name,
      values: entries
        .toSorted(
          ([a, many], [b, more]) => Number(chosen.includes(b)) - Number(chosen.includes(a)) || more - many,
        )
        .slice(0, MOST_VALUES)
        .map(([choice, products]) => ({ choice, value: choice.slice(name.length + 1), products })),
    }))

  function isChosen(entries: [string, number][]): boolean {
    return entries.some(([choice]) => chosen.includes(choice))
  }
}
