set check_function_bodies = off;

CREATE TABLE "private"."discount_claims" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "discount_id" uuid NOT NULL, "cart_id" uuid, "order_id" uuid, "expires_at" timestamp with time zone, CONSTRAINT "discount_claims_cart_id_key" UNIQUE (cart_id), CONSTRAINT "discount_claims_have_one_owner" CHECK ((num_nonnulls(cart_id, order_id) = 1)), CONSTRAINT "discount_claims_of_carts_expire" CHECK (((cart_id IS NULL) = (expires_at IS NULL))), CONSTRAINT "discount_claims_order_id_key" UNIQUE (order_id), CONSTRAINT "discount_claims_pkey" PRIMARY KEY (id));

ALTER TABLE "private"."discount_claims" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."discount_counts" ("discount_id" uuid NOT NULL, "uses_limit" integer, "held" integer NOT NULL DEFAULT 0, "used" integer NOT NULL DEFAULT 0, "version" bigint NOT NULL DEFAULT 1, CONSTRAINT "discount_counts_held_check" CHECK ((held >= 0)), CONSTRAINT "discount_counts_pkey" PRIMARY KEY (discount_id), CONSTRAINT "discount_counts_used_check" CHECK ((used >= 0)), CONSTRAINT "discount_counts_uses_limit_check" CHECK (((uses_limit >= 1) AND (uses_limit <= 1000000))), CONSTRAINT "discount_uses_stay_within_limit" CHECK (((held + used) <= uses_limit)));

ALTER TABLE "public"."discount_counts" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."discount_counts" FROM "anon";

CREATE TABLE "public"."discounts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "title" text NOT NULL, "code" text, "kind" text NOT NULL, "percent_bp" integer, "amount_minor" bigint, "category" text, "product_id" uuid, "minimum_minor" bigint NOT NULL DEFAULT 0, "starts_at" timestamp with time zone, "ends_at" timestamp with time zone, "per_person" integer, "active" boolean NOT NULL DEFAULT true, "version" bigint NOT NULL DEFAULT 1, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "discounts_amount_minor_check" CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000'::bigint))), CONSTRAINT "discounts_code_check" CHECK ((code ~ '^[A-Z0-9-]{3,40}$'::text)), CONSTRAINT "discounts_code_key" UNIQUE (code), CONSTRAINT "discounts_count_codes_alone" CHECK (((code IS NOT NULL) OR (per_person IS NULL))), CONSTRAINT "discounts_end_after_they_start" CHECK ((ends_at > starts_at)), CONSTRAINT "discounts_kind_check" CHECK ((kind = ANY (ARRAY['percent'::text, 'amount'::text, 'free_delivery'::text]))), CONSTRAINT "discounts_minimum_minor_check" CHECK (((minimum_minor >= 0) AND (minimum_minor <= '1000000000000'::bigint))), CONSTRAINT "discounts_per_person_check" CHECK (((per_person >= 1) AND (per_person <= 1000))), CONSTRAINT "discounts_percent_bp_check" CHECK (((percent_bp >= 1) AND (percent_bp <= 10000))), CONSTRAINT "discounts_pkey" PRIMARY KEY (id), CONSTRAINT "discounts_take_one_value_off" CHECK ((((kind = 'percent'::text) = (percent_bp IS NOT NULL)) AND ((kind = 'amount'::text) = (amount_minor IS NOT NULL)))), CONSTRAINT "discounts_title_check" CHECK (((length(TRIM(BOTH FROM title)) >= 1) AND (length(TRIM(BOTH FROM title)) <= 80))));

ALTER TABLE "public"."discounts" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."discounts" FROM "anon";

ALTER TABLE "public"."carts" ADD COLUMN "discount_id" uuid;

ALTER TABLE "public"."orders" ADD COLUMN "discount_id" uuid;

ALTER TABLE "public"."orders" ADD COLUMN "discount_title" text;

ALTER TYPE "private"."order_draft" ADD ATTRIBUTE "discount_id" uuid CASCADE;

ALTER TYPE "private"."order_draft" ADD ATTRIBUTE "discount_title" text CASCADE;

ALTER TYPE "private"."order_draft" ADD ATTRIBUTE "free_delivery" boolean CASCADE;

create or replace function private.adopt_cart(cart_token text)
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
  foreach v_variant in array v_variants loop
    v_fewer := v_fewer || coalesce(private.adopt_line(v_variant, v_guest.id, v_own.id), '[]');
  end loop;
  if v_guest.discount_id is not null then
    perform private.adopt_discount(v_guest.id, v_own.id);
  end if;
  return private.cart_as_json(v_own.id) || jsonb_build_object('adopted', cardinality(v_variants), 'fewer', v_fewer);
end;
$$;

create or replace function private.adopt_discount(guest_cart uuid, own_cart uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_discount uuid;
begin
  update public.carts set discount_id = null where carts.id = guest_cart and carts.discount_id is not null;
  if exists (select from private.discount_claims as claim where claim.cart_id = own_cart) then
    delete from private.discount_claims as claim where claim.cart_id = guest_cart;
    return;
  end if;
  update private.discount_claims as claim set cart_id = own_cart where claim.cart_id = guest_cart
  returning claim.discount_id into v_discount;
  update public.carts set discount_id = v_discount where carts.id = own_cart and v_discount is not null;
end;
$$;

create or replace function private.apply_discount(code text, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_network text := private.believed_network(network);
  v_cart public.carts := private.own_cart(cart_token, false, v_network);
  v_subject text := private.subject_of(v_cart.token_hash, auth.uid());
  v_refusal jsonb;
begin
  if v_cart.id is null then
    perform private.refuse(409, 'cart_empty', '{}', 'Put something into the cart first.');
  end if;
  perform private.check_caller('discount', v_subject, v_network);
  v_refusal := private.try_discount(v_cart, code);
  perform private.count_callers('discount', array[v_subject], array[v_network]);
  if v_refusal is not null then
    return private.answer_refused(v_refusal);
  end if;
  return private.quote_cart('{}', cart_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.apply_discounts(inout drafts private.order_draft[], inout lines private.draft_line[])
language plpgsql
stable
set search_path = ''
as $$
declare
  v_draft private.order_draft;
  v_automatic public.discounts[];
  v_best private.draft_line[];
  v_off bigint;
  v_discount public.discounts;
  v_found private.draft_line[];
begin
  v_automatic := array(
    select discounts from public.discounts where discounts.code is null and discounts.active
    order by discounts.created_at, discounts.id
  );
  for d in 1 .. coalesce(cardinality(drafts), 0) loop
    v_draft := drafts[d];
    continue when v_draft.discount_id is null and v_automatic = '{}';
    v_best := null;
    v_off := -1;
    for v_discount in
      select own.* from public.discounts as own where own.id = v_draft.discount_id
      union all
      select automatic.* from unnest(v_automatic) as automatic where v_draft.discount_id is null
    loop
      v_found := case when private.is_running(v_discount) then private.discount_lines(
        v_discount, array(select line from unnest(lines) as line where line.n = v_draft.n order by line.variant_id)
      ) end;
      if v_found is not null and (select sum(line.discount_minor) from unnest(v_found) as line) > v_off then
        v_best := v_found;
        v_off := (select sum(line.discount_minor) from unnest(v_found) as line);
        v_draft.discount_title := v_discount.title;
        v_draft.free_delivery := v_discount.kind = 'free_delivery';
      end if;
    end loop;
    drafts[d] := v_draft;
    if v_best is not null then
      lines := array(
        select line from unnest(array(select other from unnest(lines) as other where other.n <> v_draft.n) || v_best)
          as line
        order by line.n, line.variant_id
      );
    end if;
  end loop;
end;
$$;

create or replace function private.cart_as_json(cart_id uuid)
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
      'sku', line.sku, 'option_values', line.option_values, 'quantity', line.quantity,
      'held', line.held, 'held_at', line.held_at, 'expires_at', line.expires_at, 'paused_until', line.paused_until,
      'price_minor', line.price_minor, 'total_minor', line.total_minor, 'for_sale', line.for_sale
      ) order by line.title, line.variant_id), '[]'),
    coalesce(sum(line.total_minor), 0),
    coalesce(sum(private.tax_included(line.total_minor, line.tax_rate_bp)), 0)
  into v_lines, v_total, v_tax
  from (
    select cart_line.variant_id, cart_line.quantity, products.id as product_id, products.handle, products.title,
      products.tax_rate_bp, variants.sku, variants.option_values,
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
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
    'now', v_now
  );
end;
$$;

create or replace function private.check_use(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_id', orders.id, 'status', orders.status, 'discount_id', orders.discount_id)
  into v_found
  from public.orders
  where orders.id = check_use.order_id and (orders.discount_id is not null and orders.status <> 'cancelled') <> exists (
    select from private.discount_claims as claim
    where claim.order_id = orders.id and claim.discount_id = orders.discount_id
  );
  if found then
    perform private.break_promise('uses_match_their_order', v_found);
  end if;
end;
$$;

create or replace function private.commit_uses(drafts private.order_draft[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.discount_claims as claim
  set cart_id = null, expires_at = null, order_id = draft.order_id
  from unnest(drafts) as draft
  where draft.discount_title is not null and claim.cart_id = draft.cart_id and claim.discount_id = draft.discount_id;
  update public.carts set discount_id = null
  where carts.id = any (array(
    select draft.cart_id from unnest(drafts) as draft
    where draft.discount_id is not null and draft.discount_title is not null
  ));
end;
$$;

create or replace function private.count_uses()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_ids uuid[];
  v_held integer[];
  v_used integer[];
begin
  if tg_op = 'INSERT' then
    select array_agg(added.discount_id), array_agg((added.cart_id is not null)::integer),
      array_agg((added.order_id is not null)::integer)
    into v_ids, v_held, v_used from added;
  elsif tg_op = 'DELETE' then
    select array_agg(gone.discount_id), array_agg(-(gone.cart_id is not null)::integer),
      array_agg(-(gone.order_id is not null)::integer)
    into v_ids, v_held, v_used from gone;
  else
    select array_agg(each.discount_id), array_agg(each.sign * (each.cart_id is not null)::integer),
      array_agg(each.sign * (each.order_id is not null)::integer)
    into v_ids, v_held, v_used
    from (
      select 1 as sign, added.* from added
      union all
      select -1, gone.* from gone
    ) as each;
  end if;
  if v_ids is not null then
    perform private.move_uses(v_ids, v_held, v_used);
  end if;
  return null;
end;
$$;

create or replace function private.discount_as_json(draft private.order_draft)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if draft.discount_id is null then
    return case when draft.discount_title is not null
      then jsonb_build_object('code', null, 'title', draft.discount_title, 'applies', true) end;
  end if;
  return (
    select jsonb_build_object('code', discounts.code, 'title', discounts.title,
      'applies', draft.discount_title is not null)
    from public.discounts where discounts.id = draft.discount_id
  );
end;
$$;

create or replace function private.discount_in(sent jsonb)
returns public.discounts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_new public.discounts;
  v_wrong text;
begin
  v_new.title := private.text_in(sent -> 'title', 80);
  v_new.code := upper(private.text_in(sent -> 'code', 40));
  v_new.kind := private.text_in(sent -> 'kind', 20);
  v_new.percent_bp := case when v_new.kind = 'percent' then private.whole_in(sent -> 'percent_bp', 1, 10000) end;
  v_new.amount_minor := case when v_new.kind = 'amount'
    then private.whole_in(sent -> 'amount_minor', 1, 1000000000000) end;
  select categories.slug into v_new.category from public.categories where categories.slug = sent ->> 'category';
  select products.id into v_new.product_id from public.products where products.handle = sent ->> 'product';
  v_new.minimum_minor := coalesce(private.whole_in(sent -> 'minimum_minor', 0, 1000000000000), 0);
  v_new.starts_at := private.moment_in(sent -> 'starts_at');
  v_new.ends_at := private.moment_in(sent -> 'ends_at');
  v_new.per_person := private.whole_in(sent -> 'per_person', 1, 1000);
  v_new.active := sent -> 'active' is distinct from 'false';
  v_wrong := case
    when v_new.title is null then 'title'
    when sent ->> 'code' <> '' and (v_new.code ~ '^[A-Z0-9-]{3,40}$') is not true then 'code'
    when (v_new.kind in ('percent', 'amount', 'free_delivery')) is not true then 'kind'
    when v_new.kind = 'percent' and v_new.percent_bp is null then 'percent_bp'
    when v_new.kind = 'amount' and v_new.amount_minor is null then 'amount_minor'
    when sent ->> 'category' <> '' and v_new.category is null then 'category'
    when sent ->> 'product' <> '' and v_new.product_id is null then 'product'
    when sent ->> 'minimum_minor' <> '' and private.whole_in(sent -> 'minimum_minor', 0, 1000000000000) is null
      then 'minimum_minor'
    when sent ->> 'starts_at' <> '' and v_new.starts_at is null then 'starts_at'
    when sent ->> 'ends_at' <> '' and (v_new.ends_at > coalesce(v_new.starts_at, '-infinity')) is not true
      then 'ends_at'
    when sent ->> 'per_person' <> '' and (v_new.per_person is null or v_new.code is null) then 'per_person'
    when sent ->> 'uses_limit' <> '' and (private.whole_in(sent -> 'uses_limit', 1, 1000000) is null
      or v_new.code is null) then 'uses_limit'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing, too long or not valid'), 'See save_discount.');
  end if;
  return v_new;
end;
$$;

create or replace function private.discount_lines(discount public.discounts, lines private.draft_line[])
returns private.draft_line[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own boolean[] := private.own_lines(discount, lines);
  v_line private.draft_line;
  v_lines private.draft_line[] := lines;
  v_goods bigint := 0;
  v_off bigint;
  v_so_far bigint := 0;
begin
  select coalesce(sum(line.total_minor), 0) into v_goods
  from unnest(lines) with ordinality as line where v_own[line.ordinality];
  if v_goods < discount.minimum_minor or v_goods = 0 or discount.kind = 'free_delivery' then
    return case when v_goods >= greatest(discount.minimum_minor, 1) then lines end;
  end if;
  v_off := case discount.kind
    when 'percent' then (v_goods * discount.percent_bp + 5000) / 10000
    else least(discount.amount_minor, v_goods)
  end;
  for n in 1 .. cardinality(lines) loop
    if v_own[n] then
      -- Shares of a running sum, rounded down: they add up, and none is more than its line.
      v_line := lines[n];
      v_line.discount_minor := div(v_off::numeric * (v_so_far + v_line.total_minor), v_goods)
        - div(v_off::numeric * v_so_far, v_goods);
      v_line.tax_minor := private.tax_included(v_line.total_minor - v_line.discount_minor, v_line.tax_rate_bp);
      v_so_far := v_so_far + v_line.total_minor;
      v_lines[n] := v_line;
    end if;
  end loop;
  return v_lines;
end;
$$;

create or replace function private.discount_refusal(code text, reason text, minimum_minor bigint default null)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'discount_refused',
    jsonb_build_object('code', code, 'reason', reason, 'minimum_minor', minimum_minor),
    'Remove the code or try another one. The cart is unchanged.')
$$;

create or replace function private.discounts_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'discounts', null::uuid, null::uuid,
    jsonb_build_object('discount_id', counts.discount_id, 'held', coalesce(sums.held, 0),
      'used', coalesce(sums.used, 0), 'orders', coalesce(placed.orders, 0)),
    jsonb_build_object('discount_id', counts.discount_id, 'held', counts.held, 'used', counts.used,
      'orders', counts.used)
  from public.discount_counts as counts
  left join (
    select claim.discount_id, count(claim.cart_id) as held, count(claim.order_id) as used
    from private.discount_claims as claim
    group by claim.discount_id
  ) as sums using (discount_id)
  left join (
    select orders.discount_id, count(*) as orders
    from public.orders
    where orders.discount_id is not null and orders.status <> 'cancelled'
    group by orders.discount_id
  ) as placed using (discount_id)
  where (counts.held, counts.used, counts.used)
    is distinct from (coalesce(sums.held, 0), coalesce(sums.used, 0), coalesce(placed.orders, 0))
$$;

create or replace function private.draft_orders(requests jsonb)
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

create or replace function private.hold_use(discount public.discounts, cart_id uuid, user_id uuid, guest_hash bytea)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_counts public.discount_counts;
begin
  select * into v_counts from public.discount_counts as counts
  where counts.discount_id = discount.id for no key update;
  if discount.per_person <= (
    select count(*)
    from public.orders
    join private.discount_claims as claim on claim.order_id = orders.id and claim.discount_id = discount.id
    where orders.user_id = hold_use.user_id or orders.guest_hash = hold_use.guest_hash
  ) then
    return 'already_used';
  end if;
  if exists (
    select from private.discount_claims as claim
    where claim.cart_id = hold_use.cart_id and claim.discount_id = discount.id
  ) then
    return null;
  end if;
  if v_counts.held + v_counts.used >= v_counts.uses_limit then
    perform private.release_uses(array[discount.id]);
    select * into v_counts from public.discount_counts as counts where counts.discount_id = discount.id;
    if v_counts.held + v_counts.used >= v_counts.uses_limit then
      return 'used_up';
    end if;
  end if;
  delete from private.discount_claims as claim where claim.cart_id = hold_use.cart_id;
  insert into private.discount_claims (discount_id, cart_id, expires_at)
  values (discount.id, hold_use.cart_id, private.clock() + (select shop_limits.hold_time from private.shop_limits));
  return null;
end;
$$;

create or replace function private.is_running(discount public.discounts)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return discount.active and coalesce(discount.starts_at <= private.clock(), true)
    and coalesce(discount.ends_at > private.clock(), true);
end;
$$;

create or replace function private.may_have_discount(cart_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.carts where carts.id = may_have_discount.cart_id and carts.discount_id is not null
  ) or exists (select from public.discounts where discounts.code is null and discounts.active);
end;
$$;

create or replace function private.moment_in(value jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T'
    and pg_input_is_valid(value #>> '{}', 'timestamptz') then
    return (value #>> '{}')::timestamptz;
  end if;
  return null;
end;
$$;

create or replace function private.move_uses(discount_ids uuid[], held integer[], used integer[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.discount_counts as counts
  where counts.discount_id = any (discount_ids) order by counts.discount_id for no key update;
  update public.discount_counts as counts
  set held = counts.held + moved.held, used = counts.used + moved.used, version = counts.version + 1
  from (
    select each.discount_id, sum(each.held)::integer as held, sum(each.used)::integer as used
    from unnest(discount_ids, move_uses.held, move_uses.used) as each (discount_id, held, used)
    group by each.discount_id
  ) as moved
  where counts.discount_id = moved.discount_id;
end;
$$;

create or replace function private.order_as_json(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select jsonb_build_object(
      'order_id', orders.id, 'number', orders.number, 'status', orders.status, 'version', orders.version,
      'ready', orders.status = 'placed' and private.units_to_pick(orders.id) = 0,
      'email', orders.email, 'name', orders.name, 'phone', orders.phone, 'delivery', orders.delivery,
      'collect_at', orders.collect_at, 'address', orders.address, 'currency', orders.currency, 'units', orders.units,
      'total_minor', orders.total_minor, 'tax_minor', orders.tax_minor, 'created_at', orders.created_at,
      'subtotal_minor', orders.subtotal_minor, 'discount_minor', orders.discount_minor,
      'delivery_minor', orders.delivery_minor, 'delivery_estimate', orders.delivery_estimate,
      'discount_title', orders.discount_title,
      'taxes', private.order_taxes(orders.id), 'worth_minor', private.order_worth(orders.id, with_returns => false),
      'kept_at', (
        select coalesce(jsonb_agg(distinct claim.location_id), '[]')
        from public.claims as claim
        join public.order_items as item on item.id = claim.order_item_id
        where item.order_id = orders.id and claim.quantity > claim.fulfilled
      ),
      'placed_at', orders.placed_at, 'cancelled_at', orders.cancelled_at, 'erase_asked_at', orders.erase_asked_at,
      'now', private.clock(),
      'payment', (
        select jsonb_build_object('payment_id', payment.id, 'provider', payment.provider, 'status', payment.status,
          'amount_minor', payment.amount_minor, 'captured_minor', payment.captured_minor,
          'refund_due_minor', payment.refund_due_minor, 'refunded_minor', payment.refunded_minor,
          'deadline', payment.deadline,
          'in_progress', coalesce(payment.attempt_at > private.clock() - interval '2 minutes', false))
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(
          jsonb_build_object('id', event.id, 'kind', event.kind, 'detail', event.detail, 'at', event.created_at)
          order by event.id
        )
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.own_lines(discount public.discounts, lines private.draft_line[])
returns boolean[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select coalesce(products.category = discount.category, true) and coalesce(products.id = discount.product_id, true)
    from unnest(lines) with ordinality as line
    join public.variants on variants.id = line.variant_id
    join public.products on products.id = variants.product_id
    order by line.ordinality
  );
end;
$$;

create or replace function private.place_orders(requests jsonb)
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
  v_lines private.draft_line[] := '{}';
  v_totals private.order_total[];
  v_shared record;
  v_locked uuid[];
  v_answers jsonb;
  v_refusals jsonb;
  v_callers record := private.callers_of(v_drafts);
begin
  -- Keys, then carts, then variants: the order in which everybody locks. A draft with an answer drops out.
  v_answers := private.begin_orders(v_drafts);
  -- (Who repeats an order that was placed is answered, however often they ask.)
  v_answers := private.turned_away('checkout', v_callers.subjects, v_callers.networks) || v_answers;
  if v_answers <> '{}' then
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;
  v_locked := private.lock_carts(array(select draft.cart_id from unnest(v_drafts) as draft));
  if v_locked <> '{}' then
    v_answers := v_answers
      || private.all_busy(array(select draft.n from unnest(v_drafts) as draft where draft.cart_id = any (v_locked)));
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;

  v_lines := private.lines_of(v_drafts);
  select priced.drafts, priced.lines into v_drafts, v_lines from private.apply_discounts(v_drafts, v_lines) as priced;
  v_totals := private.totals_of(v_drafts, v_lines);
  v_refusals := private.refuse_unpaid(v_drafts, v_lines) || private.refuse_drafts(v_drafts, v_lines, v_totals);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;

  v_locked := private.queue_for_free(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  if v_locked <> '{}' then
    v_answers := v_answers
      || private.all_busy(array(select line.n from unnest(v_lines) as line where line.variant_id = any (v_locked)));
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  v_shared := private.share_out(v_drafts, v_lines);
  if v_shared.refusals <> '{}' then
    v_answers := v_answers || v_shared.refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  v_refusals := private.take_uses(v_drafts);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shared.shares, v_totals);
  end if;
  perform private.count_callers('checkout', v_callers.subjects, v_callers.networks);
  return (select jsonb_agg(v_answers -> n::text order by n) from generate_subscripts(v_callers.subjects, 1) as n);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.quote_cart(delivery jsonb, cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
  v_draft private.order_draft;
  v_lines private.draft_line[];
  v_priced record;
  v_total private.order_total;
begin
  v_draft.n := 1;
  select carts.id, carts.discount_id into v_draft.cart_id, v_draft.discount_id
  from public.carts where carts.user_id = auth.uid() or carts.token_hash = v_hash;
  if delivery -> 'method' = '"delivery"' then
    v_draft.delivery := 'delivery';
    v_draft.address := private.address_in(delivery -> 'address');
  end if;
  v_lines := private.lines_of(array[v_draft]);
  v_priced := private.apply_discounts(array[v_draft], v_lines);
  v_draft := v_priced.drafts[1];
  v_lines := v_priced.lines;
  v_total := (private.totals_of(array[v_draft], v_lines))[1];
  return jsonb_build_object(
    'subtotal_minor', coalesce(v_total.subtotal_minor, 0), 'discount_minor', coalesce(v_total.discount_minor, 0),
    'delivery_minor', coalesce(v_total.delivery_minor, 0), 'total_minor', coalesce(v_total.total_minor, 0),
    'tax_minor', coalesce(v_total.tax_minor, 0), 'taxes', private.taxes_as_json(v_lines, v_total),
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
    'is_deliverable', coalesce(v_total.is_deliverable, true), 'estimate', v_total.estimate,
    'discount', private.discount_as_json(v_draft),
    'countries', (
      select jsonb_agg(distinct country order by country)
      from public.delivery_zones as zone cross join unnest(zone.countries) as country
    )
  );
end;
$$;

create or replace function private.release_expired_holds(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variants uuid[];
  v_released integer;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'This is the clock''s job.');
  end if;
  -- One overdue order a call: its locks and those of the holds below must be taken in one order, variants last.
  v_released := private.end_overdue_order(v_now);
  if v_released > 0 then
    return v_released;
  end if;

  v_variants := array(
    select distinct overdue.variant_id
    from (
      select claims.variant_id from public.claims
      where claims.expires_at <= v_now and claims.cart_id is not null
      limit release_expired_holds.at_most
    ) as overdue
  );
  perform private.queue_for(v_variants);
  with released as (
    delete from public.claims
    where claims.variant_id = any (v_variants) and claims.expires_at <= v_now and claims.cart_id is not null
    returning claims.quantity
  )
  select coalesce(sum(released.quantity), 0) into v_released from released;
  perform private.release_expired_uses();
  return v_released;
end;
$$;

create or replace function private.release_expired_uses()
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_discounts uuid[] := array(
    select distinct claim.discount_id from private.discount_claims as claim
    where claim.expires_at <= private.clock() order by 1 limit 100
  );
begin
  if v_discounts <> '{}' then
    perform from public.discount_counts as counts
    where counts.discount_id = any (v_discounts) order by counts.discount_id for no key update;
    perform private.release_uses(v_discounts);
  end if;
end;
$$;

create or replace function private.release_uses(discount_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.discount_claims
  where discount_claims.id in (
    select claim.id from private.discount_claims as claim
    where claim.discount_id = any (discount_ids) and claim.expires_at <= private.clock()
    for update skip locked
  );
end;
$$;

create or replace function private.remove_discount(cart_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_cart public.carts := private.own_cart(cart_token);
begin
  update public.carts set discount_id = null, version = carts.version + 1
  where carts.id = v_cart.id and carts.discount_id is not null;
  delete from private.discount_claims as claim where claim.cart_id = v_cart.id;
  return private.quote_cart('{}', cart_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.return_use()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.discount_claims where discount_claims.order_id = new.id;
  return null;
end;
$$;

create or replace function private.save_discount(
  discount jsonb, idempotency_key uuid, discount_id uuid, expected_version bigint
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_saved public.discounts;
  v_rule text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'save_discount', jsonb_build_array(discount, discount_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  begin
    v_saved := private.write_discount(private.discount_in(discount), discount_id, expected_version);
    if v_saved.code is not null then
      insert into public.discount_counts as counts (discount_id, uses_limit)
      values (v_saved.id, private.whole_in(discount -> 'uses_limit', 1, 1000000))
      on conflict on constraint discount_counts_pkey do update
      set uses_limit = excluded.uses_limit, version = counts.version + 1;
    end if;
  exception when integrity_constraint_violation then
    get stacked diagnostics v_rule = constraint_name;
    perform private.refuse(422, 'invalid_input', case v_rule
        when 'discounts_code_key' then '{"field": "code", "problem": "is taken"}'::jsonb
        when 'discount_uses_stay_within_limit' then '{"field": "uses_limit", "problem": "are used already"}'
        else jsonb_build_object('field', 'discount', 'problem', v_rule)
      end, 'Correct the field. Nothing was saved.');
  end;
  v_response := to_jsonb(v_saved);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.take_uses(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_draft private.order_draft;
  v_discount public.discounts;
  v_reason text;
  v_refused jsonb := '{}';
begin
  if not exists (select from unnest(drafts) as draft where draft.discount_id is not null) then
    return v_refused;
  end if;
  perform from public.discount_counts as counts
  where counts.discount_id = any (array(
    select draft.discount_id from unnest(drafts) as draft where draft.discount_title is not null
  ))
  order by counts.discount_id
  for no key update;
  foreach v_draft in array drafts loop
    continue when v_draft.discount_id is null or v_draft.discount_title is null;
    select * into v_discount from public.discounts where discounts.id = v_draft.discount_id;
    v_reason := private.hold_use(v_discount, v_draft.cart_id, auth.uid(), v_draft.guest_hash);
    if v_reason is not null then
      v_refused := v_refused || jsonb_build_object(v_draft.n, jsonb_build_object('refused',
        private.discount_refusal(v_discount.code, v_reason)));
    end if;
  end loop;
  return v_refused;
end;
$$;

create or replace function private.totals_of(drafts private.order_draft[], lines private.draft_line[])
returns private.order_total[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_totals private.order_total[];
  v_total private.order_total;
begin
  select array_agg(row(cart.n, cart.units, cart.subtotal_minor, cart.discount_minor, coalesce(charge.minor, 0),
      cart.subtotal_minor - cart.discount_minor + coalesce(charge.minor, 0), cart.tax_minor, charge.tax_rate_bp,
      charge.estimate, coalesce(charge.is_possible, true))::private.order_total order by cart.n)
  into v_totals
  from (
    select line.n, sum(line.quantity) as units, sum(line.total_minor)::bigint as subtotal_minor,
      sum(line.discount_minor)::bigint as discount_minor, sum(line.tax_minor) as tax_minor
    from unnest(lines) as line
    group by line.n
  ) as cart
  join unnest(drafts) as draft using (n)
  left join lateral (
    select case when draft.free_delivery then 0 else priced.minor end as minor, priced.tax_rate_bp, priced.estimate,
      priced.is_possible
    from private.charge_for_delivery(draft.address, cart.subtotal_minor - cart.discount_minor) as priced
    where draft.delivery = 'delivery'
  ) as charge on true;
  for n in 1 .. coalesce(cardinality(v_totals), 0) loop
    v_total := v_totals[n];
    if v_total.delivery_minor > 0 then
      v_total.tax_minor := (
        select sum((part ->> 'tax_minor')::bigint)
        from jsonb_array_elements(private.taxes_as_json(lines, v_total)) as part
      );
      v_totals[n] := v_total;
    end if;
  end loop;
  return coalesce(v_totals, '{}');
end;
$$;

create or replace function private.try_discount(cart public.carts, code text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_code text := upper(regexp_replace(left(try_discount.code, 200), '[[:space:]]', '', 'g'));
  v_discount public.discounts;
  v_draft private.order_draft;
  v_lines private.draft_line[];
  v_reason text;
begin
  select * into v_discount from public.discounts where discounts.code = v_code;
  v_draft.n := 1;
  v_draft.cart_id := cart.id;
  v_lines := private.lines_of(array[v_draft]);
  v_reason := case
    when v_discount.id is null then 'unknown'
    when not v_discount.active or v_discount.ends_at <= private.clock() then 'ended'
    when v_discount.starts_at > private.clock() then 'not_started'
    when true <> all (private.own_lines(v_discount, v_lines)) then 'not_these_items'
    when private.discount_lines(v_discount, v_lines) is null then 'minimum'
  end;
  v_reason := coalesce(v_reason, private.hold_use(v_discount, cart.id, cart.user_id, cart.token_hash));
  if v_reason is not null then
    return private.discount_refusal(left(v_code, 40), v_reason, v_discount.minimum_minor);
  end if;
  update public.carts set discount_id = v_discount.id, version = carts.version + 1
  where carts.id = cart.id and carts.discount_id is distinct from v_discount.id;
  return null;
end;
$$;

create or replace function private.uses_match_their_order()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'orders' then
    perform private.check_use(new.id);
  else
    perform private.check_use(coalesce(old.order_id, new.order_id));
  end if;
  return null;
end;
$$;

create or replace function private.write_discount(new public.discounts, discount_id uuid, expected_version bigint)
returns public.discounts
language plpgsql
set search_path = ''
as $$
declare
  v_saved public.discounts;
begin
  if discount_id is null then
    if (select count(*) from public.discounts) >= 1000 then
      perform private.refuse(422, 'invalid_input', '{"field": "discount", "problem": "more than 1000"}',
        'Change one that has ended.');
    end if;
    new.id := gen_random_uuid();
    new.version := 1;
    new.created_at := now();
    new.updated_at := now();
    insert into public.discounts select new.* returning * into v_saved;
    return v_saved;
  end if;
  select * into v_saved from public.discounts where discounts.id = write_discount.discount_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('discount_id', discount_id), 'Reload the list.');
  elsif v_saved.version is distinct from expected_version then
    perform private.refuse(409, 'discount_changed', jsonb_build_object('discount_id', discount_id),
      'Reload the discount, then make the change again.');
  elsif (v_saved.code is null) <> (new.code is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "code", "problem": "is there or not for ever"}',
      'Add another discount instead.');
  end if;
  update public.discounts
  set title = new.title, code = new.code, kind = new.kind, percent_bp = new.percent_bp,
    amount_minor = new.amount_minor, category = new.category, product_id = new.product_id,
    minimum_minor = new.minimum_minor, starts_at = new.starts_at, ends_at = new.ends_at,
    per_person = new.per_person, active = new.active
  where discounts.id = write_discount.discount_id
  returning * into v_saved;
  return v_saved;
end;
$$;

create or replace function private.write_orders(
  drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[], totals private.order_total[]
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_currency text := (select shop_settings.currency from public.shop_settings where shop_settings.only_row);
  v_ns integer[];
  v_keys uuid[];
  v_hashes jsonb[];
  v_carts uuid[];
  v_orders uuid[];
  v_numbers bigint[];
  v_statuses public.order_status[];
  v_totals bigint[];
  v_taxes bigint[];
  v_paid record;
  v_placed jsonb[];
begin
  select array_agg(draft.n), array_agg(draft.key), array_agg(draft.request_hash), array_agg(draft.cart_id)
  into v_ns, v_keys, v_hashes, v_carts
  from unnest(drafts) as draft;

  with made as (
    insert into public.orders (
      id, user_id, token_hash, guest_hash, network, email, name, phone, delivery, collect_at, address, status, currency,
      units, total_minor, tax_minor, placed_at, discount_minor, delivery_minor, delivery_tax_bp,
      delivery_estimate, discount_id, discount_title
    )
    select draft.order_id, auth.uid(), draft.token_hash, draft.guest_hash, draft.network, draft.email, draft.name,
      draft.phone, draft.delivery, draft.collect_at, draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency,
      total.units, total.total_minor, total.tax_minor, draft.placed_at, total.discount_minor, total.delivery_minor,
      total.delivery_tax_bp, total.estimate, case when draft.discount_title is not null then draft.discount_id end,
      draft.discount_title
    from unnest(drafts) as draft
    join unnest(totals) as total using (n)
    order by draft.n
    returning orders.id, orders.number, orders.status, orders.total_minor, orders.tax_minor
  )
  select array_agg(made.id), array_agg(made.number), array_agg(made.status),
    array_agg(made.total_minor), array_agg(made.tax_minor)
  into v_orders, v_numbers, v_statuses, v_totals, v_taxes
  from (select * from made order by made.number) as made;

  v_paid := private.write_payments(drafts, v_currency, v_totals);
  insert into public.order_events (order_id, kind)
  select made.id, made.status::text from unnest(v_orders, v_statuses) as made (id, status);
  if exists (select from unnest(drafts) as draft where draft.discount_id is not null) then
    perform private.commit_uses(drafts);
  end if;
  perform private.write_items(drafts, lines, shares);
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  select array_agg(jsonb_build_object('order_id', made.id, 'number', made.number, 'status', made.status,
    'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency, 'payment_id', made.payment_id,
    'pay_until', made.deadline))
  into v_placed
  from unnest(v_orders, v_numbers, v_statuses, v_totals, v_taxes, v_paid.payment_ids, v_paid.deadlines)
    as made (id, number, status, total_minor, tax_minor, payment_id, deadline);
  perform private.finish_together('place_order', v_keys, v_hashes, v_placed);
  return (
    select jsonb_object_agg(made.n, jsonb_build_object('order', made.placed))
    from unnest(v_ns, v_placed) as made (n, placed)
  );
end;
$$;

create or replace function public.apply_discount(code text, cart_token text default null, network text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.apply_discount(code, cart_token, network);
end;
$$;

REVOKE ALL ON FUNCTION "public"."apply_discount"(text, text, text) FROM "anon";

create or replace function public.remove_discount(cart_token text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.remove_discount(cart_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."remove_discount"(text) FROM "anon";

create or replace function public.save_discount(
  discount jsonb, idempotency_key uuid, discount_id uuid default null, expected_version bigint default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_discount(discount, idempotency_key, discount_id, expected_version)
$$;

REVOKE ALL ON FUNCTION "public"."save_discount"(jsonb, uuid, uuid, bigint) FROM "anon";

ALTER TABLE "private"."discount_claims" ADD CONSTRAINT "discount_claims_cart_id_fkey" FOREIGN KEY (cart_id) REFERENCES public.carts(id) ON DELETE CASCADE;

ALTER TABLE "private"."discount_claims" ADD CONSTRAINT "discount_claims_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE "private"."discount_claims" ADD CONSTRAINT "discount_claims_discount_id_fkey" FOREIGN KEY (discount_id) REFERENCES public.discount_counts(discount_id);

ALTER TABLE "public"."discounts" ADD CONSTRAINT "discounts_category_fkey" FOREIGN KEY (category) REFERENCES public.categories(slug) ON UPDATE CASCADE;

ALTER TABLE "public"."carts" ADD CONSTRAINT "carts_discount_id_fkey" FOREIGN KEY (discount_id) REFERENCES public.discounts(id);

ALTER TABLE "public"."discount_counts" ADD CONSTRAINT "discount_counts_discount_id_fkey" FOREIGN KEY (discount_id) REFERENCES public.discounts(id);

ALTER TABLE "public"."discounts" ADD CONSTRAINT "discounts_product_id_fkey" FOREIGN KEY (product_id) REFERENCES public.products(id);

CREATE INDEX discount_claims_by_expiry ON private.discount_claims USING btree (discount_id, expires_at);

CREATE INDEX carts_by_discount ON public.carts USING btree (discount_id) WHERE (discount_id IS NOT NULL);

CREATE INDEX discounts_automatic ON public.discounts USING btree (created_at, id) WHERE ((code IS NULL) AND active);

CREATE INDEX discounts_by_category ON public.discounts USING btree (category);

CREATE INDEX discounts_by_product ON public.discounts USING btree (product_id);

CREATE CONSTRAINT TRIGGER claims_match_their_order AFTER INSERT OR DELETE OR UPDATE ON private.discount_claims DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION private.uses_match_their_order();

CREATE TRIGGER discount_claims_change AFTER UPDATE ON private.discount_claims REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION private.count_uses();

CREATE TRIGGER discount_claims_come AFTER INSERT ON private.discount_claims REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION private.count_uses();

CREATE TRIGGER discount_claims_go AFTER DELETE ON private.discount_claims REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION private.count_uses();

CREATE TRIGGER discount_leaves_trail_of_delete AFTER DELETE ON public.discounts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('discount', 'id', 'title');

CREATE TRIGGER discount_leaves_trail_of_insert AFTER INSERT ON public.discounts REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('discount', 'id', 'title');

CREATE TRIGGER discount_leaves_trail_of_update AFTER UPDATE ON public.discounts REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('discount', 'id', 'title');

CREATE TRIGGER discounts_touch BEFORE UPDATE ON public.discounts FOR EACH ROW EXECUTE FUNCTION private.touch();

CREATE CONSTRAINT TRIGGER orders_match_their_use AFTER INSERT OR UPDATE OF status, discount_id ON public.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.discount_id IS NOT NULL)) EXECUTE FUNCTION private.uses_match_their_order();

CREATE TRIGGER orders_return_uses AFTER UPDATE OF status ON public.orders FOR EACH ROW WHEN (((new.status = 'cancelled'::public.order_status) AND (old.status <> 'cancelled'::public.order_status) AND (new.discount_id IS NOT NULL))) EXECUTE FUNCTION private.return_use();

CREATE POLICY "staff read uses" ON "public"."discount_counts" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff read discounts" ON "public"."discounts" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."discount_counts";

COMMENT ON COLUMN "public"."carts"."discount_id" IS 'The code that its shopper entered. Its use is a row of discount_claims.';

COMMENT ON COLUMN "public"."discount_counts"."uses_limit" IS 'How many uses the code has; NULL: no limit.';

COMMENT ON COLUMN "public"."discounts"."category" IS 'Only items of this category count and get it; NULL: of all.';

COMMENT ON COLUMN "public"."discounts"."code" IS 'In upper case. NULL: it applies to every cart, without a code.';

COMMENT ON COLUMN "public"."discounts"."minimum_minor" IS 'The least value of those items, minor units.';

COMMENT ON COLUMN "public"."discounts"."per_person" IS 'Orders of one account or guest with this code; NULL: no limit.';

COMMENT ON COLUMN "public"."discounts"."product_id" IS 'Only items of this product count and get it; NULL: of all.';

COMMENT ON COLUMN "public"."orders"."discount_id" IS 'The code whose use it has (discount_claims). No foreign key on purpose: it would lock that one row for every order.';

COMMENT ON COLUMN "public"."orders"."discount_title" IS 'The name of its discount, as it was.';

COMMENT ON FUNCTION "private"."adopt_discount"(uuid, uuid) IS 'Moves the code of a guest''s cart to that of the account, unless that one has a code. The caller holds both.';

COMMENT ON FUNCTION "private"."apply_discount"(text, text, text) IS 'See public.apply_discount.';

COMMENT ON FUNCTION "private"."apply_discounts"(private.order_draft[], private.draft_line[]) IS 'Drafts and lines with the discount that each has: the code of its cart, else the automatic one that takes most off.
   A draft without a title gets none; the use of its code stays held.';

COMMENT ON FUNCTION "private"."check_use"(uuid) IS 'An order with a code has one use of it, until it is cancelled.';

COMMENT ON FUNCTION "private"."commit_uses"(private.order_draft[]) IS 'Makes the uses that carts hold those of their new orders.';

COMMENT ON FUNCTION "private"."count_uses"() IS 'Trigger of discount_claims: keeps discount_counts.';

COMMENT ON FUNCTION "private"."discount_as_json"(private.order_draft) IS 'The discount of a draft after apply_discounts: {code, title, applies}. A code that does not apply takes nothing
   off.';

COMMENT ON FUNCTION "private"."discount_in"(jsonb) IS 'Reads a discount from known keys. Raises invalid_input (422) with the first field that is missing or not right.';

COMMENT ON FUNCTION "private"."discount_lines"(public.discounts, private.draft_line[]) IS 'The lines of one draft with what a discount takes off each; NULL when it does not apply to them.';

COMMENT ON FUNCTION "private"."discount_refusal"(text, text, bigint) IS 'The refusal of a code: unknown, ended, not_started, not_these_items, minimum, used_up or already_used.';

COMMENT ON FUNCTION "private"."discounts_drift"() IS 'Where the counts of a code differ from its claims, or from the orders that have it.';

COMMENT ON FUNCTION "private"."hold_use"(public.discounts, uuid, uuid, bytea) IS 'Holds a use for a cart, and returns NULL; or the reason against it: used_up, already_used. The caller holds the
   cart.';

COMMENT ON FUNCTION "private"."is_running"(public.discounts) IS 'Whether a discount counts now.';

COMMENT ON FUNCTION "private"."may_have_discount"(uuid) IS 'Whether a cart has a code, or the shop an automatic discount: then quote_cart has another total than the lines.';

COMMENT ON FUNCTION "private"."moment_in"(jsonb) IS 'A JSON string that is a moment in ISO 8601. NULL for anything else.';

COMMENT ON FUNCTION "private"."move_uses"(uuid[], integer[], integer[]) IS 'Adds to the counts of these discounts.';

COMMENT ON FUNCTION "private"."own_lines"(public.discounts, private.draft_line[]) IS 'For each line, whether the discount is for its product.';

COMMENT ON FUNCTION "private"."release_expired_uses"() IS 'Ends the holds of uses that ran out, for the maintenance job: carts and staff see how many uses are left.';

COMMENT ON FUNCTION "private"."release_uses"(uuid[]) IS 'Ends holds of uses that ran out. The caller holds the counts of these discounts.';

COMMENT ON FUNCTION "private"."remove_discount"(text) IS 'See public.remove_discount.';

COMMENT ON FUNCTION "private"."return_use"() IS 'Trigger of orders: a cancelled order gives its use of a code back.';

COMMENT ON FUNCTION "private"."save_discount"(jsonb, uuid, uuid, bigint) IS 'See public.save_discount.';

COMMENT ON FUNCTION "private"."take_uses"(private.order_draft[]) IS 'Makes sure that each draft holds the use of its code. Returns the refusals by n. The caller holds the carts and the
   variants.';

COMMENT ON FUNCTION "private"."try_discount"(public.carts, text) IS 'Gives a cart the discount with this code and holds a use of it. Returns NULL, or the refusal. The caller holds the
   cart.';

COMMENT ON FUNCTION "private"."uses_match_their_order"() IS 'See private.check_use.';

COMMENT ON FUNCTION "private"."write_discount"(public.discounts, uuid, bigint) IS 'Adds a discount, or changes one of this version. Raises not_found (404), discount_changed (409), invalid_input
   (422).';

COMMENT ON FUNCTION "public"."apply_discount"(text, text, text) IS 'Gives the caller''s cart the discount with this code, in place of another one, and holds a use of it as long as a
   hold of units lasts. Sent twice it has the same effect. Returns the quote of a collection as quote_cart does. Every
   try counts for the caller''s rate. Raises discount_refused (409, {code, reason: unknown | ended | not_started |
   not_these_items | minimum | used_up | already_used, minimum_minor}), cart_empty (409), too_many_requests (429),
   blocked (403), invalid_input (422) without a token, busy (503).';

COMMENT ON FUNCTION "public"."place_order"(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean) IS 'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}, the country by its two letters; other keys are ignored. Held units are taken over without another check;
   what was not held is taken now. With on_collection (never with delivery) the order is placed, and keeps its units
   until pay_until unless it is confirmed: by the account''s confirmed e-mail address, or later by confirm_order. Else
   its units are held until pay_until. Guests pass an order_token, the secret of their order link. expected_total_minor
   is what the person saw. From the secret key alone: network, a hash of 32 hex digits, and proof, that a proof of work
   was checked. Returns {order_id, number, status, total_minor, tax_minor, currency, payment_id, pay_until}. Raises
   not_enough_left (409, every short line), cart_empty (409), not_for_sale (409), not_deliverable (409),
   price_changed (409), discount_refused (409), limit_reached (409), proof_needed (409), too_many_requests (429),
   blocked (403), not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."quote_cart"(jsonb, text) IS 'The total of an order of the caller''s cart as place_order would compute it now: {subtotal_minor, discount_minor,
   delivery_minor, total_minor, tax_minor, taxes: [{rate_bp, amount_minor, tax_minor}], currency, is_deliverable,
   estimate, discount, countries}. delivery is that of place_order; of an address, country and postcode are enough.
   countries: those that the shop delivers to, null for all. discount: {code, title, applies}, null without one.
   Minor units, tax included. Raises invalid_input (422) without a token.';

COMMENT ON FUNCTION "public"."read_cart"(text) IS 'The cart of the signed-in caller, or of the guest with this token: {cart_id, version, lines: [{variant_id,
   product_id, handle, title, sku, option_values, quantity, held, held_at: [{location_id, units}], expires_at,
   paused_until, price_minor, total_minor, for_sale}], total_minor, tax_minor, has_discount, currency, now}. The
   totals are those of the lines; quote_cart has discounts and delivery. Where there is none, cart_id and version
   are null. version grows with its lines. A line with held below quantity has run out and is marked so; its price is
   today''s. paused_until: until when this cart cannot hold the line again, because it used up shop_limits.hold_cap.
   now is the server''s clock, for countdowns. Raises invalid_input (422) without a token.';

COMMENT ON FUNCTION "public"."remove_discount"(text) IS 'The inverse of apply_discount: the cart has no code, and its use is free for others. Returns the quote. Raises
   invalid_input (422) without a token, busy (503).';

COMMENT ON FUNCTION "public"."save_discount"(jsonb, uuid, uuid, bigint) IS 'Adds a discount, or changes one (discount_id) of this version. discount is {title, code?, kind: percent | amount |
   free_delivery, percent_bp?, amount_minor?, category?, product?: its handle, minimum_minor?, starts_at?, ends_at?,
   per_person?, uses_limit?, active?}. Without a code it is automatic. Managers. Returns the row. Raises role_required
   (403), not_found (404), discount_changed (409), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON TABLE "private"."discount_claims" IS 'One row per use: of a cart until expires_at, and longer while no other cart needs it; or of an order.';

COMMENT ON TABLE "public"."discount_counts" IS 'The uses of each code: held by carts, used by orders that are not cancelled. Kept by triggers of discount_claims.';

COMMENT ON TABLE "public"."discounts" IS 'Discounts of the shop. Placed orders keep theirs whatever changes here.';

COMMENT ON TYPE "private"."order_draft" IS 'One request of a call, in the n-th place, checked: what its order will be, or the refusal. Not held_until: its
   units are committed at once. discount_id: the code of its cart; discount_title: of the discount that applies.';

REVOKE ALL ON FUNCTION "private"."adopt_discount"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."apply_discount"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."apply_discount"(text, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."apply_discount"(text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."apply_discounts"(private.order_draft[], private.draft_line[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_use"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."commit_uses"(private.order_draft[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."count_uses"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."discount_as_json"(private.order_draft) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."discount_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."discount_lines"(public.discounts, private.draft_line[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."discount_refusal"(text, text, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."discounts_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hold_use"(public.discounts, uuid, uuid, bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_running"(public.discounts) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."may_have_discount"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."moment_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_uses"(uuid[], integer[], integer[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."own_lines"(public.discounts, private.draft_line[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_expired_uses"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_uses"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_discount"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remove_discount"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."remove_discount"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."return_use"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."save_discount"(jsonb, uuid, uuid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."save_discount"(jsonb, uuid, uuid, bigint) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."save_discount"(jsonb, uuid, uuid, bigint) TO "service_role";

REVOKE ALL ON FUNCTION "private"."take_uses"(private.order_draft[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."try_discount"(public.carts, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."uses_match_their_order"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_discount"(public.discounts, uuid, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."apply_discount"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."apply_discount"(text, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."apply_discount"(text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."remove_discount"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."remove_discount"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."remove_discount"(text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."save_discount"(jsonb, uuid, uuid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."save_discount"(jsonb, uuid, uuid, bigint) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."save_discount"(jsonb, uuid, uuid, bigint) TO "service_role";

REVOKE ALL ON TABLE "public"."discount_counts" FROM "authenticated";

GRANT SELECT ON TABLE "public"."discount_counts" TO "authenticated";

REVOKE ALL ON TABLE "public"."discount_counts" FROM "service_role";

GRANT SELECT ON TABLE "public"."discount_counts" TO "service_role";

REVOKE ALL ON TABLE "public"."discounts" FROM "authenticated";

GRANT SELECT ON TABLE "public"."discounts" TO "authenticated";

REVOKE ALL ON TABLE "public"."discounts" FROM "service_role";

GRANT SELECT ON TABLE "public"."discounts" TO "service_role";

reset check_function_bodies;

insert into private.rates (kind, guest, network, per) values ('discount', 10, 60, '10 minutes');
