-- An order after it was placed: cancelled, handed over, returned. Refusals: role_required, not_found, invalid_input,
-- order_not_open, not_allocated_here, idempotency_key_reused.

create function private.lock_order(order_id uuid)
returns public.orders
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = lock_order.order_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  return v_order;
end;
$$;
comment on function private.lock_order(uuid) is 'The order, locked. Raises not_found (404).';

create function private.owns_order(owner public.orders, order_token text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(owner.user_id = auth.uid(), false)
    or coalesce(owner.token_hash = asked.hash, false)
    or exists (
      select from private.order_links as link
      where link.token_hash = asked.hash and link.order_id = owner.id and link.expires_at > private.clock()
    )
  from (select case when length(order_token) <= 200 then sha256(convert_to(order_token, 'UTF8')) end as hash) as asked
$$;
comment on function private.owns_order(public.orders, text) is
  'Whether the caller is the buyer: by account, by the secret of the order link, or by that of a link in an e-mail.';

create function private.refuse_state(refused public.orders, hint text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse(
    409, 'order_not_open', jsonb_build_object('order_id', refused.id, 'status', refused.status), hint
  );
end;
$$;
comment on function private.refuse_state(public.orders, text) is
  'Raises order_not_open (409) with the status the order is in.';

-- read_order --------------------------------------------------------------------------------------------------

create function private.order_as_json(order_id uuid)
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
      'is_walk_in', orders.is_walk_in, 'delivery_minor', orders.delivery_minor,
      'delivery_estimate', orders.delivery_estimate,
      'discount_title', orders.discount_title,
      'taxes', private.order_taxes(orders.id), 'invoices', private.invoices_of(orders.id),
      'worth_minor', private.order_worth(orders.id, with_returns => false),
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
          'taken_as', payment.taken_as,
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
comment on function private.order_as_json(uuid) is 'See public.read_order.';

create function private.read_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = read_order.order_id;
  if v_order.id is null or not (
    private.owns_order(v_order, order_token) or private.acts_as_shop(order_token) or private.staff_role() is not null
  ) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link, or sign in.');
  end if;
  return private.order_as_json(order_id);
end;
$$;
comment on function private.read_order(uuid, text) is 'See public.read_order.';

create function public.read_order(order_id uuid, order_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_order(order_id, order_token);
end;
$$;
comment on function public.read_order(uuid, text) is
  'An order for its buyer (by account or order_token) or for staff: the order''s columns, payment, items and events,
   taxes ([{rate_bp, amount_minor, tax_minor}]), invoices (with its credit notes), worth_minor (the total without what
   was cancelled), and kept_at: the locations of what is still to be handed over. Money in minor units. An unknown order
   and the order of another buyer are the same answer: not_found (404).';
