create or replace view public.shop_products with (security_invoker = true) as
select
  products.id,
  products.handle,
  products.title,
  products.category,
  categories.title as category_title,
  products.limited,
  products.description_html,
  products.vendor,
  products.tags,
  products.option_names,
  products.position,
  products.updated_at,
  (
    select coalesce(jsonb_agg(jsonb_build_object('id', variants.id, 'sku', variants.sku,
      'option_values', variants.option_values,
        'price_minor', variants.price_minor, 'compare_at_minor', variants.compare_at_minor, 'currency',
        variants.currency, 'barcode', variants.barcode)
      order by variants.position, variants.id), '[]')
    from public.variants
    where variants.product_id = products.id and variants.active
  ) as variants,
  (
    select jsonb_build_object('price_minor', variants.price_minor, 'compare_at_minor', variants.compare_at_minor,
      'currency', variants.currency)
    from public.variants
    where variants.product_id = products.id and variants.active
    order by variants.price_minor, variants.position, variants.id
    limit 1
  ) as lowest_price,
  (
    select max(variants.price_minor)
    from public.variants
    where variants.product_id = products.id and variants.active
  ) as highest_price_minor,
  (
    select coalesce(jsonb_agg(jsonb_build_object('src', media.src, 'alt', media.alt, 'variant_id', media.variant_id,
      'focus_x', media.focus_x, 'focus_y', media.focus_y)
      order by media.position), '[]')
    from public.product_media as media
    where media.product_id = products.id
  ) as pictures,
  (
    select jsonb_build_object('src', media.src, 'alt', media.alt,
      'focus_x', media.focus_x, 'focus_y', media.focus_y)
    from public.product_media as media
    where media.product_id = products.id
    order by media.position
    limit 1
  ) as first_picture,
  products.number,
  greatest(products.updated_at, (
    select max(variants.updated_at) from public.variants where variants.product_id = products.id
  )) as changed_at
from public.products
join public.categories on categories.slug = products.category
where products.status = 'active';

REVOKE ALL ON TABLE "public"."shop_products" FROM "anon";

REVOKE ALL ON TABLE "public"."shop_products" FROM "authenticated";

create or replace view public.shop_sitemaps with (security_invoker = true) as
select ((shop_products.number - 1) / 5000)::integer as part, max(shop_products.changed_at) as changed_at
from public.shop_products
group by 1;

REVOKE ALL ON TABLE "public"."shop_sitemaps" FROM "anon";

REVOKE ALL ON TABLE "public"."shop_sitemaps" FROM "authenticated";

COMMENT ON VIEW "public"."shop_products" IS 'Active products as the shop shows them, each with its active variants [{id, sku, option_values, price_minor,
   compare_at_minor, currency, barcode}] and pictures [{src, alt, variant_id, focus_x, focus_y}] in their order,
   however many they are. lowest_price and first_picture are what a card shows, changed_at when its text, options or
   prices last changed. Prices are minor units. For the secret key alone.';

COMMENT ON VIEW "public"."shop_sitemaps" IS 'The parts of the sitemap: products by number, 5000 a part, so that a product stays in its part. A part without an
   active product has no row. For the secret key alone.';

REVOKE ALL ON TABLE "public"."shop_products" FROM "service_role";

GRANT SELECT ON TABLE "public"."shop_products" TO "service_role";

REVOKE ALL ON TABLE "public"."shop_sitemaps" FROM "service_role";

GRANT SELECT ON TABLE "public"."shop_sitemaps" TO "service_role";
