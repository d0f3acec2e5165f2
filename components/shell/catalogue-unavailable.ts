export interface UnavailableWords {
  title: string
  words: string
}

/** Apart from the words of the other parts, which no page of a product has to load. */
export const catalogueUnavailable: UnavailableWords = {
  title: 'The shop is unavailable.',
  words: 'We can’t reach our database, so this page cannot be shown. Try again in a minute.',
}
