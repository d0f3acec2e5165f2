-- Locks -------------------------------------------------------------------------------------------------------

create function private.lock_variants(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
-- A custom plan for an array looks cheaper than the generic one, and would be made again at every call.
set plan_cache_mode = force_generic_plan
as $$
begin
  perform from public.availability
  where availability.variant_id = any (lock_variants.variant_ids)
  order by availability.variant_id
  for no key update;
end;
$$;
comment on function private.lock_variants(uuid[]) is
  'The one lock order (invariant 3). Cheap when already held by this transaction.';

-- Projections: each recomputes the rows named, from their source, under the variants' locks ---------------------

create view private.shelf_projection with (security_invoker = true) as
  select variants.id as variant_id, products.id as product_id, bands.band,
    case when bands.band = 'low'
      or (bands.band = 'in' and products.limited) then availability.available end as units_left
  from public.variants
  join public.products on products.id = variants.product_id
  join public.availability on availability.variant_id = variants.id
  join public.shop_settings on shop_settings.only_row
  cross join lateral (
    select (case
      when products.status <> 'active' or not variants.active then 'unlisted'
      when availability.available = 0 then 'out'
      when availability.available <= shop_settings.low_stock_at then 'low'
      else 'in'
    end)::public.shelf_band as band
  ) as bands;
comment on view private.shelf_projection is
  'The shelf row of each variant. The only place that defines the bands. A view and not a function, so that a statement
   for one variant reads four rows.';

create function private.refresh_shelf(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
begin
  update public.shelf
  set band = projection.band,
    "left" = projection.units_left,
    version = shelf.version + 1,
    updated_at = now()
  from unnest(refresh_shelf.variant_ids) as asked (id)
  join private.shelf_projection as projection on projection.variant_id = asked.id
  where shelf.variant_id = asked.id
    and (shelf.band, shelf."left") is distinct from (projection.band, projection.units_left);
end;
$$;
comment on function private.refresh_shelf(uuid[]) is
  'Brings the shelf up to date; writes only rows whose rendering changes.';

create function private.variants_appear()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.availability (variant_id)
  select id from added order by id;
  insert into public.shelf (variant_id, product_id, band)
  select projection.variant_id, projection.product_id, projection.band
  from private.shelf_projection as projection
  where projection.variant_id in (select id from added);
  return null;
end;
$$;
comment on function private.variants_appear() is
  'A new variant has no units: an availability row of zeros and a shelf row.';
create trigger variants_appear after insert on public.variants
  referencing new table as added
  for each statement execute function private.variants_appear();

create function private.movements_count()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  perform private.lock_variants(array(select distinct added.variant_id from added));

  insert into public.stock_levels (variant_id, location_id)
  select distinct added.variant_id, added.location_id from added
  order by 1, 2
  on conflict do nothing;

  update public.stock_levels as level
  set on_hand = level.on_hand + sums.delta,
    committed = level.committed + sums.sold,
    available = level.available + sums.delta - sums.sold,
    ledger_position = sums.position,
    version = level.version + 1,
    updated_at = now()
  from (
    select added.variant_id, added.location_id, sum(added.delta)::integer as delta, max(added.id) as position,
      coalesce(sum(added.delta) filter (where added.reason = 'sale'), 0)::integer as sold
    from added
    group by added.variant_id, added.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id;
  return null;
end;
$$;
comment on function private.movements_count() is
  'Ledger to levels: one update per level a batch touches. A sale moves on_hand and committed in one step, so that what
   is available, and the shelf, do not blink while an order is handed over.';
create trigger stock_movements_count after insert on public.stock_movements
  referencing new table as added
  for each statement execute function private.movements_count();

create function private.levels_sum()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  v_lines uuid[];
begin
  if not exists (select from changed) then
    return null;
  end if;
  with summed as (
    update public.availability
    set on_hand = sums.on_hand,
      held = sums.held,
      committed = sums.committed,
      safety = sums.safety,
      available = sums.available,
      version = availability.version + 1,
      updated_at = now()
    from (select distinct changed.variant_id from changed) as moved
    cross join lateral (
      select sum(level.on_hand)::integer as on_hand,
        sum(level.held)::integer as held,
        sum(level.committed)::integer as committed,
        sum(level.safety)::integer as safety,
        sum(level.available)::integer as available
      from public.stock_levels as level
      where level.variant_id = moved.variant_id
    ) as sums
    where availability.variant_id = moved.variant_id
      and (availability.on_hand, availability.held, availability.committed, availability.safety)
        is distinct from (sums.on_hand, sums.held, sums.committed, sums.safety)
    returning availability.variant_id, availability.in_line
  )
  select array_agg(summed.variant_id) into v_lines from summed where summed.in_line > 0;
  -- Before the shelf: units that belong to the waitlist are never shown to others.
  if v_lines is not null then
    perform private.serve_waitlist(v_lines);
  end if;
  perform private.refresh_shelf(array(select distinct changed.variant_id from changed));
  return null;
end;
$$;
comment on function private.levels_sum() is
  'Levels to availability to waitlist to shelf. Sums are read again, not added to: under the variant''s lock they cannot
   move.';
create trigger stock_levels_sum after update on public.stock_levels
  referencing new table as changed
  for each statement execute function private.levels_sum();

-- The shelf also depends on the status of a product and its low-stock limit. (Sets, not joins: the size of a transition
-- table is unknown, and a nested loop over ten thousand rows takes seconds.)
create function private.products_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select variants.id
    from (select id, status, limited from changed except select id, status, limited from before) as relisted
    join public.variants on variants.product_id = relisted.id
  );
begin
  perform private.lock_variants(v_variants);
  perform private.serve_waitlist(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;
comment on function private.products_relist() is
  'Publishing, archiving or limiting a product shows on the shelf at once.';
create trigger products_relist after update on public.products
  referencing old table as before new table as changed
  for each statement execute function private.products_relist();

create function private.variants_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select relisted.id from (select id, active from changed except select id, active from before) as relisted
  );
begin
  perform private.lock_variants(v_variants);
  perform private.serve_waitlist(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;
comment on function private.variants_relist() is 'A variant taken off sale shows on the shelf at once.';
create trigger variants_relist after update on public.variants
  referencing old table as before new table as changed
  for each statement execute function private.variants_relist();

create function private.settings_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(select availability.variant_id from public.availability);
begin
  perform private.lock_variants(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;
comment on function private.settings_relist() is 'A new low-stock limit is drawn on every shelf row it changes.';
create trigger shop_settings_relist after update of low_stock_at on public.shop_settings
  for each statement execute function private.settings_relist();
