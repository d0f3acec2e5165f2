set check_function_bodies = off;

DROP INDEX "public"."stock_movements_by_document";

DROP FUNCTION "private"."document_named"(text);

DROP FUNCTION "private"."move_stock"(jsonb, public.movement_reason, text, text, uuid);

DROP FUNCTION "private"."named_documents"(text[]);

DROP FUNCTION "private"."paper_of"(public.deliveries);

DROP FUNCTION "public"."named_documents"(text[]);

CREATE TYPE "public"."movement_source" AS ENUM ('adjustment', 'order', 'import', 'count', 'delivery', 'transfer');

-- The default is a constant, so that adding the columns rewrites no row.
ALTER TABLE "public"."stock_movements"
  ADD COLUMN "source_kind" public.movement_source NOT NULL DEFAULT 'adjustment',
  ADD COLUMN "source_id" uuid;

-- Rows from before this migration name their source in the reference. Equality with the name of a document is not
-- enough: staff type references too. A movement of a staff request is listed in private.stock_changes and stays an
-- adjustment. Writers wait until this transaction commits; readers do not. The guard of the append-only ledger is off
-- for these two new columns only.
ALTER TABLE "public"."stock_movements" DISABLE TRIGGER "stock_movements_stay";

WITH "named" AS MATERIALIZED (
  SELECT 'order'::public.movement_source AS kind, orders.id, 'order ' || orders.number AS name,
    '{sale,return,correction}'::public.movement_reason[] AS reasons
  FROM public.orders
  UNION ALL
  SELECT 'import', imports.id, imports.document, '{import,correction}' FROM public.imports
  UNION ALL
  SELECT 'count', counts.id, label.name, '{recount}'
  FROM public.counts
  CROSS JOIN LATERAL (VALUES ('count ' || counts.number), ('count ' || counts.number || ' reversed')) AS label (name)
  UNION ALL
  SELECT 'delivery', delivery.id, left(concat_ws(', ', 'delivery ' || delivery.number, delivery.document), 120), '{receive}'
  FROM public.deliveries AS delivery
  WHERE delivery.from_location_id IS NULL
  UNION ALL
  SELECT 'transfer', delivery.id, left(concat_ws(', ', 'transfer ' || delivery.number, delivery.document), 120),
    '{transfer,correction}'
  FROM public.deliveries AS delivery
  WHERE delivery.from_location_id IS NOT NULL
)
UPDATE public.stock_movements AS movement
SET source_kind = named.kind, source_id = named.id
FROM "named"
WHERE movement.document = named.name
  AND movement.reason = ANY (named.reasons)
  AND NOT EXISTS (
    SELECT FROM (SELECT unnest(change.movements) AS id FROM private.stock_changes AS change) AS by_hand
    WHERE by_hand.id = movement.id
  );

ALTER TABLE "public"."stock_movements" ENABLE TRIGGER "stock_movements_stay";

create or replace function private.approve_count(count_id uuid, left_out uuid[], idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_count public.counts;
  v_lines jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'approve_count', jsonb_build_array(count_id, left_out));
  if v_response is null then
    v_count := private.lock_count(count_id, 'open');
    v_lines := private.settled_lines(count_id, coalesce(left_out, '{}'));

    insert into public.count_results (count_id, variant_id, counted, expected, ledger_position, movement_id)
    select v_count.id, line.variant_id, line.counted, line.expected, line.ledger_position, level.ledger_position
    from jsonb_to_recordset(v_lines) as line (variant_id uuid, counted integer, expected integer, ledger_position bigint)
    left join private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', v_count.location_id,
          'delta', (line ->> 'counted')::integer - (line ->> 'expected')::integer)), '[]')
       from jsonb_array_elements(v_lines) as line
       where line -> 'counted' <> line -> 'expected'),
      'recount', 'count ' || v_count.number, source_kind => 'count', source_id => v_count.id
    ) as level on level.variant_id = line.variant_id;

    update public.counts as decided
    set status = 'approved', decided_by = private.actor()
    where decided.id = v_count.id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;

create or replace function private.close_delivery(delivery_id uuid, shorts jsonb, idempotency_key uuid)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
  v_open jsonb;
  v_back jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'close_delivery', jsonb_build_array(delivery_id, shorts));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    if jsonb_typeof(shorts) is distinct from 'object' or exists (
      select from jsonb_each_text(shorts) as said where not pg_input_is_valid(said.key, 'uuid') or said.value not in ('not_sent', 'lost', 'damaged')
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "shorts", "problem": "not {variant_id: not_sent | lost | damaged}"}',
        'Say for each variant that is missing what became of it.');
    end if;
    perform private.lock_variants(array(select line.variant_id from public.delivery_lines as line where line.delivery_id = v_delivery.id));

    select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'outstanding', line.outstanding) order by line.variant_id)
        filter (where shorts ->> line.variant_id::text is null),
      coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'quantity', line.outstanding))
        filter (where shorts ->> line.variant_id::text = 'not_sent'), '[]')
    into v_open, v_back
    from public.delivery_lines as line
    where line.delivery_id = v_delivery.id and line.outstanding > 0;
    if v_open is not null then
      perform private.refuse(409, 'delivery_short', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_open),
        'Say for each line that is short what became of it: not_sent, lost or damaged.');
    end if;

    update public.delivery_lines as line
    set missing = line.outstanding, difference = (shorts ->> line.variant_id::text)::public.delivery_difference
    where line.delivery_id = v_delivery.id and line.outstanding > 0;
    if v_delivery.from_location_id is not null and v_back <> '[]' then
      perform private.require_role_at('stock', v_delivery.from_location_id);
      perform private.move_stock(private.deltas_at(v_delivery.from_location_id, v_back, 1), 'transfer',
        private.delivery_label(v_delivery), 'not sent', source_kind => 'transfer', source_id => v_delivery.id);
    end if;
    insert into public.delivery_events (delivery_id, kind, detail) values (v_delivery.id, 'closed', jsonb_build_object('shorts', shorts));
    update public.deliveries as closed set status = 'closed' where closed.id = v_delivery.id returning to_jsonb(closed) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;

create or replace function private.delivery_label(delivery public.deliveries)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(concat_ws(', ', case when delivery.from_location_id is null then 'delivery ' else 'transfer ' end || delivery.number, delivery.document), 120)
$$;

create or replace function private.delivery_source(delivery public.deliveries)
returns public.movement_source
language sql
immutable
set search_path = ''
as $$
  select case when delivery.from_location_id is null then 'delivery' else 'transfer' end::public.movement_source
$$;

create or replace function private.fulfil_order(order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_items bigint[];
  v_units integer[];
  v_wrong jsonb;
  v_lines private.item_line[];
begin
  perform private.require_role_at('stock', location_id);
  if lines is not null then
    v_lines := private.item_lines(lines, come_back => false);
  end if;
  v_response := private.begin_once(idempotency_key, 'fulfil_order', jsonb_build_array(order_id, location_id, to_jsonb(v_lines)));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order can be handed over.');
  end if;
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(array(select item.variant_id from public.order_items as item where item.order_id = v_order.id));

  -- Two lines of one item are one wish. Without lines: everything that waits at this location.
  select array_agg(asked.item_id), array_agg(asked.units),
    jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units, 'allocated', coalesce(claim.quantity - claim.fulfilled, 0)))
      filter (where asked.units > coalesce(claim.quantity - claim.fulfilled, 0))
  into v_items, v_units, v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity)::integer as units
    from unnest(v_lines) as line
    group by 1
    union all
    select claims.order_item_id, claims.quantity - claims.fulfilled
    from public.claims
    join public.order_items as item on item.id = claims.order_item_id and item.order_id = v_order.id
    where v_lines is null and claims.location_id = fulfil_order.location_id and claims.quantity > claims.fulfilled
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = v_order.id
  left join public.claims as claim on claim.order_item_id = item.id and claim.location_id = fulfil_order.location_id;
  if v_wrong is not null or v_items is null then
    perform private.refuse(409, 'not_allocated_here', jsonb_build_object('order_id', order_id, 'location_id', location_id, 'lines', coalesce(v_wrong, '[]')),
      'Hand over from the location the units are committed at.');
  end if;

  update public.claims
  set fulfilled = claims.fulfilled + picked.units
  from unnest(v_items, v_units) as picked (item_id, units)
  where claims.order_item_id = picked.item_id and claims.location_id = fulfil_order.location_id;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
  select item.variant_id, fulfil_order.location_id, -picked.units, 'sale', 'order ' || v_order.number,
    'order', v_order.id
  from unnest(v_items, v_units) as picked (item_id, units)
  join public.order_items as item on item.id = picked.item_id
  order by item.variant_id;
  update public.order_items as item
  set fulfilled = item.fulfilled + picked.units
  from unnest(v_items, v_units) as picked (item_id, units)
  where item.id = picked.item_id;

  -- Always written, so that the version moves and open pages fetch what was handed over.
  update public.orders
  set status = case when exists (
      select from public.order_items as item where item.order_id = v_order.id and item.fulfilled + item.cancelled < item.quantity
    ) then 'placed' else 'fulfilled' end::public.order_status,
    updated_at = clock_timestamp()
  where orders.id = v_order.id
  returning orders.status into v_order.status;
  if v_order.status = 'fulfilled' then
    perform private.put_back_picks(v_order.id);
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'handed_over', jsonb_build_object('location_id', location_id, 'items', to_jsonb(v_items), 'units', to_jsonb(v_units)));
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.inspect_return(return_id bigint, restocked integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_item public.order_items;
  v_order public.orders;
  v_return public.order_returns;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'inspect_return', jsonb_build_array(return_id, restocked));
  if v_response is not null then
    return v_response;
  end if;
  select item.* into v_item
  from public.order_returns as back
  join public.order_items as item on item.id = back.order_item_id
  where back.id = inspect_return.return_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('return_id', return_id), 'Reload the list of returns.');
  end if;

  v_order := private.lock_order(v_item.order_id);
  select * into v_return from public.order_returns where order_returns.id = inspect_return.return_id;
  perform private.require_role_at('stock', v_return.location_id);
  if v_return.outcome <> 'inspect' then
    perform private.refuse(409, 'return_decided', jsonb_build_object('return_id', return_id, 'outcome', v_return.outcome),
      'Reload the list of returns: a colleague has decided, or it never had to be looked at.');
  end if;
  if restocked is null or restocked not between 0 and v_return.quantity then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'restocked',
        'problem', 'not 0 to ' || v_return.quantity, 'value', restocked),
      'Say how many of them can be sold again; the rest is written off.');
  end if;

  if restocked > 0 then
    perform private.queue_for(array[v_item.variant_id]);
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
    values (v_item.variant_id, v_return.location_id, inspect_return.restocked, 'return', 'order ' || v_order.number,
      'order', v_order.id);
    update public.order_returns
    set outcome = 'restock', quantity = inspect_return.restocked
    where order_returns.id = v_return.id;
    if restocked < v_return.quantity then
      insert into public.order_returns (order_item_id, location_id, quantity, outcome, created_at)
      values (v_return.order_item_id, v_return.location_id, v_return.quantity - inspect_return.restocked, 'damaged', v_return.created_at);
    end if;
  else
    update public.order_returns set outcome = 'damaged' where order_returns.id = v_return.id;
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'inspected', jsonb_build_object('return_id', v_return.id, 'location_id', v_return.location_id,
    'restocked', restocked, 'damaged', v_return.quantity - restocked));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.move_stock(
  lines jsonb, reason public.movement_reason, document text default null, note text default null, change uuid default null,
  source_kind public.movement_source default 'adjustment', source_id uuid default null
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
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, note, source_kind, source_id)
    select line.variant_id, line.location_id, line.delta, move_stock.reason, move_stock.document, move_stock.note,
      move_stock.source_kind, move_stock.source_id
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

create or replace function private.parts_on_hand(variant_id uuid, location_id uuid, at timestamptz)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_latest constant integer := 30;
  v_parts jsonb;
  v_first bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object('kind', 'movement', 'units', latest.delta, 'id', latest.id, 'reason', latest.reason,
      'document', latest.document, 'source_kind', latest.source_kind, 'source_id', latest.source_id,
      'note', latest.note, 'actor', latest.actor, 'at', latest.created_at,
      'other_location_id', case when latest.reason = 'transfer' then (
        select other.location_id
        from public.stock_movements as other
        where other.variant_id = latest.variant_id and other.location_id <> latest.location_id
          and other.id between latest.id - 2000 and latest.id + 2000
          and other.reason = 'transfer' and other.created_at = latest.created_at and other.delta = -latest.delta
        order by abs(other.id - latest.id)
        limit 1
      ) end) order by latest.id desc), '[]'), min(latest.id)
  into v_parts, v_first
  from (
    select movement.*
    from public.stock_movements as movement
    where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
      and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
    order by movement.id desc
    limit v_latest
  ) as latest;

  return v_parts || coalesce((
    select jsonb_agg(jsonb_build_object('kind', 'earlier', 'units', earlier.units, 'movements', earlier.movements, 'at', earlier.at))
    from (
      select sum(movement.delta) as units, count(*) as movements, max(movement.created_at) as at
      from public.stock_movements as movement
      where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
        and movement.id < v_first
        and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
      having count(*) > 0
    ) as earlier
  ), '[]');
end;
$$;

create or replace function private.read_trail(
  who uuid, what text, words text, since timestamptz, until timestamptz, before_at timestamptz, before_key text, size integer
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text, before jsonb, after jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_like text := '%' || replace(replace(replace(coalesce(words, ''), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_until timestamptz := least(read_trail.until, read_trail.before_at, 'infinity');
  v_since timestamptz := coalesce(read_trail.since, '-infinity');
  v_size integer := least(greatest(coalesce(size, 50), 1), 201);
begin
  perform private.require_role('manager');
  return query
  with lines as (
    (
      select line.at, 'a' || lpad(line.id::text, 19, '0') as key, line.actor, line.actor_name, line.action, line.subject, line.subject_id, line.label,
        line.before, line.after
      from public.audit_trail as line
      where line.at between v_since and v_until
        and (read_trail.before_at is null or (line.at, 'a' || lpad(line.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or line.actor = read_trail.who)
        and (read_trail.what is null or line.subject = read_trail.what)
        and line.label ilike v_like
      order by line.at desc, line.id desc
      limit v_size
    )
    union all
    (
      select movement.created_at, 'm' || lpad(movement.id::text, 19, '0'), movement.actor, null, 'moved', 'stock', movement.variant_id::text, variants.sku, null,
        jsonb_build_object('units', movement.delta, 'location_id', movement.location_id, 'reason', movement.reason,
          'document', movement.document, 'note', movement.note, 'source_kind', movement.source_kind, 'source_id', movement.source_id)
      from public.stock_movements as movement
      join public.variants on variants.id = movement.variant_id
      where movement.reason not in ('sale', 'import')
        and movement.created_at between v_since and v_until
        and (read_trail.before_at is null or (movement.created_at, 'm' || lpad(movement.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or movement.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'stock')
        and concat_ws(' ', variants.sku, movement.document) ilike v_like
      order by movement.created_at desc, movement.id desc
      limit v_size
    )
    union all
    (
      select event.created_at, 'o' || lpad(event.id::text, 19, '0'), event.actor, null, event.kind, 'order', event.order_id::text, orders.number::text, null, event.detail
      from public.order_events as event
      join public.orders on orders.id = event.order_id
      where event.kind <> 'placed'
        and event.created_at between v_since and v_until
        and (read_trail.before_at is null or (event.created_at, 'o' || lpad(event.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or event.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'order')
        and orders.number::text ilike v_like
      order by event.created_at desc, event.id desc
      limit v_size
    )
    union all
    (
      select event.created_at, 'd' || lpad(event.id::text, 19, '0'), event.actor, null, event.kind, 'delivery', event.delivery_id::text,
        private.delivery_label(delivery), null, null
      from public.delivery_events as event
      join public.deliveries as delivery on delivery.id = event.delivery_id
      where event.created_at between v_since and v_until
        and (read_trail.before_at is null or (event.created_at, 'd' || lpad(event.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or event.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'delivery')
        and private.delivery_label(delivery) ilike v_like
      order by event.created_at desc, event.id desc
      limit v_size
    )
    union all
    (
      select step.at, step.key, step.actor, null, step.action, 'count', counts.id::text, 'count ' || counts.number, null, null
      from public.counts
      cross join lateral (values
        (counts.created_at, 'c' || counts.id, counts.started_by, 'started'),
        (case when counts.status <> 'open' then counts.updated_at end, 'e' || counts.id, counts.decided_by, counts.status::text)
      ) as step (at, key, actor, action)
      where step.at between v_since and v_until
        and (read_trail.before_at is null or (step.at, step.key) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or step.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'count')
        and 'count ' || counts.number ilike v_like
      order by step.at desc, step.key desc
      limit v_size
    )
    union all
    (
      select imports.applied_at, 'i' || imports.id, imports.actor, null, case when undone.id is null then 'applied' else 'reverted' end,
        'import', imports.id::text, imports.file_name, case when undone.id is not null then jsonb_build_object('document', undone.document) end,
        jsonb_build_object('document', imports.document, 'units_in', imports.summary -> 'units_in', 'units_out', imports.summary -> 'units_out')
      from public.imports
      left join public.imports as undone on undone.id = imports.reverts
      where imports.applied_at between v_since and v_until
        and (read_trail.before_at is null or (imports.applied_at, 'i' || imports.id) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or imports.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'import')
        and concat_ws(' ', imports.file_name, imports.document, undone.document) ilike v_like
      order by imports.applied_at desc, 2 desc
      limit v_size
    )
  )
  select line.at, line.key, line.actor,
    coalesce(line.actor_name, staff.name, case when line.actor = '00000000-0000-0000-0000-000000000000' then 'The shop' else 'A customer' end),
    line.action, line.subject, line.subject_id, line.label, line.before, line.after
  from lines as line
  left join public.staff on staff.user_id = line.actor
  order by line.at desc, line.key desc
  limit v_size;
end;
$$;

create or replace function private.receive_delivery(delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
  v_arrived jsonb;
  v_over jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'receive_delivery', jsonb_build_array(delivery_id, lines, difference));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    perform private.check_lines(lines, v_delivery.to_location_id);
    perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));

    -- Of each variant: what was announced arrives, what is beyond that is over.
    select jsonb_agg(jsonb_build_object('variant_id', came.variant_id, 'quantity', least(came.units, coalesce(line.outstanding, 0)))),
      jsonb_agg(jsonb_build_object('variant_id', came.variant_id, 'quantity', came.units - coalesce(line.outstanding, 0)) order by came.variant_id)
        filter (where came.units > coalesce(line.outstanding, 0))
    into v_arrived, v_over
    from (
      select line.variant_id, sum(line.quantity)::integer as units
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
      group by line.variant_id
    ) as came
    left join public.delivery_lines as line on line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    if v_over is not null and coalesce(difference, 'lost') not in ('extra', 'swapped') then
      perform private.refuse(409, 'delivery_over', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_over),
        'Say why more came: extra or swapped. Or receive fewer.');
    end if;

    insert into public.delivery_lines (delivery_id, variant_id, expected)
    select distinct v_delivery.id, came.variant_id, 0
    from jsonb_to_recordset(lines) as came (variant_id uuid)
    on conflict do nothing;
    update public.delivery_lines as line
    set received = line.received + came.units,
      difference = case when line.received + came.units > line.expected then coalesce(receive_delivery.difference, line.difference) end
    from (
      select line.variant_id, sum(line.quantity)::integer as units
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
      group by line.variant_id
    ) as came
    where line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    perform private.move_stock(private.deltas_at(v_delivery.to_location_id, v_arrived, 1),
      case when v_delivery.from_location_id is null then 'receive' else 'transfer' end::public.movement_reason,
      private.delivery_label(v_delivery), source_kind => private.delivery_source(v_delivery), source_id => v_delivery.id);
    perform private.move_stock(private.deltas_at(v_delivery.to_location_id, coalesce(v_over, '[]'), 1),
      case when v_delivery.from_location_id is null then 'receive' else 'correction' end::public.movement_reason,
      private.delivery_label(v_delivery), receive_delivery.difference::text,
      source_kind => private.delivery_source(v_delivery), source_id => v_delivery.id);
    insert into public.delivery_events (delivery_id, kind, detail)
    values (v_delivery.id, 'received', jsonb_build_object('lines', lines, 'over', coalesce(v_over, '[]'), 'difference', difference));
    update public.deliveries as received set updated_at = clock_timestamp() where received.id = v_delivery.id returning to_jsonb(received) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;

create or replace function private.return_items(order_id uuid, location_id uuid, lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_wrong jsonb;
  v_lines private.item_line[];
begin
  perform private.require_role_at('stock', location_id);
  v_lines := private.item_lines(lines, come_back => true);
  v_response := private.begin_once(idempotency_key, 'return_items', jsonb_build_array(order_id, location_id, to_jsonb(v_lines)));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(array(select item.variant_id from public.order_items as item where item.order_id = v_order.id));

  select jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units, 'out', coalesce(item.fulfilled - item.returned, 0)))
  into v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity) as units
    from unnest(v_lines) as line
    group by 1
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = v_order.id
  where asked.units > coalesce(item.fulfilled - item.returned, 0);
  if v_wrong is not null then
    perform private.refuse(409, 'not_handed_over', jsonb_build_object('order_id', order_id, 'lines', v_wrong),
      'Only what was handed over, and has not come back, can be returned.');
  end if;

  insert into public.order_returns (order_item_id, location_id, quantity, outcome)
  select line.order_item_id, return_items.location_id, line.quantity, line.outcome
  from unnest(v_lines) as line;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
  select item.variant_id, return_items.location_id, sum(line.quantity), 'return', 'order ' || v_order.number,
    'order', v_order.id
  from unnest(v_lines) as line
  join public.order_items as item on item.id = line.order_item_id
  where line.outcome = 'restock'
  group by item.variant_id
  order by item.variant_id;
  update public.order_items as item
  set returned = item.returned + back.units
  from (
    select line.order_item_id, sum(line.quantity)::integer as units
    from unnest(v_lines) as line
    group by line.order_item_id
  ) as back
  where item.id = back.order_item_id;
  update public.payments as payment
  set refund_due_minor = payment.refund_due_minor + (
    select sum(line.quantity * item.price_minor::bigint)
    from unnest(v_lines) as line
    join public.order_items as item on item.id = line.order_item_id
  )
  where payment.order_id = v_order.id and payment.status = 'captured';
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'returned', jsonb_build_object('location_id', location_id, 'lines', to_jsonb(v_lines)));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.reverse_count(count_id uuid, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_count public.counts;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'reverse_count', jsonb_build_array(count_id));
  if v_response is null then
    v_count := private.lock_count(count_id, 'approved');
    update public.count_results as result
    set reversal_id = level.ledger_position
    from private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', booked.variant_id, 'location_id', v_count.location_id,
          'delta', booked.expected - booked.counted)), '[]')
       from public.count_results as booked
       where booked.count_id = v_count.id and booked.movement_id is not null),
      'recount', 'count ' || v_count.number || ' reversed', source_kind => 'count', source_id => v_count.id
    ) as level
    where result.count_id = v_count.id
      and result.variant_id = level.variant_id;
    update public.counts as decided
    set status = 'reversed', decided_by = private.actor()
    where decided.id = v_count.id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;

create or replace function private.send_transfer(from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
begin
  perform private.require_role_at('stock', from_location_id);
  v_response := private.begin_once(idempotency_key, 'send_transfer', jsonb_build_array(from_location_id, to_location_id, lines, document));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;
    v_delivery := private.open_delivery(from_location_id, null, to_location_id, lines, document, null);
    perform private.move_stock(private.deltas_at(from_location_id, lines, -1), 'transfer', private.delivery_label(v_delivery),
      source_kind => 'transfer', source_id => v_delivery.id);
    v_response := to_jsonb(v_delivery);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;

create or replace function private.short_pick(order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_item public.order_items;
  v_left integer;
  v_elsewhere jsonb;
  v_cancelled integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'short_pick', jsonb_build_array(order_id, location_id, order_item_id, missing));
  if v_response is not null then
    return v_response;
  end if;
  if missing is null or missing not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'missing', 'problem', 'not 1 to 99', 'value', missing),
      'Say how many units are not there.');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);
  select * into v_item from public.order_items as item where item.id = short_pick.order_item_id and item.order_id = v_order.id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Reload the order.');
  end if;
  perform private.queue_for(array[v_item.variant_id]);
  select claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0)) into v_left
  from public.claims
  left join public.order_picks as pick on pick.order_item_id = claims.order_item_id and pick.location_id = claims.location_id
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id;
  if coalesce(v_left, 0) < missing then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_item.title,
        'wanted', missing, 'left', coalesce(v_left, 0)),
      'What is picked or handed over cannot be missing.');
  end if;

  -- What the books had here and the shelf has not: the order lets go of it and the ledger writes it off, so that what is
  -- available here does not move. Then other locations are asked.
  delete from public.claims
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id and claims.quantity = missing;
  update public.claims
  set quantity = claims.quantity - missing
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id and claims.quantity > missing;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, note, source_kind, source_id)
  values (v_item.variant_id, short_pick.location_id, -missing, 'correction', 'order ' || v_order.number,
    'not found while picking', 'order', v_order.id);
  perform private.release_expired(array[v_item.variant_id]);
  select coalesce(jsonb_agg(to_jsonb(got)), '[]'), missing - coalesce(sum(got.units), 0)
  into v_elsewhere, v_cancelled
  from private.claim_elsewhere(v_item, missing, short_pick.location_id) as got;

  perform private.open_picks(v_order.id);
  insert into public.order_shorts (order_item_id, location_id, missing, cancelled)
  values (v_item.id, short_pick.location_id, missing, v_cancelled);
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'short', jsonb_build_object('title', v_item.title, 'location_id', short_pick.location_id,
    'missing', missing, 'elsewhere', v_elsewhere, 'cancelled', v_cancelled));
  if v_cancelled > 0 then
    update public.order_items as item set cancelled = item.cancelled + v_cancelled where item.id = v_item.id;
    update public.payments as payment
    set refund_due_minor = payment.refund_due_minor + v_cancelled * v_item.price_minor::bigint
    where payment.order_id = v_order.id and payment.status = 'captured';
  end if;
  perform private.settle_order(v_order);
  perform private.finish_picking(v_order.id);

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.sources_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_movements', movement.variant_id, movement.location_id,
    jsonb_build_object('id', movement.id, 'source_kind', movement.source_kind, 'source_id', movement.source_id),
    jsonb_build_object('id', movement.id, 'source', null)
  from public.stock_movements as movement
  where movement.source_id is not null
    and not case movement.source_kind
      when 'order' then exists (select from public.orders where orders.id = movement.source_id)
      when 'import' then exists (select from public.imports where imports.id = movement.source_id)
      when 'count' then exists (select from public.counts where counts.id = movement.source_id)
      else exists (
        select from public.deliveries as delivery
        where delivery.id = movement.source_id
          and private.delivery_source(delivery) = movement.source_kind
      )
    end
$$;

create or replace function private.write_quantities(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lines jsonb;
begin
  select jsonb_agg(jsonb_build_object('variant_id', moved.variant_id, 'location_id', moved.location_id, 'delta', moved.delta))
  into v_lines
  from (
    select change.variant_id, change.location_id,
      (change.after ->> 'on_hand')::integer - coalesce((change.before ->> 'on_hand')::integer, 0) as delta
    from private.import_changes as change
    where change.import_id = import.id
      and change.subject <> 'product'
  ) as moved
  where moved.delta <> 0;
  if v_lines is not null then
    perform private.move_stock(v_lines, case when import.kind = 'inventory' then 'correction' else 'import' end::public.movement_reason,
      import.document, import.file_name, source_kind => 'import', source_id => import.id);
  end if;
end;
$$;

-- Every row satisfies it; NOT VALID first, so that the check of old rows does not block writers.
ALTER TABLE "public"."stock_movements" ADD CONSTRAINT "stock_movements_source_is_whole" CHECK (((source_id IS NULL) = (source_kind = 'adjustment'::public.movement_source))) NOT VALID;

ALTER TABLE "public"."stock_movements" VALIDATE CONSTRAINT "stock_movements_source_is_whole";

CREATE INDEX stock_movements_by_source ON public.stock_movements USING btree (source_id, id) WHERE (source_id IS NOT NULL);

COMMENT ON COLUMN "public"."stock_movements"."document" IS 'A reference for people: a delivery note, or the name of the source. No code reads it; see source_kind.';

COMMENT ON COLUMN "public"."stock_movements"."source_id" IS 'The order, import, count, delivery or transfer (both in deliveries); NULL for an adjustment. private.sources_drift()
   proves that it exists.';

COMMENT ON COLUMN "public"."stock_movements"."source_kind" IS 'The kind of document that caused the movement.';

COMMENT ON FUNCTION "private"."delivery_label"(public.deliveries) IS 'The reference that the movements of a delivery carry: "transfer 7, VAN-3".';

COMMENT ON FUNCTION "private"."delivery_source"(public.deliveries) IS 'The source of the movements of a delivery: one from a supplier, or a transfer from another location.';

COMMENT ON FUNCTION "private"."move_stock"(jsonb, public.movement_reason, text, text, uuid, public.movement_source, uuid) IS 'Writes ledger lines [{variant_id, location_id, delta}], all or none, and returns the levels they leave. change is the
   key of a request that can be undone; the source is the document that caused the lines. Raises insufficient_stock (409)
   with every short level, invalid_input (422) for the length of document or note. Callers check role and shapes.';

COMMENT ON FUNCTION "private"."parts_on_hand"(uuid, uuid, timestamp with time zone) IS 'The latest movements of a level, newest first, then all earlier ones as one part. A transfer names the other location.';

COMMENT ON FUNCTION "private"."sources_drift"() IS 'Movements whose source does not exist. Part of public.verify_inventory.';

COMMENT ON TYPE "public"."movement_source" IS 'The kind of document that caused a movement. An adjustment is direct staff work without a document: adjust, receive,
   recount, transfer and undo.';

REVOKE ALL ON FUNCTION "private"."delivery_label"(public.deliveries) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."delivery_source"(public.deliveries) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_stock"(jsonb, public.movement_reason, text, text, uuid, public.movement_source, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sources_drift"() FROM PUBLIC;

reset check_function_bodies;
