-- Claims to levels: one update per level a statement touches ------------------------------------------------------

create function private.claims_begin()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  update public.stock_levels as level
  set held = level.held + sums.held,
    committed = level.committed + sums.committed,
    available = level.available - sums.held - sums.committed,
    version = level.version + 1,
    updated_at = now()
  from (
    select added.variant_id, added.location_id,
      coalesce(sum(added.quantity) filter (where added.expires_at is not null), 0)::integer as held,
      coalesce(sum(added.quantity) filter (where added.expires_at is null), 0)::integer as committed
    from added
    group by added.variant_id, added.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id;
  return null;
end;
$$;
comment on function private.claims_begin() is 'New claims raise held or committed of their level.';
create trigger claims_begin after insert on public.claims
  referencing new table as added
  for each statement execute function private.claims_begin();

create function private.claims_change()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  -- A statement may find no row to change (an upsert that only inserts), and its triggers are called all the same.
  if not exists (select from changed) then
    return null;
  end if;
  update public.stock_levels as level
  set held = level.held + sums.held,
    committed = level.committed + sums.committed,
    available = level.available - sums.held - sums.committed,
    version = level.version + 1,
    updated_at = now()
  from (
    select each.variant_id, each.location_id,
      coalesce(sum(each.quantity) filter (where each.expires_at is not null), 0)::integer as held,
      coalesce(sum(each.quantity) filter (where each.expires_at is null), 0)::integer as committed
    from (
      select changed.variant_id, changed.location_id, changed.quantity, changed.expires_at from changed
      union all
      select before.variant_id, before.location_id, -before.quantity, before.expires_at from before
    ) as each
    group by each.variant_id, each.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id
    and (sums.held <> 0 or sums.committed <> 0);
  return null;
end;
$$;
comment on function private.claims_change() is
  'Hold to commitment, more or fewer units. Units handed over (fulfilled) are counted by their movement, not here.';
create trigger claims_change after update on public.claims
  referencing old table as before new table as changed
  for each statement execute function private.claims_change();

create function private.claims_end()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  update public.stock_levels as level
  set held = level.held - sums.held,
    committed = level.committed - sums.committed,
    available = level.available + sums.held + sums.committed,
    version = level.version + 1,
    updated_at = now()
  from (
    select removed.variant_id, removed.location_id,
      coalesce(sum(removed.quantity) filter (where removed.expires_at is not null), 0)::integer as held,
      coalesce(sum(removed.quantity) filter (where removed.expires_at is null), 0)::integer as committed
    from removed
    group by removed.variant_id, removed.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id;
  return null;
end;
$$;
comment on function private.claims_end() is 'Released claims give their units back; the shelf shows it at once.';
create trigger claims_end after delete on public.claims
  referencing old table as removed
  for each statement execute function private.claims_end();

-- Queue, expiry, taking -------------------------------------------------------------------------------------------

create function private.queue_for(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_gate bigint;
begin
  if cardinality(queue_for.variant_ids) = 1 then
    perform pg_advisory_xact_lock(uuid_hash_extended(queue_for.variant_ids[1], 0));
  else
    for v_gate in
      select distinct uuid_hash_extended(asked.id, 0) from unnest(queue_for.variant_ids) as asked (id) order by 1
    loop
      perform pg_advisory_xact_lock(v_gate);
    end loop;
  end if;
  perform private.lock_variants(queue_for.variant_ids);
end;
$$;
comment on function private.queue_for(uuid[]) is
  'Locks variants as private.lock_variants does, but queues for a gate before the row: in a rush, those who wait for
   a row wake each other up and walk its dead versions; those who wait for an advisory lock are woken one by one.
   For shoppers'' calls; must come before any other variant lock of the transaction.';

create function private.queue_for_free(variant_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_until timestamptz;
  v_share interval := interval '1 second' / greatest(cardinality(variant_ids), 1);
  v_variant uuid;
  v_free uuid[] := '{}';
  v_locked uuid[] := '{}';
begin
  begin
    perform private.queue_for(variant_ids);
    return '{}';
  exception when lock_not_available then
    null;
  end;
  -- One of them is not free. The gates, then the rows, each in the order of queue_for. Each variant gets its share of
  -- a second, and the time that earlier ones did not need.
  v_until := clock_timestamp();
  for v_variant in
    select asked.id from unnest(variant_ids) as asked (id) order by uuid_hash_extended(asked.id, 0)
  loop
    v_until := v_until + v_share;
    if private.try_gate(uuid_hash_extended(v_variant, 0), v_until) then
      v_free := v_free || v_variant;
    end if;
  end loop;
  v_until := clock_timestamp();
  foreach v_variant in array array(select asked.id from unnest(v_free) as asked (id) order by 1) loop
    v_until := v_until + v_share;
    if not private.try_variant(v_variant, v_until) then
      v_locked := v_locked || v_variant;
    end if;
  end loop;
  return array(select asked.id from unnest(variant_ids) as asked (id) where asked.id <> all (v_free)) || v_locked;
end;
$$;
comment on function private.queue_for_free(uuid[]) is
  'As private.queue_for, for the orders of many: locks the variants that become free within about three seconds, and
   returns the others, so that one locked variant does not keep everybody waiting.';

create function private.limit_wait(until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform set_config(
    'lock_timeout', greatest(1, ceil(1000 * extract(epoch from until - clock_timestamp())))::text || 'ms', true
  );
end;
$$;
comment on function private.limit_wait(timestamptz) is
  'Until the calling function ends, a lock is waited for until then, and hardly at all once the time is up.
   The caller sets lock_timeout itself, so that its own caller''s comes back.';

create function private.try_gate(gate bigint, until timestamptz)
returns boolean
language plpgsql
set search_path = ''
set lock_timeout = '250ms'
as $$
begin
  if pg_try_advisory_xact_lock(gate) then
    return true;
  end if;
  perform private.limit_wait(until);
  perform pg_advisory_xact_lock(gate);
  return true;
exception when lock_not_available then
  return false;
end;
$$;
comment on function private.try_gate(bigint, timestamptz) is 'Takes an advisory lock if it becomes free in time.';

create function private.try_variant(variant_id uuid, until timestamptz)
returns boolean
language plpgsql
set search_path = ''
set lock_timeout = '250ms'
as $$
begin
  perform private.limit_wait(until);
  perform private.lock_variants(array[variant_id]);
  return true;
exception when lock_not_available then
  return false;
end;
$$;
comment on function private.try_variant(uuid, timestamptz) is
  'private.lock_variants for one, if it becomes free in time.';

create function private.release_expired(variant_ids uuid[])
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variant uuid;
  v_any boolean := false;
begin
  -- Looked for before it is deleted: a delete that finds nothing still costs its triggers.
  foreach v_variant in array release_expired.variant_ids loop
    if exists (select from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now) then
      delete from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now;
      v_any := true;
    end if;
  end loop;
  return v_any;
end;
$$;
comment on function private.release_expired(uuid[]) is
  'Ends what has run out among these variants and returns whether anything had. The caller holds their locks and is
   about to need the units.';

create function private.take_units(
  variant_ids uuid[], quantities integer[], for_cart uuid, for_items bigint[], until timestamptz,
  prefer uuid default null
)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_line integer;
  v_missing integer;
  v_level record;
  v_variants uuid[] := '{}';
  v_locations uuid[] := '{}';
  v_items bigint[] := '{}';
  v_units integer[] := '{}';
begin
  -- Per variant, levels in order (preferred place, then the shop's order): each gives what those before it left.
  for v_line in 1 .. cardinality(take_units.variant_ids) loop
    v_missing := take_units.quantities[v_line];
    for v_level in
      select level.location_id, level.available
      from public.stock_levels as level
      join public.locations on locations.id = level.location_id and locations.active
      where level.variant_id = take_units.variant_ids[v_line] and level.available > 0
      order by (level.location_id = take_units.prefer) desc nulls last, locations.position, level.location_id
    loop
      exit when v_missing = 0;
      v_variants := v_variants || take_units.variant_ids[v_line];
      v_locations := v_locations || v_level.location_id;
      v_items := v_items || take_units.for_items[v_line];
      v_units := v_units || least(v_level.available, v_missing);
      v_missing := v_missing - least(v_level.available, v_missing);
    end loop;
  end loop;

  -- (An upsert calls the triggers of an update, too, even where it only inserts.)
  if for_cart is not null and not exists (
    select from public.claims
    where claims.cart_id = take_units.for_cart and claims.variant_id = any (take_units.variant_ids)
  ) then
    insert into public.claims (variant_id, location_id, cart_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, take_units.for_cart, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_units) as taken (variant_id, location_id, units);
  elsif for_cart is null then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, taken.order_item_id, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_items, v_units) as taken (variant_id, location_id, order_item_id, units);
  else
    insert into public.claims (variant_id, location_id, cart_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, take_units.for_cart, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_units) as taken (variant_id, location_id, units)
    on conflict (cart_id, variant_id, location_id) where cart_id is not null do update
    set quantity = claims.quantity + excluded.quantity,
      expires_at = excluded.expires_at;
  end if;
  return (select coalesce(sum(taken.units), 0) from unnest(v_units) as taken (units));
end;
$$;
comment on function private.take_units(uuid[], integer[], uuid, bigint[], timestamptz, uuid) is
  'Claims units of these variants (each named once) for a cart or for order items: as a hold until then, or
   committed when until is NULL. Takes what there is and returns how many units it got; a caller that wanted more
   refuses, which undoes it. The caller holds the variants'' locks.';
