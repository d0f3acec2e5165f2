/** Whether a picture is a drawing of the demo (public/art), not a photo. */
export function isDrawing(src: string): boolean {
  return src.startsWith('/art/')
}

/** Shown for a product without a picture, and below a photo from elsewhere that may not load. */
export const PLACEHOLDER = '/no-picture.svg'

/** The same as a text, for a photo that cannot be read: public/no-picture.svg, held to it by a test. */
export const placeholderSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 750"><title>No picture</title><path fill="#8a8a9a" fill-opacity=".12" d="M0 0h600v750H0z"/><g fill="none" stroke="#8a8a9a" stroke-opacity=".7" stroke-width="8" stroke-linejoin="round"><path d="M210 300h180v150H210z"/><circle cx="258" cy="345" r="15"/><path d="m210 432 54-48 42 36 36-30 48 42"/></g></svg>\n'
