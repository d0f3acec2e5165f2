-- A session from its beginning to its end, or to the person who takes over. Only the shop's server calls these.

create function private.open_agent_session(
  session_token text, cart_token text, agent text, network text, request text, choices jsonb
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_session private.agent_sessions;
  v_hash bytea := private.token_hash(session_token);
  v_agent text := left(private.agent_hash_in(agent, 'agent'), 32);
  v_request text := rpad(private.agent_hash_in(request, 'request'), 64, '0');
  v_network text := private.believed_network(network);
  v_cart uuid;
begin
  perform private.check_agent_sessions(v_agent, v_network);
  select * into v_session from private.agent_sessions as session where session.token_hash = v_hash;
  if v_session.id is not null then
    if v_session.request <> v_request then
      perform private.refuse(private.key_reused('open_agent_session'));
    end if;
    return private.agent_session_as_json(v_session) || '{"is_repeat": true}';
  end if;
  insert into public.carts (token_hash, network, agent)
  values (private.token_hash(cart_token), v_network, v_agent)
  on conflict do nothing
  returning carts.id into v_cart;
  if v_cart is null then
    perform private.refuse(private.busy());
  end if;
  insert into private.agent_sessions (token_hash, cart_id, agent, network, request, choices)
  values (v_hash, v_cart, v_agent, v_network, v_request, private.agent_choices(choices))
  returning * into v_session;
  return private.agent_session_as_json(v_session) || '{"is_repeat": false}';
end;
$$;
comment on function private.open_agent_session(text, text, text, text, text, jsonb) is 'See public.open_agent_session.';

create function public.open_agent_session(
  session_token text, cart_token text, agent text, network text, request text, choices jsonb
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.open_agent_session(session_token, cart_token, agent, network, request, choices);
end;
$$;
comment on function public.open_agent_session(text, text, text, text, text, jsonb) is
  'For the shop''s server: a checkout session of an agent, with its own empty cart. agent, network and request are
   hashes; choices are {name, email, phone, method, location_id, address}. Returns {id, status, choices, order_id,
   order_key, provider, expected_minor, cart, held_since, is_repeat}. The same secret and request: the same session.
   Raises idempotency_key_reused (409), too_many_requests (429), invalid_input (422), busy (503).';

create function private.change_agent_session(
  session_token text, idempotency_key uuid, request text, choices jsonb, payment jsonb
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_session private.agent_sessions;
  v_response jsonb := private.begin_once(idempotency_key, 'change_agent_session', to_jsonb(encode(sha256(convert_to(
    encode(private.token_hash(session_token), 'hex') || private.agent_hash_in(request, 'request'), 'UTF8'
  )), 'hex')));
begin
  v_session := private.find_agent_session(session_token, true);
  if v_response is not null then
    return private.agent_session_as_json(v_session) || '{"is_repeat": true}';
  end if;
  if v_session.status = 'open' then
    update private.agent_sessions as session set
      choices = case when change_agent_session.choices is null then session.choices
        else private.agent_choices(change_agent_session.choices) end,
      order_key = coalesce(private.uuid_in(payment -> 'order_key'), session.order_key),
      provider = coalesce((
        select each.provider from unnest(enum_range(null::public.payment_provider)) as each (provider)
        where payment ->> 'provider' = each.provider::text
      ), session.provider),
      expected_minor = coalesce(
        private.whole_in(payment -> 'expected_minor', 0, 1000000000000000), session.expected_minor
      )
    where session.id = v_session.id
    returning * into v_session;
  end if;
  perform private.finish_once(idempotency_key, '{}');
  return private.agent_session_as_json(v_session) || '{"is_repeat": false}';
exception when check_violation then
  perform private.refuse(422, 'invalid_input', '{"field": "payment", "problem": "incomplete"}',
    'Send order_key, provider and expected_minor together.');
  return null;
end;
$$;
comment on function private.change_agent_session(text, uuid, text, jsonb, jsonb) is 'See public.change_agent_session.';

create function public.change_agent_session(
  session_token text, idempotency_key uuid, request text, choices jsonb default null, payment jsonb default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.change_agent_session(session_token, idempotency_key, request, choices, payment);
end;
$$;
comment on function public.change_agent_session(text, uuid, text, jsonb, jsonb) is
  'For the shop''s server: replaces the choices of an open session, or notes the order that is placed next: payment is
   {order_key, provider, expected_minor}. A session that has ended stays as it is. Returns what open_agent_session does;
   is_repeat for a key that was used. Raises not_found (404), idempotency_key_reused (409), invalid_input (422).';

create function private.read_agent_session(session_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  return private.agent_session_as_json(private.find_agent_session(session_token)) || '{"is_repeat": false}';
end;
$$;
comment on function private.read_agent_session(text) is 'See public.read_agent_session.';

create function public.read_agent_session(session_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.read_agent_session(session_token);
end;
$$;
comment on function public.read_agent_session(text) is
  'For the shop''s server: what open_agent_session returns. Raises not_found (404), invalid_input (422).';

create function private.end_agent_session(session_token text, status text, order_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_session private.agent_sessions := private.find_agent_session(session_token, true);
  v_placed boolean := status = 'completed' and v_session.order_key is not null
    and exists (select from public.orders where orders.id = end_agent_session.order_id);
begin
  if not v_placed and status is distinct from 'cancelled' then
    perform private.refuse(422, 'invalid_input', '{"field": "status", "problem": "not possible"}',
      'A session ends cancelled, or completed with its order.');
  end if;
  if v_session.status = 'open' or v_placed and v_session.status <> 'completed' then
    update private.agent_sessions as session
    set status = end_agent_session.status, order_id = case when v_placed then end_agent_session.order_id end
    where session.id = v_session.id
    returning * into v_session;
  end if;
  return private.agent_session_as_json(v_session) || '{"is_repeat": false}';
end;
$$;
comment on function private.end_agent_session(text, text, uuid) is 'See public.end_agent_session.';

create function public.end_agent_session(session_token text, status text, order_id uuid default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.end_agent_session(session_token, status, order_id);
end;
$$;
comment on function public.end_agent_session(text, text, uuid) is
  'For the shop''s server: ends a session as cancelled, once its units were released, or as completed with its order,
   which is final. Returns what open_agent_session does. Raises not_found (404), invalid_input (422).';

create function private.hand_over_agent_session(session_id uuid, cart_token text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_session private.agent_sessions;
  v_hash bytea := private.token_hash(cart_token);
begin
  select * into v_session from private.agent_sessions as session
  where session.id = hand_over_agent_session.session_id and session.status = 'open' for update;
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'It was handed over or has ended.');
  end if;
  -- The cart gets a new secret, which the agent does not know: from here on the cart is the person's alone.
  update public.carts set token_hash = v_hash, agent = null where carts.id = v_session.cart_id;
  update private.agent_sessions as session set status = 'handed_over', choices = '{}' where session.id = v_session.id;
  return true;
exception when unique_violation then
  perform private.refuse(422, 'invalid_input', '{"field": "cart_token", "problem": "in use"}', 'Make a new secret.');
  return null;
end;
$$;
comment on function private.hand_over_agent_session(uuid, text) is 'See public.hand_over_agent_session.';

create function public.hand_over_agent_session(session_id uuid, cart_token text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.hand_over_agent_session(session_id, cart_token);
end;
$$;
comment on function public.hand_over_agent_session(uuid, text) is
  'For the shop''s server, once for each session: its cart, with what it holds, becomes the cart of the guest with this
   new secret. The agent keeps no way to it. Raises not_found (404), invalid_input (422).';

revoke execute on function
  public.open_agent_session(text, text, text, text, text, jsonb),
  public.change_agent_session(text, uuid, text, jsonb, jsonb), public.read_agent_session(text),
  public.end_agent_session(text, text, uuid), public.hand_over_agent_session(uuid, text)
from public, anon, authenticated;
grant execute on function
  public.open_agent_session(text, text, text, text, text, jsonb),
  public.change_agent_session(text, uuid, text, jsonb, jsonb), public.read_agent_session(text),
  public.end_agent_session(text, text, uuid), public.hand_over_agent_session(uuid, text),
  private.open_agent_session(text, text, text, text, text, jsonb),
  private.change_agent_session(text, uuid, text, jsonb, jsonb), private.read_agent_session(text),
  private.end_agent_session(text, text, uuid), private.hand_over_agent_session(uuid, text)
to service_role;
