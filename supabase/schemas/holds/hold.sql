-- hold_stock --------------------------------------------------------------------------------------------------

-- long because its steps are in the order in which they may refuse, and share what was read first.
create function private.hold_line(cart public.carts, variant_id uuid, limits private.shop_limits)
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
    perform private.check_agent_units(cart, variant_id, v_line.quantity - v_held, limits) where cart.agent is not null;
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
comment on function private.hold_line(public.carts, uuid, private.shop_limits) is
  'Holds what a cart line still lacks and renews its time, up to hold_cap in a streak. When units are added, the whole
   line takes today''s price. The caller holds cart and variant and has released what ran out. Raises not_enough_left,
   hold_limit and hold_paused (409).';

create function private.hold_more(
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
comment on function private.hold_more(public.carts, uuid, integer, private.shop_limits) is
  'Puts more units into a cart, holds the whole line and returns the cart. The caller holds cart and variant and has
   released what ran out. Raises what hold_stock does.';

create function private.hold_once(
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
comment on function private.hold_once(uuid, integer, uuid, text, text) is
  'Holds units, or answers what the key answered the first time. seen_in: the network, as private.believed_network
   answered.';

create function private.hold_stock(
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
  v_network text := private.believed_network(network);
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
comment on function private.hold_stock(uuid, integer, uuid, text, text) is
  'See public.hold_stock. A refusal undoes the hold and is counted.';

create function private.hold_request(owner text, variant_id uuid, quantity integer)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return to_jsonb(encode(sha256(convert_to(concat_ws(' ', owner, variant_id, quantity), 'UTF8')), 'hex'));
end;
$$;
comment on function private.hold_request(text, uuid, integer) is
  'The request of a hold as its key keeps it: a hash of typed values, so that two spellings of one request are the
   same.';

create function public.hold_stock(
  variant_id uuid, quantity integer, idempotency_key uuid, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.hold_stock(variant_id, quantity, idempotency_key, cart_token, network);
end;
$$;
comment on function public.hold_stock(uuid, integer, uuid, text, text) is
  'Puts quantity more units (1 to 99; a line never exceeds 99) of a variant into the caller''s cart and holds the whole
   line for shop_limits.hold_time, from whichever locations have them, at the price of now: units that were held before
   at another price take it, too. network: the network the guest calls from, believed from the shop''s server. Returns
   the cart as read_cart does. All or nothing. Raises invalid_input (422), not_found (404), not_enough_left (409: what
   is left, which siblings), limit_reached (409), hold_limit (409), hold_paused (409), too_many_requests (429), blocked
   (403), idempotency_key_reused (409).';
