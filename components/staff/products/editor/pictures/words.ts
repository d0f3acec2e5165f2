/** The texts of new-picture.tsx. */
export const newPictureWords = {
  addImageByUrl: 'Add image by URL',
  https: 'https://…',
  addPicture: 'Add picture',
}

/** The texts of upload-pictures.tsx. */
export const uploadWords = {
  addPhotos: 'Add photos',
  dropHint: 'JPEG, PNG or WebP, up to 20 MB each. You can also drop or paste photos here.',
  uploading: (name: string, percent: number) => `Uploading ${name}: ${percent} %`,
  preparing: (name: string) => `Preparing ${name} …`,
  waiting: (name: string) => `${name} is next.`,
  added: (count: number) =>
    count === 1
      ? '1 photo added. Save the product to keep it.'
      : `${count} photos added. Save the product to keep them.`,
  dismiss: (name: string) => `Dismiss the message about ${name}`,
  dismissShort: 'Dismiss',
  problems: {
    too_large: 'is larger than 20 MB. Export it smaller and add it again.',
    not_a_photo: 'is not a JPEG, PNG or WebP photo. Choose another file.',
    heic: 'is a HEIC photo, which browsers cannot show. Export it as JPEG and add it again.',
    svg: 'is a drawing (SVG), which can contain programs. Export it as PNG and add it again.',
    too_many_pixels: 'has more than 60 million pixels. Export it smaller and add it again.',
    broken: 'cannot be read: the file is damaged. Export it again.',
    busy: 'could not be prepared, because many photos are being prepared. Add it again in a minute.',
    signed_out: 'was not added: your session has ended. Sign in again; your other changes are kept here.',
    role_required: 'was not added: only managers can edit products.',
    unavailable: 'was not added: the shop could not be reached. Check your connection and add it again.',
  },
}

/** The texts of picture-fields.tsx. */
export const pictureFieldsWords = {
  theFirstIsTheMain: ': the first is the main picture',
  picture: (value: string | number) => `picture ${value}`,
  altText: 'Alt text',
  altTextIsEmpty: 'Alt text is empty: shoppers who cannot see the picture get the product title alone.',
  acrossFocus: 'Focus across',
  downFocus: 'Focus down',
  focusOf: (label: string, which: string) => `${label}, ${which}`,
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
