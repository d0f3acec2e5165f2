/** The colours a shop can choose. The values are in app/globals.css; a test checks their contrast. */
export const accents = ['indigo', 'ocean', 'forest', 'clay', 'plum', 'ink'] as const
export type Accent = (typeof accents)[number]

/** The typefaces of titles a shop can choose. */
export const typefaces = ['kalnia', 'grotesk', 'classic'] as const
export type Typeface = (typeof typefaces)[number]

/** The ground of each colour by day and by night, for the frame of the browser. */
export const grounds: Record<Accent, { light: string; dark: string }> = {
  indigo: { light: '#f5f6fb', dark: '#111429' },
  ocean: { light: '#f4f7f9', dark: '#071822' },
  forest: { light: '#f4f7f5', dark: '#0b1a12' },
  clay: { light: '#f9f5f4', dark: '#22110a' },
  plum: { light: '#f9f5f8', dark: '#200f1d' },
  ink: { light: '#f6f6f7', dark: '#151618' },
}
