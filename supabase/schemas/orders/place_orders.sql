create function private.write_items(
  drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_ids bigint[];
  v_orders uuid[];
  v_variants uuid[];
begin
  with made as (
    insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity,
      total_minor, tax_minor, sold_at, discount_minor)
    select draft.order_id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor,
      line.tax_rate_bp, line.quantity, line.total_minor, line.tax_minor, draft.placed_at, line.discount_minor
    from unnest(lines) as line
    join unnest(drafts) as draft using (n)
    order by line.n, line.variant_id
    returning order_items.id, order_items.order_id, order_items.variant_id
  )
  select array_agg(made.id), array_agg(made.order_id), array_agg(made.variant_id)
  into v_ids, v_orders, v_variants from made;

  if cardinality(shares) > 0 then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select share.variant_id, share.location_id, item.id, share.units, draft.held_until
    from unnest(shares) as share
    join unnest(drafts) as draft using (n)
    join unnest(v_ids, v_orders, v_variants) as item (id, order_id, variant_id)
      on item.order_id = draft.order_id and item.variant_id = share.variant_id;
  end if;
  if exists (
    select from public.claims where claims.cart_id = any (array(select draft.cart_id from unnest(drafts) as draft))
  ) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.held_until
    from unnest(drafts) as draft
    join unnest(v_ids, v_orders, v_variants) as item (id, order_id, variant_id) on item.order_id = draft.order_id
    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;
  end if;
end;
$$;
comment on function private.write_items(private.order_draft[], private.draft_line[], private.draft_share[]) is
  'Writes the items of new orders and their claims: those of the shares, and those that the carts held.';

create function private.write_payments(
  drafts private.order_draft[], currency text, totals bigint[], out payment_ids uuid[], out deadlines timestamptz[]
)
language plpgsql
set search_path = ''
as $$
begin
  with made as (
    insert into public.payments (id, order_id, provider, status, currency, amount_minor, deadline)
    select draft.payment_id, draft.order_id, draft.provider,
      case
        when draft.held_until is not null then 'pending'
        when draft.provider = 'on_collection' then 'due'
        else 'captured'
      end::public.payment_status, write_payments.currency,
      totals[draft.ordinality], draft.deadline
    from unnest(drafts) with ordinality as draft
    returning payments.id, payments.deadline
  )
  select array_agg(made.id), array_agg(made.deadline) into payment_ids, deadlines from made;
end;
$$;
comment on function private.write_payments(private.order_draft[], text, bigint[]) is
  'Writes the payments of new orders, of these totals, and returns their ids and deadlines in the order of the drafts.
   A free order (private.place_free) has nothing left to pay.';

-- long because one statement writes the orders and each later one takes the arrays it returned.
create function private.write_orders(
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
      delivery_estimate, discount_id, discount_title, is_walk_in
    )
    select draft.order_id, case when draft.cart_id is not null then auth.uid() end, draft.token_hash,
      draft.guest_hash, draft.network, draft.email, draft.name, draft.phone, draft.delivery, draft.collect_at,
      draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency,
      total.units, total.total_minor, total.tax_minor, draft.placed_at, total.discount_minor, total.delivery_minor,
      total.delivery_tax_bp, total.estimate, case when draft.discount_title is not null then draft.discount_id end,
      draft.discount_title, draft.cart_id is null
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
comment on function private.write_orders(
  private.order_draft[], private.draft_line[], private.draft_share[], private.order_total[]
) is
  'Everything these orders are (without a cart: walk-in sales): orders, payments, timelines, items, claims (taken or
   kept), emptied carts, keys with their answers. The drafts are in the order of n. Returns the answers by n.';

create function private.unanswered(inout drafts private.order_draft[], inout lines private.draft_line[], answers jsonb)
language plpgsql
immutable
set search_path = ''
as $$
begin
  drafts := array(select draft from unnest(drafts) as draft where not answers ? draft.n::text order by draft.n);
  lines := array(
    select line from unnest(lines) as line where not answers ? line.n::text order by line.n, line.variant_id
  );
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
    perform private.refuse(
      422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}',
      'Send a JSON array of requests.'
    );
  end if;
  v_drafts := private.draft_orders(requests);
  -- By the cart itself, however its secret was written.
  if cardinality(v_drafts) > 1 then
    if auth.uid() is not null or exists (
      select from unnest(v_drafts) as draft
      where draft.guest_hash is not null group by draft.guest_hash having count(*) > 1
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once"}',
        'Send each cart once per call.');
    end if;
  end if;
  return v_drafts;
end;
$$;
comment on function private.list_drafts(jsonb) is
  'The drafts of a call. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

create function private.place_free(drafts private.order_draft[], totals private.order_total[])
returns private.order_draft[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_total private.order_total;
  v_drafts private.order_draft[] := drafts;
begin
  foreach v_total in array totals loop
    continue when v_total.total_minor > 0;
    for d in 1 .. cardinality(v_drafts) loop
      continue when v_drafts[d].n <> v_total.n or v_drafts[d].provider = 'on_collection';
      v_drafts[d].placed_at := private.clock();
      v_drafts[d].held_until := null;
      v_drafts[d].deadline := null;
    end loop;
  end loop;
  return v_drafts;
end;
$$;
comment on function private.place_free(private.order_draft[], private.order_total[]) is
  'Drafts of which nothing is to be paid are placed at once: no provider takes a payment of 0.';

create function private.all_busy(ns integer[])
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.busy())), '{}')
    from unnest(ns) as asked (n)
  );
end;
$$;
comment on function private.all_busy(integer[]) is 'private.busy() for each of these drafts.';

create function private.callers_of(drafts private.order_draft[], out subjects text[], out networks text[])
language plpgsql
stable
set search_path = ''
as $$
begin
  select array_agg(private.subject_of(draft.guest_hash, auth.uid())), array_agg(draft.network)
  into subjects, networks
  from (select each.guest_hash, each.network from unnest(drafts) as each order by each.n) as draft;
end;
$$;
comment on function private.callers_of(private.order_draft[]) is
  'The callers of drafts by n, as private.refused_callers takes them.';

-- long because its steps are in the order of locks, and each one drops the drafts that it answered.
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
  v_lines private.draft_line[] := '{}';
  v_totals private.order_total[];
  v_shared record;
  v_locked uuid[];
  v_answers jsonb;
  v_refusals jsonb;
  v_callers record := private.callers_of(v_drafts);
  v_have_codes boolean;
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
  v_have_codes := exists (select from unnest(v_drafts) as draft where draft.discount_id is not null);
  if v_have_codes or private.has_automatic_discount() then
    select priced.drafts, priced.lines into v_drafts, v_lines from private.apply_discounts(v_drafts, v_lines) as priced;
  end if;
  v_totals := private.totals_of(v_drafts, v_lines);
  v_drafts := private.place_free(v_drafts, v_totals);
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
  v_refusals := case when v_have_codes then private.take_uses(v_drafts) else '{}' end;
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shared.shares, v_totals);
    if v_have_codes then
      perform private.commit_uses(v_drafts);
    end if;
  end if;
  perform private.count_callers('checkout', v_callers.subjects, v_callers.networks);
  return (select jsonb_agg(v_answers -> n::text order by n) from generate_subscripts(v_callers.subjects, 1) as n);
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
   the arguments of place_order, each from another cart, and each has its own response, in its place: {"order":
   the result of place_order} or {"refused": {status, code, detail, hint}}: its refusal. They are served in
   the order of the list; one that would wait too long for a lock is refused as busy, the others go on. Raises
   invalid_input (422) for a list that is none, is too long, or names a cart twice.';

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
    return private.answer_refused(v_answer -> 'refused');
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
  return private.place_order(jsonb_strip_nulls(jsonb_build_object(
    'contact', contact,
    'delivery', delivery,
    'payment', payment,
    'idempotency_key', idempotency_key,
    'cart_token', cart_token,
    'order_token', order_token,
    'expected_total_minor', expected_total_minor,
    'network', network,
    'proof', proof
  )));
end;
$$;
comment on function public.place_order(
  jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean
) is
  'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}, the country by its two letters; other keys are ignored. Held units are taken over without another check;
   what was not held is taken now. With on_collection (never with delivery) the order is placed, and keeps its units
   until pay_until unless it is confirmed: by the account''s confirmed e-mail address, or later by confirm_order. Else
   its units are held until pay_until; an order of which nothing is to be paid is placed. Guests pass an order_token,
   the secret of their order link. expected_total_minor is what the person saw. From the secret key alone: network, a
   hash of 32 hex digits, and proof, that a proof of work was checked. Returns {order_id, number, status, total_minor,
   tax_minor, currency, payment_id, pay_until}. Raises not_enough_left (409, every short line), cart_empty (409),
   not_for_sale (409), not_deliverable (409), price_changed (409), discount_refused (409), limit_reached (409),
   proof_needed (409), too_many_requests (429), blocked (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

revoke execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean),
  public.place_orders(jsonb)
from public, anon, authenticated;
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean),
  public.place_orders(jsonb),
  private.place_order(jsonb), private.place_orders(jsonb)
to service_role;
-- A signed-in caller places an order of their own cart; many at once are the shop's server's.
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean),
  private.place_order(jsonb)
to authenticated;
