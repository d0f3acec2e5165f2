set check_function_bodies = off;

DROP VIEW "public"."shop_products";

-- A constant default and a check of it: no row is written, and the table is small.
ALTER TABLE "public"."product_media" ADD COLUMN "focus_x" smallint NOT NULL DEFAULT 50;

-- A constant default and a check of it: no row is written, and the table is small.
ALTER TABLE "public"."product_media" ADD COLUMN "focus_y" smallint NOT NULL DEFAULT 50;

create or replace function private.product_sheet(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(product) - '{position,number,created_at}'::text[] || jsonb_build_object(
    'editors', private.product_editors(product.id),
    'media', coalesce((
      select jsonb_agg(jsonb_build_object('src', media.src, 'alt', media.alt, 'variant_id', media.variant_id,
        'focus_x', media.focus_x, 'focus_y', media.focus_y)
        order by media.position)
      from public.product_media as media
      where media.product_id = product.id
    ), '[]'),
    'variants', coalesce((
      select jsonb_agg(to_jsonb(variant) - '{product_id,position,created_at}'::text[]
        order by variant.position, variant.id)
      from public.variants as variant
      where variant.product_id = product.id
    ), '[]')
  )
  from public.products as product
  where product.id = product_sheet.product_id
$$;

create or replace function private.write_pictures(product_id uuid, media jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In place, so that a picture that stays where it was is not written again.
  insert into public.product_media as picture (product_id, position, src, alt, variant_id, focus_x, focus_y)
  select write_pictures.product_id, item.position, item.picture ->> 'src', coalesce(item.picture ->> 'alt', ''),
    variants.id, coalesce((item.picture ->> 'focus_x')::smallint, 50),
    coalesce((item.picture ->> 'focus_y')::smallint, 50)
  from jsonb_array_elements(media) with ordinality as item (picture, position)
  left join public.variants on variants.product_id = write_pictures.product_id
    and variants.id = (item.picture ->> 'variant_id')::uuid
  on conflict on constraint product_media_have_one_order do update
  set src = excluded.src,
    alt = excluded.alt,
    variant_id = excluded.variant_id,
    focus_x = excluded.focus_x,
    focus_y = excluded.focus_y
  where (picture.src, picture.alt, picture.variant_id, picture.focus_x, picture.focus_y) is distinct
    from (excluded.src, excluded.alt, excluded.variant_id, excluded.focus_x, excluded.focus_y);

  delete from public.product_media as picture
  where picture.product_id = write_pictures.product_id
    and picture.position > jsonb_array_length(media);
end;
$$;

-- A constant default and a check of it: no row is written, and the table is small.
ALTER TABLE "public"."product_media" ADD CONSTRAINT "product_media_focus_x_check" CHECK (((focus_x >= 0) AND (focus_x <= 100)));

-- A constant default and a check of it: no row is written, and the table is small.
ALTER TABLE "public"."product_media" ADD CONSTRAINT "product_media_focus_y_check" CHECK (((focus_y >= 0) AND (focus_y <= 100)));

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
        variants.currency)
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
  ) as first_picture
from public.products
join public.categories on categories.slug = products.category
where products.status = 'active';

REVOKE ALL ON TABLE "public"."shop_products" FROM "anon";

REVOKE ALL ON TABLE "public"."shop_products" FROM "authenticated";

CREATE POLICY "managers add pictures" ON "storage"."objects" FOR INSERT TO "authenticated" WITH CHECK (((bucket_id = 'pictures'::text) AND (name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]{1,4}x[0-9]{1,4}(-[0-9]{3,4})?[.]webp$'::text) AND (( SELECT private.staff_role() AS staff_role) = 'manager'::public.staff_role)));

COMMENT ON COLUMN "public"."product_media"."focus_x" IS 'The point that stays visible where a frame cuts the picture: percent from the left; focus_y from the top.';

COMMENT ON COLUMN "public"."product_media"."src" IS 'A path of our own (/pictures/… is a photo in Storage, /art/… a drawing of the demo) or an https address that may or
   may not be reachable.';

COMMENT ON FUNCTION "private"."product_sheet"(uuid) IS 'All editable data of a product in one document: its row, media: [{src, alt, variant_id, focus_x, focus_y}] in
   order, all variants in order, and editors: the last editor of each field. NULL when there is none.';

COMMENT ON FUNCTION "public"."read_product"(uuid) IS 'A product as it is edited: its row with version, media: [{src, alt, variant_id, focus_x, focus_y}], variants: [{id,
   version, sku, option_values, price_minor, compare_at_minor, currency, barcode, limit_per_person, active}], editors:
   {field: who changed it last}. Staff. Raises role_required (403), not_found (404).';

COMMENT ON VIEW "public"."shop_products" IS 'Active products as the shop shows them, each with its active variants [{id, sku, option_values, price_minor,
   compare_at_minor, currency}] and pictures [{src, alt, variant_id, focus_x, focus_y}] in their order, however
   many they are.
   lowest_price and first_picture are what a card shows. Prices are minor units. For the secret key alone.';

REVOKE ALL ON TABLE "public"."shop_products" FROM "service_role";

GRANT SELECT ON TABLE "public"."shop_products" TO "service_role";

reset check_function_bodies;

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('pictures', 'pictures', false, 5000000, '{image/webp}')
on conflict (id) do update
set public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;
