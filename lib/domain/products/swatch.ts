/** Names of colours and materials, singular, with their colour. Two words are looked up before one. */
const colourWords: Readonly<Record<string, string>> = {
  '#38407f': 'indigo,navy,denim,midnight',
  '#3f58c4': 'blue,cobalt,royal,sapphire',
  '#9cc3e6': 'sky,aqua,turquoise,pale blue,azure',
  '#2f7f7b': 'teal,ocean,petrol,emerald,sea',
  '#6f8244': 'green,olive,moss,khaki,forest',
  '#b5cd8f': 'pistachio,mint,lime,sage',
  '#e0a126': 'yellow,mustard,ochre,amber',
  '#f7dc8b': 'butter,vanilla,cream,lemon,straw',
  '#e8643c': 'orange,persimmon,coral,tangerine',
  '#a94a30': 'red,rust,crimson,burgundy,brick,scarlet',
  '#eda9a4': 'pink,rose,blush,peach',
  '#74406f': 'purple,plum,violet,aubergine',
  '#b7a3dc': 'lilac,lavender,mauve',
  '#f6f2e9': 'white,chalk,ivory,pearl,ceramic,porcelain',
  '#dcc39b': 'sand,beige,natural,linen,cardboard,tan,oat',
  '#cd7f57': 'clay,terracotta,earthenware',
  '#cf9d63': 'wood,wooden,oak,bamboo,pine,wicker',
  '#7d4e33': 'brown,walnut,leather,chocolate,antique,teak',
  '#d8a93c': 'gold,golden,brass,yellow gold',
  '#cf7a4c': 'copper,bronze,rose gold',
  '#b6c0cd': 'silver,steel,chrome,metal,platinum',
  '#6b7690': 'grey,gray,slate,stone,concrete',
  '#34344c': 'black,coal,charcoal,ebony',
}

const colourOf = new Map(
  Object.entries(colourWords).flatMap(([colour, list]) =>
    list.split(',').map((word) => [word, colour] as const),
  ),
)

const singular = (word: string) =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word

/** The colour that the value of an option names, or null. Colour comes before material: "Black leather" is black. */
export function swatchOf(value: string): string | null {
  const words = value.toLowerCase().match(/\p{L}+/gu) ?? []
  const candidates = words.flatMap((word, i) => {
    const next = words[i + 1]
    const pairs = next ? [`${word} ${next}`, `${word} ${singular(next)}`] : []
    return [...pairs, word, singular(word)]
  })
  const named = candidates.find((candidate) => colourOf.has(candidate))
  return (named !== undefined && colourOf.get(named)) || null
}
