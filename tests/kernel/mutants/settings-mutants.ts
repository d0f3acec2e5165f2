import type { Mutant } from './plant'

const settings = 'tests/database/settings/shop-settings'
const locations = 'tests/database/settings/locations'

export const settingsMutants: Mutant[] = [
  {
    name: 'settings that another manager saved are overwritten',
    file: 'settings/shop.sql',
    from: `  if expected is distinct from v_now.version then`,
    to: `  if false then`,
    seenIn: settings,
  },
  {
    name: 'the currency changes under prices',
    file: 'settings/shop.sql',
    from: `  if v_new.currency <> v_now.currency and exists (select from public.variants) then`,
    to: `  if false then`,
    seenIn: settings,
  },
  {
    name: 'a time zone that no program knows is stored',
    file: 'settings/shop.sql',
    from: `    and (rule.field <> 'time_zone' or exists (select from pg_timezone_names as zone where zone.name = given.text))`,
    to: `    and true`,
    seenIn: settings,
  },
  {
    name: 'a location with units is archived',
    file: 'settings/locations.sql',
    from: `    if v_uses <> '{"on_hand": 0, "deliveries": 0, "counts": 0, "orders": 0, "is_last": false}' then`,
    to: `    if false then`,
    seenIn: locations,
  },
  {
    name: 'an order of locations may leave some out',
    file: 'settings/locations.sql',
    from: `cardinality(location_ids) > 1000 or location_ids is distinct from (`,
    to: `cardinality(location_ids) > 1000 or '{}'::uuid[] is not distinct from (`,
    seenIn: locations,
  },
  {
    name: 'a category with products is removed',
    file: 'settings/categories.sql',
    from: `    if v_products > 0 then`,
    to: `    if false then`,
    seenIn: 'tests/database/settings/categories',
  },
  {
    name: 'an order is taxed in the country of the shop wherever it goes',
    file: 'orders/checkout.sql',
    from: `private.tax_rate_of(draft.address ->> 'country', products.category`,
    to: `private.tax_rate_of(null, products.category`,
    seenIn: 'tests/database/totals/tax-rates',
  },
  {
    name: 'a rate of all countries comes before one of the country',
    file: 'totals/tax_rates.sql',
    from: `    order by rate.country is null, rate.category is null`,
    to: `    order by rate.category is null, rate.country is null`,
    seenIn: 'tests/database/totals/tax-rates',
  },
]
