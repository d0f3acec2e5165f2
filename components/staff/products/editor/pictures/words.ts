/** The texts of new-picture.tsx. */
export const newPictureWords = {
  addImageByUrl: 'Add image by URL',
  https: 'https://…',
  addPicture: 'Add picture',
  chooseADrawing: 'Choose a drawing',
}

/** The texts of picture-fields.tsx. */
export const pictureFieldsWords = {
  theFirstIsTheMain: ': the first is the main picture',
  picture: (value: string | number) => `picture ${value}`,
  altText: 'Alt text',
  altTextOf: (which: string | number) => `Alt text of ${which}`,
  urlOf: (which: string | number) => `URL of ${which}`,
  variantOf: (which: string | number) => `Variant of ${which}`,
  theProduct: 'The product',
  moveUp: (which: string | number) => `Move ${which} up`,
  moveDown: (which: string | number) => `Move ${which} down`,
  remove: (which: string | number) => `Remove ${which}`,
  remove2: 'Remove',
  place: 'Place',
}
