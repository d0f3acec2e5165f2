-- Actions of staff on a customer, and of a customer on advertising. See customers.sql.

create function private.add_customer_note(order_id uuid, body text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_notes constant integer := 500;
  v_response jsonb;
  -- A form sends the ends of lines as two characters.
  v_body text := trim(both E' \t\n' from replace(left(body, 4001), E'\r\n', E'\n'));
  v_order public.orders;
  v_note bigint;
begin
  perform private.require_role('stock');
  if length(body) > 4000 or length(v_body) > 2000 or v_body is null or v_body = ''
    or v_body ~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]' then
    perform private.refuse(422, 'invalid_input', '{"field": "body", "problem": "not 1 to 2000 characters"}',
      'Write at most 2000 characters.');
  end if;
  v_response := private.begin_once(idempotency_key, 'add_customer_note', jsonb_build_array(order_id, v_body));
  if v_response is not null then
    return v_response;
  end if;
  perform private.lock_order(order_id);
  v_order := private.customer_of(order_id);
  if (
    select count(*) from public.customer_notes as note
    where note.order_id in (select own.id from private.orders_of_customer(v_order) as own)
  ) >= c_notes then
    perform private.refuse(422, 'invalid_input', '{"field": "body", "problem": "500 notes already"}',
      'The customer has 500 notes.');
  end if;
  insert into public.customer_notes (order_id, body) values (v_order.id, v_body) returning id into v_note;
  v_response := jsonb_build_object('id', v_note);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.add_customer_note(uuid, text, uuid) is 'See public.add_customer_note.';

create function public.add_customer_note(order_id uuid, body text, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.add_customer_note(order_id, body, idempotency_key);
end;
$$;
comment on function public.add_customer_note(uuid, text, uuid) is
  'Notes something about the customer of an order: up to 2000 characters, 500 notes a customer. A note never changes,
   and ends when the person is erased; the person gets it with their data. Returns {id}. Staff of role stock. Raises
   role_required (403), not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

create function private.record_consent(order_id uuid, given boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_changes constant integer := 100;
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role('stock');
  if given is null then
    perform private.refuse(422, 'invalid_input', '{"field": "given", "problem": "missing"}', 'Send true or false.');
  end if;
  v_response := private.begin_once(idempotency_key, 'record_consent', jsonb_build_array(order_id, given));
  if v_response is not null then
    return v_response;
  end if;
  perform private.lock_order(order_id);
  v_order := private.customer_of(order_id);
  if (private.current_consent(v_order)).given is distinct from record_consent.given then
    -- A withdrawal is never refused.
    if given and (
      select count(*) from public.marketing_consents as consent where consent.order_id = v_order.id
    ) >= c_changes then
      perform private.refuse(422, 'invalid_input', '{"field": "given", "problem": "changed 100 times already"}',
        'Ask the customer to change it in their account.');
    end if;
    insert into public.marketing_consents (order_id, given, source) values (v_order.id, given, 'staff');
  end if;
  v_response := jsonb_build_object('given', given);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.record_consent(uuid, boolean, uuid) is 'See public.record_consent.';

create function public.record_consent(order_id uuid, given boolean, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.record_consent(order_id, given, idempotency_key);
end;
$$;
comment on function public.record_consent(uuid, boolean, uuid) is
  'Records that the customer of an order told staff to send advertising, or to stop. The same again changes nothing.
   Returns {given}. Staff of role stock. Raises role_required (403), not_found (404), invalid_input (422, also after 100
   changes), idempotency_key_reused (409), busy (503).';

create function private.own_consent(given boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  c_changes constant integer := 100;
  v_person uuid := auth.uid();
  v_of public.orders;
  v_now boolean;
begin
  v_of.user_id := v_person;
  v_now := coalesce((private.current_consent(v_of)).given, false);
  if own_consent.given is null or own_consent.given = v_now then
    return v_now;
  end if;
  -- A withdrawal is never refused.
  if given and (
    select count(*) from public.marketing_consents as consent where consent.user_id = v_person
  ) >= c_changes then
    perform private.refuse(422, 'invalid_input', '{"field": "given", "problem": "changed 100 times already"}',
      'Ask the shop to change it.');
  end if;
  insert into public.marketing_consents (user_id, given, source) values (v_person, own_consent.given, 'customer');
  return own_consent.given;
exception when foreign_key_violation or not_null_violation or check_violation then
  perform private.refuse(401, 'signed_out', '{}', 'Sign in first.');
  return null;
end;
$$;
comment on function private.own_consent(boolean) is 'See public.own_consent.';

create function public.own_consent(given boolean default null)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.own_consent(given);
end;
$$;
comment on function public.own_consent(boolean) is
  'Whether the signed-in caller agreed to advertising; given changes it. Raises signed_out (401),
   invalid_input (422, after 100 changes; a withdrawal is never refused).';

-- Guest orders and account ----------------------------------------------------------------------------------------

create function private.merge_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_orders constant integer := 200;
  v_response jsonb;
  v_account record;
  v_ids uuid[];
  v_id uuid;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'merge_customer', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  select * into v_account from private.account_of_customer(private.customer_of(order_id));
  if not found then
    perform private.refuse(409, 'no_account', jsonb_build_object('order_id', order_id),
      'No account has confirmed this e-mail address.');
  end if;
  v_ids := array(
    select guest.id from public.orders as guest
    where guest.user_id is null and guest.erased_at is null and guest.erase_asked_at is null and guest.id in (
      select each.id from public.orders as each
      where coalesce(each.user_id::text, each.email) = v_account.email
        and each.erased_at is null and each.erase_asked_at is null
      order by each.number limit c_orders
    )
    order by guest.id for no key update
  );
  begin
    foreach v_id in array v_ids loop
      perform private.give_order(v_id, v_account.user_id);
    end loop;
  exception when sqlstate 'PT401' then
    perform private.refuse(409, 'no_account', jsonb_build_object('order_id', order_id), 'The account was deleted.');
  end;
  insert into public.order_events (order_id, kind) select each.id, 'joined_account' from unnest(v_ids) as each (id);
  v_response := jsonb_build_object('orders', cardinality(v_ids));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.merge_customer(uuid, uuid) is 'See public.merge_customer.';

create function public.merge_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.merge_customer(order_id, idempotency_key);
end;
$$;
comment on function public.merge_customer(uuid, uuid) is
  'Adds the orders that guests placed with the e-mail address of an account to that account, at most 200 a call. The
   order is one of the account, or one of the guest. Only an address that the account has confirmed counts. Returns
   {orders}. Managers. Raises role_required (403), not_found (404), no_account (409), idempotency_key_reused (409),
   busy (503).';

create function private.separate_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_ids uuid[];
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'separate_customer', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_ids := array(
    select own.id from public.orders as own
    where own.user_id = (private.customer_of(order_id)).user_id
      and own.erased_at is null and own.erase_asked_at is null and private.was_merged(own.id)
    order by own.id for no key update
  );
  perform private.forget_customers(v_ids);
  insert into public.order_events (order_id, kind) select each.id, 'left_account' from unnest(v_ids) as each (id);
  v_response := jsonb_build_object('orders', cardinality(v_ids));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.separate_customer(uuid, uuid) is 'See public.separate_customer.';

create function public.separate_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.separate_customer(order_id, idempotency_key);
end;
$$;
comment on function public.separate_customer(uuid, uuid) is
  'The inverse of merge_customer: the orders that staff added to the account of this order are guest orders again.
   Returns {orders}. Managers. Raises role_required (403), not_found (404), idempotency_key_reused (409), busy (503).';

revoke execute on function
  public.read_customers(text, bigint, integer), public.read_customer(uuid, bigint),
  public.add_customer_note(uuid, text, uuid), public.record_consent(uuid, boolean, uuid),
  public.own_consent(boolean), public.merge_customer(uuid, uuid), public.separate_customer(uuid, uuid)
from public, anon;
revoke execute on function public.own_consent(boolean) from service_role;
grant execute on function
  public.read_customers(text, bigint, integer), private.read_customers(text, bigint, integer),
  public.read_customer(uuid, bigint), private.read_customer(uuid, bigint),
  public.add_customer_note(uuid, text, uuid), private.add_customer_note(uuid, text, uuid),
  public.record_consent(uuid, boolean, uuid), private.record_consent(uuid, boolean, uuid),
  public.merge_customer(uuid, uuid), private.merge_customer(uuid, uuid),
  public.separate_customer(uuid, uuid), private.separate_customer(uuid, uuid)
to authenticated, service_role;
grant execute on function public.own_consent(boolean), private.own_consent(boolean) to authenticated;
