/**
 * The faults of structured data by the rules that search engines publish for merchant listings, product variants and
 * breadcrumbs. https://developers.google.com/search/docs/appearance/structured-data/merchant-listing, …/product-variants
 */
export function problemsOfGraph(graph: unknown): string[] {
  const { '@context': context, '@graph': nodes } = graph as { '@context': string; '@graph': GraphNode[] }
  return [
    ...(context === 'https://schema.org' ? [] : ['the context is not https://schema.org']),
    ...nodes.flatMap((node) => rules[node['@type']]?.(node) ?? [`${node['@type']} is not expected`]),
  ]
}

type GraphNode = Record<string, unknown> & { '@type': string }

const rules: Record<string, (node: GraphNode) => string[]> = {
  Product: (node) => problemsOfProduct(node),
  ProductGroup: (node) => {
    const variants = (node.hasVariant ?? []) as GraphNode[]
    const skus = new Set(variants.map(({ sku }) => sku))
    return [
      ...lacks(node, ['name', 'productGroupID', 'variesBy', 'hasVariant']),
      ...(skus.size === variants.length ? [] : ['two variants have one SKU']),
      ...variants.flatMap(problemsOfProduct),
    ]
  },
  BreadcrumbList: (node) =>
    ((node.itemListElement ?? []) as GraphNode[]).flatMap((item, at) => [
      ...lacks(item, ['position', 'name', 'item']),
      ...(item.position === at + 1 ? [] : ['positions do not follow each other']),
      ...address(item.item, 'item'),
    ]),
}

function problemsOfProduct(node: GraphNode): string[] {
  const offer = node.offers as GraphNode | undefined
  const images = (node.image ?? []) as string[]
  if (!offer) return [`${node.name} has no offer`]
  return [
    ...lacks(node, ['name', 'image', 'sku', 'offers']),
    ...lacks(offer, ['url', 'price', 'priceCurrency', 'availability']),
    ...(images.length > 0 ? images.flatMap((each) => address(each, 'image')) : ['no image']),
    ...address(offer.url, 'url'),
    ...(/^\d+(\.\d{1,3})?$/.test(String(offer.price)) ? [] : [`price is ${offer.price}`]),
    ...(/^[A-Z]{3}$/.test(String(offer.priceCurrency)) ? [] : [`priceCurrency is ${offer.priceCurrency}`]),
    ...(availabilities.test(String(offer.availability)) ? [] : [`availability is ${offer.availability}`]),
  ]
}

const availabilities =
  /^https:\/\/schema\.org\/(InStock|LimitedAvailability|OutOfStock|SoldOut|Discontinued)$/

function lacks(node: GraphNode, properties: readonly string[]): string[] {
  return properties
    .filter((name) => node[name] === undefined || node[name] === '')
    .map((name) => `${node['@type']} lacks ${name}`)
}

function address(value: unknown, name: string): string[] {
  return typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value)
    ? []
    : [`${name} is no address`]
}
