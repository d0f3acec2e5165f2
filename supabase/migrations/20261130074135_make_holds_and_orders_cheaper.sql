set check_function_bodies = off;

DROP INDEX "public"."orders_by_network";

DROP INDEX "public"."orders_of_a_network";

DROP FUNCTION "private"."try_hold"(private.asked_hold, boolean);

-- The table is empty but for notes of transactions in progress, which this waits for.
ALTER TABLE "private"."touched" ADD COLUMN "transaction" xid8 NOT NULL DEFAULT pg_current_xact_id();

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
    array(select hold.key from unnest(asked) as hold order by hold.n), array(select hold.request from unnest(asked) as hold order by hold.n));
  if v_known = '{}' then
    return v_known;
  end if;
  return (
    select jsonb_object_agg(known.key,
      case when known.value ? 'response' then jsonb_build_object('cart', known.value -> 'response') else known.value end)
    from jsonb_each(v_known) as known
  );
end;
$$;

create or replace function private.begin_once(key uuid, operation text, request jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_first private.idempotency_keys;
  v_hash jsonb := private.request_hash(request);
begin
  if begin_once.key is null then
    perform private.refuse(422, 'invalid_input', '{"field": "idempotency_key", "problem": "missing"}',
      'Send a UUID made once per gesture as idempotency_key.');
  end if;

  perform pg_advisory_xact_lock(private.key_gate(begin_once.key));
  insert into private.idempotency_keys (actor, key, operation, request)
  values (private.actor(), begin_once.key, begin_once.operation, v_hash)
  on conflict do nothing;
  if found then
    return null;
  end if;

  select * into v_first
  from private.idempotency_keys
  where idempotency_keys.actor = private.actor()
    and idempotency_keys.key = begin_once.key;
  -- (Holds that are made together keep what they asked for as it is: it names nobody.)
  if v_first.operation <> begin_once.operation or v_first.request not in (v_hash, begin_once.request) then
    perform private.refuse(private.key_reused(v_first.operation));
  end if;
  return v_first.response;
end;
$$;

create or replace function private.begin_orders(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_drafts private.order_draft[] := array(select draft from unnest(drafts) as draft where draft.refusal is null order by draft.n);
  v_busy uuid[] := private.lock_free_keys(array(select draft.key from unnest(v_drafts) as draft));
  v_known jsonb := private.begin_together('place_order',
    array(select draft.key from unnest(v_drafts) as draft), array(select draft.request_hash from unnest(v_drafts) as draft));
begin
  if v_known = '{}' and v_busy = '{}' and cardinality(v_drafts) = cardinality(drafts) then
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
    left join unnest(v_drafts) with ordinality as asked on asked.n = draft.n
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
  if v_known is null and (select count(distinct asked.key) from unnest(keys) as asked (key)) = cardinality(keys) then
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
    where orders.id = any (array(select item.order_id from public.order_items as item where item.id = any (check_notes.items)))
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

create or replace function private.check_touched()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_note private.touched;
  v_items bigint[] := '{}';
  v_holds bigint[] := '{}';
  v_orders uuid[] := '{}';
  v_carts uuid[] := '{}';
begin
  if not exists (select from private.touched where touched.id = new.id) then
    return null;
  end if;
  for v_note in
    delete from private.touched
    where touched.id >= new.id and touched.transaction = pg_current_xact_id()
    returning touched.*
  loop
    v_items := v_items || v_note.items;
    v_holds := v_holds || v_note.holds;
    v_orders := v_orders || v_note.orders;
    v_carts := v_carts || v_note.carts;
  end loop;
  perform private.check_notes(v_items, v_holds, v_orders, v_carts);
  return null;
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
  from unnest(keys, requests, responses) as finished (key, request, response);
end;
$$;

create or replace function private.hold_more(cart public.carts, variant_id uuid, quantity integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits;
  v_total integer;
begin
  select * into v_limits from private.shop_limits;
  if quantity is null or quantity not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many more units to hold.');
  end if;
  perform from public.variants
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

  perform private.check_cart(cart.id, v_limits);
  perform private.check_limits(array[variant_id], array[v_total], auth.uid(), null);
  perform private.hold_line(cart, variant_id, v_limits);
  return private.cart_as_json(cart.id);
end;
$$;

create or replace function private.hold_stock(variant_id uuid, quantity integer, idempotency_key uuid, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_network text := case when auth.uid() is null then private.believed_network(network) end;
  v_response jsonb;
  v_cart public.carts;
begin
  v_response := private.begin_once(idempotency_key, 'hold_stock',
    private.hold_request(private.cart_owner(cart_token), variant_id, quantity));
  if v_response is not null then
    return v_response;
  end if;
  v_cart := private.own_cart(cart_token, make => true, seen_in => v_network);
  perform private.check_caller('hold', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  -- Before the line, which points at the variant: an import that renames it locks in this order too.
  perform private.queue_for(array[variant_id]);
  perform private.release_expired(array[variant_id]);
  v_response := private.hold_more(v_cart, variant_id, quantity);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
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
      v_answer := private.try_hold(v_hold);
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

create or replace function private.key_reused(operation text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'idempotency_key_reused', jsonb_build_object('operation', operation),
    'This key already stands for another request. Make a new key for a new request.')
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
  -- (A claim that comes later leaves a note of its own.)
  where exists (select from public.claims where claims.cart_id = removed.cart_id and claims.variant_id = removed.variant_id)
  having count(*) > 0;
  return null;
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
    from (select distinct each.key, uuid_hash_extended(each.key, v_seed) as gate from unnest(keys) as each (key) order by 2) as asked
    where not (pg_try_advisory_xact_lock(asked.gate) or private.try_gate(asked.gate, v_until))
  );
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
  v_networks text[] := array(select draft.network from unnest(asked) as draft where draft.network is not null order by 1);
begin
  return auth.uid() is not null
    -- The first and the last of too many equal networks in a sorted list are equal.
    or limits.unpaid_orders < 1
    or exists (
      select from generate_subscripts(v_networks, 1) as at (n) where v_networks[at.n] = v_networks[at.n + limits.unpaid_orders]
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

create or replace function private.open_unpaid(asked private.order_draft[])
returns table (user_id uuid, guest_hash bytea, network text)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_guests bytea[] := array(select draft.guest_hash from unnest(asked) as draft where draft.guest_hash is not null);
  v_networks text[] := array(select distinct draft.network from unnest(asked) as draft where draft.network is not null);
  v_since timestamptz := private.clock() - (select shop_limits.unpaid_for from private.shop_limits);
begin
  -- (offset 0: so that the index of the person is used, whatever the planner believes while the tables are young.)
  if auth.uid() is not null then
    return query
    select mine.user_id, null::bytea, null::text
    from (select orders.id, orders.user_id, orders.status from public.orders where orders.user_id = auth.uid() offset 0) as mine
    where mine.status = 'placed' and private.is_unpaid(mine.id);
  else
    return query
    select null::uuid, mine.guest_hash, null::text
    from (select orders.id, orders.guest_hash, orders.status from public.orders where orders.guest_hash = any (v_guests) offset 0) as mine
    where mine.status = 'placed' and private.is_unpaid(mine.id);
  end if;
  if v_networks <> '{}' then
    return query
    select null::uuid, null::bytea, near.network
    from (
      select orders.id, orders.network from public.orders
      where orders.network = any (v_networks) and orders.status = 'placed' and orders.created_at > v_since offset 0
    ) as near
    where private.is_unpaid(near.id);
  end if;
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
  from (select distinct draft.network from unnest(v_asked) as draft where draft.network is not null order by 1) as asked;
  if not private.may_exceed(v_asked, lines, v_limits) then
    return '{}';
  end if;
  return (
    with open as materialized (select * from private.open_unpaid(v_asked)),
    totals as (select line.n, sum(line.total_minor) as minor from unnest(lines) as line group by line.n),
    own as (select open.guest_hash, count(*) as orders from open where open.guest_hash is not null group by open.guest_hash),
    near as (select open.network, count(*) as orders from open where open.network is not null group by open.network),
    asked as (select draft.*, row_number() over (partition by draft.network order by draft.n) as place from unnest(v_asked) as draft)
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.refusal(409, 'proof_needed', '{"bits": 18}',
      'Confirm an e-mail address and sign in, or solve the proof of work and order again.'))), '{}')
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

create or replace function private.renew_carts(cart_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_cart record;
begin
  for v_cart in
    with renewed as (
      update public.carts
      set version = carts.version + 1
      where carts.id = any (cart_ids)
      -- Nobody knows the id of a cart that this call made: no page follows it.
      returning carts.id, carts.version, carts.version = 2 and carts.created_at = now() as is_new
    )
    select renewed.id, renewed.version, coalesce(sum(line.quantity), 0)::integer as units
    from renewed
    left join public.cart_lines as line on line.cart_id = renewed.id
    where not renewed.is_new
    group by renewed.id, renewed.version
  loop
    perform realtime.send(jsonb_build_object('table', 'carts', 'new', jsonb_build_object('cart_id', v_cart.id,
      'units', v_cart.units, 'version', v_cart.version)), 'changed', 'carts:' || v_cart.id, true);
  end loop;
end;
$$;

create or replace function private.try_hold(asked private.asked_hold)
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
  return jsonb_build_object('cart', private.hold_more(v_cart, asked.variant_id, asked.quantity));
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return jsonb_build_object('refused', private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
end;
$$;

CREATE INDEX orders_of_a_network ON public.orders USING btree (network, created_at) WHERE ((network IS NOT NULL) AND (status = 'placed'::public.order_status));

COMMENT ON FUNCTION "private"."begin_holds"(private.asked_hold[]) IS 'begin_once for many: locks the keys, all callers in one order. Returns, by n, the answers of holds that are not new: what
   their key answered the first time, or the refusal of a key of another request.';

COMMENT ON FUNCTION "private"."begin_orders"(private.order_draft[]) IS 'private.begin_together for orders. Returns, by n, the answers of drafts that are not new orders: refused, or what their
   key answered the first time. write_orders stores the keys of the others, with their answers.';

COMMENT ON FUNCTION "private"."begin_together"(text, uuid[], jsonb[]) IS 'begin_once for many calls in one, under the locks of their keys. Returns, by n, {"response": the first result} for a repeat
   and {"refused": …} for a key of another request; nothing for a call that is new. private.finish_together stores the keys of
   new calls with their responses.';

COMMENT ON FUNCTION "private"."check_notes"(bigint[], bigint[], uuid[], uuid[]) IS 'Checks what the notes of a transaction name; the orders of items are locked first.';

COMMENT ON FUNCTION "private"."check_touched"() IS 'Checks what this transaction changed, when it commits: this note together with all later ones. Nothing is left to do when an
   earlier note was checked with this one.';

COMMENT ON FUNCTION "private"."finish_together"(text, uuid[], jsonb[], jsonb[]) IS 'Stores the keys of new calls with what a repeat of each will answer. The caller holds the locks of the keys.';

COMMENT ON FUNCTION "private"."hold_more"(public.carts, uuid, integer) IS 'Puts more units into a cart, holds the whole line and returns the cart. The caller holds cart and variant and has released
   what ran out. Raises what hold_stock does.';

COMMENT ON FUNCTION "private"."key_reused"(text) IS 'The refusal of an idempotency key that came with another request before.';

COMMENT ON FUNCTION "private"."lines_go"() IS 'Notes the carts that lost a line and still hold units of it, to be checked at commit.';

COMMENT ON FUNCTION "private"."lock_free_keys"(uuid[]) IS 'Locks idempotency keys, all callers in one order, and returns those that another call is still using after a short wait.';

COMMENT ON FUNCTION "private"."may_exceed"(private.order_draft[], private.draft_line[], private.shop_limits) IS 'Whether unpaid orders have to be counted at all. A few small orders of guests without earlier orders, from networks without open
   orders, exceed nothing. The caller holds the locks of the networks.';

COMMENT ON FUNCTION "private"."try_hold"(private.asked_hold) IS 'What hold_stock answers, {"cart": …}, or would have raised, {"refused": …}; a refusal undoes this one alone. The caller holds
   key, cart and variant.';

REVOKE ALL ON FUNCTION "private"."begin_holds"(private.asked_hold[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."begin_together"(text, uuid[], jsonb[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_notes"(bigint[], bigint[], uuid[], uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."finish_together"(text, uuid[], jsonb[], jsonb[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."key_reused"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_free_keys"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."try_hold"(private.asked_hold) FROM PUBLIC;

reset check_function_bodies;
