-- Discounts: a code that a shopper enters, or an automatic one. An order has one at most: the code of its cart, else
-- the automatic one that takes most off. Uses of a code are stock: one is held with the cart, and becomes the order's.
-- The row of private.discount_counts has as many as are held and used, kept by triggers, and a CHECK against the
-- limit: no code path can commit one use too many. Locks: as everywhere, then the counts, ascending; claims of uses
-- after them. Refusals: role_required, invalid_input, not_found, discount_changed, discount_refused,
-- too_many_requests, blocked, busy.

create table public.discounts (
  id uuid primary key default gen_random_uuid(),
  title text not null check (length(trim(title)) between 1 and 80),
  code text unique check (code ~ '^[A-Z0-9-]{3,40}$'),
  kind text not null check (kind in ('percent', 'amount', 'free_delivery')),
  percent_bp integer check (percent_bp between 1 and 10000),
  amount_minor bigint check (amount_minor between 1 and 1000000000000),
  category text references public.categories (slug) on update cascade,
  product_id uuid references public.products (id),
  minimum_minor bigint not null default 0 check (minimum_minor between 0 and 1000000000000),
  starts_at timestamptz,
  ends_at timestamptz,
  per_person integer check (per_person between 1 and 1000),
  active boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint discounts_take_one_value_off check (
    (kind = 'percent') = (percent_bp is not null) and (kind = 'amount') = (amount_minor is not null)
  ),
  constraint discounts_end_after_they_start check (ends_at > starts_at),
  constraint discounts_count_codes_alone check (code is not null or per_person is null)
);
comment on table public.discounts is 'Discounts of the shop. Placed orders keep theirs whatever changes here.';
comment on column public.discounts.code is 'In upper case. NULL: it applies to every cart, without a code.';
comment on column public.discounts.category is 'Only items of this category count and get it; NULL: of all.';
comment on column public.discounts.product_id is 'Only items of this product count and get it; NULL: of all.';
comment on column public.discounts.minimum_minor is 'The least value of those items, minor units.';
comment on column public.discounts.per_person is 'Orders of one account or guest with this code; NULL: no limit.';
create index discounts_by_category on public.discounts (category);
create index discounts_by_product on public.discounts (product_id);
create index discounts_automatic on public.discounts (created_at, id) where code is null and active;
create trigger discounts_touch before update on public.discounts
  for each row execute function private.touch();

create table public.discount_counts (
  discount_id uuid primary key references public.discounts (id),
  uses_limit integer check (uses_limit between 1 and 1000000),
  held integer not null default 0 check (held >= 0),
  used integer not null default 0 check (used >= 0),
  version bigint not null default 1,
  constraint discount_uses_stay_within_limit check (held + used <= uses_limit)
);
comment on table public.discount_counts is
  'The uses of each code: held by carts, used by orders that are not cancelled. Kept by triggers of discount_claims.';
comment on column public.discount_counts.uses_limit is 'How many uses the code has; NULL: no limit.';

create table private.discount_claims (
  id bigint generated always as identity primary key,
  discount_id uuid not null references public.discount_counts (discount_id),
  cart_id uuid unique references public.carts (id) on delete cascade,
  order_id uuid unique references public.orders (id),
  expires_at timestamptz,
  constraint discount_claims_have_one_owner check (num_nonnulls(cart_id, order_id) = 1),
  constraint discount_claims_of_carts_expire check ((cart_id is null) = (expires_at is null))
);
comment on table private.discount_claims is
  'One row per use: of a cart until expires_at, and longer while no other cart needs it; or of an order.';
create index discount_claims_by_expiry on private.discount_claims (discount_id, expires_at);
create index discount_claims_to_release on private.discount_claims (expires_at) where expires_at is not null;
alter table private.discount_claims enable row level security;

alter table public.carts add column discount_id uuid references public.discounts (id);
comment on column public.carts.discount_id is 'The code that its shopper entered. Its use is a row of discount_claims.';
create index carts_by_discount on public.carts (discount_id) where discount_id is not null;

alter table public.discounts enable row level security;
alter table public.discount_counts enable row level security;
revoke all on public.discounts, public.discount_counts from anon, authenticated, service_role;
grant select on public.discounts, public.discount_counts to authenticated, service_role;
create policy "staff read discounts" on public.discounts
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read uses" on public.discount_counts
  for select to authenticated using ((select private.staff_role()) is not null);
select private.keep_trail('public.discounts', 'discount', 'id', 'title');
insert into private.rates (kind, guest, network, per) values ('discount', 10, 60, '10 minutes');

create function private.move_uses(discount_ids uuid[], held integer[], used integer[])
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
comment on function private.move_uses(uuid[], integer[], integer[]) is 'Adds to the counts of these discounts.';

create function private.count_uses()
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
comment on function private.count_uses() is 'Trigger of discount_claims: keeps discount_counts.';
create trigger discount_claims_come after insert on private.discount_claims
  referencing new table as added
  for each statement execute function private.count_uses();
create trigger discount_claims_change after update on private.discount_claims
  referencing old table as gone new table as added
  for each statement execute function private.count_uses();
create trigger discount_claims_go after delete on private.discount_claims
  referencing old table as gone
  for each statement execute function private.count_uses();

-- Uses ------------------------------------------------------------------------------------------------------------

create function private.release_uses(discount_ids uuid[])
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
comment on function private.release_uses(uuid[]) is
  'Ends holds of uses that ran out. The caller holds the counts of these discounts.';

create function private.release_expired_uses()
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
comment on function private.release_expired_uses() is
  'Ends the holds of uses that ran out, for the maintenance job: carts and staff see how many uses are left.';

create function private.lock_counts(discount_ids uuid[], cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.discount_counts as counts
  where counts.discount_id = any (discount_ids || array(
    select claim.discount_id from private.discount_claims as claim where claim.cart_id = any (cart_ids)
  ))
  order by counts.discount_id
  for no key update;
end;
$$;
comment on function private.lock_counts(uuid[], uuid[]) is
  'Locks the counts of these discounts and of those whose uses these carts hold. The caller holds the carts.';

create function private.hold_use(discount public.discounts, cart_id uuid, user_id uuid, guest_hash bytea)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_counts public.discount_counts;
begin
  -- The count of the code that the cart has now goes down with its claim: both are locked in the order of all.
  perform private.lock_counts(array[discount.id], array[hold_use.cart_id]);
  select * into v_counts from public.discount_counts as counts where counts.discount_id = discount.id;
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
comment on function private.hold_use(public.discounts, uuid, uuid, bytea) is
  'Holds a use for a cart, and returns NULL; or the reason against it: used_up, already_used. The caller holds the
   cart.';

create function private.is_running(discount public.discounts)
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
comment on function private.is_running(public.discounts) is 'Whether a discount counts now.';

-- Prices ---------------------------------------------------------------------------------------------

create function private.own_lines(discount public.discounts, lines private.draft_line[])
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
comment on function private.own_lines(public.discounts, private.draft_line[]) is
  'For each line, whether the discount is for its product.';

create function private.discount_lines(discount public.discounts, lines private.draft_line[])
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
comment on function private.discount_lines(public.discounts, private.draft_line[]) is
  'The lines of one draft with what a discount takes off each; NULL when it does not apply to them.';

create function private.has_automatic_discount()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from public.discounts where discounts.code is null and discounts.active);
end;
$$;
comment on function private.has_automatic_discount() is
  'Whether an active discount needs no code, also before its start and after its end.';

create function private.apply_discounts(inout drafts private.order_draft[], inout lines private.draft_line[])
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
comment on function private.apply_discounts(private.order_draft[], private.draft_line[]) is
  'Drafts and lines with the discount that each has: the code of its cart, else the automatic one that takes most off.
   A draft without a title gets none; the use of its code stays held.';

create function private.take_uses(drafts private.order_draft[])
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
  perform private.lock_counts(
    array(select draft.discount_id from unnest(drafts) as draft where draft.discount_title is not null),
    array(select draft.cart_id from unnest(drafts) as draft where draft.discount_title is not null)
  );
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
comment on function private.take_uses(private.order_draft[]) is
  'Makes sure that each draft holds the use of its code. Returns the refusals by n. The caller holds the carts and the
   variants.';

create function private.commit_uses(drafts private.order_draft[])
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
comment on function private.commit_uses(private.order_draft[]) is
  'Makes the uses that carts hold those of their new orders.';

create function private.discount_refusal(code text, reason text, minimum_minor bigint default null)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'discount_refused',
    jsonb_build_object('code', code, 'reason', reason, 'minimum_minor', minimum_minor),
    'Remove the code or try another one. The cart is unchanged.')
$$;
comment on function private.discount_refusal(text, text, bigint) is
  'The refusal of a code: unknown, ended, not_started, not_these_items, minimum, used_up or already_used.';
