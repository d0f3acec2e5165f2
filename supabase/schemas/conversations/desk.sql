-- Conversations as staff have them. Refusals: role_required, not_found, invalid_input, busy, idempotency_key_reused.

create function private.read_inbox(status public.conversation_status)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_conversations constant integer := 100;
begin
  perform private.require_role('viewer');
  return jsonb_build_object(
    'open', (select counts.open from public.inbox_counts as counts),
    'pending', (select counts.pending from public.inbox_counts as counts),
    'version', (select counts.version from public.inbox_counts as counts),
    'conversations', (
      select coalesce(jsonb_agg(private.about_as_json(listed) || jsonb_build_object(
        'conversation_id', listed.id, 'number', listed.number, 'status', listed.status, 'last_at', listed.last_at,
        'assigned_to', listed.assigned_to, 'has_account', listed.user_id is not null,
        'latest', (
          select left(message.body, 140) from public.conversation_messages as message
          where message.conversation_id = listed.id order by message.position desc limit 1
        )
      -- Those that wait for staff: the longest wait first.
      ) order by case when read_inbox.status = 'open' then listed.last_at end, listed.last_at desc), '[]')
      from (
        select * from public.conversations as each where each.status = read_inbox.status
        order by case when read_inbox.status = 'open' then each.last_at end, each.last_at desc limit c_conversations
      ) as listed
    )
  );
end;
$$;
comment on function private.read_inbox(public.conversation_status) is 'See public.read_inbox.';

create function public.read_inbox(status public.conversation_status)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_inbox(status);
end;
$$;
comment on function public.read_inbox(public.conversation_status) is
  'The inbox: {open, pending, version, conversations}, 100 of one status [{conversation_id, number, about, product,
   order, status, last_at, assigned_to, has_account, latest}]. Open ones by how long they wait, others latest first.
   Staff of any role. Raises role_required (403).';

create function private.desk_conversation(wanted uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations as conversation where conversation.id = wanted;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('conversation_id', wanted), 'Go back to the inbox.');
  end if;
  return private.conversation_as_json(v_conversation, with_notes => true) || jsonb_build_object(
    'assigned_to', v_conversation.assigned_to, 'has_account', v_conversation.user_id is not null,
    'cart', private.cart_as_json((
      select carts.id from public.carts
      where carts.user_id = v_conversation.user_id or carts.token_hash = v_conversation.token_hash
    ))
  );
end;
$$;
comment on function private.desk_conversation(uuid) is
  'A conversation as staff see it, with the cart of its shopper. Raises not_found (404).';

create function private.read_desk_conversation(conversation_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return private.desk_conversation(conversation_id);
end;
$$;
comment on function private.read_desk_conversation(uuid) is 'See public.read_desk_conversation.';

create function public.read_desk_conversation(conversation_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_desk_conversation(conversation_id);
end;
$$;
comment on function public.read_desk_conversation(uuid) is
  'A conversation for staff of any role: as read_conversation, with internal notes and the authors of messages, and
   {assigned_to, has_account, cart: as read_cart}. Raises role_required (403), not_found (404).';

create function private.lock_conversation(wanted uuid)
returns public.conversations
language plpgsql
set search_path = ''
as $$
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations as conversation
  where conversation.id = wanted for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('conversation_id', wanted), 'Go back to the inbox.');
  end if;
  return v_conversation;
end;
$$;
comment on function private.lock_conversation(uuid) is 'The conversation, locked. Raises not_found (404).';

create function private.answer_shopper(conversation_id uuid, body text, idempotency_key uuid, is_note boolean)
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
comment on function private.answer_shopper(uuid, text, uuid, boolean) is 'See public.answer_shopper.';

create function public.answer_shopper(
  conversation_id uuid, body text, idempotency_key uuid, is_note boolean default false
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.answer_shopper(conversation_id, body, idempotency_key, is_note);
end;
$$;
comment on function public.answer_shopper(uuid, text, uuid, boolean) is
  'Answers the shopper, or writes an internal note: up to 1500 characters. An answer makes the conversation pending, and
   assigns one that is nobody''s to the caller. Staff of role stock; returns it as read_desk_conversation does. Raises
   role_required (403), not_found (404), invalid_input (422), busy (503), idempotency_key_reused (409).';

create function private.change_conversation(
  conversation_id uuid, idempotency_key uuid, status public.conversation_status, assign boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_before public.conversations;
  v_after public.conversations;
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(
    idempotency_key, 'change_conversation', jsonb_build_array(conversation_id, status, assign)
  );
  if v_response is null then
    v_before := private.lock_conversation(conversation_id);
    update public.conversations as conversation
    set status = coalesce(change_conversation.status, conversation.status),
      assigned_to = case when assign then auth.uid() else conversation.assigned_to end
    where conversation.id = change_conversation.conversation_id
    returning * into v_after;
    perform private.audit(
      'changed', 'conversation', conversation_id::text, 'Conversation ' || v_after.number,
      jsonb_build_object('status', v_before.status, 'assigned_to', v_before.assigned_to),
      jsonb_build_object('status', v_after.status, 'assigned_to', v_after.assigned_to)
    );
    perform private.finish_once(idempotency_key, jsonb_build_object('conversation_id', conversation_id));
  end if;
  return private.desk_conversation(conversation_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.change_conversation(uuid, uuid, public.conversation_status, boolean) is
  'See public.change_conversation.';

create function public.change_conversation(
  conversation_id uuid, idempotency_key uuid, status public.conversation_status default null,
  assign boolean default false
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.change_conversation(conversation_id, idempotency_key, status, assign);
end;
$$;
comment on function public.change_conversation(uuid, uuid, public.conversation_status, boolean) is
  'Resolves a conversation or opens it again (status), and assigns it to the caller (assign). Staff of role stock;
   returns it as read_desk_conversation does. Raises role_required (403), not_found (404), busy (503),
   idempotency_key_reused (409).';

revoke execute on function
  public.read_inbox(public.conversation_status), public.read_desk_conversation(uuid),
  public.answer_shopper(uuid, text, uuid, boolean),
  public.change_conversation(uuid, uuid, public.conversation_status, boolean)
from public, anon;
grant execute on function
  public.read_inbox(public.conversation_status), private.read_inbox(public.conversation_status),
  public.read_desk_conversation(uuid), private.read_desk_conversation(uuid),
  public.answer_shopper(uuid, text, uuid, boolean), private.answer_shopper(uuid, text, uuid, boolean),
  public.change_conversation(uuid, uuid, public.conversation_status, boolean),
  private.change_conversation(uuid, uuid, public.conversation_status, boolean)
to authenticated, service_role;

-- Retention: a year after the last message, with all messages.
insert into private.retention_rules (kind, keep, target, age) values
  ('conversations', '1 year', 'public.conversations', 'last_at');
