/** Whether a text being typed is long enough for suggestions: shorter ones begin too many words. */
export function isSuggestible(text: string): boolean {
  return text.trim().length >= 2
}
