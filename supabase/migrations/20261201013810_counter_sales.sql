set check_function_bodies = off;

DROP FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb);

DROP FUNCTION "private"."take_payment"(uuid, uuid);

DROP FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb);

DROP FUNCTION "public"."take_payment"(uuid, uuid);

-- A constant default: no row is rewritten. Orders before this were not walk-in sales.
ALTER TABLE "public"."orders" ADD COLUMN "is_walk_in" boolean NOT NULL DEFAULT false;

-- NULL for every payment there is: nobody said how.
ALTER TABLE "public"."payments" ADD COLUMN "taken_as" text;

create or replace function private.check_sale(lines private.draft_line[], total_minor bigint, expected_minor bigint)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_off_sale jsonb := (
    select jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) from unnest(lines) as line
    where not line.for_sale
  );
begin
  if v_off_sale is not null then
    perform private.refuse(409, 'not_for_sale', jsonb_build_object('lines', v_off_sale), 'Take these lines out.');
  elsif expected_minor <> total_minor then
    perform private.refuse(409, 'price_changed',
      jsonb_build_object('expected_minor', expected_minor, 'total_minor', total_minor),
      'Show the new total and ask again.');
  end if;
end;
$$;

create or replace function private.counter_lines(lines jsonb)
returns private.draft_line[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_variants uuid[];
  v_units bigint[];
  v_has_rates boolean := private.has_tax_rates();
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 100
    or pg_column_size(lines) > 65536 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 100 lines"}',
      'Send lines as [{"variant_id": "…", "quantity": 1}].');
  end if;
  select array_agg(asked.variant_id), array_agg(asked.units) into v_variants, v_units
  from (
    select private.uuid_in(line -> 'variant_id') as variant_id,
      sum(coalesce(private.whole_in(line -> 'quantity', 1, 99), 100)) as units
    from jsonb_array_elements(lines) as line
    group by 1
  ) as asked;
  if array_position(v_variants, null) is not null or 99 < any (v_units) then
    perform private.refuse(422, 'invalid_input',
      '{"field": "lines", "problem": "not {variant_id, quantity: 1 to 99}"}', 'Sell 1 to 99 units of an item.');
  end if;
  perform private.check_places(v_variants, '{}');
  return array(
    select row(1, null, variants.id, variants.sku, products.title, variants.option_values, variants.price_minor,
      tax.rate_bp, asked.units::integer, variants.price_minor * asked.units,
      private.tax_included(variants.price_minor * asked.units, tax.rate_bp), null,
      variants.active and products.status = 'active', 0)::private.draft_line
    from unnest(v_variants, v_units) as asked (variant_id, units)
    join public.variants on variants.id = asked.variant_id
    join public.products on products.id = variants.product_id
    cross join lateral (
      select case
        when v_has_rates then private.tax_rate_of(null, products.category, products.tax_rate_bp)
        else products.tax_rate_bp
      end as rate_bp
    ) as tax
    order by variants.id
  );
end;
$$;

create or replace function private.finish_together(operation text, keys uuid[], requests jsonb[], responses jsonb[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.idempotency_keys (actor, key, operation, request, response)
  select private.actor(), finished.key, finish_together.operation, finished.request, finished.response
  from unnest(keys, requests, responses) as finished (key, request, response)
  where finished.key is not null;
end;
$$;

create or replace function private.fulfil_order(
  order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb, parcel jsonb, taken_as text
)
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
  v_lines private.item_line[];
  -- Part of the event and of the request only where there is one.
  v_parcel jsonb := '{}';
begin
  perform private.require_role_at('stock', location_id);
  if lines is not null then
    v_lines := private.item_lines(lines, come_back => false);
  end if;
  if parcel is not null then
    v_parcel := jsonb_build_object('parcel', private.check_parcel(parcel));
  end if;
  v_response := private.begin_once(
    idempotency_key, 'fulfil_order', jsonb_build_array(order_id, location_id, to_jsonb(v_lines))
      || case when v_parcel = '{}' then '[]' else v_parcel end
      || case when taken_as is null then '[]' else to_jsonb(taken_as) end
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order can be handed over.');
  end if;
  if parcel is not null and v_order.delivery <> 'delivery' then
    perform private.refuse(422, 'invalid_input', '{"field": "parcel", "problem": "the order is collected"}',
      'Leave the parcel out.');
  end if;
  if taken_as is not null then
    perform private.take_money(v_order, taken_as);
  end if;
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = v_order.id)
  );

  select asked.items, asked.units into v_items, v_units
  from private.units_to_fulfil(order_id, location_id, v_lines) as asked;
  perform private.hand_over_units(v_order, location_id, v_items, v_units, v_parcel);
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.hand_over_units(
  ordered public.orders, location_id uuid, items bigint[], units integer[], detail jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.claims
  set fulfilled = claims.fulfilled + picked.units
  from unnest(items, units) as picked (item_id, units)
  where claims.order_item_id = picked.item_id and claims.location_id = hand_over_units.location_id;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
  select item.variant_id, hand_over_units.location_id, -picked.units, 'sale', 'order ' || ordered.number,
    'order', ordered.id
  from unnest(items, units) as picked (item_id, units)
  join public.order_items as item on item.id = picked.item_id
  order by item.variant_id;
  update public.order_items as item
  set fulfilled = item.fulfilled + picked.units
  from unnest(items, units) as picked (item_id, units)
  where item.id = picked.item_id;

  perform private.close_handed_over(ordered.id);
  insert into public.order_events (order_id, kind, detail)
  values (
    ordered.id, 'handed_over',
    jsonb_build_object('location_id', location_id, 'items', to_jsonb(items), 'units', to_jsonb(units)) || detail
  );
end;
$$;

create or replace function private.order_as_json(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select jsonb_build_object(
      'order_id', orders.id, 'number', orders.number, 'status', orders.status, 'version', orders.version,
      'ready', orders.status = 'placed' and private.units_to_pick(orders.id) = 0,
      'email', orders.email, 'name', orders.name, 'phone', orders.phone, 'delivery', orders.delivery,
      'collect_at', orders.collect_at, 'address', orders.address, 'currency', orders.currency, 'units', orders.units,
      'total_minor', orders.total_minor, 'tax_minor', orders.tax_minor, 'created_at', orders.created_at,
      'subtotal_minor', orders.subtotal_minor, 'discount_minor', orders.discount_minor,
      'is_walk_in', orders.is_walk_in, 'delivery_minor', orders.delivery_minor,
      'delivery_estimate', orders.delivery_estimate,
      'discount_title', orders.discount_title,
      'taxes', private.order_taxes(orders.id), 'invoices', private.invoices_of(orders.id),
      'worth_minor', private.order_worth(orders.id, with_returns => false),
      'kept_at', (
        select coalesce(jsonb_agg(distinct claim.location_id), '[]')
        from public.claims as claim
        join public.order_items as item on item.id = claim.order_item_id
        where item.order_id = orders.id and claim.quantity > claim.fulfilled
      ),
      'placed_at', orders.placed_at, 'cancelled_at', orders.cancelled_at, 'erase_asked_at', orders.erase_asked_at,
      'now', private.clock(),
      'payment', (
        select jsonb_build_object('payment_id', payment.id, 'provider', payment.provider, 'status', payment.status,
          'amount_minor', payment.amount_minor, 'captured_minor', payment.captured_minor,
          'refund_due_minor', payment.refund_due_minor, 'refunded_minor', payment.refunded_minor,
          'deadline', payment.deadline,
          'taken_as', payment.taken_as,
          'in_progress', coalesce(payment.attempt_at > private.clock() - interval '2 minutes', false))
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(
          jsonb_build_object('id', event.id, 'kind', event.kind, 'detail', event.detail, 'at', event.created_at)
          order by event.id
        )
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.owe_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.mail (event_id, kind)
  select owed.id, owed.mail_kind
  from (select added.id, added.order_id, private.mail_kind_of(added) as mail_kind from added) as owed
  where owed.mail_kind is not null
    and not exists (select from public.orders where orders.id = owed.order_id and orders.is_walk_in);
  return null;
end;
$$;

create or replace function private.price_sale(
  lines jsonb, out drafts private.order_draft[], out priced private.draft_line[], out totals private.order_total[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_draft private.order_draft;
  v_discounted record;
begin
  v_draft.n := 1;
  v_draft.delivery := 'collection';
  drafts := array[v_draft];
  priced := private.counter_lines(lines);
  if private.has_automatic_discount() then
    v_discounted := private.apply_discounts(drafts, priced);
    drafts := v_discounted.drafts;
    priced := v_discounted.lines;
  end if;
  totals := private.totals_of(drafts, priced);
end;
$$;

create or replace function private.quote_sale(location_id uuid, lines jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sale record;
  v_total private.order_total;
begin
  perform private.require_role_at('stock', location_id);
  v_sale := private.price_sale(lines);
  v_total := v_sale.totals[1];
  return jsonb_build_object(
    'lines', (
      select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'title', line.title, 'sku', line.sku,
        'option_values', line.option_values, 'quantity', line.quantity, 'price_minor', line.price_minor,
        'total_minor', line.total_minor, 'for_sale', line.for_sale, 'left', greatest(coalesce(level.available, 0), 0))
        order by line.title, line.variant_id)
      from unnest(v_sale.priced) as line
      left join public.stock_levels as level
        on level.variant_id = line.variant_id and level.location_id = quote_sale.location_id
    ),
    'subtotal_minor', v_total.subtotal_minor, 'discount_minor', v_total.discount_minor,
    'discount_title', (v_sale.drafts[1]).discount_title, 'total_minor', v_total.total_minor,
    'tax_minor', v_total.tax_minor,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row)
  );
end;
$$;

create or replace function private.sell_at_counter(
  location_id uuid, lines jsonb, taken_as text, expected_total_minor bigint, idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_sale record;
  v_draft private.order_draft;
  v_shares private.draft_share[];
  v_order public.orders;
  v_items public.order_items[];
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'sell_at_counter',
    jsonb_build_array(location_id, lines, taken_as, expected_total_minor));
  if v_response is not null then
    return v_response;
  end if;
  if taken_as is null then
    perform private.refuse(422, 'invalid_input', '{"field": "taken_as", "problem": "missing"}',
      'Say how it was paid: cash or card.');
  end if;
  perform private.check_places('{}', array[location_id]);
  v_sale := private.price_sale(lines);
  perform private.check_sale(v_sale.priced, (v_sale.totals[1]).total_minor, expected_total_minor);
  v_shares := private.take_from_counter(v_sale.priced, location_id);

  v_draft := v_sale.drafts[1];
  v_draft.order_id := gen_random_uuid();
  v_draft.payment_id := gen_random_uuid();
  v_draft.email := 'walk-in@counter.invalid';
  v_draft.name := 'Walk-in customer';
  v_draft.collect_at := location_id;
  v_draft.provider := 'on_collection';
  v_draft.placed_at := private.clock();
  perform private.write_orders(array[v_draft], v_sale.priced, v_shares, v_sale.totals);

  select * into v_order from public.orders where orders.id = v_draft.order_id;
  perform private.take_money(v_order, taken_as);
  select array_agg(item order by item.variant_id) into v_items
  from public.order_items as item where item.order_id = v_order.id;
  perform private.hand_over_units(v_order, location_id, array(select item.id from unnest(v_items) as item),
    array(select item.quantity from unnest(v_items) as item), '{}');
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.take_from_counter(lines private.draft_line[], location_id uuid)
returns private.draft_share[]
language plpgsql
set search_path = ''
as $$
declare
  v_variants uuid[] := array(select line.variant_id from unnest(lines) as line);
  v_shares private.draft_share[];
  v_short jsonb;
begin
  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  select array_agg(row(1, line.variant_id, take_from_counter.location_id, line.quantity)::private.draft_share),
    jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'wanted', line.quantity,
      'left', greatest(coalesce(level.available, 0), 0)) order by line.variant_id)
      filter (where line.quantity > coalesce(level.available, 0))
  into v_shares, v_short
  from unnest(lines) as line
  left join public.stock_levels as level
    on level.variant_id = line.variant_id and level.location_id = take_from_counter.location_id;
  if v_short is not null then
    perform private.refuse(private.not_enough_left(v_short));
  end if;
  return v_shares;
end;
$$;

create or replace function private.take_money(ordered public.orders, taken_as text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if taken_as not in ('cash', 'card') then
    perform private.refuse(422, 'invalid_input', '{"field": "taken_as", "problem": "not cash or card"}',
      'Say how it was paid: cash or card.');
  end if;
  update public.payments as payment
  set status = 'captured', captured_minor = private.order_worth(ordered.id), taken_as = take_money.taken_as
  where payment.order_id = ordered.id and payment.status = 'due';
  if not found then
    perform private.refuse_state(ordered, 'There is nothing to pay at the counter.');
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (ordered.id, 'paid', jsonb_strip_nulls(jsonb_build_object('taken_as', taken_as)));
end;
$$;

create or replace function private.take_payment(order_id uuid, idempotency_key uuid, taken_as text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'take_payment',
    jsonb_build_array(order_id) || case when taken_as is null then '[]' else to_jsonb(taken_as) end);
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  perform private.take_money(v_order, taken_as);
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.write_orders(
  drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[], totals private.order_total[]
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_currency text := (select shop_settings.currency from public.shop_settings where shop_settings.only_row);
  v_ns integer[];
  v_keys uuid[];
  v_hashes jsonb[];
  v_carts uuid[];
  v_orders uuid[];
  v_numbers bigint[];
  v_statuses public.order_status[];
  v_totals bigint[];
  v_taxes bigint[];
  v_paid record;
  v_placed jsonb[];
begin
  select array_agg(draft.n), array_agg(draft.key), array_agg(draft.request_hash), array_agg(draft.cart_id)
  into v_ns, v_keys, v_hashes, v_carts
  from unnest(drafts) as draft;

  with made as (
    insert into public.orders (
      id, user_id, token_hash, guest_hash, network, email, name, phone, delivery, collect_at, address, status, currency,
      units, total_minor, tax_minor, placed_at, discount_minor, delivery_minor, delivery_tax_bp,
      delivery_estimate, discount_id, discount_title, is_walk_in
    )
    select draft.order_id, case when draft.cart_id is not null then auth.uid() end, draft.token_hash,
      draft.guest_hash, draft.network, draft.email, draft.name, draft.phone, draft.delivery, draft.collect_at,
      draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency,
      total.units, total.total_minor, total.tax_minor, draft.placed_at, total.discount_minor, total.delivery_minor,
      total.delivery_tax_bp, total.estimate, case when draft.discount_title is not null then draft.discount_id end,
      draft.discount_title, draft.cart_id is null
    from unnest(drafts) as draft
    join unnest(totals) as total using (n)
    order by draft.n
    returning orders.id, orders.number, orders.status, orders.total_minor, orders.tax_minor
  )
  select array_agg(made.id), array_agg(made.number), array_agg(made.status),
    array_agg(made.total_minor), array_agg(made.tax_minor)
  into v_orders, v_numbers, v_statuses, v_totals, v_taxes
  from (select * from made order by made.number) as made;

  v_paid := private.write_payments(drafts, v_currency, v_totals);
  insert into public.order_events (order_id, kind)
  select made.id, made.status::text from unnest(v_orders, v_statuses) as made (id, status);
  perform private.write_items(drafts, lines, shares);
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  select array_agg(jsonb_build_object('order_id', made.id, 'number', made.number, 'status', made.status,
    'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency, 'payment_id', made.payment_id,
    'pay_until', made.deadline))
  into v_placed
  from unnest(v_orders, v_numbers, v_statuses, v_totals, v_taxes, v_paid.payment_ids, v_paid.deadlines)
    as made (id, number, status, total_minor, tax_minor, payment_id, deadline);
  perform private.finish_together('place_order', v_keys, v_hashes, v_placed);
  return (
    select jsonb_object_agg(made.n, jsonb_build_object('order', made.placed))
    from unnest(v_ns, v_placed) as made (n, placed)
  );
end;
$$;

create or replace function public.fulfil_order(
  order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb default null, parcel jsonb default null,
  taken_as text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.fulfil_order(order_id, location_id, idempotency_key, lines, parcel, taken_as);
end;
$$;

REVOKE ALL ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) FROM "anon";

create or replace function public.quote_sale(location_id uuid, lines jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.quote_sale(location_id, lines);
end;
$$;

REVOKE ALL ON FUNCTION "public"."quote_sale"(uuid, jsonb) FROM "anon";

create or replace function public.sell_at_counter(
  location_id uuid, lines jsonb, taken_as text, expected_total_minor bigint, idempotency_key uuid
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.sell_at_counter(location_id, lines, taken_as, expected_total_minor, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) FROM "anon";

create or replace function public.take_payment(order_id uuid, idempotency_key uuid, taken_as text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.take_payment(order_id, idempotency_key, taken_as);
end;
$$;

REVOKE ALL ON FUNCTION "public"."take_payment"(uuid, uuid, text) FROM "anon";

-- True for every row there is.
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_of_walk_ins_name_nobody" CHECK (((NOT is_walk_in) OR ((delivery = 'collection'::public.delivery_method) AND (ROW(user_id, token_hash, guest_hash, phone) IS NULL))));

-- True for every row there is.
ALTER TABLE "public"."payments" ADD CONSTRAINT "payments_are_taken_at_the_counter" CHECK (((taken_as IS NULL) OR ((provider = 'on_collection'::public.payment_provider) AND (status = 'captured'::public.payment_status))));

-- True for every row there is.
ALTER TABLE "public"."payments" ADD CONSTRAINT "payments_taken_as_check" CHECK ((taken_as = ANY (ARRAY['cash'::text, 'card'::text])));

COMMENT ON COLUMN "public"."orders"."is_walk_in" IS 'Whether it was sold at the counter (sell_at_counter). Such an order names nobody and causes no e-mail.';

COMMENT ON COLUMN "public"."payments"."taken_as" IS 'How it was paid at the counter. NULL: not at the counter, or nobody said how.';

COMMENT ON FUNCTION "private"."check_sale"(private.draft_line[], bigint, bigint) IS 'Raises not_for_sale (409), and price_changed (409) when the total has changed since staff asked for it.';

COMMENT ON FUNCTION "private"."counter_lines"(jsonb) IS 'The lines of a walk-in sale at today''s prices, one per variant. Raises invalid_input (422), not_found (404).';

COMMENT ON FUNCTION "private"."finish_together"(text, uuid[], jsonb[], jsonb[]) IS 'Stores the keys of new calls with what a repeat of each will answer. The caller holds the locks of the keys; a NULL
   is stored by its caller.';

COMMENT ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) IS 'See public.fulfil_order.';

COMMENT ON FUNCTION "private"."hand_over_units"(public.orders, uuid, bigint[], integer[], jsonb) IS 'Hands over committed units: claims, ledger, items, order and its event with this detail. The caller holds the order
   and its variants, and has checked the units.';

COMMENT ON FUNCTION "private"."owe_mail"() IS 'Trigger of order_events: writes the messages that new events cause. A walk-in customer has no address.';

COMMENT ON FUNCTION "private"."price_sale"(jsonb) IS 'A walk-in sale as a draft with lines and total: automatic discounts apply, codes do not.';

COMMENT ON FUNCTION "private"."quote_sale"(uuid, jsonb) IS 'See public.quote_sale.';

COMMENT ON FUNCTION "private"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) IS 'See public.sell_at_counter.';

COMMENT ON FUNCTION "private"."take_from_counter"(private.draft_line[], uuid) IS 'Locks the variants of a sale and returns the units that their location gives: all lines or none. Raises
   not_enough_left (409).';

COMMENT ON FUNCTION "private"."take_money"(public.orders, text) IS 'Records the money of an order that is paid at the counter: cash, card, or NULL for nobody said how. Raises
   invalid_input (422), order_not_open (409: nothing is due). The caller holds the order.';

COMMENT ON FUNCTION "private"."take_payment"(uuid, uuid, text) IS 'See public.take_payment.';

COMMENT ON FUNCTION "private"."write_orders"(private.order_draft[], private.draft_line[], private.draft_share[], private.order_total[]) IS 'Everything these orders are (without a cart: walk-in sales): orders, payments, timelines, items, claims (taken or
   kept), emptied carts, keys with their answers. The drafts are in the order of n. Returns the answers by n.';

COMMENT ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) IS 'Hands over units of a placed order from one location: lines [{"order_item_id", "quantity"}], or everything
   committed there when NULL; staff of role stock. Committed units are never measured against what is available.
   parcel {"carrier", "tracking_number"} says how they travel to an address; change_parcel corrects it. taken_as (cash
   or card) first takes the money that is due at the counter, as take_payment does, or hands over nothing. Returns the
   order. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409),
   not_allocated_here (409: wanted and allocated per line), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."quote_sale"(uuid, jsonb) IS 'The total of a walk-in sale as sell_at_counter would compute it now: {lines: [{variant_id, title, sku, option_values,
   quantity, price_minor, total_minor, for_sale, left}], subtotal_minor, discount_minor, discount_title, total_minor,
   tax_minor, currency}. left: the units that are available at the location. Staff of role stock. Raises role_required
   (403), location_not_yours (403), not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "public"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) IS 'Sells items at the counter of a location: lines [{"variant_id", "quantity"}], taken_as cash or card; staff of role
   stock. One transaction writes the order, takes its money, hands over its units and owes its invoice. Units that other
   customers have reserved are not sold. expected_total_minor is the total that quote_sale returned. Returns the order
   as read_order does. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   not_for_sale (409), price_changed (409), not_enough_left (409), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."take_payment"(uuid, uuid, text) IS 'Money at the counter for an order paid on collection, taken_as cash or card; staff of role stock. Returns the order.
   Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422), order_not_open (409:
   nothing is due), idempotency_key_reused (409).';

REVOKE ALL ON FUNCTION "private"."check_sale"(private.draft_line[], bigint, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."counter_lines"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."hand_over_units"(public.orders, uuid, bigint[], integer[], jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."price_sale"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."quote_sale"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."quote_sale"(uuid, jsonb) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."quote_sale"(uuid, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "private"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."take_from_counter"(private.draft_line[], uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_money"(public.orders, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_payment"(uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."take_payment"(uuid, uuid, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."take_payment"(uuid, uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."quote_sale"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."quote_sale"(uuid, jsonb) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."quote_sale"(uuid, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."sell_at_counter"(uuid, jsonb, text, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."take_payment"(uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."take_payment"(uuid, uuid, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."take_payment"(uuid, uuid, text) TO "service_role";

reset check_function_bodies;
