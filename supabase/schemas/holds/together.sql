-- Holds that wait together are made in one batch, as orders are (schemas/orders/requests.sql, docs/decisions/0013): a
-- rush begins with "Add to cart", and there too a call costs the servers more than its work. Each hold of a batch has
-- the result of a separate call of hold_stock.

create type private.asked_hold as (
  n integer, variant_id uuid, quantity integer, key uuid, token_hash bytea, network text, subject text, request jsonb
);
comment on type private.asked_hold is
  'The n-th hold of a call, read once from its request; request is the value that hold_stock stores with the key.';

create function private.bad_hold(request jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when jsonb_typeof(request) <> 'object' then 'request'
    when jsonb_typeof(request -> 'variant_id') is distinct from 'string'
      or not pg_input_is_valid(request ->> 'variant_id', 'uuid') then 'variant_id'
    when jsonb_typeof(request -> 'idempotency_key') is distinct from 'string'
      or not pg_input_is_valid(request ->> 'idempotency_key', 'uuid') then 'idempotency_key'
    when jsonb_typeof(request -> 'quantity') is distinct from 'number'
      or not pg_input_is_valid(request ->> 'quantity', 'integer') then 'quantity'
    when jsonb_typeof(request -> 'cart_token') is distinct from 'string'
      or length(request ->> 'cart_token') not between 32 and 200 then 'cart_token'
    when jsonb_typeof(request -> 'network') not in ('null', 'string') then 'network'
  end;
end;
$$;
comment on function private.bad_hold(jsonb) is
  'The first field of a request for a hold that is missing or has another type; NULL when all are right.';

create function private.asked_holds(requests jsonb)
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
comment on function private.asked_holds(jsonb) is
  'Reads requests into typed rows, from known keys; locks and writes nothing, and nothing sees the JSON after it. Raises
   invalid_input (422).';

create function private.try_hold(asked private.asked_hold, limits private.shop_limits)
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
comment on function private.try_hold(private.asked_hold, private.shop_limits) is
  'The result of hold_stock, {"cart": …}, or the refusal it would have raised, {"refused": …}, which undoes this
   hold alone. The caller holds key, cart and variant.';

create function private.begin_holds(asked private.asked_hold[])
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
comment on function private.begin_holds(private.asked_hold[]) is
  'begin_once for many: locks the keys, all callers in one order. Returns, by n, the answers of holds that are not
   new: what their key answered the first time, or the refusal of a key of another request.';

create function private.make_carts(asked private.asked_hold[])
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
comment on function private.make_carts(private.asked_hold[]) is
  'Locks the carts of a call, ascending, and says where their guests were last seen; returns those that are new.';

create function private.hold_stocks(requests jsonb)
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
comment on function private.hold_stocks(jsonb) is 'See public.hold_stocks.';

create function public.hold_stocks(requests jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.hold_stocks(requests);
end;
$$;
comment on function public.hold_stocks(jsonb) is
  'Holds for up to a hundred guests at once, for a server in front of many waiting shoppers: each request is an
   object with the arguments of hold_stock, each from another cart, and each has its own response, in its place:
   {"cart": the result of hold_stock} or {"refused": {status, code, detail, hint}}: its refusal. They are served in
   the order of the list. Raises invalid_input (422) for a list that is none, is too long, names a cart twice or an
   account, and busy (503) when another call has locked one of the variants for five seconds.';

revoke execute on function public.hold_stocks(jsonb) from public, anon, authenticated;
grant execute on function public.hold_stocks(jsonb), private.hold_stocks(jsonb) to service_role;
