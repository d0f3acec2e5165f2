set check_function_bodies = off;

CREATE TABLE "private"."agent_sessions" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "token_hash" bytea NOT NULL, "cart_id" uuid NOT NULL, "agent" text NOT NULL, "network" text, "request" text NOT NULL, "choices" jsonb NOT NULL, "status" text NOT NULL DEFAULT 'open'::text, "order_key" uuid, "provider" public.payment_provider, "expected_minor" bigint, "order_id" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "agent_sessions_agent_check" CHECK ((agent ~ '^[0-9a-f]{32}$'::text)), CONSTRAINT "agent_sessions_cart_id_key" UNIQUE (cart_id), CONSTRAINT "agent_sessions_choices_check" CHECK ((jsonb_typeof(choices) = 'object'::text)), CONSTRAINT "agent_sessions_know_their_order" CHECK (((num_nonnulls(order_key, provider, expected_minor) = ANY (ARRAY[0, 3])) AND ((status <> 'completed'::text) OR (order_key IS NOT NULL)))), CONSTRAINT "agent_sessions_network_check" CHECK ((network ~ '^[0-9a-f]{32}$'::text)), CONSTRAINT "agent_sessions_pkey" PRIMARY KEY (id), CONSTRAINT "agent_sessions_request_check" CHECK ((request ~ '^[0-9a-f]{64}$'::text)), CONSTRAINT "agent_sessions_status_check" CHECK ((status = ANY (ARRAY['open'::text, 'completed'::text, 'cancelled'::text, 'handed_over'::text]))), CONSTRAINT "agent_sessions_token_hash_check" CHECK ((length(token_hash) = 32)), CONSTRAINT "agent_sessions_token_hash_key" UNIQUE (token_hash));

ALTER TABLE "private"."agent_sessions" ENABLE ROW LEVEL SECURITY;

-- One row, and columns with constant defaults: nothing is rewritten. Servers of the release before write none of them.
ALTER TABLE "private"."shop_limits" ADD COLUMN "agent_sessions" integer NOT NULL DEFAULT 25;

ALTER TABLE "private"."shop_limits" ADD COLUMN "agent_units" integer NOT NULL DEFAULT 10;

ALTER TABLE "public"."carts" ADD COLUMN "agent" text;

create or replace function private.agent_choices(sent jsonb)
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

create or replace function private.agent_hash_in(value text, field text)
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

create or replace function private.agent_session_as_json(session private.agent_sessions)
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

create or replace function private.change_agent_session(
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

create or replace function private.check_agent_sessions(agent text, network text)
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

create or replace function private.check_agent_units(
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

create or replace function private.end_agent_session(session_token text, status text, order_id uuid)
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

create or replace function private.find_agent_session(session_token text, locks boolean default false)
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

create or replace function private.hand_over_agent_session(session_id uuid, cart_token text)
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

create or replace function private.hold_line(cart public.carts, variant_id uuid, limits private.shop_limits)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_line public.cart_lines;
  v_held integer;
  v_taken integer := 0;
  v_until timestamptz;
  v_network text;
begin
  select * into v_line
  from public.cart_lines as line
  where line.cart_id = cart.id and line.variant_id = hold_line.variant_id;
  select coalesce(sum(claims.quantity), 0) into v_held
  from public.claims
  where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id;

  if v_held = 0 then
    v_line.held_since :=
      private.streak_begins(private.subject_of(cart.token_hash, cart.user_id), v_line, v_now, limits);
  end if;
  v_until := least(v_now + limits.hold_time, v_line.held_since + limits.hold_cap);
  if v_held < v_line.quantity then
    if v_until <= v_now then
      perform private.refuse(private.hold_paused(variant_id, v_until + limits.hold_pause - v_now));
    end if;
    if cart.network is not null then
      perform private.check_network(cart.network, variant_id, v_line.quantity - v_held, v_now, limits);
      v_network := set_config('onhand.network', cart.network, true);
    end if;
    perform private.check_agent_units(cart, variant_id, v_line.quantity - v_held, limits) where cart.agent is not null;
    v_taken := private.take_units(array[hold_line.variant_id], array[v_line.quantity - v_held], cart.id, null, v_until);
    if cart.network is not null then
      v_network := set_config('onhand.network', '', true);
    end if;
    if v_held + v_taken < v_line.quantity then
      perform private.refuse(private.not_enough_left(jsonb_build_array(jsonb_build_object(
        'variant_id', hold_line.variant_id, 'wanted', v_line.quantity, 'left', v_held + v_taken))));
    end if;
  end if;
  -- A frozen price covers the units that were held when it was frozen, and no others.
  update public.cart_lines as line
  set held_since = v_line.held_since,
    held_until = v_until,
    price_minor = case when v_taken > 0 then variants.price_minor else line.price_minor end
  from public.variants
  where line.cart_id = cart.id and line.variant_id = v_line.variant_id and variants.id = line.variant_id
    and (v_taken > 0 or line.held_until is distinct from v_until);
  if v_held > 0 then
    update public.claims
    set expires_at = v_until
    where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id and claims.expires_at < v_until;
  end if;
  if cart.network is not null and v_until >= v_line.held_since + limits.hold_cap then
    perform private.keep_streak(cart, v_line, v_until);
  end if;
end;
$$;

create or replace function private.open_agent_session(
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

create or replace function private.read_agent_session(session_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  return private.agent_session_as_json(private.find_agent_session(session_token)) || '{"is_repeat": false}';
end;
$$;

create or replace function public.change_agent_session(
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

REVOKE ALL ON FUNCTION "public"."change_agent_session"(text, uuid, text, jsonb, jsonb) FROM "anon";

REVOKE ALL ON FUNCTION "public"."change_agent_session"(text, uuid, text, jsonb, jsonb) FROM "authenticated";

create or replace function public.end_agent_session(session_token text, status text, order_id uuid default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.end_agent_session(session_token, status, order_id);
end;
$$;

REVOKE ALL ON FUNCTION "public"."end_agent_session"(text, text, uuid) FROM "anon";

REVOKE ALL ON FUNCTION "public"."end_agent_session"(text, text, uuid) FROM "authenticated";

create or replace function public.hand_over_agent_session(session_id uuid, cart_token text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.hand_over_agent_session(session_id, cart_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."hand_over_agent_session"(uuid, text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."hand_over_agent_session"(uuid, text) FROM "authenticated";

create or replace function public.open_agent_session(
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

REVOKE ALL ON FUNCTION "public"."open_agent_session"(text, text, text, text, text, jsonb) FROM "anon";

REVOKE ALL ON FUNCTION "public"."open_agent_session"(text, text, text, text, text, jsonb) FROM "authenticated";

create or replace function public.read_agent_session(session_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.read_agent_session(session_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_agent_session"(text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."read_agent_session"(text) FROM "authenticated";

ALTER TABLE "private"."agent_sessions" ADD CONSTRAINT "agent_sessions_cart_id_fkey" FOREIGN KEY (cart_id) REFERENCES public.carts(id) ON DELETE CASCADE;

ALTER TABLE "private"."agent_sessions" ADD CONSTRAINT "agent_sessions_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE SET NULL;

ALTER TABLE "private"."shop_limits" ADD CONSTRAINT "shop_limits_agent_sessions_check" CHECK (((agent_sessions >= 1) AND (agent_sessions <= 10000)));

ALTER TABLE "private"."shop_limits" ADD CONSTRAINT "shop_limits_agent_units_check" CHECK (((agent_units >= 1) AND (agent_units <= 10000)));

-- Every cart there is has NULL.
ALTER TABLE "public"."carts" ADD CONSTRAINT "carts_agent_check" CHECK ((agent ~ '^[0-9a-f]{32}$'::text)) NOT VALID;
ALTER TABLE "public"."carts" VALIDATE CONSTRAINT "carts_agent_check";

CREATE INDEX agent_sessions_by_age ON private.agent_sessions USING btree (created_at);

CREATE INDEX agent_sessions_by_order ON private.agent_sessions USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX agent_sessions_of_a_network ON private.agent_sessions USING btree (network, created_at) WHERE (status = 'open'::text);

CREATE INDEX agent_sessions_of_an_agent ON private.agent_sessions USING btree (agent, created_at) WHERE (status = 'open'::text);

CREATE INDEX carts_of_an_agent ON public.carts USING btree (agent) WHERE (agent IS NOT NULL);

COMMENT ON COLUMN "private"."agent_sessions"."choices" IS 'The buyer and the delivery as the agent named them, read by private.agent_choices.';

COMMENT ON COLUMN "private"."agent_sessions"."order_key" IS 'The idempotency key of its order, with provider and expected_minor: a repeat after a lost answer sends the same.';

COMMENT ON COLUMN "private"."agent_sessions"."request" IS 'A hash of the request that opened it: a repeat must be the same.';

COMMENT ON COLUMN "private"."shop_limits"."agent_sessions" IS 'Open sessions of one agent profile at one network; four times as many of all profiles at one network.';

COMMENT ON COLUMN "private"."shop_limits"."agent_units" IS 'Units of one variant that one agent profile can hold at one network, in all its sessions together.';

COMMENT ON COLUMN "public"."carts"."agent" IS 'The agent that holds the units; NULL for people, also after they took over.';

COMMENT ON FUNCTION "private"."agent_choices"(jsonb) IS 'The buyer and the delivery as an agent named them, from known keys, each with its type and within its length. A value
   that is not valid is left out, and the session reports it as missing.';

COMMENT ON FUNCTION "private"."agent_hash_in"(text, text) IS 'A hash that the shop''s server names. Raises invalid_input (422) for anything else.';

COMMENT ON FUNCTION "private"."agent_session_as_json"(private.agent_sessions) IS 'A session with its cart, which is empty once the session has ended: it is the buyer''s then, or nobody''s.';

COMMENT ON FUNCTION "private"."change_agent_session"(text, uuid, text, jsonb, jsonb) IS 'See public.change_agent_session.';

COMMENT ON FUNCTION "private"."check_agent_sessions"(text, text) IS 'Raises too_many_requests (429) where an agent or its network has as many open sessions as it may. One that is older
   than hold_cap holds nothing and does not count.';

COMMENT ON FUNCTION "private"."check_agent_units"(public.carts, uuid, integer, private.shop_limits) IS 'Raises hold_limit (409) when an agent would hold more of a variant than agent_units. Under the variant''s lock.';

COMMENT ON FUNCTION "private"."end_agent_session"(text, text, uuid) IS 'See public.end_agent_session.';

COMMENT ON FUNCTION "private"."find_agent_session"(text, boolean) IS 'The session with this secret. Raises not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "private"."hand_over_agent_session"(uuid, text) IS 'See public.hand_over_agent_session.';

COMMENT ON FUNCTION "private"."open_agent_session"(text, text, text, text, text, jsonb) IS 'See public.open_agent_session.';

COMMENT ON FUNCTION "private"."read_agent_session"(text) IS 'See public.read_agent_session.';

COMMENT ON FUNCTION "public"."change_agent_session"(text, uuid, text, jsonb, jsonb) IS 'For the shop''s server: replaces the choices of an open session, or notes the order that is placed next: payment is
   {order_key, provider, expected_minor}. A session that has ended stays as it is. Returns what open_agent_session does;
   is_repeat for a key that was used. Raises not_found (404), idempotency_key_reused (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."end_agent_session"(text, text, uuid) IS 'For the shop''s server: ends a session as cancelled, once its units were released, or as completed with its order,
   which is final. Returns what open_agent_session does. Raises not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "public"."hand_over_agent_session"(uuid, text) IS 'For the shop''s server, once for each session: its cart, with what it holds, becomes the cart of the guest with this
   new secret. The agent keeps no way to it. Raises not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "public"."open_agent_session"(text, text, text, text, text, jsonb) IS 'For the shop''s server: a checkout session of an agent, with its own empty cart. agent, network and request are
   hashes; choices are {name, email, phone, method, location_id, address}. Returns {id, status, choices, order_id,
   order_key, provider, expected_minor, cart, held_since, is_repeat}. The same secret and request: the same session.
   Raises idempotency_key_reused (409), too_many_requests (429), invalid_input (422), busy (503).';

COMMENT ON FUNCTION "public"."read_agent_session"(text) IS 'For the shop''s server: what open_agent_session returns. Raises not_found (404), invalid_input (422).';

COMMENT ON TABLE "private"."agent_sessions" IS 'Checkout sessions of shopping agents. Deleted after a day, with what they say of a buyer (a rule below); the order
   stays.';

REVOKE ALL ON FUNCTION "private"."agent_choices"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."agent_hash_in"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."agent_session_as_json"(private.agent_sessions) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."change_agent_session"(text, uuid, text, jsonb, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."change_agent_session"(text, uuid, text, jsonb, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "private"."check_agent_sessions"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_agent_units"(public.carts, uuid, integer, private.shop_limits) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_agent_session"(text, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."end_agent_session"(text, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."find_agent_session"(text, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hand_over_agent_session"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."hand_over_agent_session"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."open_agent_session"(text, text, text, text, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."open_agent_session"(text, text, text, text, text, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "private"."read_agent_session"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_agent_session"(text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."change_agent_session"(text, uuid, text, jsonb, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."change_agent_session"(text, uuid, text, jsonb, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."end_agent_session"(text, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."end_agent_session"(text, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."hand_over_agent_session"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."hand_over_agent_session"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."open_agent_session"(text, text, text, text, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."open_agent_session"(text, text, text, text, text, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_agent_session"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_agent_session"(text) TO "service_role";

insert into private.rates (kind, guest, network, per) values ('agent', 300, 1200, '1 minute');
insert into private.retention_rules (kind, keep, target, age) values
  ('agent_sessions', '1 day', 'private.agent_sessions', 'created_at');

reset check_function_bodies;
