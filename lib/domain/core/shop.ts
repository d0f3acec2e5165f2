/** The demo shop: what it is called and how it speaks of itself. */
export const shop = {
  name: 'Fewings',
  timeZone: 'Europe/Brussels',
  line: 'Things for the home, in small numbers',
  description:
    'Jugs, lamps, blankets, paper and garden tools in editions small enough to count. The number beside each thing is the number on our shelf, as it changes.',
} as const
