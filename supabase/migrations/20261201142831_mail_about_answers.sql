set check_function_bodies = off;

-- No row changes, and no lock on a table.
alter type public.mail_kind add value 'shop_answered' after 'withdrawal_received';

create or replace function private.answer_shopper(conversation_id uuid, body text, idempotency_key uuid, is_note boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_body text;
  v_is_note boolean := coalesce(answer_shopper.is_note, false);
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_body := private.message_in(answer_shopper.body);
  v_response := private.begin_once(
    idempotency_key, 'answer_shopper', jsonb_build_array(conversation_id, v_body, v_is_note)
  );
  if v_response is null then
    perform private.lock_conversation(conversation_id);
    -- A note leaves the state as it is.
    perform private.write_message(
      conversation_id, case when v_is_note then 'note' else 'staff' end::public.message_kind, private.actor(), v_body,
      idempotency_key, case when not v_is_note then 'pending' end::public.conversation_status
    );
    if not v_is_note then
      perform private.owe_answer_mail(conversation_id);
    end if;
    perform private.finish_once(idempotency_key, jsonb_build_object('conversation_id', conversation_id));
  end if;
  return private.desk_conversation(conversation_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.drop_answer_mail()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.mail
  where mail.status = 'waiting' and mail.due_at <= private.clock() and mail.request like 'answer:%'
    and (
      not exists (
        select from public.conversations as conversation
        where conversation.id = split_part(mail.request, ':', 2)::uuid
      ) or exists (
        select from public.conversation_messages as message
        where message.conversation_id = split_part(mail.request, ':', 2)::uuid and message.kind = 'shopper'
          and message.position > split_part(mail.request, ':', 3)::integer
      )
    );
end;
$$;

create or replace function private.owe_answer_mail(wanted uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  c_patience constant interval := '5 minutes';
  v_request text := concat_ws(':', 'answer', wanted, (
    select max(message.position) from public.conversation_messages as message
    where message.conversation_id = wanted and message.kind = 'shopper'
  ));
  v_is_new boolean;
begin
  select private.owe_account_mail(
    'shop_answered', users.email, wanted::text, v_request,
    jsonb_build_object('number', conversation.number), interval '3 days'
  ) into v_is_new
  from public.conversations as conversation
  join auth.users on users.id = conversation.user_id
  where conversation.id = wanted and users.email_confirmed_at is not null;
  if v_is_new then
    update private.mail set due_at = private.clock() + c_patience where mail.request = v_request;
  end if;
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

COMMENT ON FUNCTION "private"."drop_answer_mail"() IS 'Deletes messages about answers that nobody needs any more: the shopper has written since, or the conversation is
   deleted.';

COMMENT ON FUNCTION "private"."owe_answer_mail"(uuid) IS 'Writes the message that staff answered, once for each time the shopper wrote, to the confirmed address of an account.
   A guest reads answers in the browser that asked.';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again. payment_reminder: is cancelled soon, because it is not paid.
   confirm_address, reset_password, change_address: a link of Auth for an account. staff_invitation: a link to join.
   waitlist_confirm: the link that puts a guest on a waitlist. waitlist_offer: a unit is held.
   withdrawal_received: the buyer withdrew from the contract, and when. shop_answered: staff answered in a
   conversation.';

REVOKE ALL ON FUNCTION "private"."drop_answer_mail"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."owe_answer_mail"(uuid) FROM PUBLIC;

reset check_function_bodies;
