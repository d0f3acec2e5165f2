/** The one ink every shadow, hatch and line is drawn in. It is the shop's text colour too. */
export const INK = '#232252'

/** The colour of light: highlights are this, thinned. */
export const LIGHT = '#fff8e8'

/** Where an object stands: the wall, the light on it, the ground, and a colour for what stands beside it. */
export type Palette = { wall: string; glow: string; ground: string; edge: string; prop: string }

export const palettes = {
  marigold: { wall: '#f3b93f', glow: '#fbd272', ground: '#f7dca0', edge: '#e39a2b', prop: '#e9603f' },
  coral: { wall: '#f08a76', glow: '#f8aa96', ground: '#f9d3c2', edge: '#d96a5c', prop: '#3d4fa8' },
  sky: { wall: '#a9c9e8', glow: '#c6dff5', ground: '#e4edf3', edge: '#7ea9d2', prop: '#f3b93f' },
  lilac: { wall: '#c5b4e3', glow: '#d9cdf1', ground: '#efe6f2', edge: '#a18bcb', prop: '#f08a76' },
  pistachio: { wall: '#bcd29a', glow: '#d2e3b6', ground: '#edf0d4', edge: '#94b06c', prop: '#e9603f' },
  sea: { wall: '#5fa8a0', glow: '#80c1b7', ground: '#cfe3d8', edge: '#3f857f', prop: '#f3b93f' },
  brick: { wall: '#c85a43', glow: '#dd7659', ground: '#f0c4a4', edge: '#a3432f', prop: '#a9c9e8' },
  chalk: { wall: '#e3e5ea', glow: '#f3f4f6', ground: '#cfd6e2', edge: '#b4bfd0', prop: '#e9603f' },
  cobalt: { wall: '#4a5fc0', glow: '#6a7fd8', ground: '#c3cbee', edge: '#3547a0', prop: '#f3b93f' },
} as const satisfies Record<string, Palette>

export type PaletteName = keyof typeof palettes

/** What an object is made of: its own colour and the one it is trimmed with. */
export type Glaze = { base: string; trim: string }

export const glazes = {
  indigo: { base: '#38407f', trim: '#e8e2d4' },
  cobalt: { base: '#3f58c4', trim: '#f1e7d2' },
  sky: { base: '#9cc3e6', trim: '#3f58c4' },
  teal: { base: '#2f7f7b', trim: '#f3d9a6' },
  moss: { base: '#6f8244', trim: '#efe3c2' },
  pistachio: { base: '#b5cd8f', trim: '#4d6a3a' },
  mustard: { base: '#e0a126', trim: '#fbf1da' },
  butter: { base: '#f7dc8b', trim: '#d9752f' },
  persimmon: { base: '#e8643c', trim: '#fbe6cf' },
  rust: { base: '#a94a30', trim: '#f3c9a0' },
  rose: { base: '#eda9a4', trim: '#b2413f' },
  plum: { base: '#74406f', trim: '#f0c4cf' },
  lilac: { base: '#b7a3dc', trim: '#5a3f86' },
  chalk: { base: '#f6f2e9', trim: '#3f58c4' },
  sand: { base: '#dcc39b', trim: '#7a4b2e' },
  clay: { base: '#cd7f57', trim: '#f6e3cd' },
  oak: { base: '#cf9d63', trim: '#8a5a32' },
  walnut: { base: '#7d4e33', trim: '#d9a873' },
  brass: { base: '#d8a93c', trim: '#8c6419' },
  copper: { base: '#cf7a4c', trim: '#f6d3b4' },
  steel: { base: '#b6c0cd', trim: '#6d7a8f' },
  slate: { base: '#6b7690', trim: '#d9dfe8' },
  coal: { base: '#34344c', trim: '#d98a4a' },
} as const satisfies Record<string, Glaze>

export type GlazeName = keyof typeof glazes
