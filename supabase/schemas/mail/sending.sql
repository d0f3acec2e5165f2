-- Sending: a server takes messages, hands each to the mail server, and settles it. Refusals: role_required, not_found,
-- invalid_input, idempotency_key_reused.

create function private.new_order_link(order_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_token text := private.new_secret();
begin
  insert into private.order_links (token_hash, order_id, expires_at)
  values (private.token_hash(v_token), new_order_link.order_id, private.clock() + interval '90 days');
  return v_token;
end;
$$;
comment on function private.new_order_link(uuid) is
  'A new secret that opens an order for 90 days. Only its hash is kept.';

create function private.give_up_mail()
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
comment on function private.give_up_mail() is
  'Ends due messages that would reach nobody: older than three days, when news is no news, of an erased order, or with
   a link that has ended.';

create function private.take_mail(at_most integer)
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
  perform private.drop_waitlist_mail();
  perform private.drop_answer_mail();
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
comment on function private.take_mail(integer) is 'See public.take_mail.';

create function public.take_mail(at_most integer default 20)
returns jsonb
language sql
set search_path = ''
as $$
  select private.take_mail(at_most)
$$;
comment on function public.take_mail(integer) is
  'The messages that are due, oldest first, at most so many (1 to 100): [{message_id, lease, kind, event, order,
   order_token, collect_at}], or {message_id, lease, kind, account} for a message about an account. order as read_order
   returns it; order_token opens a guest''s order for 90 days, NULL for the order of an account; collect_at {name,
   address}. Each is leased for five minutes: settle it by settle_mail, or it is due again. Writes the reminders that
   are due, first. For the secret key. Raises role_required (403).';

create function private.settle_mail(message_id bigint, lease uuid, error text, is_final boolean)
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
comment on function private.settle_mail(bigint, uuid, text, boolean) is 'See public.settle_mail.';

create function public.settle_mail(
  message_id bigint, lease uuid, error text default null, is_final boolean default false
)
returns boolean
language sql
set search_path = ''
as $$
  select private.settle_mail(message_id, lease, error, is_final)
$$;
comment on function public.settle_mail(bigint, uuid, text, boolean) is
  'Ends an attempt. error NULL: the mail server took the message. Otherwise it is due again, later each time; after ten
   attempts, or when is_final (the mail server refuses this recipient), it has failed. Returns false and changes nothing
   when the lease is not the current one. For the secret key. Raises role_required (403).';

create function private.read_mail()
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
comment on function private.read_mail() is 'See public.read_mail.';

create function public.read_mail()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_mail();
end;
$$;
comment on function public.read_mail() is
  'The state of the outbox for managers: {waiting, oldest_waiting_at, failed, messages}; messages are the latest 200
   that failed or of which an attempt failed: [{message_id, kind, status, attempts, error, created_at, order_id, number,
   email}], the last three NULL for a message about an account. Raises role_required (403).';

create function private.send_mail_again(message_ids bigint[], idempotency_key uuid)
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
comment on function private.send_mail_again(bigint[], uuid) is 'See public.send_mail_again.';

create function public.send_mail_again(message_ids bigint[], idempotency_key uuid)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.send_mail_again(message_ids, idempotency_key);
end;
$$;
comment on function public.send_mail_again(bigint[], uuid) is
  'Puts failed messages about orders (1 to 200) back into the outbox; managers. Returns how many. Raises role_required
   (403), invalid_input (422), idempotency_key_reused (409).';

revoke execute on function public.take_mail(integer), public.settle_mail(bigint, uuid, text, boolean)
  from public, anon, authenticated;
revoke execute on function public.read_mail(), public.send_mail_again(bigint[], uuid) from public, anon;
grant execute on function public.take_mail(integer), private.take_mail(integer),
  public.settle_mail(bigint, uuid, text, boolean), private.settle_mail(bigint, uuid, text, boolean) to service_role;
grant execute on function public.read_mail(), private.read_mail(), public.send_mail_again(bigint[], uuid),
  private.send_mail_again(bigint[], uuid) to authenticated, service_role;

insert into private.retention_rules (kind, keep, target, age, only_where) values
  ('mail', '30 days', 'private.mail', 'created_at', 'true'),
  ('order_links', '1 hour', 'private.order_links', 'expires_at', 'true');
