-- Conversations as their shopper has them. Refusals: not_found, invalid_input, too_many_requests, blocked, signed_out,
-- busy, idempotency_key_reused. Another shopper's conversation and an unknown one are the same answer.

create function private.message_in(body text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- A form sends the ends of lines as two characters.
  v_body text := trim(both E' \t\n' from replace(left(body, 3001), E'\r\n', E'\n'));
begin
  if length(body) > 3000 or v_body is null or length(v_body) not between 1 and 1500
    or v_body ~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]' then
    perform private.refuse(422, 'invalid_input', '{"field": "body", "problem": "not 1 to 1500 characters"}',
      'Write at most 1500 characters.');
  end if;
  return v_body;
end;
$$;
comment on function private.message_in(text) is
  'The text of a message as it is stored. Raises invalid_input (422) for an empty or long one, and for control
   characters.';

create function private.write_message(
  wanted uuid, kind public.message_kind, author uuid, body text, key uuid, then_status public.conversation_status
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_position integer;
begin
  update public.conversations as conversation
  set messages = conversation.messages + 1, last_at = private.clock(),
    status = coalesce(then_status, conversation.status),
    assigned_to = coalesce(conversation.assigned_to, case when write_message.kind = 'staff' then auth.uid() end)
  where conversation.id = wanted
  returning conversation.messages into v_position;
  insert into public.conversation_messages (conversation_id, position, kind, author, body, key)
  values (wanted, v_position, write_message.kind, write_message.author, write_message.body, write_message.key);
end;
$$;
comment on function private.write_message(
  uuid, public.message_kind, uuid, text, uuid, public.conversation_status
) is
  'Writes the next message of a conversation, which it locks; the first answer of staff assigns it to its author.';

create function private.own_conversation(conversation_id uuid, cart_token text)
returns public.conversations
language plpgsql
stable
set search_path = ''
as $$
declare
  v_conversation public.conversations;
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
begin
  select * into v_conversation from public.conversations as conversation
  where conversation.id = own_conversation.conversation_id
    and (conversation.user_id = auth.uid() or conversation.token_hash = v_hash);
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('conversation_id', conversation_id),
      'Check the link, or sign in.');
  end if;
  return v_conversation;
end;
$$;
comment on function private.own_conversation(uuid, text) is
  'The conversation of the calling shopper: by account, or by the secret of the guest''s cart. Raises not_found (404).';

create function private.about_as_json(conversation public.conversations)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'about', conversation.about,
    'product', (
      select jsonb_build_object('id', products.id, 'handle', products.handle, 'title', products.title)
      from public.products where products.id = conversation.product_id
    ),
    'order', (
      select jsonb_build_object('id', orders.id, 'number', orders.number)
      from public.orders where orders.id = conversation.order_id
    )
  )
$$;
comment on function private.about_as_json(public.conversations) is
  'The subject of a conversation: {about, product, order}.';

create function private.conversation_as_json(conversation public.conversations, with_notes boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  c_messages constant integer := 200;
begin
  return private.about_as_json(conversation) || jsonb_build_object(
    'conversation_id', conversation.id, 'number', conversation.number, 'status', conversation.status,
    'version', conversation.version, 'created_at', conversation.created_at, 'last_at', conversation.last_at,
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'position', latest.position, 'kind', latest.kind, 'body', latest.body, 'at', latest.created_at,
        'author', case when with_notes then latest.author end, 'key', latest.key
      ) order by latest.position), '[]')
      from (
        select * from public.conversation_messages as message
        where message.conversation_id = conversation.id and (with_notes or message.kind <> 'note')
        order by message.position desc limit c_messages
      ) as latest
    )
  );
end;
$$;
comment on function private.conversation_as_json(public.conversations, boolean) is
  'A conversation with its latest 200 messages; notes and names of authors for staff alone.';

-- Asking ------------------------------------------------------------------------------------------------------------

create function private.asked_about(about public.conversation_about, about_id uuid, order_token text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_order public.orders;
  v_is_there boolean := about_id is null;
begin
  if about = 'product' then
    v_is_there := exists (
      select from public.products where products.id = about_id and products.status = 'active'
    );
  elsif about = 'order' then
    select * into v_order from public.orders where orders.id = about_id;
    v_is_there := v_order.id is not null and private.owns_order(v_order, order_token);
  end if;
  if about is null or not v_is_there then
    perform private.refuse(404, 'not_found', jsonb_build_object('about_id', about_id), 'Check the link, or sign in.');
  end if;
end;
$$;
comment on function private.asked_about(public.conversation_about, uuid, text) is
  'Raises not_found (404) unless this is a product for sale, an order of the caller, or a page without an id.';

create function private.continue_conversation(about public.conversation_about, about_id uuid, hash bytea)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
begin
  -- One call of a shopper at a time looks for it.
  perform pg_advisory_xact_lock(hashtextextended(private.subject_of(hash, auth.uid()), 5));
  select conversation.id into v_id from public.conversations as conversation
  where (conversation.user_id = auth.uid() or conversation.token_hash = hash)
    and conversation.about = continue_conversation.about
    and coalesce(conversation.product_id, conversation.order_id) is not distinct from about_id
    and conversation.status <> 'resolved'
  order by conversation.last_at desc limit 1;
  if v_id is null then
    insert into public.conversations (user_id, token_hash, about, product_id, order_id)
    values (auth.uid(), hash, continue_conversation.about,
      case when continue_conversation.about = 'product' then about_id end,
      case when continue_conversation.about = 'order' then about_id end)
    returning conversations.id into v_id;
  end if;
  return v_id;
exception when foreign_key_violation then
  -- A token outlives its account by up to an hour.
  perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
  return null;
end;
$$;
comment on function private.continue_conversation(public.conversation_about, uuid, bytea) is
  'The conversation of the caller about this that is not resolved; a new one if there is none.';

create function private.ask_shop(
  about public.conversation_about, body text, idempotency_key uuid, about_id uuid, order_token text, cart_token text,
  network text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_body text := private.message_in(ask_shop.body);
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
  v_subject text := private.subject_of(v_hash, auth.uid());
  v_network text := private.believed_network(ask_shop.network);
  v_conversation public.conversations;
  v_response jsonb;
begin
  v_response := private.begin_once(
    idempotency_key, 'ask_shop', jsonb_build_array(v_subject, about, about_id, v_body)
  );
  if v_response is not null then
    return v_response;
  end if;
  perform private.check_caller('message', v_subject, v_network);
  perform private.asked_about(about, about_id, order_token);
  v_conversation.id := private.continue_conversation(about, about_id, v_hash);
  perform private.write_message(v_conversation.id, 'shopper', null, v_body, idempotency_key, 'open');
  v_response := jsonb_build_object('conversation_id', v_conversation.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('message', array[v_subject], array[v_network]);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.ask_shop(public.conversation_about, text, uuid, uuid, text, text, text) is
  'See public.ask_shop.';

create function public.ask_shop(
  about public.conversation_about, body text, idempotency_key uuid, about_id uuid default null,
  order_token text default null, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.ask_shop(about, body, idempotency_key, about_id, order_token, cart_token, network);
end;
$$;
comment on function public.ask_shop(public.conversation_about, text, uuid, uuid, text, text, text) is
  'A shopper asks about a product, an order of theirs (about_id), their cart or the shop: up to 1500 characters. A
   conversation about the same subject that is not resolved goes on. A guest is known by cart_token. Returns
   {conversation_id}. Raises not_found (404), invalid_input (422), too_many_requests (429), blocked (403), signed_out
   (401), busy (503), idempotency_key_reused (409).';

-- Going on ------------------------------------------------------------------------------------------------------------

create function private.send_message(
  conversation_id uuid, body text, idempotency_key uuid, cart_token text, network text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_body text := private.message_in(send_message.body);
  v_conversation public.conversations;
  v_network text := private.believed_network(send_message.network);
  v_subject text;
  v_response jsonb;
begin
  v_conversation := private.own_conversation(conversation_id, cart_token);
  v_subject := private.subject_of(v_conversation.token_hash, v_conversation.user_id);
  v_response := private.begin_once(idempotency_key, 'send_message', jsonb_build_array(conversation_id, v_body));
  if v_response is null then
    perform private.check_caller('message', v_subject, v_network);
    perform private.write_message(conversation_id, 'shopper', null, v_body, idempotency_key, 'open');
    perform private.finish_once(idempotency_key, jsonb_build_object('conversation_id', conversation_id));
    perform private.count_callers('message', array[v_subject], array[v_network]);
  end if;
  return private.conversation_as_json(private.own_conversation(conversation_id, cart_token), with_notes => false);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.send_message(uuid, text, uuid, text, text) is 'See public.send_message.';

create function public.send_message(
  conversation_id uuid, body text, idempotency_key uuid, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.send_message(conversation_id, body, idempotency_key, cart_token, network);
end;
$$;
comment on function public.send_message(uuid, text, uuid, text, text) is
  'The next message of the shopper in their conversation; it is open again. Returns the conversation as
   read_conversation does. Raises not_found (404), invalid_input (422), too_many_requests (429), blocked (403), busy
   (503), idempotency_key_reused (409).';

create function private.read_conversation(conversation_id uuid, cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.conversation_as_json(private.own_conversation(conversation_id, cart_token), with_notes => false);
end;
$$;
comment on function private.read_conversation(uuid, text) is 'See public.read_conversation.';

create function public.read_conversation(conversation_id uuid, cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_conversation(conversation_id, cart_token);
end;
$$;
comment on function public.read_conversation(uuid, text) is
  'A conversation for its shopper: {conversation_id, number, about, product, order, status, version, created_at,
   last_at, messages}, the latest 200 messages [{position, kind, body, at, author, key}] without internal notes. Raises
   not_found (404), invalid_input (422).';

create function private.read_own_conversations(cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_conversations constant integer := 50;
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
begin
  return (
    select coalesce(jsonb_agg(private.about_as_json(own) || jsonb_build_object(
      'conversation_id', own.id, 'number', own.number, 'status', own.status, 'last_at', own.last_at
    ) order by own.last_at desc), '[]')
    from (
      select * from public.conversations as conversation
      where conversation.user_id = auth.uid() or conversation.token_hash = v_hash
      order by conversation.last_at desc limit c_conversations
    ) as own
  );
end;
$$;
comment on function private.read_own_conversations(text) is 'See public.read_own_conversations.';

create function public.read_own_conversations(cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_own_conversations(cart_token);
end;
$$;
comment on function public.read_own_conversations(text) is
  'The latest 50 conversations of the shopper: [{conversation_id, number, about, product, order, status, last_at}].
   Raises invalid_input (422).';

revoke execute on function
  public.ask_shop(public.conversation_about, text, uuid, uuid, text, text, text),
  public.send_message(uuid, text, uuid, text, text), public.read_conversation(uuid, text),
  public.read_own_conversations(text)
from public, anon;
grant execute on function
  public.ask_shop(public.conversation_about, text, uuid, uuid, text, text, text),
  private.ask_shop(public.conversation_about, text, uuid, uuid, text, text, text),
  public.send_message(uuid, text, uuid, text, text), private.send_message(uuid, text, uuid, text, text),
  public.read_conversation(uuid, text), private.read_conversation(uuid, text),
  public.read_own_conversations(text), private.read_own_conversations(text)
to authenticated, service_role;
