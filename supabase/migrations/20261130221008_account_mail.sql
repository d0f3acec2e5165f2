set check_function_bodies = off;

ALTER TABLE "private"."mail" DROP CONSTRAINT "mail_pkey";

ALTER TABLE "private"."mail" ADD COLUMN "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL;

ALTER TABLE "private"."mail" ADD COLUMN "account" jsonb;

ALTER TABLE "private"."mail" ADD COLUMN "request" text;

ALTER TABLE "private"."mail" ADD COLUMN "ends_at" timestamp with time zone;

ALTER TABLE "private"."mail" ALTER COLUMN "event_id" DROP NOT NULL;

ALTER TYPE "public"."mail_kind" ADD VALUE 'confirm_address' AFTER 'payment_reminder';

ALTER TYPE "public"."mail_kind" ADD VALUE 'reset_password' AFTER 'confirm_address';

ALTER TYPE "public"."mail_kind" ADD VALUE 'change_address' AFTER 'reset_password';

ALTER TYPE "public"."mail_kind" ADD VALUE 'staff_invitation' AFTER 'change_address';

create or replace function private.erase_person(person uuid)
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
    array(select distinct claims.variant_id from public.claims where claims.cart_id = v_cart order by 1)
  );
  delete from public.claims where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;

  select coalesce(array_agg(orders.id) filter (where finished.yes), '{}'),
    coalesce(array_agg(orders.id) filter (where not finished.yes), '{}')
  into v_finished, v_open
  from public.orders cross join lateral (select private.is_finished(orders) as yes) as finished
  where orders.user_id = person;
  perform private.erase_orders(v_finished);
  perform private.forget_customers(v_open);
  update public.orders set erase_asked_at = private.clock() where orders.id = any (v_open);

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

create or replace function private.give_up_mail()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.mail
  set status = 'failed', settled_at = private.clock(), lease = null,
    account = null,
    error = case
      when mail.ends_at <= private.clock() then 'The link ended before it was sent.'
      when mail.created_at < private.clock() - interval '3 days' then 'Not sent within three days.'
      else 'The person was erased from the order.'
    end
  where mail.id = any (array(
      select waiting.id from private.mail as waiting
      where waiting.status = 'waiting' and waiting.due_at <= private.clock()
      order by waiting.due_at limit 200 for update skip locked
    ))
    and (
      mail.created_at < private.clock() - interval '3 days' or mail.ends_at <= private.clock()
      or exists (
        select from public.order_events as event join public.orders on orders.id = event.order_id
        where event.id = mail.event_id and orders.erased_at is not null
      )
    );
end;
$$;

create or replace function private.invite_staff_member(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[]
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_email text := lower(trim(email));
  v_hash bytea := private.token_hash(secret);
  v_response jsonb;
  v_known jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'invite_staff_member',
    jsonb_build_array(v_email, name, role, location_ids, encode(v_hash, 'hex')));
  if v_response is null then
    if coalesce(v_email, '') not like '%_@_%' or length(v_email) > 254 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'email', 'problem', 'not an address', 'value', email), 'Type an e-mail address.');
    end if;
    if length(trim(coalesce(name, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "name", "problem": "not 1 to 120 characters"}',
        'Type the name of the staff member.');
    end if;
    perform private.check_rights(role, location_ids);

    select jsonb_build_object('email', v_email, 'active', staff.active) into v_known
    from public.staff where staff.email = v_email;
    if not found then
      insert into public.staff_invitations (email, name, role, location_ids, secret_hash, expires_at)
      values (v_email, trim(invite_staff_member.name), invite_staff_member.role, invite_staff_member.location_ids,
        v_hash, now() + private.invitation_time())
      on conflict do nothing
      returning to_jsonb(staff_invitations.id) into v_response;
    end if;
    if v_response is null then
      perform private.refuse(409, 'staff_member_exists',
        coalesce(v_known, jsonb_build_object('email', v_email, 'active', null)),
        'Change the staff member or the open invitation instead.');
    end if;
    perform private.mail_invitation((v_response #>> '{}')::uuid, secret, idempotency_key);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::uuid;
end;
$$;

create or replace function private.mail_invitation(invitation_id uuid, secret text, idempotency_key uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.owe_account_mail(
    'staff_invitation', invitation.email, secret, 'invitation ' || idempotency_key,
    jsonb_strip_nulls(jsonb_build_object('name', invitation.name, 'invited_by', (
      select staff.name from public.staff where staff.user_id = auth.uid()
    ))),
    private.invitation_time()
  )
  from public.staff_invitations as invitation where invitation.id = mail_invitation.invitation_id;
end;
$$;

create or replace function private.owe_account_mail(
  kind public.mail_kind, recipient text, token text, request text, about jsonb, life interval
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  insert into private.mail (kind, account, request, ends_at)
  values (
    owe_account_mail.kind,
    about || jsonb_build_object('to', recipient, 'token', token),
    owe_account_mail.request, private.clock() + life
  )
  on conflict on constraint mail_request_key do nothing;
  return found;
end;
$$;

create or replace function private.queue_auth_mail(kind text, recipient text, token text, request text, new_address text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_field text := case
    when kind is null or kind not in ('confirm_address', 'reset_password', 'change_address') then 'kind'
    when recipient is null or length(recipient) > 254 or recipient !~ '^[^\s@]+@[^\s@]+$' then 'recipient'
    when token is null or token !~ '^[\w-]{16,200}$' then 'token'
    when request is null or length(request) not between 1 and 120 then 'request'
    when length(new_address) > 254 or new_address !~ '^[^\s@]+@[^\s@]+$' then 'new_address'
  end;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server sends e-mails.');
  end if;
  if v_field is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_field, 'problem', 'not as described'),
      'See public.queue_auth_mail.');
  end if;
  return private.owe_account_mail(kind::public.mail_kind, recipient, token, request,
    jsonb_strip_nulls(jsonb_build_object('new_address', new_address)), interval '1 hour');
end;
$$;

create or replace function private.read_mail()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  return jsonb_build_object(
    'waiting', (select count(*) from private.mail where mail.status = 'waiting'),
    'oldest_waiting_at', (select min(mail.created_at) from private.mail where mail.status = 'waiting'),
    'failed', (select count(*) from private.mail where mail.status = 'failed'),
    'messages', (
      select coalesce(jsonb_agg(to_jsonb(listed) order by listed.created_at desc, listed.message_id desc), '[]')
      from (
        select mail.id as message_id, mail.kind, mail.status, mail.attempts, mail.error, mail.created_at,
          orders.id as order_id, orders.number, orders.email
        from private.mail
        left join public.order_events as event on event.id = mail.event_id
        left join public.orders on orders.id = event.order_id
        where mail.status = 'failed' or mail.status = 'waiting' and mail.error is not null
        order by mail.created_at desc, mail.id desc limit 200
      ) as listed
    )
  );
end;
$$;

create or replace function private.renew_invitation(invitation_id uuid, secret text, idempotency_key uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_hash bytea := private.token_hash(secret);
begin
  perform private.require_role('manager');
  if private.begin_once(idempotency_key, 'renew_invitation',
    jsonb_build_array(invitation_id, encode(v_hash, 'hex'))) is null then
    perform private.lock_invitation(invitation_id);
    if exists (
      select from public.staff_invitations as other
      where other.secret_hash = v_hash and other.id <> renew_invitation.invitation_id
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "secret", "problem": "in use"}',
        'Make a new random secret.');
    end if;
    update public.staff_invitations
    set secret_hash = v_hash, expires_at = now() + private.invitation_time()
    where staff_invitations.id = renew_invitation.invitation_id;
    perform private.mail_invitation(invitation_id, secret, idempotency_key);
    perform private.finish_once(idempotency_key, to_jsonb(invitation_id));
  end if;
  return invitation_id;
end;
$$;

create or replace function private.send_mail_again(message_ids bigint[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_messages integer;
begin
  perform private.require_role('manager');
  if coalesce(cardinality(message_ids), 0) not between 1 and 200 then
    perform private.refuse(422, 'invalid_input', '{"field": "message_ids", "problem": "not 1 to 200"}',
      'Choose 1 to 200 messages.');
  end if;
  v_response := private.begin_once(idempotency_key, 'send_mail_again', to_jsonb(message_ids));
  if v_response is null then
    -- A message that was given up for its age gets its three days again.
    update private.mail
    set status = 'waiting', settled_at = null, attempts = 0, error = null, due_at = private.clock(),
      created_at = private.clock()
    where mail.id = any (message_ids) and mail.status = 'failed' and mail.event_id is not null;
    get diagnostics v_messages = row_count;
    v_response := to_jsonb(v_messages);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response::integer;
end;
$$;

create or replace function private.settle_mail(message_id bigint, lease uuid, error text, is_final boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  c_attempts constant integer := 10;
  v_error text := left(settle_mail.error, 500);
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  update private.mail
  set lease = null, error = v_error,
    account = case
      when v_error is not null and not settle_mail.is_final and mail.attempts < c_attempts then mail.account
    end,
    status = case
      when v_error is null then 'sent'
      when settle_mail.is_final or mail.attempts >= c_attempts then 'failed'
      else 'waiting'
    end::public.mail_status,
    settled_at = case
      when v_error is null or settle_mail.is_final or mail.attempts >= c_attempts then private.clock()
    end,
    -- 1, 2, 4 … minutes, at most 4 hours: ten attempts are spread over a day.
    due_at = private.clock() + least(interval '1 minute' * power(2, mail.attempts - 1), interval '4 hours')
  where mail.id = settle_mail.message_id and mail.lease = settle_mail.lease;
  return found;
end;
$$;

create or replace function private.take_mail(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_taken bigint[];
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  perform private.remind_unpaid();
  perform private.drop_reminders();
  perform private.give_up_mail();
  with due as (
    select mail.id from private.mail
    where mail.status = 'waiting' and mail.due_at <= private.clock()
    order by mail.due_at limit least(greatest(coalesce(take_mail.at_most, 20), 1), 100) for update skip locked
  ), taken as (
    update private.mail
    set lease = gen_random_uuid(), due_at = private.clock() + interval '5 minutes', attempts = mail.attempts + 1
    from due
    where mail.id = due.id
    returning mail.id
  )
  select array_agg(taken.id) into v_taken from taken;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('message_id', mail.id, 'lease', mail.lease, 'kind', mail.kind)
      || case when mail.event_id is null then jsonb_build_object('account', mail.account)
      else jsonb_build_object(
      'event', jsonb_build_object('id', event.id, 'kind', event.kind, 'detail', event.detail, 'at', event.created_at),
      'order_token', case when orders.user_id is null then private.new_order_link(orders.id) end,
      'collect_at', (
        select jsonb_build_object('name', location.name, 'address', location.address)
        from public.locations as location where location.id = orders.collect_at
      ),
      'order', private.order_as_json(event.order_id)) end order by mail.id), '[]')
    from private.mail
    left join public.order_events as event on event.id = mail.event_id
    left join public.orders on orders.id = event.order_id
    where mail.id = any (v_taken)
  );
end;
$$;

create or replace function public.queue_auth_mail(
  kind text, recipient text, token text, request text, new_address text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.queue_auth_mail(kind, recipient, token, request, new_address);
end;
$$;

REVOKE ALL ON FUNCTION "public"."queue_auth_mail"(text, text, text, text, text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."queue_auth_mail"(text, text, text, text, text) FROM "authenticated";

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_event_id_key" UNIQUE (event_id);

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_has_one_subject" CHECK (((event_id IS NULL) = ((request IS NOT NULL) AND (ends_at IS NOT NULL))));

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_keeps_its_account_while_it_waits" CHECK (((account IS NOT NULL) = ((event_id IS NULL) AND (status = 'waiting'::public.mail_status))));

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_pkey" PRIMARY KEY (id);

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_request_check" CHECK (((length(request) >= 1) AND (length(request) <= 120)));

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_request_key" UNIQUE (request);

COMMENT ON COLUMN "private"."mail"."account" IS 'Of a message about an account: {to, token, …}; NULL for an order, and once the message is settled.';

COMMENT ON COLUMN "private"."mail"."ends_at" IS 'When the link of a message about an account ends, and the message with it.';

COMMENT ON COLUMN "private"."mail"."request" IS 'The request that caused a message about an account: sent again, it causes no second one.';

COMMENT ON FUNCTION "private"."give_up_mail"() IS 'Ends due messages that would reach nobody: older than three days, when news is no news, of an erased order, or with
   a link that has ended.';

COMMENT ON FUNCTION "private"."mail_invitation"(uuid, text, uuid) IS 'Owes the e-mail with the link of an invitation, in the transaction that makes the link.';

COMMENT ON FUNCTION "private"."owe_account_mail"(public.mail_kind, text, text, text, jsonb, interval) IS 'Writes a message about an account, once for a request. about: the other facts of its text. Returns whether it is
   new.';

COMMENT ON FUNCTION "private"."queue_auth_mail"(text, text, text, text, text) IS 'See public.queue_auth_mail.';

COMMENT ON FUNCTION "public"."queue_auth_mail"(text, text, text, text, text) IS 'Owes an e-mail of Auth for an hour. kind: confirm_address, reset_password or change_address; token: the hash of
   Auth''s link, 16 to 200 characters; request: the id of the hook''s call, 1 to 120 characters; new_address: of a
   change.
   Returns false when the request was queued before. For the secret key. Raises role_required (403),
   invalid_input (422).';

COMMENT ON FUNCTION "public"."read_mail"() IS 'The state of the outbox for managers: {waiting, oldest_waiting_at, failed, messages}; messages are the latest 200
   that failed or of which an attempt failed: [{message_id, kind, status, attempts, error, created_at, order_id, number,
   email}], the last three NULL for a message about an account. Raises role_required (403).';

COMMENT ON FUNCTION "public"."send_mail_again"(bigint[], uuid) IS 'Puts failed messages about orders (1 to 200) back into the outbox; managers. Returns how many. Raises role_required
   (403), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."take_mail"(integer) IS 'The messages that are due, oldest first, at most so many (1 to 100): [{message_id, lease, kind, event, order,
   order_token, collect_at}], or {message_id, lease, kind, account} for a message about an account. order as read_order
   returns it; order_token opens a guest''s order for 90 days, NULL for the order of an account; collect_at {name,
   address}. Each is leased for five minutes: settle it by settle_mail, or it is due again. Writes the reminders that
   are due, first. For the secret key. Raises role_required (403).';

COMMENT ON TABLE "private"."mail" IS 'One row per e-mail. About an order: written by a trigger of order_events. About an account: by owe_account_mail.';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again. payment_reminder: is cancelled soon, because it is not paid.
   confirm_address, reset_password, change_address: a link of Auth for an account. staff_invitation: a link to join.';

REVOKE ALL ON FUNCTION "private"."mail_invitation"(uuid, text, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."owe_account_mail"(public.mail_kind, text, text, text, jsonb, interval) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."queue_auth_mail"(text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."queue_auth_mail"(text, text, text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."queue_auth_mail"(text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."queue_auth_mail"(text, text, text, text, text) TO "service_role";

reset check_function_bodies;

insert into private.rates (kind, guest, network, per) values
  ('mail_link', 5, 30, '1 hour'), ('account', 20, 60, '10 minutes');
