-- Time ------------------------------------------------------------------------------------------------------------

create function private.is_used_up(since timestamptz, until timestamptz, limits private.shop_limits)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return until - since > limits.hold_cap - interval '1 minute';
end;
$$;
comment on function private.is_used_up(timestamptz, timestamptz, private.shop_limits) is
  'Whether a streak has no minute of hold_cap left.';

create function private.hold_paused(variant_id uuid, wait interval)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'hold_paused', jsonb_build_object('variant_id', variant_id,
    'retry_after_seconds', greatest(1, ceil(extract(epoch from wait))::integer)),
    'The variant can be ordered without a hold, or held again after so many seconds.')
$$;
comment on function private.hold_paused(uuid, interval) is 'The refusal of a holder who used up hold_cap.';

create function private.streak_begins(holder text, line public.cart_lines, at timestamptz, limits private.shop_limits)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
  v_since timestamptz := line.held_since;
  v_until timestamptz := line.held_until;
begin
  if v_until is null then
    select streak.since, streak.until into v_since, v_until
    from private.hold_streaks as streak
    where streak.holder = streak_begins.holder and streak.variant_id = line.variant_id;
  end if;
  if v_until is null or at >= v_until + limits.hold_pause then
    return at;
  end if;
  if private.is_used_up(v_since, v_until, limits) then
    perform private.refuse(private.hold_paused(line.variant_id, v_until + limits.hold_pause - at));
  end if;
  return at - (least(v_until, at) - v_since);
end;
$$;
comment on function private.streak_begins(text, public.cart_lines, timestamptz, private.shop_limits) is
  'Since when a hold counts that begins now: now, or as much earlier as the holder has held the variant already without
   a pause of hold_pause. Raises hold_paused (409) when hold_cap is used up.';

create function private.keep_streak(cart public.carts, line public.cart_lines, until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.hold_streaks as streak (holder, variant_id, network, units, since, until)
  values (
    private.subject_of(cart.token_hash, cart.user_id), line.variant_id, cart.network, line.quantity, line.held_since,
    keep_streak.until
  )
  on conflict on constraint hold_streaks_pkey do update
  set network = excluded.network, units = excluded.units, since = excluded.since, until = excluded.until;
end;
$$;
comment on function private.keep_streak(public.carts, public.cart_lines, timestamptz) is
  'Remembers the streak of a line that is removed or has used up hold_cap, so that neither a new line nor, of a network,
   a new guest begins from zero.';

-- Units -----------------------------------------------------------------------------------------------------------

create function private.check_cart(cart_id uuid, limits private.shop_limits)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lines integer;
  v_units integer;
begin
  select count(*), coalesce(sum(line.quantity), 0) into v_lines, v_units
  from public.cart_lines as line where line.cart_id = check_cart.cart_id;
  if v_lines > limits.cart_lines then
    perform private.refuse(private.hold_limit('cart_lines', limits.cart_lines));
  elsif v_units > limits.cart_units then
    perform private.refuse(private.hold_limit('cart_units', limits.cart_units));
  end if;
end;
$$;
comment on function private.check_cart(uuid, private.shop_limits) is
  'Raises hold_limit (409) for a cart with too many lines or units.';

create function private.hold_limit("limit" text, at_most integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'hold_limit', jsonb_build_object('limit', "limit", 'at_most', at_most),
    'Take fewer, order what is in the cart, or sign in.')
$$;
comment on function private.hold_limit(text, integer) is
  'The refusal of a hold beyond a limit: cart_lines, cart_units, network_units or network_share. at_most is NULL where
   it would tell how much the shop has.';

create function private.check_network(
  network text, variant_id uuid, more integer, at timestamptz, limits private.shop_limits
)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_held bigint;
  v_total bigint;
  v_resting bigint;
  v_rested timestamptz;
  v_most bigint;
begin
  select sums.held, sums.total + unpaid.units, resting.units, resting.until
  into v_held, v_total, v_resting, v_rested
  from (
    select coalesce(sum(claims.quantity), 0) as total,
      coalesce(sum(claims.quantity) filter (where claims.variant_id = check_network.variant_id), 0) as held
    from public.claims
    where claims.network = check_network.network and claims.expires_at > at
  ) as sums
  cross join (
    select coalesce(sum(item.quantity - item.cancelled - item.fulfilled), 0) as units
    from public.orders
    join public.payments as payment on payment.order_id = orders.id and payment.status = 'due'
    join public.order_items as item on item.order_id = orders.id
    where orders.network = check_network.network and orders.status = 'placed'
  ) as unpaid
  cross join (
    select coalesce(sum(streak.units), 0) as units, min(streak.until) + limits.hold_pause as until
    from private.hold_streaks as streak
    where streak.network = check_network.network and streak.variant_id = check_network.variant_id
      and at between streak.until and streak.until + limits.hold_pause
      and private.is_used_up(streak.since, streak.until, limits)
  ) as resting;

  if v_held + v_resting + more > limits.network_free_units then
    select greatest(limits.network_free_units, availability.on_hand::bigint * limits.network_share_bp / 10000)
    into v_most
    from public.availability where availability.variant_id = check_network.variant_id;
    if v_held + more > v_most then
      perform private.refuse(private.hold_limit('network_units', null));
    elsif v_held + v_resting + more > v_most then
      perform private.refuse(private.hold_paused(check_network.variant_id, v_rested - at));
    end if;
  end if;
  if v_total + more > limits.network_free_units and v_total + more > (
    select sum(totals.on_hand) * limits.guest_share_bp / 10000 from public.stock_totals as totals
  ) then
    perform private.refuse(private.hold_limit('network_share', null));
  end if;
end;
$$;
comment on function private.check_network(text, uuid, integer, timestamptz, private.shop_limits) is
  'Raises hold_limit (409) when the guests of a network would hold more of a variant than network_free_units and than
   their share of it, or more of the whole shop than guest_share_bp; hold_paused (409) when they would because some of
   them have just used up hold_cap for units of this variant. The sum over the whole shop is not locked: calls at the
   same time can exceed it by what they ask for.';
