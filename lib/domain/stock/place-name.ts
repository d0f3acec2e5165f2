/** A place's name inside a sentence: "the shop", though the sign says "The shop". */
export function inSentence(place: string): string {
  return place.replace(/^The /, 'the ')
}
