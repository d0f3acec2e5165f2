set check_function_bodies = off;

CREATE TYPE "public"."mail_kind" AS ENUM ('order_placed', 'order_ready', 'order_sent', 'order_reduced', 'order_cancelled', 'order_refunded', 'payment_declined');

CREATE TYPE "public"."mail_status" AS ENUM ('waiting', 'sent', 'failed');

CREATE TABLE "private"."mail" (
  "event_id" bigint NOT NULL,
  "kind" public.mail_kind NOT NULL,
  "status" public.mail_status NOT NULL DEFAULT 'waiting'::public.mail_status,
  "attempts" integer NOT NULL DEFAULT 0,
  "due_at" timestamp with time zone NOT NULL DEFAULT private.clock(),
  "lease" uuid,
  "error" text,
  "settled_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT private.clock(),
  CONSTRAINT "mail_attempts_check" CHECK ((attempts >= 0)),
  CONSTRAINT "mail_error_check" CHECK ((length(error) <= 500)),
  CONSTRAINT "mail_pkey" PRIMARY KEY (event_id)
);

ALTER TABLE "private"."mail" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."order_links" ("token_hash" bytea NOT NULL, "order_id" uuid NOT NULL, "expires_at" timestamp with time zone NOT NULL, CONSTRAINT "order_links_pkey" PRIMARY KEY (token_hash), CONSTRAINT "order_links_token_hash_check" CHECK ((length(token_hash) = 32)));

ALTER TABLE "private"."order_links" ENABLE ROW LEVEL SECURITY;

create or replace function private.erase_orders(order_ids uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform private.forget_customers(order_ids);
  update public.orders
  set email = 'erased-' || orders.number || '@erased.invalid', name = 'Erased', phone = null, token_hash = null, network = null,
    address = case when orders.address is not null then private.erased_address(orders.address) end, erased_at = private.clock()
  where orders.id = any (order_ids);
  get diagnostics v_done = row_count;
  delete from private.order_links as link where link.order_id = any (order_ids);
  perform set_config('onhand.erasing', 'on', true);
  update public.order_events as event set detail = event.detail - 'reason'
  where event.order_id = any (order_ids) and event.detail ? 'reason';
  perform set_config('onhand.erasing', '', true);
  return v_done;
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
    error = case
      when mail.created_at < private.clock() - interval '3 days' then 'Not sent within three days.'
      else 'The person was erased from the order.'
    end
  from public.order_events as event join public.orders on orders.id = event.order_id
  where mail.event_id = any (array(
      select waiting.event_id from private.mail as waiting
      where waiting.status = 'waiting' and waiting.due_at <= private.clock()
      order by waiting.due_at limit 200 for update skip locked
    ))
    and event.id = mail.event_id
    and (mail.created_at < private.clock() - interval '3 days' or orders.erased_at is not null);
end;
$$;

create or replace function private.mail_kind_of(event public.order_events)
returns public.mail_kind
language sql
stable
set search_path = ''
as $$
  select case
    when event.kind = 'placed' then 'order_placed'
    when event.kind = 'picked' and exists (
      select from public.orders where orders.id = event.order_id and orders.delivery = 'collection'
    ) then 'order_ready'
    when event.kind = 'handed_over' and exists (
      select from public.orders where orders.id = event.order_id and orders.delivery = 'delivery'
    ) then 'order_sent'
    when event.kind = 'rest_cancelled' or event.kind = 'short' and (event.detail ->> 'cancelled')::integer > 0
      then 'order_reduced'
    when event.kind = 'cancelled' then 'order_cancelled'
    when event.kind = 'refunded' then 'order_refunded'
    when event.kind = 'payment_declined' then 'payment_declined'
  end::public.mail_kind
$$;

create or replace function private.new_order_link(order_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  -- 43 characters of base64url: the form of every guest secret.
  v_token text := translate(rtrim(encode(extensions.gen_random_bytes(32), 'base64'), '='), '+/', '-_');
begin
  insert into private.order_links (token_hash, order_id, expires_at)
  values (private.token_hash(v_token), new_order_link.order_id, private.clock() + interval '90 days');
  return v_token;
end;
$$;

create or replace function private.owe_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.mail (event_id, kind)
  select owed.id, owed.mail_kind
  from (select added.id, private.mail_kind_of(added) as mail_kind from added) as owed
  where owed.mail_kind is not null;
  return null;
end;
$$;

create or replace function private.owns_order(owner public.orders, order_token text)
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
        select mail.event_id as message_id, mail.kind, mail.status, mail.attempts, mail.error, mail.created_at,
          orders.id as order_id, orders.number, orders.email
        from private.mail
        join public.order_events as event on event.id = mail.event_id
        join public.orders on orders.id = event.order_id
        where mail.status = 'failed' or mail.status = 'waiting' and mail.error is not null
        order by mail.created_at desc, mail.event_id desc limit 200
      ) as listed
    )
  );
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
    where mail.event_id = any (message_ids) and mail.status = 'failed';
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
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server sends e-mails.');
  end if;
  update private.mail
  set lease = null, error = v_error,
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
  where mail.event_id = settle_mail.message_id and mail.lease = settle_mail.lease;
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
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s server sends e-mails.');
  end if;
  perform private.give_up_mail();
  with due as (
    select mail.event_id from private.mail
    where mail.status = 'waiting' and mail.due_at <= private.clock()
    order by mail.due_at limit least(greatest(coalesce(take_mail.at_most, 20), 1), 100) for update skip locked
  ), taken as (
    update private.mail
    set lease = gen_random_uuid(), due_at = private.clock() + interval '5 minutes', attempts = mail.attempts + 1
    from due
    where mail.event_id = due.event_id
    returning mail.event_id
  )
  select array_agg(taken.event_id) into v_taken from taken;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('message_id', mail.event_id, 'lease', mail.lease, 'kind', mail.kind,
      'event', jsonb_build_object('kind', event.kind, 'detail', event.detail, 'at', event.created_at),
      'order_token', case when orders.user_id is null then private.new_order_link(orders.id) end,
      'collect_at', (
        select jsonb_build_object('name', location.name, 'address', location.address)
        from public.locations as location where location.id = orders.collect_at
      ),
      'order', private.order_as_json(event.order_id)) order by mail.event_id), '[]')
    from private.mail
    join public.order_events as event on event.id = mail.event_id
    join public.orders on orders.id = event.order_id
    where mail.event_id = any (v_taken)
  );
end;
$$;

create or replace function public.read_mail()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_mail();
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_mail"() FROM "anon";

create or replace function public.send_mail_again(message_ids bigint[], idempotency_key uuid)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.send_mail_again(message_ids, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."send_mail_again"(bigint[], uuid) FROM "anon";

create or replace function public.settle_mail(
  message_id bigint, lease uuid, error text default null, is_final boolean default false
)
returns boolean
language sql
set search_path = ''
as $$
  select private.settle_mail(message_id, lease, error, is_final)
$$;

REVOKE ALL ON FUNCTION "public"."settle_mail"(bigint, uuid, text, boolean) FROM "anon";

REVOKE ALL ON FUNCTION "public"."settle_mail"(bigint, uuid, text, boolean) FROM "authenticated";

create or replace function public.take_mail(at_most integer default 20)
returns jsonb
language sql
set search_path = ''
as $$
  select private.take_mail(at_most)
$$;

REVOKE ALL ON FUNCTION "public"."take_mail"(integer) FROM "anon";

REVOKE ALL ON FUNCTION "public"."take_mail"(integer) FROM "authenticated";

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_event_id_fkey" FOREIGN KEY (event_id) REFERENCES public.order_events(id);

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_is_leased_while_it_waits" CHECK (((status = 'waiting'::public.mail_status) OR (lease IS NULL)));

ALTER TABLE "private"."mail" ADD CONSTRAINT "mail_is_settled_at_a_time" CHECK (((status = 'waiting'::public.mail_status) = (settled_at IS NULL)));

ALTER TABLE "private"."order_links" ADD CONSTRAINT "order_links_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id);

CREATE INDEX mail_settled ON private.mail USING btree (status, settled_at) WHERE (settled_at IS NOT NULL);

CREATE INDEX order_links_by_end ON private.order_links USING btree (expires_at);

CREATE INDEX order_links_by_order ON private.order_links USING btree (order_id);

CREATE TRIGGER order_events_owe_mail AFTER INSERT ON public.order_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION private.owe_mail();

COMMENT ON COLUMN "private"."mail"."error" IS 'The answer of the mail server to the last attempt. NULL when it took the message.';

COMMENT ON COLUMN "private"."mail"."lease" IS 'The server''s receipt for the attempt in progress. NULL when nobody sends it.';

COMMENT ON FUNCTION "private"."erase_orders"(uuid[]) IS 'Erases the person from these orders: account, e-mail, name, phone, address, network, the secrets of the order links, and
   the reason typed for a cancellation. The caller holds the orders.';

COMMENT ON FUNCTION "private"."give_up_mail"() IS 'Ends due messages that would reach nobody: older than three days, when news is no news, or of an erased order.';

COMMENT ON FUNCTION "private"."mail_kind_of"(public.order_events) IS 'The e-mail that an event causes; NULL for none. A customer at the counter gets no e-mail about it.';

COMMENT ON FUNCTION "private"."new_order_link"(uuid) IS 'A new secret that opens an order for 90 days. Only its hash is kept.';

COMMENT ON FUNCTION "private"."owe_mail"() IS 'Trigger of order_events: writes the messages that new events cause.';

COMMENT ON FUNCTION "private"."owns_order"(public.orders, text) IS 'Whether the caller is the buyer: by account, by the secret of the order link, or by that of a link in an e-mail.';

COMMENT ON FUNCTION "private"."read_mail"() IS 'See public.read_mail.';

COMMENT ON FUNCTION "private"."send_mail_again"(bigint[], uuid) IS 'See public.send_mail_again.';

COMMENT ON FUNCTION "private"."settle_mail"(bigint, uuid, text, boolean) IS 'See public.settle_mail.';

COMMENT ON FUNCTION "private"."take_mail"(integer) IS 'See public.take_mail.';

COMMENT ON FUNCTION "public"."read_mail"() IS 'The state of the outbox for managers: {waiting, oldest_waiting_at, failed, messages}; messages are the latest 200
   that failed or of which an attempt failed: [{message_id, kind, status, attempts, error, created_at, order_id, number,
   email}]. Raises role_required (403).';

COMMENT ON FUNCTION "public"."send_mail_again"(bigint[], uuid) IS 'Puts failed messages (1 to 200) back into the outbox; managers. Returns how many. Raises role_required (403),
   invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."settle_mail"(bigint, uuid, text, boolean) IS 'Ends an attempt. error NULL: the mail server took the message. Otherwise it is due again, later each time; after ten
   attempts, or when is_final (the mail server refuses this recipient), it has failed. Returns false and changes nothing
   when the lease is not the current one. For the secret key. Raises role_required (403).';

COMMENT ON FUNCTION "public"."take_mail"(integer) IS 'The messages that are due, oldest first, at most so many (1 to 100): [{message_id, lease, kind, event, order,
   order_token, collect_at}]. order as read_order returns it; order_token opens a guest''s order for 90 days, NULL for
   the order of an account; collect_at {name, address}. Each is leased for five minutes: settle it by settle_mail, or
   it is due again. For the secret key. Raises role_required (403).';

COMMENT ON TABLE "private"."mail" IS 'One row per e-mail about an order. Written by a trigger of order_events and by schemas/mail/sending.sql.';

COMMENT ON TABLE "private"."order_links" IS 'Secrets of the order links in e-mails, as SHA-256. They open a guest''s order as the secret in its cookie does.';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address.
   order_reduced: units were cancelled. order_cancelled: all of them. order_refunded: money went back.
   payment_declined: can be paid again.';

COMMENT ON TYPE "public"."mail_status" IS 'waiting: to be sent at due_at. sent: the mail server took it. failed: given up; a manager can send it again.';

REVOKE ALL ON FUNCTION "private"."give_up_mail"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_kind_of"(public.order_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."new_order_link"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."owe_mail"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_mail"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_mail"() TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_mail"() TO "service_role";

REVOKE ALL ON FUNCTION "private"."send_mail_again"(bigint[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."send_mail_again"(bigint[], uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."send_mail_again"(bigint[], uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."settle_mail"(bigint, uuid, text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."settle_mail"(bigint, uuid, text, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "private"."take_mail"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."take_mail"(integer) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_mail"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_mail"() TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_mail"() TO "service_role";

REVOKE ALL ON FUNCTION "public"."send_mail_again"(bigint[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."send_mail_again"(bigint[], uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."send_mail_again"(bigint[], uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."settle_mail"(bigint, uuid, text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."settle_mail"(bigint, uuid, text, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "public"."take_mail"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."take_mail"(integer) TO "service_role";

CREATE INDEX mail_waiting ON private.mail USING btree (due_at) WHERE (status = 'waiting'::public.mail_status);

COMMENT ON COLUMN "private"."mail"."due_at" IS 'The next attempt. While a server holds the lease: when the lease runs out.';

insert into private.retention_rules (kind, keep, target, age, only_where) values
  ('mail', '30 days', 'private.mail', 'settled_at', 'settled_at is not null'),
  ('order_links', '1 hour', 'private.order_links', 'expires_at', 'true')
on conflict (kind) do nothing;

reset check_function_bodies;
