create function private.draft_orders(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_confirmed boolean := v_user is not null and private.has_confirmed_email(v_user);
  v_now timestamptz := private.clock();
  v_unpaid_until timestamptz := v_now + (select shop_limits.unpaid_for from private.shop_limits);
  v_drafts private.order_draft[];
begin
  select array_agg(row(
      given.n, asked.key,
      private.request_hash(jsonb_build_array(
        v_user, encode(asked.cart_hash, 'hex'), encode(asked.token_hash, 'hex'), asked.email, asked.name, asked.phone,
        asked.delivery, asked.location_id, asked.address, asked.provider, asked.expected_minor
      )),
      asked.token_hash, asked.cart_hash, asked.network, asked.proof, carts.id, asked.email, asked.name, asked.phone,
      asked.delivery, locations.id, asked.address, asked.provider, asked.expected_minor,
      gen_random_uuid(), gen_random_uuid(),
      case when asked.provider = 'on_collection' then v_now end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline end,
      case
        when asked.provider <> 'on_collection' then v_now + kind.deadline
        when not v_is_confirmed then v_unpaid_until
      end,
      private.refuse_request(asked, locations.id, coalesce(kind.enabled, false)), carts.discount_id, null, false
    )::private.order_draft order by given.n)
  into v_drafts
  from jsonb_array_elements(requests) with ordinality as given (request, n)
  cross join lateral private.read_request(given.request, v_user is null) as asked
  left join private.payment_providers as kind on kind.provider = asked.provider
  left join public.carts on carts.token_hash = asked.cart_hash or carts.user_id = v_user
  left join public.locations on locations.active and locations.id = asked.location_id;
  return v_drafts;
end;
$$;
comment on function private.draft_orders(jsonb) is 'Reads and checks requests; locks and writes nothing.';

create function private.lines_of(drafts private.order_draft[])
returns private.draft_line[]
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_has_rates boolean := private.has_tax_rates();
  v_lines private.draft_line[];
begin
  select array_agg(row(draft.n, line.cart_id, line.variant_id, variants.sku, products.title, variants.option_values,
      price.minor, tax.rate_bp, line.quantity, price.minor::bigint * line.quantity,
      private.tax_included(price.minor::bigint * line.quantity, tax.rate_bp),
      variants.limit_per_person, variants.active and products.status = 'active', 0
    )::private.draft_line order by draft.n, line.variant_id)
  into v_lines
  from unnest(drafts) as draft
  join public.cart_lines as line on line.cart_id = draft.cart_id
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  -- The price of a hold that lives, else today's. (offset 0: once a line, and by the index of the cart. The planner of
  -- a young table takes that of the variant and its expiry, and reads every hold of a variant in a rush.)
  cross join lateral (
    select case when exists (
      select from (
        select claims.variant_id, claims.expires_at from public.claims where claims.cart_id = line.cart_id offset 0
      ) as own
      where own.variant_id = line.variant_id and own.expires_at > v_now
    ) then line.price_minor else variants.price_minor end as minor
    offset 0
  ) as price
  cross join lateral (
    select case
      when v_has_rates then private.tax_rate_of(draft.address ->> 'country', products.category, products.tax_rate_bp)
      else products.tax_rate_bp
    end as rate_bp
    offset 0
  ) as tax;
  return coalesce(v_lines, '{}');
end;
$$;
comment on function private.lines_of(private.order_draft[]) is
  'The lines in the carts of drafts, by draft and variant, at the price each line has now and with the tax rate of the
   country of delivery.';

create function private.lock_free_keys(keys uuid[])
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  v_until timestamptz := clock_timestamp() + interval '1 second';
  v_seed bigint := uuid_hash_extended(private.actor(), 1); -- as in private.key_gate
begin
  return array(
    select asked.key
    from (
      select distinct each.key, uuid_hash_extended(each.key, v_seed) as gate from unnest(keys) as each (key) order by 2
    ) as asked
    where not (pg_try_advisory_xact_lock(asked.gate) or private.try_gate(asked.gate, v_until))
  );
end;
$$;
comment on function private.lock_free_keys(uuid[]) is
  'Locks idempotency keys, all callers in one order, and returns those that another call is still using after a short
   wait.';

create function private.begin_orders(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_ns integer[];
  v_keys uuid[];
  v_hashes jsonb[];
  v_busy uuid[];
  v_known jsonb;
begin
  select array_agg(draft.n order by draft.n), array_agg(draft.key order by draft.n),
    array_agg(draft.request_hash order by draft.n)
  into v_ns, v_keys, v_hashes
  from unnest(drafts) as draft
  where draft.refusal is null;
  v_busy := private.lock_free_keys(coalesce(v_keys, '{}'));
  v_known := private.begin_together('place_order', coalesce(v_keys, '{}'), v_hashes);
  if v_known = '{}' and v_busy = '{}' and cardinality(v_ns) = cardinality(drafts) then
    return '{}';
  end if;
  return (
    select coalesce(jsonb_object_agg(draft.n, case
      when draft.refusal is not null then jsonb_build_object('refused', draft.refusal)
      when draft.key = any (v_busy) then jsonb_build_object('refused', private.busy())
      when known.answer ? 'response' then jsonb_build_object('order', known.answer -> 'response')
      else known.answer
    end), '{}')
    from unnest(drafts) as draft
    left join unnest(v_ns) with ordinality as asked (n, ordinality) on asked.n = draft.n
    cross join lateral (select v_known -> asked.ordinality::text as answer) as known
    where draft.refusal is not null or draft.key = any (v_busy) or known.answer is not null
  );
end;
$$;
comment on function private.begin_orders(private.order_draft[]) is
  'private.begin_together for orders. Returns, by n, the answers of drafts that are not new orders: refused, or what
   their key answered the first time. write_orders stores the keys of the others, with their answers.';

create function private.lock_carts(cart_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_cart uuid;
  v_locked uuid[] := '{}';
begin
  begin
    perform from public.carts where carts.id = any (cart_ids) order by carts.id for no key update;
    return '{}';
  exception when lock_not_available then
    null;
  end;
  foreach v_cart in array array(
    select distinct asked.id from unnest(cart_ids) as asked (id) where asked.id is not null order by 1
  ) loop
    begin
      perform from public.carts where carts.id = v_cart for no key update nowait;
    exception when lock_not_available then
      v_locked := v_locked || v_cart;
    end;
  end loop;
  return v_locked;
end;
$$;
comment on function private.lock_carts(uuid[]) is
  'Locks these carts and returns those that are locked by others for too long.';

create function private.refuse_drafts(
  drafts private.order_draft[], lines private.draft_line[], totals private.order_total[]
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(refused.n, jsonb_build_object('refused', refused.refusal)), '{}')
    from (
      select draft.n, case
        when total.n is null then
          private.refusal(
            409, 'cart_empty', '{}', 'Put something into the cart first. If this was sent twice, repeat the first key.'
          )
        when cart.off_sale is not null then
          private.refusal(
            409, 'not_for_sale', jsonb_build_object('lines', cart.off_sale), 'Take these lines out of the cart.'
          )
        when not total.is_deliverable then
          private.refusal(
            409, 'not_deliverable', draft.address - '{line1,city}'::text[], 'Choose another address, or collection.'
          )
        when draft.expected_minor <> total.total_minor then
          private.refusal(
            409, 'price_changed',
            jsonb_build_object('expected_minor', draft.expected_minor, 'total_minor', total.total_minor),
            'Show the new total and ask again.'
          )
      end as refusal
      from unnest(drafts) as draft
      left join unnest(totals) as total using (n)
      left join (
        select line.n, jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) as off_sale
        from unnest(lines) as line
        where not line.for_sale
        group by line.n
      ) as cart using (n)
    ) as refused
    where refused.refusal is not null
  );
end;
$$;
comment on function private.refuse_drafts(private.order_draft[], private.draft_line[], private.order_total[]) is
  'The refusals before any unit is taken, by n: an empty cart, something not for sale, an address without delivery,
   another total than expected.';

create function private.open_unpaid(asked private.order_draft[])
returns table (user_id uuid, guest_hash bytea, network text)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_user uuid := auth.uid();
  v_guests bytea[] := array(select draft.guest_hash from unnest(asked) as draft where draft.guest_hash is not null);
  v_networks text[] := array(select distinct draft.network from unnest(asked) as draft where draft.network is not null);
  v_since timestamptz := private.clock() - (select shop_limits.unpaid_for from private.shop_limits);
begin
  -- (offset 0: so that the index of the person is used, whatever the planner believes while the tables are young.)
  return query
  select mine.user_id, mine.guest_hash, mine.network
  from (
    (select orders.id, orders.status, orders.user_id, null::bytea as guest_hash, null::text as network
      from public.orders where orders.user_id = v_user offset 0)
    union all
    (select orders.id, orders.status, null, orders.guest_hash, null
      from public.orders where v_user is null and orders.guest_hash = any (v_guests) offset 0)
    union all
    (select orders.id, orders.status, null, null, orders.network
      from public.orders
      where orders.network = any (v_networks) and orders.status = 'placed' and orders.created_at > v_since offset 0)
  ) as mine
  where mine.status = 'placed' and (
    select payment.status = 'due' and payment.deadline is not null
    from public.payments as payment where payment.order_id = mine.id
  );
end;
$$;
comment on function private.open_unpaid(private.order_draft[]) is
  'The unpaid orders with a deadline: a row for each of the caller''s account or of the guests of these drafts, and one
   for each of their networks.';

create function private.may_exceed(asked private.order_draft[], lines private.draft_line[], limits private.shop_limits)
returns boolean
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_networks text[] := array(
    select draft.network from unnest(asked) as draft where draft.network is not null order by 1
  );
begin
  return auth.uid() is not null
    -- The first and the last of too many equal networks in a sorted list are equal.
    or limits.unpaid_orders < 1
    or exists (
      select from generate_subscripts(v_networks, 1) as at (n)
      where v_networks[at.n] = v_networks[at.n + limits.unpaid_orders]
    )
    or exists (select from unnest(lines) as line group by line.n having sum(line.total_minor) > limits.unpaid_minor)
    or exists (
      select from public.orders
      where orders.guest_hash = any (array(select draft.guest_hash from unnest(asked) as draft))
    )
    or exists (
      select from public.orders where orders.network = any (v_networks) and orders.status = 'placed'
    );
end;
$$;
comment on function private.may_exceed(private.order_draft[], private.draft_line[], private.shop_limits) is
  'Whether unpaid orders have to be counted at all. A few small orders of guests without earlier orders, from networks
   without open orders, exceed nothing. The caller holds the locks of the networks.';

create function private.refuse_unpaid(drafts private.order_draft[], lines private.draft_line[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits := (select shop_limits from private.shop_limits);
  v_asked private.order_draft[];
begin
  v_asked := array(
    select draft from unnest(drafts) as draft
    where draft.provider = 'on_collection' and draft.deadline is not null and draft.proof is not true
  );
  if v_asked = '{}' then
    return '{}';
  end if;
  -- Two calls from one network must not both be the last one within the limit.
  perform pg_advisory_xact_lock(hashtextextended(asked.network, 2))
  from (
    select distinct draft.network from unnest(v_asked) as draft where draft.network is not null order by 1
  ) as asked;
  if not private.may_exceed(v_asked, lines, v_limits) then
    return '{}';
  end if;
  return (
    with open as materialized (select * from private.open_unpaid(v_asked)),
    totals as (select line.n, sum(line.total_minor) as minor from unnest(lines) as line group by line.n),
    own as (
      select open.guest_hash, count(*) as orders from open where open.guest_hash is not null group by open.guest_hash
    ),
    near as (select open.network, count(*) as orders from open where open.network is not null group by open.network),
    asked as (
      select draft.*, row_number() over (partition by draft.network order by draft.n) as place
      from unnest(v_asked) as draft
    )
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.refusal(
      409, 'proof_needed', '{"bits": 18}',
      'Confirm an e-mail address and sign in, or solve the proof of work and order again.'
    ))), '{}')
    from asked
    join totals using (n)
    cross join (select count(*) as orders from open where open.user_id = auth.uid()) as account
    left join own using (guest_hash)
    left join near using (network)
    where totals.minor > v_limits.unpaid_minor
      or account.orders + coalesce(own.orders, 0) >= v_limits.unpaid_orders
      or asked.network is not null and coalesce(near.orders, 0) + asked.place > v_limits.unpaid_orders
  );
end;
$$;
comment on function private.refuse_unpaid(private.order_draft[], private.draft_line[]) is
  'Orders that would be paid on collection, by people nobody knows: large ones, and more than a few from one network or
   guest, need a confirmed e-mail address or a proof of work. By n. The limits are in private.shop_limits.';
