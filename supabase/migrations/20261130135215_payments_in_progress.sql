set check_function_bodies = off;

DROP INDEX "public"."order_events_of_the_desk";

alter table private.payment_events drop constraint payment_events_kind_check;

-- Empty in all rows: no payment of before is in progress. No row is written.
alter table public.payments add column attempt_at timestamptz;

create or replace function private.apply_payment_event(event private.payment_event, payment public.payments, ordered public.orders)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if event.kind = 'captured' and payment.status <> 'captured' then
    return private.capture_payment(payment, ordered, event.amount_minor);
  elsif event.kind = 'declined' and payment.status = 'pending' then
    update public.payments set status = 'declined', attempt_at = null where payments.id = payment.id;
    insert into public.order_events (order_id, kind) values (ordered.id, 'payment_declined');
  elsif event.kind = 'started' and ordered.status = 'awaiting_payment'
    and payment.status in ('pending', 'declined') then
    -- The outcome of the attempt before is no longer the status.
    update public.payments set status = 'pending', attempt_at = private.clock() where payments.id = payment.id;
  elsif event.kind = 'refunded' and payment.refunded_minor < payment.refund_due_minor then
    update public.payments as paid
    set refunded_minor = least(paid.refunded_minor + event.amount_minor, paid.refund_due_minor)
    where paid.id = payment.id;
    insert into public.order_events (order_id, kind, detail)
    values (ordered.id, 'refunded', jsonb_build_object('amount_minor', event.amount_minor));
  else
    -- Late, twice or out of order: known, and changes nothing.
    return 'ignored';
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
  return event.kind;
end;
$$;

create or replace function private.capture_payment(paid public.payments, ordered public.orders, amount_minor bigint)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_items public.order_items[];
begin
  if ordered.status = 'awaiting_payment' and capture_payment.amount_minor <> paid.amount_minor then
    perform private.cancel_rest(ordered, 'another amount was paid');
    ordered.status := 'cancelled';
  end if;
  update public.payments as payment
  set status = 'captured',
    attempt_at = null,
    captured_minor = capture_payment.amount_minor,
    refund_due_minor = case when ordered.status = 'awaiting_payment' then 0 else capture_payment.amount_minor end
  where payment.id = paid.id;
  if ordered.status <> 'awaiting_payment' then
    insert into public.order_events (order_id, kind) values (ordered.id, 'paid_in_vain');
    update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
    return 'refund_due';
  end if;

  select array_agg(item order by item.variant_id) into v_items
  from public.order_items as item where item.order_id = ordered.id;
  perform private.queue_for(array(select item.variant_id from unnest(v_items) as item));
  begin
    perform private.commit_units(v_items, ordered.collect_at);
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: a refund, not an oversell.
    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';
  end;
  update public.orders set status = 'placed', placed_at = v_now where orders.id = ordered.id;
  insert into public.order_events (order_id, kind, detail)
  values (ordered.id, 'placed', jsonb_build_object('amount_minor', capture_payment.amount_minor));
  update public.order_items as item set sold_at = v_now where item.order_id = ordered.id;
  return 'placed';
end;
$$;

create or replace function private.keep_product_address()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.product_addresses (handle, product_id) values (old.handle, old.id)
  on conflict (handle) do update set product_id = excluded.product_id;
  return null;
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
          jsonb_build_object('kind', event.kind, 'detail', event.detail, 'at', event.created_at) order by event.id
        )
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.payment_event_in(payload text)
returns private.payment_event
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sent jsonb;
  v_event private.payment_event;
begin
  if length(payload) <= 16384 and pg_input_is_valid(payload, 'jsonb') then
    v_sent := payload::jsonb;
    v_event.event_id := private.text_in(v_sent -> 'event_id', 200);
    v_event.payment_id := private.uuid_in(v_sent -> 'payment_id');
    v_event.amount_minor := private.whole_in(v_sent -> 'amount_minor', 0, 1000000000000000);
    v_event.kind := private.text_in(v_sent -> 'kind', 20);
    if pg_input_is_valid(private.text_in(v_sent -> 'provider', 20), 'public.payment_provider') then
      v_event.provider := (v_sent ->> 'provider')::public.payment_provider;
    end if;
  end if;
  if num_nulls(v_event.provider, v_event.event_id, v_event.payment_id, v_event.kind, v_event.amount_minor) > 0
    or v_event.kind not in ('started', 'captured', 'declined', 'refunded') then
    perform private.refuse(422, 'invalid_input', '{"field": "payload", "problem": "not a payment event"}',
      'Send {provider, event_id, payment_id, kind: started | captured | declined | refunded, amount_minor} as signed.');
  end if;
  return v_event;
end;
$$;

create or replace function private.trail_of_orders(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select event.created_at, 'o' || lpad(event.id::text, 19, '0'), event.actor, null::text, event.kind, 'order',
    event.order_id::text, orders.number::text, null::jsonb, event.detail
  from public.order_events as event
  join public.orders on orders.id = event.order_id
  -- A payment has its amount here. An order that was placed at once has no detail, and is no deed of the desk.
  where (event.kind <> 'placed' or event.detail <> '{}')
    and event.created_at between page.since and page.until
    and (page.before_at is null
      or (event.created_at, 'o' || lpad(event.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or event.actor = page.who)
    and (page.what is null or page.what = 'order')
    and orders.number::text ilike page.pattern
  order by event.created_at desc, event.id desc
  limit page.size;
end;
$$;

create or replace function private.write_product(sheet jsonb, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := sheet ->> 'id';
  v_wanted public.products;
begin
  select wanted.* into v_wanted
  from public.products as product
  cross join lateral jsonb_populate_record(product, changes - '{media,variants}'::text[]) as wanted
  where product.id = v_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row. And first, so that the
  -- address of a draft is none under which it was for sale.
  if v_wanted.handle is distinct from sheet ->> 'handle' then
    if sheet ->> 'status' <> 'draft' then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'handle', 'problem', 'is fixed', 'value', v_wanted.handle),
        'Links and bookmarks use the address of a product that is or was for sale. Only a draft''s may change.');
    end if;
    update public.products as product set handle = v_wanted.handle where product.id = v_id;
  end if;

  update public.products as product
  set title = v_wanted.title,
    description_html = v_wanted.description_html,
    category = v_wanted.category,
    vendor = v_wanted.vendor,
    tags = v_wanted.tags,
    option_names = v_wanted.option_names,
    limited = v_wanted.limited,
    tax_rate_bp = v_wanted.tax_rate_bp,
    status = v_wanted.status,
    version = product.version + (coalesce(changes -> 'media', sheet -> 'media') <> sheet -> 'media')::integer
  where product.id = v_id;
end;
$$;

-- Every row there is meets it. It is checked without a lock that stops webhooks.
alter table private.payment_events add constraint payment_events_kind_check
  check (kind in ('started', 'captured', 'declined', 'refunded')) not valid;
alter table private.payment_events validate constraint payment_events_kind_check;

CREATE INDEX order_events_of_the_desk ON public.order_events USING btree (created_at DESC, id DESC) WHERE ((kind <> 'placed'::text) OR (detail <> '{}'::jsonb));

CREATE TRIGGER products_keep_their_address AFTER UPDATE ON public.products FOR EACH ROW WHEN (((old.status = 'active'::public.product_status) AND ((new.status <> 'active'::public.product_status) OR (new.handle <> old.handle)))) EXECUTE FUNCTION private.keep_product_address();

COMMENT ON COLUMN "public"."payments"."attempt_at" IS 'When the buyer last began to pay, while the provider has not answered.';

COMMENT ON COLUMN "public"."product_addresses"."handle" IS 'As another system spelled it, or as it was while the product was for sale. A product''s own handle comes first.';

COMMENT ON FUNCTION "private"."keep_product_address"() IS 'Keeps the address under which a product was for sale.';

COMMENT ON FUNCTION "public"."receive_payment_event"(text, text) IS 'A provider''s webhook: payload is JSON {provider, event_id, payment_id, kind: started | captured | declined |
   refunded, amount_minor}, signature the hex HMAC-SHA256 of its exact text. Each event_id counts once, in any order of
   arrival. Returns {effect: placed | refund_due | started | declined | refunded | ignored, order_id}. Raises
   bad_signature (403), not_found (404), invalid_input (422), busy (503).';

COMMENT ON TABLE "public"."product_addresses" IS 'Other addresses of products: /products/<handle> leads to the product''s own. Written by imports, and when a product
   is taken off sale.';

REVOKE ALL ON FUNCTION "private"."keep_product_address"() FROM PUBLIC;

reset check_function_bodies;
