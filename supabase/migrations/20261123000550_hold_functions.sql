-- Holding units for a cart. Refusals (docs/errors.md): invalid_input, not_found, not_enough_left, limit_reached,
-- hold_limit, hold_paused, too_many_requests, blocked, idempotency_key_reused. Every function locks in the same order as all others:
-- idempotency key, cart, order, payment, then variants ascending, then what triggers keep.
--
-- enable_seqscan is off in what shoppers call: sessions keep their plans, and a plan made while the shop was new and its
-- tables a page long would read them whole in the middle of a rush.

create function private.not_enough_left(wanted jsonb)
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
      'left', case when products.limited or line."left" - coalesce(line.held, 0) <= shop_settings.low_stock_at then line."left" end,
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
  from jsonb_to_recordset(not_enough_left.wanted) as line (variant_id uuid, wanted integer, "left" integer, held integer)
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  join public.shop_settings on shop_settings.only_row;
  return private.refusal(409, 'not_enough_left', jsonb_build_object('short', v_short),
    'Take what is left, or one of the siblings.');
end;
$$;
comment on function private.not_enough_left(jsonb) is
  'The refusal with every short line [{variant_id, wanted, left, held}] and what can be had instead: siblings are other variants
   of the product as the shelf shows them. Says no count that the shelf would not: left, at all locations together and with
   what the caller holds, is NULL while there are more than the shelf counts.';

create function private.units_bought(variant_id uuid, user_id uuid, guest_hash bytea)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(item.quantity - item.cancelled), 0)
    from public.orders
    join public.order_items as item on item.order_id = orders.id and item.variant_id = units_bought.variant_id
    where orders.user_id = units_bought.user_id
      or orders.guest_hash = units_bought.guest_hash
  );
end;
$$;
comment on function private.units_bought(uuid, uuid, bytea) is
  'Units of a variant in the standing orders of a person: of an account, or of the guest with this cart secret. A typed
   e-mail address is nobody''s identity. Under the variant''s lock.';

create function private.check_limits(variant_ids uuid[], quantities integer[], user_id uuid, guest_hash bytea)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_beyond jsonb;
begin
  select jsonb_build_object('variant_id', line.variant_id, 'limit', line.limit_per_person, 'bought', line.bought, 'wanted', line.quantity)
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
comment on function private.check_limits(uuid[], integer[], uuid, bytea) is
  'Raises limit_reached (409) when a cart and the person''s earlier orders (of the account or the guest) together exceed a
   variant''s limit_per_person. Called under the variants'' locks, so two carts of one person cannot both pass.';

-- read_cart ---------------------------------------------------------------------------------------------------

create function private.cart_as_json(cart_id uuid)
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
      'sku', line.sku, 'option_values', line.option_values, 'quantity', line.quantity, 'held', line.held, 'held_at', line.held_at,
      'expires_at', line.expires_at, 'paused_until', line.paused_until, 'price_minor', line.price_minor, 'total_minor', line.total_minor,
      'for_sale', line.for_sale) order by line.title, line.variant_id), '[]'),
    coalesce(sum(line.total_minor), 0),
    coalesce(sum(private.tax_included(line.total_minor, line.tax_rate_bp)), 0)
  into v_lines, v_total, v_tax
  from (
    select cart_line.variant_id, cart_line.quantity, products.id as product_id, products.handle, products.title, products.tax_rate_bp,
      variants.sku, variants.option_values, variants.active and products.status = 'active' as for_sale,
      case when hold.units is null and cart_line.held_until + limits.hold_pause > v_now
        and cart_line.held_until - cart_line.held_since > limits.hold_cap - interval '1 minute'
        then cart_line.held_until + limits.hold_pause end as paused_until,
      coalesce(hold.units, 0) as held, coalesce(hold.at, '[]') as held_at, hold.expires_at, price.minor as price_minor, price.minor::bigint * cart_line.quantity as total_minor
    from public.cart_lines as cart_line
    join public.variants on variants.id = cart_line.variant_id
    join public.products on products.id = variants.product_id
    join private.shop_limits as limits on limits.only_row
    cross join lateral (
      select sum(claims.quantity) as units, min(claims.expires_at) as expires_at,
        jsonb_agg(jsonb_build_object('location_id', claims.location_id, 'units', claims.quantity) order by claims.location_id) as at
      from public.claims
      where claims.cart_id = cart_line.cart_id and claims.variant_id = cart_line.variant_id and claims.expires_at > v_now
    ) as hold
    cross join lateral (
      select case when hold.units is null then variants.price_minor else cart_line.price_minor end as minor
    ) as price
    where cart_line.cart_id = cart_as_json.cart_id
  ) as line;
  return jsonb_build_object('cart_id', cart_as_json.cart_id, 'version', (select carts.version from public.carts where carts.id = cart_as_json.cart_id),
    'lines', v_lines, 'total_minor', v_total, 'tax_minor', v_tax,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row), 'now', v_now);
end;
$$;
comment on function private.cart_as_json(uuid) is 'See public.read_cart; an unknown cart is an empty one.';

create function private.read_cart(cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
begin
  return private.cart_as_json((
    select carts.id from public.carts where carts.user_id = auth.uid() or carts.token_hash = v_hash
  ));
end;
$$;
comment on function private.read_cart(text) is 'See public.read_cart.';

create function public.read_cart(cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_cart(cart_token);
end;
$$;
comment on function public.read_cart(text) is
  'The cart of the signed-in caller, or of the guest with this token: {cart_id, version, lines: [{variant_id, product_id, handle, title,
   sku, option_values, quantity, held, held_at: [{location_id, units}], expires_at, paused_until, price_minor, total_minor, for_sale}],
   total_minor, tax_minor, currency, now}. Where there is none, cart_id and version are null. version grows with its lines. A line with held below quantity has run out and is marked so; its price is today''s. paused_until: until when this cart
   cannot hold the line again, because it used up shop_limits.hold_cap. now is the
   server''s clock, for countdowns. Raises invalid_input (422) without a token.';

-- hold_stock --------------------------------------------------------------------------------------------------

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
      perform set_config('onhand.network', cart.network, true);
    end if;
    v_taken := private.take_units(array[hold_line.variant_id], array[v_line.quantity - v_held], cart.id, null, v_until);
    if cart.network is not null then
      perform set_config('onhand.network', '', true);
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
comment on function private.hold_line(public.carts, uuid, private.shop_limits) is
  'Holds what a cart line still lacks and renews its time, up to hold_cap in a streak. When units are added, the whole line
   takes today''s price. The caller holds cart and variant and has released what ran out. Raises not_enough_left,
   hold_limit and hold_paused (409).';

create function private.hold_more(cart public.carts, variant_id uuid, quantity integer)
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
  perform private.release_expired(array[variant_id]);
  perform private.check_limits(array[variant_id], array[v_total], auth.uid(), null);
  perform private.hold_line(cart, variant_id, v_limits);
  return private.cart_as_json(cart.id);
end;
$$;
comment on function private.hold_more(public.carts, uuid, integer) is
  'Puts more units into a cart, holds the whole line and returns the cart. The caller holds cart and variant. Raises
   what hold_stock does.';

create function private.hold_stock(variant_id uuid, quantity integer, idempotency_key uuid, cart_token text, network text)
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
  v_response := private.hold_more(v_cart, variant_id, quantity);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
end;
$$;
comment on function private.hold_stock(uuid, integer, uuid, text, text) is 'See public.hold_stock.';

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
  'The request of a hold as its key keeps it: a hash of typed values, so that two spellings of one request are the same.';

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
   line for shop_limits.hold_time, from whichever locations have them, at the price of now: units that were held before at another
   price take it, too. network: the network the guest calls from, believed from the shop''s server. Returns the cart as
   read_cart does. All or nothing. Raises invalid_input (422), not_found (404), not_enough_left (409: what is left, which
   siblings), limit_reached (409), hold_limit (409), hold_paused (409), too_many_requests (429), blocked (403),
   idempotency_key_reused (409).';

-- release_hold ------------------------------------------------------------------------------------------------

create function private.release_hold(variant_id uuid, idempotency_key uuid, cart_token text, quantity integer)
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
  v_claim public.claims;
  v_surplus integer;
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
  select sum(claims.quantity) - greatest(v_left, 0) into v_surplus
  from public.claims
  where claims.cart_id = v_cart.id and claims.variant_id = release_hold.variant_id;
  for v_claim in
    select * from public.claims
    where claims.cart_id = v_cart.id and claims.variant_id = release_hold.variant_id
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

  v_response := private.cart_as_json(v_cart.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
end;
$$;
comment on function private.release_hold(uuid, uuid, text, integer) is 'See public.release_hold.';

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
        select line.quantity from public.cart_lines as line where line.cart_id = v_cart.id and line.variant_id = v_variant
      )], auth.uid(), null);
      perform private.hold_line(v_cart, v_variant, v_limits);
    exception when sqlstate 'PT409' then
      null; -- A line that cannot be held again stays in the cart, marked: held below quantity, and paused_until.
    end;
  end loop;
  perform private.count_callers('cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
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
  'A sign of life from checkout: every hold of the caller''s cart lasts shop_limits.hold_time from now, up to hold_cap in all, and
   lines whose hold has run out are held again at today''s price where units are left and hold_cap is not used up. Needs no key:
   calling it twice has the effect of one call. Returns the cart. Raises invalid_input (422) without a token,
   too_many_requests (429), blocked (403).';

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
