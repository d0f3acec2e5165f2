-- Holds that wait together are made together, as orders are (000560, docs/decisions/0013): a rush begins with "Add to
-- cart", and there too the call costs the servers more than what it does. Each is as good as a call of hold_stock by itself.

create type private.asked_hold as (n integer, variant_id uuid, quantity integer, key uuid, token_hash bytea, request jsonb);
comment on type private.asked_hold is 'The n-th hold of a call; request is what its key stands for, as hold_stock writes it down.';

create function private.asked_holds(requests jsonb)
returns private.asked_hold[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_asked private.asked_hold[];
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100 then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}', 'Send a JSON array of requests.');
  end if;
  select array_agg(row(asked.n, hold.variant_id, hold.quantity, hold.idempotency_key, hashed.token,
    jsonb_build_array(encode(hashed.token, 'hex'), hold.variant_id, hold.quantity))::private.asked_hold order by asked.n)
  into v_asked
  from jsonb_array_elements(requests) with ordinality as asked (request, n)
  cross join lateral jsonb_to_record(asked.request) as hold (variant_id uuid, quantity integer, idempotency_key uuid, cart_token text)
  -- (offset 0: so that it is asked once and not at every mention.)
  cross join lateral (select private.token_hash(hold.cart_token) as token offset 0) as hashed;

  if exists (select from unnest(v_asked) as asked where asked.key is null or asked.variant_id is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "variant_id or idempotency_key missing"}',
      'Send variant_id, quantity, idempotency_key and cart_token with each.');
  end if;
  if auth.uid() is not null or (select count(distinct asked.token_hash) from unnest(v_asked) as asked) < cardinality(v_asked) then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once, or of an account"}',
      'Send the cart of each guest once per call; who is signed in calls hold_stock.');
  end if;
  return v_asked;
end;
$$;
comment on function private.asked_holds(jsonb) is 'Reads and checks requests; locks and writes nothing. Raises invalid_input (422).';

create function private.try_hold(asked private.asked_hold, is_new boolean)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_cart jsonb;
  v_status text;
  v_code text;
  v_detail text;
  v_hint text;
begin
  if is_new then
    v_cart := private.hold_more((select carts.id from public.carts where carts.token_hash = asked.token_hash), asked.variant_id, asked.quantity);
    perform private.finish_once(asked.key, v_cart);
  else
    v_cart := private.begin_once(asked.key, 'hold_stock', asked.request);
  end if;
  return jsonb_build_object('cart', v_cart);
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return jsonb_build_object('refused', private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
end;
$$;
comment on function private.try_hold(private.asked_hold, boolean) is
  'What hold_stock answers, {"cart": …}, or would have raised, {"refused": …}; a refusal undoes this one alone. is_new: its
   key was claimed by this call. The caller holds key, cart and variant.';

create function private.hold_stocks(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_asked private.asked_hold[] := private.asked_holds(requests);
  v_claimed integer[];
  v_made uuid[];
  v_hold private.asked_hold;
  v_answer jsonb;
  v_answers jsonb := '[]';
  v_refused uuid[] := '{}';
begin
  -- Keys, then carts, then variants: the order in which everybody locks. One key for two carts is the first one's.
  with claimed as (
    insert into private.idempotency_keys (actor, key, operation, request)
    select private.actor(), asked.key, 'hold_stock', asked.request
    from unnest(v_asked) as asked
    order by asked.key, asked.n
    on conflict do nothing
    returning idempotency_keys.key, idempotency_keys.request
  )
  select array_agg(asked.n) into v_claimed from claimed join unnest(v_asked) as asked using (key, request);
  with made as (
    insert into public.carts (token_hash)
    select asked.token_hash from unnest(v_asked) as asked order by asked.token_hash
    on conflict do nothing
    returning carts.id
  )
  select array_agg(made.id) into v_made from made;
  perform from public.carts
  where carts.token_hash = any (array(select asked.token_hash from unnest(v_asked) as asked))
  order by carts.id
  for no key update;
  perform private.queue_for(array(select distinct asked.variant_id from unnest(v_asked) as asked order by 1));

  foreach v_hold in array v_asked loop
    v_answer := private.try_hold(v_hold, coalesce(v_hold.n = any (v_claimed), false));
    v_answers := v_answers || v_answer;
    if v_answer ? 'refused' and v_hold.n = any (v_claimed) then
      v_refused := v_refused || v_hold.key;
    end if;
  end loop;

  -- Who was refused leaves nothing behind: no key, and no cart that was made for it.
  if cardinality(v_refused) > 0 then
    delete from private.idempotency_keys
    where idempotency_keys.actor = private.actor()
      and idempotency_keys.key = any (v_refused);
    delete from public.carts
    where carts.id = any (v_made)
      and not exists (select from public.cart_lines as line where line.cart_id = carts.id);
  end if;
  return v_answers;
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
  'Holds for up to a hundred guests at once, for a server in front of many waiting shoppers: each request is an object with
   the arguments of hold_stock, each from another cart, and each is answered by itself, in its place, with {"cart": what
   hold_stock returns} or {"refused": {status, code, detail, hint}}: what it would have raised. They are served in the
   order of the list. Raises invalid_input (422) for a list that is none, is too long, names a cart twice or an account.';

revoke execute on function public.hold_stocks(jsonb) from public, anon, authenticated;
grant execute on function public.hold_stocks(jsonb), private.hold_stocks(jsonb) to service_role;
