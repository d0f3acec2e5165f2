-- adjust_levels -----------------------------------------------------------------------------------------------

create function private.check_deltas(lines jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "location_id": "<uuid>", "delta": -2}].');
  end if;
  select jsonb_build_object('field', 'lines[' || n - 1
    || ']', 'problem', 'not {variant_id: uuid, location_id: uuid, delta: up to a million, not 0}', 'value', line)
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
end;
$$;
comment on function private.check_deltas(jsonb) is
  'Raises invalid_input (422) for the first line that is not {variant_id, location_id, delta}.';

create function private.judged_deltas(lines jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[] := private.own_locations();
begin
  return (
    select jsonb_agg(jsonb_build_object('variant_id', wanted.variant_id, 'location_id', wanted.location_id,
      'delta', wanted.delta,
      'refusal', case
        when not exists (select from public.variants where variants.id = wanted.variant_id)
          then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('variant_id', wanted.variant_id))
        when not exists (select from public.locations where locations.id = wanted.location_id and locations.active)
          then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('location_id', wanted.location_id))
        when wanted.location_id <> all (v_own)
          then jsonb_build_object('code', 'location_not_yours',
            'detail', jsonb_build_object('location_id', wanted.location_id))
        when wanted.delta < 0 and coalesce(level.available, 0) + wanted.delta < 0
          then jsonb_build_object('code', 'insufficient_stock',
            'detail', jsonb_build_object('short', jsonb_build_array(jsonb_build_object(
            'variant_id', wanted.variant_id, 'location_id', wanted.location_id, 'delta', wanted.delta, 'available',
            coalesce(level.available, 0)))))
      end) order by wanted.first_named)
    from (
      select (line ->> 'variant_id')::uuid as variant_id, (line ->> 'location_id')::uuid as location_id,
        sum((line ->> 'delta')::integer)::integer as delta, min(n) as first_named
      from jsonb_array_elements(lines) with ordinality as given (line, n)
      group by 1, 2
    ) as wanted
    left join public.stock_levels as level using (variant_id, location_id)
  );
end;
$$;
comment on function private.judged_deltas(jsonb) is
  'One row per level, in the order first named, with the sum of its deltas and the refusal that applies, if any.';

create function private.adjust_levels(lines jsonb, reason public.movement_reason, idempotency_key uuid, note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_levels jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'adjust_levels', jsonb_build_array(lines, reason, note));
  if v_response is not null then
    return v_response;
  end if;
  perform private.check_deltas(lines);
  perform private.check_reason(reason);

  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  -- Under the locks, the free units found here are free when they are moved below.
  v_response := private.judged_deltas(lines);

  select jsonb_object_agg(level.variant_id || '@' || level.location_id, to_jsonb(level)) into v_levels
  from private.move_stock(
    (select coalesce(jsonb_agg(row), '[]') from jsonb_array_elements(v_response) as row
      where row -> 'refusal' = 'null'),
    reason, null, note, idempotency_key
  ) as level;
  select jsonb_agg(jsonb_build_object('variant_id', row -> 'variant_id', 'location_id', row -> 'location_id',
    'refusal', row -> 'refusal',
    'level', v_levels -> ((row ->> 'variant_id') || '@' || (row ->> 'location_id'))) order by n)
  into v_response
  from jsonb_array_elements(v_response) with ordinality as given (row, n);

  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.adjust_levels(jsonb, public.movement_reason, uuid, text) is 'See public.adjust_levels.';

create function public.adjust_levels(
  lines jsonb, reason public.movement_reason, idempotency_key uuid, note text default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.adjust_levels(lines, reason, idempotency_key, note)
$$;
comment on function public.adjust_levels(jsonb, public.movement_reason, uuid, text) is
  'Adjusts many levels for one reason (as adjust_stock), each for itself: lines [{"variant_id", "location_id",
   "delta"}], up to 1000; staff of role stock. Returns [{variant_id, location_id, level, refusal}], one per level in
   the order first named: level as it was left, or refusal {code, detail} (not_found, location_not_yours,
   insufficient_stock) for a level that was not touched. Its movements are one change for undo_stock_change. Raises
   role_required (403), invalid_input (422, names the line), idempotency_key_reused (409).';

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
      perform private.refuse(404, 'not_found', jsonb_build_object('change', change),
        'Only a change of your own that moved units can be undone.');
    end if;
    if v_change.undone_by is not null then
      perform private.refuse(409, 'already_undone', jsonb_build_object('change', change),
        'It is undone already.');
    end if;
    perform private.require_role_at('stock', variadic array(
      select movement.location_id from public.stock_movements as movement where movement.id = any (v_change.movements)
    ));

    select jsonb_agg(to_jsonb(level)) into v_response
    from (
      select jsonb_agg(jsonb_build_object('variant_id', movement.variant_id, 'location_id', movement.location_id,
        'delta', -movement.delta)) as lines,
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
  'Undoes a change of the caller (the idempotency_key of an adjustment, delivery, recount, transfer or undo) by the
   opposite movements, all or none, once; staff of role stock. Later changes of others stay. Returns the levels. Raises
   role_required (403), location_not_yours (403), not_found (404), already_undone (409), insufficient_stock (409: its
   units have left since), invalid_input (422), idempotency_key_reused (409).';

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
      jsonb_build_object('on_hand', coalesce(ledger.on_hand, 0),
        'ledger_position', coalesce(ledger.position, 0)) as expected,
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
        'committed', coalesce(sums.committed, 0), 'safety', coalesce(sums.safety, 0), 'available',
        coalesce(sums.available, 0)) as expected,
      jsonb_build_object('on_hand', availability.on_hand, 'held', availability.held,
        'committed', availability.committed, 'safety', availability.safety, 'available',
        availability.available) as actual
    from public.variants
    left join (
      select level.variant_id, sum(level.on_hand) as on_hand, sum(level.held) as held,
        sum(level.committed) as committed,
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
      jsonb_build_object('product_id', projection.product_id, 'band', projection.band,
        'left', projection.units_left) as expected,
      jsonb_build_object('product_id', shelf.product_id, 'band', shelf.band, 'left', shelf."left") as actual
    from public.variants
    left join private.shelf_projection as projection on projection.variant_id = variants.id
    left join public.shelf on shelf.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual
$$;
comment on function private.stock_drift() is
  'Where levels, availability or shelf differ from what they add up to. Part of public.verify_inventory.';

-- Callers: signed-in staff and the secret key; the functions themselves ask for the role.
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
  private.transfer_stock(uuid, uuid, jsonb, uuid, text, text),
  private.adjust_levels(jsonb, public.movement_reason, uuid, text),
  private.undo_stock_change(uuid, uuid)
to authenticated, service_role;
