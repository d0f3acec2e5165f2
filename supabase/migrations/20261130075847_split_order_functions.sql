set check_function_bodies = off;

create or replace function private.add_refund_due(order_id uuid, lines private.item_line[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.payments as payment
  set refund_due_minor = payment.refund_due_minor + (
    select sum(line.quantity * item.price_minor::bigint)
    from unnest(lines) as line
    join public.order_items as item on item.id = line.order_item_id
  )
  where payment.order_id = add_refund_due.order_id and payment.status = 'captured';
end;
$$;

create or replace function private.beyond_limit(line private.draft_line, user_id uuid, guest_hash bytea)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bought integer;
begin
  if line.limit_per_person is null then
    return null;
  end if;
  v_bought := private.units_bought(line.variant_id, user_id, guest_hash);
  if v_bought + line.quantity > line.limit_per_person then
    return private.refusal(409, 'limit_reached', jsonb_build_object('variant_id', line.variant_id,
      'limit', line.limit_per_person, 'bought', v_bought, 'wanted', line.quantity),
      'Take fewer: the limit counts earlier orders too.');
  end if;
  return null;
end;
$$;

create or replace function private.check_handed_over(order_id uuid, lines private.item_line[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wrong jsonb;
begin
  select jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units,
    'out', coalesce(item.fulfilled - item.returned, 0)))
  into v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity) as units
    from unnest(lines) as line
    group by 1
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = check_handed_over.order_id
  where asked.units > coalesce(item.fulfilled - item.returned, 0);
  if v_wrong is not null then
    perform private.refuse(409, 'not_handed_over', jsonb_build_object('order_id', order_id, 'lines', v_wrong),
      'Only what was handed over, and has not come back, can be returned.');
  end if;
end;
$$;

create or replace function private.close_handed_over(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_status public.order_status;
begin
  -- Always written, so that the version moves and open pages fetch what was handed over.
  update public.orders
  set status = case when exists (
      select from public.order_items as item
      where item.order_id = orders.id and item.fulfilled + item.cancelled < item.quantity
    ) then 'placed' else 'fulfilled' end::public.order_status,
    updated_at = clock_timestamp()
  where orders.id = close_handed_over.order_id
  returning orders.status into v_status;
  if v_status = 'fulfilled' then
    perform private.put_back_picks(order_id);
  end if;
end;
$$;

create or replace function private.confirm_order(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_is_confirmed boolean := private.has_confirmed_email(auth.uid());
  v_is_buyer boolean;
  v_is_staff boolean := private.is_trusted() or coalesce(private.staff_role() >= 'stock', false);
begin
  v_is_buyer := v_is_confirmed and exists (
    select from public.orders where orders.id = confirm_order.order_id and orders.user_id = auth.uid()
  );
  if not v_is_buyer and (v_is_staff or not v_is_confirmed) then
    perform private.require_role_for_order('stock', order_id);
  end if;
  v_response := private.begin_once(idempotency_key, 'confirm_order', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not v_is_staff and not v_is_buyer then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  update public.payments as payment
  set deadline = null
  where payment.order_id = v_order.id and payment.status = 'due' and v_order.status = 'placed';
  if not found then
    perform private.refuse_state(v_order, 'Only a placed order that is paid on collection can be confirmed.');
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind) values (v_order.id, 'confirmed');
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.decide_return(returned public.order_returns, restocked integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if restocked = 0 then
    update public.order_returns set outcome = 'damaged' where order_returns.id = returned.id;
    return;
  end if;
  update public.order_returns
  set outcome = 'restock', quantity = decide_return.restocked
  where order_returns.id = returned.id;
  if restocked < returned.quantity then
    insert into public.order_returns (order_item_id, location_id, quantity, outcome, created_at)
    values (returned.order_item_id, returned.location_id, returned.quantity - decide_return.restocked, 'damaged', returned.created_at);
  end if;
end;
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

  select asked.items, asked.units into v_items, v_units
  from private.units_to_fulfil(order_id, location_id, v_lines) as asked;
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

  perform private.close_handed_over(v_order.id);
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

create or replace function private.give_back(cart_id uuid, variant_id uuid, units integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_claim public.claims;
  v_surplus integer;
begin
  select sum(claims.quantity) - give_back.units into v_surplus
  from public.claims
  where claims.cart_id = give_back.cart_id and claims.variant_id = give_back.variant_id;
  for v_claim in
    select * from public.claims
    where claims.cart_id = give_back.cart_id and claims.variant_id = give_back.variant_id
    order by claims.id desc
  loop
    exit when v_surplus <= 0;
    if v_claim.quantity <= v_surplus then
      delete from public.claims where claims.id = v_claim.id;
    else
      update public.claims set quantity = claims.quantity - v_surplus where claims.id = v_claim.id;
    end if;
    v_surplus := v_surplus - v_claim.quantity;
  end loop;
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
  end if;
  perform private.decide_return(v_return, restocked);
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'inspected', jsonb_build_object('return_id', v_return.id, 'location_id', v_return.location_id,
    'restocked', restocked, 'damaged', v_return.quantity - restocked));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.levels_of(variant_ids uuid[], out variants uuid[], out places uuid[], out units integer[])
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  select array_agg(level.variant_id order by level.variant_id, locations.position, level.location_id),
    array_agg(level.location_id order by level.variant_id, locations.position, level.location_id),
    array_agg(level.available order by level.variant_id, locations.position, level.location_id)
  into variants, places, units
  from public.stock_levels as level
  join public.locations on locations.id = level.location_id and locations.active
  where level.variant_id = any (levels_of.variant_ids)
    and level.available > 0;
end;
$$;

create or replace function private.release_hold(variant_id uuid, idempotency_key uuid, cart_token text, quantity integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_response jsonb;
  v_cart public.carts;
  v_line public.cart_lines;
  v_left integer;
begin
  v_response := private.begin_once(idempotency_key, 'release_hold',
    private.hold_request(private.cart_owner(cart_token), variant_id, quantity));
  if v_response is not null then
    return v_response;
  end if;
  if quantity not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many units to give back, or nothing for all.');
  end if;

  v_cart := private.own_cart(cart_token);
  perform private.check_caller('cart', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  select * into v_line
  from public.cart_lines as line
  where line.cart_id = v_cart.id and line.variant_id = release_hold.variant_id;
  v_left := v_line.quantity - coalesce(release_hold.quantity, v_line.quantity);
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not in this cart.');
  end if;

  if v_left > 0 then
    update public.cart_lines as line set quantity = v_left
    where line.cart_id = v_cart.id and line.variant_id = release_hold.variant_id;
  else
    delete from public.cart_lines as line where line.cart_id = v_cart.id and line.variant_id = release_hold.variant_id;
    if v_line.held_until is not null then
      perform private.keep_streak(v_cart, v_line, least(v_line.held_until, private.clock()));
    end if;
  end if;

  perform private.queue_for(array[variant_id]);
  perform private.give_back(v_cart.id, variant_id, greatest(v_left, 0));
  v_response := private.cart_as_json(v_cart.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
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

  perform private.check_handed_over(order_id, v_lines);

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
  perform private.add_refund_due(v_order.id, v_lines);
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

create or replace function private.share_line(
  line private.draft_line, collect_at uuid, variants uuid[], places uuid[],
  inout units_left integer[], out shares private.draft_share[], out missing integer
)
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_level integer;
  v_units integer;
begin
  shares := '{}';
  missing := line.quantity;
  -- The location of collection gives first, then all locations in the shop's order.
  for v_pass in case when collect_at is null then 2 else 1 end .. 2 loop
    v_level := array_position(variants, line.variant_id);
    while missing > 0 and variants[v_level] = line.variant_id loop
      v_units := least(units_left[v_level], missing);
      if v_units > 0 and (v_pass = 2 or places[v_level] = collect_at) then
        shares := array_append(shares, row(line.n, line.variant_id, places[v_level], v_units)::private.draft_share);
        units_left[v_level] := units_left[v_level] - v_units;
        missing := missing - v_units;
      end if;
      v_level := v_level + 1;
    end loop;
  end loop;
end;
$$;

create or replace function private.share_out(
  drafts private.order_draft[], lines private.draft_line[], out shares private.draft_share[], out refusals jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_is_held boolean[] := private.which_are_held(lines);
  v_unheld uuid[] := array(
    select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]
  );
  v_variants uuid[];
  v_places uuid[];
  v_left integer[];
  v_left_before integer[];
  v_draft private.order_draft;
  v_line private.draft_line;
  v_at integer := 1;
  v_shared record;
  v_taken private.draft_share[];
  v_short jsonb;
  v_refusal jsonb;
begin
  shares := '{}';
  refusals := '{}';
  -- A hold that has expired still counts until another buyer needs its units, which releases it first.
  if cardinality(v_unheld) > 0 then
    perform private.release_expired(v_unheld);
    v_is_held := private.which_are_held(lines);
    select levels.* into v_variants, v_places, v_left from private.levels_of(v_unheld) as levels;
  end if;

  -- v_left counts down as shares are given. Each draft is another person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_left_before := v_left;
    v_taken := '{}';
    v_short := '[]';
    v_refusal := null;
    while lines[v_at].n = v_draft.n loop
      v_line := lines[v_at];
      v_refusal := coalesce(private.beyond_limit(v_line, auth.uid(), v_draft.guest_hash), v_refusal);
      if not v_is_held[v_at] then
        v_shared := private.share_line(v_line, v_draft.collect_at, v_variants, v_places, v_left);
        v_left := v_shared.units_left;
        v_taken := v_taken || v_shared.shares;
        if v_shared.missing > 0 then
          v_short := v_short || jsonb_build_object('variant_id', v_line.variant_id, 'wanted', v_line.quantity,
            'left', v_line.quantity - v_shared.missing);
        end if;
      end if;
      v_at := v_at + 1;
    end loop;

    v_refusal := coalesce(v_refusal, case when v_short <> '[]' then private.not_enough_left(v_short) end);
    if v_refusal is null then
      shares := shares || v_taken;
    else
      -- All or nothing: the next draft can have what a refused one took.
      v_left := v_left_before;
      refusals := refusals || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_refusal));
    end if;
  end loop;
end;
$$;

create or replace function private.units_to_fulfil(
  order_id uuid, location_id uuid, lines private.item_line[], out items bigint[], out units integer[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wrong jsonb;
begin
  -- Two lines of one item count together. Without lines: all units that are allocated here.
  select array_agg(asked.item_id), array_agg(asked.units),
    jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units,
      'allocated', coalesce(claim.quantity - claim.fulfilled, 0)))
      filter (where asked.units > coalesce(claim.quantity - claim.fulfilled, 0))
  into items, units, v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity)::integer as units
    from unnest(lines) as line
    group by 1
    union all
    select claims.order_item_id, claims.quantity - claims.fulfilled
    from public.claims
    join public.order_items as item on item.id = claims.order_item_id and item.order_id = units_to_fulfil.order_id
    where lines is null and claims.location_id = units_to_fulfil.location_id and claims.quantity > claims.fulfilled
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = units_to_fulfil.order_id
  left join public.claims as claim on claim.order_item_id = item.id and claim.location_id = units_to_fulfil.location_id;
  if v_wrong is not null or items is null then
    perform private.refuse(409, 'not_allocated_here', jsonb_build_object('order_id', order_id, 'location_id', location_id,
      'lines', coalesce(v_wrong, '[]')), 'Hand over from the location the units are committed at.');
  end if;
end;
$$;

create or replace function private.write_items(drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_items public.order_items[];
begin
  with made as (
    insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity,
      total_minor, tax_minor, sold_at)
    select draft.order_id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor, line.tax_rate_bp,
      line.quantity, line.total_minor, line.tax_minor, draft.placed_at
    from unnest(lines) as line
    join unnest(drafts) as draft using (n)
    order by line.n, line.variant_id
    returning *
  )
  select array_agg(made::public.order_items) into v_items from made;

  if cardinality(shares) > 0 then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select share.variant_id, share.location_id, item.id, share.units, draft.held_until
    from unnest(shares) as share
    join unnest(drafts) as draft using (n)
    join unnest(v_items) as item on item.order_id = draft.order_id and item.variant_id = share.variant_id;
  end if;
  if exists (select from public.claims where claims.cart_id = any (array(select draft.cart_id from unnest(drafts) as draft))) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.held_until
    from unnest(drafts) as draft
    join unnest(v_items) as item on item.order_id = draft.order_id
    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;
  end if;
end;
$$;

create or replace function private.write_orders(drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_currency text := (select shop_settings.currency from public.shop_settings where shop_settings.only_row);
  v_carts uuid[] := array(select draft.cart_id from unnest(drafts) as draft);
  v_orders public.orders[];
  v_placed jsonb[];
begin
  with made as (
    insert into public.orders (id, user_id, token_hash, guest_hash, network, email, name, phone, delivery, collect_at, address,
      status, currency, units, total_minor, tax_minor, placed_at)
    select draft.order_id, auth.uid(), draft.token_hash, draft.guest_hash, draft.network, draft.email, draft.name, draft.phone,
      draft.delivery, draft.collect_at, draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency, cart.units, cart.total_minor, cart.tax_minor, draft.placed_at
    from unnest(drafts) as draft
    join (
      select line.n, sum(line.quantity) as units, sum(line.total_minor) as total_minor, sum(line.tax_minor) as tax_minor
      from unnest(lines) as line
      group by line.n
    ) as cart using (n)
    order by draft.n
    returning *
  )
  select array_agg(made::public.orders order by made.number) into v_orders from made;

  insert into public.payments (id, order_id, provider, status, currency, amount_minor, deadline)
  select draft.payment_id, draft.order_id, draft.provider,
    case when draft.held_until is null then 'due' else 'pending' end::public.payment_status, v_currency, made.total_minor, draft.deadline
  from unnest(drafts) as draft
  join unnest(v_orders) as made on made.id = draft.order_id;

  insert into public.order_events (order_id, kind)
  select made.id, made.status::text from unnest(v_orders) as made;

  perform private.write_items(drafts, lines, shares);
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  select array_agg(jsonb_build_object('order_id', made.id, 'number', made.number, 'status', made.status,
    'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency, 'payment_id', draft.payment_id,
    'pay_until', draft.deadline) order by draft.n)
  into v_placed
  from unnest(drafts) as draft
  join unnest(v_orders) as made on made.id = draft.order_id;
  perform private.finish_together('place_order', array(select draft.key from unnest(drafts) as draft order by draft.n),
    array(select draft.request_hash from unnest(drafts) as draft order by draft.n), v_placed);
  return (
    select jsonb_object_agg(draft.n, jsonb_build_object('order', v_placed[draft.place]))
    from (select each.n, row_number() over (order by each.n) as place from unnest(drafts) as each) as draft
  );
end;
$$;

COMMENT ON FUNCTION "private"."add_refund_due"(uuid, private.item_line[]) IS 'Makes the price of returned units due for refund, if the payment was captured.';

COMMENT ON FUNCTION "private"."beyond_limit"(private.draft_line, uuid, bytea) IS 'The refusal of a line that exceeds the limit per person together with earlier orders; NULL within the limit.';

COMMENT ON FUNCTION "private"."check_handed_over"(uuid, private.item_line[]) IS 'Raises not_handed_over (409) for lines with more units than the buyer has. The caller holds the order.';

COMMENT ON FUNCTION "private"."close_handed_over"(uuid) IS 'Moves a placed order to its next version: fulfilled when no unit is left to hand over. The caller holds the order.';

COMMENT ON FUNCTION "private"."decide_return"(public.order_returns, integer) IS 'Records the outcome of an inspection: so many units restocked, the rest damaged, as a return of their own.';

COMMENT ON FUNCTION "private"."give_back"(uuid, uuid, integer) IS 'Releases what a cart holds of a variant beyond so many units, the newest claims first. The caller holds cart and variant.';

COMMENT ON FUNCTION "private"."levels_of"(uuid[]) IS 'The available units of these variants per active location, as three arrays of one length in the shop''s order of locations.';

COMMENT ON FUNCTION "private"."share_line"(private.draft_line, uuid, uuid[], uuid[], integer[]) IS 'Takes the units of one line from the levels (variants, places, units_left; those of a variant are next to each other).
   Returns the levels that remain, the shares taken and the units missing.';

COMMENT ON FUNCTION "private"."share_out"(private.order_draft[], private.draft_line[]) IS 'Allocates units to drafts in their order, all lines of a draft or none. shares: which location gives how many units of a line
   that the cart did not hold. refusals, by n: drafts without enough units or beyond a limit. Writes only the release of
   expired holds. The caller holds the variants'' locks.';

COMMENT ON FUNCTION "private"."units_to_fulfil"(uuid, uuid, private.item_line[]) IS 'The items and units that a call of fulfil_order hands over. Raises not_allocated_here (409). The caller holds the order and
   its variants.';

COMMENT ON FUNCTION "private"."write_items"(private.order_draft[], private.draft_line[], private.draft_share[]) IS 'Writes the items of new orders and their claims: those of the shares, and those that the carts held.';

COMMENT ON FUNCTION "public"."confirm_order"(uuid, uuid) IS 'Keeps an order that is paid on collection beyond its deadline; staff of role stock, or its buyer with a confirmed e-mail
   address. cancel_order ends it. Returns the order as read_order does. Raises role_required and location_not_yours (403),
   not_found (404), order_not_open (409), idempotency_key_reused (409), busy (503).';

REVOKE ALL ON FUNCTION "private"."add_refund_due"(uuid, private.item_line[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."beyond_limit"(private.draft_line, uuid, bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_handed_over"(uuid, private.item_line[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."close_handed_over"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decide_return"(public.order_returns, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."give_back"(uuid, uuid, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."levels_of"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."share_line"(private.draft_line, uuid, uuid[], uuid[], integer[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."units_to_fulfil"(uuid, uuid, private.item_line[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_items"(private.order_draft[], private.draft_line[], private.draft_share[]) FROM PUBLIC;

reset check_function_bodies;
