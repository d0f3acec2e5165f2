set check_function_bodies = off;

create or replace function private.audit_safety_stock(level public.stock_levels, units integer)
returns void
language sql
set search_path = ''
as $$
  select private.audit('changed', 'variant', variants.id::text, variants.sku,
    jsonb_build_object('safety stock, ' || locations.name, level.safety),
    jsonb_build_object('safety stock, ' || locations.name, units))
  from public.variants
  cross join public.locations
  where variants.id = level.variant_id
    and locations.id = level.location_id
    and level.safety <> units
$$;

create or replace function private.set_safety_stock(variant_id uuid, location_id uuid, units integer, idempotency_key uuid)
returns public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_level public.stock_levels;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'set_safety_stock',
    jsonb_build_array(variant_id, location_id, units));
  if v_response is not null then
    return jsonb_populate_record(null::public.stock_levels, v_response);
  end if;
  if units is null or units not between 0 and 1000000 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'units', 'problem', 'not 0 to 1000000', 'value', units),
      'Send how many units of this level are not for sale.');
  end if;
  perform private.check_places(array[variant_id], array[location_id]);
  perform private.lock_variants(array[variant_id]);
  perform private.release_expired(array[variant_id]);

  insert into public.stock_levels (variant_id, location_id)
  values (set_safety_stock.variant_id, set_safety_stock.location_id)
  on conflict do nothing;
  select * into v_level
  from public.stock_levels as level
  where level.variant_id = set_safety_stock.variant_id
    and level.location_id = set_safety_stock.location_id;
  if v_level.available + v_level.safety < units then
    perform private.refuse(409, 'insufficient_stock', jsonb_build_object('short', jsonb_build_array(jsonb_build_object(
        'variant_id', variant_id, 'location_id', location_id, 'delta', v_level.safety - units,
        'available', v_level.available))),
      'Set no more than is on hand and neither held nor committed.');
  end if;
  perform private.audit_safety_stock(v_level, units);
  update public.stock_levels as level
  set safety = units,
    available = level.available + level.safety - units,
    version = level.version + 1,
    updated_at = now()
  where level.variant_id = set_safety_stock.variant_id
    and level.location_id = set_safety_stock.location_id
    and level.safety <> units
  returning level.* into v_level;
  if not found then
    select * into v_level
    from public.stock_levels as level
    where level.variant_id = set_safety_stock.variant_id
      and level.location_id = set_safety_stock.location_id;
  end if;
  perform private.finish_once(idempotency_key, to_jsonb(v_level));
  return v_level;
end;
$$;

create or replace function public.set_safety_stock(variant_id uuid, location_id uuid, units integer, idempotency_key uuid)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.set_safety_stock(variant_id, location_id, units, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."set_safety_stock"(uuid, uuid, integer, uuid) FROM "anon";

COMMENT ON FUNCTION "private"."audit_safety_stock"(public.stock_levels, integer) IS 'A line of the audit trail for another safety stock of a level; none when it stays.';

COMMENT ON FUNCTION "private"."set_safety_stock"(uuid, uuid, integer, uuid) IS 'See public.set_safety_stock.';

COMMENT ON FUNCTION "public"."set_safety_stock"(uuid, uuid, integer, uuid) IS 'Sets how many units of a level are not for sale, whatever it was before; staff of role stock. Returns the level.
   Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409: more than is on hand
   and neither held nor committed), idempotency_key_reused (409), invalid_input (422).';

REVOKE ALL ON FUNCTION "private"."audit_safety_stock"(public.stock_levels, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."set_safety_stock"(uuid, uuid, integer, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."set_safety_stock"(uuid, uuid, integer, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."set_safety_stock"(uuid, uuid, integer, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."set_safety_stock"(uuid, uuid, integer, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."set_safety_stock"(uuid, uuid, integer, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."set_safety_stock"(uuid, uuid, integer, uuid) TO "service_role";

reset check_function_bodies;
