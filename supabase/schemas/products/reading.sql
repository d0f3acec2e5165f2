-- Product edits while the shop sells: the last writer wins, with conflict detection (decision 0023).
--
-- A save says what it changes and which version of the product, and of each variant it touches, it was made against.
-- When one of them has changed, nothing is written and the refusal carries the current product: the editor compares the
-- two versions field by field and saves again. Product and variants are written together or not at all.
--
-- Refusals: role_required, not_found, invalid_input, product_moved, idempotency_key_reused.

-- Pictures have no version of their own: they are part of their product. A product that moved in this transaction
-- already has its next version.
create function private.media_moves_product()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.products as product
  set version = product.version + 1
  where product.id in (select changed.product_id from changed)
    and product.updated_at <> now();
  return null;
end;
$$;
comment on function private.media_moves_product() is 'A change of a picture is a change of its product.';
create trigger product_media_move_product_new after insert on public.product_media
  referencing new table as changed
  for each statement execute function private.media_moves_product();
create trigger product_media_move_product_changed after update on public.product_media
  referencing new table as changed
  for each statement execute function private.media_moves_product();
create trigger product_media_move_product_gone after delete on public.product_media
  referencing old table as changed
  for each statement execute function private.media_moves_product();

-- read_product ------------------------------------------------------------------------------------------------

create function private.product_editors(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(last.field, last.actor_name), '{}')
  from (
    select distinct on (line.field) line.field, line.actor_name
    from (
      select trail.id, trail.actor_name, change.key as field
      from public.products as product
      join public.audit_trail as trail on trail.subject = 'product' and trail.subject_id = product.id::text
        and trail.action = 'changed'
      cross join lateral jsonb_each(trail.after) as change
      where product.id = product_editors.product_id and to_jsonb(product) -> change.key = change.value
      union all
      select trail.id, trail.actor_name, 'variants.' || variant.id || '.' || change.key
      from public.variants as variant
      join public.audit_trail as trail on trail.subject = 'variant' and trail.subject_id = variant.id::text
        and trail.action = 'changed'
      cross join lateral jsonb_each(trail.after) as change
      where variant.product_id = product_editors.product_id and to_jsonb(variant) -> change.key = change.value
    ) as line
    order by line.field, line.id desc
  ) as last
$$;
comment on function private.product_editors(uuid) is
  'The last editor of each field: {title: name, "variants.<id>.price_minor": name}. A field that an import wrote last
   has none, unless its value did not change.';

create function private.product_sheet(product_id uuid)
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
comment on function private.product_sheet(uuid) is
  'All editable data of a product in one document: its row, media: [{src, alt, variant_id, focus_x, focus_y}] in
   order, all variants in order, and editors: the last editor of each field. NULL when there is none.';

create function private.read_product(product_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sheet jsonb;
begin
  perform private.require_role('viewer');
  v_sheet := private.product_sheet(product_id);
  if v_sheet is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('product_id', product_id),
      'Reload the list of products.');
  end if;
  return v_sheet;
end;
$$;
comment on function private.read_product(uuid) is 'See public.read_product.';

create function public.read_product(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_product(product_id)
$$;
comment on function public.read_product(uuid) is
  'A product as it is edited: its row with version, media: [{src, alt, variant_id, focus_x, focus_y}], variants: [{id,
   version, sku, option_values, price_minor, compare_at_minor, currency, barcode, limit_per_person, active}], editors:
   {field: who changed it last}. Staff. Raises role_required (403), not_found (404).';
