-- From cart to order. Everything that needs no lock comes first (prices, the order, its payment, its timeline, the
-- answer); the variants are locked last and held for a handful of statements and the commit. In a rush on one variant
-- that is the only part that stands in line.

create function private.check_contact(contact jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad text;
begin
  v_bad := case
    when jsonb_typeof(contact) is distinct from 'object' then 'contact'
    when coalesce(contact ->> 'email', '') not like '%_@_%' or length(contact ->> 'email') > 254 then 'contact.email'
    when length(trim(coalesce(contact ->> 'name', ''))) not between 1 and 120 then 'contact.name'
    when length(contact ->> 'phone') not between 1 and 40 then 'contact.phone'
  end;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_bad, 'problem', 'missing or too long'),
      'Send contact as {"email", "name", "phone"?}.');
  end if;
end;
$$;
comment on function private.check_contact(jsonb) is 'Raises invalid_input (422) naming the first bad field of {email, name, phone?}.';

create function private.check_delivery(delivery jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad text;
begin
  v_bad := case
    when delivery ->> 'method' = 'collection' then
      case when not pg_input_is_valid(coalesce(delivery ->> 'location_id', ''), 'uuid') then 'delivery.location_id' end
    when delivery ->> 'method' = 'delivery' then (
      select 'delivery.address.' || field
      from unnest(array['line1', 'postcode', 'city', 'country']) as field
      where length(trim(coalesce(delivery -> 'address' ->> field, ''))) not between 1 and 200
      limit 1
    )
    else 'delivery.method'
  end;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_bad, 'problem', 'missing or not valid'),
      'Send {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, line2?, postcode, city, country}}.');
  end if;
  if delivery ->> 'method' = 'collection' then
    perform private.check_places('{}', array[(delivery ->> 'location_id')::uuid]);
  end if;
end;
$$;
comment on function private.check_delivery(jsonb) is 'Raises invalid_input (422) naming the first bad field, not_found (404) for a closed location.';

create function private.claim_for_order(order_items public.order_items[], cart_id uuid, expires_at timestamptz, prefer uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_variants uuid[] := array(select item.variant_id from unnest(order_items) as item);
  v_items bigint[] := array(select item.id from unnest(order_items) as item);
  v_kept uuid[];
  v_missing public.order_items[];
  v_taken bigint;
begin
  -- What is held is not checked again: the hold itself becomes the order's, even one that ran out a moment ago, as
  -- long as nobody has needed its units.
  if claim_for_order.cart_id is null then
    with kept as (
      update public.claims
      set expires_at = claim_for_order.expires_at
      where claims.order_item_id = any (v_items)
      returning claims.variant_id
    )
    select array_agg(kept.variant_id) into v_kept from kept;
  elsif exists (select from public.claims where claims.cart_id = claim_for_order.cart_id) then
    with kept as (
      update public.claims
      set cart_id = null,
        order_item_id = v_items[array_position(v_variants, claims.variant_id)],
        expires_at = claim_for_order.expires_at
      where claims.cart_id = claim_for_order.cart_id
      returning claims.variant_id
    )
    select array_agg(kept.variant_id) into v_kept from kept;
  end if;

  -- A line is held in full or not at all: all its claims share one expiry.
  if v_kept is null then
    v_missing := order_items;
  else
    v_missing := array(select item::public.order_items from unnest(order_items) as item where item.variant_id <> all (v_kept));
  end if;
  if cardinality(v_missing) = 0 then
    return;
  end if;
  perform private.release_expired(array(select item.variant_id from unnest(v_missing) as item));
  v_taken := private.take_units(array(select item.variant_id from unnest(v_missing) as item),
    array(select item.quantity from unnest(v_missing) as item), null, array(select item.id from unnest(v_missing) as item),
    claim_for_order.expires_at, claim_for_order.prefer);
  if v_taken < (select sum(item.quantity) from unnest(v_missing) as item) then
    perform private.refuse_short((
      select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'wanted', line.quantity, 'left', line.claimed))
      from (
        select item.variant_id, item.quantity,
          coalesce((select sum(claims.quantity) from public.claims where claims.order_item_id = item.id), 0) as claimed
        from unnest(v_missing) as item
      ) as line
      where line.claimed < line.quantity
    ));
  end if;
end;
$$;
comment on function private.claim_for_order(public.order_items[], uuid, timestamptz, uuid) is
  'Gives an order its units: what its cart (or, without a cart, it itself) holds, then what is free; as holds until
   expires_at or committed when NULL. All or nothing: raises not_enough_left (409) with every short line. The caller
   holds the variants'' locks.';

create function private.place_order(
  contact jsonb, delivery jsonb, payment public.payment_provider, idempotency_key uuid, cart_token text, order_token text,
  expected_total_minor bigint
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_response jsonb;
  v_user uuid := auth.uid();
  v_token_hash bytea := case when v_user is null or order_token is not null then private.token_hash(order_token) end;
  v_cart public.carts;
  v_now timestamptz := private.clock();
  v_order public.orders;
  v_payment public.payments;
  v_items public.order_items[];
  v_off_sale jsonb;
  v_variants uuid[];
  v_is_limited boolean;
begin
  v_response := private.begin_once(idempotency_key, 'place_order', jsonb_build_array(private.cart_owner(cart_token),
    contact, delivery, payment, encode(v_token_hash, 'hex'), expected_total_minor));
  if v_response is not null then
    return v_response;
  end if;
  perform private.check_contact(contact);
  perform private.check_delivery(delivery);
  if payment is null then
    perform private.refuse(422, 'invalid_input', '{"field": "payment", "problem": "missing"}', 'Choose on_collection or sandbox.');
  end if;

  v_cart := private.own_cart(cart_token);
  v_order.id := gen_random_uuid();
  select array_agg(row(null, v_order.id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor,
      line.tax_rate_bp, line.quantity, line.total_minor, private.tax_included(line.total_minor, line.tax_rate_bp), 0, 0, 0,
      case when payment = 'on_collection' then v_now end)::public.order_items order by line.variant_id),
    array_agg(line.variant_id order by line.variant_id),
    sum(line.quantity), sum(line.total_minor), sum(private.tax_included(line.total_minor, line.tax_rate_bp)),
    jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) filter (where not line.for_sale),
    bool_or(line.limit_per_person is not null)
  into v_items, v_variants, v_order.units, v_order.total_minor, v_order.tax_minor, v_off_sale, v_is_limited
  from (
    select cart_line.variant_id, cart_line.quantity, variants.limit_per_person, variants.sku, variants.option_values, products.title, products.tax_rate_bp,
      price.minor as price_minor, price.minor::bigint * cart_line.quantity as total_minor,
      variants.active and products.status = 'active' as for_sale
    from public.cart_lines as cart_line
    join public.variants on variants.id = cart_line.variant_id
    join public.products on products.id = variants.product_id
    cross join lateral (
      select case when exists (
        select from public.claims
        where claims.cart_id = cart_line.cart_id and claims.variant_id = cart_line.variant_id and claims.expires_at > v_now
      ) then cart_line.price_minor else variants.price_minor end as minor
    ) as price
    where cart_line.cart_id = v_cart.id
  ) as line;

  if v_items is null then
    perform private.refuse(409, 'cart_empty', '{}', 'Put something into the cart first. If this was sent twice, repeat the first key.');
  end if;
  if v_off_sale is not null then
    perform private.refuse(409, 'not_for_sale', jsonb_build_object('lines', v_off_sale), 'Take these lines out of the cart.');
  end if;
  if expected_total_minor <> v_order.total_minor then
    perform private.refuse(409, 'price_changed', jsonb_build_object('expected_minor', expected_total_minor, 'total_minor', v_order.total_minor),
      'Show the new total and ask again.');
  end if;

  insert into public.orders (id, user_id, token_hash, email, name, phone, delivery, collect_at, address, status, currency,
    units, total_minor, tax_minor, placed_at)
  values (v_order.id, v_user, v_token_hash, lower(contact ->> 'email'), contact ->> 'name', contact ->> 'phone',
    (delivery ->> 'method')::public.delivery_method, (delivery ->> 'location_id')::uuid, delivery -> 'address',
    case when payment = 'on_collection' then 'placed' else 'awaiting_payment' end::public.order_status,
    (select shop_settings.currency from public.shop_settings where shop_settings.only_row), v_order.units, v_order.total_minor, v_order.tax_minor,
    case when payment = 'on_collection' then v_now end)
  returning * into v_order;
  insert into public.payments (order_id, provider, status, currency, amount_minor, deadline)
  values (v_order.id, payment, case when payment = 'on_collection' then 'due' else 'pending' end::public.payment_status,
    v_order.currency, v_order.total_minor,
    case when payment <> 'on_collection' then
      v_now + (select providers.deadline from private.payment_providers as providers where providers.provider = place_order.payment)
    end)
  returning * into v_payment;
  insert into public.order_events (order_id, kind) values (v_order.id, v_order.status::text);
  delete from public.cart_lines where cart_lines.cart_id = v_cart.id;

  v_response := jsonb_build_object('order_id', v_order.id, 'number', v_order.number, 'status', v_order.status,
    'total_minor', v_order.total_minor, 'tax_minor', v_order.tax_minor, 'currency', v_order.currency,
    'payment_id', v_payment.id, 'pay_until', v_payment.deadline);
  perform private.finish_once(idempotency_key, v_response);

  perform private.queue_for(v_variants);
  with made as (
    insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity,
      total_minor, tax_minor, sold_at)
    select item.order_id, item.variant_id, item.sku, item.title, item.option_values, item.price_minor, item.tax_rate_bp,
      item.quantity, item.total_minor, item.tax_minor, item.sold_at
    from unnest(v_items) as item
    order by item.variant_id
    returning *
  )
  select array_agg(made::public.order_items order by made.variant_id) into v_items from made;
  -- The items are in already, so what counts against the limit is all there.
  if v_is_limited then
    perform private.check_limits(v_variants, array_fill(0, array[cardinality(v_variants)]), v_user, v_order.email);
  end if;
  perform private.claim_for_order(v_items, v_cart.id, v_payment.deadline, v_order.collect_at);
  return v_response;
end;
$$;
comment on function private.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint) is 'See public.place_order.';

create function public.place_order(
  contact jsonb, delivery jsonb, payment public.payment_provider, idempotency_key uuid,
  cart_token text default null, order_token text default null, expected_total_minor bigint default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_order(contact, delivery, payment, idempotency_key, cart_token, order_token, expected_total_minor);
end;
$$;
comment on function public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint) is
  'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}. Held units are taken over without another check; what was not held is taken now. With on_collection the
   order is placed; else its units are held until pay_until. Guests pass an order_token, the secret of their order link.
   expected_total_minor is what the person saw. Returns {order_id, number, status, total_minor, tax_minor, currency,
   payment_id, pay_until}. Raises not_enough_left (409, every short line), cart_empty (409), not_for_sale (409),
   price_changed (409), limit_reached (409), not_found (404), invalid_input (422), idempotency_key_reused (409).';

revoke execute on function public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint) from public;
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint),
  private.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint)
to anon, authenticated, service_role;
