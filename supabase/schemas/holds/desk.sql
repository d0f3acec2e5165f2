-- The desk for holds: staff see which guest and network holds how much, end holds, cancel unpaid orders together and
-- block callers. Every function checks the role first, then works. Refusals: role_required, location_not_yours,
-- not_found, invalid_input, idempotency_key_reused.

create function private.guest_label(cart public.carts)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(coalesce(encode(cart.token_hash, 'hex'), replace(cart.user_id::text, '-', '')), 6)
$$;
comment on function private.guest_label(public.carts) is
  'The name of a guest or an account for staff: six digits that identify nobody elsewhere.';

create function private.live_holds(network text, cart_id uuid, variant_id uuid)
returns table (
  cart_id uuid, guest text, is_account boolean, network text, variant_id uuid, units bigint, location_ids uuid[],
  since timestamptz, until timestamptz
)
language sql
stable
set search_path = ''
as $$
  select carts.id, private.guest_label(carts), carts.user_id is not null, max(claims.network), claims.variant_id,
    sum(claims.quantity), array_agg(claims.location_id), min(line.held_since), max(claims.expires_at)
  from public.claims
  join public.carts on carts.id = claims.cart_id
  left join public.cart_lines as line on line.cart_id = claims.cart_id and line.variant_id = claims.variant_id
  where claims.expires_at > private.clock()
    and (live_holds.network is null or claims.network = live_holds.network)
    and (live_holds.cart_id is null or claims.cart_id = live_holds.cart_id)
    and (live_holds.variant_id is null or claims.variant_id = live_holds.variant_id)
  group by carts.id, claims.variant_id
$$;
comment on function private.live_holds(text, uuid, uuid) is
  'Holds of carts that have not run out, one row per cart and variant; each filter may be NULL.';

create function private.read_holds(network text, cart_id uuid, variant_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_holds jsonb;
  v_guests jsonb;
  v_networks jsonb;
begin
  perform private.require_role('viewer');
  select coalesce(
    jsonb_agg(
      to_jsonb(hold) - 'location_ids' || private.label_of(hold.variant_id) order by hold.units desc, hold.cart_id
    ),
    '[]'
  )
  into v_holds
  from (select * from private.live_holds(network, cart_id, variant_id) order by units desc, cart_id limit 200) as hold;
  select coalesce(jsonb_agg(to_jsonb(sums) order by sums.units desc, sums.cart_id), '[]') into v_guests
  from (
    select hold.cart_id, min(hold.guest) as guest, bool_or(hold.is_account) as is_account, max(hold.network) as network,
      sum(hold.units) as units, count(*) as variants
    from private.live_holds(network, cart_id, variant_id) as hold
    group by hold.cart_id order by 5 desc limit 20
  ) as sums;
  select coalesce(jsonb_agg(to_jsonb(sums) order by sums.units desc, sums.network), '[]') into v_networks
  from (
    select hold.network, sum(hold.units) as units, count(distinct hold.cart_id) as guests
    from private.live_holds(network, cart_id, variant_id) as hold
    where hold.network is not null
    group by hold.network order by 2 desc limit 20
  ) as sums;
  return jsonb_build_object('holds', v_holds, 'guests', v_guests, 'networks', v_networks, 'now', private.clock(),
    'blocks', (
      select coalesce(
        jsonb_agg(
          jsonb_build_object(
            'subject', blocks.subject,
            'reason', blocks.reason,
            'blocked_at', blocks.blocked_at,
            'expires_at', blocks.expires_at,
            'by', staff.name
          )
          order by blocks.blocked_at desc
        ),
        '[]'
      )
      from (select * from private.blocks order by blocks.blocked_at desc limit 100) as blocks
      left join public.staff on staff.user_id = blocks.blocked_by
      where coalesce(blocks.expires_at > private.clock(), true)
    ));
end;
$$;
comment on function private.read_holds(text, uuid, uuid) is 'See public.read_holds.';

create function public.read_holds(network text default null, cart_id uuid default null, variant_id uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_holds(network, cart_id, variant_id)
$$;
comment on function public.read_holds(text, uuid, uuid) is
  'Holds as staff see them: {holds: the 200 largest, guests and networks: the 20 with the largest sums, blocks,
   now}. Staff of any role. Raises role_required (403).';

-- Ending holds --------------------------------------------------------------------------------------------------------

create function private.end_holds(lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_carts uuid[];
  v_variants uuid[];
  v_units bigint;
begin
  perform private.require_role('stock');
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 200 or exists (
    select from jsonb_array_elements(lines) as line
    where not pg_input_is_valid(coalesce(line ->> 'cart_id', ''), 'uuid')
      or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
  ) then
    perform private.refuse(
      422, 'invalid_input', '{"field": "lines", "problem": "not a list of 1 to 200"}',
      'Send cart_id and variant_id with each.'
    );
  end if;
  select array_agg((line ->> 'cart_id')::uuid order by n), array_agg((line ->> 'variant_id')::uuid order by n)
  into v_carts, v_variants
  from jsonb_array_elements(lines) with ordinality as asked (line, n);
  perform private.require_role_at('stock', variadic array(
    select distinct claims.location_id from public.claims
    join unnest(v_carts, v_variants) as asked (cart_id, variant_id) using (cart_id, variant_id)
  ));
  v_response := private.begin_once(idempotency_key, 'end_holds', to_jsonb(v_carts) || to_jsonb(v_variants));
  if v_response is not null then
    return v_response;
  end if;
  perform from public.carts where carts.id = any (v_carts) order by carts.id for no key update;
  perform private.queue_for(array(select distinct asked.id from unnest(v_variants) as asked (id) order by 1));

  with ended as (
    delete from public.claims using unnest(v_carts, v_variants) as asked (cart_id, variant_id)
    where claims.cart_id = asked.cart_id and claims.variant_id = asked.variant_id
    returning claims.quantity
  )
  select coalesce(sum(ended.quantity), 0) into v_units from ended;
  update public.cart_lines as line set held_until = least(line.held_until, private.clock())
  from unnest(v_carts, v_variants) as asked (cart_id, variant_id)
  where line.cart_id = asked.cart_id and line.variant_id = asked.variant_id;
  v_response := jsonb_build_object('units', v_units);
  perform private.audit('end_holds', 'hold', v_carts[1]::text, cardinality(v_carts) || ' holds', null, v_response);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.end_holds(jsonb, uuid) is 'See public.end_holds.';

create function public.end_holds(lines jsonb, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.end_holds(lines, idempotency_key)
$$;
comment on function public.end_holds(jsonb, uuid) is
  'Ends holds of carts: [{cart_id, variant_id}], 1 to 200. The lines stay in the carts, marked; the units are on
   sale again. Returns {units}. Staff of role stock, at the locations of the units. Raises role_required and
   location_not_yours (403), invalid_input (422), idempotency_key_reused (409).';

-- Cancelling orders ---------------------------------------------------------------------------------------------------

create function private.unpaid_orders(network text, email text, since timestamptz)
returns setof public.orders
language sql
stable
set search_path = ''
as $$
  select orders.*
  from public.orders
  join public.payments as payment on payment.order_id = orders.id and payment.status in ('due', 'pending', 'declined')
  where orders.status in ('awaiting_payment', 'placed')
    and not exists (select from public.order_items as item where item.order_id = orders.id and item.fulfilled > 0)
    and (unpaid_orders.network is null or orders.network = unpaid_orders.network)
    and (unpaid_orders.email is null or orders.email = lower(unpaid_orders.email))
    and (unpaid_orders.since is null or orders.created_at >= unpaid_orders.since)
$$;
comment on function private.unpaid_orders(text, text, timestamptz) is
  'Orders that nobody has paid and of which nothing was handed over; each filter may be NULL.';

create function private.check_order_filter(network text, email text, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if num_nonnulls(network, email, since) = 0 then
    perform private.refuse(
      422, 'invalid_input', '{"field": "filter", "problem": "missing"}', 'Name a network, an e-mail address or a time.'
    );
  end if;
  if length(network) > 64 or length(email) > 254 then
    perform private.refuse(422, 'invalid_input', '{"field": "filter", "problem": "too long"}',
      'A network has 32 characters, an e-mail address at most 254.');
  end if;
end;
$$;
comment on function private.check_order_filter(text, text, timestamptz) is
  'A filter that names some orders, in text short enough for the audit trail. Raises invalid_input (422).';

create function private.count_unpaid_orders(network text, email text, since timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  return (
    select jsonb_build_object(
      'orders', count(*), 'units', coalesce(sum(unpaid.units), 0), 'total_minor', coalesce(sum(unpaid.total_minor), 0)
    )
    from private.unpaid_orders(network, email, since) as unpaid
  );
end;
$$;
comment on function private.count_unpaid_orders(text, text, timestamptz) is 'See public.count_unpaid_orders.';

create function public.count_unpaid_orders(
  network text default null, email text default null, since timestamptz default null
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.count_unpaid_orders(network, email, since)
$$;
comment on function public.count_unpaid_orders(text, text, timestamptz) is
  'How many orders cancel_unpaid_orders would cancel with this filter: {orders, units, total_minor}. Managers.
   Raises role_required (403), invalid_input (422).';
