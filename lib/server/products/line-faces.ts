import 'server-only'
import type { CartLine } from '@/lib/domain/cart/cart'
import { chosenVariant, type LineFace, picturesFor } from '@/lib/domain/products/product'
import { findProduct } from './catalog'

/** The picture of every line by its variant, from the cached catalogue. */
export async function lineFaces(
  lines: readonly Pick<CartLine, 'variant_id' | 'handle' | 'sku'>[],
): Promise<Record<string, LineFace>> {
  const faces = await Promise.all(
    lines.map(async ({ variant_id, handle, sku }): Promise<[string, LineFace]> => {
      const product = await findProduct(handle)
      const variant = product && chosenVariant(product, sku)
      const picture = (product && variant && picturesFor(product, variant)[0]) ?? null
      const siblings = (product?.variants ?? []).flatMap(({ id, optionValues }) =>
        id === variant_id ? [] : [{ id, optionValues }],
      )
      return [variant_id, { picture, siblings }]
    }),
  )
  return Object.fromEntries(faces)
}
