-- Calls of the shop's server about sessions of agents. Refusals: invalid_input, not_found, too_many_requests,
-- hold_limit, idempotency_key_reused.

create function private.agent_choices(sent jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_method jsonb := sent -> 'method';
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'name', private.text_in(sent -> 'name', 120),
    'email', private.email_in(sent -> 'email'),
    'phone', private.text_in(sent -> 'phone', 40),
    'method', case when v_method in ('"collection"', '"delivery"') then v_method end,
    'location_id', private.uuid_in(sent -> 'location_id'),
    'address', case when jsonb_typeof(sent -> 'address') = 'object' then private.address_in(sent -> 'address') end
  ));
end;
$$;
comment on function private.agent_choices(jsonb) is
  'The buyer and the delivery as an agent named them, from known keys, each with its type and within its length. A value
   that is not valid is left out, and the session reports it as missing.';

create function private.agent_session_as_json(session private.agent_sessions)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', session.id, 'status', session.status, 'choices', session.choices, 'order_id', session.order_id,
    'order_key', session.order_key, 'provider', session.provider, 'expected_minor', session.expected_minor,
    'cart', private.cart_as_json(case when session.status = 'open' then session.cart_id end),
    'held_since', (
      select coalesce(jsonb_object_agg(line.variant_id, line.held_since), '{}')
      from public.cart_lines as line where line.cart_id = session.cart_id and session.status = 'open'
    )
  );
end;
$$;
comment on function private.agent_session_as_json(private.agent_sessions) is
  'A session with its cart, which is empty once the session has ended: it is the buyer''s then, or nobody''s.';

create function private.check_agent_sessions(agent text, network text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_most integer := (select limits.agent_sessions from private.shop_limits as limits);
  v_cap interval := (select limits.hold_cap from private.shop_limits as limits);
  v_since timestamptz := now() - v_cap;
begin
  -- Two calls of one caller must not both be the last one within the limit.
  perform pg_advisory_xact_lock(hashtextextended(coalesce(check_agent_sessions.network, agent), 5));
  if (
    select count(*) >= v_most from private.agent_sessions as session
    where session.agent = check_agent_sessions.agent and session.status = 'open' and session.created_at > v_since
  ) or (
    select count(*) >= 4 * v_most from private.agent_sessions as session
    where session.network = check_agent_sessions.network and session.status = 'open' and session.created_at > v_since
  ) then
    perform private.refuse(private.too_many(interval '1 minute'));
  end if;
end;
$$;
comment on function private.check_agent_sessions(text, text) is
  'Raises too_many_requests (429) where an agent or its network has as many open sessions as it may. One that is older
   than hold_cap holds nothing and does not count.';

create function private.check_agent_units(
  cart public.carts, variant_id uuid, more integer, limits private.shop_limits
)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  if more + (
    select coalesce(sum(claims.quantity), 0)
    from public.carts
    join public.claims on claims.cart_id = carts.id and claims.variant_id = check_agent_units.variant_id
    where carts.agent = check_agent_units.cart.agent and claims.expires_at > private.clock()
  ) > limits.agent_units then
    perform private.refuse(private.hold_limit('agent_units', limits.agent_units));
  end if;
end;
$$;
comment on function private.check_agent_units(public.carts, uuid, integer, private.shop_limits) is
  'Raises hold_limit (409) when an agent would hold more of a variant than agent_units. Under the variant''s lock.';

create function private.agent_hash_in(value text, field text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if value is null or value !~ '^([0-9a-f]{32}|[0-9a-f]{64})$' then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', field, 'problem', 'no hash'),
      'Send a hash in hexadecimal digits.');
  end if;
  return value;
end;
$$;
comment on function private.agent_hash_in(text, text) is
  'A hash that the shop''s server names. Raises invalid_input (422) for anything else.';

create function private.find_agent_session(session_token text, locks boolean default false)
returns private.agent_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_hash bytea := private.token_hash(session_token);
  v_session private.agent_sessions;
begin
  if locks then
    select * into v_session from private.agent_sessions as session where session.token_hash = v_hash for update;
  else
    select * into v_session from private.agent_sessions as session where session.token_hash = v_hash;
  end if;
  if v_session.id is null then
    perform private.refuse(404, 'not_found', '{}', 'It has ended, or there never was one.');
  end if;
  return v_session;
end;
$$;
comment on function private.find_agent_session(text, boolean) is
  'The session with this secret. Raises not_found (404), invalid_input (422).';
