-- Locations as managers keep them: added, changed, ordered, archived. None is ever deleted: its history stays.
--
-- Invariants:
--   1. A location is archived while it holds no unit, no open work names it, and another one is active.
--   2. No two active locations have the same name: files and staff tell them apart by it.

create function private.clock_in(value jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select given.text
  from (select private.text_in(clock_in.value, 5, 5) as text) as given
  where given.text ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' or given.text = '24:00'
$$;
comment on function private.clock_in(jsonb) is 'A time of day as "09:30", up to "24:00"; NULL for anything else.';

create function private.hours_in(value jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(value) = 'array' and jsonb_array_length(value) = 0 then '[]'
    when jsonb_typeof(value) = 'array' and jsonb_array_length(value) <= 21 then (
      select case when bool_and(coalesce(span.opens < span.closes and span.day is not null
          and span.opens >= coalesce(span.former, span.opens), false)) then
        jsonb_agg(jsonb_build_object('day', span.day, 'from', span.opens, 'to', span.closes)
          order by span.day, span.opens)
        end
      from (
        select each.*, lag(each.closes) over (partition by each.day order by each.opens) as former
        from (
          select private.whole_in(entry.value -> 'day', 1, 7) as day, private.clock_in(entry.value -> 'from') as opens,
            private.clock_in(entry.value -> 'to') as closes
          from jsonb_array_elements(hours_in.value) as entry (value)
        ) as each
      ) as span
    )
  end
$$;
comment on function private.hours_in(jsonb) is
  'Opening hours [{day, from, to}] in order, rebuilt from what was sent; spans of one day do not overlap. NULL for
   anything else.';

create function private.location_in(fields jsonb)
returns public.locations
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_location public.locations;
  v_wrong text;
begin
  v_location.name := private.text_in(fields -> 'name', 120);
  v_location.address := private.text_in(fields -> 'address', 300, 0);
  v_location.hours := private.hours_in(fields -> 'hours');
  v_location.hours_note := private.text_in(fields -> 'hours_note', 200, 0);
  v_wrong := case
    when v_location.name is null then 'name'
    when v_location.address is null then 'address'
    when v_location.hours is null then 'hours'
    when v_location.hours_note is null then 'hours_note'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'is missing or not of its form'),
      'Send {name, address, hours: [{day, from, to}], hours_note}.');
  end if;
  return v_location;
end;
$$;
comment on function private.location_in(jsonb) is
  'The fields of a location, rebuilt from what was sent. Raises invalid_input (422), naming the first that is wrong.';

create function private.free_slug(name text)
returns text
language sql
stable
set search_path = ''
as $$
  select tried.slug
  from (
    select coalesce(nullif(trim(both '-' from regexp_replace(lower(free_slug.name), '[^a-z0-9]+', '-', 'g')), ''),
      'location') || case when number > 1 then '-' || number else '' end as slug, number
    from generate_series(1, 1000) as number
  ) as tried
  where not exists (select from public.locations where locations.slug = tried.slug)
  order by tried.number
  limit 1
$$;
comment on function private.free_slug(text) is
  'A slug for a new location by its name: "The shop" is the-shop, or the-shop-2.';

create function private.save_location(location_id uuid, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_new public.locations;
  v_now public.locations;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_location',
    jsonb_build_array(location_id, fields, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_new := private.location_in(fields);
  -- One at a time, so that two cannot get the same name, slug or place.
  lock table public.locations in share row exclusive mode;
  if exists (select from public.locations as other where other.active and lower(other.name) = lower(v_new.name)
      and other.id is distinct from location_id) then
    perform private.refuse(409, 'name_taken', jsonb_build_object('name', v_new.name), 'Choose another name.');
  end if;
  if location_id is null then
    insert into public.locations (slug, name, address, hours, hours_note, position)
    select private.free_slug(v_new.name), v_new.name, v_new.address, v_new.hours, v_new.hours_note,
      coalesce(max(locations.position), 0) + 1
    from public.locations
    returning to_jsonb(locations) into v_response;
  else
    select * into v_now from public.locations where locations.id = save_location.location_id;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Reload the locations.');
    end if;
    if expected is distinct from v_now.version then
      perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
        'Read the location again, then send what it should be.');
    end if;
    update public.locations
    set name = v_new.name, address = v_new.address, hours = v_new.hours, hours_note = v_new.hours_note
    where locations.id = save_location.location_id
    returning to_jsonb(locations) into v_response;
  end if;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.save_location(uuid, jsonb, bigint, uuid) is 'See public.save_location.';

create function public.save_location(location_id uuid, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_location(location_id, fields, expected, idempotency_key)
$$;
comment on function public.save_location(uuid, jsonb, bigint, uuid) is
  'Adds a location (location_id NULL) or changes one whose version is still the expected one; managers. fields: {name,
   address, hours: [{day: 1 Monday to 7, from: "09:30", to}], hours_note}. Returns the row. Raises role_required (403),
   name_taken (409), settings_changed (409), not_found (404), invalid_input (422), idempotency_key_reused (409), busy
   (503).';

create function private.uses_of_location(location_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'on_hand', (select coalesce(sum(level.on_hand), 0) from public.stock_levels as level
      where level.location_id = uses_of_location.location_id),
    'deliveries', (select count(*) from public.deliveries as delivery
      where delivery.status = 'expected'
        and uses_of_location.location_id in (delivery.to_location_id, delivery.from_location_id)),
    'counts', (select count(*) from public.counts
      where counts.status = 'open' and counts.location_id = uses_of_location.location_id),
    'orders', (select count(*) from public.orders
      where orders.status in ('awaiting_payment', 'placed') and orders.collect_at = uses_of_location.location_id),
    'is_last', not exists (select from public.locations as other
      where other.active and other.id <> uses_of_location.location_id)
  )
$$;
comment on function private.uses_of_location(uuid) is
  'The reasons for which a location cannot be archived: units on hand, and the numbers of open deliveries, counts and
   orders for collection; is_last, whether no other is active.';

create function private.set_location_active(location_id uuid, active boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_uses jsonb;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_location_active', jsonb_build_array(location_id, active));
  if v_response is not null then
    return v_response;
  end if;
  if active is null then
    perform private.refuse(422, 'invalid_input', '{"field": "active", "problem": "missing"}', 'Send true or false.');
  end if;
  lock table public.locations in share row exclusive mode;
  if not active then
    -- A sale or a delivery that is being saved ends first. The location, then its variants: the order of everybody.
    perform from public.locations where locations.id = set_location_active.location_id for no key update;
    perform private.lock_variants(array(
      select level.variant_id from public.stock_levels as level
      where level.location_id = set_location_active.location_id
    ));
    v_uses := private.uses_of_location(location_id);
    if v_uses <> '{"on_hand": 0, "deliveries": 0, "counts": 0, "orders": 0, "is_last": false}' then
      perform private.refuse(409, 'location_in_use', jsonb_build_object('location_id', location_id) || v_uses,
        'Transfer its units, and finish what is open there.');
    end if;
  elsif exists (select from public.locations as own join public.locations as other
      on other.active and other.id <> own.id and lower(other.name) = lower(own.name)
      where own.id = set_location_active.location_id) then
    perform private.refuse(409, 'name_taken',
      (select jsonb_build_object('name', locations.name) from public.locations
        where locations.id = set_location_active.location_id), 'Rename the other location first.');
  end if;
  update public.locations set active = set_location_active.active
  where locations.id = set_location_active.location_id
  returning to_jsonb(locations) into v_response;
  if v_response is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Reload the locations.');
  end if;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.set_location_active(uuid, boolean, uuid) is 'See public.set_location_active.';

create function public.set_location_active(location_id uuid, active boolean, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.set_location_active(location_id, active, idempotency_key)
$$;
comment on function public.set_location_active(uuid, boolean, uuid) is
  'Archives a location that holds no unit and has no open work, or restores it; managers. Returns the row. Raises
   role_required (403), location_in_use (409, with units on hand and the numbers of what is open), name_taken (409),
   not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

create function private.sort_locations(location_ids uuid[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'sort_locations', jsonb_build_array(location_ids));
  if v_response is null then
    lock table public.locations in share row exclusive mode;
    if location_ids is null or cardinality(location_ids) > 1000 or location_ids is distinct from (
      select array_agg(locations.id order by array_position(sort_locations.location_ids, locations.id))
      from public.locations where locations.active
    ) then
      perform private.refuse(409, 'list_changed', '{"list": "locations"}', 'Reload the list, then order it again.');
    end if;
    update public.locations
    set position = array_position(sort_locations.location_ids, locations.id)
    where locations.active and position is distinct from array_position(sort_locations.location_ids, locations.id);
    v_response := to_jsonb(cardinality(location_ids));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::integer;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.sort_locations(uuid[], uuid) is 'See public.sort_locations.';

create function public.sort_locations(location_ids uuid[], idempotency_key uuid)
returns integer
language sql
set search_path = ''
as $$
  select private.sort_locations(location_ids, idempotency_key)
$$;
comment on function public.sort_locations(uuid[], uuid) is
  'Puts the active locations into this order, which names each of them once; managers. The first gives units first and
   takes imported quantities. Returns their number. Raises role_required (403), list_changed (409: they are others),
   idempotency_key_reused (409), invalid_input (422, without a key), busy (503).';

revoke execute on function
  public.save_location(uuid, jsonb, bigint, uuid), public.set_location_active(uuid, boolean, uuid),
  public.sort_locations(uuid[], uuid)
from public, anon;
grant execute on function
  public.save_location(uuid, jsonb, bigint, uuid), private.save_location(uuid, jsonb, bigint, uuid),
  public.set_location_active(uuid, boolean, uuid), private.set_location_active(uuid, boolean, uuid),
  public.sort_locations(uuid[], uuid), private.sort_locations(uuid[], uuid)
to authenticated, service_role;
