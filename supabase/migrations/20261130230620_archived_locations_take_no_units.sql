set check_function_bodies = off;

create or replace function private.check_places(variant_ids uuid[], location_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_variant uuid;
  v_location uuid;
begin
  -- A location is archived before or after this transaction, never in between.
  perform from public.locations where locations.id = any (location_ids) order by locations.id for share;
  select asked.id into v_variant
  from unnest(variant_ids) as asked (id)
  where not exists (select from public.variants where variants.id = asked.id)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', v_variant),
      'Reload the list of variants.');
  end if;

  select asked.id into v_location
  from unnest(location_ids) as asked (id)
  where not exists (select from public.locations where locations.id = asked.id and locations.active)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', v_location),
      'Choose an active location.');
  end if;
end;
$$;

create or replace function private.set_location_active(location_id uuid, active boolean, idempotency_key uuid)
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

COMMENT ON FUNCTION "private"."check_places"(uuid[], uuid[]) IS 'Raises not_found (404) for the first variant or active location that does not exist; NULL counts as unknown. The
   locations stay active until the transaction ends. Comes before the variants'' locks.';

reset check_function_bodies;
