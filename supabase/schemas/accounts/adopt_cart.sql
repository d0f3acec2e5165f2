-- A guest who signs in takes along what they have: the cart, and an order of which they know the secret. Refusals:
-- invalid_input, not_found. Neither needs a key: done twice is done once, for what was taken along is not there to take
-- again. Locks as everywhere: cart (the person's, then the guest's), order, variants ascending.

create function private.adopt_claims(variant_id uuid, guest_cart uuid, own_cart uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_claim public.claims;
begin
  for v_claim in
    select * from public.claims
    where claims.cart_id = guest_cart and claims.variant_id = adopt_claims.variant_id
    order by claims.id
  loop
    if exists (
      select from public.claims
      where claims.cart_id = own_cart and claims.variant_id = v_claim.variant_id
        and claims.location_id = v_claim.location_id
    ) then
      -- Given back before it is taken: the other way round the last unit would be counted twice, which no level allows.
      delete from public.claims where claims.id = v_claim.id;
      update public.claims set quantity = claims.quantity + v_claim.quantity
      where claims.cart_id = own_cart and claims.variant_id = v_claim.variant_id
        and claims.location_id = v_claim.location_id;
    else
      update public.claims set cart_id = own_cart where claims.id = v_claim.id;
    end if;
  end loop;
  return (
    select coalesce(sum(claims.quantity), 0)
    from public.claims
    where claims.cart_id = own_cart and claims.variant_id = adopt_claims.variant_id
  );
end;
$$;
comment on function private.adopt_claims(uuid, uuid, uuid) is
  'Makes what one cart holds of a variant the other''s, where it is held; returns how many units that cart holds
   now. The caller holds both carts and the variant.';

create function private.within_limit(variant_id uuid, quantity integer)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_detail text;
begin
  perform private.check_limits(array[within_limit.variant_id], array[within_limit.quantity], auth.uid(), null);
  return within_limit.quantity;
exception when sqlstate 'PT409' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return greatest(0, (v_detail::jsonb ->> 'limit')::integer - (v_detail::jsonb ->> 'bought')::integer);
end;
$$;
comment on function private.within_limit(uuid, integer) is
  'As many of these units as the signed-in person may still buy.';

create function private.room_for(variant_id uuid, cart_id uuid, wanted integer, limits private.shop_limits)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lines integer;
  v_units integer;
begin
  select count(*), coalesce(sum(line.quantity), 0) into v_lines, v_units
  from public.cart_lines as line where line.cart_id = room_for.cart_id and line.variant_id <> room_for.variant_id;
  return case when v_lines < limits.cart_lines then greatest(0, least(wanted, limits.cart_units - v_units)) else 0 end;
end;
$$;
comment on function private.room_for(uuid, uuid, integer, private.shop_limits) is
  'As many of the wanted units of a variant as a cart may have beside its other lines.';

create function private.adopted_line(variant_id uuid, guest_cart uuid, own_cart uuid)
returns public.cart_lines
language plpgsql
stable
set search_path = ''
as $$
declare
  v_line public.cart_lines;
  v_is_same_price boolean;
begin
  select sum(each.quantity),
    -- Of two streaks the older one's begin and the later one's end, so that nobody holds longer by signing in.
    coalesce(min(each.held_since) filter (where hold.until is not null or is_live_streak.yes), private.clock()),
    coalesce(max(hold.until), max(each.held_until) filter (where is_live_streak.yes)),
    coalesce(bool_and(hold.until is not null) and min(each.price_minor) = max(each.price_minor), false)
      or count(*) filter (where hold.until is not null) = 0,
    min(each.price_minor)
  into v_line.quantity, v_line.held_since, v_line.held_until, v_is_same_price, v_line.price_minor
  from public.cart_lines as each
  cross join lateral (
    select max(claims.expires_at) as until
    from public.claims
    where claims.cart_id = each.cart_id and claims.variant_id = each.variant_id
  ) as hold
  cross join lateral (
    select each.held_until + limits.hold_pause > private.clock() as yes from private.shop_limits as limits
  ) as is_live_streak
  where each.cart_id in (guest_cart, own_cart) and each.variant_id = adopted_line.variant_id;
  -- A frozen price covers the units that were held when it was frozen: two lines at two prices, or of which one is not
  -- held, are one line at today's.
  if not v_is_same_price then
    select variants.price_minor into v_line.price_minor
    from public.variants where variants.id = adopted_line.variant_id;
  end if;
  return v_line;
end;
$$;
comment on function private.adopted_line(uuid, uuid, uuid) is
  'The merged line of a guest and an account: units wanted together, age of the hold, price.';

create function private.adopt_line(variant_id uuid, guest_cart uuid, own_cart uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits;
  v_line public.cart_lines := private.adopted_line(variant_id, guest_cart, own_cart);
  v_wanted integer := v_line.quantity;
  v_quantity integer;
  v_held integer;
  v_until timestamptz;
begin
  select * into v_limits from private.shop_limits;
  v_until := least(v_line.held_until, v_line.held_since + v_limits.hold_cap);
  v_quantity := private.within_limit(variant_id, private.room_for(variant_id, own_cart, least(v_wanted, 99), v_limits));
  v_held := private.adopt_claims(variant_id, guest_cart, own_cart);

  -- A line is held in full or not at all: what is held in part is filled up, or shrinks to what there is.
  if v_held > v_quantity then
    delete from public.claims where claims.cart_id = own_cart and claims.variant_id = adopt_line.variant_id;
    if v_quantity > 0 then
      perform private.take_units(array[adopt_line.variant_id], array[v_quantity], own_cart, null, v_until);
    end if;
  elsif v_held between 1 and v_quantity - 1 then
    v_quantity := v_held
      + private.take_units(array[adopt_line.variant_id], array[v_quantity - v_held], own_cart, null, v_until);
  end if;
  update public.claims
  set expires_at = v_until
  where claims.cart_id = own_cart and claims.variant_id = adopt_line.variant_id and claims.expires_at <> v_until;

  delete from public.cart_lines as line
  where line.variant_id = adopt_line.variant_id
    and (line.cart_id = guest_cart or line.cart_id = own_cart and v_quantity = 0);
  if v_quantity > 0 then
    insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since, held_until)
    values (own_cart, adopt_line.variant_id, v_quantity, v_line.price_minor, v_line.held_since, v_line.held_until)
    on conflict on constraint cart_lines_pkey do update
    set quantity = excluded.quantity, price_minor = excluded.price_minor, held_since = excluded.held_since,
      held_until = excluded.held_until;
  end if;
  if v_quantity < v_wanted then
    return jsonb_build_object('variant_id', adopt_line.variant_id, 'wanted', v_wanted, 'quantity', v_quantity);
  end if;
  return null;
end;
$$;
comment on function private.adopt_line(uuid, uuid, uuid) is
  'Moves a guest''s line into a person''s cart: quantities summed, what was held stays held. Returns NULL, or
   {variant_id, wanted, quantity} when there or within the limit are fewer than both wanted. The caller holds both
   carts and the variant, and has released what ran out.';

create function private.adopt_cart(cart_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_own public.carts := private.own_cart(null, make => true);
  v_guest public.carts;
  v_variants uuid[];
  v_variant uuid;
  v_fewer jsonb := '[]';
begin
  select * into v_guest from public.carts where carts.token_hash = private.token_hash(cart_token) for no key update;
  select coalesce(array_agg(line.variant_id order by line.variant_id), '{}') into v_variants
  from public.cart_lines as line
  where line.cart_id = v_guest.id;
  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  -- Units are given back and taken again below: they were the person's all the time.
  perform set_config('onhand.offers_wait', 'on', true);
  foreach v_variant in array v_variants loop
    v_fewer := v_fewer || coalesce(private.adopt_line(v_variant, v_guest.id, v_own.id), '[]');
  end loop;
  perform set_config('onhand.offers_wait', '', true);
  perform private.serve_waitlist(v_variants);
  if v_guest.discount_id is not null then
    perform private.adopt_discount(v_guest.id, v_own.id);
  end if;
  update public.conversations as conversation set user_id = v_own.user_id, token_hash = null
  where conversation.token_hash = private.token_hash(adopt_cart.cart_token);
  return private.cart_as_json(v_own.id) || jsonb_build_object('adopted', cardinality(v_variants), 'fewer', v_fewer);
end;
$$;
comment on function private.adopt_cart(text) is 'See public.adopt_cart.';

create function public.adopt_cart(cart_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.adopt_cart(cart_token);
end;
$$;
comment on function public.adopt_cart(text) is
  'Moves every line of a guest''s cart into the cart of the signed-in caller, and leaves the guest''s empty. Held
   units stay held, no longer than they would have been; quantities are summed, up to 99, the limits of a cart, the
   limit per person and the available units. A line of which both carts have some keeps its price if both hold it at
   that price; else it takes today''s. Returns the cart as read_cart does, with adopted (how many lines came along)
   and fewer ([{variant_id, wanted, quantity}]: lines that could not become as many as both carts wanted). Raises
   invalid_input (422) without a token.';
