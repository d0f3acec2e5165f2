set check_function_bodies = off;

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
    -- A sale or a delivery that is being saved ends first. Levels alone, in any order but theirs, would be a deadlock.
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

reset check_function_bodies;
