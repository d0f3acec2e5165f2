import type { Mutant } from './plant'

const search = 'tests/database/search/search'
const facets = 'tests/database/search/facets.property'

export const searchMutants: Mutant[] = [
  {
    name: 'a filter counts what can no longer be bought',
    file: 'search/find_products.sql',
    from: `      select from public.shelf where shelf.product_id = document.product_id and shelf.band in ('in', 'low')`,
    to: `      select from public.shelf where shelf.product_id = document.product_id`,
    seenIn: facets,
  },
  {
    name: 'the number beside a choice is that with its own filter',
    file: 'search/find_products.sql',
    from: `          and (listed.failed = '{}' or listed.failed <@ array[split_part(choice, '=', 1)])`,
    to: `          and listed.failed = '{}'`,
    seenIn: facets,
  },
  {
    name: 'a changed price is not found',
    file: 'search/documents.sql',
    from: `is distinct from (before.sku, before.barcode, before.option_values, before.active, before.price_minor)`,
    to: `is distinct from (before.sku, before.barcode, before.option_values, before.active, changed.price_minor)`,
    seenIn: search,
  },
  {
    name: 'a mistyped term is not read as another',
    file: 'search/query.sql',
    from: `    v_near := array(select private.near_words(v_words[1]));`,
    to: `    v_near := '{}';`,
    seenIn: search,
  },
  {
    name: 'an order with two products is paired twice',
    file: 'sales/bought_together.sql',
    from: `  where pair.order_id = any (v_orders)`,
    to: `  where true`,
    seenIn: 'tests/database/orders/bought-together',
  },
  {
    name: 'a search is not read as its synonyms',
    file: 'search/query.sql',
    from: `    || private.synonym_query(v_language, v_words[1]);`,
    to: `;`,
    seenIn: 'tests/database/search/synonyms',
  },
]
