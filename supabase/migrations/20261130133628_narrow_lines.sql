set check_function_bodies = off;

create or replace function private.all_busy(ns integer[])
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.busy())), '{}')
    from unnest(ns) as asked (n)
  );
end;
$$;

create or replace function private.asked_holds(requests jsonb)
returns private.asked_hold[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad text;
  v_asked private.asked_hold[];
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100
    or pg_column_size(requests) > 100000 then
    perform private.refuse(
      422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}',
      'Send a JSON array of requests.'
    );
  end if;
  select 'requests[' || asked.n - 1 || '].' || bad.field into v_bad
  from jsonb_array_elements(requests) with ordinality as asked (request, n)
  -- (offset 0: so that it is asked once and not at every mention.)
  cross join lateral (select private.bad_hold(asked.request) as field offset 0) as bad
  where bad.field is not null
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_bad, 'problem', 'missing or not valid'),
      'Send variant_id, quantity, idempotency_key and cart_token with each.');
  end if;
  select array_agg(row(asked.n, typed.variant_id, typed.quantity, typed.key, typed.token, typed.network,
    private.subject_of(typed.token, null),
    private.hold_request(encode(typed.token, 'hex'), typed.variant_id, typed.quantity)
    )::private.asked_hold order by asked.n)
  into v_asked
  from jsonb_array_elements(requests) with ordinality as asked (request, n)
  cross join lateral (
    select (request ->> 'variant_id')::uuid as variant_id, (request ->> 'quantity')::integer as quantity,
      (request ->> 'idempotency_key')::uuid as key, private.token_hash(request ->> 'cart_token') as token,
      private.believed_network(request ->> 'network') as network
    offset 0
  ) as typed;
  if auth.uid() is not null
    or (select count(distinct asked.token_hash) from unnest(v_asked) as asked) < cardinality(v_asked) then
    perform private.refuse(
      422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once, or of an account"}',
      'Send the cart of each guest once per call; people who are signed in call hold_stock.'
    );
  end if;
  return v_asked;
end;
$$;

create or replace function private.begin_holds(asked private.asked_hold[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_seed bigint := uuid_hash_extended(private.actor(), 1); -- as in private.key_gate
  v_known jsonb;
begin
  perform pg_advisory_xact_lock(each.gate)
  from (select hold.n, uuid_hash_extended(hold.key, v_seed) as gate from unnest(asked) as hold order by gate) as each;
  v_known := private.begin_together('hold_stock',
    array(select hold.key from unnest(asked) as hold order by hold.n),
    array(select hold.request from unnest(asked) as hold order by hold.n));
  if v_known = '{}' then
    return v_known;
  end if;
  return (
    select jsonb_object_agg(known.key,
      case
        when known.value ? 'response' then jsonb_build_object('cart', known.value -> 'response')
        else known.value
      end)
    from jsonb_each(v_known) as known
  );
end;
$$;

create or replace function private.begin_together(operation text, keys uuid[], requests jsonb[])
returns jsonb
language plpgsql
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_known jsonb;
begin
  select jsonb_object_agg(first.key, to_jsonb(first)) into v_known
  from private.idempotency_keys as first
  where first.actor = private.actor() and first.key = any (begin_together.keys);
  if v_known is null and (
    cardinality(keys) < 2 or (select count(distinct asked.key) from unnest(keys) as asked (key)) = cardinality(keys)
  ) then
    return '{}';
  end if;
  return (
    select coalesce(jsonb_object_agg(asked.n, case
      when first.row ->> 'operation' = begin_together.operation
        and first.row -> 'request' in (asked.request, private.request_hash(asked.request))
        then jsonb_build_object('response', first.row -> 'response')
      else jsonb_build_object(
        'refused', private.key_reused(coalesce(first.row ->> 'operation', begin_together.operation))
      )
    end), '{}')
    from unnest(keys, requests) with ordinality as asked (key, request, n)
    cross join lateral (select v_known -> asked.key::text as row) as first
    where first.row is not null or array_position(keys, asked.key) < asked.n
  );
end;
$$;

create or replace function private.block_caller(reason text, idempotency_key uuid, cart_id uuid, network text, hours integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_subject text;
begin
  perform private.require_role('manager');
  if length(trim(coalesce(reason, ''))) not between 1 and 200 or length(reason) > 400 or hours not between 1 and 8760
    or num_nonnulls(cart_id, network) <> 1 or network !~ '^[0-9a-f]{32}$' then
    perform private.refuse(
      422, 'invalid_input', '{"field": "reason", "problem": "missing or not valid"}',
      'Say whom to block, why and for how long.'
    );
  end if;
  v_response := private.begin_once(
    idempotency_key, 'block_caller', jsonb_build_array(cart_id, network, trim(reason), hours)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_subject := coalesce('n:' || network,
    (select private.subject_of(carts.token_hash, carts.user_id)
      from public.carts where carts.id = block_caller.cart_id));
  if v_subject is null then
    perform private.refuse(404, 'not_found', '{}', 'The cart is gone. Reload the page.');
  end if;
  insert into private.blocks as block (subject, reason, expires_at)
  values (v_subject, trim(reason), private.clock() + make_interval(hours => hours))
  on conflict on constraint blocks_pkey do update
  set reason = excluded.reason, expires_at = excluded.expires_at, blocked_by = private.actor(), blocked_at = now();
  v_response := jsonb_build_object('subject', v_subject);
  perform private.audit(
    'block_caller', 'caller', left(v_subject, 8), trim(reason), null, jsonb_build_object('hours', hours)
  );
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.break_promise(name text, found jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'check_violation', constraint = break_promise.name,
    detail = break_promise.found::text,
    message = format('this would break the invariant "%s"', break_promise.name);
end;
$$;

create or replace function private.cancel_order(order_id uuid, idempotency_key uuid, order_token text, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_is_manager boolean := private.acts_as_shop(order_token) or coalesce(private.staff_role() >= 'manager', false);
begin
  if reason is not null and private.text_in(to_jsonb(reason), 200) is null then
    perform private.refuse(
      422, 'invalid_input', '{"field": "reason", "problem": "not one line of 1 to 200 characters"}',
      'Say why in one line, or leave it out.'
    );
  end if;
  v_response := private.begin_once(idempotency_key, 'cancel_order', jsonb_build_array(order_id,
    case when length(order_token) <= 200 then encode(sha256(convert_to(order_token, 'UTF8')), 'hex') end, reason));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not (v_is_manager or private.owns_order(v_order, order_token)) then
    if private.staff_role() is not null then
      perform private.require_role('manager');
    end if;
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  if v_order.status not in ('awaiting_payment', 'placed') then
    perform private.refuse_state(v_order, 'Nothing is left to cancel; what was handed over can be returned.');
  end if;
  if not v_is_manager
    and exists (select from public.order_items as item where item.order_id = v_order.id and item.fulfilled > 0) then
    perform private.refuse_state(v_order, 'Part of it has been handed over: ask the shop.');
  end if;

  perform private.cancel_rest(v_order, coalesce(reason, 'asked for'));
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.cancel_rest(closing public.orders, reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_back bigint;
  v_put_back integer;
  v_handed_over boolean;
begin
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = closing.id)
  );

  delete from public.claims
  using public.order_items as item
  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0;
  update public.claims
  set quantity = claims.fulfilled
  from public.order_items as item
  where item.order_id = closing.id and claims.order_item_id = item.id and claims.quantity > claims.fulfilled;
  v_put_back := private.put_back_picks(closing.id);

  select coalesce(sum((item.quantity - item.fulfilled - item.cancelled) * item.price_minor::bigint), 0),
    bool_or(item.fulfilled > 0)
  into v_back, v_handed_over
  from public.order_items as item where item.order_id = closing.id;
  update public.payments as payment
  set refund_due_minor = case
      when payment.status = 'captured' then payment.refund_due_minor + v_back
      else payment.refund_due_minor
    end,
    status = case when payment.status = 'captured' or v_handed_over then payment.status else 'void' end
  where payment.order_id = closing.id;
  update public.orders
  set status = case when v_handed_over then 'fulfilled' else 'cancelled' end::public.order_status,
    cancelled_at = case when not v_handed_over then private.clock() end
  where orders.id = closing.id;
  insert into public.order_events (order_id, kind, detail)
  values (
    closing.id, case when v_handed_over then 'rest_cancelled' else 'cancelled' end,
    jsonb_build_object('reason', cancel_rest.reason, 'put_back', v_put_back)
  );
  update public.order_items as item
  set cancelled = item.quantity - item.fulfilled
  where item.order_id = closing.id and item.cancelled < item.quantity - item.fulfilled;
end;
$$;

create or replace function private.cancel_unpaid_orders(
  expected integer, idempotency_key uuid, network text, email text, since timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_ids uuid[];
  v_order public.orders;
  v_orders integer := 0;
  v_units bigint := 0;
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  v_response := private.begin_once(
    idempotency_key, 'cancel_unpaid_orders', jsonb_build_array(network, lower(email), since, expected)
  );
  if v_response is not null then
    return v_response;
  end if;
  -- Orders first, then every variant of theirs, each ascending: the order in which everybody locks.
  v_ids := array(
    select orders.id from public.orders
    where orders.id in (
      select unpaid.id
      from private.unpaid_orders(
        cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since
      ) as unpaid
      order by unpaid.id limit least(200, expected)
    )
    order by orders.id for no key update
  );
  perform private.queue_for(array(
    select distinct item.variant_id from public.order_items as item where item.order_id = any (v_ids) order by 1
  ));
  for v_order in
    select unpaid.*
    from private.unpaid_orders(
      cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since
    ) as unpaid
    where unpaid.id = any (v_ids) order by unpaid.id
  loop
    perform private.cancel_rest(v_order, 'cancelled by the shop, unpaid');
    v_orders := v_orders + 1;
    v_units := v_units + v_order.units;
  end loop;
  v_response := jsonb_build_object('orders', v_orders, 'units', v_units);
  perform private.audit(
    'cancel_unpaid_orders', 'order', coalesce(network, lower(email), since::text), v_orders || ' orders', null,
    v_response
  );
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.cart_as_json(cart_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := private.clock();
  v_lines jsonb;
  v_total bigint;
  v_tax bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
      'variant_id', line.variant_id, 'product_id', line.product_id, 'handle', line.handle, 'title', line.title,
      'sku', line.sku, 'option_values', line.option_values, 'quantity', line.quantity,
      'held', line.held, 'held_at', line.held_at, 'expires_at', line.expires_at, 'paused_until', line.paused_until,
      'price_minor', line.price_minor, 'total_minor', line.total_minor, 'for_sale', line.for_sale
      ) order by line.title, line.variant_id), '[]'),
    coalesce(sum(line.total_minor), 0),
    coalesce(sum(private.tax_included(line.total_minor, line.tax_rate_bp)), 0)
  into v_lines, v_total, v_tax
  from (
    select cart_line.variant_id, cart_line.quantity, products.id as product_id, products.handle, products.title,
      products.tax_rate_bp, variants.sku, variants.option_values,
      variants.active and products.status = 'active' as for_sale,
      case when hold.units is null and cart_line.held_until + limits.hold_pause > v_now
        and cart_line.held_until - cart_line.held_since > limits.hold_cap - interval '1 minute'
        then cart_line.held_until + limits.hold_pause end as paused_until,
      coalesce(hold.units, 0) as held, coalesce(hold.at, '[]') as held_at, hold.expires_at,
      price.minor as price_minor, price.minor::bigint * cart_line.quantity as total_minor
    from public.cart_lines as cart_line
    join public.variants on variants.id = cart_line.variant_id
    join public.products on products.id = variants.product_id
    join private.shop_limits as limits on limits.only_row
    cross join lateral (
      select sum(claims.quantity) as units, min(claims.expires_at) as expires_at,
        jsonb_agg(
          jsonb_build_object('location_id', claims.location_id, 'units', claims.quantity) order by claims.location_id
        ) as at
      from public.claims
      where claims.cart_id = cart_line.cart_id
        and claims.variant_id = cart_line.variant_id
        and claims.expires_at > v_now
    ) as hold
    cross join lateral (
      select case when hold.units is null then variants.price_minor else cart_line.price_minor end as minor
    ) as price
    where cart_line.cart_id = cart_as_json.cart_id
  ) as line;
  return jsonb_build_object(
    'cart_id', cart_as_json.cart_id,
    'version', (select carts.version from public.carts where carts.id = cart_as_json.cart_id),
    'lines', v_lines, 'total_minor', v_total, 'tax_minor', v_tax,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
    'now', v_now
  );
end;
$$;

create or replace function private.check_caller(kind text, subject text, network text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_refused jsonb := private.refused_callers(
    check_caller.kind, array[check_caller.subject], array[check_caller.network]
  );
begin
  if v_refused <> '{}' then
    perform private.refuse(v_refused -> '1');
  end if;
end;
$$;

create or replace function private.check_carts(cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  if not exists (select from public.claims where claims.cart_id = any (cart_ids)) then
    return;
  end if;
  perform from public.cart_lines as line
  where line.cart_id = any (cart_ids)
  order by line.cart_id, line.variant_id
  for share;
  -- Read after the lock: nobody else can change the lines now.
  select jsonb_build_object(
    'cart_id', held.cart_id, 'variant_id', held.variant_id, 'held', held.units, 'wanted', line.quantity
  )
  into v_found
  from (
    select claims.cart_id, claims.variant_id, sum(claims.quantity) as units
    from public.claims where claims.cart_id = any (cart_ids)
    group by claims.cart_id, claims.variant_id
  ) as held
  -- (offset 0: by the index of the cart. That of the variant reads the lines of everybody who wants it.)
  left join lateral (
    select line.variant_id, line.quantity from public.cart_lines as line where line.cart_id = held.cart_id offset 0
  ) as line on line.variant_id = held.variant_id
  where held.units > coalesce(line.quantity, 0)
  limit 1;
  if found then
    perform private.break_promise('claims_match_their_line', v_found);
  end if;
end;
$$;

create or replace function private.check_limits(variant_ids uuid[], quantities integer[], user_id uuid, guest_hash bytea)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_beyond jsonb;
begin
  select jsonb_build_object(
    'variant_id', line.variant_id, 'limit', line.limit_per_person, 'bought', line.bought, 'wanted', line.quantity
  )
  into v_beyond
  from (
    select wanted.variant_id, wanted.quantity, variants.limit_per_person,
      private.units_bought(wanted.variant_id, check_limits.user_id, check_limits.guest_hash) as bought
    from unnest(check_limits.variant_ids, check_limits.quantities) as wanted (variant_id, quantity)
    join public.variants on variants.id = wanted.variant_id
    where variants.limit_per_person is not null
  ) as line
  where line.bought + line.quantity > line.limit_per_person
  limit 1;
  if v_beyond is not null then
    perform private.refuse(409, 'limit_reached', v_beyond, 'Take fewer: the limit counts earlier orders too.');
  end if;
end;
$$;

create or replace function private.check_network(
  network text, variant_id uuid, more integer, at timestamptz, limits private.shop_limits
)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_held bigint;
  v_total bigint;
  v_resting bigint;
  v_rested timestamptz;
  v_most bigint;
begin
  select sums.held, sums.total + unpaid.units, resting.units, resting.until
  into v_held, v_total, v_resting, v_rested
  from (
    select coalesce(sum(claims.quantity), 0) as total,
      coalesce(sum(claims.quantity) filter (where claims.variant_id = check_network.variant_id), 0) as held
    from public.claims
    where claims.network = check_network.network and claims.expires_at > at
  ) as sums
  cross join (
    select coalesce(sum(item.quantity - item.cancelled - item.fulfilled), 0) as units
    from public.orders
    join public.payments as payment on payment.order_id = orders.id and payment.status = 'due'
    join public.order_items as item on item.order_id = orders.id
    where orders.network = check_network.network and orders.status = 'placed'
  ) as unpaid
  cross join (
    select coalesce(sum(streak.units), 0) as units, min(streak.until) + limits.hold_pause as until
    from private.hold_streaks as streak
    where streak.network = check_network.network and streak.variant_id = check_network.variant_id
      and at between streak.until and streak.until + limits.hold_pause
      and private.is_used_up(streak.since, streak.until, limits)
  ) as resting;

  if v_held + v_resting + more > limits.network_free_units then
    select greatest(limits.network_free_units, availability.on_hand::bigint * limits.network_share_bp / 10000)
    into v_most
    from public.availability where availability.variant_id = check_network.variant_id;
    if v_held + more > v_most then
      perform private.refuse(private.hold_limit('network_units', null));
    elsif v_held + v_resting + more > v_most then
      perform private.refuse(private.hold_paused(check_network.variant_id, v_rested - at));
    end if;
  end if;
  if v_total + more > limits.network_free_units and v_total + more > (
    select sum(totals.on_hand) * limits.guest_share_bp / 10000 from public.stock_totals as totals
  ) then
    perform private.refuse(private.hold_limit('network_share', null));
  end if;
end;
$$;

create or replace function private.check_notes(items bigint[], holds bigint[], order_ids uuid[], cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
begin
  if items <> '{}' then
    perform from public.orders
    where orders.id = any (
      array(select item.order_id from public.order_items as item where item.id = any (check_notes.items))
    )
      -- (Nobody else can see an order that this transaction made.)
      and orders.created_at <> now()
    order by orders.id
    for share;
  end if;
  if items <> '{}' or holds <> '{}' then
    perform private.check_items(items || holds);
  end if;
  if order_ids <> '{}' then
    perform private.check_orders(order_ids);
  end if;
  if cart_ids <> '{}' then
    perform private.check_carts(cart_ids);
  end if;
end;
$$;

create or replace function private.check_order_filter(network text, email text, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if num_nonnulls(network, email, since) = 0 then
    perform private.refuse(
      422, 'invalid_input', '{"field": "filter", "problem": "missing"}', 'Name a network, an e-mail address or a time.'
    );
  end if;
  if length(network) > 64 or length(email) > 254 then
    perform private.refuse(422, 'invalid_input', '{"field": "filter", "problem": "too long"}',
      'A network has 32 characters, an e-mail address at most 254.');
  end if;
end;
$$;

create or replace function private.count_unpaid_orders(network text, email text, since timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  return (
    select jsonb_build_object(
      'orders', count(*), 'units', coalesce(sum(unpaid.units), 0), 'total_minor', coalesce(sum(unpaid.total_minor), 0)
    )
    from private.unpaid_orders(network, email, since) as unpaid
  );
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
    values (
      returned.order_item_id, returned.location_id, returned.quantity - decide_return.restocked, 'damaged',
      returned.created_at
    );
  end if;
end;
$$;

create or replace function private.draft_orders(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_confirmed boolean := v_user is not null and private.has_confirmed_email(v_user);
  v_now timestamptz := private.clock();
  v_unpaid_until timestamptz := v_now + (select shop_limits.unpaid_for from private.shop_limits);
  v_drafts private.order_draft[];
begin
  select array_agg(row(
      given.n, asked.key,
      private.request_hash(jsonb_build_array(
        v_user, encode(asked.cart_hash, 'hex'), encode(asked.token_hash, 'hex'), asked.email, asked.name, asked.phone,
        asked.delivery, asked.location_id, asked.address, asked.provider, asked.expected_minor
      )),
      asked.token_hash, asked.cart_hash, asked.network, asked.proof, carts.id, asked.email, asked.name, asked.phone,
      asked.delivery, locations.id, asked.address, asked.provider, asked.expected_minor,
      gen_random_uuid(), gen_random_uuid(),
      case when asked.provider = 'on_collection' then v_now end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline end,
      case
        when asked.provider <> 'on_collection' then v_now + kind.deadline
        when not v_is_confirmed then v_unpaid_until
      end,
      private.refuse_request(asked, locations.id, coalesce(kind.enabled, false))
    )::private.order_draft order by given.n)
  into v_drafts
  from jsonb_array_elements(requests) with ordinality as given (request, n)
  cross join lateral private.read_request(given.request, v_user is null) as asked
  left join private.payment_providers as kind on kind.provider = asked.provider
  left join public.carts on carts.token_hash = asked.cart_hash or carts.user_id = v_user
  left join public.locations on locations.active and locations.id = asked.location_id;
  return v_drafts;
end;
$$;

create or replace function private.end_holds(lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_carts uuid[];
  v_variants uuid[];
  v_units bigint;
begin
  perform private.require_role('stock');
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 200 or exists (
    select from jsonb_array_elements(lines) as line
    where not pg_input_is_valid(coalesce(line ->> 'cart_id', ''), 'uuid')
      or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
  ) then
    perform private.refuse(
      422, 'invalid_input', '{"field": "lines", "problem": "not a list of 1 to 200"}',
      'Send cart_id and variant_id with each.'
    );
  end if;
  select array_agg((line ->> 'cart_id')::uuid order by n), array_agg((line ->> 'variant_id')::uuid order by n)
  into v_carts, v_variants
  from jsonb_array_elements(lines) with ordinality as asked (line, n);
  perform private.require_role_at('stock', variadic array(
    select distinct claims.location_id from public.claims
    join unnest(v_carts, v_variants) as asked (cart_id, variant_id) using (cart_id, variant_id)
  ));
  v_response := private.begin_once(idempotency_key, 'end_holds', to_jsonb(v_carts) || to_jsonb(v_variants));
  if v_response is not null then
    return v_response;
  end if;
  perform from public.carts where carts.id = any (v_carts) order by carts.id for no key update;
  perform private.queue_for(array(select distinct asked.id from unnest(v_variants) as asked (id) order by 1));

  with ended as (
    delete from public.claims using unnest(v_carts, v_variants) as asked (cart_id, variant_id)
    where claims.cart_id = asked.cart_id and claims.variant_id = asked.variant_id
    returning claims.quantity
  )
  select coalesce(sum(ended.quantity), 0) into v_units from ended;
  update public.cart_lines as line set held_until = least(line.held_until, private.clock())
  from unnest(v_carts, v_variants) as asked (cart_id, variant_id)
  where line.cart_id = asked.cart_id and line.variant_id = asked.variant_id;
  v_response := jsonb_build_object('units', v_units);
  perform private.audit('end_holds', 'hold', v_carts[1]::text, cardinality(v_carts) || ' holds', null, v_response);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.erase_account(idempotency_key uuid, user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_person uuid := coalesce(erase_account.user_id, auth.uid());
  v_response jsonb;
begin
  if v_person is null then
    perform private.refuse(
      422, 'invalid_input', '{"field": "user_id", "problem": "missing"}', 'Say whose account to delete.'
    );
  end if;
  if v_person is distinct from auth.uid() then
    perform private.require_role('manager');
  end if;
  v_response := private.begin_once(idempotency_key, 'erase_account', jsonb_build_array(v_person));
  if v_response is null then
    if not exists (select from auth.users where users.id = v_person) then
      perform private.refuse(
        404, 'not_found', jsonb_build_object('user_id', v_person), 'The account does not exist or was deleted.'
      );
    end if;
    perform private.keep_a_manager(v_person);
    v_response := private.erase_person(v_person);
    if v_person is distinct from auth.uid()
      and not exists (select from public.staff where staff.user_id = v_person) then
      perform private.audit('erased', 'account', v_person::text, 'A customer');
    end if;
    -- Where sessions and tokens do not go with the account, they go before it.
    delete from auth.sessions where sessions.user_id = v_person;
    if to_regclass('auth.refresh_tokens') is not null then
      execute 'delete from auth.refresh_tokens where user_id::text = $1' using v_person::text;
    end if;
    delete from auth.users where users.id = v_person;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response;
end;
$$;

create or replace function private.erase_asked_orders(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_orders(array(
    select orders.id from public.orders
    where orders.erase_asked_at is not null
      and orders.erased_at is null
      and orders.updated_at < before
      and private.is_finished(orders)
    order by orders.erase_asked_at limit at_most for no key update skip locked
  ))
$$;

create or replace function private.erase_orders(order_ids uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform private.forget_customers(order_ids);
  update public.orders
  set email = 'erased-' || orders.number || '@erased.invalid', name = 'Erased', phone = null, token_hash = null,
    network = null,
    address = case when orders.address is not null then private.erased_address(orders.address) end,
    erased_at = private.clock()
  where orders.id = any (order_ids);
  get diagnostics v_done = row_count;
  delete from private.order_links as link where link.order_id = any (order_ids);
  perform set_config('onhand.erasing', 'on', true);
  update public.order_events as event set detail = event.detail - 'reason'
  where event.order_id = any (order_ids) and event.detail ? 'reason';
  perform set_config('onhand.erasing', '', true);
  return v_done;
end;
$$;

create or replace function private.erase_person(person uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_cart uuid;
  v_finished uuid[];
  v_open uuid[];
begin
  -- Locks as everywhere: cart, orders, variants ascending.
  select carts.id into v_cart from public.carts where carts.user_id = person for update;
  perform from public.orders where orders.user_id = person order by orders.id for no key update;
  perform private.queue_for(
    array(select distinct claims.variant_id from public.claims where claims.cart_id = v_cart order by 1)
  );
  delete from public.claims where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;

  select coalesce(array_agg(orders.id) filter (where finished.yes), '{}'),
    coalesce(array_agg(orders.id) filter (where not finished.yes), '{}')
  into v_finished, v_open
  from public.orders cross join lateral (select private.is_finished(orders) as yes) as finished
  where orders.user_id = person;
  perform private.erase_orders(v_finished);
  perform private.forget_customers(v_open);
  update public.orders set erase_asked_at = private.clock() where orders.id = any (v_open);

  perform private.erase_staff(person, (select users.email from auth.users where users.id = person));
  perform private.reduce_key_rows(array(
    select used.ctid from private.idempotency_keys as used where used.actor = person and not used.reduced for update
  ));
  return jsonb_build_object('orders', cardinality(v_finished) + cardinality(v_open), 'unfinished', cardinality(v_open));
end;
$$;

create or replace function private.erase_staff(person uuid, email text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_is_staff boolean := exists (select from public.staff where staff.user_id = person);
  v_is_first boolean;
begin
  -- The change of the row would leave the very name in the trail.
  perform private.leave_trail_to('erasure');
  update public.staff
  set active = false, signed_out_at = now(), name = 'Former staff member',
    email = 'erased-' || staff.user_id || '@erased.invalid'
  where staff.user_id = person and staff.email not like 'erased-%@erased.invalid';
  v_is_first := found;
  delete from public.staff_invitations as invitation where invitation.email = lower(erase_staff.email);
  perform private.leave_trail_to('');

  perform private.erase_trail(array(
    select line.id
    from public.audit_trail as line
    where line.subject = 'staff_member' and line.subject_id = person::text
  ), 'Former staff member');
  perform private.erase_trail(array(
    select line.id
    from public.audit_trail as line
    where line.subject = 'invitation' and line.label = lower(erase_staff.email)
  ), 'Invitation');
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set actor_name = case when v_is_staff then 'Former staff member' else 'A customer' end
  where line.actor = person;
  perform set_config('onhand.erasing', '', true);
  insert into public.audit_trail (actor_name, action, subject, subject_id, label)
  select case when auth.uid() = person then 'Former staff member' else private.actor_name() end,
    'erased', 'staff_member', person::text, 'Former staff member'
  where v_is_first;
end;
$$;

create or replace function private.extend_hold(cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_cart public.carts := private.own_cart(cart_token, seen_in => private.believed_network(network));
  v_limits private.shop_limits;
  v_variants uuid[];
  v_variant uuid;
begin
  perform private.check_caller('cart', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  select * into v_limits from private.shop_limits;
  select coalesce(array_agg(line.variant_id order by line.variant_id), '{}') into v_variants
  from public.cart_lines as line
  join public.variants on variants.id = line.variant_id and variants.active
  join public.products on products.id = variants.product_id and products.status = 'active'
  where line.cart_id = v_cart.id;

  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  foreach v_variant in array v_variants loop
    begin
      perform private.check_limits(array[v_variant], array[(
        select line.quantity
        from public.cart_lines as line
        where line.cart_id = v_cart.id and line.variant_id = v_variant
      )], auth.uid(), null);
      perform private.hold_line(v_cart, v_variant, v_limits);
    exception when sqlstate 'PT409' then
      null; -- A line that cannot be held again stays in the cart, marked: held below quantity, and paused_until.
    end;
  end loop;
  perform private.count_callers(
    'cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]
  );
  return private.cart_as_json(v_cart.id);
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
  v_response := private.begin_once(
    idempotency_key, 'fulfil_order', jsonb_build_array(order_id, location_id, to_jsonb(v_lines))
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order can be handed over.');
  end if;
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = v_order.id)
  );

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
  values (
    v_order.id, 'handed_over',
    jsonb_build_object('location_id', location_id, 'items', to_jsonb(v_items), 'units', to_jsonb(v_units))
  );
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.hold_line(cart public.carts, variant_id uuid, limits private.shop_limits)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_line public.cart_lines;
  v_held integer;
  v_taken integer := 0;
  v_until timestamptz;
  v_network text;
begin
  select * into v_line
  from public.cart_lines as line
  where line.cart_id = cart.id and line.variant_id = hold_line.variant_id;
  select coalesce(sum(claims.quantity), 0) into v_held
  from public.claims
  where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id;

  if v_held = 0 then
    v_line.held_since :=
      private.streak_begins(private.subject_of(cart.token_hash, cart.user_id), v_line, v_now, limits);
  end if;
  v_until := least(v_now + limits.hold_time, v_line.held_since + limits.hold_cap);
  if v_held < v_line.quantity then
    if v_until <= v_now then
      perform private.refuse(private.hold_paused(variant_id, v_until + limits.hold_pause - v_now));
    end if;
    if cart.network is not null then
      perform private.check_network(cart.network, variant_id, v_line.quantity - v_held, v_now, limits);
      v_network := set_config('onhand.network', cart.network, true);
    end if;
    v_taken := private.take_units(array[hold_line.variant_id], array[v_line.quantity - v_held], cart.id, null, v_until);
    if cart.network is not null then
      v_network := set_config('onhand.network', '', true);
    end if;
    if v_held + v_taken < v_line.quantity then
      perform private.refuse(private.not_enough_left(jsonb_build_array(jsonb_build_object(
        'variant_id', hold_line.variant_id, 'wanted', v_line.quantity, 'left', v_held + v_taken))));
    end if;
  end if;
  -- A frozen price covers the units that were held when it was frozen, and no others.
  update public.cart_lines as line
  set held_since = v_line.held_since,
    held_until = v_until,
    price_minor = case when v_taken > 0 then variants.price_minor else line.price_minor end
  from public.variants
  where line.cart_id = cart.id and line.variant_id = v_line.variant_id and variants.id = line.variant_id
    and (v_taken > 0 or line.held_until is distinct from v_until);
  if v_held > 0 then
    update public.claims
    set expires_at = v_until
    where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id and claims.expires_at < v_until;
  end if;
  if cart.network is not null and v_until >= v_line.held_since + limits.hold_cap then
    perform private.keep_streak(cart, v_line, v_until);
  end if;
end;
$$;

create or replace function private.hold_more(
  cart public.carts, variant_id uuid, quantity integer, limits private.shop_limits
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_per_person integer;
  v_total integer;
begin
  if quantity is null or quantity not between 1 and 99 then
    perform private.refuse(
      422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many more units to hold.'
    );
  end if;
  select variants.limit_per_person into v_per_person
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = hold_more.variant_id and variants.active and products.status = 'active';
  if not found then
    perform private.refuse(
      404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not for sale any more.'
    );
  end if;

  insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since)
  values (cart.id, hold_more.variant_id, hold_more.quantity, 0, private.clock())
  on conflict on constraint cart_lines_pkey do update
  set quantity = line.quantity + excluded.quantity
  where line.quantity + excluded.quantity <= 99
  returning line.quantity into v_total;
  if not found then
    perform private.refuse(
      422, 'invalid_input',
      jsonb_build_object('field', 'quantity', 'problem', 'more than 99 in one line', 'value', quantity),
      'Split it over several orders.'
    );
  end if;

  perform private.check_cart(cart.id, limits);
  if v_per_person is not null then
    perform private.check_limits(array[variant_id], array[v_total], auth.uid(), null);
  end if;
  perform private.hold_line(cart, variant_id, limits);
  return private.cart_as_json(cart.id);
end;
$$;

create or replace function private.hold_once(
  variant_id uuid, quantity integer, idempotency_key uuid, cart_token text, seen_in text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_response jsonb;
  v_cart public.carts;
begin
  v_response := private.begin_once(idempotency_key, 'hold_stock',
    private.hold_request(private.cart_owner(cart_token), variant_id, quantity));
  if v_response is not null then
    return v_response;
  end if;
  v_cart := private.own_cart(cart_token, make => true, seen_in => seen_in);
  perform private.check_caller('hold', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  -- Before the line, which points at the variant: an import that renames it locks in this order too.
  perform private.queue_for(array[variant_id]);
  perform private.release_expired(array[variant_id]);
  v_response := private.hold_more(v_cart, variant_id, quantity, (select shop_limits from private.shop_limits));
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers(
    'hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]
  );
  return v_response;
end;
$$;

create or replace function private.hold_stocks(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '5s'
as $$
declare
  v_asked private.asked_hold[] := private.asked_holds(requests);
  v_subjects text[] := array(select asked.subject from unnest(v_asked) as asked order by asked.n);
  v_networks text[] := array(select asked.network from unnest(v_asked) as asked order by asked.n);
  v_answers jsonb := private.turned_away('hold', v_subjects, v_networks);
  v_variants uuid[] := array(select distinct asked.variant_id from unnest(v_asked) as asked order by 1);
  v_limits private.shop_limits := (select shop_limits from private.shop_limits);
  v_made uuid[];
  v_hold private.asked_hold;
  v_answer jsonb;
  v_list jsonb[] := '{}';
  v_held private.asked_hold[] := '{}';
  v_carts jsonb[] := '{}';
begin
  -- Keys, then carts, then variants: the order in which everybody locks. One key for two carts is the first one's.
  v_answers := private.begin_holds(v_asked) || v_answers;
  v_made := private.make_carts(v_asked);
  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);

  foreach v_hold in array v_asked loop
    v_answer := v_answers -> v_hold.n::text;
    if v_answer is null then
      v_answer := private.try_hold(v_hold, v_limits);
      if v_answer ? 'cart' then
        v_held := v_held || v_hold;
        v_carts := v_carts || (v_answer -> 'cart');
      end if;
    end if;
    v_list := v_list || v_answer;
  end loop;

  perform private.finish_together('hold_stock', array(select held.key from unnest(v_held) as held),
    array(select held.request from unnest(v_held) as held), v_carts);
  -- A refused hold leaves nothing behind: no key, and no cart that was made for it.
  if cardinality(v_held) < cardinality(v_asked) then
    delete from public.carts
    where carts.id = any (v_made)
      and not exists (select from public.cart_lines as line where line.cart_id = carts.id);
  end if;
  perform private.count_callers('hold', v_subjects, v_networks);
  return to_jsonb(v_list);
exception when lock_not_available then
  perform private.refuse(
    503, 'busy', '{"retry_after_seconds": 5}', 'Nothing was done. Repeat the call with the same keys.'
  );
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
    perform private.refuse(
      409, 'return_decided', jsonb_build_object('return_id', return_id, 'outcome', v_return.outcome),
      'Reload the list of returns: another staff member has decided, or there was nothing to inspect.'
    );
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

create or replace function private.item_lines(lines jsonb, come_back boolean)
returns private.item_line[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_lines private.item_line[];
  v_bad integer;
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000
    or pg_column_size(lines) > 262144 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"order_item_id": 7, "quantity": 1}].');
  end if;
  select array_agg(
    row(
      private.whole_in(line -> 'order_item_id', 1, 999999999999999999), private.whole_in(line -> 'quantity', 1, 99),
      case
        when come_back and line ->> 'outcome' in ('restock', 'damaged', 'inspect')
          and jsonb_typeof(line -> 'outcome') = 'string'
          then (line ->> 'outcome')::public.return_outcome
      end
    )::private.item_line
    order by n
  )
  into v_lines
  from jsonb_array_elements(lines) with ordinality as given (line, n);
  select min(line.ordinality) - 1 into v_bad
  from unnest(v_lines) with ordinality as line
  where line.order_item_id is null or line.quantity is null;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', format('lines[%s]', v_bad),
      'problem', 'not {order_item_id, quantity: 1 to 99}'), 'Quantities are whole units above zero.');
  end if;
  if come_back and exists (select from unnest(v_lines) as line where line.outcome is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "outcome", "problem": "not restock, damaged or inspect"}',
      'Say what becomes of each line.');
  end if;
  return v_lines;
end;
$$;

create or replace function private.keep_a_manager(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In the order of private.change_staff_member, so that of two managers who leave together one is refused.
  perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
  if exists (select from public.staff where staff.user_id = person and staff.role = 'manager' and staff.active)
    and not exists (
      select from public.staff where staff.user_id <> person and staff.role = 'manager' and staff.active
    ) then
    perform private.refuse(
      409, 'last_manager', jsonb_build_object('user_id', person), 'Make another staff member a manager first.'
    );
  end if;
end;
$$;

create or replace function private.keep_streak(cart public.carts, line public.cart_lines, until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.hold_streaks as streak (holder, variant_id, network, units, since, until)
  values (
    private.subject_of(cart.token_hash, cart.user_id), line.variant_id, cart.network, line.quantity, line.held_since,
    keep_streak.until
  )
  on conflict on constraint hold_streaks_pkey do update
  set network = excluded.network, units = excluded.units, since = excluded.since, until = excluded.until;
end;
$$;

create or replace function private.keys_have_an_outcome()
returns trigger
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  if exists (
    select from private.idempotency_keys as asked
    where asked.actor = new.actor and asked.key = new.key and asked.response is null
  ) then
    perform private.break_promise(
      'keys_have_an_outcome', jsonb_build_object('key', new.key, 'operation', new.operation)
    );
  end if;
  return null;
end;
$$;

create or replace function private.lines_go()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  insert into private.touched (carts)
  select array_agg(distinct removed.cart_id)
  from removed
  -- (A later claim leaves a separate note.)
  where exists (
    select from public.claims where claims.cart_id = removed.cart_id and claims.variant_id = removed.variant_id
  )
  having count(*) > 0;
  return null;
end;
$$;

create or replace function private.lines_of(drafts private.order_draft[])
returns private.draft_line[]
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_lines private.draft_line[];
begin
  select array_agg(row(draft.n, line.cart_id, line.variant_id, variants.sku, products.title, variants.option_values,
      price.minor, products.tax_rate_bp, line.quantity, price.minor::bigint * line.quantity,
      private.tax_included(price.minor::bigint * line.quantity, products.tax_rate_bp),
      variants.limit_per_person, variants.active and products.status = 'active'
    )::private.draft_line order by draft.n, line.variant_id)
  into v_lines
  from unnest(drafts) as draft
  join public.cart_lines as line on line.cart_id = draft.cart_id
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  -- The price of a hold that lives, else today's. (offset 0: once a line, and by the index of the cart. The planner of
  -- a young table takes that of the variant and its expiry, and reads every hold of a variant in a rush.)
  cross join lateral (
    select case when exists (
      select from (
        select claims.variant_id, claims.expires_at from public.claims where claims.cart_id = line.cart_id offset 0
      ) as own
      where own.variant_id = line.variant_id and own.expires_at > v_now
    ) then line.price_minor else variants.price_minor end as minor
    offset 0
  ) as price;
  return coalesce(v_lines, '{}');
end;
$$;

create or replace function private.list_drafts(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_drafts private.order_draft[];
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100
    or pg_column_size(requests) > 100 * 16384 then
    perform private.refuse(
      422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}',
      'Send a JSON array of requests.'
    );
  end if;
  v_drafts := private.draft_orders(requests);
  -- By the cart itself, however its secret was written.
  if cardinality(v_drafts) > 1 then
    if auth.uid() is not null or exists (
      select from unnest(v_drafts) as draft
      where draft.guest_hash is not null group by draft.guest_hash having count(*) > 1
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once"}',
        'Send each cart once per call.');
    end if;
  end if;
  return v_drafts;
end;
$$;

create or replace function private.live_holds(network text, cart_id uuid, variant_id uuid)
returns table (
  cart_id uuid, guest text, is_account boolean, network text, variant_id uuid, units bigint, location_ids uuid[],
  since timestamptz, until timestamptz
)
language sql
stable
set search_path = ''
as $$
  select carts.id, private.guest_label(carts), carts.user_id is not null, max(claims.network), claims.variant_id,
    sum(claims.quantity), array_agg(claims.location_id), min(line.held_since), max(claims.expires_at)
  from public.claims
  join public.carts on carts.id = claims.cart_id
  left join public.cart_lines as line on line.cart_id = claims.cart_id and line.variant_id = claims.variant_id
  where claims.expires_at > private.clock()
    and (live_holds.network is null or claims.network = live_holds.network)
    and (live_holds.cart_id is null or claims.cart_id = live_holds.cart_id)
    and (live_holds.variant_id is null or claims.variant_id = live_holds.variant_id)
  group by carts.id, claims.variant_id
$$;

create or replace function private.lock_carts(cart_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_cart uuid;
  v_locked uuid[] := '{}';
begin
  begin
    perform from public.carts where carts.id = any (cart_ids) order by carts.id for no key update;
    return '{}';
  exception when lock_not_available then
    null;
  end;
  foreach v_cart in array array(
    select distinct asked.id from unnest(cart_ids) as asked (id) where asked.id is not null order by 1
  ) loop
    begin
      perform from public.carts where carts.id = v_cart for no key update nowait;
    exception when lock_not_available then
      v_locked := v_locked || v_cart;
    end;
  end loop;
  return v_locked;
end;
$$;

create or replace function private.lock_free_keys(keys uuid[])
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  v_until timestamptz := clock_timestamp() + interval '1 second';
  v_seed bigint := uuid_hash_extended(private.actor(), 1); -- as in private.key_gate
begin
  return array(
    select asked.key
    from (
      select distinct each.key, uuid_hash_extended(each.key, v_seed) as gate from unnest(keys) as each (key) order by 2
    ) as asked
    where not (pg_try_advisory_xact_lock(asked.gate) or private.try_gate(asked.gate, v_until))
  );
end;
$$;

create or replace function private.make_carts(asked private.asked_hold[])
returns uuid[]
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_made uuid[];
begin
  with made as (
    insert into public.carts (token_hash, network)
    select each.token_hash, each.network from unnest(asked) as each order by each.token_hash
    on conflict do nothing
    returning carts.id
  )
  select coalesce(array_agg(made.id), '{}') into v_made from made;
  perform from public.carts
  where carts.token_hash = any (array(select each.token_hash from unnest(asked) as each))
  order by carts.id
  for no key update;
  if cardinality(v_made) < cardinality(asked) then
    update public.carts set network = each.network
    from unnest(asked) as each
    where carts.token_hash = each.token_hash
      and each.network is not null
      and carts.network is distinct from each.network;
  end if;
  return v_made;
end;
$$;

create or replace function private.may_exceed(asked private.order_draft[], lines private.draft_line[], limits private.shop_limits)
returns boolean
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_networks text[] := array(
    select draft.network from unnest(asked) as draft where draft.network is not null order by 1
  );
begin
  return auth.uid() is not null
    -- The first and the last of too many equal networks in a sorted list are equal.
    or limits.unpaid_orders < 1
    or exists (
      select from generate_subscripts(v_networks, 1) as at (n)
      where v_networks[at.n] = v_networks[at.n + limits.unpaid_orders]
    )
    or exists (select from unnest(lines) as line group by line.n having sum(line.total_minor) > limits.unpaid_minor)
    or exists (
      select from public.orders
      where orders.guest_hash = any (array(select draft.guest_hash from unnest(asked) as draft))
    )
    or exists (
      select from public.orders where orders.network = any (v_networks) and orders.status = 'placed'
    );
end;
$$;

create or replace function private.not_enough_left(wanted jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_short jsonb;
begin
  select jsonb_agg(jsonb_build_object(
      'variant_id', line.variant_id,
      'wanted', line.wanted,
      'left', case
        when products.limited or line."left" - coalesce(line.held, 0) <= shop_settings.low_stock_at then line."left"
      end,
      'siblings', (
        select coalesce(jsonb_agg(jsonb_build_object('variant_id', sibling.id, 'option_values', sibling.option_values,
          'band', shelf.band, 'left', shelf."left") order by sibling.position, sibling.id), '[]')
        from public.variants as variant
        join public.variants as sibling on sibling.product_id = variant.product_id and sibling.id <> variant.id
        join public.shelf on shelf.variant_id = sibling.id and shelf.band in ('in', 'low')
        where variant.id = line.variant_id
      )
    ) order by line.variant_id)
  into v_short
  from jsonb_to_recordset(not_enough_left.wanted) as line (
    variant_id uuid, wanted integer, "left" integer, held integer
  )
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  join public.shop_settings on shop_settings.only_row;
  return private.refusal(409, 'not_enough_left', jsonb_build_object('short', v_short),
    'Take what is left, or one of the siblings.');
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
          'deadline', payment.deadline)
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(
          jsonb_build_object('kind', event.kind, 'detail', event.detail, 'at', event.created_at) order by event.id
        )
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.place_orders(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '3s'
as $$
declare
  v_drafts private.order_draft[] := private.list_drafts(requests);
  v_lines private.draft_line[] := '{}';
  v_shared record;
  v_locked uuid[];
  v_answers jsonb;
  v_refusals jsonb;
  v_callers record := private.callers_of(v_drafts);
begin
  -- Keys, then carts, then variants: the order in which everybody locks. A draft with an answer drops out.
  v_answers := private.begin_orders(v_drafts);
  -- (Who repeats an order that was placed is answered, however often they ask.)
  v_answers := private.turned_away('checkout', v_callers.subjects, v_callers.networks) || v_answers;
  if v_answers <> '{}' then
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;
  v_locked := private.lock_carts(array(select draft.cart_id from unnest(v_drafts) as draft));
  if v_locked <> '{}' then
    v_answers := v_answers
      || private.all_busy(array(select draft.n from unnest(v_drafts) as draft where draft.cart_id = any (v_locked)));
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;

  v_lines := private.lines_of(v_drafts);
  v_refusals := private.refuse_unpaid(v_drafts, v_lines) || private.refuse_drafts(v_drafts, v_lines);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;

  v_locked := private.queue_for_free(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  if v_locked <> '{}' then
    v_answers := v_answers
      || private.all_busy(array(select line.n from unnest(v_lines) as line where line.variant_id = any (v_locked)));
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  v_shared := private.share_out(v_drafts, v_lines);
  if v_shared.refusals <> '{}' then
    v_answers := v_answers || v_shared.refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shared.shares);
  end if;
  perform private.count_callers('checkout', v_callers.subjects, v_callers.networks);
  return (select jsonb_agg(v_answers -> n::text order by n) from generate_subscripts(v_callers.subjects, 1) as n);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.read_holds(network text, cart_id uuid, variant_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_holds jsonb;
  v_guests jsonb;
  v_networks jsonb;
begin
  perform private.require_role('viewer');
  select coalesce(
    jsonb_agg(
      to_jsonb(hold) - 'location_ids' || private.label_of(hold.variant_id) order by hold.units desc, hold.cart_id
    ),
    '[]'
  )
  into v_holds
  from (select * from private.live_holds(network, cart_id, variant_id) order by units desc, cart_id limit 200) as hold;
  select coalesce(jsonb_agg(to_jsonb(sums) order by sums.units desc, sums.cart_id), '[]') into v_guests
  from (
    select hold.cart_id, min(hold.guest) as guest, bool_or(hold.is_account) as is_account, max(hold.network) as network,
      sum(hold.units) as units, count(*) as variants
    from private.live_holds(network, cart_id, variant_id) as hold
    group by hold.cart_id order by 5 desc limit 20
  ) as sums;
  select coalesce(jsonb_agg(to_jsonb(sums) order by sums.units desc, sums.network), '[]') into v_networks
  from (
    select hold.network, sum(hold.units) as units, count(distinct hold.cart_id) as guests
    from private.live_holds(network, cart_id, variant_id) as hold
    where hold.network is not null
    group by hold.network order by 2 desc limit 20
  ) as sums;
  return jsonb_build_object('holds', v_holds, 'guests', v_guests, 'networks', v_networks, 'now', private.clock(),
    'blocks', (
      select coalesce(
        jsonb_agg(
          jsonb_build_object(
            'subject', blocks.subject,
            'reason', blocks.reason,
            'blocked_at', blocks.blocked_at,
            'expires_at', blocks.expires_at,
            'by', staff.name
          )
          order by blocks.blocked_at desc
        ),
        '[]'
      )
      from (select * from private.blocks order by blocks.blocked_at desc limit 100) as blocks
      left join public.staff on staff.user_id = blocks.blocked_by
      where coalesce(blocks.expires_at > private.clock(), true)
    ));
end;
$$;

create or replace function private.refuse_drafts(drafts private.order_draft[], lines private.draft_line[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(refused.n, jsonb_build_object('refused', refused.refusal)), '{}')
    from (
      select draft.n, case
        when cart.total_minor is null then
          private.refusal(
            409, 'cart_empty', '{}', 'Put something into the cart first. If this was sent twice, repeat the first key.'
          )
        when cart.off_sale is not null then
          private.refusal(
            409, 'not_for_sale', jsonb_build_object('lines', cart.off_sale), 'Take these lines out of the cart.'
          )
        when draft.expected_minor <> cart.total_minor then
          private.refusal(
            409, 'price_changed',
            jsonb_build_object('expected_minor', draft.expected_minor, 'total_minor', cart.total_minor),
            'Show the new total and ask again.'
          )
      end as refusal
      from unnest(drafts) as draft
      left join (
        select line.n, sum(line.total_minor) as total_minor,
          jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) filter (where not line.for_sale) as off_sale
        from unnest(lines) as line
        group by line.n
      ) as cart on cart.n = draft.n
    ) as refused
    where refused.refusal is not null
  );
end;
$$;

create or replace function private.refuse_state(refused public.orders, hint text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse(
    409, 'order_not_open', jsonb_build_object('order_id', refused.id, 'status', refused.status), hint
  );
end;
$$;

create or replace function private.refuse_unpaid(drafts private.order_draft[], lines private.draft_line[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits := (select shop_limits from private.shop_limits);
  v_asked private.order_draft[];
begin
  v_asked := array(
    select draft from unnest(drafts) as draft
    where draft.provider = 'on_collection' and draft.deadline is not null and draft.proof is not true
  );
  if v_asked = '{}' then
    return '{}';
  end if;
  -- Two calls from one network must not both be the last one within the limit.
  perform pg_advisory_xact_lock(hashtextextended(asked.network, 2))
  from (
    select distinct draft.network from unnest(v_asked) as draft where draft.network is not null order by 1
  ) as asked;
  if not private.may_exceed(v_asked, lines, v_limits) then
    return '{}';
  end if;
  return (
    with open as materialized (select * from private.open_unpaid(v_asked)),
    totals as (select line.n, sum(line.total_minor) as minor from unnest(lines) as line group by line.n),
    own as (
      select open.guest_hash, count(*) as orders from open where open.guest_hash is not null group by open.guest_hash
    ),
    near as (select open.network, count(*) as orders from open where open.network is not null group by open.network),
    asked as (
      select draft.*, row_number() over (partition by draft.network order by draft.n) as place
      from unnest(v_asked) as draft
    )
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.refusal(
      409, 'proof_needed', '{"bits": 18}',
      'Confirm an e-mail address and sign in, or solve the proof of work and order again.'
    ))), '{}')
    from asked
    join totals using (n)
    cross join (select count(*) as orders from open where open.user_id = auth.uid()) as account
    left join own using (guest_hash)
    left join near using (network)
    where totals.minor > v_limits.unpaid_minor
      or account.orders + coalesce(own.orders, 0) >= v_limits.unpaid_orders
      or asked.network is not null and coalesce(near.orders, 0) + asked.place > v_limits.unpaid_orders
  );
end;
$$;

create or replace function private.refused_callers(kind text, subjects text[], networks text[])
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz;
  v_all text[] := refused_callers.subjects || array(
    select 'n:' || named.network from unnest(refused_callers.networks) as named (network)
  );
begin
  -- Nearly always nobody is refused, which two look-ups by index say.
  if not exists (select from private.blocks where blocks.subject = any (v_all)) and not exists (
    select from private.spendings as spending
    join private.rates as rate on rate.kind = refused_callers.kind and spending.spent >= least(rate.guest, rate.network)
    where spending.kind = refused_callers.kind and spending.subject = any (v_all)
  ) then
    return '{}';
  end if;
  v_now := private.clock();
  return (
    select coalesce(jsonb_object_agg(asked.n, asked.refusal), '{}')
    from (
      select caller.n, case
        when exists (select from private.blocks
          where blocks.subject in (caller.subject, 'n:' || caller.network)
            and coalesce(blocks.expires_at > v_now, true))
          then private.refusal(
            403, 'blocked', '{}', 'The shop does not serve this caller. A manager can end the block.'
          )
        when spending.ends > v_now then private.too_many(spending.ends - v_now)
      end as refusal
      from private.rates as rate
      cross join unnest(
        refused_callers.subjects, refused_callers.networks
      ) with ordinality as caller (subject, network, n)
      cross join lateral (
        select max(spending.since + rate.per) as ends
        from private.spendings as spending
        where spending.kind = rate.kind
          and spending.subject in (caller.subject, 'n:' || caller.network)
          and spending.spent >= case when spending.subject like 'n:%' then rate.network else rate.guest end
          and spending.since <= v_now
      ) as spending
      where rate.kind = refused_callers.kind
    ) as asked
    where asked.refusal is not null
  );
end;
$$;

create or replace function private.release_once(variant_id uuid, idempotency_key uuid, cart_token text, quantity integer)
returns jsonb
language plpgsql
set search_path = ''
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
    perform private.refuse(
      422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many units to give back, or nothing for all.'
    );
  end if;

  v_cart := private.own_cart(cart_token);
  perform private.check_caller('cart', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  select * into v_line
  from public.cart_lines as line
  where line.cart_id = v_cart.id and line.variant_id = release_once.variant_id;
  v_left := v_line.quantity - coalesce(release_once.quantity, v_line.quantity);
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not in this cart.');
  end if;

  if v_left > 0 then
    update public.cart_lines as line set quantity = v_left
    where line.cart_id = v_cart.id and line.variant_id = release_once.variant_id;
  else
    delete from public.cart_lines as line where line.cart_id = v_cart.id and line.variant_id = release_once.variant_id;
    if v_line.held_until is not null then
      perform private.keep_streak(v_cart, v_line, least(v_line.held_until, private.clock()));
    end if;
  end if;

  perform private.queue_for(array[variant_id]);
  perform private.give_back(v_cart.id, variant_id, greatest(v_left, 0));
  v_response := private.cart_as_json(v_cart.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers(
    'cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]
  );
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
  v_response := private.begin_once(
    idempotency_key, 'return_items', jsonb_build_array(order_id, location_id, to_jsonb(v_lines))
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = v_order.id)
  );

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

create or replace function private.stay_but_for_erasure()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('onhand.erasing', true), '') <> 'on'
    or to_jsonb(new) - tg_argv <> to_jsonb(old) - tg_argv then
    perform private.refuse(403, 'ledger_is_append_only', '{}', 'Write another line that corrects it.');
  end if;
  return new;
end;
$$;

create or replace function private.take_units(
  variant_ids uuid[], quantities integer[], for_cart uuid, for_items bigint[], until timestamptz,
  prefer uuid default null
)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_line integer;
  v_missing integer;
  v_level record;
  v_variants uuid[] := '{}';
  v_locations uuid[] := '{}';
  v_items bigint[] := '{}';
  v_units integer[] := '{}';
begin
  -- Per variant, levels in order (preferred place, then the shop's order): each gives what those before it left.
  for v_line in 1 .. cardinality(take_units.variant_ids) loop
    v_missing := take_units.quantities[v_line];
    for v_level in
      select level.location_id, level.available
      from public.stock_levels as level
      join public.locations on locations.id = level.location_id and locations.active
      where level.variant_id = take_units.variant_ids[v_line] and level.available > 0
      order by (level.location_id = take_units.prefer) desc nulls last, locations.position, level.location_id
    loop
      exit when v_missing = 0;
      v_variants := v_variants || take_units.variant_ids[v_line];
      v_locations := v_locations || v_level.location_id;
      v_items := v_items || take_units.for_items[v_line];
      v_units := v_units || least(v_level.available, v_missing);
      v_missing := v_missing - least(v_level.available, v_missing);
    end loop;
  end loop;

  -- (An upsert calls the triggers of an update, too, even where it only inserts.)
  if for_cart is not null and not exists (
    select from public.claims
    where claims.cart_id = take_units.for_cart and claims.variant_id = any (take_units.variant_ids)
  ) then
    insert into public.claims (variant_id, location_id, cart_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, take_units.for_cart, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_units) as taken (variant_id, location_id, units);
  elsif for_cart is null then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, taken.order_item_id, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_items, v_units) as taken (variant_id, location_id, order_item_id, units);
  else
    insert into public.claims (variant_id, location_id, cart_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, take_units.for_cart, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_units) as taken (variant_id, location_id, units)
    on conflict (cart_id, variant_id, location_id) where cart_id is not null do update
    set quantity = claims.quantity + excluded.quantity,
      expires_at = excluded.expires_at;
  end if;
  return (select coalesce(sum(taken.units), 0) from unnest(v_units) as taken (units));
end;
$$;

create or replace function private.too_many(wait interval)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(429, 'too_many_requests',
    jsonb_build_object(
      'retry_after_seconds', greatest(1, ceil(extract(epoch from coalesce(wait, interval '1 second')))::integer)
    ),
    'Wait so many seconds, then try again.')
$$;

create or replace function private.try_hold(asked private.asked_hold, limits private.shop_limits)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_cart public.carts;
  v_status text;
  v_code text;
  v_detail text;
  v_hint text;
begin
  select * into v_cart from public.carts where carts.token_hash = asked.token_hash;
  return jsonb_build_object('cart', private.hold_more(v_cart, asked.variant_id, asked.quantity, limits));
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail,
    v_hint = pg_exception_hint;
  return jsonb_build_object('refused', private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
end;
$$;

create or replace function private.turned_away(kind text, subjects text[], networks text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_refused jsonb := private.refused_callers(turned_away.kind, turned_away.subjects, turned_away.networks);
begin
  if v_refused = '{}' then
    return v_refused;
  end if;
  return (
    select jsonb_object_agg(each.key, jsonb_build_object('refused', each.value)) from jsonb_each(v_refused) as each
  );
end;
$$;

create or replace function private.unanswered(inout drafts private.order_draft[], inout lines private.draft_line[], answers jsonb)
language plpgsql
immutable
set search_path = ''
as $$
begin
  drafts := array(select draft from unnest(drafts) as draft where not answers ? draft.n::text order by draft.n);
  lines := array(
    select line from unnest(lines) as line where not answers ? line.n::text order by line.n, line.variant_id
  );
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
    perform private.refuse(
      409, 'not_allocated_here',
      jsonb_build_object('order_id', order_id, 'location_id', location_id, 'lines', coalesce(v_wrong, '[]')),
      'Hand over from the location the units are committed at.'
    );
  end if;
end;
$$;

create or replace function private.which_are_held(lines private.draft_line[])
returns boolean[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select exists (
      select from public.claims where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id
    )
    from unnest(lines) as line
    order by line.n, line.variant_id
  );
end;
$$;

create or replace function private.write_items(
  drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_ids bigint[];
  v_orders uuid[];
  v_variants uuid[];
begin
  with made as (
    insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity,
      total_minor, tax_minor, sold_at)
    select draft.order_id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor,
      line.tax_rate_bp, line.quantity, line.total_minor, line.tax_minor, draft.placed_at
    from unnest(lines) as line
    join unnest(drafts) as draft using (n)
    order by line.n, line.variant_id
    returning order_items.id, order_items.order_id, order_items.variant_id
  )
  select array_agg(made.id), array_agg(made.order_id), array_agg(made.variant_id)
  into v_ids, v_orders, v_variants from made;

  if cardinality(shares) > 0 then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select share.variant_id, share.location_id, item.id, share.units, draft.held_until
    from unnest(shares) as share
    join unnest(drafts) as draft using (n)
    join unnest(v_ids, v_orders, v_variants) as item (id, order_id, variant_id)
      on item.order_id = draft.order_id and item.variant_id = share.variant_id;
  end if;
  if exists (
    select from public.claims where claims.cart_id = any (array(select draft.cart_id from unnest(drafts) as draft))
  ) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.held_until
    from unnest(drafts) as draft
    join unnest(v_ids, v_orders, v_variants) as item (id, order_id, variant_id) on item.order_id = draft.order_id
    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;
  end if;
end;
$$;

create or replace function private.write_orders(
  drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[]
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
      units, total_minor, tax_minor, placed_at
    )
    select draft.order_id, auth.uid(), draft.token_hash, draft.guest_hash, draft.network, draft.email, draft.name,
      draft.phone, draft.delivery, draft.collect_at, draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency,
      cart.units, cart.total_minor, cart.tax_minor, draft.placed_at
    from unnest(drafts) as draft
    join (
      select line.n, sum(line.quantity) as units, sum(line.total_minor) as total_minor, sum(line.tax_minor) as tax_minor
      from unnest(lines) as line
      group by line.n
    ) as cart using (n)
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

create or replace function public.place_order(
  contact jsonb, delivery jsonb, payment public.payment_provider, idempotency_key uuid,
  cart_token text default null, order_token text default null, expected_total_minor bigint default null,
  network text default null, proof boolean default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_order(jsonb_strip_nulls(jsonb_build_object(
    'contact', contact,
    'delivery', delivery,
    'payment', payment,
    'idempotency_key', idempotency_key,
    'cart_token', cart_token,
    'order_token', order_token,
    'expected_total_minor', expected_total_minor,
    'network', network,
    'proof', proof
  )));
end;
$$;

COMMENT ON COLUMN "private"."shop_limits"."guest_share_bp" IS 'The share of all units on hand in the shop that the guests of one network can hold or have in unpaid orders, in basis
   points.';

COMMENT ON COLUMN "private"."shop_limits"."network_share_bp" IS 'Beyond network_free_units: the share of a variant''s units on hand that the guests of one network can hold together,
   in basis points.';

COMMENT ON COLUMN "public"."claims"."network" IS 'The network of the guest whose cart took the units, copied in so that sums are cheap: private.hold_line names it in
   the setting onhand.network while it takes them. NULL: unknown, or an account.';

COMMENT ON FUNCTION "private"."begin_orders"(private.order_draft[]) IS 'private.begin_together for orders. Returns, by n, the answers of drafts that are not new orders: refused, or what
   their key answered the first time. write_orders stores the keys of the others, with their answers.';

COMMENT ON FUNCTION "private"."check_network"(text, uuid, integer, timestamp with time zone, private.shop_limits) IS 'Raises hold_limit (409) when the guests of a network would hold more of a variant than network_free_units and than
   their share of it, or more of the whole shop than guest_share_bp; hold_paused (409) when they would because some of
   them have just used up hold_cap for units of this variant. The sum over the whole shop is not locked: calls at the
   same time can exceed it by what they ask for.';

COMMENT ON FUNCTION "private"."check_touched"() IS 'Checks what this transaction changed, when it commits: this note together with all later ones. Nothing is left to do
   when an earlier note was checked with this one.';

COMMENT ON FUNCTION "private"."erase_orders"(uuid[]) IS 'Erases the person from these orders: account, e-mail, name, phone, address, network, the secrets of the order links,
   and the reason typed for a cancellation. The caller holds the orders.';

COMMENT ON FUNCTION "private"."erase_person"(uuid) IS 'Erases everything personal of an account but the account itself: gives up its holds, deletes its cart, erases its
   orders or marks them. Returns how many orders stay, and how many of them are unfinished. Done twice is done once.';

COMMENT ON FUNCTION "private"."erase_staff"(uuid, text) IS 'Takes a person out of staff, invitations and audit trail. Their staff row stays, inactive, so that history still has
   an actor; a customer leaves a trail only by name.';

COMMENT ON FUNCTION "private"."erase_trail"(bigint[], text) IS 'Takes name and e-mail out of lines about a person, which are labelled new_label. Actor, action, time and subject
   stay.';

COMMENT ON FUNCTION "private"."give_back"(uuid, uuid, integer) IS 'Releases what a cart holds of a variant beyond so many units, the newest claims first. The caller holds cart and
   variant.';

COMMENT ON FUNCTION "private"."hold_limit"(text, integer) IS 'The refusal of a hold beyond a limit: cart_lines, cart_units, network_units or network_share. at_most is NULL where
   it would tell how much the shop has.';

COMMENT ON FUNCTION "private"."hold_line"(public.carts, uuid, private.shop_limits) IS 'Holds what a cart line still lacks and renews its time, up to hold_cap in a streak. When units are added, the whole
   line takes today''s price. The caller holds cart and variant and has released what ran out. Raises not_enough_left,
   hold_limit and hold_paused (409).';

COMMENT ON FUNCTION "private"."hold_more"(public.carts, uuid, integer, private.shop_limits) IS 'Puts more units into a cart, holds the whole line and returns the cart. The caller holds cart and variant and has
   released what ran out. Raises what hold_stock does.';

COMMENT ON FUNCTION "private"."hold_request"(text, uuid, integer) IS 'The request of a hold as its key keeps it: a hash of typed values, so that two spellings of one request are the
   same.';

COMMENT ON FUNCTION "private"."keep_streak"(public.carts, public.cart_lines, timestamp with time zone) IS 'Remembers the streak of a line that is removed or has used up hold_cap, so that neither a new line nor, of a network,
   a new guest begins from zero.';

COMMENT ON FUNCTION "private"."levels_of"(uuid[]) IS 'The available units of these variants per active location, as three arrays of one length in the shop''s order of
   locations.';

COMMENT ON FUNCTION "private"."lines_differ"() IS 'Checks the cart of a line that shrank or became another''s. Per row: it is rare, and a hold, which never shrinks a
   line, does not pay for it.';

COMMENT ON FUNCTION "private"."lock_free_keys"(uuid[]) IS 'Locks idempotency keys, all callers in one order, and returns those that another call is still using after a short
   wait.';

COMMENT ON FUNCTION "private"."may_exceed"(private.order_draft[], private.draft_line[], private.shop_limits) IS 'Whether unpaid orders have to be counted at all. A few small orders of guests without earlier orders, from networks
   without open orders, exceed nothing. The caller holds the locks of the networks.';

COMMENT ON FUNCTION "private"."open_unpaid"(private.order_draft[]) IS 'The unpaid orders with a deadline: a row for each of the caller''s account or of the guests of these drafts, and one
   for each of their networks.';

COMMENT ON FUNCTION "private"."share_line"(private.draft_line, uuid, uuid[], uuid[], integer[]) IS 'Takes the units of one line from the levels (variants, places, units_left; those of a variant are next to each
   other). Returns the levels that remain, the shares taken and the units missing.';

COMMENT ON FUNCTION "private"."share_out"(private.order_draft[], private.draft_line[]) IS 'Allocates units to drafts in their order, all lines of a draft or none. shares: which location gives how many units
   of a line that the cart did not hold. refusals, by n: drafts without enough units or beyond a limit. Writes only the
   release of expired holds. The caller holds the variants'' locks.';

COMMENT ON FUNCTION "private"."stay_but_for_erasure"() IS 'Before-update trigger of what is append-only and can name a person. Arguments: the columns that an erasure may
   change. Raises ledger_is_append_only (403) for everything else, and outside private.erase_orders and
   private.erase_trail.';

COMMENT ON FUNCTION "private"."streak_begins"(text, public.cart_lines, timestamp with time zone, private.shop_limits) IS 'Since when a hold counts that begins now: now, or as much earlier as the holder has held the variant already without
   a pause of hold_pause. Raises hold_paused (409) when hold_cap is used up.';

COMMENT ON FUNCTION "private"."which_are_held"(private.draft_line[]) IS 'For each line, whether its cart has claims for it. A line is held in full or not at all. Under the variants''
   locks.';

COMMENT ON FUNCTION "private"."write_orders"(private.order_draft[], private.draft_line[], private.draft_share[]) IS 'Everything these orders are: orders, payments, timelines, items, claims (taken or kept), emptied carts, keys with
   their answers. The drafts are in the order of n. Returns the answers by n.';

COMMENT ON FUNCTION "public"."block_caller"(text, uuid, uuid, text, integer) IS 'The shop serves this guest or account (the owner of a cart) or this network no more, for so many hours, or until a
   manager ends it (NULL). Returns {subject}. Managers. Raises role_required (403), invalid_input (422), not_found
   (404), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."cancel_unpaid_orders"(integer, uuid, text, text, timestamp with time zone) IS 'Cancels unpaid orders of a network, an e-mail address or since a time, at most 200 a call and no more than the
   manager has seen (expected, as count_unpaid_orders said). Returns {orders, units}. Managers. Raises role_required
   (403), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."erase_account"(uuid, uuid) IS 'Deletes the caller''s account, or for managers and the secret key the account user_id: ends its holds and sessions,
   deletes its cart, and erases the person from its orders, which stay. An unfinished order keeps what delivery needs
   until it is finished. Returns {orders, unfinished}: how many stay. Raises role_required (403), not_found (404),
   last_manager (409), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."extend_hold"(text, text) IS 'A sign of life from checkout: every hold of the caller''s cart lasts shop_limits.hold_time from now, up to hold_cap
   in all, and lines whose hold has run out are held again at today''s price where units are left and hold_cap is not
   used up. Needs no key: calling it twice has the effect of one call. Returns the cart. Raises invalid_input (422)
   without a token, too_many_requests (429), blocked (403).';

COMMENT ON FUNCTION "public"."hold_stock"(uuid, integer, uuid, text, text) IS 'Puts quantity more units (1 to 99; a line never exceeds 99) of a variant into the caller''s cart and holds the whole
   line for shop_limits.hold_time, from whichever locations have them, at the price of now: units that were held before
   at another price take it, too. network: the network the guest calls from, believed from the shop''s server. Returns
   the cart as read_cart does. All or nothing. Raises invalid_input (422), not_found (404), not_enough_left (409: what
   is left, which siblings), limit_reached (409), hold_limit (409), hold_paused (409), too_many_requests (429), blocked
   (403), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."place_order"(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean) IS 'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}, the country by its two letters; other keys are ignored. Held units are taken over without another check;
   what was not held is taken now. With on_collection (never with delivery) the order is placed, and keeps its units
   until pay_until unless it is confirmed: by the account''s confirmed e-mail address, or later by confirm_order. Else
   its units are held until pay_until. Guests pass an order_token, the secret of their order link. expected_total_minor
   is what the person saw. From the secret key alone: network, a hash of 32 hex digits, and proof, that a proof of work
   was checked. Returns {order_id, number, status, total_minor, tax_minor, currency, payment_id, pay_until}. Raises
   not_enough_left (409, every short line), cart_empty (409), not_for_sale (409), price_changed (409), limit_reached
   (409), proof_needed (409), too_many_requests (429), blocked (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."place_orders"(jsonb) IS 'Places up to a hundred orders at once, for a server in front of many waiting shoppers: each request is an object with
   the arguments of place_order, each from another cart, and each has its own response, in its place: {"order":
   the result of place_order} or {"refused": {status, code, detail, hint}}: its refusal. They are served in
   the order of the list; one that would wait too long for a lock is refused as busy, the others go on. Raises
   invalid_input (422) for a list that is none, is too long, or names a cart twice.';

COMMENT ON FUNCTION "public"."read_order"(uuid, text) IS 'An order for its buyer (by account or order_token) or for staff: the order''s columns, payment, items and events, and
   kept_at: the locations of what is still to be handed over. Money in minor units. An unknown order and the order of
   another buyer are the same answer: not_found (404).';

COMMENT ON FUNCTION "public"."row_limit_probe"() IS 'A thousand rows. The shop reads so many at once: fewer in the answer mean that max_rows of the Data API is too low,
   and the shop does not start. For the secret key alone.';

COMMENT ON TABLE "private"."hold_streaks" IS 'Streaks of holds that a cart line no longer tells: of removed lines, and of guests who used up hold_cap. Unlogged:
   after a crash they begin again. Deleted by a rule of schemas/retention/tables.sql.';

COMMENT ON TABLE "private"."touched" IS 'The changes of one statement that the commit has to check. A row lives as long as its transaction: the check removes
   it.';

reset check_function_bodies;
