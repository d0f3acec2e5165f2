-- The basis of every other schema file: the private schema, refusals, and "exactly once".
--
-- `public` is the contract (tables clients may read, functions they may call). `private` holds the rest and is
-- not among the API's schemas. A function that needs more rights than its caller is two: public.f (security
-- invoker, one line) and private.f (security definer, empty search_path).

create schema private;
comment on schema private is 'Everything the API does not expose: rule functions, triggers, idempotency keys.';
-- Policies and the public wrappers call into it as the API roles; each function has its own grant.
grant usage on schema private to anon, authenticated, service_role;
-- A function in it is callable only after its grant.
alter default privileges in schema private revoke execute on functions from public, anon, authenticated, service_role;
alter default privileges revoke execute on functions from public;

create function private.refuse(status integer, code text, detail jsonb default '{}', hint text default '')
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT' || refuse.status,
    message = refuse.code,
    detail = refuse.detail::text,
    hint = refuse.hint;
end;
$$;
comment on function private.refuse(integer, text, jsonb, text) is
  'Ends the transaction with a refusal in PostgREST''s convention: HTTP status (PT409 = 409), a stable snake_case
   code from docs/errors.md, JSON detail, and a hint that says what to do. Never returns.';

create function private.refusal(status integer, code text, detail jsonb default '{}', hint text default '')
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('status', status, 'code', code, 'detail', detail, 'hint', hint)
$$;
comment on function private.refusal(integer, text, jsonb, text) is
  'A refusal that must not end the transaction, because other orders are in it: what private.refuse would have raised.';

create function private.busy()
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(503, 'busy', '{"retry_after_seconds": 1}', 'Send it again, with the same key.')
$$;
comment on function private.busy() is
  'The refusal of a call that would wait too long for a lock. Functions that shoppers and staff call set
   lock_timeout and catch lock_not_available with it, so that nobody waits for ever. Nothing was done.';

create function private.refuse(refusal jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse((refusal ->> 'status')::integer, refusal ->> 'code', refusal -> 'detail', refusal ->> 'hint');
end;
$$;
comment on function private.refuse(jsonb) is 'Ends the transaction with a refusal that private.refusal made.';

create function private.answer_refused(refusal jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('request.method', true), '') = '' then
    perform private.refuse(refusal);
  end if;
  perform set_config('response.status', refusal ->> 'status', true);
  return jsonb_build_object('code', 'PT' || (refusal ->> 'status'), 'message', refusal -> 'code',
    'details', (refusal -> 'detail')::text, 'hint', refusal -> 'hint');
end;
$$;
comment on function private.answer_refused(jsonb) is
  'Answers a call with a refusal and commits: what the call counted of its caller stays. To a client of the Data API it
   is the response that private.refuse would be, by its settings request.method and response.status. Elsewhere it is
   raised. The function that calls it has undone everything else.';

create function private.is_trusted()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return current_setting('role') in ('none', 'postgres', 'service_role');
end;
$$;
comment on function private.is_trusted() is
  'True for the secret key and for direct database sessions (migrations, seed, psql). The setting `role` keeps the
   caller''s role inside security definer functions, where current_user does not.';

create function private.require_secret_key(hint text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', hint);
  end if;
end;
$$;
comment on function private.require_secret_key(text) is
  'Raises role_required (403) unless private.is_trusted. For functions that only the shop''s server calls.';

create function private.acts_as_shop(guest_token text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select guest_token is null and private.is_trusted()
$$;
comment on function private.acts_as_shop(text) is
  'Whether the shop itself asks. A call of the shop''s server that carries a guest''s token is that guest''s: it has
   the rights of the token and no others, so that a wrong token is refused like an unknown caller.';

create function private.actor()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(auth.uid(), '00000000-0000-0000-0000-000000000000');
end;
$$;
comment on function private.actor() is
  'The actor: the signed-in user, or the nil UUID for the shop itself (secret key, direct session).';

-- Input: JSON is read once, when it arrives, into typed values. Each reader returns NULL for a value that is missing,
-- of another type or out of bounds; the caller names the field and refuses. Nothing is stored as it was sent.

create function private.text_in(value jsonb, longest integer, shortest integer default 1)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_text text;
begin
  if jsonb_typeof(value) is distinct from 'string' then
    return null;
  end if;
  v_text := value #>> '{}';
  -- Control and invisible characters, line separators, and what changes the direction of the text after it.
  if length(v_text) not between shortest and longest
    or v_text ~ '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]' then
    return null;
  end if;
  v_text := btrim(v_text, E' \u00a0\u3000');
  return case when length(v_text) >= shortest then v_text end;
end;
$$;
comment on function private.text_in(jsonb, integer, integer) is
  'A JSON string of one line, without the spaces around it; its length is measured with them. NULL for anything else.';

create function private.uuid_in(value jsonb)
returns uuid
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(value) = 'string' and pg_input_is_valid(value #>> '{}', 'uuid') then
    return (value #>> '{}')::uuid;
  end if;
  return null;
end;
$$;
comment on function private.uuid_in(jsonb) is 'A JSON string that is a UUID. NULL for anything else.';

create function private.whole_in(value jsonb, lowest bigint, highest bigint)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_number bigint;
begin
  if jsonb_typeof(value) = 'number' and value #>> '{}' ~ '^-?[0-9]{1,18}$' then
    v_number := (value #>> '{}')::bigint;
  end if;
  return case when v_number between lowest and highest then v_number end;
end;
$$;
comment on function private.whole_in(jsonb, bigint, bigint) is
  'A JSON number that is whole and within these bounds. NULL for anything else.';

-- A repeated write answers with the first result instead of happening twice. The row is inserted before the
-- effect and in its transaction: a refused call leaves no key behind, and of two concurrent calls with one key
-- the second waits on the key's lock until the first has committed.
create table private.idempotency_keys (
  actor uuid not null,
  key uuid not null,
  operation text not null,
  request jsonb not null,
  response jsonb,
  reduced boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (actor, key)
);
comment on table private.idempotency_keys is
  'One row per acknowledged write that a person can repeat. Scoped by actor, so nobody reads another''s result.';
comment on column private.idempotency_keys.request is
  'A hash of what the key was first used for (private.request_hash), not the request itself.';
comment on column private.idempotency_keys.reduced is
  'The response has placeholders for the person (schemas/retention/tables.sql).';
-- A row is in one of the two, so a write pays for one; the maintenance job finds what is due without looking at the
-- rest.
create index idempotency_keys_to_reduce on private.idempotency_keys (created_at) where not reduced;
create index idempotency_keys_to_delete on private.idempotency_keys (created_at) where reduced;
alter table private.idempotency_keys enable row level security;

create function private.request_hash(request jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return to_jsonb(encode(sha256(convert_to(request::text, 'UTF8')), 'hex'));
end;
$$;
comment on function private.request_hash(jsonb) is
  'The stored hash of a request: enough to see whether a repeat is the same one.';

create function private.key_gate(key uuid)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return uuid_hash_extended(key, uuid_hash_extended(private.actor(), 1));
end;
$$;
comment on function private.key_gate(uuid) is 'The advisory lock of a caller''s idempotency key.';

create function private.key_reused(operation text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'idempotency_key_reused', jsonb_build_object('operation', operation),
    'This key belongs to another request. Create a new key for a new request.')
$$;
comment on function private.key_reused(text) is
  'The refusal of an idempotency key that came with another request before.';

create function private.begin_once(key uuid, operation text, request jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_first private.idempotency_keys;
  v_hash jsonb := private.request_hash(request);
begin
  if begin_once.key is null then
    perform private.refuse(422, 'invalid_input', '{"field": "idempotency_key", "problem": "missing"}',
      'Send a UUID made once per request as idempotency_key.');
  end if;

  perform pg_advisory_xact_lock(private.key_gate(begin_once.key));
  insert into private.idempotency_keys (actor, key, operation, request)
  values (private.actor(), begin_once.key, begin_once.operation, v_hash)
  on conflict do nothing;
  if found then
    return null;
  end if;

  select * into v_first
  from private.idempotency_keys
  where idempotency_keys.actor = private.actor()
    and idempotency_keys.key = begin_once.key;
  -- (Holds that are made together keep what they asked for as it is: it names nobody.)
  if v_first.operation <> begin_once.operation or v_first.request not in (v_hash, begin_once.request) then
    perform private.refuse(private.key_reused(v_first.operation));
  end if;
  return v_first.response;
end;
$$;
comment on function private.begin_once(uuid, text, jsonb) is
  'Claims an idempotency key. NULL: this is the first time, go on and call finish_once. Otherwise the first
   result. Raises idempotency_key_reused (409) when the key came with another body, invalid_input (422) without key.';

create function private.begin_together(operation text, keys uuid[], requests jsonb[])
returns jsonb
language plpgsql
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_known jsonb;
begin
  select jsonb_object_agg(first.key, to_jsonb(first)) into v_known
  from private.idempotency_keys as first
  where first.actor = private.actor() and first.key = any (begin_together.keys);
  if v_known is null and (
    cardinality(keys) < 2 or (select count(distinct asked.key) from unnest(keys) as asked (key)) = cardinality(keys)
  ) then
    return '{}';
  end if;
  return (
    select coalesce(jsonb_object_agg(asked.n, case
      when first.row ->> 'operation' = begin_together.operation
        and first.row -> 'request' in (asked.request, private.request_hash(asked.request))
        then jsonb_build_object('response', first.row -> 'response')
      else jsonb_build_object(
        'refused', private.key_reused(coalesce(first.row ->> 'operation', begin_together.operation))
      )
    end), '{}')
    from unnest(keys, requests) with ordinality as asked (key, request, n)
    cross join lateral (select v_known -> asked.key::text as row) as first
    where first.row is not null or array_position(keys, asked.key) < asked.n
  );
end;
$$;
comment on function private.begin_together(text, uuid[], jsonb[]) is
  'begin_once for many calls in one, under the locks of their keys. Returns, by n, {"response": the first result}
   for a repeat and {"refused": …} for a key of another request; nothing for a call that is new.
   private.finish_together stores the keys of new calls with their responses.';

create function private.finish_together(operation text, keys uuid[], requests jsonb[], responses jsonb[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.idempotency_keys (actor, key, operation, request, response)
  select private.actor(), finished.key, finish_together.operation, finished.request, finished.response
  from unnest(keys, requests, responses) as finished (key, request, response)
  where finished.key is not null;
end;
$$;
comment on function private.finish_together(text, uuid[], jsonb[], jsonb[]) is
  'Stores the keys of new calls with what a repeat of each will answer. The caller holds the locks of the keys; a NULL
   is stored by its caller.';

create function private.finish_once(key uuid, response jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.idempotency_keys
  set response = finish_once.response
  where idempotency_keys.actor = private.actor()
    and idempotency_keys.key = finish_once.key;
end;
$$;
comment on function private.finish_once(uuid, jsonb) is
  'Stores what a repeat of the call will answer. Same transaction as the effect.';

-- Rows that a person edits carry a version, so a stale save is noticed and a late message is harmless.
create function private.touch()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end;
$$;
comment on function private.touch() is
  'Before-update trigger: a changed row gets the next version; an unchanged one keeps it.';

-- Records of past events are never rewritten.
create function private.stay_as_written()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse(403, 'ledger_is_append_only', '{}', 'Write another line that corrects it.');
  return null;
end;
$$;
comment on function private.stay_as_written() is
  'Before-change trigger of what is append-only: no role rewrites it, not even its owner. Raises
   ledger_is_append_only (403).';
