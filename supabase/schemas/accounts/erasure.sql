-- Erasure: an account can be deleted at any time, by its person, by a manager, or by a plain delete from auth.users; a
-- guest can erase one order by the secret of its link. Always true afterwards:
--   1. Nothing is held for the account, and no sum differs from its ledger.
--   2. Its orders stay, without the person. An order that is not finished, or of which a refund is due, keeps the
--      contact and address until it is; the maintenance job (schemas/retention/tables.sql) erases it then.
--   3. History stays: entries keep the id of the actor. A staff member is shown as "Former staff member".
-- Refusals: role_required, not_found, invalid_input, last_manager, idempotency_key_reused, busy.

alter table public.orders
  add column erase_asked_at timestamptz,
  add column erased_at timestamptz;
comment on column public.orders.erase_asked_at is
  'When the account was deleted or a guest asked: the person is erased once the order is finished.';
comment on column public.orders.erased_at is 'When the person was erased. Number, items, money, tax and country stay.';
create index orders_to_erase on public.orders (erase_asked_at) where erase_asked_at is not null and erased_at is null;
create index orders_not_erased on public.orders (created_at) where erased_at is null;

-- Append-only rows stay append-only: only their personal fields change, and only while a person is erased ----------

create function private.stay_but_for_erasure()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('onhand.erasing', true), '') <> 'on'
    or to_jsonb(new) - tg_argv <> to_jsonb(old) - tg_argv then
    perform private.refuse(403, 'ledger_is_append_only', '{}', 'Write another line that corrects it.');
  end if;
  return new;
end;
$$;
comment on function private.stay_but_for_erasure() is
  'Before-update trigger of what is append-only and can name a person. Arguments: the columns that an erasure may
   change. Raises ledger_is_append_only (403) for everything else, and outside private.erase_orders and
   private.erase_trail.';

drop trigger audit_trail_stays on public.audit_trail;
create trigger audit_trail_stays before delete or truncate on public.audit_trail
  for each statement execute function private.stay_as_written();
create trigger audit_trail_changes_by_erasure before update on public.audit_trail
  for each row execute function private.stay_but_for_erasure('actor_name', 'label', 'before', 'after');
drop trigger order_events_stay on public.order_events;
create trigger order_events_stay before delete or truncate on public.order_events
  for each statement execute function private.stay_as_written();
create trigger order_events_change_by_erasure before update on public.order_events
  for each row execute function private.stay_but_for_erasure('detail');

-- Orders ------------------------------------------------------------------------------------------------------------

create function private.forget_customers(order_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.customers as customer
  set orders = customer.orders - gone.orders, cancelled = customer.cancelled - gone.cancelled,
    total_minor = customer.total_minor - gone.total_minor, updated_at = now()
  from (
    select orders.user_id, count(*) as orders, count(*) filter (where orders.status = 'cancelled') as cancelled,
      sum(orders.total_minor) as total_minor
    from public.orders
    where orders.id = any (order_ids) and orders.user_id is not null and orders.placed_at is not null
    group by orders.user_id
  ) as gone
  where customer.user_id = gone.user_id;
  delete from public.customers
  where customers.orders = 0
    and customers.user_id in (select orders.user_id from public.orders where orders.id = any (order_ids));
  update public.orders set user_id = null where orders.id = any (order_ids) and orders.user_id is not null;
end;
$$;
comment on function private.forget_customers(uuid[]) is
  'Takes these orders out of their accounts, and out of what is summed per customer. The caller holds the orders.';

create function private.erase_orders(order_ids uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform private.forget_customers(order_ids);
  update public.orders
  set email = 'erased-' || orders.number || '@erased.invalid', name = 'Erased', phone = null, token_hash = null,
    network = null,
    address = case when orders.address is not null then private.erased_address(orders.address) end,
    erased_at = private.clock()
  where orders.id = any (order_ids);
  get diagnostics v_done = row_count;
  delete from private.order_links as link where link.order_id = any (order_ids);
  delete from public.conversations as conversation where conversation.order_id = any (order_ids);
  perform set_config('onhand.erasing', 'on', true);
  update public.order_events as event set detail = event.detail - array['reason', 'parcel']
  where event.order_id = any (order_ids) and event.detail ?| array['reason', 'parcel'];
  perform set_config('onhand.erasing', '', true);
  return v_done;
end;
$$;
comment on function private.erase_orders(uuid[]) is
  'Erases the person from these orders: account, e-mail, name, phone, address, network, the secrets of the order links,
   the reason typed for a cancellation, the parcels, and conversations about them. The caller holds the orders.';

create function private.is_finished(ordered public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select ordered.status in ('fulfilled', 'cancelled') and not exists (
    select from public.payments as payment
    where payment.order_id = ordered.id and payment.refund_due_minor > payment.refunded_minor
  ) and not exists (select from public.withdrawals as open where open.order_id = ordered.id)
$$;
comment on function private.is_finished(public.orders) is
  'Whether nothing has to reach the buyer any more: neither units, nor a refund, nor the answer to a withdrawal.';

create function private.erase_asked_orders(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_orders(array(
    select orders.id from public.orders
    where orders.erase_asked_at is not null
      and orders.erased_at is null
      and orders.updated_at < before
      and private.is_finished(orders)
    order by orders.erase_asked_at limit at_most for no key update skip locked
  ))
$$;
comment on function private.erase_asked_orders(timestamptz, integer) is
  'Erases the person from orders that were finished before a moment, of deleted accounts and of guests who asked.';

create function private.erase_old_orders(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_orders(array(
    select orders.id from public.orders
    where orders.erased_at is null and orders.created_at < before and private.is_finished(orders)
    order by orders.created_at limit at_most for no key update skip locked
  ))
$$;
comment on function private.erase_old_orders(timestamptz, integer) is
  'Erases the person from finished orders made before a moment.';

create function private.erase_order(order_id uuid, order_token text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_hash bytea := private.token_hash(order_token);
  v_order public.orders;
  v_is_finished boolean;
  v_response jsonb;
begin
  v_response := private.begin_once(idempotency_key, 'erase_order', jsonb_build_array(order_id, encode(v_hash, 'hex')));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  -- The order of an account is erased by the account.
  if not private.owns_order(v_order, order_token) or v_order.user_id is not null then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id),
      'Check the link. An order of an account is erased with the account.');
  end if;
  v_is_finished := private.is_finished(v_order);
  if v_is_finished then
    perform private.erase_orders(array[v_order.id]);
  elsif v_order.erase_asked_at is null then
    update public.orders set erase_asked_at = private.clock() where orders.id = v_order.id;
  end if;
  v_response := jsonb_build_object('erased', v_is_finished);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.erase_order(uuid, text, uuid) is 'See public.erase_order.';

create function public.erase_order(order_id uuid, order_token text, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.erase_order(order_id, order_token, idempotency_key)
$$;
comment on function public.erase_order(uuid, text, uuid) is
  'Erases the person from an order of a guest, by the secret of the order''s link: name, e-mail, phone, address, network
   and the secret itself. An unfinished order keeps what delivery needs, and its link, until it is finished. Returns
   {erased}: whether it was erased at once. For the shop''s server. Raises not_found (404), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

revoke execute on function public.erase_order(uuid, text, uuid) from public, anon, authenticated;
grant execute on function public.erase_order(uuid, text, uuid), private.erase_order(uuid, text, uuid) to service_role;

-- The audit trail ---------------------------------------------------------------------------------------------------

create function private.erase_trail(lines bigint[], new_label text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set label = new_label, before = line.before - '{email,name}'::text[], after = line.after - '{email,name}'::text[]
  where line.id = any (lines);
  get diagnostics v_done = row_count;
  perform set_config('onhand.erasing', '', true);
  return v_done;
end;
$$;
comment on function private.erase_trail(bigint[], text) is
  'Takes name and e-mail out of lines about a person, which are labelled new_label. Actor, action, time and subject
   stay.';

create index audit_trail_of_invitations
  on public.audit_trail (at)
  where subject = 'invitation' and label <> 'Invitation';

create function private.erase_invitation_trail(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_trail(array(
    select line.id from public.audit_trail as line
    where line.subject = 'invitation' and line.label <> 'Invitation' and line.at < erase_invitation_trail.before
    order by line.at limit at_most
  ), 'Invitation')
$$;
comment on function private.erase_invitation_trail(timestamptz, integer) is
  'Takes the invited person out of lines about invitations.';

-- A year is long enough to ask who invited whom; ten years is the longest period that tax law of the EU asks for
-- invoices.
insert into private.retention_rules (kind, keep, sweep) values
  ('orders_of_deleted_accounts', '1 hour', 'erase_asked_orders'),
  ('orders_personal', '10 years', 'erase_old_orders'),
  ('audit_trail_invitations', '1 year', 'erase_invitation_trail');

-- The account -------------------------------------------------------------------------------------------------------

create function private.erase_staff(person uuid, email text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_is_staff boolean := exists (select from public.staff where staff.user_id = person);
  v_is_first boolean;
begin
  -- The change of the row would leave the very name in the trail.
  perform private.leave_trail_to('erasure');
  update private.mail
  set account = mail.account || '{"invited_by": "Former staff member"}'
  from public.staff
  where staff.user_id = person and mail.status = 'waiting' and mail.kind = 'staff_invitation'
    and mail.account ->> 'invited_by' = staff.name;
  update public.staff
  set active = false, signed_out_at = now(), name = 'Former staff member',
    email = 'erased-' || staff.user_id || '@erased.invalid'
  where staff.user_id = person and staff.email not like 'erased-%@erased.invalid';
  v_is_first := found;
  delete from public.staff_invitations as invitation where invitation.email = lower(erase_staff.email);
  perform private.leave_trail_to('');

  perform private.erase_trail(array(
    select line.id
    from public.audit_trail as line
    where line.subject = 'staff_member' and line.subject_id = person::text
  ), 'Former staff member');
  perform private.erase_trail(array(
    select line.id
    from public.audit_trail as line
    where line.subject = 'invitation' and line.label = lower(erase_staff.email)
  ), 'Invitation');
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set actor_name = case when v_is_staff then 'Former staff member' else 'A customer' end
  where line.actor = person;
  perform set_config('onhand.erasing', '', true);
  insert into public.audit_trail (actor_name, action, subject, subject_id, label)
  select case when auth.uid() = person then 'Former staff member' else private.actor_name() end,
    'erased', 'staff_member', person::text, 'Former staff member'
  where v_is_first;
end;
$$;
comment on function private.erase_staff(uuid, text) is
  'Takes a person out of staff, invitations and audit trail. Their staff row stays, inactive, so that history still has
   an actor; a customer leaves a trail only by name.';

create function private.erase_person(person uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_cart uuid;
  v_finished uuid[];
  v_open uuid[];
begin
  -- Locks as everywhere: cart, orders, variants ascending.
  select carts.id into v_cart from public.carts where carts.user_id = person for update;
  perform from public.orders where orders.user_id = person order by orders.id for no key update;
  perform private.queue_for(
    array(
      select claims.variant_id from public.claims where claims.cart_id = v_cart
      union select entry.variant_id from private.waitlist as entry where entry.user_id = person
      order by 1
    )
  );
  delete from public.claims where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;
  perform private.leave_lines(array(select entry.id from private.waitlist as entry where entry.user_id = person));

  select coalesce(array_agg(orders.id) filter (where finished.yes), '{}'),
    coalesce(array_agg(orders.id) filter (where not finished.yes), '{}')
  into v_finished, v_open
  from public.orders cross join lateral (select private.is_finished(orders) as yes) as finished
  where orders.user_id = person;
  perform private.erase_orders(v_finished);
  perform private.forget_customers(v_open);
  update public.orders set erase_asked_at = private.clock() where orders.id = any (v_open);

  perform private.forget_consents(person);
  delete from public.conversations as conversation where conversation.user_id = person;
  perform private.erase_staff(person, (select users.email from auth.users where users.id = person));
  delete from private.mail
  where mail.status = 'waiting'
    and mail.account ->> 'to' = (select users.email from auth.users where users.id = person);
  perform private.reduce_key_rows(array(
    select used.ctid from private.idempotency_keys as used where used.actor = person and not used.reduced for update
  ));
  return jsonb_build_object('orders', cardinality(v_finished) + cardinality(v_open), 'unfinished', cardinality(v_open));
end;
$$;
comment on function private.erase_person(uuid) is
  'Erases everything personal of an account but the account itself: gives up its holds, deletes its cart, erases its
   orders or marks them. Returns how many orders stay, and how many of them are unfinished. Done twice is done once.';

create function private.erase_with_account()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.erase_person(old.id);
  return old;
end;
$$;
comment on function private.erase_with_account() is
  'Before-delete trigger of auth.users: an account can be deleted at any time, by any way.';
create trigger onhand_erases_person before delete on auth.users
  for each row execute function private.erase_with_account();
-- A staff row outlives its account: it is what history is signed with.
alter table public.staff drop constraint staff_user_id_fkey;

create function private.keep_a_manager(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In the order of private.change_staff_member, so that of two managers who leave together one is refused.
  perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
  if exists (select from public.staff where staff.user_id = person and staff.role = 'manager' and staff.active)
    and not exists (
      select from public.staff where staff.user_id <> person and staff.role = 'manager' and staff.active
    ) then
    perform private.refuse(
      409, 'last_manager', jsonb_build_object('user_id', person), 'Make another staff member a manager first.'
    );
  end if;
end;
$$;
comment on function private.keep_a_manager(uuid) is
  'Raises last_manager (409) when the shop would have no manager without this person.';

create function private.erase_account(idempotency_key uuid, user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_person uuid := coalesce(erase_account.user_id, auth.uid());
  v_response jsonb;
begin
  if v_person is null then
    perform private.refuse(
      422, 'invalid_input', '{"field": "user_id", "problem": "missing"}', 'Say whose account to delete.'
    );
  end if;
  if v_person is distinct from auth.uid() then
    perform private.require_role('manager');
  end if;
  v_response := private.begin_once(idempotency_key, 'erase_account', jsonb_build_array(v_person));
  if v_response is null then
    if not exists (select from auth.users where users.id = v_person) then
      perform private.refuse(
        404, 'not_found', jsonb_build_object('user_id', v_person), 'The account does not exist or was deleted.'
      );
    end if;
    perform private.keep_a_manager(v_person);
    v_response := private.erase_person(v_person);
    if v_person is distinct from auth.uid()
      and not exists (select from public.staff where staff.user_id = v_person) then
      perform private.audit('erased', 'account', v_person::text, 'A customer');
    end if;
    -- Where sessions and tokens do not go with the account, they go before it.
    delete from auth.sessions where sessions.user_id = v_person;
    if to_regclass('auth.refresh_tokens') is not null then
      execute 'delete from auth.refresh_tokens where user_id::text = $1' using v_person::text;
    end if;
    delete from auth.users where users.id = v_person;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response;
end;
$$;
comment on function private.erase_account(uuid, uuid) is 'See public.erase_account.';

create function public.erase_account(idempotency_key uuid, user_id uuid default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.erase_account(idempotency_key, user_id)
$$;
comment on function public.erase_account(uuid, uuid) is
  'Deletes the caller''s account, or for managers and the secret key the account user_id: ends its holds and sessions,
   deletes its cart, and erases the person from its orders, which stay. An unfinished order keeps what delivery needs
   until it is finished. Returns {orders, unfinished}: how many stay. Raises role_required (403), not_found (404),
   last_manager (409), invalid_input (422), idempotency_key_reused (409).';

revoke execute on function public.erase_account(uuid, uuid) from public, anon;
grant execute on function
  public.erase_account(uuid, uuid), private.erase_account(uuid, uuid)
to authenticated, service_role;
