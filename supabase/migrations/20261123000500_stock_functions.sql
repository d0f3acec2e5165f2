-- How staff change stock. Each function is one transaction, carries an idempotency key, and answers with the
-- levels it left behind. Refusals (docs/errors.md): role_required, invalid_input, not_found, insufficient_stock,
-- stock_moved, already_undone, idempotency_key_reused.

create table private.stock_changes (
  actor uuid,
  key uuid,
  movements bigint[] not null check (cardinality(movements) > 0),
  undone_by uuid,
  primary key (actor, key)
);
comment on table private.stock_changes is 'Which ledger lines one gesture of a colleague wrote (by its idempotency key), so that it is undone as one.';
comment on column private.stock_changes.undone_by is 'The key of the change that took it back. That one can be taken back too.';
alter table private.stock_changes enable row level security;

create function private.move_stock(
  lines jsonb, reason public.movement_reason, document text default null, note text default null, change uuid default null
)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_short jsonb;
begin
  if length(document) not between 1 and 120 or length(note) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "note", "problem": "document not 1 to 120 characters, or note not 1 to 1000"}',
      'Shorten it, or leave it out.');
  end if;
  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  -- Lines of one level are summed first: two of them must not each pass alone.
  select jsonb_agg(jsonb_build_object(
      'variant_id', wanted.variant_id,
      'location_id', wanted.location_id,
      'delta', wanted.delta,
      'available', coalesce(level.available, 0)
    ) order by wanted.variant_id, wanted.location_id)
  into v_short
  from (
    select line.variant_id, line.location_id, sum(line.delta) as delta
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer)
    group by line.variant_id, line.location_id
  ) as wanted
  left join public.stock_levels as level using (variant_id, location_id)
  where wanted.delta < 0
    and coalesce(level.available, 0) + wanted.delta < 0;
  if v_short is not null then
    perform private.refuse(409, 'insufficient_stock', jsonb_build_object('short', v_short),
      'Take no more than is available, or first release what is held, committed or kept as safety stock.');
  end if;

  with written as (
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, note)
    select line.variant_id, line.location_id, line.delta, move_stock.reason, move_stock.document, move_stock.note
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer)
    where line.delta <> 0
    returning id
  )
  insert into private.stock_changes (actor, key, movements)
  select private.actor(), move_stock.change, array_agg(written.id order by written.id)
  from written
  where move_stock.change is not null
  having count(*) > 0;

  return query
  select level.*
  from public.stock_levels as level
  join (
    select distinct line.variant_id, line.location_id
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid)
  ) as named using (variant_id, location_id)
  order by level.variant_id, level.location_id;
end;
$$;
comment on function private.move_stock(jsonb, public.movement_reason, text, text, uuid) is
  'Writes ledger lines [{variant_id, location_id, delta}], all or none, and returns the levels they leave. change is the
   key of a gesture that can be undone. Raises insufficient_stock (409) with every short level, invalid_input (422) for the length of
   document or note. The callers have checked role and shapes.';

create function private.check_lines(lines jsonb, location_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if lines is null or jsonb_typeof(lines) <> 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "quantity": 3}].');
  end if;

  -- Nothing is cast before it is known to be castable: a wrong type is an answer, not a server error.
  select jsonb_build_object('field', 'lines[' || n - 1 || ']', 'problem', 'not {variant_id: uuid, quantity: 1 to 1000000}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or jsonb_typeof(line -> 'quantity') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'quantity', 'integer')
    or (line ->> 'quantity')::numeric not between 1 and 1000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Quantities are whole units above zero.');
  end if;

  perform private.check_places(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line), array[location_id]);
end;
$$;
comment on function private.check_lines(jsonb, uuid) is
  'Raises invalid_input (422) naming the first bad line, not_found (404) for an unknown variant or location.';

create function private.check_places(variant_ids uuid[], location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_variant uuid;
  v_location uuid;
begin
  select asked.id into v_variant
  from unnest(variant_ids) as asked (id)
  where not exists (select from public.variants where variants.id = asked.id)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', v_variant), 'Reload the list of variants.');
  end if;

  select asked.id into v_location
  from unnest(location_ids) as asked (id)
  where not exists (select from public.locations where locations.id = asked.id and locations.active)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', v_location), 'Choose an active location.');
  end if;
end;
$$;
comment on function private.check_places(uuid[], uuid[]) is 'Raises not_found (404) for the first variant or active location that does not exist; NULL counts as unknown.';

create function private.check_reason(reason public.movement_reason)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if reason is null or reason not in ('receive', 'damage', 'return', 'correction') then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'reason', 'problem', 'not a reason for an adjustment', 'value', reason),
      'Choose receive, damage, return or correction.');
  end if;
end;
$$;
comment on function private.check_reason(public.movement_reason) is 'Raises invalid_input (422) for a reason that staff do not choose themselves.';

-- adjust_stock ------------------------------------------------------------------------------------------------

create function private.adjust_stock(
  variant_id uuid, location_id uuid, delta integer, reason public.movement_reason, idempotency_key uuid,
  document text, note text
)
returns public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'adjust_stock',
    jsonb_build_array(variant_id, location_id, delta, reason, document, note));
  if v_response is null then
    if coalesce(delta, 0) = 0 or abs(delta) > 1000000 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'delta', 'problem', 'zero or beyond a million', 'value', delta),
        'Say how many units came (+) or went (-).');
    end if;
    perform private.check_reason(reason);
    perform private.check_places(array[variant_id], array[location_id]);

    select to_jsonb(level) into v_response
    from private.move_stock(
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'delta', delta)),
      reason, document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.stock_levels, v_response);
end;
$$;
comment on function private.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text) is 'See public.adjust_stock.';

create function public.adjust_stock(
  variant_id uuid, location_id uuid, delta integer, reason public.movement_reason, idempotency_key uuid,
  document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.adjust_stock(variant_id, location_id, delta, reason, idempotency_key, document, note)
$$;
comment on function public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text) is
  'Adds delta units (negative takes) to one level for the reason receive, damage, return or correction; staff of role
   stock. Returns the level. Deltas commute: two colleagues adjusting at once both count. Raises role_required (403), location_not_yours (403),
   not_found (404), insufficient_stock (409), idempotency_key_reused (409), invalid_input (422).';

-- receive_stock -----------------------------------------------------------------------------------------------

create function private.receive_stock(location_id uuid, lines jsonb, document text, idempotency_key uuid, note text)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'receive_stock', jsonb_build_array(location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, location_id);
    if length(trim(coalesce(document, ''))) = 0 then
      perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "missing"}', 'Name the delivery note.');
    end if;

    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', location_id, 'delta', line -> 'quantity'))
       from jsonb_array_elements(lines) as line),
      'receive', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.receive_stock(uuid, jsonb, text, uuid, text) is 'See public.receive_stock.';

create function public.receive_stock(
  location_id uuid, lines jsonb, document text, idempotency_key uuid, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.receive_stock(location_id, lines, document, idempotency_key, note)
$$;
comment on function public.receive_stock(uuid, jsonb, text, uuid, text) is
  'Books a delivery at one location: lines [{"variant_id", "quantity": units > 0}], up to 1000, all or none; document
   is the delivery note. Staff of role stock. Returns the levels. Raises role_required (403), location_not_yours (403), not_found (404),
   idempotency_key_reused (409), invalid_input (422, names the line).';

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
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'counted', 'problem', 'not 0 to 1000000', 'value', counted),
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
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'delta', counted - expected)),
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
comment on function private.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text) is 'See public.recount_stock.';

create function public.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint default null, document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.recount_stock(variant_id, location_id, expected, counted, idempotency_key, ledger_position, document, note)
$$;
comment on function public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text) is
  'Compare and set: sets on hand to counted if it is still expected, as one movement; staff of role stock. Returns the
   level. When the number moved meanwhile raises stock_moved (409) with both numbers and, when the caller says up to
   which ledger_position it had read, the movements since. Further: role_required (403), location_not_yours (403), not_found (404),
   insufficient_stock (409: fewer counted than are promised), idempotency_key_reused (409), invalid_input (422).';

-- transfer_stock ----------------------------------------------------------------------------------------------

create function private.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, document text, idempotency_key uuid, note text
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
comment on function private.transfer_stock(uuid, uuid, jsonb, text, uuid, text) is 'See public.transfer_stock.';

create function public.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid,
  document text default null, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.transfer_stock(from_location_id, to_location_id, lines, document, idempotency_key, note)
$$;
comment on function public.transfer_stock(uuid, uuid, jsonb, uuid, text, text) is
  'Moves lines [{"variant_id", "quantity": units > 0}] from one location to another at once, all or none; staff of role
   stock. Returns the levels of both ends. Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409, every
   short line), idempotency_key_reused (409), invalid_input (422, names the line).';

-- adjust_levels -----------------------------------------------------------------------------------------------

create function private.adjust_levels(lines jsonb, reason public.movement_reason, idempotency_key uuid, note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_bad jsonb;
  v_booked jsonb;
  v_own uuid[] := private.own_locations();
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'adjust_levels', jsonb_build_array(lines, reason, note));
  if v_response is not null then
    return v_response;
  end if;
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "location_id": "<uuid>", "delta": -2}].');
  end if;
  select jsonb_build_object('field', 'lines[' || n - 1 || ']', 'problem', 'not {variant_id: uuid, location_id: uuid, delta: up to a million, not 0}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or not pg_input_is_valid(coalesce(line ->> 'location_id', ''), 'uuid')
    or jsonb_typeof(line -> 'delta') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'delta', 'integer')
    or abs((line ->> 'delta')::numeric) not between 1 and 1000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Say for each level how many units came (+) or went (-).');
  end if;
  perform private.check_reason(reason);

  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  -- Two lines of one level are one wish. Under the locks, what is free now is free when it is booked below.
  select jsonb_agg(jsonb_build_object('variant_id', wanted.variant_id, 'location_id', wanted.location_id, 'delta', wanted.delta,
    'refusal', case
      when not exists (select from public.variants where variants.id = wanted.variant_id)
        then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('variant_id', wanted.variant_id))
      when not exists (select from public.locations where locations.id = wanted.location_id and locations.active)
        then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('location_id', wanted.location_id))
      when wanted.location_id <> all (v_own)
        then jsonb_build_object('code', 'location_not_yours', 'detail', jsonb_build_object('location_id', wanted.location_id))
      when wanted.delta < 0 and coalesce(level.available, 0) + wanted.delta < 0
        then jsonb_build_object('code', 'insufficient_stock', 'detail', jsonb_build_object('short', jsonb_build_array(jsonb_build_object(
          'variant_id', wanted.variant_id, 'location_id', wanted.location_id, 'delta', wanted.delta, 'available', coalesce(level.available, 0)))))
    end) order by wanted.first_named)
  into v_response
  from (
    select (line ->> 'variant_id')::uuid as variant_id, (line ->> 'location_id')::uuid as location_id,
      sum((line ->> 'delta')::integer)::integer as delta, min(n) as first_named
    from jsonb_array_elements(lines) with ordinality as given (line, n)
    group by 1, 2
  ) as wanted
  left join public.stock_levels as level using (variant_id, location_id);

  select jsonb_object_agg(level.variant_id || '@' || level.location_id, to_jsonb(level)) into v_booked
  from private.move_stock(
    (select coalesce(jsonb_agg(row), '[]') from jsonb_array_elements(v_response) as row where row -> 'refusal' = 'null'),
    reason, null, note, idempotency_key
  ) as level;
  select jsonb_agg(jsonb_build_object('variant_id', row -> 'variant_id', 'location_id', row -> 'location_id', 'refusal', row -> 'refusal',
    'level', v_booked -> ((row ->> 'variant_id') || '@' || (row ->> 'location_id'))) order by n)
  into v_response
  from jsonb_array_elements(v_response) with ordinality as given (row, n);

  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.adjust_levels(jsonb, public.movement_reason, uuid, text) is 'See public.adjust_levels.';

create function public.adjust_levels(lines jsonb, reason public.movement_reason, idempotency_key uuid, note text default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.adjust_levels(lines, reason, idempotency_key, note)
$$;
comment on function public.adjust_levels(jsonb, public.movement_reason, uuid, text) is
  'Adjusts many levels for one reason (as adjust_stock), each for itself: lines [{"variant_id", "location_id", "delta"}], up
   to 1000; staff of role stock. Returns [{variant_id, location_id, level, refusal}], one per level in the order first
   named: level as it was left, or refusal {code, detail} (not_found, location_not_yours, insufficient_stock) for a level
   that was not touched. What was booked is one change for undo_stock_change. Raises role_required (403), invalid_input (422, names
   the line), idempotency_key_reused (409).';

-- undo_stock_change -------------------------------------------------------------------------------------------

create function private.undo_stock_change(change uuid, idempotency_key uuid)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_change private.stock_changes;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'undo_stock_change', jsonb_build_array(change));
  if v_response is null then
    select * into v_change
    from private.stock_changes
    where stock_changes.actor = private.actor() and stock_changes.key = undo_stock_change.change
    for no key update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('change', change), 'Only a change of your own that moved units can be undone.');
    end if;
    if v_change.undone_by is not null then
      perform private.refuse(409, 'already_undone', jsonb_build_object('change', change), 'It was taken back once; nothing is left of it.');
    end if;
    perform private.require_role_at('stock', variadic array(
      select movement.location_id from public.stock_movements as movement where movement.id = any (v_change.movements)
    ));

    select jsonb_agg(to_jsonb(level)) into v_response
    from (
      select jsonb_agg(jsonb_build_object('variant_id', movement.variant_id, 'location_id', movement.location_id, 'delta', -movement.delta)) as lines,
        min(movement.reason) as reason, min(movement.document) as document
      from public.stock_movements as movement
      where movement.id = any (v_change.movements)
    ) as done
    cross join lateral private.move_stock(done.lines,
      case when done.reason = 'transfer' then 'transfer' else 'correction' end::public.movement_reason,
      done.document, 'Undone', undo_stock_change.idempotency_key) as level;
    update private.stock_changes
    set undone_by = undo_stock_change.idempotency_key
    where stock_changes.actor = v_change.actor and stock_changes.key = v_change.key;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.undo_stock_change(uuid, uuid) is 'See public.undo_stock_change.';

create function public.undo_stock_change(change uuid, idempotency_key uuid)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.undo_stock_change(change, idempotency_key)
$$;
comment on function public.undo_stock_change(uuid, uuid) is
  'Takes back a change of the caller''s own (the idempotency_key of an adjustment, delivery, recount, transfer or undo) by
   the opposite movements, all or none, once; staff of role stock. What others did meanwhile stays. Returns the levels.
   Raises role_required (403), location_not_yours (403), not_found (404), already_undone (409), insufficient_stock (409: units it brought have gone
   since), invalid_input (422), idempotency_key_reused (409).';

-- stock_drift -------------------------------------------------------------------------------------------------

create function private.stock_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_levels', pair.variant_id, pair.location_id, pair.expected, pair.actual
  from (
    select variant_id, location_id,
      jsonb_build_object('on_hand', coalesce(ledger.on_hand, 0), 'ledger_position', coalesce(ledger.position, 0)) as expected,
      jsonb_build_object('on_hand', level.on_hand, 'ledger_position', level.ledger_position) as actual
    from (
      select movement.variant_id, movement.location_id, sum(movement.delta) as on_hand, max(movement.id) as position
      from public.stock_movements as movement
      group by movement.variant_id, movement.location_id
    ) as ledger
    full join public.stock_levels as level using (variant_id, location_id)
  ) as pair
  where pair.expected <> pair.actual

  union all
  select 'availability', pair.variant_id, null, pair.expected, pair.actual
  from (
    select variants.id as variant_id,
      jsonb_build_object('on_hand', coalesce(sums.on_hand, 0), 'held', coalesce(sums.held, 0),
        'committed', coalesce(sums.committed, 0), 'safety', coalesce(sums.safety, 0), 'available', coalesce(sums.available, 0)) as expected,
      jsonb_build_object('on_hand', availability.on_hand, 'held', availability.held,
        'committed', availability.committed, 'safety', availability.safety, 'available', availability.available) as actual
    from public.variants
    left join (
      select level.variant_id, sum(level.on_hand) as on_hand, sum(level.held) as held, sum(level.committed) as committed,
        sum(level.safety) as safety, sum(level.available) as available
      from public.stock_levels as level
      group by level.variant_id
    ) as sums on sums.variant_id = variants.id
    left join public.availability on availability.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual

  union all
  select 'shelf', pair.variant_id, null, pair.expected, pair.actual
  from (
    select variants.id as variant_id,
      jsonb_build_object('product_id', projection.product_id, 'band', projection.band, 'left', projection.units_left) as expected,
      jsonb_build_object('product_id', shelf.product_id, 'band', shelf.band, 'left', shelf."left") as actual
    from public.variants
    left join private.shelf_projection as projection on projection.variant_id = variants.id
    left join public.shelf on shelf.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual
$$;
comment on function private.stock_drift() is 'Where levels, availability or shelf differ from what they add up to. Part of public.verify_inventory.';

-- Who may call: signed-in staff and the secret key; the functions themselves ask for the role.
revoke execute on function
  public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text),
  public.receive_stock(uuid, jsonb, text, uuid, text),
  public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text),
  public.transfer_stock(uuid, uuid, jsonb, uuid, text, text),
  public.adjust_levels(jsonb, public.movement_reason, uuid, text),
  public.undo_stock_change(uuid, uuid)
from public, anon;
grant execute on function
  public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text),
  public.receive_stock(uuid, jsonb, text, uuid, text),
  public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text),
  public.transfer_stock(uuid, uuid, jsonb, uuid, text, text),
  public.adjust_levels(jsonb, public.movement_reason, uuid, text),
  public.undo_stock_change(uuid, uuid),
  private.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text),
  private.receive_stock(uuid, jsonb, text, uuid, text),
  private.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text),
  private.transfer_stock(uuid, uuid, jsonb, text, uuid, text),
  private.adjust_levels(jsonb, public.movement_reason, uuid, text),
  private.undo_stock_change(uuid, uuid)
to authenticated, service_role;
