/** Shown for a product without a drawing of ours, below a photo that may not load. */
export const PLACEHOLDER = '/art/still-life-chalk-slate-11.svg'

/** Whether a picture is a static file of this shop (public/art), not a photo from elsewhere. */
export function isDrawing(src: string): boolean {
  return src.startsWith('/art/')
}
