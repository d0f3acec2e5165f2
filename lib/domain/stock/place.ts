/** A place that holds stock. */
export interface Location {
  id: string
  slug: string
  name: string
}

/** A place where orders can be collected. */
export interface CollectionPoint {
  id: string
  name: string
  address: string
}

/** A category of the shop. */
export interface Category {
  slug: string
  title: string
}
