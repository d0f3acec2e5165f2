-- From cart to order. Orders that wait together are placed together: in a rush the cost of an order is not its units
-- but its statements, and thirty orders need no more of those than one (docs/decisions/0013).
--
--   requests ──▶ drafts ──▶ lines ──▶ shares ──▶ orders
--   (checked)    (whose     (what, at  (which     (everything an order is, in one statement)
--                 cart)      a price)   place)
--
-- Nothing is locked but keys and carts until the lines are known. Then the variants are, and what was not held is
-- shared out, first come first served, each order all or nothing. place_order is a call with one request.

create type private.order_draft as (
  n integer, key uuid, request jsonb, token_hash bytea, cart_id uuid, email text, name text, phone text,
  delivery public.delivery_method, collect_at uuid, address jsonb, provider public.payment_provider, expected_minor bigint,
  order_id uuid, payment_id uuid, placed_at timestamptz, deadline timestamptz, refusal jsonb
);
comment on type private.order_draft is
  'One request of a call, in the n-th place, checked: what its order will be, or the refusal. No deadline: its units are
   committed at once.';

create type private.draft_line as (
  n integer, cart_id uuid, variant_id uuid, sku text, title text, option_values text[], price_minor integer, tax_rate_bp integer,
  quantity integer, total_minor bigint, tax_minor bigint, limit_per_person integer, for_sale boolean
);
comment on type private.draft_line is 'What the n-th draft wants, with what the order will for ever say about it.';

create type private.draft_share as (n integer, variant_id uuid, location_id uuid, units integer);
comment on type private.draft_share is 'Units of one place for one line of the n-th draft.';

create function private.bad_field(request jsonb, is_guest boolean)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return case
    when not pg_input_is_valid(coalesce(request ->> 'idempotency_key', ''), 'uuid') then 'idempotency_key'
    when is_guest and length(coalesce(request ->> 'cart_token', '')) not between 32 and 200 then 'cart_token'
    when length(coalesce(request ->> 'order_token', case when is_guest then '' else repeat('-', 32) end)) not between 32 and 200
      then 'order_token'
    when jsonb_typeof(request -> 'contact') is distinct from 'object' then 'contact'
    when coalesce(request -> 'contact' ->> 'email', '') not like '%_@_%' or length(request -> 'contact' ->> 'email') > 254
      then 'contact.email'
    when length(trim(coalesce(request -> 'contact' ->> 'name', ''))) not between 1 and 120 then 'contact.name'
    when length(request -> 'contact' ->> 'phone') not between 1 and 40 then 'contact.phone'
    when not pg_input_is_valid(coalesce(request ->> 'payment', ''), 'public.payment_provider') then 'payment'
    when not pg_input_is_valid(coalesce(request ->> 'expected_total_minor', '0'), 'bigint') then 'expected_total_minor'
    when request -> 'delivery' ->> 'method' = 'collection' then
      case when not pg_input_is_valid(coalesce(request -> 'delivery' ->> 'location_id', ''), 'uuid') then 'delivery.location_id' end
    when request -> 'delivery' ->> 'method' = 'delivery' then case
      when length(trim(coalesce(request -> 'delivery' -> 'address' ->> 'line1', ''))) not between 1 and 200 then 'delivery.address.line1'
      when length(trim(coalesce(request -> 'delivery' -> 'address' ->> 'postcode', ''))) not between 1 and 200 then 'delivery.address.postcode'
      when length(trim(coalesce(request -> 'delivery' -> 'address' ->> 'city', ''))) not between 1 and 200 then 'delivery.address.city'
      when length(trim(coalesce(request -> 'delivery' -> 'address' ->> 'country', ''))) not between 1 and 200 then 'delivery.address.country'
    end
    else 'delivery.method'
  end;
end;
$$;
comment on function private.bad_field(jsonb, boolean) is 'The first field of a request for an order that is missing, too long or not what it should be; NULL when all are right.';

create function private.draft_orders(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_now timestamptz := private.clock();
  v_drafts private.order_draft[];
begin
  select array_agg(row(
      asked.n, case when bad.field is null then (request ->> 'idempotency_key')::uuid end,
      jsonb_build_array(coalesce(v_user::text, encode(hashes.cart, 'hex')), request -> 'contact', request -> 'delivery',
        request -> 'payment', encode(hashes.link, 'hex'), request -> 'expected_total_minor'),
      hashes.link, carts.id, lower(request -> 'contact' ->> 'email'), request -> 'contact' ->> 'name', request -> 'contact' ->> 'phone',
      case when bad.field is null then (request -> 'delivery' ->> 'method')::public.delivery_method end,
      locations.id, case when request -> 'delivery' ->> 'method' = 'delivery' then request -> 'delivery' -> 'address' end,
      kind.provider, case when bad.field is null then (request ->> 'expected_total_minor')::bigint end,
      gen_random_uuid(), gen_random_uuid(), case when kind.provider = 'on_collection' then v_now end,
      case when kind.provider <> 'on_collection' then
        v_now + (select providers.deadline from private.payment_providers as providers where providers.provider = kind.provider)
      end,
      case
        when bad.field is not null then private.refusal(422, 'invalid_input', jsonb_build_object('field', bad.field,
          'problem', 'missing, too long or not valid'), 'See place_order for what to send.')
        when request -> 'delivery' ->> 'method' = 'collection' and locations.id is null then private.refusal(404, 'not_found',
          jsonb_build_object('location_id', request -> 'delivery' ->> 'location_id'), 'Choose an active location.')
      end
    )::private.order_draft order by asked.n)
  into v_drafts
  from jsonb_array_elements(requests) with ordinality as asked (request, n)
  -- (offset 0: so that it is asked once and not at every mention.)
  cross join lateral (select private.bad_field(request, v_user is null) as field offset 0) as bad
  cross join lateral (
    select case when v_user is null and bad.field is null then private.token_hash(request ->> 'cart_token') end as cart,
      case when bad.field is null and request ? 'order_token' then private.token_hash(request ->> 'order_token') end as link
  ) as hashes
  cross join lateral (select case when bad.field is null then (request ->> 'payment')::public.payment_provider end as provider) as kind
  left join public.carts on carts.token_hash = hashes.cart or carts.user_id = v_user
  left join public.locations on locations.active and request -> 'delivery' ->> 'method' = 'collection'
    and locations.id = case when bad.field is null then (request -> 'delivery' ->> 'location_id')::uuid end;
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
  v_lines private.draft_line[];
begin
  select array_agg(row(draft.n, line.cart_id, line.variant_id, variants.sku, products.title, variants.option_values,
      price.minor, products.tax_rate_bp, line.quantity, price.minor::bigint * line.quantity,
      private.tax_included(price.minor::bigint * line.quantity, products.tax_rate_bp),
      variants.limit_per_person, variants.active and products.status = 'active'
    )::private.draft_line order by draft.n, line.variant_id)
  into v_lines
  from unnest(drafts) as draft
  join public.cart_lines as line on line.cart_id = draft.cart_id
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  -- The price of a hold that lives, else today's.
  cross join lateral (
    select case when exists (
      select from public.claims
      where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id and claims.expires_at > v_now
    ) then line.price_minor else variants.price_minor end as minor
  ) as price;
  return coalesce(v_lines, '{}');
end;
$$;
comment on function private.lines_of(private.order_draft[]) is 'What is in the carts of drafts, by draft and variant, at the price each line has now.';

create function private.begin_orders(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_claimed uuid[];
  v_draft private.order_draft;
  v_answers jsonb := '{}';
begin
  with claimed as (
    insert into private.idempotency_keys (actor, key, operation, request)
    select private.actor(), draft.key, 'place_order', draft.request
    from unnest(drafts) as draft
    where draft.refusal is null
    order by draft.key, draft.n
    on conflict do nothing
    returning idempotency_keys.key
  )
  select array_agg(claimed.key) into v_claimed from claimed;
  if cardinality(v_claimed) = cardinality(drafts) then
    return v_answers;
  end if;

  foreach v_draft in array drafts loop
    if v_draft.refusal is not null then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_draft.refusal));
    elsif v_draft.key = any (v_claimed) then
      v_claimed := array_remove(v_claimed, v_draft.key);
    else
      v_answers := v_answers || (
        select jsonb_build_object(v_draft.n, case
          when first.operation = 'place_order' and private.same_request(first, v_draft.request) then jsonb_build_object('order', first.response)
          else jsonb_build_object('refused', private.refusal(409, 'idempotency_key_reused', jsonb_build_object('operation', first.operation),
            'This key already stands for another request. Make a new key for a new gesture.'))
        end)
        from private.idempotency_keys as first
        where first.actor = private.actor() and first.key = v_draft.key
      );
    end if;
  end loop;
  return v_answers;
end;
$$;
comment on function private.begin_orders(private.order_draft[]) is
  'begin_once for many: claims the keys of all drafts that are right. Returns, by n, the answers of the others: refused,
   or what their key answered the first time.';

create function private.refuse_drafts(drafts private.order_draft[], lines private.draft_line[])
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
        when cart.total_minor is null then
          private.refusal(409, 'cart_empty', '{}', 'Put something into the cart first. If this was sent twice, repeat the first key.')
        when cart.off_sale is not null then
          private.refusal(409, 'not_for_sale', jsonb_build_object('lines', cart.off_sale), 'Take these lines out of the cart.')
        when draft.expected_minor <> cart.total_minor then
          private.refusal(409, 'price_changed', jsonb_build_object('expected_minor', draft.expected_minor, 'total_minor', cart.total_minor),
            'Show the new total and ask again.')
      end as refusal
      from unnest(drafts) as draft
      left join (
        select line.n, sum(line.total_minor) as total_minor,
          jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) filter (where not line.for_sale) as off_sale
        from unnest(lines) as line
        group by line.n
      ) as cart on cart.n = draft.n
    ) as refused
    where refused.refusal is not null
  );
end;
$$;
comment on function private.refuse_drafts(private.order_draft[], private.draft_line[]) is
  'What is wrong before any unit is taken, by n: an empty cart, something not for sale, another total than expected.';

create function private.which_are_held(lines private.draft_line[])
returns boolean[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select exists (select from public.claims where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id)
    from unnest(lines) as line
    order by line.n, line.variant_id
  );
end;
$$;
comment on function private.which_are_held(private.draft_line[]) is
  'For each line, whether its cart has claims for it. A line is held in full or not at all. Under the variants'' locks.';

create function private.share_out(
  drafts private.order_draft[], lines private.draft_line[], out shares private.draft_share[], out refusals jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_held boolean[] := private.which_are_held(lines);
  v_unheld uuid[] := array(select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]);
  v_variants uuid[];
  v_places uuid[];
  v_left integer[];
  v_draft private.order_draft;
  v_line private.draft_line;
  v_at integer := 1;
  v_level integer;
  v_missing integer;
  v_units integer;
  v_levels integer[] := '{}';
  v_before integer;
  v_short jsonb;
  v_bought jsonb := '{}';
  v_bought_before jsonb;
  v_refusal jsonb;
begin
  shares := '{}';
  refusals := '{}';
  -- Even a hold that ran out a moment ago stands, as long as nobody needs its units; who does, releases it first.
  if cardinality(v_unheld) > 0 then
    perform private.release_expired(v_unheld);
    v_is_held := private.which_are_held(lines);
    select array_agg(level.variant_id order by level.variant_id, locations.position, level.location_id),
      array_agg(level.location_id order by level.variant_id, locations.position, level.location_id),
      array_agg(level.available order by level.variant_id, locations.position, level.location_id)
    into v_variants, v_places, v_left
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    where level.variant_id = any (v_unheld)
      and level.available > 0;
  end if;

  -- v_left counts down as shares are given; v_bought is what each person has got here of variants with a limit.
  foreach v_draft in array drafts loop
    v_before := cardinality(shares);
    v_bought_before := v_bought;
    v_short := '[]';
    v_refusal := null;
    loop
      v_line := lines[v_at];
      exit when v_line.n is distinct from v_draft.n;
      if v_line.limit_per_person is not null then
        v_units := coalesce((v_bought ->> (v_line.variant_id || v_draft.email))::integer, 0);
        v_bought := v_bought || jsonb_build_object(v_line.variant_id || v_draft.email, v_units + v_line.quantity);
        v_units := v_units + private.units_bought(v_line.variant_id, v_user, v_draft.email);
        if v_units + v_line.quantity > v_line.limit_per_person then
          v_refusal := private.refusal(409, 'limit_reached', jsonb_build_object('variant_id', v_line.variant_id,
            'limit', v_line.limit_per_person, 'bought', v_units, 'wanted', v_line.quantity), 'Take fewer: the limit counts earlier orders too.');
        end if;
      end if;
      if not v_is_held[v_at] then
        v_missing := v_line.quantity;
        -- The place of collection gives first, then the shop's own order.
        for v_pass in case when v_draft.collect_at is null then 2 else 1 end .. 2 loop
          v_level := array_position(v_variants, v_line.variant_id);
          while v_missing > 0 and v_variants[v_level] = v_line.variant_id loop
            v_units := least(v_left[v_level], v_missing);
            if v_units > 0 and (v_pass = 2 or v_places[v_level] = v_draft.collect_at) then
              shares := array_append(shares, row(v_draft.n, v_line.variant_id, v_places[v_level], v_units)::private.draft_share);
              v_levels := array_append(v_levels, v_level);
              v_left[v_level] := v_left[v_level] - v_units;
              v_missing := v_missing - v_units;
            end if;
            v_level := v_level + 1;
          end loop;
        end loop;
        if v_missing > 0 then
          v_short := v_short || jsonb_build_object('variant_id', v_line.variant_id, 'wanted', v_line.quantity,
            'left', v_line.quantity - v_missing);
        end if;
      end if;
      v_at := v_at + 1;
    end loop;

    if v_refusal is null and v_short <> '[]' then
      v_refusal := private.not_enough_left(v_short);
    end if;
    if v_refusal is not null then
      refusals := refusals || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_refusal));
      -- All or nothing: what a refused order took on the way is there for the next.
      for v_share in v_before + 1 .. cardinality(shares) loop
        v_left[v_levels[v_share]] := v_left[v_levels[v_share]] + (shares[v_share]).units;
      end loop;
      v_bought := v_bought_before;
      shares := shares[1:v_before];
      v_levels := v_levels[1:v_before];
    end if;
  end loop;
end;
$$;
comment on function private.share_out(private.order_draft[], private.draft_line[]) is
  'Gives each draft in its turn the units it does not hold, all or nothing: shares says from where, refusals by n who
   was short or beyond a limit. Writes nothing but what ran out. The caller
   holds the variants'' locks.';

create function private.write_orders(drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_currency text := (select shop_settings.currency from public.shop_settings where shop_settings.only_row);
  v_carts uuid[] := array(select draft.cart_id from unnest(drafts) as draft);
  v_orders public.orders[];
  v_items public.order_items[];
  v_answers jsonb;
  v_placed jsonb;
  v_keys uuid[];
begin
  with made as (
    insert into public.orders (id, user_id, token_hash, email, name, phone, delivery, collect_at, address, status, currency,
      units, total_minor, tax_minor, placed_at)
    select draft.order_id, auth.uid(), draft.token_hash, draft.email, draft.name, draft.phone, draft.delivery, draft.collect_at,
      draft.address, case when draft.deadline is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency,
      cart.units, cart.total_minor, cart.tax_minor, draft.placed_at
    from unnest(drafts) as draft
    join (
      select line.n, sum(line.quantity) as units, sum(line.total_minor) as total_minor, sum(line.tax_minor) as tax_minor
      from unnest(lines) as line
      group by line.n
    ) as cart using (n)
    order by draft.n
    returning *
  )
  select array_agg(made::public.orders order by made.number) into v_orders from made;

  insert into public.payments (id, order_id, provider, status, currency, amount_minor, deadline)
  select draft.payment_id, draft.order_id, draft.provider,
    case when draft.deadline is null then 'due' else 'pending' end::public.payment_status, v_currency, made.total_minor, draft.deadline
  from unnest(drafts) as draft
  join unnest(v_orders) as made on made.id = draft.order_id;

  insert into public.order_events (order_id, kind)
  select made.id, made.status::text from unnest(v_orders) as made;

  with made as (
    insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity,
      total_minor, tax_minor, sold_at)
    select draft.order_id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor, line.tax_rate_bp, line.quantity,
      line.total_minor, line.tax_minor, draft.placed_at
    from unnest(lines) as line
    join unnest(drafts) as draft using (n)
    order by line.n, line.variant_id
    returning *
  )
  select array_agg(made::public.order_items) into v_items from made;

  if cardinality(shares) > 0 then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select share.variant_id, share.location_id, item.id, share.units, draft.deadline
    from unnest(shares) as share
    join unnest(drafts) as draft using (n)
    join unnest(v_items) as item on item.order_id = draft.order_id and item.variant_id = share.variant_id;
  end if;
  if exists (select from public.claims where claims.cart_id = any (v_carts)) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.deadline
    from unnest(drafts) as draft
    join unnest(v_items) as item on item.order_id = draft.order_id
    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;
  end if;
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  select jsonb_object_agg(answer.n, jsonb_build_object('order', answer.placed)), jsonb_object_agg(answer.key, answer.placed), array_agg(answer.key)
  into v_answers, v_placed, v_keys
  from (
    select draft.n, draft.key, jsonb_build_object('order_id', made.id, 'number', made.number, 'status', made.status,
      'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency, 'payment_id', draft.payment_id,
      'pay_until', draft.deadline) as placed
    from unnest(drafts) as draft
    join unnest(v_orders) as made on made.id = draft.order_id
  ) as answer;
  -- By both columns of the index, never by a join: while the planner knows of no rows it would read those of every guest.
  update private.idempotency_keys as asked
  set response = v_placed -> asked.key::text
  where asked.actor = private.actor() and asked.key = any (v_keys);
  return v_answers;
end;
$$;
comment on function private.write_orders(private.order_draft[], private.draft_line[], private.draft_share[]) is
  'Everything these orders are: orders, payments, timelines, items, claims (taken or kept), emptied carts, answers for a
   repeat. Returns the answers by n.';

create function private.unanswered(inout drafts private.order_draft[], inout lines private.draft_line[], answers jsonb)
language plpgsql
immutable
set search_path = ''
as $$
begin
  drafts := array(select draft from unnest(drafts) as draft where not answers ? draft.n::text order by draft.n);
  lines := array(select line from unnest(lines) as line where not answers ? line.n::text order by line.n, line.variant_id);
end;
$$;
comment on function private.unanswered(private.order_draft[], private.draft_line[], jsonb) is
  'The drafts without an answer, and their lines.';

create function private.place_orders(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_all private.order_draft[];
  v_drafts private.order_draft[];
  v_lines private.draft_line[];
  v_shares private.draft_share[];
  v_answers jsonb;
  v_refusals jsonb;
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100 then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}', 'Send a JSON array of requests.');
  end if;
  if jsonb_array_length(requests) > 1 and (auth.uid() is not null or exists (
    select from jsonb_array_elements(requests) as asked (request) group by asked.request -> 'cart_token' having count(*) > 1
  )) then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once"}', 'Send each cart once per call.');
  end if;

  -- Keys, then carts, then variants: the order in which everybody locks. Who is answered on the way drops out.
  v_all := private.draft_orders(requests);
  v_answers := private.begin_orders(v_all);
  if v_answers <> '{}' then
    v_all := (private.unanswered(v_all, '{}', v_answers)).drafts;
  end if;
  perform from public.carts
  where carts.id = any (array(select draft.cart_id from unnest(v_all) as draft))
  order by carts.id
  for no key update;
  v_lines := private.lines_of(v_all);
  v_drafts := v_all;
  v_refusals := private.refuse_drafts(v_all, v_lines);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_all, v_lines, v_answers) as rest;
  end if;

  perform private.queue_for(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  select shared.shares, shared.refusals into v_shares, v_refusals from private.share_out(v_drafts, v_lines) as shared;
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shares);
  end if;

  -- A refused call leaves no key behind.
  if cardinality(v_drafts) < cardinality(v_all) then
    delete from private.idempotency_keys
    where idempotency_keys.actor = private.actor()
      and idempotency_keys.key = any (array(select draft.key from unnest(v_all) as draft where v_answers -> draft.n::text ? 'refused'));
  end if;
  return (select jsonb_agg(v_answers -> asked.n::text order by asked.n) from generate_series(1, jsonb_array_length(requests)) as asked (n));
end;
$$;
comment on function private.place_orders(jsonb) is 'See public.place_orders.';

create function public.place_orders(requests jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_orders(requests);
end;
$$;
comment on function public.place_orders(jsonb) is
  'Places up to a hundred orders at once, for a server in front of many waiting shoppers: each request is an object with
   the arguments of place_order, each from another cart, and each is answered by itself, in its place, with {"order":
   what place_order returns} or {"refused": {status, code, detail, hint}}: what it would have raised. They are served in
   the order of the list. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

create function private.place_order(request jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answer jsonb := private.place_orders(jsonb_build_array(request)) -> 0;
begin
  if v_answer ? 'refused' then
    perform private.refuse(v_answer -> 'refused');
  end if;
  return v_answer -> 'order';
end;
$$;
comment on function private.place_order(jsonb) is 'See public.place_order.';

create function public.place_order(
  contact jsonb, delivery jsonb, payment public.payment_provider, idempotency_key uuid,
  cart_token text default null, order_token text default null, expected_total_minor bigint default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_order(jsonb_strip_nulls(jsonb_build_object('contact', contact, 'delivery', delivery, 'payment', payment,
    'idempotency_key', idempotency_key, 'cart_token', cart_token, 'order_token', order_token, 'expected_total_minor', expected_total_minor)));
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

revoke execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint), public.place_orders(jsonb)
from public, anon, authenticated;
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint), public.place_orders(jsonb),
  private.place_order(jsonb), private.place_orders(jsonb)
to service_role;
-- Somebody signed in places an order of their own cart; many at once are the shop's server's.
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint), private.place_order(jsonb)
to authenticated;
