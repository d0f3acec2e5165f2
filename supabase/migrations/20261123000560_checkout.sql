-- From cart to order. Orders that wait together are placed together: in a rush the cost of an order is not its units
-- but its statements, and thirty orders need no more of those than one (docs/decisions/0013).
--
--   requests ──▶ drafts ──▶ lines ──▶ shares ──▶ orders
--   (checked)    (whose     (what, at  (which     (everything an order is, in one statement)
--                 cart)      a price)   place)
--
-- Nothing is locked but keys and carts until the lines are known. Then the variants are, and what was not held is
-- shared out, first come first served, each order all or nothing. place_order is a call with one request.

create type private.order_request as (
  field text, key uuid, cart_hash bytea, token_hash bytea, network text, proof boolean, email text, name text, phone text,
  delivery public.delivery_method, location_id uuid, address jsonb, provider public.payment_provider, expected_minor bigint
);
comment on type private.order_request is
  'A request for an order as it was read from JSON; nothing after this sees the JSON. field: the first one that is missing
   or not right.';

create type private.order_draft as (
  n integer, key uuid, request_hash jsonb, token_hash bytea, guest_hash bytea, network text, proof boolean, cart_id uuid,
  email text, name text, phone text, delivery public.delivery_method, collect_at uuid, address jsonb,
  provider public.payment_provider, expected_minor bigint, order_id uuid, payment_id uuid, placed_at timestamptz,
  held_until timestamptz, deadline timestamptz, refusal jsonb
);
comment on type private.order_draft is
  'One request of a call, in the n-th place, checked: what its order will be, or the refusal. Not held_until: its units are
   committed at once.';

create type private.draft_line as (
  n integer, cart_id uuid, variant_id uuid, sku text, title text, option_values text[], price_minor integer, tax_rate_bp integer,
  quantity integer, total_minor bigint, tax_minor bigint, limit_per_person integer, for_sale boolean
);
comment on type private.draft_line is 'What the n-th draft wants, with what the order will for ever say about it.';

create type private.draft_share as (n integer, variant_id uuid, location_id uuid, units integer);
comment on type private.draft_share is 'Units of one place for one line of the n-th draft.';

-- Reading -----------------------------------------------------------------------------------------------------

create function private.secret_hash_in(value jsonb)
returns bytea
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(value) = 'string' and length(value #>> '{}') between 32 and 200 then
    return sha256(convert_to(value #>> '{}', 'UTF8'));
  end if;
  return null;
end;
$$;
comment on function private.secret_hash_in(jsonb) is
  'The hash of a guest''s secret in JSON, by the rule of private.token_hash. NULL for anything else.';

create function private.email_in(value jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_email text := lower(private.text_in(value, 254, 3));
begin
  if length(v_email) <= 254
    and v_email ~ '^[^[:space:]@<>()\[\],;:"\\]+@[^[:space:]@<>()\[\],;:"\\.]+(\.[^[:space:]@<>()\[\],;:"\\.]+)+$' then
    return v_email;
  end if;
  return null;
end;
$$;
comment on function private.email_in(jsonb) is
  'An e-mail address, in lower case: one @, a domain of at least two parts, no spaces and none of <>()[],;:"\. Letters of
   any language. NULL for anything else.';

create function private.address_in(address jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_country text := private.text_in(address -> 'country', 2, 2);
begin
  return jsonb_build_object('line1', private.text_in(address -> 'line1', 200),
    'postcode', private.text_in(address -> 'postcode', 20), 'city', private.text_in(address -> 'city', 200),
    'country', case when v_country ~ '^[A-Z]{2}$' then v_country end);
end;
$$;
comment on function private.address_in(jsonb) is 'The known keys of an address; NULL in place of what is missing or not right.';

create function private.wrong_field(request jsonb, asked private.order_request, is_guest boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when asked.key is null then 'idempotency_key'
    when is_guest and asked.cart_hash is null then 'cart_token'
    when asked.token_hash is null and (is_guest or request -> 'order_token' <> 'null') then 'order_token'
    when jsonb_typeof(request -> 'contact') is distinct from 'object' then 'contact'
    when asked.email is null then 'contact.email'
    when asked.name is null then 'contact.name'
    when asked.phone is null and request -> 'contact' -> 'phone' <> 'null' then 'contact.phone'
    when asked.provider is null then 'payment'
    when asked.expected_minor is null and request -> 'expected_total_minor' <> 'null' then 'expected_total_minor'
    when asked.delivery is null then 'delivery.method'
    when asked.delivery = 'collection' then case when asked.location_id is null then 'delivery.location_id' end
    when asked.address ->> 'line1' is null then 'delivery.address.line1'
    when asked.address ->> 'postcode' is null then 'delivery.address.postcode'
    when asked.address ->> 'city' is null then 'delivery.address.city'
    when asked.address ->> 'country' is null then 'delivery.address.country'
  end;
end;
$$;
comment on function private.wrong_field(jsonb, private.order_request, boolean) is
  'The first field of a request that is missing or was not read; NULL when all are right. An optional one may be null.';

create function private.read_request(request jsonb, is_guest boolean)
returns private.order_request
language plpgsql
stable
set search_path = ''
as $$
declare
  asked private.order_request;
  v_contact jsonb := request -> 'contact';
  v_delivery jsonb := request -> 'delivery';
  v_method jsonb := v_delivery -> 'method';
  v_payment jsonb := request -> 'payment';
begin
  if pg_column_size(request) > 16384 then
    asked.field := 'request';
    return asked;
  end if;
  asked.key := private.uuid_in(request -> 'idempotency_key');
  asked.cart_hash := case when is_guest then private.secret_hash_in(request -> 'cart_token') end;
  asked.token_hash := private.secret_hash_in(request -> 'order_token');
  asked.email := private.email_in(v_contact -> 'email');
  asked.name := private.text_in(v_contact -> 'name', 120);
  if v_contact ? 'phone' then
    asked.phone := private.text_in(v_contact -> 'phone', 40);
  end if;
  if request ? 'expected_total_minor' then
    asked.expected_minor := private.whole_in(request -> 'expected_total_minor', 0, 1000000000000000);
  end if;
  if jsonb_typeof(v_payment) = 'string' and pg_input_is_valid(v_payment #>> '{}', 'public.payment_provider') then
    asked.provider := (v_payment #>> '{}')::public.payment_provider;
  end if;
  if v_method = '"collection"' then
    asked.delivery := 'collection';
    asked.location_id := private.uuid_in(v_delivery -> 'location_id');
  elsif v_method = '"delivery"' then
    asked.delivery := 'delivery';
    asked.address := private.address_in(v_delivery -> 'address');
  end if;
  -- What only the shop's own server can say.
  if private.is_trusted() then
    asked.network := substring(request ->> 'network' from '^[0-9a-f]{32}$');
    asked.proof := request -> 'proof' = 'true';
  end if;
  asked.field := private.wrong_field(request, asked, is_guest);
  return asked;
end;
$$;
comment on function private.read_request(jsonb, boolean) is
  'Reads a request once, from known keys, each of its own type and within its length; keys it does not know are ignored.';

create function private.refuse_request(asked private.order_request, place uuid, is_offered boolean)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when asked.field is not null then private.refusal(422, 'invalid_input', jsonb_build_object('field', asked.field,
      'problem', 'missing, too long or not valid'), 'See place_order for what to send.')
    when not is_offered then private.refusal(422, 'invalid_input',
      '{"field": "payment", "problem": "not offered by this shop"}', 'Choose a payment that is offered.')
    when asked.delivery = 'delivery' and asked.provider = 'on_collection' then private.refusal(422, 'invalid_input',
      '{"field": "payment", "problem": "not with delivery"}', 'An order that is delivered is paid online.')
    when asked.delivery = 'collection' and place is null then private.refusal(404, 'not_found',
      jsonb_build_object('location_id', asked.location_id), 'Choose an active location.')
  end;
end;
$$;
comment on function private.refuse_request(private.order_request, uuid, boolean) is
  'The refusal of a request that is not right by itself, whatever is in its cart; NULL when it is.';

create function private.has_confirmed_email(user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return user_id is not null and exists (
    select from auth.users where users.id = has_confirmed_email.user_id and users.email_confirmed_at is not null
  );
end;
$$;
comment on function private.has_confirmed_email(uuid) is 'Whether Auth has seen this account receive e-mail.';

create function private.draft_orders(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_confirmed boolean := private.has_confirmed_email(auth.uid());
  v_now timestamptz := private.clock();
  v_unpaid_until timestamptz := v_now + (select shop_limits.unpaid_for from private.shop_limits);
  v_drafts private.order_draft[];
begin
  select array_agg(row(
      given.n, asked.key,
      private.request_hash(jsonb_build_array(v_user, encode(asked.cart_hash, 'hex'), encode(asked.token_hash, 'hex'), asked.email,
        asked.name, asked.phone, asked.delivery, asked.location_id, asked.address, asked.provider, asked.expected_minor)),
      asked.token_hash, asked.cart_hash, asked.network, asked.proof, carts.id, asked.email, asked.name, asked.phone,
      asked.delivery, locations.id, asked.address, asked.provider, asked.expected_minor, gen_random_uuid(), gen_random_uuid(),
      case when asked.provider = 'on_collection' then v_now end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline when not v_is_confirmed then v_unpaid_until end,
      private.refuse_request(asked, locations.id, coalesce(kind.enabled, false))
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
  v_until timestamptz := clock_timestamp() + interval '1 second';
  v_seed bigint := uuid_hash_extended(private.actor(), 1); -- as in private.key_gate
  v_busy uuid[];
  v_known jsonb;
  v_draft private.order_draft;
  v_first jsonb;
  v_seen uuid[] := '{}';
  v_answers jsonb := '{}';
begin
  -- In one order for everybody; only a key that another call is using is waited for.
  v_busy := array(
    select asked.key
    from (
      select distinct draft.key, uuid_hash_extended(draft.key, v_seed) as gate
      from unnest(drafts) as draft where draft.refusal is null
      order by 2
    ) as asked
    where not pg_try_advisory_xact_lock(asked.gate)
  );
  v_busy := array(select asked.key from unnest(v_busy) as asked (key) where not private.try_gate(private.key_gate(asked.key), v_until));
  select coalesce(jsonb_object_agg(first.key, to_jsonb(first)), '{}') into v_known
  from private.idempotency_keys as first
  where first.actor = private.actor() and first.key = any (array(select draft.key from unnest(drafts) as draft));

  foreach v_draft in array drafts loop
    v_first := v_known -> v_draft.key::text;
    if v_draft.refusal is not null then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_draft.refusal));
    elsif v_draft.key = any (v_busy) then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', private.busy()));
    elsif v_first ->> 'operation' = 'place_order' and v_first -> 'request' = v_draft.request_hash then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('order', v_first -> 'response'));
    elsif v_first is not null or v_draft.key = any (v_seen) then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', private.refusal(409,
        'idempotency_key_reused', jsonb_build_object('operation', coalesce(v_first ->> 'operation', 'place_order')),
        'This key already stands for another request. Make a new key for a new gesture.')));
    else
      v_seen := v_seen || v_draft.key;
    end if;
  end loop;
  return v_answers;
end;
$$;
comment on function private.begin_orders(private.order_draft[]) is
  'begin_once for many: takes the keys'' locks. Returns, by n, the answers of drafts that are not new orders: refused, or
   what their key answered the first time. write_orders stores the keys of the others, with their answers.';

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
  foreach v_cart in array array(select distinct asked.id from unnest(cart_ids) as asked (id) where asked.id is not null order by 1) loop
    begin
      perform from public.carts where carts.id = v_cart for no key update nowait;
    exception when lock_not_available then
      v_locked := v_locked || v_cart;
    end;
  end loop;
  return v_locked;
end;
$$;
comment on function private.lock_carts(uuid[]) is 'Locks these carts and returns those that are locked by others for too long.';

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

create function private.is_unpaid(order_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.payments as payment
    where payment.order_id = is_unpaid.order_id and payment.status = 'due' and payment.deadline is not null
  );
end;
$$;
comment on function private.is_unpaid(uuid) is 'Whether an order is to be paid on collection and has a deadline.';

create function private.open_unpaid(asked private.order_draft[])
returns table (user_id uuid, guest_hash bytea, network text)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_guests bytea[] := array(select draft.guest_hash from unnest(asked) as draft where draft.guest_hash is not null);
  v_networks text[] := array(select distinct draft.network from unnest(asked) as draft where draft.network is not null);
  v_since timestamptz := private.clock() - (select shop_limits.unpaid_for from private.shop_limits);
begin
  -- (offset 0: so that the index of the person is used, whatever the planner believes while the tables are young.)
  if auth.uid() is not null then
    return query
    select mine.user_id, null::bytea, null::text
    from (select orders.id, orders.user_id, orders.status from public.orders where orders.user_id = auth.uid() offset 0) as mine
    where mine.status = 'placed' and private.is_unpaid(mine.id);
  else
    return query
    select null::uuid, mine.guest_hash, null::text
    from (select orders.id, orders.guest_hash, orders.status from public.orders where orders.guest_hash = any (v_guests) offset 0) as mine
    where mine.status = 'placed' and private.is_unpaid(mine.id);
  end if;
  if v_networks <> '{}' then
    return query
    select null::uuid, null::bytea, near.network
    from (
      select orders.id, orders.network, orders.status from public.orders
      where orders.network = any (v_networks) and orders.created_at > v_since offset 0
    ) as near
    where near.status = 'placed' and private.is_unpaid(near.id);
  end if;
end;
$$;
comment on function private.open_unpaid(private.order_draft[]) is
  'The unpaid orders with a deadline: a row for each of the caller''s account or of the guests of these drafts, and one for
   each of their networks.';

create function private.may_exceed(asked private.order_draft[], lines private.draft_line[], limits private.shop_limits)
returns boolean
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return auth.uid() is not null
    or limits.unpaid_orders < 1
    or exists (select from unnest(asked) as draft where draft.network is not null)
    or exists (select from unnest(lines) as line group by line.n having sum(line.total_minor) > limits.unpaid_minor)
    or exists (
      select from public.orders
      where orders.guest_hash = any (array(select draft.guest_hash from unnest(asked) as draft))
    );
end;
$$;
comment on function private.may_exceed(private.order_draft[], private.draft_line[], private.shop_limits) is
  'Whether unpaid orders have to be counted at all. Small first orders of guests of whom no network is known exceed nothing.';

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
  if not private.may_exceed(v_asked, lines, v_limits) then
    return '{}';
  end if;
  -- Two calls from one network must not both be the last one within the limit.
  perform pg_advisory_xact_lock(hashtextextended(asked.network, 2))
  from (select distinct draft.network from unnest(v_asked) as draft where draft.network is not null order by 1) as asked;
  return (
    with open as materialized (select * from private.open_unpaid(v_asked)),
    totals as (select line.n, sum(line.total_minor) as minor from unnest(lines) as line group by line.n),
    own as (select open.guest_hash, count(*) as orders from open where open.guest_hash is not null group by open.guest_hash),
    near as (select open.network, count(*) as orders from open where open.network is not null group by open.network),
    asked as (select draft.*, row_number() over (partition by draft.network order by draft.n) as place from unnest(v_asked) as draft)
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.refusal(409, 'proof_needed', '{"bits": 18}',
      'Confirm an e-mail address and sign in, or solve the proof of work and order again.'))), '{}')
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

  -- v_left counts down as shares are given. Each draft is another person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_before := cardinality(shares);
    v_short := '[]';
    v_refusal := null;
    loop
      v_line := lines[v_at];
      exit when v_line.n is distinct from v_draft.n;
      if v_line.limit_per_person is not null then
        v_units := private.units_bought(v_line.variant_id, v_user, v_draft.guest_hash);
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
begin
  with made as (
    insert into public.orders (id, user_id, token_hash, guest_hash, network, email, name, phone, delivery, collect_at, address,
      status, currency, units, total_minor, tax_minor, placed_at)
    select draft.order_id, auth.uid(), draft.token_hash, draft.guest_hash, draft.network, draft.email, draft.name, draft.phone,
      draft.delivery, draft.collect_at, draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency, cart.units, cart.total_minor, cart.tax_minor, draft.placed_at
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
    case when draft.held_until is null then 'due' else 'pending' end::public.payment_status, v_currency, made.total_minor, draft.deadline
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
    select share.variant_id, share.location_id, item.id, share.units, draft.held_until
    from unnest(shares) as share
    join unnest(drafts) as draft using (n)
    join unnest(v_items) as item on item.order_id = draft.order_id and item.variant_id = share.variant_id;
  end if;
  if exists (select from public.claims where claims.cart_id = any (v_carts)) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.held_until
    from unnest(drafts) as draft
    join unnest(v_items) as item on item.order_id = draft.order_id
    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;
  end if;
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  with answer as (
    select draft.n, draft.key, draft.request_hash, jsonb_build_object('order_id', made.id, 'number', made.number,
      'status', made.status, 'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency,
      'payment_id', draft.payment_id, 'pay_until', draft.deadline) as placed
    from unnest(drafts) as draft
    join unnest(v_orders) as made on made.id = draft.order_id
  ),
  kept as (
    insert into private.idempotency_keys (actor, key, operation, request, response)
    select private.actor(), answer.key, 'place_order', answer.request_hash, answer.placed from answer order by answer.n
  )
  select jsonb_object_agg(answer.n, jsonb_build_object('order', answer.placed)) into v_answers from answer;
  return v_answers;
end;
$$;
comment on function private.write_orders(private.order_draft[], private.draft_line[], private.draft_share[]) is
  'Everything these orders are: orders, payments, timelines, items, claims (taken or kept), emptied carts, keys with their
   answers. Returns the answers by n.';

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

create function private.list_drafts(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_drafts private.order_draft[];
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100
    or pg_column_size(requests) > 100 * 16384 then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}', 'Send a JSON array of requests.');
  end if;
  v_drafts := private.draft_orders(requests);
  -- By the cart itself, however its secret was written.
  if cardinality(v_drafts) > 1 and (auth.uid() is not null or exists (
    select from unnest(v_drafts) as draft where draft.guest_hash is not null group by draft.guest_hash having count(*) > 1
  )) then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once"}', 'Send each cart once per call.');
  end if;
  return v_drafts;
end;
$$;
comment on function private.list_drafts(jsonb) is
  'The drafts of a call. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

create function private.all_busy(ns integer[])
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.busy())), '{}') from unnest(ns) as asked (n));
end;
$$;
comment on function private.all_busy(integer[]) is 'private.busy() for each of these drafts.';

create function private.place_orders(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '3s'
as $$
declare
  v_drafts private.order_draft[] := private.list_drafts(requests);
  v_count integer := cardinality(v_drafts);
  v_lines private.draft_line[] := '{}';
  v_shares private.draft_share[];
  v_locked uuid[];
  v_answers jsonb;
  v_refusals jsonb;
  v_subjects text[] := array(
    select private.subject_of(draft.guest_hash, auth.uid()) from unnest(v_drafts) as draft order by draft.n
  );
  v_networks text[] := array(select draft.network from unnest(v_drafts) as draft order by draft.n);
begin
  -- Keys, then carts, then variants: the order in which everybody locks. A draft with an answer drops out.
  v_answers := private.begin_orders(v_drafts);
  -- (Who repeats an order that was placed is answered, however often they ask.)
  v_answers := private.turned_away('checkout', v_subjects, v_networks) || v_answers;
  v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  v_locked := private.lock_carts(array(select draft.cart_id from unnest(v_drafts) as draft));
  if v_locked <> '{}' then
    v_answers := v_answers || private.all_busy(array(select draft.n from unnest(v_drafts) as draft where draft.cart_id = any (v_locked)));
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;

  v_lines := private.lines_of(v_drafts);
  v_refusals := private.refuse_unpaid(v_drafts, v_lines) || private.refuse_drafts(v_drafts, v_lines);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;

  v_locked := private.queue_for_free(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  if v_locked <> '{}' then
    v_answers := v_answers || private.all_busy(array(select line.n from unnest(v_lines) as line where line.variant_id = any (v_locked)));
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  select shared.shares, shared.refusals into v_shares, v_refusals from private.share_out(v_drafts, v_lines) as shared;
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shares);
  end if;
  perform private.count_callers('checkout', v_subjects, v_networks);
  return (select jsonb_agg(v_answers -> asked.n::text order by asked.n) from generate_series(1, v_count) as asked (n));
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
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
   the order of the list; one that would wait too long for a lock is refused as busy, the others go on. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

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
  cart_token text default null, order_token text default null, expected_total_minor bigint default null,
  network text default null, proof boolean default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_order(jsonb_strip_nulls(jsonb_build_object('contact', contact, 'delivery', delivery, 'payment', payment,
    'idempotency_key', idempotency_key, 'cart_token', cart_token, 'order_token', order_token,
    'expected_total_minor', expected_total_minor, 'network', network, 'proof', proof)));
end;
$$;
comment on function public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean) is
  'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}, the country by its two letters; other keys are ignored. Held units are taken over without another check; what
   was not held is taken now. With on_collection (never with delivery) the order is placed, and keeps its units until
   pay_until unless it is confirmed: by the account''s confirmed e-mail address, or later by confirm_order. Else its units are
   held until pay_until. Guests pass an order_token, the secret of their order link. expected_total_minor is what the
   person saw. From the secret key alone: network, a hash of 32 hex digits, and proof, that a proof of work was checked.
   Returns {order_id, number, status, total_minor, tax_minor, currency, payment_id, pay_until}. Raises not_enough_left (409,
   every short line), cart_empty (409), not_for_sale (409), price_changed (409), limit_reached (409), proof_needed (409),
   too_many_requests (429), blocked (403), not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

revoke execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean), public.place_orders(jsonb)
from public, anon, authenticated;
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean), public.place_orders(jsonb),
  private.place_order(jsonb), private.place_orders(jsonb)
to service_role;
-- Somebody signed in places an order of their own cart; many at once are the shop's server's.
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean),
  private.place_order(jsonb)
to authenticated;
