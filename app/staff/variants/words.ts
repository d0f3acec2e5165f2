/** The texts of the variant page. */
export const variantPageWords = {
  unknownVariant: 'Unknown variant',
}

/** The texts of the explain page. */
export const explainPageWords = {
  howIsThisCalculated: 'How is this calculated?',
}
