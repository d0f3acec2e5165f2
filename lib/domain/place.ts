/** A place that holds stock. */
export interface Location {
  id: string
  slug: string
  name: string
}

/** An aisle of the shop. */
export interface Category {
  slug: string
  title: string
}
