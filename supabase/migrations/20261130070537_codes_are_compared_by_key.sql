set check_function_bodies = off;

DROP INDEX "public"."variants_by_barcode";

DROP FUNCTION "private"."variant_by_code"(text);

create or replace function private.code_choices(code text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', variants.id, 'title', products.title,
      'option_values', variants.option_values, 'sku', variants.sku, 'barcode', variants.barcode)
    order by products.title, variants.position, variants.id), '[]')
  from private.variants_by_code(code_choices.code) as found (id)
  join public.variants using (id)
  join public.products on products.id = variants.product_id
$$;

create or replace function private.code_key(code text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_clean text := lower(trim(regexp_replace(regexp_replace(normalize(code, nfkc),
    '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f'
      || '\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]', '', 'g'),
    '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')));
  v_digits text := replace(v_clean, ' ', '');
begin
  if v_digits ~ '^\d+$' and length(v_digits) in (8, 12, 13, 14) then
    v_digits := lpad(v_digits, 14, '0');
    return case private.gtin_check_digit(left(v_digits, 13)) when right(v_digits, 1) then v_digits else v_clean end;
  end if;
  v_digits := replace(v_digits, '-', '');
  if v_digits ~ '^97[89]\d{10}$' and private.gtin_check_digit('0' || left(v_digits, 12)) = right(v_digits, 1) then
    return '0' || v_digits;
  end if;
  if v_digits ~ '^\d{9}[\dx]$' and private.modulo_11(v_digits) = 0 then
    v_digits := '0978' || left(v_digits, 9);
    return v_digits || private.gtin_check_digit(v_digits);
  end if;
  if v_clean ~ '^\d{4}-\d{3}[\dx]$' and private.modulo_11(v_digits) = 0 then
    v_digits := '0977' || left(v_digits, 7) || '00';
    return v_digits || private.gtin_check_digit(v_digits);
  end if;
  return v_clean;
end;
$$;

create or replace function private.find_by_codes(codes text[])
returns table (code text, choices jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  if coalesce(cardinality(codes), 0) > 1000 or exists (select from unnest(codes) as asked (code) where length(asked.code) > 500) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'codes', 'problem', 'more than 1000 codes or a code too long'),
      'Send at most 1000 codes of at most 500 characters.');
  end if;
  return query
  select asked.code, private.code_choices(asked.code)
  from (select distinct unnest(find_by_codes.codes)) as asked (code)
  where asked.code is not null;
end;
$$;

create or replace function private.gtin_check_digit(digits text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select ((10 - sum(digit::integer * case when place % 2 = 1 then 3 else 1 end) % 10) % 10)::text
  from string_to_table(digits, null) with ordinality as each (digit, place)
$$;

create or replace function private.inventory_projection(variant_ids uuid[])
returns setof public.inventory_index
language sql
stable
set search_path = ''
as $$
  select variants.id, products.category, lower(products.title), variants.position,
    lower(concat_ws(' ', products.title, array_to_string(variants.option_values, ' '), variants.sku, variants.barcode,
      private.code_key(variants.sku), private.code_key(variants.barcode), products.vendor))
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = any (inventory_projection.variant_ids)
$$;

create or replace function private.modulo_11(digits text)
returns integer
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select (sum(case digit when 'x' then 10 else digit::integer end * (length(digits) + 1 - place)) % 11)::integer
  from string_to_table(digits, null) with ordinality as each (digit, place)
$$;

create or replace function private.ordered_variant(order_id uuid, code text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_found uuid[] := array(
    select distinct item.variant_id
    from public.order_items as item
    join public.variants on variants.id = item.variant_id
    where item.order_id = ordered_variant.order_id
      and private.code_key(ordered_variant.code) in (private.code_key(item.sku), private.code_key(variants.sku),
        private.code_key(variants.barcode), variants.id::text)
  );
begin
  if cardinality(v_found) = 0 then
    perform private.refuse(409, 'not_on_order', jsonb_build_object('order_id', order_id, 'code', code),
      'Put it back: this order does not contain it.');
  elsif cardinality(v_found) > 1 then
    perform private.refuse(409, 'ambiguous_code', jsonb_build_object('code', code, 'choices', (
        select jsonb_agg(choice) from jsonb_array_elements(private.code_choices(code)) as choice
        where (choice ->> 'variant_id')::uuid = any (v_found)
      )), 'Choose which item it is: send its variant_id as the code.');
  end if;
  return v_found[1];
end;
$$;

create or replace function private.pick_units(order_id uuid, location_id uuid, code text, quantity integer, idempotency_key uuid)
returns public.order_picks
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_line record;
  v_pick public.order_picks;
  v_left integer;
  v_variant uuid;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'pick_units', jsonb_build_array(order_id, location_id, code, quantity));
  if v_response is not null then
    return jsonb_populate_record(null::public.order_picks, v_response);
  end if;
  if coalesce(quantity, 0) = 0 or abs(quantity) > 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'zero or beyond 99', 'value', quantity),
      'Say how many units were picked (+) or put back (-).');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);

  v_variant := private.ordered_variant(v_order.id, code);
  -- Of two lines with the same variant, the one that still needs units is picked.
  select item.id, item.title, coalesce(claims.fulfilled, 0) as handed_over,
    greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) as picked, coalesce(claims.quantity, 0) as quantity
  into v_line
  from public.order_items as item
  left join public.claims on claims.order_item_id = item.id and claims.location_id = pick_units.location_id
  left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = pick_units.location_id
  where item.order_id = v_order.id and item.variant_id = v_variant
  order by coalesce(claims.quantity, 0) - greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) desc, item.id
  limit 1;
  if v_line.picked + quantity > v_line.quantity or v_line.picked + quantity < v_line.handed_over then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_line.title,
        'wanted', quantity, 'left', case when quantity > 0 then v_line.quantity - v_line.picked else v_line.picked - v_line.handed_over end),
      'Pick what the order has units of here; put back what lies in the box.');
  end if;

  v_left := private.units_to_pick(order_id);
  insert into public.order_picks as pick (order_item_id, location_id, order_id, picked, actor)
  values (v_line.id, pick_units.location_id, v_order.id, v_line.picked + quantity, private.actor())
  on conflict on constraint order_picks_pkey do update
  set picked = excluded.picked, actor = excluded.actor
  returning * into v_pick;
  if quantity > 0 then
    perform private.finish_picking(v_order.id);
  elsif v_left = 0 then
    insert into public.order_events (order_id, kind) values (v_order.id, 'unpicked');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  perform private.finish_once(idempotency_key, to_jsonb(v_pick));
  return v_pick;
end;
$$;

create or replace function private.record_count(count_id uuid, entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count public.counts;
  v_entry jsonb;
  v_unknown uuid[] := '{}';
begin
  perform private.require_role('stock');
  perform private.check_entries(entries);
  select * into v_count from public.counts where counts.id = record_count.count_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  perform private.require_role_at('stock', v_count.location_id);

  for v_entry in select entry from jsonb_array_elements(entries) as entry loop
    if private.record_entry(v_count, v_entry) is null then
      v_unknown := v_unknown || (v_entry ->> 'id')::uuid;
    end if;
  end loop;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.counts set updated_at = clock_timestamp() where counts.id = v_count.id;
  return jsonb_build_object(
    'entries', (
      select coalesce(jsonb_agg(to_jsonb(known) order by known.ended_at, known.id), '[]')
      from public.count_entries as known
      where known.id in (select (entry ->> 'id')::uuid from jsonb_array_elements(entries) as entry)
    ),
    'unknown', to_jsonb(v_unknown),
    'ambiguous', (
      select coalesce(jsonb_agg(jsonb_build_object('id', entry ->> 'id', 'choices', choices)), '[]')
      from jsonb_array_elements(entries) as entry
      cross join private.code_choices(entry ->> 'code') as choices
      where (entry ->> 'id')::uuid = any (v_unknown) and choices <> '[]'
    )
  );
end;
$$;

create or replace function private.record_entry(into_count public.counts, entry jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_began timestamptz := v_now - (entry ->> 'began_ms')::bigint * interval '1 millisecond';
  v_variants uuid[] := array(select private.variants_by_code(entry ->> 'code'));
  v_variant uuid := case cardinality(v_variants) when 1 then v_variants[1] end;
  v_withdrawn boolean := coalesce((entry ->> 'withdrawn')::boolean, false);
  v_known public.count_entries;
begin
  select * into v_known from public.count_entries where count_entries.id = (entry ->> 'id')::uuid for no key update;
  -- An entry that was recorded keeps its variant when its code has become ambiguous since.
  if v_known.variant_id = any (v_variants) then
    v_variant := v_known.variant_id;
  end if;
  if v_known.id is not null and (v_known.count_id <> into_count.id or v_known.variant_id is distinct from v_variant or v_known.units <> (entry ->> 'units')::integer) then
    perform private.refuse(409, 'idempotency_key_reused', '{"operation": "record_count"}',
      'This id already stands for another entry. Make a new one for a new entry.');
  end if;
  if v_variant is null or v_known.id is not null and v_known.withdrawn >= v_withdrawn then
    return v_variant;
  end if;
  if into_count.status <> 'open' then
    perform private.refuse(409, 'count_closed',
      jsonb_build_object('count_id', into_count.id, 'number', into_count.number, 'status', into_count.status), 'Start another count.');
  end if;

  insert into public.count_entries (id, count_id, variant_id, units, began_at, ended_at, withdrawn, ledger_position)
  values (
    (entry ->> 'id')::uuid, into_count.id, v_variant, (entry ->> 'units')::integer,
    v_began, v_now - (entry ->> 'ended_ms')::bigint * interval '1 millisecond', v_withdrawn,
    private.certain_position(v_variant, into_count.location_id, v_began - into_count.slack)
  )
  on conflict (id) do update set withdrawn = count_entries.withdrawn or excluded.withdrawn;
  delete from public.count_answers
  using public.stock_movements as movement
  where count_answers.count_id = into_count.id
    and count_answers.movement_id = movement.id
    and movement.variant_id = v_variant;
  return v_variant;
end;
$$;

create or replace function private.search_patterns(query text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array(
    select '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    from regexp_split_to_table(lower(coalesce(search_patterns.query, '')), '\s+') as typed
    cross join lateral (select private.code_key(typed) as key) as code
    -- The index has the 14 digits of a GTIN, in which every shorter form ends.
    cross join lateral (select case when key ~ '^\d{14}$' then ltrim(key, '0') else typed end as word) as searched
    where typed <> ''
    order by length(word) desc
  )
$$;

create or replace function private.variants_by_code(code text)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select variants.id from public.variants where private.code_key(variants.sku) = private.code_key(variants_by_code.code)
  union
  select variants.id from public.variants where private.code_key(variants.barcode) = private.code_key(variants_by_code.code)
  union
  select variants.id from public.variants where variants.id::text = lower(trim(variants_by_code.code))
$$;

create or replace function public.find_by_codes(codes text[])
returns table (code text, choices jsonb)
language sql
stable
set search_path = ''
as $$
  select found.code, found.choices from private.find_by_codes(codes) as found
$$;

REVOKE ALL ON FUNCTION "public"."find_by_codes"(text[]) FROM "anon";

COMMENT ON FUNCTION "private"."code_choices"(text) IS 'What a code may mean, for a person to choose from: [{variant_id, title, option_values, sku, barcode}].';

COMMENT ON FUNCTION "private"."code_key"(text) IS 'The form in which SKUs, barcodes and scanned codes are compared: a GTIN, ISBN or ISSN as its 14 digits, everything else
   in lower case without invisible characters. The same rule as lib/domain/codes; tests/support/codes.ts holds both to it.';

COMMENT ON FUNCTION "private"."find_by_codes"(text[]) IS 'See public.find_by_codes.';

COMMENT ON FUNCTION "private"."gtin_check_digit"(text) IS 'The check digit of the 13 digits before it. Source: GS1 General Specifications, section 7.9.';

COMMENT ON FUNCTION "private"."modulo_11"(text) IS 'The weighted sum of an ISBN-10 or ISSN (digits, the last may be x) modulo 11; 0 when its check digit is right.';

COMMENT ON FUNCTION "private"."ordered_variant"(uuid, text) IS 'The variant of an order that a scanned code names. Raises not_on_order (409), ambiguous_code (409: two items of the
   order have this code).';

COMMENT ON FUNCTION "private"."record_entry"(public.counts, jsonb) IS 'Records one entry, or recognises it: the same again changes nothing, withdrawn wins in whichever order they come.
   Returns its variant, NULL when no or more than one variant has the code. The caller has checked the shape and locked the count.';

COMMENT ON FUNCTION "private"."variants_by_code"(text) IS 'The variants that a code names by SKU or barcode (private.code_key), or by the id of a variant that a person chose.';

COMMENT ON FUNCTION "public"."find_by_codes"(text[]) IS 'What each of up to 1000 scanned or typed codes may mean: choices [{variant_id, title, option_values, sku, barcode}], none for an unknown
   code, several for an ambiguous one. Staff of role viewer. Raises role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."record_count"(uuid, jsonb) IS 'Adds what was found to a count: up to 500 entries [{"id", "code": SKU or barcode, "units", "began_ms", "ended_ms",
   "withdrawn"}]; the times are milliseconds before now, so no two clocks are compared. Each id counts once, whatever
   comes twice or late; withdrawn takes an entry back. Staff of role stock. Returns {entries: rows, unknown: ids whose
   code names no or several variants, ambiguous: [{id, choices}] of those that several variants have; send the variant_id as the code}. Raises role_required (403), location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409: an
   id with other contents), invalid_input (422, names the entry).';

REVOKE ALL ON FUNCTION "private"."code_choices"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."code_key"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."code_key"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."code_key"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."find_by_codes"(text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."find_by_codes"(text[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."find_by_codes"(text[]) TO "service_role";

REVOKE ALL ON FUNCTION "private"."gtin_check_digit"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."gtin_check_digit"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."gtin_check_digit"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."modulo_11"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."modulo_11"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."modulo_11"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."ordered_variant"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."variants_by_code"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."find_by_codes"(text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."find_by_codes"(text[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."find_by_codes"(text[]) TO "service_role";

CREATE INDEX variants_by_barcode_key ON public.variants USING btree (private.code_key(barcode)) WHERE (barcode IS NOT NULL);

CREATE INDEX variants_by_sku_key ON public.variants USING btree (private.code_key(sku));

-- The index of the inventory list knows the keys of SKUs and barcodes from now on.
select private.index_variants(array(select variants.id from public.variants));

reset check_function_bodies;
