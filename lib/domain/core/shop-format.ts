/** How the shop writes numbers, prices and dates, and whose clock it goes by. */
export interface ShopFormat {
  /** A BCP 47 tag. */
  readonly locale: string
  /** An IANA time zone. */
  readonly timeZone: string
}

/** Of a shop that has set neither; the columns of public.shop_settings have the same defaults. */
export const usualFormat: ShopFormat = { locale: 'en-GB', timeZone: 'Europe/Brussels' }

// In `globalThis`, because Next bundles pages, their components and instrumentation.ts apart.
const shared = globalThis as { onhandFormat?: ShopFormat }

/** Called by the server when it has read the settings. */
export function setShopFormat(format: ShopFormat): void {
  shared.onhandFormat = format
}

/** In a browser it comes from the page's root element, where the server wrote it (app/layout.tsx). */
export function shopFormat(): ShopFormat {
  const { locale, timeZone } = typeof document === 'undefined' ? {} : document.documentElement.dataset
  return locale && timeZone ? { locale, timeZone } : (shared.onhandFormat ?? usualFormat)
}
