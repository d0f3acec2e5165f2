-- The list of products, new products and new variants. The list is searched by the same index as the inventory
-- (schemas/inventory/tables.sql), so that both find the same.

create view public.product_entries with (security_invoker = true) as
select
  product.id as product_id,
  product.handle,
  product.title,
  product.category,
  product.status,
  product.limited,
  product.version,
  product.updated_at,
  offer.variants,
  offer.lowest_minor,
  offer.highest_minor,
  offer.currency,
  (
    select media.src
    from public.product_media as media
    where media.product_id = product.id
    order by media.position
    limit 1
  ) as picture
from public.products as product
cross join lateral (
  select count(*)::integer as variants, min(variant.price_minor) as lowest_minor,
    max(variant.price_minor) as highest_minor,
    min(variant.currency) as currency
  from public.variants as variant
  where variant.product_id = product.id
) as offer;
comment on view public.product_entries is
  'One row per product as the list shows it. variants counts all, prices are theirs. Invoker''s rights.';
revoke all on public.product_entries from anon, authenticated, service_role;
grant select on public.product_entries to authenticated, service_role;
