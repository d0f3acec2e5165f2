import type { ProductSheet, SheetVariant } from '@/lib/domain/products/editing/sheet'

export const celadon: SheetVariant = {
  id: '00000000-0000-4000-8000-000000000001',
  version: 1,
  sku: 'JUG-CELADON',
  option_values: ['Celadon'],
  price_minor: 4200,
  compare_at_minor: null,
  currency: 'EUR',
  barcode: null,
  limit_per_person: null,
  active: true,
}

/** A jug in one glaze; each test changes what it is about. */
export const aJug: ProductSheet = {
  id: '00000000-0000-4000-8000-00000000000a',
  version: 3,
  handle: 'jug',
  title: 'Jug',
  description_html: '<p>Holds a litre.</p>',
  category: 'table',
  vendor: 'Ilse',
  tags: ['clay', 'kitchen'],
  option_names: ['Glaze'],
  limited: false,
  tax_rate_bp: 1900,
  status: 'active',
  updated_at: '2026-11-23T08:00:00Z',
  media: [
    { src: '/art/jug-sky-mustard-7.svg', alt: 'A jug', variant_id: celadon.id, focus_x: 50, focus_y: 50 },
    { src: 'https://photos.test/jug.jpg', alt: '', variant_id: null, focus_x: 50, focus_y: 50 },
  ],
  variants: [celadon],
  editors: {},
}
