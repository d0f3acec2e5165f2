-- recount_stock -----------------------------------------------------------------------------------------------

create function private.movements_since(variant_id uuid, location_id uuid, ledger_position bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(movement) order by movement.id), '[]')
  from public.stock_movements as movement
  where movement.variant_id = movements_since.variant_id
    and movement.location_id = movements_since.location_id
    and movement.id > movements_since.ledger_position
$$;
comment on function private.movements_since(uuid, uuid, bigint) is
  'The ledger lines of a level after a position, for telling why its number moved; none when the position is NULL.';

create function private.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint, document text, note text
)
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
  v_response := private.begin_once(idempotency_key, 'recount_stock',
    jsonb_build_array(variant_id, location_id, expected, counted, ledger_position, document, note));
  if v_response is null then
    if expected is null or counted is null or counted not between 0 and 1000000 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'counted', 'problem', 'not 0 to 1000000', 'value', counted),
        'Send what was on hand when the count began (expected) and what was counted.');
    end if;
    perform private.check_places(array[variant_id], array[location_id]);
    perform private.lock_variants(array[variant_id]);

    select * into v_level
    from public.stock_levels as level
    where level.variant_id = recount_stock.variant_id
      and level.location_id = recount_stock.location_id;

    if coalesce(v_level.on_hand, 0) <> expected then
      perform private.refuse(409, 'stock_moved', jsonb_build_object(
          'expected', expected,
          'counted', counted,
          'on_hand', coalesce(v_level.on_hand, 0),
          'ledger_position', coalesce(v_level.ledger_position, 0),
          'movements', private.movements_since(variant_id, location_id, ledger_position)
        ), 'Apply the difference you found, or count again from the number it is now.');
    end if;

    select to_jsonb(level) into v_response
    from private.move_stock(
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id,
        'delta', counted - expected)),
      'recount', document, note, idempotency_key
    ) as level;
    -- Counted zero where nothing ever was: no line, so no level yet.
    v_response := coalesce(v_response, to_jsonb(jsonb_populate_record(null::public.stock_levels,
      jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'on_hand', 0, 'held', 0, 'committed', 0,
        'safety', 0, 'available', 0, 'ledger_position', 0, 'version', 0, 'updated_at', now()))));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.stock_levels, v_response);
end;
$$;
comment on function private.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text) is
  'See public.recount_stock.';

create function public.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint default null, document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.recount_stock(variant_id, location_id, expected, counted, idempotency_key, ledger_position,
    document, note)
$$;
comment on function public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text) is
  'Compare and set: sets on hand to counted if it is still expected, as one movement; staff of role stock. Returns the
   level. Raises stock_moved (409) when the number has changed, with both numbers and the movements since
   ledger_position. Further: role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409:
   fewer counted than are held or committed), idempotency_key_reused (409), invalid_input (422).';

-- transfer_stock ----------------------------------------------------------------------------------------------

create function private.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text, note text
)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', from_location_id, to_location_id);
  v_response := private.begin_once(idempotency_key, 'transfer_stock',
    jsonb_build_array(from_location_id, to_location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;

    -- Both legs in one statement: no moment in which the units are nowhere.
    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object(
          'variant_id', line ->> 'variant_id',
          'location_id', leg.location_id,
          'delta', leg.sign * (line ->> 'quantity')::integer))
       from jsonb_array_elements(lines) as line
       cross join (values (from_location_id, -1), (to_location_id, 1)) as leg (location_id, sign)),
      'transfer', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.transfer_stock(uuid, uuid, jsonb, uuid, text, text) is 'See public.transfer_stock.';

create function public.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid,
  document text default null, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.transfer_stock(from_location_id, to_location_id, lines, idempotency_key, document, note)
$$;
comment on function public.transfer_stock(uuid, uuid, jsonb, uuid, text, text) is
  'Moves lines [{"variant_id", "quantity": units > 0}] from one location to another at once, all or none; staff of role
   stock. Returns the levels of both ends. Raises role_required (403), location_not_yours (403), not_found (404),
   insufficient_stock (409, every short line), idempotency_key_reused (409), invalid_input (422, names the line).';
