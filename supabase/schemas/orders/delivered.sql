-- Delivered parcels, and withdrawals from the contract. Both are events of the order's timeline; a withdrawal that
-- waits for the shop is also a row, so that the queue of orders finds it. Always true:
--   1. The row exists exactly while the latest event about a withdrawal is that it was asked for.
--   2. A buyer gets an e-mail with the time for each withdrawal that they ask for: the event causes it.
-- Refusals: role_required, location_not_yours, not_found, invalid_input, order_not_open, idempotency_key_reused, busy.

create table public.withdrawals (
  order_id uuid primary key references public.orders (id),
  asked_at timestamptz not null default private.clock()
);
comment on table public.withdrawals is
  'Orders whose buyer withdrew from the contract, until the shop has settled it.';
create index withdrawals_by_time on public.withdrawals (asked_at);
alter table public.withdrawals enable row level security;
revoke all on public.withdrawals from anon, authenticated, service_role;
grant select on public.withdrawals to authenticated, service_role;
create policy "staff see who withdrew" on public.withdrawals
  for select to authenticated using ((select private.staff_role()) is not null);

alter table public.order_events
  add constraint order_events_deliver_a_parcel check (
    kind not in ('delivered', 'not_delivered') or coalesce(jsonb_typeof(detail -> 'hand_over') = 'number', false)
  );

create function private.mark_delivered(order_id uuid, hand_over bigint, delivered boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_changes constant integer := 40;
  v_response jsonb;
  v_order public.orders;
  v_is_delivered boolean;
  v_changes integer;
begin
  perform private.require_role_for_order('stock', order_id);
  if delivered is null then
    perform private.refuse(422, 'invalid_input', '{"field": "delivered", "problem": "missing"}', 'Send true or false.');
  end if;
  v_response := private.begin_once(
    idempotency_key, 'mark_delivered', jsonb_build_array(order_id, hand_over, delivered)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.delivery <> 'delivery' or not exists (
    select from public.order_events as event
    where event.id = mark_delivered.hand_over and event.order_id = v_order.id and event.kind = 'handed_over'
  ) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id, 'hand_over', hand_over),
      'Reload the order.');
  end if;
  select count(*), coalesce((array_agg(event.kind order by event.id desc))[1] = 'delivered', false)
  into v_changes, v_is_delivered
  from public.order_events as event
  where event.order_id = v_order.id and event.kind in ('delivered', 'not_delivered')
    and event.detail -> 'hand_over' = to_jsonb(mark_delivered.hand_over);
  if v_is_delivered <> mark_delivered.delivered then
    if v_changes >= c_changes then
      perform private.refuse(422, 'invalid_input', '{"field": "delivered", "problem": "changed 40 times already"}',
        'Leave it as it is.');
    end if;
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind, detail)
    values (v_order.id, case when delivered then 'delivered' else 'not_delivered' end,
      jsonb_build_object('hand_over', hand_over));
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.mark_delivered(uuid, bigint, boolean, uuid) is 'See public.mark_delivered.';

create function public.mark_delivered(order_id uuid, hand_over bigint, delivered boolean, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.mark_delivered(order_id, hand_over, delivered, idempotency_key);
end;
$$;
comment on function public.mark_delivered(uuid, bigint, boolean, uuid) is
  'Says that a parcel has reached its address, or that it has not: hand_over is the event by which its units left; staff
   of role stock. The same again changes nothing. Returns the order as read_order does. Raises role_required (403),
   location_not_yours (403), not_found (404), invalid_input (422, also after 40 changes), idempotency_key_reused (409),
   busy (503).';

-- Withdrawal ------------------------------------------------------------------------------------------------------

create function private.ask_withdrawal(order_id uuid, idempotency_key uuid, order_token text, items text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_asked constant integer := 10;
  v_response jsonb;
  v_items text := nullif(private.text_in(to_jsonb(items), 500, 0), '');
  v_order public.orders;
begin
  if items is not null and private.text_in(to_jsonb(items), 500, 0) is null then
    perform private.refuse(422, 'invalid_input',
      '{"field": "items", "problem": "not one line of up to 500 characters"}',
      'Name the items in one line, or leave it out for all of them.');
  end if;
  v_response := private.begin_once(idempotency_key, 'ask_withdrawal', jsonb_build_array(order_id,
    case when length(order_token) <= 200 then encode(sha256(convert_to(order_token, 'UTF8')), 'hex') end, v_items));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not private.owns_order(v_order, order_token) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  if v_order.placed_at is null or v_order.erased_at is not null or not exists (
    select from public.order_items as item
    where item.order_id = v_order.id and item.cancelled + item.returned < item.quantity
  ) then
    perform private.refuse_state(v_order, 'Nothing of it is left to withdraw from.');
  end if;
  if not exists (select from public.withdrawals as open where open.order_id = v_order.id) then
    if (
      select count(*) from public.order_events as event
      where event.order_id = v_order.id and event.kind = 'withdrawal_asked'
    ) >= c_asked then
      perform private.refuse_state(v_order, 'The shop answered ten withdrawals of this order: write to the shop.');
    end if;
    insert into public.withdrawals (order_id) values (v_order.id);
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind, detail)
    values (v_order.id, 'withdrawal_asked', jsonb_strip_nulls(jsonb_build_object('reason', v_items)));
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.ask_withdrawal(uuid, uuid, text, text) is 'See public.ask_withdrawal.';

create function public.ask_withdrawal(
  order_id uuid, idempotency_key uuid, order_token text default null, items text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.ask_withdrawal(order_id, idempotency_key, order_token, items);
end;
$$;
comment on function public.ask_withdrawal(uuid, uuid, text, text) is
  'The buyer withdraws from the contract of an order: of the items that they name, NULL for all of them. Whether the
   period has passed is for the shop to say. The buyer gets an e-mail with the time; staff see the order until
   settle_withdrawal. A withdrawal that waits already is left as it is. Returns the order as read_order does. Raises
   not_found (404), invalid_input (422), order_not_open (409, nothing is left), idempotency_key_reused (409),
   busy (503).';

create function private.settle_withdrawal(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'settle_withdrawal', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  delete from public.withdrawals as open where open.order_id = v_order.id;
  if found then
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind) values (v_order.id, 'withdrawal_settled');
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.settle_withdrawal(uuid, uuid) is 'See public.settle_withdrawal.';

create function public.settle_withdrawal(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.settle_withdrawal(order_id, idempotency_key);
end;
$$;
comment on function public.settle_withdrawal(uuid, uuid) is
  'The shop has answered a withdrawal: the items came back, or the customer was told why not. Staff of role stock. Done
   twice is done once; the buyer can withdraw again. Returns the order as read_order does. Raises role_required (403),
   not_found (404), idempotency_key_reused (409), busy (503).';

revoke execute on function
  public.mark_delivered(uuid, bigint, boolean, uuid), public.ask_withdrawal(uuid, uuid, text, text),
  public.settle_withdrawal(uuid, uuid)
from public, anon;
grant execute on function
  public.mark_delivered(uuid, bigint, boolean, uuid), private.mark_delivered(uuid, bigint, boolean, uuid),
  public.ask_withdrawal(uuid, uuid, text, text), private.ask_withdrawal(uuid, uuid, text, text),
  public.settle_withdrawal(uuid, uuid), private.settle_withdrawal(uuid, uuid)
to authenticated, service_role;
