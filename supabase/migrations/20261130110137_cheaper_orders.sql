set check_function_bodies = off;

DROP FUNCTION "private"."hold_more"(public.carts, uuid, integer);

DROP FUNCTION "private"."is_unpaid"(uuid);

DROP FUNCTION "private"."release_expired"(uuid[]);

DROP FUNCTION "private"."try_hold"(private.asked_hold);

create or replace function private.answer_refused(refusal jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('request.method', true), '') = '' then
    perform private.refuse(refusal);
  end if;
  perform set_config('response.status', refusal ->> 'status', true);
  return jsonb_build_object('code', 'PT' || (refusal ->> 'status'), 'message', refusal -> 'code',
    'details', (refusal -> 'detail')::text, 'hint', refusal -> 'hint');
end;
$$;

create or replace function private.begin_orders(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_ns integer[];
  v_keys uuid[];
  v_hashes jsonb[];
  v_busy uuid[];
  v_known jsonb;
begin
  select array_agg(draft.n order by draft.n), array_agg(draft.key order by draft.n),
    array_agg(draft.request_hash order by draft.n)
  into v_ns, v_keys, v_hashes
  from unnest(drafts) as draft
  where draft.refusal is null;
  v_busy := private.lock_free_keys(coalesce(v_keys, '{}'));
  v_known := private.begin_together('place_order', coalesce(v_keys, '{}'), v_hashes);
  if v_known = '{}' and v_busy = '{}' and cardinality(v_ns) = cardinality(drafts) then
    return '{}';
  end if;
  return (
    select coalesce(jsonb_object_agg(draft.n, case
      when draft.refusal is not null then jsonb_build_object('refused', draft.refusal)
      when draft.key = any (v_busy) then jsonb_build_object('refused', private.busy())
      when known.answer ? 'response' then jsonb_build_object('order', known.answer -> 'response')
      else known.answer
    end), '{}')
    from unnest(drafts) as draft
    left join unnest(v_ns) with ordinality as asked (n, ordinality) on asked.n = draft.n
    cross join lateral (select v_known -> asked.ordinality::text as answer) as known
    where draft.refusal is not null or draft.key = any (v_busy) or known.answer is not null
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
      else jsonb_build_object('refused', private.key_reused(coalesce(first.row ->> 'operation', begin_together.operation)))
    end), '{}')
    from unnest(keys, requests) with ordinality as asked (key, request, n)
    cross join lateral (select v_known -> asked.key::text as row) as first
    where first.row is not null or array_position(keys, asked.key) < asked.n
  );
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
  v_bought := private.units_bought(line.variant_id, user_id, guest_hash);
  if v_bought + line.quantity > line.limit_per_person then
    return private.refusal(409, 'limit_reached', jsonb_build_object('variant_id', line.variant_id,
      'limit', line.limit_per_person, 'bought', v_bought, 'wanted', line.quantity),
      'Take fewer: the limit counts earlier orders too.');
  end if;
  return null;
end;
$$;

create or replace function private.callers_of(drafts private.order_draft[], out subjects text[], out networks text[])
language plpgsql
stable
set search_path = ''
as $$
begin
  select array_agg(private.subject_of(draft.guest_hash, auth.uid())), array_agg(draft.network)
  into subjects, networks
  from (select each.guest_hash, each.network from unnest(drafts) as each order by each.n) as draft;
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
  perform from public.cart_lines as line where line.cart_id = any (cart_ids) order by line.cart_id, line.variant_id for share;
  -- Read after the lock: nobody else can change the lines now.
  select jsonb_build_object('cart_id', held.cart_id, 'variant_id', held.variant_id, 'held', held.units, 'wanted', line.quantity)
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

create or replace function private.count_own(kind text, guest text, network text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.count_callers(
    kind, array[private.subject_of(case when auth.uid() is null then private.token_hash(guest) end, auth.uid())],
    array[network]
  );
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
      private.request_hash(jsonb_build_array(v_user, encode(asked.cart_hash, 'hex'), encode(asked.token_hash, 'hex'), asked.email,
        asked.name, asked.phone, asked.delivery, asked.location_id, asked.address, asked.provider, asked.expected_minor)),
      asked.token_hash, asked.cart_hash, asked.network, asked.proof, carts.id, asked.email, asked.name, asked.phone,
      asked.delivery, locations.id, asked.address, asked.provider, asked.expected_minor, gen_random_uuid(), gen_random_uuid(),
      case when asked.provider = 'on_collection' then v_now end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline when not v_is_confirmed then v_unpaid_until end,
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

create or replace function private.erase_order(order_id uuid, order_token text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_hash bytea := private.token_hash(order_token);
  v_order public.orders;
  v_is_finished boolean;
  v_response jsonb;
begin
  v_response := private.begin_once(idempotency_key, 'erase_order', jsonb_build_array(order_id, encode(v_hash, 'hex')));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  -- The order of an account is erased by the account.
  if v_order.token_hash is distinct from v_hash or v_order.user_id is not null then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id),
      'Check the link. An order of an account is erased with the account.');
  end if;
  v_is_finished := private.is_finished(v_order);
  if v_is_finished then
    perform private.erase_orders(array[v_order.id]);
  elsif v_order.erase_asked_at is null then
    update public.orders set erase_asked_at = private.clock() where orders.id = v_order.id;
  end if;
  v_response := jsonb_build_object('erased', v_is_finished);
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
    v_line.held_since := private.streak_begins(private.subject_of(cart.token_hash, cart.user_id), v_line, v_now, limits);
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
      perform private.refuse(private.not_enough_left(jsonb_build_array(jsonb_build_object('variant_id', hold_line.variant_id,
        'wanted', v_line.quantity, 'left', v_held + v_taken))));
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
    where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id
      and claims.expires_at < v_until;
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
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many more units to hold.');
  end if;
  select variants.limit_per_person into v_per_person
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = hold_more.variant_id and variants.active and products.status = 'active';
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not for sale any more.');
  end if;

  insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since)
  values (cart.id, hold_more.variant_id, hold_more.quantity, 0, private.clock())
  on conflict on constraint cart_lines_pkey do update
  set quantity = line.quantity + excluded.quantity
  where line.quantity + excluded.quantity <= 99
  returning line.quantity into v_total;
  if not found then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'more than 99 in one line', 'value', quantity),
      'Split it over several orders.');
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
  perform private.count_callers('hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
end;
$$;

create or replace function private.hold_stock(
  variant_id uuid, quantity integer, idempotency_key uuid, cart_token text, network text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_network text := case when auth.uid() is null then private.believed_network(network) end;
  v_status text;
  v_code text;
  v_detail text;
  v_hint text;
begin
  return private.hold_once(variant_id, quantity, idempotency_key, cart_token, v_network);
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail,
    v_hint = pg_exception_hint;
  perform private.count_own('hold', cart_token, v_network);
  return private.answer_refused(private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
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
  perform private.refuse(503, 'busy', '{"retry_after_seconds": 5}', 'Nothing was done. Repeat the call with the same keys.');
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
  -- The price of a hold that lives, else today's. (offset 0: once a line, and by the index of the cart. The planner of a
  -- young table takes that of the variant and its expiry, and reads every hold of a variant in a rush.)
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
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}', 'Send a JSON array of requests.');
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

create or replace function private.open_unpaid(asked private.order_draft[])
returns table (user_id uuid, guest_hash bytea, network text)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_user uuid := auth.uid();
  v_guests bytea[] := array(select draft.guest_hash from unnest(asked) as draft where draft.guest_hash is not null);
  v_networks text[] := array(select distinct draft.network from unnest(asked) as draft where draft.network is not null);
  v_since timestamptz := private.clock() - (select shop_limits.unpaid_for from private.shop_limits);
begin
  -- (offset 0: so that the index of the person is used, whatever the planner believes while the tables are young.)
  return query
  select mine.user_id, mine.guest_hash, mine.network
  from (
    (select orders.id, orders.status, orders.user_id, null::bytea as guest_hash, null::text as network
      from public.orders where orders.user_id = v_user offset 0)
    union all
    (select orders.id, orders.status, null, orders.guest_hash, null
      from public.orders where v_user is null and orders.guest_hash = any (v_guests) offset 0)
    union all
    (select orders.id, orders.status, null, null, orders.network
      from public.orders
      where orders.network = any (v_networks) and orders.status = 'placed' and orders.created_at > v_since offset 0)
  ) as mine
  where mine.status = 'placed' and (
    select payment.status = 'due' and payment.deadline is not null
    from public.payments as payment where payment.order_id = mine.id
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
          'refund_due_minor', payment.refund_due_minor, 'refunded_minor', payment.refunded_minor, 'deadline', payment.deadline)
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(jsonb_build_object('kind', event.kind, 'detail', event.detail, 'at', event.created_at) order by event.id)
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.place_order(request jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answer jsonb := private.place_orders(jsonb_build_array(request)) -> 0;
begin
  if v_answer ? 'refused' then
    return private.answer_refused(v_answer -> 'refused');
  end if;
  return v_answer -> 'order';
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
    v_answers := v_answers || private.all_busy(array(select draft.n from unnest(v_drafts) as draft where draft.cart_id = any (v_locked)));
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
    v_answers := v_answers || private.all_busy(array(select line.n from unnest(v_lines) as line where line.variant_id = any (v_locked)));
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

create or replace function private.release_expired(variant_ids uuid[])
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variant uuid;
  v_any boolean := false;
begin
  -- Looked for before it is deleted: a delete that finds nothing still costs its triggers.
  foreach v_variant in array release_expired.variant_ids loop
    if exists (select from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now) then
      delete from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now;
      v_any := true;
    end if;
  end loop;
  return v_any;
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
  v_status text;
  v_code text;
  v_detail text;
  v_hint text;
begin
  return private.release_once(variant_id, idempotency_key, cart_token, quantity);
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail,
    v_hint = pg_exception_hint;
  perform private.count_own('cart', cart_token, null);
  return private.answer_refused(private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
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
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many units to give back, or nothing for all.');
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
  perform private.count_callers('cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
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
  v_unheld uuid[];
  v_levels record;
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
  if false = any (v_is_held) then
    v_unheld := array(
      select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]
    );
    if private.release_expired(v_unheld) then
      v_is_held := private.which_are_held(lines);
    end if;
    v_levels := private.levels_of(v_unheld);
    v_left := v_levels.units;
  end if;

  -- v_left counts down as shares are given. Each draft is another person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_left_before := v_left;
    v_taken := '{}';
    v_short := '[]';
    v_refusal := null;
    while lines[v_at].n = v_draft.n loop
      v_line := lines[v_at];
      if v_line.limit_per_person is not null then
        v_refusal := coalesce(private.beyond_limit(v_line, auth.uid(), v_draft.guest_hash), v_refusal);
      end if;
      if not v_is_held[v_at] then
        v_shared := private.share_line(v_line, v_draft.collect_at, v_levels.variants, v_levels.places, v_left);
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
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return jsonb_build_object('refused', private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
end;
$$;

create or replace function private.write_items(drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[])
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
    select draft.order_id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor, line.tax_rate_bp,
      line.quantity, line.total_minor, line.tax_minor, draft.placed_at
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
  if exists (select from public.claims where claims.cart_id = any (array(select draft.cart_id from unnest(drafts) as draft))) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.held_until
    from unnest(drafts) as draft
    join unnest(v_ids, v_orders, v_variants) as item (id, order_id, variant_id) on item.order_id = draft.order_id
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
    returning orders.id, orders.number, orders.status, orders.total_minor, orders.tax_minor
  )
  select array_agg(made.id), array_agg(made.number), array_agg(made.status), array_agg(made.total_minor), array_agg(made.tax_minor)
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
    select jsonb_object_agg(made.n, jsonb_build_object('order', made.placed)) from unnest(v_ns, v_placed) as made (n, placed)
  );
end;
$$;

create or replace function private.write_payments(
  drafts private.order_draft[], currency text, totals bigint[], out payment_ids uuid[], out deadlines timestamptz[]
)
language plpgsql
set search_path = ''
as $$
begin
  with made as (
    insert into public.payments (id, order_id, provider, status, currency, amount_minor, deadline)
    select draft.payment_id, draft.order_id, draft.provider,
      case when draft.held_until is null then 'due' else 'pending' end::public.payment_status, write_payments.currency,
      totals[draft.ordinality], draft.deadline
    from unnest(drafts) with ordinality as draft
    returning payments.id, payments.deadline
  )
  select array_agg(made.id), array_agg(made.deadline) into payment_ids, deadlines from made;
end;
$$;

create or replace function public.erase_order(order_id uuid, order_token text, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.erase_order(order_id, order_token, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."erase_order"(uuid, text, uuid) FROM "anon";

REVOKE ALL ON FUNCTION "public"."erase_order"(uuid, text, uuid) FROM "authenticated";

COMMENT ON COLUMN "public"."orders"."erase_asked_at" IS 'When the account was deleted or a guest asked: the person is erased once the order is finished.';

COMMENT ON FUNCTION "private"."answer_refused"(jsonb) IS 'Answers a call with a refusal and commits: what the call counted of its caller stays. To a client of the Data API it
   is the response that private.refuse would be, by its settings request.method and response.status. Elsewhere it is
   raised. The function that calls it has undone everything else.';

COMMENT ON FUNCTION "private"."callers_of"(private.order_draft[]) IS 'The callers of drafts by n, as private.refused_callers takes them.';

COMMENT ON FUNCTION "private"."count_own"(text, text, text) IS 'Counts a refused request of the caller: an account, or the guest with this token. Raises invalid_input (422) without
   either.';

COMMENT ON FUNCTION "private"."erase_asked_orders"(timestamp with time zone, integer) IS 'Erases the person from orders that were finished before a moment, of deleted accounts and of guests who asked.';

COMMENT ON FUNCTION "private"."erase_order"(uuid, text, uuid) IS 'See public.erase_order.';

COMMENT ON FUNCTION "private"."hold_more"(public.carts, uuid, integer, private.shop_limits) IS 'Puts more units into a cart, holds the whole line and returns the cart. The caller holds cart and variant and has released
   what ran out. Raises what hold_stock does.';

COMMENT ON FUNCTION "private"."hold_once"(uuid, integer, uuid, text, text) IS 'Holds units, or answers what the key answered the first time. seen_in: the network, as private.believed_network
   answered.';

COMMENT ON FUNCTION "private"."hold_stock"(uuid, integer, uuid, text, text) IS 'See public.hold_stock. A refusal undoes the hold and is counted.';

COMMENT ON FUNCTION "private"."release_expired"(uuid[]) IS 'Ends what has run out among these variants and returns whether anything had. The caller holds their locks and is
   about to need the units.';

COMMENT ON FUNCTION "private"."release_hold"(uuid, uuid, text, integer) IS 'See public.release_hold. A refusal undoes everything and is counted.';

COMMENT ON FUNCTION "private"."release_once"(uuid, uuid, text, integer) IS 'Gives units back, or answers what the key answered the first time.';

COMMENT ON FUNCTION "private"."try_hold"(private.asked_hold, private.shop_limits) IS 'What hold_stock answers, {"cart": …}, or would have raised, {"refused": …}; a refusal undoes this one alone. The caller holds
   key, cart and variant.';

COMMENT ON FUNCTION "private"."write_orders"(private.order_draft[], private.draft_line[], private.draft_share[]) IS 'Everything these orders are: orders, payments, timelines, items, claims (taken or kept), emptied carts, keys with their
   answers. The drafts are in the order of n. Returns the answers by n.';

COMMENT ON FUNCTION "private"."write_payments"(private.order_draft[], text, bigint[]) IS 'Writes the payments of new orders, of these totals, and returns their ids and deadlines in the order of the drafts.';

COMMENT ON FUNCTION "public"."erase_order"(uuid, text, uuid) IS 'Erases the person from an order of a guest, by the secret of the order''s link: name, e-mail, phone, address, network
   and the secret itself. An unfinished order keeps what delivery needs, and its link, until it is finished. Returns
   {erased}: whether it was erased at once. For the shop''s server. Raises not_found (404), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

REVOKE ALL ON FUNCTION "private"."answer_refused"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."callers_of"(private.order_draft[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."count_own"(text, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."erase_order"(uuid, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."erase_order"(uuid, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."hold_more"(public.carts, uuid, integer, private.shop_limits) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hold_once"(uuid, integer, uuid, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_expired"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_once"(uuid, uuid, text, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."try_hold"(private.asked_hold, private.shop_limits) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_payments"(private.order_draft[], text, bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."erase_order"(uuid, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."erase_order"(uuid, text, uuid) TO "service_role";

reset check_function_bodies;
