import type { Route } from 'next'
import { notFound } from 'next/navigation'
import { CatalogueNotice } from '@/app/(shop)/catalogue-notice'
import { productPageWords } from '@/app/(shop)/words'
import { noneIfUnavailable } from '@/app/unavailable-page'
import { AddToCart } from '@/components/shop/cart/add-to-cart'
import { Gallery } from '@/components/shop/catalog/gallery'
import { ProductDetails } from '@/components/shop/catalog/product-details'
import { StillInStock } from '@/components/shop/catalog/still-in-stock'
import { StockSlot } from '@/components/shop/catalog/stock-slot'
import { VariantChoice } from '@/components/shop/catalog/variant-choice'
import { DeliveryFacts } from '@/components/shop/delivery/delivery-facts'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Cart } from '@/lib/domain/cart/cart'
import type { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { quantityOf } from '@/lib/domain/cart/cart-sums'
import { promisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import {
  chosenVariant,
  faceOf,
  isWide,
  type Product,
  picturesFor,
  type Variant,
} from '@/lib/domain/products/product'
import { isBuyable, shelfOf, shelfOfVariants, stockOfVariant } from '@/lib/domain/stock/shelf'
import { briefly } from '@/lib/server/platform/briefly'
import { firstValue } from '@/lib/server/platform/live'
import { buyableVariants } from '@/lib/server/products/buyable-variants'
import { shopFacts } from '@/lib/server/products/shop-facts'
import { currentShop } from '@/lib/server/settings/shop'
import { shopPlaces } from '@/lib/server/stock/shop-places'
import { Related } from './related'
import { LateStock, VariantStock } from './variant-stock'

/** The parts of a product page that belong to one shopper, for a page that is rendered for them. */
export interface OwnPart {
  cart: Cart | null
  posted: PostedRefusal | null
}

/**
 * A product with its live stock. The same for everybody, unless `own` is given: then it is rendered for one shopper, and
 * leaves out the related products, which cost half of a page.
 */
export async function ProductView({
  product,
  sku,
  own,
}: {
  product: Product
  /** Of the variant that the address names. */
  sku: string | undefined
  own?: OwnPart
}) {
  const [facts, shop, places, { variant, shelf, inTime }] = await Promise.all([
    shopFacts(),
    currentShop(),
    shopPlaces().catch(noneIfUnavailable),
    openOn(product, sku, own?.cart ?? null),
  ])
  if (!variant) notFound()
  return (
    <>
      <CatalogueNotice />
      <article className="page grid gap-x-8 gap-y-6 pt-4 tablet:grid-cols-2 tablet:grid-rows-[auto_1fr] tablet:pt-8 desktop:grid-cols-[7fr_5fr] desktop:gap-x-12 desktop:pt-12">
        <Gallery key={variant.id} product={product} pictures={picturesFor(product, variant)} />
        <div className="tablet:sticky tablet:top-8 tablet:col-start-2 tablet:row-span-2 tablet:row-start-1 tablet:self-start">
          <ProductDetails product={product} variant={variant}>
            <VariantChoice
              product={product}
              chosen={variant}
              shelf={isWide(product) ? null : (inTime ?? null)}
            />
            <div className="mt-8 border-line border-y py-5">
              <p className="text-lead">
                <StockSlot>
                  {inTime ? (
                    <VariantStock product={product} variant={variant} facts={facts} shelf={inTime} />
                  ) : (
                    <LateStock product={product} variant={variant} facts={facts} shelf={shelf} />
                  )}
                </StockSlot>
              </p>
              <p className="mt-1 text-fine text-soft">{productPageWords.stockAcrossAllOurLocations}</p>
              <AddToCart
                key={variant.id}
                product={faceOf(product)}
                variant={variant}
                first={inTime ?? null}
                least={shop.low_stock_at + 1}
                inCart={quantityOf(own?.cart ?? null, variant.id)}
                posted={own?.posted ?? null}
              />
              <Stack gap={6}>
                {inTime && !isWide(product) && (
                  <StillInStock product={product} variant={variant} shelf={inTime} />
                )}
                <DeliveryFacts
                  delivery={facts.delivery && promisedDelivery(facts.delivery, facts.country, variant.price)}
                  places={places ?? []}
                  returns={facts.returns}
                />
                <Text size="small">
                  <TextLink href={`/messages/new?product=${encodeURIComponent(product.handle)}` as Route}>
                    {productPageWords.askAboutThisProduct}
                  </TextLink>
                </Text>
              </Stack>
            </div>
          </ProductDetails>
        </div>
      </article>
      {!own && <Related product={product} />}
    </>
  )
}

/**
 * The variant a page opens on with its shelf: the one its address names, else the first in stock or in the cart, so that
 * the page stays on a variant whose last unit was just added. `inTime` is undefined for
 * a shelf that is late. Of a wide product the shelf is the row of that variant alone.
 */
async function openOn(product: Product, sku: string | undefined, cart: Cart | null) {
  if (isWide(product)) {
    const isNamed = product.variants.some((variant) => variant.sku === sku)
    const buyable = isNamed ? null : await briefly(buyableVariants(product.id))
    const named = chosenVariant(product, sku, ({ id }) => buyable?.has(id) ?? true)
    const shelf = firstValue(shelfOfVariants(named ? [named.id] : []))
    return { variant: named, shelf, inTime: await briefly(shelf) }
  }
  const shelf = firstValue(shelfOf([product.id]))
  const inTime = await briefly(shelf)
  const canBuy = ({ id }: Variant) =>
    !inTime || quantityOf(cart, id) > 0 || isBuyable(stockOfVariant(inTime, id))
  return { variant: chosenVariant(product, sku, canBuy), shelf, inTime }
}
