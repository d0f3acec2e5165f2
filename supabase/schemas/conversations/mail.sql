-- E-mails about conversations, in the outbox (schemas/mail). They wait a few minutes, because a shopper who still has
-- the page open sees the answer there and may write again.

create function private.owe_answer_mail(wanted uuid)
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
comment on function private.owe_answer_mail(uuid) is
  'Writes the message that staff answered, once for each time the shopper wrote, to the confirmed address of an account.
   A guest reads answers in the browser that asked.';

create function private.drop_answer_mail()
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
comment on function private.drop_answer_mail() is
  'Deletes messages about answers that nobody needs any more: the shopper has written since, or the conversation is
   deleted.';
