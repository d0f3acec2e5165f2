// The carriers whose tracking pages can be linked. A link is made of the number alone, never of text that was typed.

const pages: Readonly<Record<string, (code: string) => `https://${string}`>> = {
  'Australia Post': (code) => `https://auspost.com.au/mypost/track/details/${code}`,
  bpost: (code) => `https://track.bpost.cloud/btr/web/#/search?itemCode=${code}&lang=en`,
  Chronopost: (code) => `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${code}`,
  Colissimo: (code) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${code}`,
  DHL: (code) => `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${code}`,
  DPD: (code) => `https://tracking.dpd.de/status/en_US/parcel/${code}`,
  Evri: (code) => `https://www.evri.com/track/parcel/${code}`,
  FedEx: (code) => `https://www.fedex.com/fedextrack/?trknbr=${code}`,
  GLS: (code) => `https://gls-group.com/GROUP/en/parcel-tracking?match=${code}`,
  'Royal Mail': (code) => `https://www.royalmail.com/track-your-item#/tracking-results/${code}`,
  UPS: (code) => `https://www.ups.com/track?tracknum=${code}`,
  USPS: (code) => `https://tools.usps.com/go/TrackConfirmAction?tLabels=${code}`,
}

/** The names of the known carriers, as suggestions: any other may be typed. */
export const carriers: readonly string[] = Object.keys(pages)

/** The carrier's page of a parcel; null for a carrier that is not known. */
export function trackingLink(carrier: string, trackingNumber: string): `https://${string}` | null {
  const name = carriers.find((known) => known.toLowerCase() === carrier.toLowerCase())
  const page = name === undefined ? undefined : pages[name]
  return page?.(encodeURIComponent(trackingNumber)) ?? null
}
