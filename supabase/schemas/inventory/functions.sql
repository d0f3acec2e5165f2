create function private.inventory_projection(variant_ids uuid[])
returns setof public.inventory_index
language sql
stable
set search_path = ''
as $$
  select variants.id, products.category, lower(products.title), variants.position,
    lower(concat_ws(' ', products.title, array_to_string(variants.option_values, ' '), variants.sku, variants.barcode,
      private.code_key(variants.sku), private.code_key(variants.barcode), products.vendor))
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = any (inventory_projection.variant_ids)
$$;
comment on function private.inventory_projection(uuid[]) is
  'The index rows of these variants. The only place that defines what is searchable.';

create function private.index_variants(variant_ids uuid[])
returns void
language sql
set search_path = ''
as $$
  insert into public.inventory_index as known (variant_id, category, title, position, words)
  select variant_id, category, title, position, words
  from private.inventory_projection(index_variants.variant_ids)
  order by variant_id
  on conflict (variant_id) do update
  set category = excluded.category,
    title = excluded.title,
    position = excluded.position,
    words = excluded.words
  where (known.category, known.title, known.position, known.words)
    is distinct from (excluded.category, excluded.title, excluded.position, excluded.words)
$$;
comment on function private.index_variants(uuid[]) is 'Brings the index up to date; writes only rows that change.';

create function private.variants_index()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_variants(array(select id from changed));
  return null;
end;
$$;
comment on function private.variants_index() is 'A new or renamed variant can be searched at once.';
create trigger variants_index_new after insert on public.variants
  referencing new table as changed
  for each statement execute function private.variants_index();
create trigger variants_index_changed after update on public.variants
  referencing new table as changed
  for each statement execute function private.variants_index();

create function private.products_index()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_variants(array(
    select variants.id
    from changed
    join before using (id)
    join public.variants on variants.product_id = changed.id
    where (changed.title, changed.category, changed.vendor) is distinct
      from (before.title, before.category, before.vendor)
  ));
  return null;
end;
$$;
comment on function private.products_index() is 'A renamed product is found by its new name at once.';
create trigger products_index after update on public.products
  referencing old table as before new table as changed
  for each statement execute function private.products_index();

create view public.inventory with (security_invoker = true) as
select
  variants.id as variant_id,
  products.id as product_id,
  products.handle,
  products.title,
  products.category,
  products.status,
  products.option_names,
  variants.option_values,
  variants.sku,
  variants.barcode,
  variants.active,
  shelf.band,
  shelf."left",
  shelf.version as shelf_version,
  (
    select media.src
    from public.product_media as media
    where media.product_id = products.id
      and (media.variant_id = variants.id or media.variant_id is null)
    order by media.variant_id is null, media.position
    limit 1
  ) as picture,
  (
    select coalesce(jsonb_agg(to_jsonb(level)), '[]')
    from public.stock_levels as level
    where level.variant_id = variants.id
  ) as levels
from public.inventory_index
join public.variants on variants.id = inventory_index.variant_id
join public.products on products.id = variants.product_id
join public.shelf on shelf.variant_id = variants.id;
comment on view public.inventory is
  'One row per variant as staff see it: what it is, its row of the shelf (band, left, shelf_version), and levels, its
   stock_levels rows as a JSON array (locations it never was at have none). Invoker''s rights: nobody but staff gets a
   row.';
revoke all on public.inventory from anon, authenticated, service_role;
grant select on public.inventory to authenticated, service_role;

create function private.search_patterns(query text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array(
    select '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    from regexp_split_to_table(lower(coalesce(search_patterns.query, '')), '\s+') as typed
    cross join lateral (select private.code_key(typed) as key) as code
    -- The index has the 14 digits of a GTIN, in which every shorter form ends.
    cross join lateral (select case when key ~ '^\d{14}$' then ltrim(key, '0') else typed end as word) as searched
    where typed <> ''
    order by length(word) desc
  )
$$;
comment on function private.search_patterns(text) is
  'The words of a query as patterns for `like all`, longest word first.';

create function private.search_inventory(
  query text, category text, band public.shelf_band, location_id uuid, after uuid, size integer, levels_at uuid[]
)
returns setof public.inventory
language plpgsql
stable
security definer
set search_path = ''
-- Absent filters fold away and the index fits what was typed only when the plan knows the values.
set plan_cache_mode = 'force_custom_plan'
set jit = off
as $$
declare
  v_after public.inventory_index;
  v_words text[] := private.search_patterns(search_inventory.query);
begin
  -- Asked here and not by row level security: under a policy `like` may not use the index, because it could tell of
  -- rows it was shown before they were allowed.
  if not private.is_trusted() and private.staff_role() is null then
    return;
  end if;
  select * into v_after from public.inventory_index where inventory_index.variant_id = search_inventory.after;

  return query
  select inventory.variant_id, inventory.product_id, inventory.handle, inventory.title, inventory.category,
    inventory.status, inventory.option_names, inventory.option_values, inventory.sku, inventory.barcode,
    inventory.active, inventory.band, inventory."left", inventory.shelf_version, inventory.picture, (
      -- Not the view's levels, which are those of every location.
      select coalesce(jsonb_agg(to_jsonb(level)), '[]')
      from public.stock_levels as level
      where level.variant_id = inventory.variant_id
        and (search_inventory.levels_at is null or level.location_id = any (search_inventory.levels_at))
    )
  from (
    select found.variant_id, found.title, found.position
    from public.inventory_index as found
    -- The longest word leads, because `like all` alone cannot use the index.
    where (v_words[1] is null or found.words like v_words[1])
      and found.words like all (v_words)
      and (search_inventory.category is null or found.category = search_inventory.category)
      and (v_after.variant_id is null
        or (found.title, found.position, found.variant_id) > (v_after.title, v_after.position, v_after.variant_id))
      and (search_inventory.band is null or exists (
        select from public.shelf where shelf.variant_id = found.variant_id and shelf.band = search_inventory.band))
      and (search_inventory.location_id is null or exists (
        select from public.stock_levels as level
        where level.variant_id = found.variant_id and level.location_id = search_inventory.location_id))
    order by found.title, found.position, found.variant_id
    limit least(greatest(search_inventory.size, 1), 200)
  ) as page
  join public.inventory using (variant_id)
  order by page.title, page.position, page.variant_id;
end;
$$;
comment on function private.search_inventory(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) is
  'See public.search_inventory.';

create function public.search_inventory(
  query text default null,
  category text default null,
  band public.shelf_band default null,
  location_id uuid default null,
  after uuid default null,
  size integer default 50,
  levels_at uuid[] default null
)
returns setof public.inventory
language sql
stable
set search_path = ''
as $$
  select * from private.search_inventory(query, category, band, location_id, after, size, levels_at)
$$;
comment on function public.search_inventory(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) is
  'A page of public.inventory in the order of the list: rows after the variant `after`, up to size (1 to 200). query:
   every word must occur in title, options, SKU, barcode or vendor. band: what shoppers see. location_id: variants that
   have or had stock there. levels_at: the locations whose levels each row has; null for all. Nobody but staff gets a
   row.';

create function public.count_bands()
returns table (band public.shelf_band, variants integer)
language sql
stable
set search_path = ''
as $$
  -- Each by its name: asked of a column, the partial index could not be used, and the whole shelf would be read.
  select 'low'::public.shelf_band, (
    select count(*)::integer from (select from public.shelf where shelf.band = 'low' limit 1000) as counted
  )
  union all
  select 'out', (
    select count(*)::integer from (select from public.shelf where shelf.band = 'out' limit 1000) as counted
  )
$$;
comment on function public.count_bands() is
  'How many variants are low and how many out, counted to a thousand: what is more is as many.';

revoke execute on function
  public.search_inventory(text, text, public.shelf_band, uuid, uuid, integer, uuid[]),
  public.count_bands() from public, anon;
grant execute on function
  public.search_inventory(text, text, public.shelf_band, uuid, uuid, integer, uuid[]),
  private.search_inventory(text, text, public.shelf_band, uuid, uuid, integer, uuid[]),
  public.count_bands() to authenticated, service_role;

select private.index_variants(array(select variants.id from public.variants));
