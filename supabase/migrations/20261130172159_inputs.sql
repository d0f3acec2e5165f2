set check_function_bodies = off;

DROP FUNCTION "private"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer);

DROP FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer);

create or replace function private.answer_asks(import_id uuid, kind text, answer public.import_answer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answered integer;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id);
  -- A cell that this answer does not fit is kept, or dropped where it means nothing.
  update private.import_asks as asked
  set answer = case
      when asked.choices ? answer_asks.answer::text then answer_asks.answer
      when asked.choices ? 'keep' then 'keep'
      else 'drop'
    end
  where asked.import_id = answer_asks.import_id
    and asked.kind = answer_asks.kind;
  get diagnostics v_answered = row_count;
  if v_answered = 0 or answer is null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'kind', 'problem', 'not asked', 'value', kind),
      'Answer one of the questions of the preview.');
  end if;

  update private.import_variants as staged
  set sku = made.sku, sku_given = made.sku_given, barcode = made.barcode, quantity = made.quantity,
    options_given = made.options_given, price_minor = made.price_minor
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'variant') as answered
  join private.import_variants as said on said.import_id = answer_asks.import_id and said.line = answered.line
  cross join lateral jsonb_populate_record(said, answered.patch) as made
  where staged.import_id = said.import_id and staged.line = said.line;

  update private.import_products as staged
  set tax_rate_bp = (answered.patch ->> 'tax_rate_bp')::integer
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'product') as answered
  where staged.import_id = answer_asks.import_id and staged.line = answered.line;

  update private.import_levels as staged
  set sku = made.sku, choice = made.choice
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'level') as answered
  join private.import_levels as said on said.import_id = answer_asks.import_id and said.line = answered.line
  cross join lateral jsonb_populate_record(said, answered.patch) as made
  where staged.import_id = said.import_id and staged.line = said.line and staged.location = said.location;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.imports set updated_at = clock_timestamp() where imports.id = answer_asks.import_id;
  return v_answered;
end;
$$;

create or replace function private.check_lines(lines jsonb, location_id uuid)
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
  select jsonb_build_object('field', 'lines[' || n - 1
    || ']', 'problem', 'not {variant_id: uuid, quantity: 1 to 1000000, note?: 1 to 200 characters}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or jsonb_typeof(line -> 'quantity') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'quantity', 'integer')
    or (line ->> 'quantity')::numeric not between 1 and 1000000
    or (line ? 'note' and (jsonb_typeof(line -> 'note') <> 'string' or length(line ->> 'note') not between 1 and 200))
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Quantities are whole units above zero.');
  end if;

  perform private.check_places(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line),
    array[location_id]);
end;
$$;

create or replace function private.import_conflicts(import_id uuid)
returns table (line integer, "column" text, value text, why text)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with matches as materialized (
    select * from private.import_matches(import_conflicts.import_id)
  )
  select problem.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral jsonb_to_recordset(imports.problems) as problem (line integer, "column" text, value text, why text)
  where imports.id = import_conflicts.import_id

  union all
  select match.line, 'Variant SKU', match.sku,
    'is or would become "' || concat_ws(' ', products.handle, nullif(array_to_string(rival.option_values, ' / '), ''))
      || '" (SKU "' || rival.sku || '")'
  from matches as match
  join public.variants as rival on rival.id = match.rival
  join public.products on products.id = rival.product_id

  union all
  select match.line, 'Variant SKU', match.sku, 'is the same variant as another line of the file'
  from matches as match
  where match.times > 1

  union all
  select staged.line, 'Option1 Name', array_to_string(staged.option_names, ', '),
    'variant "' || variants.sku || '" is not in the file and has ' || cardinality(variants.option_values)
      || ' options: add its line'
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  join public.variants on variants.product_id = products.id and variants.active
  where staged.import_id = import_conflicts.import_id
    and cardinality(variants.option_values) <> cardinality(staged.option_names)
    and not exists (select from matches as match where match.variant_id = variants.id)

  union all
  select staged.line, 'Variant Inventory Qty', staged.quantity::text,
    'fewer than the ' || level.on_hand - level.available || ' units held, committed or kept as safety stock here'
  from private.import_variants as staged
  join matches as match using (line)
  join public.imports on imports.id = staged.import_id
  join public.stock_levels as level on level.variant_id = match.variant_id and level.location_id = imports.location_id
  where staged.import_id = import_conflicts.import_id
    and staged.quantity < level.on_hand - level.available

  union all
  select staged.line, 'Title', null, 'is missing: a new product needs one'
  from private.import_products as staged
  where staged.import_id = import_conflicts.import_id
    and staged.title is null
    and not exists (select from public.products where products.handle = staged.handle)

  union all
  select staged.line, 'Variant Price', null, 'is missing: a new product needs a line with a price'
  from private.import_products as staged
  where staged.import_id = import_conflicts.import_id
    and not exists (select from public.products where products.handle = staged.handle)
    and not exists (
      select from private.import_variants as variant
      where variant.import_id = staged.import_id and variant.handle = staged.handle
    )

  union all
  select match.line, problem."column", problem.value, problem.why
  from matches as match
  join private.import_variants as staged on staged.import_id = import_conflicts.import_id and staged.line = match.line
  join private.import_products as product on product.import_id = staged.import_id and product.handle = staged.handle
  left join public.products on products.id = match.product_id
  cross join lateral (select coalesce(product.option_names, products.option_names, '{}') as names) as shape
  cross join lateral (
    values
      (match.variant_id is null and staged.price_minor is null,
        'Variant Price', null, 'is missing: a new variant needs one, like 9.99'),
      (match.variant_id is null and not staged.options_given and exists (
          select from public.variants where variants.product_id = match.product_id
        ), 'Option1 Value', null, 'is missing, and the SKU is none of this product: name the options of the variant'),
      (staged.options_given and cardinality(match.option_values) <> cardinality(shape.names),
        'Option1 Name', array_to_string(match.option_values, ', '),
        'is missing: this product has ' || cardinality(shape.names) || ' options: name them')
  ) as problem (applies, "column", value, why)
  where problem.applies

  union all
  select level.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral private.import_level_lines(imports.id) as level
  cross join lateral (
    values
      (level.variant_id is null, 'SKU', coalesce(level.sku, level.handle), 'is no variant of this shop'),
      (level.places = 0, 'Location', level.location, 'is no open location of this shop'),
      (level.places > 1, 'Location', level.location, 'is what several locations are called: write the one''s slug'),
      (level.times > 1, 'SKU', level.sku, 'at "' || level.location || '" is in another line of the file, too'),
      (num_nulls(level.variant_id, level.location_id, level.ledger_position) = 0 and level.expected <> level.on_hand - (
          select coalesce(sum(movement.delta), 0)
          from public.stock_movements as movement
          where movement.variant_id = level.variant_id
            and movement.location_id = level.location_id
            and movement.id > level.ledger_position
        ), 'On hand (current)', level.expected::text,
        'is not what was on hand when the file was exported: leave it, and write the new number into On hand (new)'),
      (level.result < level.unavailable, 'On hand (new)', level.counted::text,
        'would leave ' || level.result || ', fewer than the ' || level.unavailable
          || ' units held, committed or kept as safety stock at "' || level.location || '"')
  ) as problem (applies, "column", value, why)
  where imports.id = import_conflicts.import_id
    and imports.kind = 'inventory'
    and problem.applies
    and level.choice <> 'skip'
  order by 1;
end;
$$;

create or replace function private.move_stock(
  lines jsonb, reason public.movement_reason, document text default null, note text default null,
  change uuid default null,
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
    perform private.refuse(422, 'invalid_input',
      '{"field": "note", "problem": "document not 1 to 120 characters, or note not 1 to 1000"}',
      'Shorten it, or leave it out.');
  end if;
  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  v_short := private.short_levels(lines);
  if v_short is not null then
    perform private.refuse(409, 'insufficient_stock', jsonb_build_object('short', v_short),
      'Take no more than is available, or first release what is held, committed or kept as safety stock.');
  end if;

  with written as (
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, note, source_kind, source_id)
    select line.variant_id, line.location_id, line.delta, move_stock.reason, move_stock.document,
      left(nullif(concat_ws(', ', move_stock.note, line.note), ''), 1000), move_stock.source_kind, move_stock.source_id
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer, note text)
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

create or replace function private.movement_lines(location_id uuid, lines jsonb, sign integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'location_id', movement_lines.location_id,
    'delta', movement_lines.sign * line.quantity, 'note', line.note)), '[]')
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer, note text)
  where line.quantity > 0
$$;

create or replace function private.receive_delivery(
  delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference
)
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
  v_response := private.begin_once(idempotency_key, 'receive_delivery',
    jsonb_build_array(delivery_id, lines, difference));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    perform private.check_lines(lines, v_delivery.to_location_id);
    perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));

    -- Of each variant: what was announced arrives, what is beyond that is over.
    select jsonb_agg(jsonb_build_object('variant_id', came.variant_id,
      'quantity', least(came.units, coalesce(line.outstanding, 0)), 'note', came.note)),
      jsonb_agg(jsonb_build_object('variant_id', came.variant_id,
        'quantity', came.units - coalesce(line.outstanding, 0), 'note', came.note) order by came.variant_id)
        filter (where came.units > coalesce(line.outstanding, 0))
    into v_arrived, v_over
    from (
      select line.variant_id, sum(line.quantity)::integer as units, string_agg(distinct line.note, '; ') as note
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer, note text)
      group by line.variant_id
    ) as came
    left join public.delivery_lines as line on line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    if v_over is not null and coalesce(difference, 'lost') not in ('extra', 'swapped') then
      perform private.refuse(409, 'delivery_over', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_over),
        'Say why more came: extra or swapped. Or receive fewer.');
    end if;

    perform private.add_arrivals(v_delivery.id, lines, difference);
    perform private.move_stock(private.movement_lines(v_delivery.to_location_id, v_arrived, 1),
      case when v_delivery.from_location_id is null then 'receive' else 'transfer' end::public.movement_reason,
      private.delivery_label(v_delivery), source_kind => private.delivery_source(v_delivery),
      source_id => v_delivery.id);
    perform private.move_stock(private.movement_lines(v_delivery.to_location_id, coalesce(v_over, '[]'), 1),
      case when v_delivery.from_location_id is null then 'receive' else 'correction' end::public.movement_reason,
      private.delivery_label(v_delivery), receive_delivery.difference::text,
      source_kind => private.delivery_source(v_delivery), source_id => v_delivery.id);
    insert into public.delivery_events (delivery_id, kind, detail)
    values (v_delivery.id, 'received', jsonb_build_object('lines', lines, 'over', coalesce(v_over, '[]'),
      'difference', difference));
    update public.deliveries as received set updated_at = clock_timestamp() where received.id = v_delivery.id
      returning to_jsonb(received) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;

create or replace function private.receive_stock(location_id uuid, lines jsonb, document text, idempotency_key uuid, note text)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'receive_stock',
    jsonb_build_array(location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, location_id);
    if length(trim(coalesce(document, ''))) = 0 then
      perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "missing"}',
        'Name the delivery note.');
    end if;

    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', location_id,
        'delta', line -> 'quantity', 'note', line -> 'note'))
       from jsonb_array_elements(lines) as line),
      'receive', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;

create or replace function private.search_inventory(
  query text, category text, band public.shelf_band, location_id uuid, after uuid, size integer, levels_at uuid[]
)
returns setof public.inventory
language plpgsql
stable
security definer
set search_path = ''
-- Absent filters fold away and the index fits what was typed only when the plan knows the values.
set plan_cache_mode = 'force_custom_plan'
set jit = off
as $$
declare
  v_after public.inventory_index;
  v_words text[] := private.search_patterns(search_inventory.query);
begin
  -- Asked here and not by row level security: under a policy `like` may not use the index, because it could tell of
  -- rows it was shown before they were allowed.
  if not private.is_trusted() and private.staff_role() is null then
    return;
  end if;
  select * into v_after from public.inventory_index where inventory_index.variant_id = search_inventory.after;

  return query
  select inventory.variant_id, inventory.product_id, inventory.handle, inventory.title, inventory.category,
    inventory.status, inventory.option_names, inventory.option_values, inventory.sku, inventory.barcode,
    inventory.active, inventory.band, inventory."left", inventory.shelf_version, inventory.picture, (
      -- Not the view's levels, which are those of every location.
      select coalesce(jsonb_agg(to_jsonb(level)), '[]')
      from public.stock_levels as level
      where level.variant_id = inventory.variant_id
        and (search_inventory.levels_at is null or level.location_id = any (search_inventory.levels_at))
    )
  from (
    select found.variant_id, found.title, found.position
    from public.inventory_index as found
    -- The longest word leads, because `like all` alone cannot use the index.
    where (v_words[1] is null or found.words like v_words[1])
      and found.words like all (v_words)
      and (search_inventory.category is null or found.category = search_inventory.category)
      and (v_after.variant_id is null
        or (found.title, found.position, found.variant_id) > (v_after.title, v_after.position, v_after.variant_id))
      and (search_inventory.band is null or exists (
        select from public.shelf where shelf.variant_id = found.variant_id and shelf.band = search_inventory.band))
      and (search_inventory.location_id is null or exists (
        select from public.stock_levels as level
        where level.variant_id = found.variant_id and level.location_id = search_inventory.location_id))
    order by found.title, found.position, found.variant_id
    limit least(greatest(search_inventory.size, 1), 200)
  ) as page
  join public.inventory using (variant_id)
  order by page.title, page.position, page.variant_id;
end;
$$;

create or replace function private.settle_asks(import_id uuid, handles text[])
returns void
language sql
set search_path = ''
as $$
  delete from private.import_asks as asked
  using private.staged_beside_known(settle_asks.import_id, array(
    -- Most files ask nothing: only products with a question are compared.
    select distinct asking.handle
    from private.import_asks as one
    join private.import_variants as asking on asking.import_id = one.import_id and asking.line = one.line
    where one.import_id = settle_asks.import_id
      and one.subject = 'variant'
      and asking.handle = any (settle_asks.handles)
  )) as staged
  where asked.import_id = settle_asks.import_id
    and asked.subject = 'variant'
    and asked.line = staged.line
    and case
      when asked.choices -> 'drop' ? 'barcode' then staged.known_barcode = staged.barcode
      when asked.choices -> 'drop' ? 'sku' then staged.known_sku = staged.sku
      when asked.choices -> 'drop' ? 'quantity' then staged.quantity <= 10 * staged.on_hand
      when asked.choices -> 'drop' ? 'price_minor' then exists (
        select from public.variants
        where variants.id = staged.id and variants.price_minor = (asked.choices #>> '{keep,price_minor}')::integer
      )
      else staged.known_options = staged.option_values
    end;

  delete from private.import_asks as asked
  using private.import_products as staged, public.products
  where asked.import_id = settle_asks.import_id
    and asked.kind = 'tax_exempt'
    and staged.import_id = asked.import_id
    and staged.line = asked.line
    and products.handle = staged.handle
    and products.tax_rate_bp = 0;
$$;

create or replace function public.read_delivery(delivery_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'delivery', to_jsonb(delivery),
    'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'title', products.title,
        'option_values', variants.option_values,
        'sku', variants.sku, 'barcode', variants.barcode, 'expected', line.expected, 'received', line.received,
        'missing', line.missing,
        'outstanding', line.outstanding, 'difference', line.difference) order by products.title, variants.position,
        line.variant_id), '[]')
      from public.delivery_lines as line
      join public.variants on variants.id = line.variant_id
      join public.products on products.id = variants.product_id
      where line.delivery_id = delivery.id
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('id', event.id, 'kind', event.kind, 'actor', event.actor,
        'created_at', event.created_at,
        'units', (select sum((line ->> 'quantity')::integer)
          from jsonb_array_elements(event.detail -> 'lines') as line),
        'notes', (select coalesce(jsonb_agg(distinct line -> 'note'), '[]')
          from jsonb_array_elements(event.detail -> 'lines') as line where line ? 'note')
        ) order by event.id desc), '[]')
      from public.delivery_events as event
      where event.delivery_id = delivery.id
    )
  )
  from public.deliveries as delivery
  where delivery.id = read_delivery.delivery_id
$$;

create or replace function public.search_inventory(
  query text default null,
  category text default null,
  band public.shelf_band default null,
  location_id uuid default null,
  after uuid default null,
  size integer default 50,
  levels_at uuid[] default null
)
returns setof public.inventory
language sql
stable
set search_path = ''
as $$
  select * from private.search_inventory(query, category, band, location_id, after, size, levels_at)
$$;

REVOKE ALL ON FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) FROM "anon";

COMMENT ON FUNCTION "private"."movement_lines"(uuid, jsonb, integer) IS 'Lines [{variant_id, quantity, note?}] as ledger lines of one location, coming (1) or going (-1).';

COMMENT ON FUNCTION "private"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) IS 'See public.search_inventory.';

COMMENT ON FUNCTION "public"."receive_delivery"(uuid, jsonb, uuid, public.delivery_difference) IS 'Receives units of a delivery: lines [{"variant_id", "quantity": units > 0, "note"?}], all or none, as often as parts
   arrive; staff of role stock. A line''s note, such as its lot, is in the notes of the event and of its
   movements. Units beyond the announced ones need a difference (extra or swapped). For a transfer they
   become a correction, because no movement says that they left. Raises role_required (403), location_not_yours (403),
   not_found (404), delivery_closed (409), delivery_over (409: by how much), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."receive_stock"(uuid, jsonb, text, uuid, text) IS 'Receives units at one location: lines [{"variant_id", "quantity": units > 0, "note"?}], up to 1000, all or none;
   document is the delivery note. A line''s note, such as its lot, is in the note of its movement. Staff of role
   stock. Returns the levels. Raises role_required (403), location_not_yours (403), not_found (404),
   idempotency_key_reused (409), invalid_input (422, names the line).';

COMMENT ON FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) IS 'A page of public.inventory in the order of the list: rows after the variant `after`, up to size (1 to 200). query:
   every word must occur in title, options, SKU, barcode or vendor. band: what shoppers see. location_id: variants that
   have or had stock there. levels_at: the locations whose levels each row has; null for all. Nobody but staff gets a
   row.';

REVOKE ALL ON FUNCTION "private"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) TO "service_role";

REVOKE ALL ON FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer, uuid[]) TO "service_role";

reset check_function_bodies;
