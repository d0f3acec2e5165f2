-- release_hold ------------------------------------------------------------------------------------------------

create function private.give_back(cart_id uuid, variant_id uuid, units integer)
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
comment on function private.give_back(uuid, uuid, integer) is
  'Releases what a cart holds of a variant beyond so many units, the newest claims first. The caller holds cart and
   variant.';

create function private.release_once(variant_id uuid, idempotency_key uuid, cart_token text, quantity integer)
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
comment on function private.release_once(uuid, uuid, text, integer) is
  'Gives units back, or answers what the key answered the first time.';

create function private.release_hold(variant_id uuid, idempotency_key uuid, cart_token text, quantity integer)
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
comment on function private.release_hold(uuid, uuid, text, integer) is
  'See public.release_hold. A refusal undoes everything and is counted.';

create function public.release_hold(
  variant_id uuid, idempotency_key uuid, cart_token text default null, quantity integer default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.release_hold(variant_id, idempotency_key, cart_token, quantity);
end;
$$;
comment on function public.release_hold(uuid, uuid, text, integer) is
  'Takes quantity units (all, when NULL) of a variant out of the caller''s cart and gives up their hold: the inverse of
   hold_stock. Returns the cart. Raises not_found (404) for what is not in it, invalid_input (422),
   idempotency_key_reused (409).';

-- extend_hold -------------------------------------------------------------------------------------------------

create function private.extend_hold(cart_token text, network text)
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
comment on function private.extend_hold(text, text) is 'See public.extend_hold.';

create function public.extend_hold(cart_token text default null, network text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.extend_hold(cart_token, network);
end;
$$;
comment on function public.extend_hold(text, text) is
  'A sign of life from checkout: every hold of the caller''s cart lasts shop_limits.hold_time from now, up to hold_cap
   in all, and lines whose hold has run out are held again at today''s price where units are left and hold_cap is not
   used up. Needs no key: calling it twice has the effect of one call. Returns the cart. Raises invalid_input (422)
   without a token, too_many_requests (429), blocked (403).';

-- The shop's server for guests, by their token; people who are signed in for themselves.
revoke execute on function
  public.read_cart(text), public.hold_stock(uuid, integer, uuid, text, text),
  public.release_hold(uuid, uuid, text, integer), public.extend_hold(text, text)
from public, anon;
grant execute on function
  public.read_cart(text), public.hold_stock(uuid, integer, uuid, text, text),
  public.release_hold(uuid, uuid, text, integer), public.extend_hold(text, text),
  private.read_cart(text), private.hold_stock(uuid, integer, uuid, text, text),
  private.release_hold(uuid, uuid, text, integer), private.extend_hold(text, text)
to authenticated, service_role;
