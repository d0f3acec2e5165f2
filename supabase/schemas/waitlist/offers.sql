-- Making offers. Everything here runs under the lock of the variants it names.

create function private.units_for_sale(variant_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(level.available), 0)
    from public.variants
    join public.products on products.id = variants.product_id and products.status = 'active'
    join public.stock_levels as level on level.variant_id = variants.id and level.available > 0
    join public.locations on locations.id = level.location_id and locations.active
    where variants.id = units_for_sale.variant_id and variants.active
  );
end;
$$;
comment on function private.units_for_sale(uuid) is
  'Available units of a variant that anybody can buy now: none of a variant that is not for sale.';

create function private.offers_due(variant_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return greatest(0, private.units_for_sale(variant_id)
    - (select limits.open_units from private.shop_limits as limits where limits.only_row));
end;
$$;
comment on function private.offers_due(uuid) is
  'How many units of a variant are to be offered, if so many people wait.';

create function private.make_offers(variant_id uuid)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_due integer := private.offers_due(variant_id);
  v_until timestamptz;
  v_served bigint[];
begin
  if v_due = 0 then
    return 0;
  end if;
  v_served := array(
    select entry.id from private.waitlist as entry
    where entry.variant_id = make_offers.variant_id and entry.status = 'waiting'
    order by entry.place limit v_due
  );
  if v_served = '{}' then
    return 0;
  end if;
  select private.clock() + limits.offer_time into v_until from private.shop_limits as limits where limits.only_row;
  update private.waitlist as entry
  set status = 'offered', offered_until = v_until
  where entry.id = any (v_served);
  -- One statement, so that no trigger sees a part of the offers. No network: offers are not a guest's doing.
  insert into public.claims (variant_id, location_id, offer_id, quantity, expires_at, network)
  select make_offers.variant_id, unit.location_id, served.id, 1, v_until, null
  from unnest(v_served) with ordinality as served (id, n)
  join (
    select level.location_id, row_number() over (order by locations.position, level.location_id) as n
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    cross join lateral generate_series(1, least(level.available, v_due))
    where level.variant_id = make_offers.variant_id and level.available > 0
  ) as unit using (n);
  perform private.owe_waitlist_mail(served.id, 'waitlist_offer', 'offer', v_until)
  from unnest(v_served) as served (id);
  return cardinality(v_served);
end;
$$;
comment on function private.make_offers(uuid) is
  'Offers the free units of a variant to the first people in its line: a hold and an e-mail each. Returns how many.';

create function private.serve_waitlist(variant_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_variant uuid;
begin
  if coalesce(current_setting('onhand.offers_wait', true), '') = 'on' then
    return;
  end if;
  for v_variant in
    select availability.variant_id from public.availability
    where availability.variant_id = any (serve_waitlist.variant_ids) and availability.in_line > 0
    order by availability.variant_id
  loop
    update private.waitlist as entry
    set status = 'lapsed'
    where entry.variant_id = v_variant and entry.status = 'offered'
      and not exists (select from public.claims where claims.offer_id = entry.id);
    perform private.make_offers(v_variant);
  end loop;
end;
$$;
comment on function private.serve_waitlist(uuid[]) is
  'Ends the offers whose hold is gone and makes those that are due, of the variants that have a line. Called for each
   change of their stock. Not while onhand.offers_wait is on: a function that gives units back and takes them again in
   one transaction puts offers off until its end, or until the commit.';

create function private.offers_are_made()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  perform set_config('onhand.offers_wait', '', true);
  perform private.serve_waitlist(array[new.variant_id]);
  select jsonb_build_object('variant_id', new.variant_id, 'next', line.next, 'served', line.served, 'due', line.due)
  into v_found
  from (
    select (
        select min(entry.place) from private.waitlist as entry
        where entry.variant_id = new.variant_id and entry.status = 'waiting'
      ) as next, (
        select max(entry.place) from private.waitlist as entry
        where entry.variant_id = new.variant_id and entry.status in ('offered', 'accepted', 'lapsed')
      ) as served, private.offers_due(new.variant_id) as due
  ) as line
  where line.next is not null and (line.due > 0 or line.served > line.next);
  if found then
    perform private.break_promise('offers_are_made', v_found);
  end if;
  return null;
end;
$$;
comment on function private.offers_are_made() is
  'At commit: makes the offers that a function put off. No unit is free for others while people wait, and nobody was
   overtaken.';
create constraint trigger offers_are_made after insert or update on public.availability
  deferrable initially deferred
  for each row when (new.in_line > 0) execute function private.offers_are_made();

create function private.entries_match_their_offer()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('entry_id', entry.id, 'status', entry.status, 'claim', claims.id)
  into v_found
  from private.waitlist as entry
  left join public.claims on claims.offer_id = entry.id
  where entry.id = new.id
    and ((entry.status = 'offered') <> (claims.id is not null) or claims.variant_id <> entry.variant_id);
  if found then
    perform private.break_promise('entries_match_their_offer', v_found);
  end if;
  return null;
end;
$$;
comment on function private.entries_match_their_offer() is 'An offer is a held unit, and nothing else is.';
create constraint trigger entries_match_their_offer after insert or update on private.waitlist
  deferrable initially deferred
  for each row execute function private.entries_match_their_offer();

-- The length of a line ----------------------------------------------------------------------------------------------

create function private.waitlist_counts()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.availability
  set in_line = availability.in_line + sums.units, version = availability.version + 1, updated_at = now()
  from (
    select each.variant_id, sum(each.units)::integer as units
    from (
      select changed.variant_id, 1 as units from changed where changed.status in ('waiting', 'offered')
      union all
      select before.variant_id, -1 from before where before.status in ('waiting', 'offered')
    ) as each
    group by each.variant_id
  ) as sums
  where availability.variant_id = sums.variant_id and sums.units <> 0;
  return null;
end;
$$;
comment on function private.waitlist_counts() is 'Keeps availability.in_line.';
create trigger waitlist_counts after update on private.waitlist
  referencing old table as before new table as changed
  for each statement execute function private.waitlist_counts();

create function private.waitlist_comes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.availability
  set in_line = availability.in_line + case tg_op when 'INSERT' then 1 else -1 end,
    version = availability.version + 1, updated_at = now()
  where availability.variant_id = case tg_op when 'INSERT' then new.variant_id else old.variant_id end;
  return null;
end;
$$;
comment on function private.waitlist_comes() is 'Keeps availability.in_line as entries come and go.';
create trigger waitlist_comes after insert on private.waitlist
  for each row when (new.status in ('waiting', 'offered')) execute function private.waitlist_comes();
create trigger waitlist_goes after delete on private.waitlist
  for each row when (old.status in ('waiting', 'offered')) execute function private.waitlist_comes();

create function private.open_units_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select availability.variant_id from public.availability where availability.in_line > 0 order by 1
  );
begin
  perform private.lock_variants(v_variants);
  perform private.serve_waitlist(v_variants);
  return null;
end;
$$;
comment on function private.open_units_change() is 'Fewer units for the open shelf are offered at once.';
create trigger shop_limits_serve after update of open_units on private.shop_limits
  for each statement execute function private.open_units_change();
create index availability_with_a_line on public.availability (variant_id) where in_line > 0;

-- The proof -----------------------------------------------------------------------------------------------------------

create function private.waitlist_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select 'availability.in_line', availability.variant_id, null::uuid,
    jsonb_build_object('in_line', coalesce(sums.people, 0)), jsonb_build_object('in_line', availability.in_line)
  from public.availability
  left join (
    select entry.variant_id, count(*) as people from private.waitlist as entry
    where entry.status in ('waiting', 'offered') group by entry.variant_id
  ) as sums using (variant_id)
  where availability.in_line <> coalesce(sums.people, 0)

  union all
  -- An offer holds one unit, and a unit is held for an offer that is open.
  select 'waitlist offers', coalesce(entry.variant_id, claims.variant_id), claims.location_id,
    jsonb_build_object('entry_id', entry.id, 'variant_id', entry.variant_id, 'until', entry.offered_until),
    jsonb_build_object('entry_id', claims.offer_id, 'variant_id', claims.variant_id, 'until', claims.expires_at)
  from (select * from private.waitlist as open where open.status = 'offered') as entry
  full join (select * from public.claims as held where held.offer_id is not null) as claims
    on claims.offer_id = entry.id
  where (entry.id, entry.variant_id, entry.offered_until)
    is distinct from (claims.offer_id, claims.variant_id, claims.expires_at)

  union all
  -- Nobody is overtaken, and no unit is free for others while people wait.
  select 'waitlist places', entry.variant_id, null, jsonb_build_object('entry_id', entry.id, 'due', 0),
    jsonb_build_object('entry_id', entry.id, 'due', private.offers_due(entry.variant_id), 'overtaken_by', later.id)
  from private.waitlist as entry
  left join lateral (
    select served.id from private.waitlist as served
    where served.variant_id = entry.variant_id and served.status in ('offered', 'accepted', 'lapsed')
      and served.place > entry.place
    limit 1
  ) as later on true
  where entry.status = 'waiting' and (later.id is not null or private.offers_due(entry.variant_id) > 0);
end;
$$;
comment on function private.waitlist_drift() is
  'Where the length of a line, an offer or the order of a line is not what the entries say. Part of
   public.verify_inventory.';
