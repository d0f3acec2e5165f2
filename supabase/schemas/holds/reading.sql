-- Holding units for a cart. Refusals (docs/errors.md): invalid_input, not_found, not_enough_left, limit_reached,
-- hold_limit, hold_paused, too_many_requests, blocked, idempotency_key_reused. Every function locks in the same order
-- as all others: idempotency key, cart, order, payment, then variants ascending, then what triggers keep.
--
-- enable_seqscan is off in what shoppers call: sessions keep their plans, and a plan made while the shop was new and
-- its tables a page long would read them whole in the middle of a rush.

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
comment on function private.not_enough_left(jsonb) is
  'The refusal with every short line [{variant_id, wanted, left, held}] and what can be had instead: siblings are
   other variants of the product as the shelf shows them. Says no count that the shelf would not: left, at all
   locations together and with what the caller holds, is NULL while there are more than the shelf counts.';

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
  'Units of a variant in the open and fulfilled orders of a person: of an account, or of the guest with this cart
   secret. A typed e-mail address is nobody''s identity. Under the variant''s lock.';

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
comment on function private.check_limits(uuid[], integer[], uuid, bytea) is
  'Raises limit_reached (409) when a cart and the person''s earlier orders (of the account or the guest) together
   exceed a variant''s limit_per_person. Called under the variants'' locks, so two carts of one person cannot both
   pass.';

-- read_cart ---------------------------------------------------------------------------------------------------

-- long because a cart and its lines are one document, read by one statement.
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
  v_has_rates boolean := private.has_tax_rates();
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
      case when v_has_rates then private.tax_rate_of(null, products.category, products.tax_rate_bp)
        else products.tax_rate_bp end as tax_rate_bp, variants.sku, variants.option_values,
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
    'has_discount', private.may_have_discount(cart_as_json.cart_id),
    'is_taxed_by_country', v_has_rates and exists (select from public.tax_rates where tax_rates.country is not null),
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
    'now', v_now
  );
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
  'The cart of the signed-in caller, or of the guest with this token: {cart_id, version, lines: [{variant_id,
   product_id, handle, title, sku, option_values, quantity, held, held_at: [{location_id, units}], expires_at,
   paused_until, price_minor, total_minor, for_sale}], total_minor, tax_minor, has_discount, is_taxed_by_country,
   currency, now}. The totals are those of the lines, collected; quote_cart has discounts and delivery. Where there is
   none, cart_id and version are null. version grows with its lines. A line with held below quantity has run out and is
   marked so; its price is today''s. paused_until: until when this cart cannot hold the line again, because it used up
   shop_limits.hold_cap. now is the server''s clock, for countdowns. Raises invalid_input (422) without a token.';
