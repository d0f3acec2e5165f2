-- The schema as it was first released, made from supabase/schemas. Immutable, as every migration.

-- schemas/core/foundation.sql

-- What every other migration stands on: the private schema, refusals, and "exactly once".
--
-- `public` is the contract (tables clients may read, functions they may call). `private` holds the rest and is
-- not among the API's schemas. A function that needs more rights than its caller is two: public.f (security
-- invoker, one line) and private.f (security definer, empty search_path).

create schema private;
comment on schema private is 'Everything the API does not expose: rule functions, triggers, idempotency keys.';
-- Policies and the public wrappers call into it as the API roles; each function is granted by itself.
grant usage on schema private to anon, authenticated, service_role;
-- Nothing in it is callable until it says so.
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
  'The refusal of a call that would wait too long for a lock. Functions that shoppers and staff call set lock_timeout and
   catch lock_not_available with it, so that nobody waits for ever. Nothing was done.';

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

create function private.acts_as_shop(guest_token text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select guest_token is null and private.is_trusted()
$$;
comment on function private.acts_as_shop(text) is
  'Whether the shop itself asks. A call of the shop''s server that carries a guest''s token is that guest''s: it has the rights of
   the token and no others, so that a wrong token is refused as a stranger''s is.';

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
  'Who is acting: the signed-in user, or the nil UUID for the shop itself (secret key, direct session).';

-- Input: JSON is read once, at the door, into typed values. Each reader returns NULL for a value that is missing, of
-- another type or out of bounds; the caller names the field and refuses. Nothing is stored as it was sent.

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
comment on function private.whole_in(jsonb, bigint, bigint) is 'A JSON number that is whole and within these bounds. NULL for anything else.';

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
comment on column private.idempotency_keys.request is 'A hash of what the key was first used for (private.request_hash), not the request itself.';
comment on column private.idempotency_keys.reduced is 'The response has placeholders for the person (schemas/retention/tables.sql).';
-- A row is in one of the two, so a write pays for one; the maintenance job finds what is due without looking at the rest.
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
comment on function private.request_hash(jsonb) is 'What is kept of a request: enough to see whether a repeat is the same one.';

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
      'Send a UUID made once per gesture as idempotency_key.');
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
    perform private.refuse(409, 'idempotency_key_reused', jsonb_build_object('operation', v_first.operation),
      'This key already stands for another request. Make a new key for a new gesture.');
  end if;
  return v_first.response;
end;
$$;
comment on function private.begin_once(uuid, text, jsonb) is
  'Claims an idempotency key. NULL: this is the first time, go on and call finish_once. Otherwise the first
   result. Raises idempotency_key_reused (409) when the key came with another body, invalid_input (422) without key.';

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
comment on function private.touch() is 'Before-update trigger: a changed row gets the next version; an unchanged one keeps it.';

-- What is a record of what happened is never rewritten.
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
comment on function private.stay_as_written() is 'Before-change trigger of what is append-only: no role rewrites it, not even its owner. Raises ledger_is_append_only (403).';

-- schemas/core/schema_version.sql

-- The version of the schema: the newest migration that was applied. The shop asks for it when it starts and refuses to
-- work with a database that is older or newer than its code (lib/domain/schema-version.ts).

create function private.schema_version()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  -- The Supabase CLI keeps this table. A database that was made without it has no version.
  if to_regclass('supabase_migrations.schema_migrations') is null then
    return null;
  end if;
  return (select max(version) from supabase_migrations.schema_migrations);
end;
$$;
comment on function private.schema_version() is 'See public.schema_version. Definer: API roles do not see the table.';

create function public.schema_version()
returns text
language sql
stable
set search_path = ''
as $$
  select private.schema_version()
$$;
comment on function public.schema_version() is
  'The timestamp of the newest migration, NULL when the database was not made by migrations. For the secret key alone.';

revoke execute on function private.schema_version(), public.schema_version() from public, anon, authenticated;
grant execute on function private.schema_version(), public.schema_version() to service_role;

-- schemas/staff/tables.sql

-- Who may work here. A person who left is deactivated, never deleted: their name stands in the ledger.

create type public.staff_role as enum ('viewer', 'stock', 'manager');
comment on type public.staff_role is
  'In rising order: viewer reads everything staff can read; stock also changes stock; manager also changes the catalogue and staff.';

create table public.staff (
  user_id uuid primary key references auth.users (id) on delete restrict,
  name text not null check (length(trim(name)) between 1 and 120),
  email text not null unique check (email = lower(email)),
  role public.staff_role not null,
  location_ids uuid[],
  active boolean not null default true,
  signed_out_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint staff_limits_stock_keepers_only check (location_ids is null or role = 'stock' and cardinality(location_ids) > 0)
);
comment on table public.staff is 'Colleagues and what they may do. Written by managers through functions and by the secret key.';
comment on column public.staff.location_ids is
  'Where somebody of role stock may change stock; NULL: everywhere, as a manager may. Reading is never limited. An array and
   not a table, so that what a person may do is one row, read at once; locations are never deleted.';
comment on column public.staff.signed_out_at is 'When all their sessions were last ended at once. Open pages hear it and close.';
create trigger staff_touch before update on public.staff
  for each row execute function private.touch();

create function private.staff_role()
returns public.staff_role
language sql
stable
security definer
set search_path = ''
as $$
  select staff.role
  from public.staff
  where staff.user_id = (select auth.uid())
    and staff.active
    and (
      (select auth.jwt()) ->> 'session_id' is null
      or exists (select from auth.sessions where sessions.id = ((select auth.jwt()) ->> 'session_id')::uuid)
    )
$$;
comment on function private.staff_role() is
  'The caller''s role, NULL for shoppers, for deactivated colleagues and once their session has been ended, though the
   token may live on for an hour. Definer: reading public.staff from its own policy would recurse.';
grant execute on function private.staff_role() to anon, authenticated, service_role;

create function public.own_staff_role()
returns public.staff_role
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.staff_role();
end;
$$;
comment on function public.own_staff_role() is
  'The role of the signed-in caller; NULL for shoppers, for colleagues who left and once the session has been ended.';
revoke execute on function public.own_staff_role() from public, anon;
grant execute on function public.own_staff_role() to authenticated, service_role;

create function private.require_role(minimum public.staff_role)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not private.is_trusted() and coalesce(private.staff_role() < require_role.minimum, true) then
    perform private.refuse(403, 'role_required', jsonb_build_object('role', require_role.minimum),
      'Ask a manager for the role, or sign in as somebody who has it.');
  end if;
end;
$$;
comment on function private.require_role(public.staff_role) is
  'Raises role_required (403) unless the caller is active staff of at least that role, or trusted (private.is_trusted).';

create function private.own_locations()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select staff.location_ids from public.staff where staff.user_id = (select auth.uid()));
end;
$$;
comment on function private.own_locations() is 'Where the caller may change stock, if their role lets them; NULL: everywhere.';

create function private.require_role_at(minimum public.staff_role, variadic location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[];
begin
  perform private.require_role(minimum);
  v_own := private.own_locations();
  if not location_ids <@ v_own then
    perform private.refuse(403, 'location_not_yours', jsonb_build_object('location_id', (
      select asked.id from unnest(location_ids) as asked (id) where asked.id <> all (v_own) or asked.id is null limit 1
    )), 'Ask somebody who works there, or a manager for the right to.');
  end if;
end;
$$;
comment on function private.require_role_at(public.staff_role, uuid[]) is
  'As require_role, and the caller may change stock at each of these locations; else raises location_not_yours (403).';

alter table public.staff enable row level security;
-- No write grant for any API role but the secret key's: roles change through functions that leave a trail.
revoke all on public.staff from anon, authenticated;
grant select on public.staff to authenticated;
-- Their own row stays in sight of those who left, so that the pages they have open learn of it.
create policy "staff see their colleagues, everybody sees themselves" on public.staff
  for select to authenticated
  using (user_id = (select auth.uid()) or (select private.staff_role()) is not null);

-- schemas/audit/tables.sql

-- Who changed what rarely changes: staff, catalogue, places, settings. One line per row that a transaction changed,
-- written by that transaction, with the columns that differ before and after.
--
-- What must always be true:
--   1. No change without its line: triggers write it, whoever changes the row and by whatever way.
--   2. A line is never rewritten, by no role.
--   3. Nothing is written twice. What has a record of its own is not here: units (stock_movements), orders
--      (order_events), deliveries (delivery_events), counts, and what an import changed (private.import_changes).
--      public.read_trail (schemas/staff/invitation_tables.sql) reads them all as one.

create table public.audit_trail (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor uuid not null default private.actor(),
  actor_name text not null,
  action text not null check (action ~ '^[a-z_]+$'),
  subject text not null check (subject ~ '^[a-z_]+$'),
  subject_id text not null,
  label text not null,
  before jsonb,
  after jsonb
);
comment on table public.audit_trail is 'Who changed what, when, from what to what. Append-only. Managers read it.';
comment on column public.audit_trail.at is 'When the transaction began: lines of one gesture share it.';
comment on column public.audit_trail.actor is 'The nil UUID is the shop itself (secret key, direct session).';
comment on column public.audit_trail.actor_name is 'What the actor was called then.';
comment on column public.audit_trail.action is 'created, changed and removed are written by triggers; other verbs by functions that say them.';
comment on column public.audit_trail.subject is 'What kind of thing, one word: product, variant, colleague.';
comment on column public.audit_trail.label is 'What people called the thing then.';
comment on column public.audit_trail.before is 'Only what differs. NULL: there was nothing before.';
create index audit_trail_by_time on public.audit_trail (at desc, id desc);
create index audit_trail_by_actor on public.audit_trail (actor, at desc, id desc);
create index audit_trail_by_subject on public.audit_trail (subject, subject_id, id);
create trigger audit_trail_stays before update or delete or truncate on public.audit_trail
  for each statement execute function private.stay_as_written();

alter table public.audit_trail enable row level security;
-- Not even the secret key writes here.
revoke all on public.audit_trail from anon, authenticated, service_role;
grant select on public.audit_trail to authenticated, service_role;
create policy "managers read who changed what" on public.audit_trail
  for select to authenticated using ((select private.staff_role()) = 'manager');

create function private.actor_name()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce(
    (select staff.name from public.staff where staff.user_id = auth.uid()),
    auth.jwt() ->> 'email',
    case when auth.uid() is null then 'The shop' else 'A customer' end
  );
end;
$$;
comment on function private.actor_name() is 'What to call who is acting: a colleague''s name, else the address of their account.';
alter table public.audit_trail alter column actor_name set default private.actor_name();

create function private.differing(this jsonb, that jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_object_agg(field.key, field.value)
  from jsonb_each(this - '{version,created_at,updated_at,secret_hash}'::text[]) as field
  where field.value is distinct from that -> field.key
$$;
comment on function private.differing(jsonb, jsonb) is
  'The fields of this that are not the same in that (NULL: all of them); NULL when there are none. Without housekeeping and hashes of secrets.';

create function private.audit(
  action text, subject text, subject_id text, label text, before jsonb default null, after jsonb default null
)
returns void
language sql
set search_path = ''
as $$
  insert into public.audit_trail (action, subject, subject_id, label, before, after)
  values (action, subject, subject_id, label, private.differing(before, after), private.differing(after, before))
$$;
comment on function private.audit(text, text, text, text, jsonb, jsonb) is
  'Writes a line for a deed that no trigger sees, in the transaction of the deed: who and when are known, before and after
   may be whole rows.';

create function private.leave_trail_to(document text)
returns void
language sql
set search_path = ''
as $$
  select set_config('onhand.document', document, true)
$$;
comment on function private.leave_trail_to(text) is
  'From here to the end of the transaction, changed rows leave no line: the document has a record of them, before and
   after, and thousands of lines would bury what people did.';

create function private.audit_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
-- Nothing is known of a transition table's size, and a nested loop over ten thousand rows takes seconds.
set enable_nestloop = off
as $$
declare
  v_subject text := tg_argv[0];
  v_key text := tg_argv[1];
  v_label text := tg_argv[2];
begin
  if tg_op = 'INSERT' then
    insert into public.audit_trail (action, subject, subject_id, label, after)
    select 'created', v_subject, fresh.fields ->> v_key, fresh.fields ->> v_label, private.differing(fresh.fields, null)
    from (select to_jsonb(added) from added) as fresh (fields);
  elsif tg_op = 'DELETE' then
    insert into public.audit_trail (action, subject, subject_id, label, before)
    select 'removed', v_subject, former.fields ->> v_key, former.fields ->> v_label, private.differing(former.fields, null)
    from (select to_jsonb(gone) from gone) as former (fields);
  else
    insert into public.audit_trail (action, subject, subject_id, label, before, after)
    select 'changed', v_subject, fresh.fields ->> v_key, fresh.fields ->> v_label,
      private.differing(former.fields, fresh.fields), private.differing(fresh.fields, former.fields)
    from (select to_jsonb(gone) from gone) as former (fields)
    join (select to_jsonb(added) from added) as fresh (fields) on fresh.fields ->> v_key = former.fields ->> v_key
    where private.differing(fresh.fields, former.fields) is not null;
  end if;
  return null;
end;
$$;
comment on function private.audit_changes() is
  'One line per row that a statement created, changed or removed. Arguments: the subject, its key column, the column people know it by.';

create function private.keep_trail(target regclass, subject text, key text, label text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_event text;
begin
  foreach v_event in array array['insert', 'update', 'delete'] loop
    execute format(
      'create trigger %I after %s on %s referencing %s for each statement
         when (coalesce(current_setting(''onhand.document'', true), '''') = '''')
         execute function private.audit_changes(%L, %L, %L)',
      subject || '_leaves_trail_of_' || v_event, v_event, target,
      concat_ws(' ', case when v_event <> 'insert' then 'old table as gone' end, case when v_event <> 'delete' then 'new table as added' end),
      subject, key, label);
  end loop;
end;
$$;
comment on function private.keep_trail(regclass, text, text, text) is
  'For migrations: from now on every change of the table leaves a line. Not for tables that change with every sale.';

select private.keep_trail('public.staff', 'colleague', 'user_id', 'name');

-- schemas/catalog/tables.sql

-- What the shop sells and where it keeps it: everything that changes rarely. No number of units stands here,
-- so a sale never touches these rows and an edit never wakes a stock badge.
--
-- Shoppers read active products; staff read all. Nobody writes directly: the catalogue changes through imports
-- and (later) edits with conflict detection.

create table public.shop_settings (
  only_row boolean primary key default true check (only_row),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  low_stock_at integer not null default 5 check (low_stock_at between 0 and 1000),
  time_zone text not null default 'Europe/Brussels' check (timestamptz 'epoch' at time zone time_zone is not null)
);
comment on table public.shop_settings is 'One row: the currency (ISO 4217) of every price, and from how many available units on the shelf says how many are left.';
comment on column public.shop_settings.time_zone is 'The IANA zone whose clock hangs on the shop''s wall: when its days end. Pages know it from lib/domain/core/shop.ts.';
insert into public.shop_settings default values;

create table public.categories (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(trim(title)) between 1 and 120),
  blurb text not null default '',
  position integer not null default 0
);
comment on table public.categories is 'Aisles of the shop, in order of position, then title.';

create type public.product_status as enum ('draft', 'active', 'archived');
comment on type public.product_status is 'Only active products are for sale and readable by shoppers.';

create table public.products (
  id uuid primary key default gen_random_uuid(),
  handle text not null unique check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(handle) <= 255),
  title text not null check (length(trim(title)) between 1 and 255),
  description_html text not null default '',
  category text not null references public.categories (slug),
  vendor text not null default '',
  tags text[] not null default '{}',
  option_names text[] not null default '{}' check (cardinality(option_names) <= 3),
  limited boolean not null default false,
  tax_rate_bp integer not null default 1900 check (tax_rate_bp between 0 and 10000),
  status public.product_status not null default 'draft',
  position integer not null default 0,
  number bigint not null generated always as identity unique,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.products is 'What a page shows. Changes rarely; the shop reads it from cached server renders.';
comment on column public.products.handle is 'The address of its page: /products/<handle>.';
comment on column public.products.description_html is 'Made safe on the way in (import): a small allow-list of tags, no attributes but href.';
comment on column public.products.option_names is 'Up to three, in order: {Size, Glaze}. Empty: one variant without choices.';
comment on column public.products.limited is 'A limited edition: the shelf always says how many are left.';
comment on column public.products.tax_rate_bp is 'Tax included in its prices, in basis points: 1900 is 19 %.';
comment on column public.products.position is 'Order in listings, ascending, then id.';
comment on column public.products.number is 'In the order they were made: the newest has the highest.';
create index products_by_category on public.products (category, position, id);
create trigger products_touch before update on public.products
  for each row execute function private.touch();

create table public.variants (
  id uuid primary key default gen_random_uuid(),
  product_id uuid not null references public.products (id),
  sku text not null unique check (length(trim(sku)) between 1 and 120),
  option_values text[] not null default '{}' check (cardinality(option_values) <= 3),
  price_minor integer not null check (price_minor >= 0),
  compare_at_minor integer check (compare_at_minor >= 0),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  barcode text,
  limit_per_person integer check (limit_per_person between 1 and 99),
  position integer not null default 1,
  active boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- At the end of a statement, so that two can change places.
  constraint variants_differ_in_their_options unique (product_id, option_values) deferrable
);
comment on table public.variants is 'What is sold and counted: one SKU, one price.';
comment on column public.variants.price_minor is 'Minor units of currency (cents), tax included.';
comment on column public.variants.compare_at_minor is 'The former price, minor units; shown struck through when above price_minor.';
comment on column public.variants.limit_per_person is 'Units one person may buy over all carts and orders; NULL: no limit.';
comment on column public.variants.active is 'False: no longer sold, but still in the ledger.';
create index variants_by_barcode on public.variants (barcode) where barcode is not null;
create trigger variants_touch before update on public.variants
  for each row execute function private.touch();

create table public.product_media (
  id uuid primary key default gen_random_uuid(),
  product_id uuid not null references public.products (id) on delete cascade,
  variant_id uuid references public.variants (id) on delete cascade,
  position integer not null check (position >= 1),
  src text not null check (src ~ '^(https?://|/)'),
  alt text not null default '',
  constraint product_media_have_one_order unique (product_id, position)
);
comment on table public.product_media is 'Pictures of a product in order; one may belong to a variant.';
comment on column public.product_media.src is 'A path of our own (/art/…) or an https address that may or may not be reachable.';
create index product_media_by_variant on public.product_media (variant_id) where variant_id is not null;

create table public.locations (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (length(trim(name)) between 1 and 120),
  address text not null default '',
  position integer not null default 0,
  active boolean not null default true
);
comment on table public.locations is 'A place that holds stock: a shop, a warehouse. The first by position takes imported quantities.';

alter table public.shop_settings enable row level security;
alter table public.categories enable row level security;
alter table public.products enable row level security;
alter table public.variants enable row level security;
alter table public.product_media enable row level security;
alter table public.locations enable row level security;

-- Reading only; no write grant, because every change is a function that checks and leaves a trail. Shoppers read the
-- catalogue in the pages of the shop, whose server asks with its own key for what is on sale. The Data API shows it to staff
-- alone: whoever could read these tables could nest one in the other, and be sent megabytes for a line of question.
revoke all on public.shop_settings, public.categories, public.products, public.variants, public.product_media,
  public.locations from anon, authenticated;
grant select on public.shop_settings, public.categories, public.products, public.variants, public.product_media,
  public.locations to authenticated;

create policy "staff read the settings" on public.shop_settings
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read the categories" on public.categories
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read where we are" on public.locations
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read products" on public.products
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read variants" on public.variants
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read pictures" on public.product_media
  for select to authenticated using ((select private.staff_role()) is not null);

-- Who changed what, from what to what (schemas/audit/tables.sql).
select private.keep_trail('public.shop_settings', 'settings', 'only_row', 'currency');
select private.keep_trail('public.categories', 'category', 'slug', 'title');
select private.keep_trail('public.products', 'product', 'id', 'title');
select private.keep_trail('public.variants', 'variant', 'id', 'sku');
select private.keep_trail('public.product_media', 'picture', 'id', 'src');
select private.keep_trail('public.locations', 'location', 'id', 'name');

-- schemas/stock/tables.sql

-- The stock kernel: an append-only ledger and what it adds up to.
--
--   stock_movements ──▶ stock_levels ──▶ availability ──▶ shelf
--   (every change)      (variant, place)  (variant)        (what a shopper may see)
--
-- Each arrow is a statement-level trigger in the transaction of its source. What must always be true:
--   1. available = on_hand - held - committed - safety, and never below zero. Both are CHECKs.
--   2. Every unit has a movement: on_hand is the sum of its ledger.
--   3. Whoever changes stock of a variant first locks its availability row, variants in ascending order
--      (private.lock_variants). One order for everybody: no deadlock, and sums read after the lock hold still.
--   4. private.inventory_drift() returns no row.
-- held and committed are the sums of claims (schemas/carts/tables.sql), kept the same way.
--
-- Where a statement joins the rows it was given with a table, scans of the table and hash and merge joins are off:
-- sessions keep their plans, and one made while the table was a page long would read all of it for ever after. And a
-- plan is kept whatever the length of an array: making one costs more than what it does.

create type public.movement_reason as enum
  ('receive', 'recount', 'damage', 'return', 'correction', 'transfer', 'import', 'sale');
comment on type public.movement_reason is
  'Why units moved. Staff choose receive, damage, return or correction; the others belong to their functions. A sale
   hands over units that were committed to an order: it lowers on_hand and committed alike, and never available.';

create table public.stock_movements (
  id bigint generated always as identity primary key,
  variant_id uuid not null references public.variants (id),
  location_id uuid not null references public.locations (id),
  delta integer not null check (delta <> 0 and abs(delta) <= 1000000),
  reason public.movement_reason not null,
  document text check (length(document) between 1 and 120),
  note text check (length(note) between 1 and 1000),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now()
);
comment on table public.stock_movements is 'The ledger. Append-only for every role: a mistake is corrected by another line.';
comment on column public.stock_movements.id is 'The ledger position. Ascending in commit order within a variant (invariant 3), not across variants.';
comment on column public.stock_movements.document is 'The paper behind it: delivery note, order number, import.';
create index stock_movements_by_level on public.stock_movements (variant_id, location_id, id);
create index stock_movements_by_location on public.stock_movements (location_id, id);
create index stock_movements_by_document on public.stock_movements (document) where document is not null;

create table public.stock_levels (
  variant_id uuid not null references public.variants (id),
  location_id uuid not null references public.locations (id),
  on_hand integer not null default 0 check (on_hand >= 0),
  held integer not null default 0 check (held >= 0),
  committed integer not null default 0 check (committed >= 0),
  safety integer not null default 0 check (safety >= 0),
  available integer not null default 0 check (available >= 0),
  ledger_position bigint not null default 0,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (variant_id, location_id),
  constraint stock_levels_add_up check (available = on_hand - held - committed - safety)
);
comment on table public.stock_levels is 'Units per variant and location, in whole units. Maintained by triggers; no role writes it directly.';
comment on column public.stock_levels.available is 'A plain column tied by a CHECK: Realtime''s logical replication does not carry generated columns.';
comment on column public.stock_levels.ledger_position is 'The id of the last movement in on_hand: "I saw this number at this point of the ledger".';
create index stock_levels_by_location on public.stock_levels (location_id);

create table public.availability (
  variant_id uuid primary key references public.variants (id),
  on_hand integer not null default 0,
  held integer not null default 0,
  committed integer not null default 0,
  safety integer not null default 0,
  available integer not null default 0 check (available >= 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  constraint availability_adds_up check (available = on_hand - held - committed - safety)
);
comment on table public.availability is 'Exact sums per variant over all locations; also the row that whoever changes its stock locks first. Staff only.';

create type public.shelf_band as enum ('in', 'low', 'out', 'unlisted');
comment on type public.shelf_band is 'What a shopper may know: plenty, few (the number is said), none, or not for sale.';

create table public.shelf (
  variant_id uuid primary key references public.variants (id),
  product_id uuid not null references public.products (id),
  band public.shelf_band not null,
  "left" integer check ("left" > 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.shelf is
  'The public projection of availability. A row changes only when what is rendered changes, so a run on 500 units
   wakes nobody until the number shown moves, and exact stock is not in it.';
comment on column public.shelf."left" is 'Units a shopper can still get; NULL unless the band is low or the product a limited edition.';
create index shelf_by_product on public.shelf (product_id);

create trigger stock_movements_stay before update or delete or truncate on public.stock_movements
  for each statement execute function private.stay_as_written();

-- Who sees what -----------------------------------------------------------------------------------------------

alter table public.stock_movements enable row level security;
alter table public.stock_levels enable row level security;
alter table public.availability enable row level security;
alter table public.shelf enable row level security;

-- Not even the secret key writes here: units move through the functions of the next file or not at all.
revoke all on public.stock_movements, public.stock_levels, public.availability, public.shelf
  from anon, authenticated, service_role;
grant select on public.shelf to anon, authenticated, service_role;
grant select on public.stock_movements, public.stock_levels, public.availability to authenticated, service_role;

-- Realtime checks this one for every subscribed shopper: no function, no join, nothing that can raise.
create policy "everyone reads the shelf" on public.shelf
  for select to anon, authenticated using (true);
create policy "staff read the ledger" on public.stock_movements
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read levels" on public.stock_levels
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read availability" on public.availability
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/stock/kept_sums.sql

-- Locks -------------------------------------------------------------------------------------------------------

create function private.lock_variants(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
-- An array's own plan looks cheaper than one for any array, and is made anew at every call.
set plan_cache_mode = force_generic_plan
as $$
begin
  perform from public.availability
  where availability.variant_id = any (lock_variants.variant_ids)
  order by availability.variant_id
  for no key update;
end;
$$;
comment on function private.lock_variants(uuid[]) is
  'The one lock order (invariant 3). Cheap when already held by this transaction.';

-- Projections: each recomputes the rows named, from their source, under the variants' locks ---------------------

create view private.shelf_projection with (security_invoker = true) as
  select variants.id as variant_id, products.id as product_id, bands.band,
    case when bands.band = 'low' or (bands.band = 'in' and products.limited) then availability.available end as units_left
  from public.variants
  join public.products on products.id = variants.product_id
  join public.availability on availability.variant_id = variants.id
  join public.shop_settings on shop_settings.only_row
  cross join lateral (
    select (case
      when products.status <> 'active' or not variants.active then 'unlisted'
      when availability.available = 0 then 'out'
      when availability.available <= shop_settings.low_stock_at then 'low'
      else 'in'
    end)::public.shelf_band as band
  ) as bands;
comment on view private.shelf_projection is
  'What the shelf must say about each variant. The only place that knows the bands. A view and not a function, so that
   a statement that names one variant looks up four rows.';

create function private.refresh_shelf(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
begin
  update public.shelf
  set band = projection.band,
    "left" = projection.units_left,
    version = shelf.version + 1,
    updated_at = now()
  from unnest(refresh_shelf.variant_ids) as asked (id)
  join private.shelf_projection as projection on projection.variant_id = asked.id
  where shelf.variant_id = asked.id
    and (shelf.band, shelf."left") is distinct from (projection.band, projection.units_left);
end;
$$;
comment on function private.refresh_shelf(uuid[]) is 'Brings the shelf up to date; writes only rows whose rendering changes.';

create function private.variants_appear()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.availability (variant_id)
  select id from added order by id;
  insert into public.shelf (variant_id, product_id, band)
  select projection.variant_id, projection.product_id, projection.band
  from private.shelf_projection as projection
  where projection.variant_id in (select id from added);
  return null;
end;
$$;
comment on function private.variants_appear() is 'A new variant has no units: an availability row of zeros and a shelf row.';
create trigger variants_appear after insert on public.variants
  referencing new table as added
  for each statement execute function private.variants_appear();

create function private.movements_count()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  perform private.lock_variants(array(select distinct added.variant_id from added));

  insert into public.stock_levels (variant_id, location_id)
  select distinct added.variant_id, added.location_id from added
  order by 1, 2
  on conflict do nothing;

  update public.stock_levels as level
  set on_hand = level.on_hand + sums.delta,
    committed = level.committed + sums.sold,
    available = level.available + sums.delta - sums.sold,
    ledger_position = sums.position,
    version = level.version + 1,
    updated_at = now()
  from (
    select added.variant_id, added.location_id, sum(added.delta)::integer as delta, max(added.id) as position,
      coalesce(sum(added.delta) filter (where added.reason = 'sale'), 0)::integer as sold
    from added
    group by added.variant_id, added.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id;
  return null;
end;
$$;
comment on function private.movements_count() is
  'Ledger to levels: one update per level a batch touches. A sale moves on_hand and committed in one step, so that what
   is available, and the shelf, do not blink while an order is handed over.';
create trigger stock_movements_count after insert on public.stock_movements
  referencing new table as added
  for each statement execute function private.movements_count();

create function private.levels_sum()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if not exists (select from changed) then
    return null;
  end if;
  update public.availability
  set on_hand = sums.on_hand,
    held = sums.held,
    committed = sums.committed,
    safety = sums.safety,
    available = sums.available,
    version = availability.version + 1,
    updated_at = now()
  from (select distinct changed.variant_id from changed) as moved
  cross join lateral (
    select sum(level.on_hand)::integer as on_hand,
      sum(level.held)::integer as held,
      sum(level.committed)::integer as committed,
      sum(level.safety)::integer as safety,
      sum(level.available)::integer as available
    from public.stock_levels as level
    where level.variant_id = moved.variant_id
  ) as sums
  where availability.variant_id = moved.variant_id
    and (availability.on_hand, availability.held, availability.committed, availability.safety)
      is distinct from (sums.on_hand, sums.held, sums.committed, sums.safety);
  perform private.refresh_shelf(array(select distinct changed.variant_id from changed));
  return null;
end;
$$;
comment on function private.levels_sum() is
  'Levels to availability to shelf. Sums are read again, not added to: under the variant''s lock they cannot move.';
create trigger stock_levels_sum after update on public.stock_levels
  referencing new table as changed
  for each statement execute function private.levels_sum();

-- What else the shelf depends on: whether a thing is sold at all, and from where on few is few.
-- (Sets, not joins: nothing is known of a transition table's size, and a nested loop over ten thousand rows takes seconds.)
create function private.products_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select variants.id
    from (select id, status, limited from changed except select id, status, limited from before) as relisted
    join public.variants on variants.product_id = relisted.id
  );
begin
  perform private.lock_variants(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;
comment on function private.products_relist() is 'Publishing, archiving or limiting a product shows on the shelf at once.';
create trigger products_relist after update on public.products
  referencing old table as before new table as changed
  for each statement execute function private.products_relist();

create function private.variants_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select relisted.id from (select id, active from changed except select id, active from before) as relisted
  );
begin
  perform private.lock_variants(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;
comment on function private.variants_relist() is 'A variant taken off sale shows on the shelf at once.';
create trigger variants_relist after update on public.variants
  referencing old table as before new table as changed
  for each statement execute function private.variants_relist();

create function private.settings_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(select availability.variant_id from public.availability);
begin
  perform private.lock_variants(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;
comment on function private.settings_relist() is 'A new low-stock limit is drawn on every shelf row it changes.';
create trigger shop_settings_relist after update of low_stock_at on public.shop_settings
  for each statement execute function private.settings_relist();

-- schemas/stock/adjust_and_receive.sql

-- How staff change stock. Each function is one transaction, carries an idempotency key, and answers with the
-- levels it left behind. Refusals (docs/errors.md): role_required, invalid_input, not_found, insufficient_stock,
-- stock_moved, already_undone, idempotency_key_reused.

create table private.stock_changes (
  actor uuid,
  key uuid,
  movements bigint[] not null check (cardinality(movements) > 0),
  undone_by uuid,
  primary key (actor, key)
);
comment on table private.stock_changes is 'Which ledger lines one gesture of a colleague wrote (by its idempotency key), so that it is undone as one.';
comment on column private.stock_changes.undone_by is 'The key of the change that took it back. That one can be taken back too.';
alter table private.stock_changes enable row level security;

create function private.move_stock(
  lines jsonb, reason public.movement_reason, document text default null, note text default null, change uuid default null
)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_short jsonb;
begin
  if length(document) not between 1 and 120 or length(note) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "note", "problem": "document not 1 to 120 characters, or note not 1 to 1000"}',
      'Shorten it, or leave it out.');
  end if;
  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  -- Lines of one level are summed first: two of them must not each pass alone.
  select jsonb_agg(jsonb_build_object(
      'variant_id', wanted.variant_id,
      'location_id', wanted.location_id,
      'delta', wanted.delta,
      'available', coalesce(level.available, 0)
    ) order by wanted.variant_id, wanted.location_id)
  into v_short
  from (
    select line.variant_id, line.location_id, sum(line.delta) as delta
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer)
    group by line.variant_id, line.location_id
  ) as wanted
  left join public.stock_levels as level using (variant_id, location_id)
  where wanted.delta < 0
    and coalesce(level.available, 0) + wanted.delta < 0;
  if v_short is not null then
    perform private.refuse(409, 'insufficient_stock', jsonb_build_object('short', v_short),
      'Take no more than is available, or first release what is held, committed or kept as safety stock.');
  end if;

  with written as (
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, note)
    select line.variant_id, line.location_id, line.delta, move_stock.reason, move_stock.document, move_stock.note
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer)
    where line.delta <> 0
    returning id
  )
  insert into private.stock_changes (actor, key, movements)
  select private.actor(), move_stock.change, array_agg(written.id order by written.id)
  from written
  where move_stock.change is not null
  having count(*) > 0;

  return query
  select level.*
  from public.stock_levels as level
  join (
    select distinct line.variant_id, line.location_id
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid)
  ) as named using (variant_id, location_id)
  order by level.variant_id, level.location_id;
end;
$$;
comment on function private.move_stock(jsonb, public.movement_reason, text, text, uuid) is
  'Writes ledger lines [{variant_id, location_id, delta}], all or none, and returns the levels they leave. change is the
   key of a gesture that can be undone. Raises insufficient_stock (409) with every short level, invalid_input (422) for the length of
   document or note. The callers have checked role and shapes.';

create function private.check_lines(lines jsonb, location_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if lines is null or jsonb_typeof(lines) <> 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "quantity": 3}].');
  end if;

  -- Nothing is cast before it is known to be castable: a wrong type is an answer, not a server error.
  select jsonb_build_object('field', 'lines[' || n - 1 || ']', 'problem', 'not {variant_id: uuid, quantity: 1 to 1000000}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or jsonb_typeof(line -> 'quantity') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'quantity', 'integer')
    or (line ->> 'quantity')::numeric not between 1 and 1000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Quantities are whole units above zero.');
  end if;

  perform private.check_places(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line), array[location_id]);
end;
$$;
comment on function private.check_lines(jsonb, uuid) is
  'Raises invalid_input (422) naming the first bad line, not_found (404) for an unknown variant or location.';

create function private.check_places(variant_ids uuid[], location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_variant uuid;
  v_location uuid;
begin
  select asked.id into v_variant
  from unnest(variant_ids) as asked (id)
  where not exists (select from public.variants where variants.id = asked.id)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', v_variant), 'Reload the list of variants.');
  end if;

  select asked.id into v_location
  from unnest(location_ids) as asked (id)
  where not exists (select from public.locations where locations.id = asked.id and locations.active)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', v_location), 'Choose an active location.');
  end if;
end;
$$;
comment on function private.check_places(uuid[], uuid[]) is 'Raises not_found (404) for the first variant or active location that does not exist; NULL counts as unknown.';

create function private.check_reason(reason public.movement_reason)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if reason is null or reason not in ('receive', 'damage', 'return', 'correction') then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'reason', 'problem', 'not a reason for an adjustment', 'value', reason),
      'Choose receive, damage, return or correction.');
  end if;
end;
$$;
comment on function private.check_reason(public.movement_reason) is 'Raises invalid_input (422) for a reason that staff do not choose themselves.';

-- adjust_stock ------------------------------------------------------------------------------------------------

create function private.adjust_stock(
  variant_id uuid, location_id uuid, delta integer, reason public.movement_reason, idempotency_key uuid,
  document text, note text
)
returns public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'adjust_stock',
    jsonb_build_array(variant_id, location_id, delta, reason, document, note));
  if v_response is null then
    if coalesce(delta, 0) = 0 or abs(delta) > 1000000 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'delta', 'problem', 'zero or beyond a million', 'value', delta),
        'Say how many units came (+) or went (-).');
    end if;
    perform private.check_reason(reason);
    perform private.check_places(array[variant_id], array[location_id]);

    select to_jsonb(level) into v_response
    from private.move_stock(
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'delta', delta)),
      reason, document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.stock_levels, v_response);
end;
$$;
comment on function private.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text) is 'See public.adjust_stock.';

create function public.adjust_stock(
  variant_id uuid, location_id uuid, delta integer, reason public.movement_reason, idempotency_key uuid,
  document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.adjust_stock(variant_id, location_id, delta, reason, idempotency_key, document, note)
$$;
comment on function public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text) is
  'Adds delta units (negative takes) to one level for the reason receive, damage, return or correction; staff of role
   stock. Returns the level. Deltas commute: two colleagues adjusting at once both count. Raises role_required (403), location_not_yours (403),
   not_found (404), insufficient_stock (409), idempotency_key_reused (409), invalid_input (422).';

-- receive_stock -----------------------------------------------------------------------------------------------

create function private.receive_stock(location_id uuid, lines jsonb, document text, idempotency_key uuid, note text)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'receive_stock', jsonb_build_array(location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, location_id);
    if length(trim(coalesce(document, ''))) = 0 then
      perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "missing"}', 'Name the delivery note.');
    end if;

    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', location_id, 'delta', line -> 'quantity'))
       from jsonb_array_elements(lines) as line),
      'receive', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.receive_stock(uuid, jsonb, text, uuid, text) is 'See public.receive_stock.';

create function public.receive_stock(
  location_id uuid, lines jsonb, document text, idempotency_key uuid, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.receive_stock(location_id, lines, document, idempotency_key, note)
$$;
comment on function public.receive_stock(uuid, jsonb, text, uuid, text) is
  'Books a delivery at one location: lines [{"variant_id", "quantity": units > 0}], up to 1000, all or none; document
   is the delivery note. Staff of role stock. Returns the levels. Raises role_required (403), location_not_yours (403), not_found (404),
   idempotency_key_reused (409), invalid_input (422, names the line).';

-- schemas/stock/recount_and_transfer.sql

-- recount_stock -----------------------------------------------------------------------------------------------

create function private.movements_since(variant_id uuid, location_id uuid, ledger_position bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(movement) order by movement.id), '[]')
  from public.stock_movements as movement
  where movement.variant_id = movements_since.variant_id
    and movement.location_id = movements_since.location_id
    and movement.id > movements_since.ledger_position
$$;
comment on function private.movements_since(uuid, uuid, bigint) is
  'The ledger lines of a level after a position, for telling why its number moved; none when the position is NULL.';

create function private.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint, document text, note text
)
returns public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_level public.stock_levels;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'recount_stock',
    jsonb_build_array(variant_id, location_id, expected, counted, ledger_position, document, note));
  if v_response is null then
    if expected is null or counted is null or counted not between 0 and 1000000 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'counted', 'problem', 'not 0 to 1000000', 'value', counted),
        'Send what was on hand when the count began (expected) and what was counted.');
    end if;
    perform private.check_places(array[variant_id], array[location_id]);
    perform private.lock_variants(array[variant_id]);

    select * into v_level
    from public.stock_levels as level
    where level.variant_id = recount_stock.variant_id
      and level.location_id = recount_stock.location_id;

    if coalesce(v_level.on_hand, 0) <> expected then
      perform private.refuse(409, 'stock_moved', jsonb_build_object(
          'expected', expected,
          'counted', counted,
          'on_hand', coalesce(v_level.on_hand, 0),
          'ledger_position', coalesce(v_level.ledger_position, 0),
          'movements', private.movements_since(variant_id, location_id, ledger_position)
        ), 'Apply the difference you found, or count again from the number it is now.');
    end if;

    select to_jsonb(level) into v_response
    from private.move_stock(
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'delta', counted - expected)),
      'recount', document, note, idempotency_key
    ) as level;
    -- Counted zero where nothing ever was: no line, so no level yet.
    v_response := coalesce(v_response, to_jsonb(jsonb_populate_record(null::public.stock_levels,
      jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'on_hand', 0, 'held', 0, 'committed', 0,
        'safety', 0, 'available', 0, 'ledger_position', 0, 'version', 0, 'updated_at', now()))));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.stock_levels, v_response);
end;
$$;
comment on function private.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text) is 'See public.recount_stock.';

create function public.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint default null, document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.recount_stock(variant_id, location_id, expected, counted, idempotency_key, ledger_position, document, note)
$$;
comment on function public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text) is
  'Compare and set: sets on hand to counted if it is still expected, as one movement; staff of role stock. Returns the
   level. When the number moved meanwhile raises stock_moved (409) with both numbers and, when the caller says up to
   which ledger_position it had read, the movements since. Further: role_required (403), location_not_yours (403), not_found (404),
   insufficient_stock (409: fewer counted than are promised), idempotency_key_reused (409), invalid_input (422).';

-- transfer_stock ----------------------------------------------------------------------------------------------

create function private.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, document text, idempotency_key uuid, note text
)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', from_location_id, to_location_id);
  v_response := private.begin_once(idempotency_key, 'transfer_stock',
    jsonb_build_array(from_location_id, to_location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;

    -- Both legs in one statement: no moment in which the units are nowhere.
    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object(
          'variant_id', line ->> 'variant_id',
          'location_id', leg.location_id,
          'delta', leg.sign * (line ->> 'quantity')::integer))
       from jsonb_array_elements(lines) as line
       cross join (values (from_location_id, -1), (to_location_id, 1)) as leg (location_id, sign)),
      'transfer', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.transfer_stock(uuid, uuid, jsonb, text, uuid, text) is 'See public.transfer_stock.';

create function public.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid,
  document text default null, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.transfer_stock(from_location_id, to_location_id, lines, document, idempotency_key, note)
$$;
comment on function public.transfer_stock(uuid, uuid, jsonb, uuid, text, text) is
  'Moves lines [{"variant_id", "quantity": units > 0}] from one location to another at once, all or none; staff of role
   stock. Returns the levels of both ends. Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409, every
   short line), idempotency_key_reused (409), invalid_input (422, names the line).';

-- schemas/stock/levels_and_undo.sql

-- adjust_levels -----------------------------------------------------------------------------------------------

create function private.adjust_levels(lines jsonb, reason public.movement_reason, idempotency_key uuid, note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_bad jsonb;
  v_booked jsonb;
  v_own uuid[] := private.own_locations();
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'adjust_levels', jsonb_build_array(lines, reason, note));
  if v_response is not null then
    return v_response;
  end if;
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "location_id": "<uuid>", "delta": -2}].');
  end if;
  select jsonb_build_object('field', 'lines[' || n - 1 || ']', 'problem', 'not {variant_id: uuid, location_id: uuid, delta: up to a million, not 0}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or not pg_input_is_valid(coalesce(line ->> 'location_id', ''), 'uuid')
    or jsonb_typeof(line -> 'delta') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'delta', 'integer')
    or abs((line ->> 'delta')::numeric) not between 1 and 1000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Say for each level how many units came (+) or went (-).');
  end if;
  perform private.check_reason(reason);

  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  -- Two lines of one level are one wish. Under the locks, what is free now is free when it is booked below.
  select jsonb_agg(jsonb_build_object('variant_id', wanted.variant_id, 'location_id', wanted.location_id, 'delta', wanted.delta,
    'refusal', case
      when not exists (select from public.variants where variants.id = wanted.variant_id)
        then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('variant_id', wanted.variant_id))
      when not exists (select from public.locations where locations.id = wanted.location_id and locations.active)
        then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('location_id', wanted.location_id))
      when wanted.location_id <> all (v_own)
        then jsonb_build_object('code', 'location_not_yours', 'detail', jsonb_build_object('location_id', wanted.location_id))
      when wanted.delta < 0 and coalesce(level.available, 0) + wanted.delta < 0
        then jsonb_build_object('code', 'insufficient_stock', 'detail', jsonb_build_object('short', jsonb_build_array(jsonb_build_object(
          'variant_id', wanted.variant_id, 'location_id', wanted.location_id, 'delta', wanted.delta, 'available', coalesce(level.available, 0)))))
    end) order by wanted.first_named)
  into v_response
  from (
    select (line ->> 'variant_id')::uuid as variant_id, (line ->> 'location_id')::uuid as location_id,
      sum((line ->> 'delta')::integer)::integer as delta, min(n) as first_named
    from jsonb_array_elements(lines) with ordinality as given (line, n)
    group by 1, 2
  ) as wanted
  left join public.stock_levels as level using (variant_id, location_id);

  select jsonb_object_agg(level.variant_id || '@' || level.location_id, to_jsonb(level)) into v_booked
  from private.move_stock(
    (select coalesce(jsonb_agg(row), '[]') from jsonb_array_elements(v_response) as row where row -> 'refusal' = 'null'),
    reason, null, note, idempotency_key
  ) as level;
  select jsonb_agg(jsonb_build_object('variant_id', row -> 'variant_id', 'location_id', row -> 'location_id', 'refusal', row -> 'refusal',
    'level', v_booked -> ((row ->> 'variant_id') || '@' || (row ->> 'location_id'))) order by n)
  into v_response
  from jsonb_array_elements(v_response) with ordinality as given (row, n);

  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.adjust_levels(jsonb, public.movement_reason, uuid, text) is 'See public.adjust_levels.';

create function public.adjust_levels(lines jsonb, reason public.movement_reason, idempotency_key uuid, note text default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.adjust_levels(lines, reason, idempotency_key, note)
$$;
comment on function public.adjust_levels(jsonb, public.movement_reason, uuid, text) is
  'Adjusts many levels for one reason (as adjust_stock), each for itself: lines [{"variant_id", "location_id", "delta"}], up
   to 1000; staff of role stock. Returns [{variant_id, location_id, level, refusal}], one per level in the order first
   named: level as it was left, or refusal {code, detail} (not_found, location_not_yours, insufficient_stock) for a level
   that was not touched. What was booked is one change for undo_stock_change. Raises role_required (403), invalid_input (422, names
   the line), idempotency_key_reused (409).';

-- undo_stock_change -------------------------------------------------------------------------------------------

create function private.undo_stock_change(change uuid, idempotency_key uuid)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_change private.stock_changes;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'undo_stock_change', jsonb_build_array(change));
  if v_response is null then
    select * into v_change
    from private.stock_changes
    where stock_changes.actor = private.actor() and stock_changes.key = undo_stock_change.change
    for no key update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('change', change), 'Only a change of your own that moved units can be undone.');
    end if;
    if v_change.undone_by is not null then
      perform private.refuse(409, 'already_undone', jsonb_build_object('change', change), 'It was taken back once; nothing is left of it.');
    end if;
    perform private.require_role_at('stock', variadic array(
      select movement.location_id from public.stock_movements as movement where movement.id = any (v_change.movements)
    ));

    select jsonb_agg(to_jsonb(level)) into v_response
    from (
      select jsonb_agg(jsonb_build_object('variant_id', movement.variant_id, 'location_id', movement.location_id, 'delta', -movement.delta)) as lines,
        min(movement.reason) as reason, min(movement.document) as document
      from public.stock_movements as movement
      where movement.id = any (v_change.movements)
    ) as done
    cross join lateral private.move_stock(done.lines,
      case when done.reason = 'transfer' then 'transfer' else 'correction' end::public.movement_reason,
      done.document, 'Undone', undo_stock_change.idempotency_key) as level;
    update private.stock_changes
    set undone_by = undo_stock_change.idempotency_key
    where stock_changes.actor = v_change.actor and stock_changes.key = v_change.key;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.undo_stock_change(uuid, uuid) is 'See public.undo_stock_change.';

create function public.undo_stock_change(change uuid, idempotency_key uuid)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.undo_stock_change(change, idempotency_key)
$$;
comment on function public.undo_stock_change(uuid, uuid) is
  'Takes back a change of the caller''s own (the idempotency_key of an adjustment, delivery, recount, transfer or undo) by
   the opposite movements, all or none, once; staff of role stock. What others did meanwhile stays. Returns the levels.
   Raises role_required (403), location_not_yours (403), not_found (404), already_undone (409), insufficient_stock (409: units it brought have gone
   since), invalid_input (422), idempotency_key_reused (409).';

-- stock_drift -------------------------------------------------------------------------------------------------

create function private.stock_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_levels', pair.variant_id, pair.location_id, pair.expected, pair.actual
  from (
    select variant_id, location_id,
      jsonb_build_object('on_hand', coalesce(ledger.on_hand, 0), 'ledger_position', coalesce(ledger.position, 0)) as expected,
      jsonb_build_object('on_hand', level.on_hand, 'ledger_position', level.ledger_position) as actual
    from (
      select movement.variant_id, movement.location_id, sum(movement.delta) as on_hand, max(movement.id) as position
      from public.stock_movements as movement
      group by movement.variant_id, movement.location_id
    ) as ledger
    full join public.stock_levels as level using (variant_id, location_id)
  ) as pair
  where pair.expected <> pair.actual

  union all
  select 'availability', pair.variant_id, null, pair.expected, pair.actual
  from (
    select variants.id as variant_id,
      jsonb_build_object('on_hand', coalesce(sums.on_hand, 0), 'held', coalesce(sums.held, 0),
        'committed', coalesce(sums.committed, 0), 'safety', coalesce(sums.safety, 0), 'available', coalesce(sums.available, 0)) as expected,
      jsonb_build_object('on_hand', availability.on_hand, 'held', availability.held,
        'committed', availability.committed, 'safety', availability.safety, 'available', availability.available) as actual
    from public.variants
    left join (
      select level.variant_id, sum(level.on_hand) as on_hand, sum(level.held) as held, sum(level.committed) as committed,
        sum(level.safety) as safety, sum(level.available) as available
      from public.stock_levels as level
      group by level.variant_id
    ) as sums on sums.variant_id = variants.id
    left join public.availability on availability.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual

  union all
  select 'shelf', pair.variant_id, null, pair.expected, pair.actual
  from (
    select variants.id as variant_id,
      jsonb_build_object('product_id', projection.product_id, 'band', projection.band, 'left', projection.units_left) as expected,
      jsonb_build_object('product_id', shelf.product_id, 'band', shelf.band, 'left', shelf."left") as actual
    from public.variants
    left join private.shelf_projection as projection on projection.variant_id = variants.id
    left join public.shelf on shelf.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual
$$;
comment on function private.stock_drift() is 'Where levels, availability or shelf differ from what they add up to. Part of public.verify_inventory.';

-- Who may call: signed-in staff and the secret key; the functions themselves ask for the role.
revoke execute on function
  public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text),
  public.receive_stock(uuid, jsonb, text, uuid, text),
  public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text),
  public.transfer_stock(uuid, uuid, jsonb, uuid, text, text),
  public.adjust_levels(jsonb, public.movement_reason, uuid, text),
  public.undo_stock_change(uuid, uuid)
from public, anon;
grant execute on function
  public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text),
  public.receive_stock(uuid, jsonb, text, uuid, text),
  public.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text),
  public.transfer_stock(uuid, uuid, jsonb, uuid, text, text),
  public.adjust_levels(jsonb, public.movement_reason, uuid, text),
  public.undo_stock_change(uuid, uuid),
  private.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text),
  private.receive_stock(uuid, jsonb, text, uuid, text),
  private.recount_stock(uuid, uuid, integer, integer, uuid, bigint, text, text),
  private.transfer_stock(uuid, uuid, jsonb, text, uuid, text),
  private.adjust_levels(jsonb, public.movement_reason, uuid, text),
  private.undo_stock_change(uuid, uuid)
to authenticated, service_role;

-- schemas/core/limits.sql

-- Limits: how much one guest, one account and one network may do. The numbers are rows, so that a shop can change them
-- without changing code; what enforces them stands with what it limits. A shopper with normal habits meets none.

create table private.shop_limits (
  only_row boolean primary key default true check (only_row),
  hold_time interval not null default '10 minutes' check (hold_time between '1 minute' and '2 hours'),
  hold_cap interval not null default '30 minutes' check (hold_cap between hold_time and interval '1 day'),
  hold_pause interval not null default '15 minutes' check (hold_pause between '0' and interval '1 day'),
  cart_lines integer not null default 50 check (cart_lines between 1 and 500),
  cart_units integer not null default 200 check (cart_units between 1 and 10000),
  network_free_units integer not null default 20 check (network_free_units >= 1),
  network_share_bp integer not null default 2500 check (network_share_bp between 1 and 10000),
  guest_share_bp integer not null default 5000 check (guest_share_bp between 1 and 10000),
  unpaid_for interval not null default '3 days' check (unpaid_for between '1 hour' and interval '60 days'),
  unpaid_minor bigint not null default 50000 check (unpaid_minor >= 0),
  unpaid_orders integer not null default 5 check (unpaid_orders >= 0)
);
comment on table private.shop_limits is 'One row: the limits of holds and of unpaid orders.';
comment on column private.shop_limits.hold_time is 'How long a hold lasts from the last sign of life.';
comment on column private.shop_limits.hold_cap is 'How long one holder can hold the same variant, however often the hold is extended.';
comment on column private.shop_limits.hold_pause is 'How long a holder who used up hold_cap waits before holding the same variant again.';
comment on column private.shop_limits.cart_lines is 'Lines in one cart at most.';
comment on column private.shop_limits.cart_units is 'Units in one cart at most.';
comment on column private.shop_limits.network_free_units is 'Units of one variant that the guests of one network can always hold together.';
comment on column private.shop_limits.network_share_bp is
  'Beyond network_free_units: the share of a variant''s units on hand that the guests of one network can hold together, in basis points.';
comment on column private.shop_limits.guest_share_bp is
  'The share of all units on hand in the shop that the guests of one network can hold or have in unpaid orders, in basis points.';
comment on column private.shop_limits.unpaid_for is 'How long an order paid on collection keeps its units unless it is confirmed.';
comment on column private.shop_limits.unpaid_minor is 'An unpaid order above this total needs a confirmed e-mail address or a proof of work. Minor units.';
comment on column private.shop_limits.unpaid_orders is
  'More open unpaid orders than this from one network or one guest need a confirmed e-mail address or a proof of work.';
insert into private.shop_limits default values;
alter table private.shop_limits enable row level security;

-- schemas/carts/tables.sql

-- Carts: what somebody means to buy. A cart claims nothing by itself (a line may sit there for weeks); units are set
-- aside by claims (schemas/holds/claims.sql). It belongs to a signed-in user, or to whoever knows its secret token, of which only the
-- hash is kept.

create table private.clock_offset (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0'
);
comment on table private.clock_offset is
  'How far the shop''s clock runs ahead of the wall''s: zero, except in tests that let holds run out. Only the owner of
   the database can write it; no API role can even read it.';
insert into private.clock_offset default values;
alter table private.clock_offset enable row level security;

create function private.clock()
returns timestamptz
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return clock_timestamp() + (select clock_offset.ahead from private.clock_offset where clock_offset.only_row);
end;
$$;
comment on function private.clock() is
  'What time it is for holds, deadlines and sales. The wall''s clock, not the transaction''s: a call that waited for a
   lock must not act on the time before it waited.';

create table public.carts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid unique references auth.users (id) on delete cascade,
  token_hash bytea unique check (length(token_hash) = 32),
  network text check (network ~ '^[0-9a-f]{32}$'),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  constraint carts_have_one_owner check (num_nonnulls(user_id, token_hash) = 1)
);
comment on table public.carts is 'One cart per signed-in user or per guest; it is emptied by an order and lives on.';
comment on column public.carts.version is 'Grows with every change of its lines'' units (schemas/carts/broadcast.sql).';
comment on column public.carts.network is
  'The network its guest was last seen in: a keyed hash made by the shop''s server, never an address; NULL where unknown.';
comment on column public.carts.token_hash is 'SHA-256 of the guest''s secret token. The token itself is only in their cookie.';

create table public.cart_lines (
  cart_id uuid not null references public.carts (id) on delete cascade,
  variant_id uuid not null references public.variants (id),
  quantity integer not null check (quantity between 1 and 99),
  price_minor integer not null check (price_minor >= 0),
  held_since timestamptz not null,
  held_until timestamptz,
  primary key (cart_id, variant_id)
);
comment on table public.cart_lines is 'One line per variant: two of one variant cannot each be checked alone.';
comment on column public.cart_lines.quantity is 'Units wanted. How many of them are held says public.claims.';
comment on column public.cart_lines.price_minor is
  'Frozen for the units that were held when it was frozen, in minor units; counts only while the hold lives. When units are
   added, the whole line takes today''s price.';
comment on column public.cart_lines.held_since is
  'When the streak of holds began, less the pauses in it; it is extended at most to shop_limits.hold_cap after.';
comment on column public.cart_lines.held_until is 'When the last hold ends or ended; NULL: the line was never held.';
create index cart_lines_by_variant on public.cart_lines (variant_id);

alter table public.carts enable row level security;
alter table public.cart_lines enable row level security;
-- Not the token hash, and no writing for anybody: functions write. A cart is read through read_cart alone.
revoke all on public.carts, public.cart_lines from anon, authenticated, service_role;
grant select (id, user_id, created_at) on public.carts to service_role;
grant select on public.cart_lines to service_role;

-- Whose cart --------------------------------------------------------------------------------------------------

create function private.token_hash(token text)
returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  if token is null or length(token) not between 32 and 200 then
    perform private.refuse(422, 'invalid_input', '{"field": "token", "problem": "not 32 to 200 characters"}',
      'Make a random token once per guest and keep it in an httpOnly cookie, or sign in.');
  end if;
  return sha256(convert_to(token, 'UTF8'));
end;
$$;
comment on function private.token_hash(text) is 'What is kept of a guest''s secret. Raises invalid_input (422) for one too short to be a secret.';

create function private.cart_owner(cart_token text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(auth.uid()::text, encode(private.token_hash(cart_token), 'hex'));
end;
$$;
comment on function private.cart_owner(text) is
  'Names the caller''s cart without its secret: part of every idempotent request, so that one guest''s key never
   answers another guest.';

create function private.own_cart(cart_token text, make boolean default false, seen_in text default null)
returns public.carts
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_hash bytea := case when v_user is null then private.token_hash(cart_token) end;
  v_cart public.carts;
begin
  if make then
    begin
      insert into public.carts (user_id, token_hash, network) values (v_user, v_hash, seen_in) on conflict do nothing;
    exception when foreign_key_violation then
      -- A token outlives its account by up to an hour.
      perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
    end;
  end if;
  if v_user is null then
    select * into v_cart from public.carts where carts.token_hash = v_hash for no key update;
    if seen_in <> v_cart.network or (seen_in is not null and v_cart.network is null) then
      update public.carts set network = seen_in where carts.id = v_cart.id returning * into v_cart;
    end if;
  else
    select * into v_cart from public.carts where carts.user_id = v_user for no key update;
  end if;
  return v_cart;
end;
$$;
comment on function private.own_cart(text, boolean, text) is
  'The caller''s cart, locked; a new one if there is none and make says so; otherwise NULLs. seen_in: the network a guest
   calls from, as private.believed_network answered. Raises signed_out (401) for an account that was deleted.';

-- schemas/callers/tables.sql

-- Callers: how often a guest, an account and a network may ask, and whom the shop does not serve. Kept in Postgres, so that
-- several servers of one shop count together. A caller is named by a subject: g:<hash of the guest's token>, u:<user id>,
-- n:<keyed hash of the network>; addresses and tokens are not kept. Refusals: too_many_requests, blocked.

create table private.rates (
  kind text primary key check (kind ~ '^[a-z_]+$'),
  guest integer not null check (guest >= 1),
  network integer not null check (network >= 1),
  per interval not null check (per between '1 second' and interval '1 day')
);
comment on table private.rates is 'How many requests of a kind one guest or account, and one network, may send per interval.';
alter table private.rates enable row level security;
insert into private.rates (kind, guest, network, per) values
  ('hold', 60, 600, '1 minute'), ('cart', 120, 1200, '1 minute'), ('checkout', 20, 200, '10 minutes'),
  ('pay', 30, 300, '10 minutes'), ('sign_in', 30, 120, '10 minutes'), ('sign_up', 10, 30, '1 hour'),
  ('link', 60, 300, '1 minute'), ('join', 30, 60, '1 minute');

create unlogged table private.spendings (
  kind text not null,
  subject text not null,
  spent integer not null,
  since timestamptz not null,
  primary key (kind, subject)
);
comment on table private.spendings is
  'Requests of a caller in the window that began at since. Unlogged: after a crash everybody begins again. Deleted by
   a rule of schemas/retention/tables.sql.';
alter table private.spendings enable row level security;

create table private.blocks (
  subject text primary key check (subject ~ '^[gun]:[0-9a-f-]{32,64}$'),
  reason text not null check (length(trim(reason)) between 1 and 200),
  blocked_by uuid not null default private.actor(),
  blocked_at timestamptz not null default now(),
  expires_at timestamptz
);
comment on table private.blocks is 'Guests, accounts and networks that the shop does not serve. Written by managers through functions.';
comment on column private.blocks.expires_at is 'When the block ends; NULL: when a manager ends it.';
alter table private.blocks enable row level security;

-- schemas/callers/functions.sql

create function private.believed_network(network text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return case when network ~ '^[0-9a-f]{32}$' and private.is_trusted() then network end;
end;
$$;
comment on function private.believed_network(text) is
  'The network a request names, where the shop''s server sends it; NULL from everybody else, and for what is no such hash.';

create function private.subject_of(token_hash bytea, user_id uuid)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce('u:' || user_id, 'g:' || encode(token_hash, 'hex'));
end;
$$;
comment on function private.subject_of(bytea, uuid) is 'The subject of an account, or of a guest.';

-- Rates -----------------------------------------------------------------------------------------------------------

create function private.spend(kind text, subject text, at_most integer, per interval)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_since timestamptz;
begin
  insert into private.spendings as spending (kind, subject, spent, since)
  values (spend.kind, spend.subject, 1, v_now)
  on conflict on constraint spendings_pkey do update
  set spent = case when v_now - spending.since between interval '0' and spend.per then spending.spent + 1 else 1 end,
    since = case when v_now - spending.since between interval '0' and spend.per then spending.since else v_now end
  where spending.spent < spend.at_most or v_now - spending.since not between interval '0' and spend.per
  returning spending.since into v_since;
  if found then
    return;
  end if;
  select spending.since into v_since
  from private.spendings as spending
  where spending.kind = spend.kind and spending.subject = spend.subject;
  perform private.refuse(private.too_many(v_since + spend.per - v_now));
end;
$$;
comment on function private.spend(text, text, integer, interval) is
  'Counts a request of a subject. Raises too_many_requests (429) beyond at_most in a window of this length. The row is locked
   to the end of the transaction: take the subjects of one call in ascending order.';

create function private.too_many(wait interval)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(429, 'too_many_requests',
    jsonb_build_object('retry_after_seconds', greatest(1, ceil(extract(epoch from coalesce(wait, interval '1 second')))::integer)),
    'Wait so many seconds, then try again.')
$$;
comment on function private.too_many(interval) is 'The refusal of a caller who asks too often.';

create function private.refused_callers(kind text, subjects text[], networks text[])
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz;
  v_all text[] := refused_callers.subjects || array(select 'n:' || named.network from unnest(refused_callers.networks) as named (network));
begin
  -- Nearly always nobody is refused, which two look-ups by index say.
  if not exists (select from private.blocks where blocks.subject = any (v_all)) and not exists (
    select from private.spendings as spending
    join private.rates as rate on rate.kind = refused_callers.kind and spending.spent >= least(rate.guest, rate.network)
    where spending.kind = refused_callers.kind and spending.subject = any (v_all)
  ) then
    return '{}';
  end if;
  v_now := private.clock();
  return (
    select coalesce(jsonb_object_agg(asked.n, asked.refusal), '{}')
    from (
      select caller.n, case
        when exists (select from private.blocks
          where blocks.subject in (caller.subject, 'n:' || caller.network) and coalesce(blocks.expires_at > v_now, true))
          then private.refusal(403, 'blocked', '{}', 'The shop does not serve this caller. A manager can end the block.')
        when spending.ends > v_now then private.too_many(spending.ends - v_now)
      end as refusal
      from private.rates as rate
      cross join unnest(refused_callers.subjects, refused_callers.networks) with ordinality as caller (subject, network, n)
      cross join lateral (
        select max(spending.since + rate.per) as ends
        from private.spendings as spending
        where spending.kind = rate.kind
          and spending.subject in (caller.subject, 'n:' || caller.network)
          and spending.spent >= case when spending.subject like 'n:%' then rate.network else rate.guest end
          and spending.since <= v_now
      ) as spending
      where rate.kind = refused_callers.kind
    ) as asked
    where asked.refusal is not null
  );
end;
$$;
comment on function private.refused_callers(text, text[], text[]) is
  'For a call with requests of many: which of them are refused, by n, because the subject or the network in the n-th place is
   blocked or asked too often. Locks and counts nothing: private.count_callers does, last.';

create function private.turned_away(kind text, subjects text[], networks text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_refused jsonb := private.refused_callers(turned_away.kind, turned_away.subjects, turned_away.networks);
begin
  if v_refused = '{}' then
    return v_refused;
  end if;
  return (select jsonb_object_agg(each.key, jsonb_build_object('refused', each.value)) from jsonb_each(v_refused) as each);
end;
$$;
comment on function private.turned_away(text, text[], text[]) is 'refused_callers as answers by n: {n: {"refused": …}}.';

create function private.count_callers(kind text, subjects text[], networks text[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := private.clock();
  v_begun timestamptz := v_now - (select rate.per from private.rates as rate where rate.kind = count_callers.kind);
begin
  if cardinality(subjects) = 1 and subjects[1] is not null and networks[1] is null then
    insert into private.spendings as spending (kind, subject, spent, since)
    values (count_callers.kind, subjects[1], 1, v_now)
    on conflict on constraint spendings_pkey do update
    set spent = case when spending.since between v_begun and v_now then spending.spent else 0 end + 1,
      since = case when spending.since between v_begun and v_now then spending.since else v_now end;
    return;
  end if;
  insert into private.spendings as spending (kind, subject, spent, since)
  select count_callers.kind, caller.subject, count(*), v_now
  from (
    select unnest(count_callers.subjects) as subject
    union all
    select 'n:' || named.network from unnest(count_callers.networks) as named (network)
  ) as caller
  where caller.subject is not null
  group by caller.subject
  order by caller.subject
  on conflict on constraint spendings_pkey do update
  set spent = case when spending.since between v_begun and v_now then spending.spent else 0 end + excluded.spent,
    since = case when spending.since between v_begun and v_now then spending.since else v_now end;
end;
$$;
comment on function private.count_callers(text, text[], text[]) is
  'Counts the requests of one call. Comes last in its transaction, subjects ascending, so that nobody waits for a stranger''s
   locks because both come from one network.';

create function private.check_caller(kind text, subject text, network text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_refused jsonb := private.refused_callers(check_caller.kind, array[check_caller.subject], array[check_caller.network]);
begin
  if v_refused <> '{}' then
    perform private.refuse(v_refused -> '1');
  end if;
end;
$$;
comment on function private.check_caller(text, text, text) is 'refused_callers for one; raises what it answers: blocked (403), too_many_requests (429).';

create function private.take_turn(kind text, guest text, network text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_rate private.rates;
  v_subject text := case
    when guest is null then 'u:' || auth.uid()
    when pg_input_is_valid(guest, 'uuid') then 'u:' || guest::uuid
    else 'g:' || encode(private.token_hash(guest), 'hex')
  end;
begin
  select * into v_rate from private.rates where rates.kind = take_turn.kind;
  if not found then
    perform private.refuse(422, 'invalid_input', '{"field": "kind", "problem": "unknown"}', 'See private.rates.');
  end if;
  perform private.check_caller(kind, v_subject, private.believed_network(network));
  if v_subject is not null then
    perform private.spend(kind, v_subject, v_rate.guest, v_rate.per);
  end if;
  if private.believed_network(network) is not null then
    perform private.spend(kind, 'n:' || network, v_rate.network, v_rate.per);
  end if;
  return true;
end;
$$;
comment on function private.take_turn(text, text, text) is 'See public.take_turn.';

create function public.take_turn(kind text, guest text default null, network text default null)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.take_turn(kind, guest, network);
end;
$$;
comment on function public.take_turn(text, text, text) is
  'For the shop''s server, at each of its doors: counts a request of a kind (private.rates) for a guest, by their token, an
   account, by its id, and a network. Returns true. Raises blocked (403), too_many_requests (429, retry_after_seconds), invalid_input (422).';

revoke execute on function public.take_turn(text, text, text) from public, anon, authenticated;
grant execute on function public.take_turn(text, text, text), private.take_turn(text, text, text) to service_role;

-- schemas/holds/claims.sql

-- Claims: units that are spoken for. One table for both kinds, because they are one thing at two ages:
--
--   a claim with an expiry is a hold         (of a cart, or of an order that waits for its payment)
--   a claim without one is a commitment      (of a placed order, until it is handed over)
--
-- A hold becomes a commitment by losing its expiry, in one update: held falls and committed rises in the same
-- statement, so there is no moment in which the units belong to nobody, and nothing to check again. What must be true:
--   1. levels.held is the sum of claims with expiry, levels.committed the sum of those without, less what was handed over.
--   2. A claim is made, changed or ended only under its variant's lock (private.lock_variants).
--   3. An expired hold never blocks a sale: whoever needs units calls private.release_expired first.

create table public.claims (
  id bigint generated always as identity primary key,
  variant_id uuid not null,
  location_id uuid not null,
  cart_id uuid references public.carts (id),
  order_item_id bigint,
  quantity integer not null check (quantity > 0),
  fulfilled integer not null default 0,
  expires_at timestamptz,
  foreign key (variant_id, location_id) references public.stock_levels (variant_id, location_id),
  constraint claims_have_one_owner check (num_nonnulls(cart_id, order_item_id) = 1),
  constraint claims_of_carts_expire check (cart_id is null or expires_at is not null),
  constraint claims_hand_over_only_what_is_committed check (fulfilled between 0 and quantity and (fulfilled = 0 or expires_at is null))
);
comment on table public.claims is 'Units set aside for a cart or promised to an order, per location. Whole units. Written by functions only.';
comment on column public.claims.fulfilled is 'Units of it already handed over (each has a movement of reason sale).';
comment on column public.claims.expires_at is 'When the hold ends; NULL: committed.';
-- The location first: so that "what ran out of this variant" has one index to choose, however old the statistics are.
create index claims_by_level on public.claims (location_id, variant_id);
create unique index claims_of_a_cart on public.claims (cart_id, variant_id, location_id) where cart_id is not null;
create unique index claims_of_an_item on public.claims (order_item_id, location_id) where order_item_id is not null;
create index claims_by_expiry on public.claims (variant_id, expires_at) where expires_at is not null;

alter table public.claims enable row level security;
revoke all on public.claims from anon, authenticated, service_role;
grant select on public.claims to authenticated, service_role;
create policy "staff see what is spoken for" on public.claims
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/holds/claim_functions.sql

-- Claims to levels: one update per level a statement touches ------------------------------------------------------

create function private.claims_begin()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  update public.stock_levels as level
  set held = level.held + sums.held,
    committed = level.committed + sums.committed,
    available = level.available - sums.held - sums.committed,
    version = level.version + 1,
    updated_at = now()
  from (
    select added.variant_id, added.location_id,
      coalesce(sum(added.quantity) filter (where added.expires_at is not null), 0)::integer as held,
      coalesce(sum(added.quantity) filter (where added.expires_at is null), 0)::integer as committed
    from added
    group by added.variant_id, added.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id;
  return null;
end;
$$;
comment on function private.claims_begin() is 'New claims raise held or committed of their level.';
create trigger claims_begin after insert on public.claims
  referencing new table as added
  for each statement execute function private.claims_begin();

create function private.claims_change()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  -- A statement may find no row to change (an upsert that only inserts), and its triggers are called all the same.
  if not exists (select from changed) then
    return null;
  end if;
  update public.stock_levels as level
  set held = level.held + sums.held,
    committed = level.committed + sums.committed,
    available = level.available - sums.held - sums.committed,
    version = level.version + 1,
    updated_at = now()
  from (
    select each.variant_id, each.location_id,
      coalesce(sum(each.quantity) filter (where each.expires_at is not null), 0)::integer as held,
      coalesce(sum(each.quantity) filter (where each.expires_at is null), 0)::integer as committed
    from (
      select changed.variant_id, changed.location_id, changed.quantity, changed.expires_at from changed
      union all
      select before.variant_id, before.location_id, -before.quantity, before.expires_at from before
    ) as each
    group by each.variant_id, each.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id
    and (sums.held <> 0 or sums.committed <> 0);
  return null;
end;
$$;
comment on function private.claims_change() is
  'Hold to commitment, more or fewer units. What is handed over (fulfilled) is counted by its movement, not here.';
create trigger claims_change after update on public.claims
  referencing old table as before new table as changed
  for each statement execute function private.claims_change();

create function private.claims_end()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  update public.stock_levels as level
  set held = level.held - sums.held,
    committed = level.committed - sums.committed,
    available = level.available + sums.held + sums.committed,
    version = level.version + 1,
    updated_at = now()
  from (
    select removed.variant_id, removed.location_id,
      coalesce(sum(removed.quantity) filter (where removed.expires_at is not null), 0)::integer as held,
      coalesce(sum(removed.quantity) filter (where removed.expires_at is null), 0)::integer as committed
    from removed
    group by removed.variant_id, removed.location_id
  ) as sums
  where level.variant_id = sums.variant_id
    and level.location_id = sums.location_id;
  return null;
end;
$$;
comment on function private.claims_end() is 'Released claims give their units back; the shelf says so at once.';
create trigger claims_end after delete on public.claims
  referencing old table as removed
  for each statement execute function private.claims_end();

-- Queue, expiry, taking -------------------------------------------------------------------------------------------

create function private.queue_for(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_gate bigint;
begin
  if cardinality(queue_for.variant_ids) = 1 then
    perform pg_advisory_xact_lock(uuid_hash_extended(queue_for.variant_ids[1], 0));
  else
    for v_gate in
      select distinct uuid_hash_extended(asked.id, 0) from unnest(queue_for.variant_ids) as asked (id) order by 1
    loop
      perform pg_advisory_xact_lock(v_gate);
    end loop;
  end if;
  perform private.lock_variants(queue_for.variant_ids);
end;
$$;
comment on function private.queue_for(uuid[]) is
  'Locks variants as private.lock_variants does, but queues for a gate before the row: in a rush, those who wait for
   a row wake each other up and walk its dead versions; those who wait for an advisory lock are woken one by one.
   For shoppers'' calls; must come before any other variant lock of the transaction.';

create function private.queue_for_free(variant_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_until timestamptz := clock_timestamp() + interval '2 seconds';
  v_variant uuid;
  v_free uuid[] := '{}';
  v_locked uuid[] := '{}';
begin
  begin
    perform private.queue_for(variant_ids);
    return '{}';
  exception when lock_not_available then
    null;
  end;
  -- One of them is not free. The gates, then the rows, each in the order of queue_for and with a time limit of its own.
  for v_variant in
    select asked.id from unnest(variant_ids) as asked (id) order by uuid_hash_extended(asked.id, 0)
  loop
    if private.try_gate(uuid_hash_extended(v_variant, 0), v_until) then
      v_free := v_free || v_variant;
    end if;
  end loop;
  foreach v_variant in array array(select asked.id from unnest(v_free) as asked (id) order by 1) loop
    if not private.try_variant(v_variant, v_until) then
      v_locked := v_locked || v_variant;
    end if;
  end loop;
  return array(select asked.id from unnest(variant_ids) as asked (id) where asked.id <> all (v_free)) || v_locked;
end;
$$;
comment on function private.queue_for_free(uuid[]) is
  'As private.queue_for, for the orders of many: locks the variants that become free within about three seconds, and
   returns the others, so that one locked variant does not keep everybody waiting.';

create function private.limit_wait(until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('lock_timeout', case when clock_timestamp() < until then '250ms' else '1ms' end, true);
end;
$$;
comment on function private.limit_wait(timestamptz) is
  'From here to the end of the calling function, a lock is waited for only briefly, and hardly at all once the time is up.
   The caller sets lock_timeout itself, so that its own caller''s comes back.';

create function private.try_gate(gate bigint, until timestamptz)
returns boolean
language plpgsql
set search_path = ''
set lock_timeout = '250ms'
as $$
begin
  if pg_try_advisory_xact_lock(gate) then
    return true;
  end if;
  perform private.limit_wait(until);
  perform pg_advisory_xact_lock(gate);
  return true;
exception when lock_not_available then
  return false;
end;
$$;
comment on function private.try_gate(bigint, timestamptz) is 'Takes an advisory lock if it becomes free soon.';

create function private.try_variant(variant_id uuid, until timestamptz)
returns boolean
language plpgsql
set search_path = ''
set lock_timeout = '250ms'
as $$
begin
  perform private.limit_wait(until);
  perform private.lock_variants(array[variant_id]);
  return true;
exception when lock_not_available then
  return false;
end;
$$;
comment on function private.try_variant(uuid, timestamptz) is 'private.lock_variants for one, if it becomes free soon.';

create function private.release_expired(variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variant uuid;
begin
  -- Looked for before it is deleted: a delete that finds nothing still costs its triggers.
  foreach v_variant in array release_expired.variant_ids loop
    if exists (select from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now) then
      delete from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now;
    end if;
  end loop;
end;
$$;
comment on function private.release_expired(uuid[]) is
  'Ends what has run out among these variants. The caller holds their locks and is about to need the units.';

create function private.take_units(
  variant_ids uuid[], quantities integer[], for_cart uuid, for_items bigint[], until timestamptz,
  prefer uuid default null
)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_line integer;
  v_missing integer;
  v_level record;
  v_variants uuid[] := '{}';
  v_locations uuid[] := '{}';
  v_items bigint[] := '{}';
  v_units integer[] := '{}';
begin
  -- Per variant, levels in order (the preferred place, then the shop's own order): each gives what those before it left.
  for v_line in 1 .. cardinality(take_units.variant_ids) loop
    v_missing := take_units.quantities[v_line];
    for v_level in
      select level.location_id, level.available
      from public.stock_levels as level
      join public.locations on locations.id = level.location_id and locations.active
      where level.variant_id = take_units.variant_ids[v_line]
        and level.available > 0
      order by (level.location_id = take_units.prefer) desc nulls last, locations.position, level.location_id
    loop
      exit when v_missing = 0;
      v_variants := v_variants || take_units.variant_ids[v_line];
      v_locations := v_locations || v_level.location_id;
      v_items := v_items || take_units.for_items[v_line];
      v_units := v_units || least(v_level.available, v_missing);
      v_missing := v_missing - least(v_level.available, v_missing);
    end loop;
  end loop;

  -- (An upsert calls the triggers of an update, too, even where it only inserts.)
  if for_cart is not null and not exists (
    select from public.claims where claims.cart_id = take_units.for_cart and claims.variant_id = any (take_units.variant_ids)
  ) then
    insert into public.claims (variant_id, location_id, cart_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, take_units.for_cart, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_units) as taken (variant_id, location_id, units);
  elsif for_cart is null then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, taken.order_item_id, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_items, v_units) as taken (variant_id, location_id, order_item_id, units);
  else
    insert into public.claims (variant_id, location_id, cart_id, quantity, expires_at)
    select taken.variant_id, taken.location_id, take_units.for_cart, taken.units, take_units.until
    from unnest(v_variants, v_locations, v_units) as taken (variant_id, location_id, units)
    on conflict (cart_id, variant_id, location_id) where cart_id is not null do update
    set quantity = claims.quantity + excluded.quantity,
      expires_at = excluded.expires_at;
  end if;
  return (select coalesce(sum(taken.units), 0) from unnest(v_units) as taken (units));
end;
$$;
comment on function private.take_units(uuid[], integer[], uuid, bigint[], timestamptz, uuid) is
  'Claims units of these variants (each named once) for a cart or for order items: as a hold until then, or
   committed when until is NULL. Takes what there is and returns how many units it got; a caller that wanted more
   refuses, which undoes it. The caller holds the variants'' locks.';

-- schemas/orders/tables.sql

-- Orders: what was bought, at which price, by whom. Titles and prices are copied in: an order says for ever what it
-- said when it was placed. Its units are claims (schemas/holds/claims.sql); its money is a payment.

create function private.tax_included(amount_minor bigint, rate_bp integer)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (2 * amount_minor * rate_bp + 10000 + rate_bp) / (2 * (10000 + rate_bp));
end;
$$;
comment on function private.tax_included(bigint, integer) is
  'The tax inside a price that includes it: amount * rate / (10000 + rate), rounded half up to a whole minor unit.
   Rounded once per order line; an order''s tax is the sum of its lines''.';

create type public.order_status as enum ('awaiting_payment', 'placed', 'fulfilled', 'cancelled');
comment on type public.order_status is
  'awaiting_payment: its units are held until the payment deadline. placed: they are committed. fulfilled: everything
   not cancelled was handed over. cancelled: nothing was.';

create type public.delivery_method as enum ('collection', 'delivery');
comment on type public.delivery_method is 'The customer comes to a location, or we bring it.';

create table public.orders (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity (start 1001) unique,
  user_id uuid references auth.users (id) on delete set null,
  token_hash bytea check (length(token_hash) = 32),
  guest_hash bytea check (length(guest_hash) = 32),
  network text check (network ~ '^[0-9a-f]{32}$'),
  email text not null check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
  name text not null check (length(trim(name)) between 1 and 120),
  phone text check (length(phone) between 1 and 40),
  delivery public.delivery_method not null,
  collect_at uuid,
  address jsonb,
  status public.order_status not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  units integer not null check (units > 0),
  total_minor bigint not null check (total_minor >= 0),
  tax_minor bigint not null check (tax_minor between 0 and total_minor),
  placed_at timestamptz,
  cancelled_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint orders_know_where_to check ((delivery = 'collection') = (collect_at is not null) and (delivery = 'delivery') = (address is not null)),
  constraint orders_are_placed_or_were_not check ((status in ('placed', 'fulfilled')) <= (placed_at is not null) and (status = 'awaiting_payment') <= (placed_at is null)),
  constraint orders_are_cancelled_at_a_time check ((status = 'cancelled') = (cancelled_at is not null))
);
comment on table public.orders is 'One row per order. Read by its buyer and by staff; written by functions only.';
comment on column public.orders.number is 'What people say on the phone. Ascending, with gaps where a call was refused.';
comment on column public.orders.network is 'As in carts: the network the order came from, a keyed hash; NULL where unknown.';
comment on column public.orders.token_hash is 'SHA-256 of the secret in a guest''s order link.';
comment on column public.orders.guest_hash is
  'SHA-256 of the secret of the cart it came from: who a guest is to limits per person. It stays when an account adopts the order.';
comment on column public.orders.collect_at is
  'The location of collection. No foreign key on purpose: it would lock that one row for every order of a rush, and
   locations are never deleted.';
comment on column public.orders.total_minor is 'Minor units, tax included: the sum of its items.';
create index orders_by_user on public.orders (user_id) where user_id is not null;
create index orders_by_guest on public.orders (guest_hash) where guest_hash is not null;
create index orders_by_network on public.orders (network, created_at) where network is not null;
create index orders_by_age on public.orders (created_at desc, id);
create trigger orders_touch before update on public.orders
  for each row execute function private.touch();

create table public.order_items (
  id bigint generated always as identity primary key,
  order_id uuid not null references public.orders (id),
  variant_id uuid not null references public.variants (id),
  sku text not null,
  title text not null,
  option_values text[] not null,
  price_minor integer not null check (price_minor >= 0),
  tax_rate_bp integer not null check (tax_rate_bp between 0 and 10000),
  quantity integer not null check (quantity between 1 and 99),
  total_minor bigint not null,
  tax_minor bigint not null,
  fulfilled integer not null default 0 check (fulfilled >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  returned integer not null default 0 check (returned >= 0),
  sold_at timestamptz,
  constraint order_items_add_up check (total_minor = price_minor::bigint * quantity),
  constraint order_items_split_fully check (fulfilled + cancelled <= quantity and returned <= fulfilled),
  constraint order_items_once_per_variant unique (order_id, variant_id)
);
comment on table public.order_items is 'What an order is made of, as it was when placed. Units are whole, money minor units.';
comment on column public.order_items.sold_at is 'When the order was placed; NULL while it waits for its payment. Sales are counted by it.';
create index order_items_by_variant on public.order_items (variant_id);

alter table public.claims
  add foreign key (order_item_id) references public.order_items (id);

create table public.order_events (
  id bigint generated always as identity primary key,
  order_id uuid not null references public.orders (id),
  kind text not null check (kind ~ '^[a-z_]+$'),
  detail jsonb not null default '{}',
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now()
);
comment on table public.order_events is 'The timeline of an order. Append-only.';
create index order_events_by_order on public.order_events (order_id, id);
create trigger order_events_stay before update or delete or truncate on public.order_events
  for each statement execute function private.stay_as_written();

create type public.return_outcome as enum ('restock', 'damaged', 'inspect');
comment on type public.return_outcome is 'restock: back on the shelf. damaged: written off. inspect: set aside until somebody looked.';

create table public.order_returns (
  id bigint generated always as identity primary key,
  order_item_id bigint not null references public.order_items (id),
  location_id uuid not null references public.locations (id),
  quantity integer not null check (quantity > 0),
  outcome public.return_outcome not null,
  created_at timestamptz not null default now()
);
comment on table public.order_returns is 'What came back, and what became of it.';
create index order_returns_by_item on public.order_returns (order_item_id);
create index order_returns_by_location on public.order_returns (location_id);

alter table public.orders enable row level security;
alter table public.order_items enable row level security;
alter table public.order_events enable row level security;
alter table public.order_returns enable row level security;
revoke all on public.orders, public.order_items, public.order_events, public.order_returns from anon, authenticated, service_role;
grant select on public.orders, public.order_items, public.order_events, public.order_returns to authenticated, service_role;

-- Buyers read their orders through functions: read_order, and those of schemas/accounts/adopt_cart.sql for a whole account.
create policy "staff see orders" on public.orders
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what was ordered" on public.order_items
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see timelines" on public.order_events
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what came back" on public.order_returns
  for select to authenticated using ((select private.staff_role()) is not null);

-- Payments ----------------------------------------------------------------------------------------------------

create type public.payment_provider as enum ('on_collection', 'sandbox');
comment on type public.payment_provider is 'on_collection: money changes hands at the counter. sandbox: a provider that answers by signed webhooks.';
create type public.payment_status as enum ('due', 'pending', 'declined', 'captured', 'void');
comment on type public.payment_status is
  'due: at the counter. pending: the provider was asked. declined: may be tried again until the deadline. captured: we
   have the money. void: nobody will pay any more.';

create table private.payment_providers (
  provider public.payment_provider primary key,
  enabled boolean not null default false,
  secret bytea,
  deadline interval,
  constraint payment_providers_answer_signed check (provider = 'on_collection' or (secret is not null and deadline is not null))
);
comment on table private.payment_providers is
  'How the shop is paid. The deployment enables a provider (docs/deploy.md); the sandbox takes no money, so it is off.';
comment on column private.payment_providers.secret is 'The key the provider signs its webhooks with.';
comment on column private.payment_providers.deadline is
  'How long an order waits for its payment. On collection that is shop_limits.unpaid_for.';
alter table private.payment_providers enable row level security;
insert into private.payment_providers (provider, enabled, secret, deadline)
values ('on_collection', true, null, null),
  ('sandbox', false, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), '15 minutes');

create table public.payments (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null unique references public.orders (id),
  provider public.payment_provider not null,
  status public.payment_status not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  captured_minor bigint not null default 0 check (captured_minor >= 0),
  refund_due_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  deadline timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint payments_with_money_are_captured check (captured_minor = 0 or status = 'captured'),
  constraint payments_refund_what_was_captured check (refund_due_minor between 0 and captured_minor and refunded_minor between 0 and refund_due_minor)
);
comment on table public.payments is 'The money of one order, in minor units.';
comment on column public.payments.deadline is
  'Until when the order keeps its units without being paid. NULL: it was confirmed, or a deadline no longer matters.';
comment on column public.payments.refund_due_minor is 'What must go back in total; refunded_minor of it has gone.';
create index payments_unresolved on public.payments (deadline)
  where deadline is not null and status in ('due', 'pending', 'declined');
create index payments_refunds on public.payments (updated_at) where refund_due_minor > refunded_minor;
create trigger payments_touch before update on public.payments
  for each row execute function private.touch();

create table private.payment_events (
  provider public.payment_provider not null,
  event_id text not null check (length(event_id) between 1 and 200),
  payment_id uuid not null references public.payments (id),
  kind text not null check (kind in ('captured', 'declined', 'refunded')),
  amount_minor bigint not null check (amount_minor >= 0),
  effect text not null,
  received_at timestamptz not null default now(),
  primary key (provider, event_id)
);
comment on table private.payment_events is 'Every webhook once: a second delivery finds its row and answers what the first did.';
create index payment_events_by_payment on private.payment_events (payment_id);
alter table private.payment_events enable row level security;

alter table public.payments enable row level security;
revoke all on public.payments from anon, authenticated, service_role;
grant select on public.payments to authenticated, service_role;
create policy "staff see payments" on public.payments
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/orders/locations.sql

-- Where an order is kept, for colleagues who may change stock at some locations only: what they do to an order (take its
-- money, lease it, close its troubles) is theirs where the order is theirs to hand over.

create function private.order_locations(order_id uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select place.location_id
    from (
      select claims.location_id, 1 as nearness
      from public.claims
      join public.order_items as item on item.id = claims.order_item_id
      where item.order_id = order_locations.order_id
      union all
      select short.location_id, 2
      from public.order_shorts as short
      join public.order_items as item on item.id = short.order_item_id
      where item.order_id = order_locations.order_id
      union all
      select orders.collect_at, 3 from public.orders
      where orders.id = order_locations.order_id and orders.collect_at is not null
    ) as place
    group by place.location_id
    order by min(place.nearness), place.location_id
  );
end;
$$;
comment on function private.order_locations(uuid) is
  'Where an order''s units are or were kept, where some were not found, and where it is collected, in this order.';

create function private.require_role_for_order(minimum public.staff_role, order_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[] := private.own_locations();
  v_places uuid[];
begin
  perform private.require_role(minimum);
  if v_own is null then
    return;
  end if;
  v_places := private.order_locations(order_id);
  if not v_places && v_own then
    perform private.refuse(403, 'location_not_yours', jsonb_build_object('location_id', v_places[1]),
      'Ask somebody who works there, or a manager for the right to.');
  end if;
end;
$$;
comment on function private.require_role_for_order(public.staff_role, uuid) is
  'As require_role, and one of the order''s locations is the caller''s; else raises location_not_yours (403).';

-- schemas/sales/tables.sql

-- Sales: sums over order items and orders, kept by the transaction that changes them and never counted on read.

create table public.sales_by_variant (
  variant_id uuid primary key references public.variants (id),
  sold integer not null default 0 check (sold >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  returned integer not null default 0 check (returned >= 0),
  revenue_minor bigint not null default 0,
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.sales_by_variant is 'Units sold, cancelled and returned since ever, and the money that stayed (minor units, tax included).';

create table public.sales_by_minute (
  minute timestamptz,
  stripe smallint check (stripe >= 0),
  orders integer not null default 0,
  units integer not null default 0,
  revenue_minor bigint not null default 0,
  taken_back integer not null default 0,
  taken_back_minor bigint not null default 0,
  primary key (minute, stripe)
);
comment on table public.sales_by_minute is
  'What was placed in each minute, and what of it was cancelled or returned since; readers sum the stripes (private.own_stripe).';

create table public.sales_by_quarter_hour (
  quarter_hour timestamptz,
  stripe smallint check (stripe >= 0),
  orders integer not null default 0,
  units integer not null default 0,
  revenue_minor bigint not null default 0,
  taken_back integer not null default 0,
  taken_back_minor bigint not null default 0,
  primary key (quarter_hour, stripe)
);
comment on table public.sales_by_quarter_hour is 'The same by quarters of an hour, of which the days of every time zone are made.';

create table public.sales_pace (
  variant_id uuid references public.variants (id),
  quarter_hour timestamptz,
  units integer not null,
  primary key (variant_id, quarter_hour)
);
comment on table public.sales_pace is
  'How fast a variant goes: units placed in a quarter of an hour, without what was cancelled or returned since.';
create index sales_pace_by_time on public.sales_pace using brin (quarter_hour) with (pages_per_range = 16);

create table public.customers (
  user_id uuid primary key references auth.users (id) on delete cascade,
  orders integer not null default 0 check (orders >= 0),
  cancelled integer not null default 0 check (cancelled between 0 and orders),
  total_minor bigint not null default 0,
  updated_at timestamptz not null default now()
);
comment on table public.customers is 'Orders of a signed-in person: how many were placed, how many of those cancelled, and their total as placed.';

alter table public.sales_by_variant enable row level security;
alter table public.sales_by_minute enable row level security;
alter table public.sales_by_quarter_hour enable row level security;
alter table public.sales_pace enable row level security;
alter table public.customers enable row level security;
revoke all on public.sales_by_variant, public.sales_by_minute, public.sales_by_quarter_hour, public.sales_pace, public.customers
  from anon, authenticated, service_role;
grant select on public.sales_by_variant, public.sales_by_minute, public.sales_by_quarter_hour, public.sales_pace, public.customers
  to authenticated, service_role;
create policy "staff see what sells" on public.sales_by_variant
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see the minutes" on public.sales_by_minute
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see the quarters of an hour" on public.sales_by_quarter_hour
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see how fast things go" on public.sales_pace
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see how often somebody bought" on public.customers
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/sales/functions.sql

create function private.quarter_hour(moment timestamptz)
returns timestamptz
language plpgsql
immutable
set search_path = ''
as $$
begin
  return date_bin('15 minutes', moment, '2000-01-01 00:00:00+00');
end;
$$;
comment on function private.quarter_hour(timestamptz) is 'When the quarter of an hour began that this moment is in.';

create function private.own_stripe()
returns smallint
language plpgsql
set search_path = ''
as $$
declare
  v_stripe smallint := 0;
begin
  while not pg_try_advisory_xact_lock(hashtext('stripe'), v_stripe) loop
    v_stripe := v_stripe + 1;
  end loop;
  return v_stripe;
end;
$$;
comment on function private.own_stripe() is
  'The lowest stripe that no other transaction writes to, for as long as this one lasts: sums of the whole shop are kept in
   stripes, because one row would make every order wait for every other. Nobody waits for a stripe, so it takes no place in
   the order of locks; there are as many as ever wrote at once.';

create function private.count_sales(placed public.sales_by_minute[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.sales_by_minute as sales (minute, stripe, orders, units, revenue_minor, taken_back, taken_back_minor)
  select each.* from unnest(placed) as each
  on conflict (minute, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    taken_back = sales.taken_back + excluded.taken_back,
    taken_back_minor = sales.taken_back_minor + excluded.taken_back_minor;

  insert into public.sales_by_quarter_hour as sales (quarter_hour, stripe, orders, units, revenue_minor, taken_back, taken_back_minor)
  select private.quarter_hour(each.minute), each.stripe, sum(each.orders), sum(each.units), sum(each.revenue_minor),
    sum(each.taken_back), sum(each.taken_back_minor)
  from unnest(placed) as each
  group by 1, 2
  on conflict (quarter_hour, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    taken_back = sales.taken_back + excluded.taken_back,
    taken_back_minor = sales.taken_back_minor + excluded.taken_back_minor;
end;
$$;
comment on function private.count_sales(public.sales_by_minute[]) is 'Adds to the minutes, and to the quarters of an hour they are in.';

create function private.items_sell()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- In the order of variants, which is the order of their locks.
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select added.variant_id, sum(added.quantity), sum(added.cancelled), sum(added.returned),
    sum((added.quantity - added.cancelled - added.returned) * added.price_minor::bigint)
  from added
  where added.sold_at is not null
  group by added.variant_id
  order by added.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold,
    cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1,
    updated_at = now();

  insert into public.sales_pace as pace (variant_id, quarter_hour, units)
  select added.variant_id, private.quarter_hour(added.sold_at), sum(added.quantity - added.cancelled - added.returned)
  from added
  where added.sold_at is not null
  group by 1, 2
  order by 1, 2
  on conflict (variant_id, quarter_hour) do update
  set units = pace.units + excluded.units;

  perform private.count_sales(array(
    select row(date_trunc('minute', added.sold_at, 'UTC'), private.own_stripe(), count(distinct added.order_id), sum(added.quantity),
      sum(added.total_minor), sum(added.cancelled + added.returned),
      sum((added.cancelled + added.returned) * added.price_minor::bigint))::public.sales_by_minute
    from added
    where added.sold_at is not null
    group by date_trunc('minute', added.sold_at, 'UTC')
  ));
  return null;
end;
$$;
comment on function private.items_sell() is 'Items that are sold when they are made (paid on collection) are counted.';
create trigger items_sell after insert on public.order_items
  referencing new table as added
  for each statement execute function private.items_sell();

create function private.items_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select each.variant_id, sum(each.sign * each.quantity), sum(each.sign * each.cancelled), sum(each.sign * each.returned),
    sum(each.sign * (each.quantity - each.cancelled - each.returned) * each.price_minor::bigint)
  from (
    select 1 as sign, changed.* from changed where changed.sold_at is not null
    union all
    select -1, before.* from before where before.sold_at is not null
  ) as each
  group by each.variant_id
  having sum(each.sign) <> 0 or sum(each.sign * each.cancelled) <> 0 or sum(each.sign * each.returned) <> 0
  order by each.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold,
    cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1,
    updated_at = now();

  insert into public.sales_pace as pace (variant_id, quarter_hour, units)
  select each.variant_id, private.quarter_hour(each.sold_at), sum(each.sign * (each.quantity - each.cancelled - each.returned))
  from (
    select 1 as sign, changed.* from changed where changed.sold_at is not null
    union all
    select -1, before.* from before where before.sold_at is not null
  ) as each
  group by 1, 2
  having sum(each.sign * (each.quantity - each.cancelled - each.returned)) <> 0
  order by 1, 2
  on conflict (variant_id, quarter_hour) do update
  set units = pace.units + excluded.units;

  perform private.count_sales(array(
    select row(moved.minute, private.own_stripe(), moved.orders, moved.units, moved.revenue_minor, moved.taken_back,
      moved.taken_back_minor)::public.sales_by_minute
    from (
      select date_trunc('minute', each.sold_at, 'UTC') as minute,
        count(distinct each.order_id) filter (where each.sign = 1) - count(distinct each.order_id) filter (where each.sign = -1) as orders,
        sum(each.sign * each.quantity) as units, sum(each.sign * each.total_minor) as revenue_minor,
        sum(each.sign * (each.cancelled + each.returned)) as taken_back,
        sum(each.sign * (each.cancelled + each.returned) * each.price_minor::bigint) as taken_back_minor
      from (
        select 1 as sign, changed.* from changed where changed.sold_at is not null
        union all
        select -1, before.* from before where before.sold_at is not null
      ) as each
      group by 1
    ) as moved
    where moved.units <> 0 or moved.taken_back <> 0
  ));
  return null;
end;
$$;
comment on function private.items_change() is 'Paid, cancelled or returned items are counted, at the time they were sold.';
create trigger items_change after update on public.order_items
  referencing old table as before new table as changed
  for each statement execute function private.items_change();

create function private.orders_count()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new.user_id is null or new.placed_at is null then
    return null;
  end if;
  if tg_op = 'INSERT' or old.placed_at is null then
    insert into public.customers as customer (user_id, orders, total_minor)
    values (new.user_id, 1, new.total_minor)
    on conflict (user_id) do update
    set orders = customer.orders + 1,
      total_minor = customer.total_minor + excluded.total_minor,
      updated_at = now();
  end if;
  if tg_op = 'UPDATE' and old.status <> 'cancelled' and new.status = 'cancelled' then
    update public.customers
    set cancelled = customers.cancelled + 1, updated_at = now()
    where customers.user_id = new.user_id;
  end if;
  return null;
end;
$$;
comment on function private.orders_count() is 'A customer''s orders, counted when placed and when cancelled. Per row: an order is placed alone.';
create trigger orders_count after insert or update of status on public.orders
  for each row execute function private.orders_count();

-- schemas/holds/limits.sql

-- Limits of holds: how long one holder can hold a variant, and how many units one cart and one network can hold together.
-- A shopper with normal habits meets none of them. Refusals: hold_paused, hold_limit. Everything here runs under the
-- variant's lock, in what holds units (schemas/holds/reading.sql).

alter table public.claims add column network text default nullif(current_setting('onhand.network', true), '')
  check (network ~ '^[0-9a-f]{32}$');
comment on column public.claims.network is
  'The network of the guest whose cart took the units, copied in so that sums are cheap: private.hold_line names it in the setting
   onhand.network while it takes them. NULL: unknown, or an account.';
create index claims_of_a_network on public.claims (network, variant_id) where network is not null and expires_at is not null;
create index orders_of_a_network on public.orders (network) where network is not null and status = 'placed';

create unlogged table private.hold_streaks (
  holder text not null,
  variant_id uuid not null,
  network text,
  units integer not null,
  since timestamptz not null,
  until timestamptz not null,
  primary key (holder, variant_id)
);
comment on table private.hold_streaks is
  'Streaks of holds that a cart line no longer tells: of removed lines, and of guests who used up hold_cap. Unlogged: after a
   crash they begin again. Deleted by a rule of schemas/retention/tables.sql.';
create index hold_streaks_by_age on private.hold_streaks (until);
create index hold_streaks_of_a_network on private.hold_streaks (network, variant_id) where network is not null;
alter table private.hold_streaks enable row level security;

-- schemas/holds/limit_functions.sql

-- Time ------------------------------------------------------------------------------------------------------------

create function private.is_used_up(since timestamptz, until timestamptz, limits private.shop_limits)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return until - since > limits.hold_cap - interval '1 minute';
end;
$$;
comment on function private.is_used_up(timestamptz, timestamptz, private.shop_limits) is
  'Whether a streak has no minute of hold_cap left.';

create function private.hold_paused(variant_id uuid, wait interval)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'hold_paused', jsonb_build_object('variant_id', variant_id,
    'retry_after_seconds', greatest(1, ceil(extract(epoch from wait))::integer)),
    'The variant can be ordered without a hold, or held again after so many seconds.')
$$;
comment on function private.hold_paused(uuid, interval) is 'The refusal of a holder who used up hold_cap.';

create function private.streak_begins(holder text, line public.cart_lines, at timestamptz, limits private.shop_limits)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
  v_since timestamptz := line.held_since;
  v_until timestamptz := line.held_until;
begin
  if v_until is null then
    select streak.since, streak.until into v_since, v_until
    from private.hold_streaks as streak
    where streak.holder = streak_begins.holder and streak.variant_id = line.variant_id;
  end if;
  if v_until is null or at >= v_until + limits.hold_pause then
    return at;
  end if;
  if private.is_used_up(v_since, v_until, limits) then
    perform private.refuse(private.hold_paused(line.variant_id, v_until + limits.hold_pause - at));
  end if;
  return at - (least(v_until, at) - v_since);
end;
$$;
comment on function private.streak_begins(text, public.cart_lines, timestamptz, private.shop_limits) is
  'Since when a hold counts that begins now: now, or as much earlier as the holder has held the variant already without a
   pause of hold_pause. Raises hold_paused (409) when hold_cap is used up.';

create function private.keep_streak(cart public.carts, line public.cart_lines, until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.hold_streaks as streak (holder, variant_id, network, units, since, until)
  values (private.subject_of(cart.token_hash, cart.user_id), line.variant_id, cart.network, line.quantity, line.held_since, keep_streak.until)
  on conflict on constraint hold_streaks_pkey do update
  set network = excluded.network, units = excluded.units, since = excluded.since, until = excluded.until;
end;
$$;
comment on function private.keep_streak(public.carts, public.cart_lines, timestamptz) is
  'Remembers the streak of a line that is removed or has used up hold_cap, so that neither a new line nor, of a network, a
   new guest begins from zero.';

-- Units -----------------------------------------------------------------------------------------------------------

create function private.check_cart(cart_id uuid, limits private.shop_limits)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lines integer;
  v_units integer;
begin
  select count(*), coalesce(sum(line.quantity), 0) into v_lines, v_units
  from public.cart_lines as line where line.cart_id = check_cart.cart_id;
  if v_lines > limits.cart_lines then
    perform private.refuse(private.hold_limit('cart_lines', limits.cart_lines));
  elsif v_units > limits.cart_units then
    perform private.refuse(private.hold_limit('cart_units', limits.cart_units));
  end if;
end;
$$;
comment on function private.check_cart(uuid, private.shop_limits) is 'Raises hold_limit (409) for a cart with too many lines or units.';

create function private.hold_limit("limit" text, at_most integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'hold_limit', jsonb_build_object('limit', "limit", 'at_most', at_most),
    'Take fewer, order what is in the cart, or sign in.')
$$;
comment on function private.hold_limit(text, integer) is
  'The refusal of a hold beyond a limit: cart_lines, cart_units, network_units or network_share. at_most is NULL where it would tell
   how much the shop has.';

create function private.check_network(
  network text, variant_id uuid, more integer, at timestamptz, limits private.shop_limits
)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_held bigint;
  v_total bigint;
  v_resting bigint;
  v_rested timestamptz;
  v_most bigint;
begin
  select sums.held, sums.total + unpaid.units, resting.units, resting.until
  into v_held, v_total, v_resting, v_rested
  from (
    select coalesce(sum(claims.quantity), 0) as total,
      coalesce(sum(claims.quantity) filter (where claims.variant_id = check_network.variant_id), 0) as held
    from public.claims
    where claims.network = check_network.network and claims.expires_at > at
  ) as sums
  cross join (
    select coalesce(sum(item.quantity - item.cancelled - item.fulfilled), 0) as units
    from public.orders
    join public.payments as payment on payment.order_id = orders.id and payment.status = 'due'
    join public.order_items as item on item.order_id = orders.id
    where orders.network = check_network.network and orders.status = 'placed'
  ) as unpaid
  cross join (
    select coalesce(sum(streak.units), 0) as units, min(streak.until) + limits.hold_pause as until
    from private.hold_streaks as streak
    where streak.network = check_network.network and streak.variant_id = check_network.variant_id
      and at between streak.until and streak.until + limits.hold_pause
      and private.is_used_up(streak.since, streak.until, limits)
  ) as resting;

  if v_held + v_resting + more > limits.network_free_units then
    select greatest(limits.network_free_units, availability.on_hand::bigint * limits.network_share_bp / 10000) into v_most
    from public.availability where availability.variant_id = check_network.variant_id;
    if v_held + more > v_most then
      perform private.refuse(private.hold_limit('network_units', null));
    elsif v_held + v_resting + more > v_most then
      perform private.refuse(private.hold_paused(check_network.variant_id, v_rested - at));
    end if;
  end if;
  if v_total + more > limits.network_free_units and v_total + more > (
    select sum(totals.on_hand) * limits.guest_share_bp / 10000 from public.stock_totals as totals
  ) then
    perform private.refuse(private.hold_limit('network_share', null));
  end if;
end;
$$;
comment on function private.check_network(text, uuid, integer, timestamptz, private.shop_limits) is
  'Raises hold_limit (409) when the guests of a network would hold more of a variant than network_free_units and than their
   share of it, or more of the whole shop than guest_share_bp; hold_paused (409) when they would because some of them have just
   used up hold_cap for units of this variant. The sum over the whole shop is not locked: calls at the same time can exceed it by
   what they ask for.';

-- schemas/holds/reading.sql

-- Holding units for a cart. Refusals (docs/errors.md): invalid_input, not_found, not_enough_left, limit_reached,
-- hold_limit, hold_paused, too_many_requests, blocked, idempotency_key_reused. Every function locks in the same order as all others:
-- idempotency key, cart, order, payment, then variants ascending, then what triggers keep.
--
-- enable_seqscan is off in what shoppers call: sessions keep their plans, and a plan made while the shop was new and its
-- tables a page long would read them whole in the middle of a rush.

create function private.not_enough_left(wanted jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_short jsonb;
begin
  select jsonb_agg(jsonb_build_object(
      'variant_id', line.variant_id,
      'wanted', line.wanted,
      'left', case when products.limited or line."left" - coalesce(line.held, 0) <= shop_settings.low_stock_at then line."left" end,
      'siblings', (
        select coalesce(jsonb_agg(jsonb_build_object('variant_id', sibling.id, 'option_values', sibling.option_values,
          'band', shelf.band, 'left', shelf."left") order by sibling.position, sibling.id), '[]')
        from public.variants as variant
        join public.variants as sibling on sibling.product_id = variant.product_id and sibling.id <> variant.id
        join public.shelf on shelf.variant_id = sibling.id and shelf.band in ('in', 'low')
        where variant.id = line.variant_id
      )
    ) order by line.variant_id)
  into v_short
  from jsonb_to_recordset(not_enough_left.wanted) as line (variant_id uuid, wanted integer, "left" integer, held integer)
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  join public.shop_settings on shop_settings.only_row;
  return private.refusal(409, 'not_enough_left', jsonb_build_object('short', v_short),
    'Take what is left, or one of the siblings.');
end;
$$;
comment on function private.not_enough_left(jsonb) is
  'The refusal with every short line [{variant_id, wanted, left, held}] and what can be had instead: siblings are other variants
   of the product as the shelf shows them. Says no count that the shelf would not: left, at all locations together and with
   what the caller holds, is NULL while there are more than the shelf counts.';

create function private.units_bought(variant_id uuid, user_id uuid, guest_hash bytea)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(item.quantity - item.cancelled), 0)
    from public.orders
    join public.order_items as item on item.order_id = orders.id and item.variant_id = units_bought.variant_id
    where orders.user_id = units_bought.user_id
      or orders.guest_hash = units_bought.guest_hash
  );
end;
$$;
comment on function private.units_bought(uuid, uuid, bytea) is
  'Units of a variant in the standing orders of a person: of an account, or of the guest with this cart secret. A typed
   e-mail address is nobody''s identity. Under the variant''s lock.';

create function private.check_limits(variant_ids uuid[], quantities integer[], user_id uuid, guest_hash bytea)
returns void
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_beyond jsonb;
begin
  select jsonb_build_object('variant_id', line.variant_id, 'limit', line.limit_per_person, 'bought', line.bought, 'wanted', line.quantity)
  into v_beyond
  from (
    select wanted.variant_id, wanted.quantity, variants.limit_per_person,
      private.units_bought(wanted.variant_id, check_limits.user_id, check_limits.guest_hash) as bought
    from unnest(check_limits.variant_ids, check_limits.quantities) as wanted (variant_id, quantity)
    join public.variants on variants.id = wanted.variant_id
    where variants.limit_per_person is not null
  ) as line
  where line.bought + line.quantity > line.limit_per_person
  limit 1;
  if v_beyond is not null then
    perform private.refuse(409, 'limit_reached', v_beyond, 'Take fewer: the limit counts earlier orders too.');
  end if;
end;
$$;
comment on function private.check_limits(uuid[], integer[], uuid, bytea) is
  'Raises limit_reached (409) when a cart and the person''s earlier orders (of the account or the guest) together exceed a
   variant''s limit_per_person. Called under the variants'' locks, so two carts of one person cannot both pass.';

-- read_cart ---------------------------------------------------------------------------------------------------

create function private.cart_as_json(cart_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := private.clock();
  v_lines jsonb;
  v_total bigint;
  v_tax bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
      'variant_id', line.variant_id, 'product_id', line.product_id, 'handle', line.handle, 'title', line.title,
      'sku', line.sku, 'option_values', line.option_values, 'quantity', line.quantity, 'held', line.held, 'held_at', line.held_at,
      'expires_at', line.expires_at, 'paused_until', line.paused_until, 'price_minor', line.price_minor, 'total_minor', line.total_minor,
      'for_sale', line.for_sale) order by line.title, line.variant_id), '[]'),
    coalesce(sum(line.total_minor), 0),
    coalesce(sum(private.tax_included(line.total_minor, line.tax_rate_bp)), 0)
  into v_lines, v_total, v_tax
  from (
    select cart_line.variant_id, cart_line.quantity, products.id as product_id, products.handle, products.title, products.tax_rate_bp,
      variants.sku, variants.option_values, variants.active and products.status = 'active' as for_sale,
      case when hold.units is null and cart_line.held_until + limits.hold_pause > v_now
        and cart_line.held_until - cart_line.held_since > limits.hold_cap - interval '1 minute'
        then cart_line.held_until + limits.hold_pause end as paused_until,
      coalesce(hold.units, 0) as held, coalesce(hold.at, '[]') as held_at, hold.expires_at, price.minor as price_minor, price.minor::bigint * cart_line.quantity as total_minor
    from public.cart_lines as cart_line
    join public.variants on variants.id = cart_line.variant_id
    join public.products on products.id = variants.product_id
    join private.shop_limits as limits on limits.only_row
    cross join lateral (
      select sum(claims.quantity) as units, min(claims.expires_at) as expires_at,
        jsonb_agg(jsonb_build_object('location_id', claims.location_id, 'units', claims.quantity) order by claims.location_id) as at
      from public.claims
      where claims.cart_id = cart_line.cart_id and claims.variant_id = cart_line.variant_id and claims.expires_at > v_now
    ) as hold
    cross join lateral (
      select case when hold.units is null then variants.price_minor else cart_line.price_minor end as minor
    ) as price
    where cart_line.cart_id = cart_as_json.cart_id
  ) as line;
  return jsonb_build_object('cart_id', cart_as_json.cart_id, 'version', (select carts.version from public.carts where carts.id = cart_as_json.cart_id),
    'lines', v_lines, 'total_minor', v_total, 'tax_minor', v_tax,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row), 'now', v_now);
end;
$$;
comment on function private.cart_as_json(uuid) is 'See public.read_cart; an unknown cart is an empty one.';

create function private.read_cart(cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
begin
  return private.cart_as_json((
    select carts.id from public.carts where carts.user_id = auth.uid() or carts.token_hash = v_hash
  ));
end;
$$;
comment on function private.read_cart(text) is 'See public.read_cart.';

create function public.read_cart(cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_cart(cart_token);
end;
$$;
comment on function public.read_cart(text) is
  'The cart of the signed-in caller, or of the guest with this token: {cart_id, version, lines: [{variant_id, product_id, handle, title,
   sku, option_values, quantity, held, held_at: [{location_id, units}], expires_at, paused_until, price_minor, total_minor, for_sale}],
   total_minor, tax_minor, currency, now}. Where there is none, cart_id and version are null. version grows with its lines. A line with held below quantity has run out and is marked so; its price is today''s. paused_until: until when this cart
   cannot hold the line again, because it used up shop_limits.hold_cap. now is the
   server''s clock, for countdowns. Raises invalid_input (422) without a token.';

-- schemas/holds/hold.sql

-- hold_stock --------------------------------------------------------------------------------------------------

create function private.hold_line(cart public.carts, variant_id uuid, limits private.shop_limits)
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
begin
  select * into v_line
  from public.cart_lines as line
  where line.cart_id = cart.id and line.variant_id = hold_line.variant_id;
  select coalesce(sum(claims.quantity), 0) into v_held
  from public.claims
  where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id;

  if v_held = 0 then
    v_line.held_since := private.streak_begins(private.subject_of(cart.token_hash, cart.user_id), v_line, v_now, limits);
  end if;
  v_until := least(v_now + limits.hold_time, v_line.held_since + limits.hold_cap);
  if v_held < v_line.quantity then
    if v_until <= v_now then
      perform private.refuse(private.hold_paused(variant_id, v_until + limits.hold_pause - v_now));
    end if;
    if cart.network is not null then
      perform private.check_network(cart.network, variant_id, v_line.quantity - v_held, v_now, limits);
      perform set_config('onhand.network', cart.network, true);
    end if;
    v_taken := private.take_units(array[hold_line.variant_id], array[v_line.quantity - v_held], cart.id, null, v_until);
    if cart.network is not null then
      perform set_config('onhand.network', '', true);
    end if;
    if v_held + v_taken < v_line.quantity then
      perform private.refuse(private.not_enough_left(jsonb_build_array(jsonb_build_object('variant_id', hold_line.variant_id,
        'wanted', v_line.quantity, 'left', v_held + v_taken))));
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
    where claims.cart_id = cart.id and claims.variant_id = hold_line.variant_id
      and claims.expires_at < v_until;
  end if;
  if cart.network is not null and v_until >= v_line.held_since + limits.hold_cap then
    perform private.keep_streak(cart, v_line, v_until);
  end if;
end;
$$;
comment on function private.hold_line(public.carts, uuid, private.shop_limits) is
  'Holds what a cart line still lacks and renews its time, up to hold_cap in a streak. When units are added, the whole line
   takes today''s price. The caller holds cart and variant and has released what ran out. Raises not_enough_left,
   hold_limit and hold_paused (409).';

create function private.hold_more(cart public.carts, variant_id uuid, quantity integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits;
  v_total integer;
begin
  select * into v_limits from private.shop_limits;
  if quantity is null or quantity not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many more units to hold.');
  end if;
  perform from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = hold_more.variant_id and variants.active and products.status = 'active';
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not for sale any more.');
  end if;

  insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since)
  values (cart.id, hold_more.variant_id, hold_more.quantity, 0, private.clock())
  on conflict on constraint cart_lines_pkey do update
  set quantity = line.quantity + excluded.quantity
  where line.quantity + excluded.quantity <= 99
  returning line.quantity into v_total;
  if not found then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'more than 99 in one line', 'value', quantity),
      'Split it over several orders.');
  end if;

  perform private.check_cart(cart.id, v_limits);
  perform private.release_expired(array[variant_id]);
  perform private.check_limits(array[variant_id], array[v_total], auth.uid(), null);
  perform private.hold_line(cart, variant_id, v_limits);
  return private.cart_as_json(cart.id);
end;
$$;
comment on function private.hold_more(public.carts, uuid, integer) is
  'Puts more units into a cart, holds the whole line and returns the cart. The caller holds cart and variant. Raises
   what hold_stock does.';

create function private.hold_stock(variant_id uuid, quantity integer, idempotency_key uuid, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_network text := case when auth.uid() is null then private.believed_network(network) end;
  v_response jsonb;
  v_cart public.carts;
begin
  v_response := private.begin_once(idempotency_key, 'hold_stock',
    private.hold_request(private.cart_owner(cart_token), variant_id, quantity));
  if v_response is not null then
    return v_response;
  end if;
  v_cart := private.own_cart(cart_token, make => true, seen_in => v_network);
  perform private.check_caller('hold', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  -- Before the line, which points at the variant: an import that renames it locks in this order too.
  perform private.queue_for(array[variant_id]);
  v_response := private.hold_more(v_cart, variant_id, quantity);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
end;
$$;
comment on function private.hold_stock(uuid, integer, uuid, text, text) is 'See public.hold_stock.';

create function private.hold_request(owner text, variant_id uuid, quantity integer)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return to_jsonb(encode(sha256(convert_to(concat_ws(' ', owner, variant_id, quantity), 'UTF8')), 'hex'));
end;
$$;
comment on function private.hold_request(text, uuid, integer) is
  'The request of a hold as its key keeps it: a hash of typed values, so that two spellings of one request are the same.';

create function public.hold_stock(
  variant_id uuid, quantity integer, idempotency_key uuid, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.hold_stock(variant_id, quantity, idempotency_key, cart_token, network);
end;
$$;
comment on function public.hold_stock(uuid, integer, uuid, text, text) is
  'Puts quantity more units (1 to 99; a line never exceeds 99) of a variant into the caller''s cart and holds the whole
   line for shop_limits.hold_time, from whichever locations have them, at the price of now: units that were held before at another
   price take it, too. network: the network the guest calls from, believed from the shop''s server. Returns the cart as
   read_cart does. All or nothing. Raises invalid_input (422), not_found (404), not_enough_left (409: what is left, which
   siblings), limit_reached (409), hold_limit (409), hold_paused (409), too_many_requests (429), blocked (403),
   idempotency_key_reused (409).';

-- schemas/holds/release.sql

-- release_hold ------------------------------------------------------------------------------------------------

create function private.release_hold(variant_id uuid, idempotency_key uuid, cart_token text, quantity integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_response jsonb;
  v_cart public.carts;
  v_line public.cart_lines;
  v_left integer;
  v_claim public.claims;
  v_surplus integer;
begin
  v_response := private.begin_once(idempotency_key, 'release_hold',
    private.hold_request(private.cart_owner(cart_token), variant_id, quantity));
  if v_response is not null then
    return v_response;
  end if;
  if quantity not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'not 1 to 99', 'value', quantity),
      'Say how many units to give back, or nothing for all.');
  end if;

  v_cart := private.own_cart(cart_token);
  perform private.check_caller('cart', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  select * into v_line
  from public.cart_lines as line
  where line.cart_id = v_cart.id and line.variant_id = release_hold.variant_id;
  v_left := v_line.quantity - coalesce(release_hold.quantity, v_line.quantity);
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not in this cart.');
  end if;

  if v_left > 0 then
    update public.cart_lines as line set quantity = v_left
    where line.cart_id = v_cart.id and line.variant_id = release_hold.variant_id;
  else
    delete from public.cart_lines as line where line.cart_id = v_cart.id and line.variant_id = release_hold.variant_id;
    if v_line.held_until is not null then
      perform private.keep_streak(v_cart, v_line, least(v_line.held_until, private.clock()));
    end if;
  end if;

  perform private.queue_for(array[variant_id]);
  select sum(claims.quantity) - greatest(v_left, 0) into v_surplus
  from public.claims
  where claims.cart_id = v_cart.id and claims.variant_id = release_hold.variant_id;
  for v_claim in
    select * from public.claims
    where claims.cart_id = v_cart.id and claims.variant_id = release_hold.variant_id
    order by claims.id desc
  loop
    exit when v_surplus <= 0;
    if v_claim.quantity <= v_surplus then
      delete from public.claims where claims.id = v_claim.id;
    else
      update public.claims set quantity = claims.quantity - v_surplus where claims.id = v_claim.id;
    end if;
    v_surplus := v_surplus - v_claim.quantity;
  end loop;

  v_response := private.cart_as_json(v_cart.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return v_response;
end;
$$;
comment on function private.release_hold(uuid, uuid, text, integer) is 'See public.release_hold.';

create function public.release_hold(
  variant_id uuid, idempotency_key uuid, cart_token text default null, quantity integer default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.release_hold(variant_id, idempotency_key, cart_token, quantity);
end;
$$;
comment on function public.release_hold(uuid, uuid, text, integer) is
  'Takes quantity units (all, when NULL) of a variant out of the caller''s cart and gives up their hold: the inverse of
   hold_stock. Returns the cart. Raises not_found (404) for what is not in it, invalid_input (422),
   idempotency_key_reused (409).';

-- extend_hold -------------------------------------------------------------------------------------------------

create function private.extend_hold(cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_cart public.carts := private.own_cart(cart_token, seen_in => private.believed_network(network));
  v_limits private.shop_limits;
  v_variants uuid[];
  v_variant uuid;
begin
  perform private.check_caller('cart', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  select * into v_limits from private.shop_limits;
  select coalesce(array_agg(line.variant_id order by line.variant_id), '{}') into v_variants
  from public.cart_lines as line
  join public.variants on variants.id = line.variant_id and variants.active
  join public.products on products.id = variants.product_id and products.status = 'active'
  where line.cart_id = v_cart.id;

  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  foreach v_variant in array v_variants loop
    begin
      perform private.check_limits(array[v_variant], array[(
        select line.quantity from public.cart_lines as line where line.cart_id = v_cart.id and line.variant_id = v_variant
      )], auth.uid(), null);
      perform private.hold_line(v_cart, v_variant, v_limits);
    exception when sqlstate 'PT409' then
      null; -- A line that cannot be held again stays in the cart, marked: held below quantity, and paused_until.
    end;
  end loop;
  perform private.count_callers('cart', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]);
  return private.cart_as_json(v_cart.id);
end;
$$;
comment on function private.extend_hold(text, text) is 'See public.extend_hold.';

create function public.extend_hold(cart_token text default null, network text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.extend_hold(cart_token, network);
end;
$$;
comment on function public.extend_hold(text, text) is
  'A sign of life from checkout: every hold of the caller''s cart lasts shop_limits.hold_time from now, up to hold_cap in all, and
   lines whose hold has run out are held again at today''s price where units are left and hold_cap is not used up. Needs no key:
   calling it twice has the effect of one call. Returns the cart. Raises invalid_input (422) without a token,
   too_many_requests (429), blocked (403).';

-- The shop's server for guests, by their token; people who are signed in for themselves.
revoke execute on function
  public.read_cart(text), public.hold_stock(uuid, integer, uuid, text, text),
  public.release_hold(uuid, uuid, text, integer), public.extend_hold(text, text)
from public, anon;
grant execute on function
  public.read_cart(text), public.hold_stock(uuid, integer, uuid, text, text),
  public.release_hold(uuid, uuid, text, integer), public.extend_hold(text, text),
  private.read_cart(text), private.hold_stock(uuid, integer, uuid, text, text),
  private.release_hold(uuid, uuid, text, integer), private.extend_hold(text, text)
to authenticated, service_role;

-- schemas/orders/requests.sql

-- From cart to order. Orders that wait together are placed together: in a rush the cost of an order is not its units
-- but its statements, and thirty orders need no more of those than one (docs/decisions/0013).
--
--   requests ──▶ drafts ──▶ lines ──▶ shares ──▶ orders
--   (checked)    (whose     (what, at  (which     (everything an order is, in one statement)
--                 cart)      a price)   place)
--
-- Nothing is locked but keys and carts until the lines are known. Then the variants are, and what was not held is
-- shared out, first come first served, each order all or nothing. place_order is a call with one request.

create type private.order_request as (
  field text, key uuid, cart_hash bytea, token_hash bytea, network text, proof boolean, email text, name text, phone text,
  delivery public.delivery_method, location_id uuid, address jsonb, provider public.payment_provider, expected_minor bigint
);
comment on type private.order_request is
  'A request for an order as it was read from JSON; nothing after this sees the JSON. field: the first one that is missing
   or not right.';

create type private.order_draft as (
  n integer, key uuid, request_hash jsonb, token_hash bytea, guest_hash bytea, network text, proof boolean, cart_id uuid,
  email text, name text, phone text, delivery public.delivery_method, collect_at uuid, address jsonb,
  provider public.payment_provider, expected_minor bigint, order_id uuid, payment_id uuid, placed_at timestamptz,
  held_until timestamptz, deadline timestamptz, refusal jsonb
);
comment on type private.order_draft is
  'One request of a call, in the n-th place, checked: what its order will be, or the refusal. Not held_until: its units are
   committed at once.';

create type private.draft_line as (
  n integer, cart_id uuid, variant_id uuid, sku text, title text, option_values text[], price_minor integer, tax_rate_bp integer,
  quantity integer, total_minor bigint, tax_minor bigint, limit_per_person integer, for_sale boolean
);
comment on type private.draft_line is 'What the n-th draft wants, with what the order will for ever say about it.';

create type private.draft_share as (n integer, variant_id uuid, location_id uuid, units integer);
comment on type private.draft_share is 'Units of one place for one line of the n-th draft.';

-- Reading -----------------------------------------------------------------------------------------------------

create function private.secret_hash_in(value jsonb)
returns bytea
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(value) = 'string' and length(value #>> '{}') between 32 and 200 then
    return sha256(convert_to(value #>> '{}', 'UTF8'));
  end if;
  return null;
end;
$$;
comment on function private.secret_hash_in(jsonb) is
  'The hash of a guest''s secret in JSON, by the rule of private.token_hash. NULL for anything else.';

create function private.email_in(value jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_email text := lower(private.text_in(value, 254, 3));
begin
  if length(v_email) <= 254
    and v_email ~ '^[^[:space:]@<>()\[\],;:"\\]+@[^[:space:]@<>()\[\],;:"\\.]+(\.[^[:space:]@<>()\[\],;:"\\.]+)+$' then
    return v_email;
  end if;
  return null;
end;
$$;
comment on function private.email_in(jsonb) is
  'An e-mail address, in lower case: one @, a domain of at least two parts, no spaces and none of <>()[],;:"\. Letters of
   any language. NULL for anything else.';

create function private.address_in(address jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_country text := private.text_in(address -> 'country', 2, 2);
begin
  return jsonb_build_object('line1', private.text_in(address -> 'line1', 200),
    'postcode', private.text_in(address -> 'postcode', 20), 'city', private.text_in(address -> 'city', 200),
    'country', case when v_country ~ '^[A-Z]{2}$' then v_country end);
end;
$$;
comment on function private.address_in(jsonb) is 'The known keys of an address; NULL in place of what is missing or not right.';

create function private.wrong_field(request jsonb, asked private.order_request, is_guest boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when asked.key is null then 'idempotency_key'
    when is_guest and asked.cart_hash is null then 'cart_token'
    when asked.token_hash is null and (is_guest or request -> 'order_token' <> 'null') then 'order_token'
    when jsonb_typeof(request -> 'contact') is distinct from 'object' then 'contact'
    when asked.email is null then 'contact.email'
    when asked.name is null then 'contact.name'
    when asked.phone is null and request -> 'contact' -> 'phone' <> 'null' then 'contact.phone'
    when asked.provider is null then 'payment'
    when asked.expected_minor is null and request -> 'expected_total_minor' <> 'null' then 'expected_total_minor'
    when asked.delivery is null then 'delivery.method'
    when asked.delivery = 'collection' then case when asked.location_id is null then 'delivery.location_id' end
    when asked.address ->> 'line1' is null then 'delivery.address.line1'
    when asked.address ->> 'postcode' is null then 'delivery.address.postcode'
    when asked.address ->> 'city' is null then 'delivery.address.city'
    when asked.address ->> 'country' is null then 'delivery.address.country'
  end;
end;
$$;
comment on function private.wrong_field(jsonb, private.order_request, boolean) is
  'The first field of a request that is missing or was not read; NULL when all are right. An optional one may be null.';

create function private.read_request(request jsonb, is_guest boolean)
returns private.order_request
language plpgsql
stable
set search_path = ''
as $$
declare
  asked private.order_request;
  v_contact jsonb := request -> 'contact';
  v_delivery jsonb := request -> 'delivery';
  v_method jsonb := v_delivery -> 'method';
  v_payment jsonb := request -> 'payment';
begin
  if pg_column_size(request) > 16384 then
    asked.field := 'request';
    return asked;
  end if;
  asked.key := private.uuid_in(request -> 'idempotency_key');
  asked.cart_hash := case when is_guest then private.secret_hash_in(request -> 'cart_token') end;
  asked.token_hash := private.secret_hash_in(request -> 'order_token');
  asked.email := private.email_in(v_contact -> 'email');
  asked.name := private.text_in(v_contact -> 'name', 120);
  if v_contact ? 'phone' then
    asked.phone := private.text_in(v_contact -> 'phone', 40);
  end if;
  if request ? 'expected_total_minor' then
    asked.expected_minor := private.whole_in(request -> 'expected_total_minor', 0, 1000000000000000);
  end if;
  if jsonb_typeof(v_payment) = 'string' and pg_input_is_valid(v_payment #>> '{}', 'public.payment_provider') then
    asked.provider := (v_payment #>> '{}')::public.payment_provider;
  end if;
  if v_method = '"collection"' then
    asked.delivery := 'collection';
    asked.location_id := private.uuid_in(v_delivery -> 'location_id');
  elsif v_method = '"delivery"' then
    asked.delivery := 'delivery';
    asked.address := private.address_in(v_delivery -> 'address');
  end if;
  -- What only the shop's own server can say.
  if private.is_trusted() then
    asked.network := substring(request ->> 'network' from '^[0-9a-f]{32}$');
    asked.proof := request -> 'proof' = 'true';
  end if;
  asked.field := private.wrong_field(request, asked, is_guest);
  return asked;
end;
$$;
comment on function private.read_request(jsonb, boolean) is
  'Reads a request once, from known keys, each of its own type and within its length; keys it does not know are ignored.';

create function private.refuse_request(asked private.order_request, place uuid, is_offered boolean)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when asked.field is not null then private.refusal(422, 'invalid_input', jsonb_build_object('field', asked.field,
      'problem', 'missing, too long or not valid'), 'See place_order for what to send.')
    when not is_offered then private.refusal(422, 'invalid_input',
      '{"field": "payment", "problem": "not offered by this shop"}', 'Choose a payment that is offered.')
    when asked.delivery = 'delivery' and asked.provider = 'on_collection' then private.refusal(422, 'invalid_input',
      '{"field": "payment", "problem": "not with delivery"}', 'An order that is delivered is paid online.')
    when asked.delivery = 'collection' and place is null then private.refusal(404, 'not_found',
      jsonb_build_object('location_id', asked.location_id), 'Choose an active location.')
  end;
end;
$$;
comment on function private.refuse_request(private.order_request, uuid, boolean) is
  'The refusal of a request that is not right by itself, whatever is in its cart; NULL when it is.';

create function private.has_confirmed_email(user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return user_id is not null and exists (
    select from auth.users where users.id = has_confirmed_email.user_id and users.email_confirmed_at is not null
  );
end;
$$;
comment on function private.has_confirmed_email(uuid) is 'Whether Auth has seen this account receive e-mail.';

-- schemas/orders/checkout.sql

create function private.draft_orders(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_confirmed boolean := private.has_confirmed_email(auth.uid());
  v_now timestamptz := private.clock();
  v_unpaid_until timestamptz := v_now + (select shop_limits.unpaid_for from private.shop_limits);
  v_drafts private.order_draft[];
begin
  select array_agg(row(
      given.n, asked.key,
      private.request_hash(jsonb_build_array(v_user, encode(asked.cart_hash, 'hex'), encode(asked.token_hash, 'hex'), asked.email,
        asked.name, asked.phone, asked.delivery, asked.location_id, asked.address, asked.provider, asked.expected_minor)),
      asked.token_hash, asked.cart_hash, asked.network, asked.proof, carts.id, asked.email, asked.name, asked.phone,
      asked.delivery, locations.id, asked.address, asked.provider, asked.expected_minor, gen_random_uuid(), gen_random_uuid(),
      case when asked.provider = 'on_collection' then v_now end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline end,
      case when asked.provider <> 'on_collection' then v_now + kind.deadline when not v_is_confirmed then v_unpaid_until end,
      private.refuse_request(asked, locations.id, coalesce(kind.enabled, false))
    )::private.order_draft order by given.n)
  into v_drafts
  from jsonb_array_elements(requests) with ordinality as given (request, n)
  cross join lateral private.read_request(given.request, v_user is null) as asked
  left join private.payment_providers as kind on kind.provider = asked.provider
  left join public.carts on carts.token_hash = asked.cart_hash or carts.user_id = v_user
  left join public.locations on locations.active and locations.id = asked.location_id;
  return v_drafts;
end;
$$;
comment on function private.draft_orders(jsonb) is 'Reads and checks requests; locks and writes nothing.';

create function private.lines_of(drafts private.order_draft[])
returns private.draft_line[]
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_lines private.draft_line[];
begin
  select array_agg(row(draft.n, line.cart_id, line.variant_id, variants.sku, products.title, variants.option_values,
      price.minor, products.tax_rate_bp, line.quantity, price.minor::bigint * line.quantity,
      private.tax_included(price.minor::bigint * line.quantity, products.tax_rate_bp),
      variants.limit_per_person, variants.active and products.status = 'active'
    )::private.draft_line order by draft.n, line.variant_id)
  into v_lines
  from unnest(drafts) as draft
  join public.cart_lines as line on line.cart_id = draft.cart_id
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  -- The price of a hold that lives, else today's.
  cross join lateral (
    select case when exists (
      select from public.claims
      where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id and claims.expires_at > v_now
    ) then line.price_minor else variants.price_minor end as minor
  ) as price;
  return coalesce(v_lines, '{}');
end;
$$;
comment on function private.lines_of(private.order_draft[]) is 'What is in the carts of drafts, by draft and variant, at the price each line has now.';

create function private.begin_orders(drafts private.order_draft[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_until timestamptz := clock_timestamp() + interval '1 second';
  v_seed bigint := uuid_hash_extended(private.actor(), 1); -- as in private.key_gate
  v_busy uuid[];
  v_known jsonb;
  v_draft private.order_draft;
  v_first jsonb;
  v_seen uuid[] := '{}';
  v_answers jsonb := '{}';
begin
  -- In one order for everybody; only a key that another call is using is waited for.
  v_busy := array(
    select asked.key
    from (
      select distinct draft.key, uuid_hash_extended(draft.key, v_seed) as gate
      from unnest(drafts) as draft where draft.refusal is null
      order by 2
    ) as asked
    where not pg_try_advisory_xact_lock(asked.gate)
  );
  v_busy := array(select asked.key from unnest(v_busy) as asked (key) where not private.try_gate(private.key_gate(asked.key), v_until));
  select coalesce(jsonb_object_agg(first.key, to_jsonb(first)), '{}') into v_known
  from private.idempotency_keys as first
  where first.actor = private.actor() and first.key = any (array(select draft.key from unnest(drafts) as draft));

  foreach v_draft in array drafts loop
    v_first := v_known -> v_draft.key::text;
    if v_draft.refusal is not null then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_draft.refusal));
    elsif v_draft.key = any (v_busy) then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', private.busy()));
    elsif v_first ->> 'operation' = 'place_order' and v_first -> 'request' = v_draft.request_hash then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('order', v_first -> 'response'));
    elsif v_first is not null or v_draft.key = any (v_seen) then
      v_answers := v_answers || jsonb_build_object(v_draft.n, jsonb_build_object('refused', private.refusal(409,
        'idempotency_key_reused', jsonb_build_object('operation', coalesce(v_first ->> 'operation', 'place_order')),
        'This key already stands for another request. Make a new key for a new gesture.')));
    else
      v_seen := v_seen || v_draft.key;
    end if;
  end loop;
  return v_answers;
end;
$$;
comment on function private.begin_orders(private.order_draft[]) is
  'begin_once for many: takes the keys'' locks. Returns, by n, the answers of drafts that are not new orders: refused, or
   what their key answered the first time. write_orders stores the keys of the others, with their answers.';

create function private.lock_carts(cart_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_cart uuid;
  v_locked uuid[] := '{}';
begin
  begin
    perform from public.carts where carts.id = any (cart_ids) order by carts.id for no key update;
    return '{}';
  exception when lock_not_available then
    null;
  end;
  foreach v_cart in array array(select distinct asked.id from unnest(cart_ids) as asked (id) where asked.id is not null order by 1) loop
    begin
      perform from public.carts where carts.id = v_cart for no key update nowait;
    exception when lock_not_available then
      v_locked := v_locked || v_cart;
    end;
  end loop;
  return v_locked;
end;
$$;
comment on function private.lock_carts(uuid[]) is 'Locks these carts and returns those that are locked by others for too long.';

create function private.refuse_drafts(drafts private.order_draft[], lines private.draft_line[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(refused.n, jsonb_build_object('refused', refused.refusal)), '{}')
    from (
      select draft.n, case
        when cart.total_minor is null then
          private.refusal(409, 'cart_empty', '{}', 'Put something into the cart first. If this was sent twice, repeat the first key.')
        when cart.off_sale is not null then
          private.refusal(409, 'not_for_sale', jsonb_build_object('lines', cart.off_sale), 'Take these lines out of the cart.')
        when draft.expected_minor <> cart.total_minor then
          private.refusal(409, 'price_changed', jsonb_build_object('expected_minor', draft.expected_minor, 'total_minor', cart.total_minor),
            'Show the new total and ask again.')
      end as refusal
      from unnest(drafts) as draft
      left join (
        select line.n, sum(line.total_minor) as total_minor,
          jsonb_agg(jsonb_build_object('variant_id', line.variant_id)) filter (where not line.for_sale) as off_sale
        from unnest(lines) as line
        group by line.n
      ) as cart on cart.n = draft.n
    ) as refused
    where refused.refusal is not null
  );
end;
$$;
comment on function private.refuse_drafts(private.order_draft[], private.draft_line[]) is
  'What is wrong before any unit is taken, by n: an empty cart, something not for sale, another total than expected.';

create function private.is_unpaid(order_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.payments as payment
    where payment.order_id = is_unpaid.order_id and payment.status = 'due' and payment.deadline is not null
  );
end;
$$;
comment on function private.is_unpaid(uuid) is 'Whether an order is to be paid on collection and has a deadline.';

create function private.open_unpaid(asked private.order_draft[])
returns table (user_id uuid, guest_hash bytea, network text)
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_guests bytea[] := array(select draft.guest_hash from unnest(asked) as draft where draft.guest_hash is not null);
  v_networks text[] := array(select distinct draft.network from unnest(asked) as draft where draft.network is not null);
  v_since timestamptz := private.clock() - (select shop_limits.unpaid_for from private.shop_limits);
begin
  -- (offset 0: so that the index of the person is used, whatever the planner believes while the tables are young.)
  if auth.uid() is not null then
    return query
    select mine.user_id, null::bytea, null::text
    from (select orders.id, orders.user_id, orders.status from public.orders where orders.user_id = auth.uid() offset 0) as mine
    where mine.status = 'placed' and private.is_unpaid(mine.id);
  else
    return query
    select null::uuid, mine.guest_hash, null::text
    from (select orders.id, orders.guest_hash, orders.status from public.orders where orders.guest_hash = any (v_guests) offset 0) as mine
    where mine.status = 'placed' and private.is_unpaid(mine.id);
  end if;
  if v_networks <> '{}' then
    return query
    select null::uuid, null::bytea, near.network
    from (
      select orders.id, orders.network, orders.status from public.orders
      where orders.network = any (v_networks) and orders.created_at > v_since offset 0
    ) as near
    where near.status = 'placed' and private.is_unpaid(near.id);
  end if;
end;
$$;
comment on function private.open_unpaid(private.order_draft[]) is
  'The unpaid orders with a deadline: a row for each of the caller''s account or of the guests of these drafts, and one for
   each of their networks.';

create function private.may_exceed(asked private.order_draft[], lines private.draft_line[], limits private.shop_limits)
returns boolean
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return auth.uid() is not null
    or limits.unpaid_orders < 1
    or exists (select from unnest(asked) as draft where draft.network is not null)
    or exists (select from unnest(lines) as line group by line.n having sum(line.total_minor) > limits.unpaid_minor)
    or exists (
      select from public.orders
      where orders.guest_hash = any (array(select draft.guest_hash from unnest(asked) as draft))
    );
end;
$$;
comment on function private.may_exceed(private.order_draft[], private.draft_line[], private.shop_limits) is
  'Whether unpaid orders have to be counted at all. Small first orders of guests of whom no network is known exceed nothing.';

create function private.refuse_unpaid(drafts private.order_draft[], lines private.draft_line[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits := (select shop_limits from private.shop_limits);
  v_asked private.order_draft[];
begin
  v_asked := array(
    select draft from unnest(drafts) as draft
    where draft.provider = 'on_collection' and draft.deadline is not null and draft.proof is not true
  );
  if v_asked = '{}' then
    return '{}';
  end if;
  if not private.may_exceed(v_asked, lines, v_limits) then
    return '{}';
  end if;
  -- Two calls from one network must not both be the last one within the limit.
  perform pg_advisory_xact_lock(hashtextextended(asked.network, 2))
  from (select distinct draft.network from unnest(v_asked) as draft where draft.network is not null order by 1) as asked;
  return (
    with open as materialized (select * from private.open_unpaid(v_asked)),
    totals as (select line.n, sum(line.total_minor) as minor from unnest(lines) as line group by line.n),
    own as (select open.guest_hash, count(*) as orders from open where open.guest_hash is not null group by open.guest_hash),
    near as (select open.network, count(*) as orders from open where open.network is not null group by open.network),
    asked as (select draft.*, row_number() over (partition by draft.network order by draft.n) as place from unnest(v_asked) as draft)
    select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.refusal(409, 'proof_needed', '{"bits": 18}',
      'Confirm an e-mail address and sign in, or solve the proof of work and order again.'))), '{}')
    from asked
    join totals using (n)
    cross join (select count(*) as orders from open where open.user_id = auth.uid()) as account
    left join own using (guest_hash)
    left join near using (network)
    where totals.minor > v_limits.unpaid_minor
      or account.orders + coalesce(own.orders, 0) >= v_limits.unpaid_orders
      or asked.network is not null and coalesce(near.orders, 0) + asked.place > v_limits.unpaid_orders
  );
end;
$$;
comment on function private.refuse_unpaid(private.order_draft[], private.draft_line[]) is
  'Orders that would be paid on collection, by people nobody knows: large ones, and more than a few from one network or
   guest, need a confirmed e-mail address or a proof of work. By n. The limits are in private.shop_limits.';

-- schemas/orders/allocation.sql

create function private.which_are_held(lines private.draft_line[])
returns boolean[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select exists (select from public.claims where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id)
    from unnest(lines) as line
    order by line.n, line.variant_id
  );
end;
$$;
comment on function private.which_are_held(private.draft_line[]) is
  'For each line, whether its cart has claims for it. A line is held in full or not at all. Under the variants'' locks.';

create function private.share_out(
  drafts private.order_draft[], lines private.draft_line[], out shares private.draft_share[], out refusals jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_held boolean[] := private.which_are_held(lines);
  v_unheld uuid[] := array(select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]);
  v_variants uuid[];
  v_places uuid[];
  v_left integer[];
  v_draft private.order_draft;
  v_line private.draft_line;
  v_at integer := 1;
  v_level integer;
  v_missing integer;
  v_units integer;
  v_levels integer[] := '{}';
  v_before integer;
  v_short jsonb;
  v_refusal jsonb;
begin
  shares := '{}';
  refusals := '{}';
  -- Even a hold that ran out a moment ago stands, as long as nobody needs its units; who does, releases it first.
  if cardinality(v_unheld) > 0 then
    perform private.release_expired(v_unheld);
    v_is_held := private.which_are_held(lines);
    select array_agg(level.variant_id order by level.variant_id, locations.position, level.location_id),
      array_agg(level.location_id order by level.variant_id, locations.position, level.location_id),
      array_agg(level.available order by level.variant_id, locations.position, level.location_id)
    into v_variants, v_places, v_left
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    where level.variant_id = any (v_unheld)
      and level.available > 0;
  end if;

  -- v_left counts down as shares are given. Each draft is another person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_before := cardinality(shares);
    v_short := '[]';
    v_refusal := null;
    loop
      v_line := lines[v_at];
      exit when v_line.n is distinct from v_draft.n;
      if v_line.limit_per_person is not null then
        v_units := private.units_bought(v_line.variant_id, v_user, v_draft.guest_hash);
        if v_units + v_line.quantity > v_line.limit_per_person then
          v_refusal := private.refusal(409, 'limit_reached', jsonb_build_object('variant_id', v_line.variant_id,
            'limit', v_line.limit_per_person, 'bought', v_units, 'wanted', v_line.quantity), 'Take fewer: the limit counts earlier orders too.');
        end if;
      end if;
      if not v_is_held[v_at] then
        v_missing := v_line.quantity;
        -- The place of collection gives first, then the shop's own order.
        for v_pass in case when v_draft.collect_at is null then 2 else 1 end .. 2 loop
          v_level := array_position(v_variants, v_line.variant_id);
          while v_missing > 0 and v_variants[v_level] = v_line.variant_id loop
            v_units := least(v_left[v_level], v_missing);
            if v_units > 0 and (v_pass = 2 or v_places[v_level] = v_draft.collect_at) then
              shares := array_append(shares, row(v_draft.n, v_line.variant_id, v_places[v_level], v_units)::private.draft_share);
              v_levels := array_append(v_levels, v_level);
              v_left[v_level] := v_left[v_level] - v_units;
              v_missing := v_missing - v_units;
            end if;
            v_level := v_level + 1;
          end loop;
        end loop;
        if v_missing > 0 then
          v_short := v_short || jsonb_build_object('variant_id', v_line.variant_id, 'wanted', v_line.quantity,
            'left', v_line.quantity - v_missing);
        end if;
      end if;
      v_at := v_at + 1;
    end loop;

    if v_refusal is null and v_short <> '[]' then
      v_refusal := private.not_enough_left(v_short);
    end if;
    if v_refusal is not null then
      refusals := refusals || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_refusal));
      -- All or nothing: what a refused order took on the way is there for the next.
      for v_share in v_before + 1 .. cardinality(shares) loop
        v_left[v_levels[v_share]] := v_left[v_levels[v_share]] + (shares[v_share]).units;
      end loop;
      shares := shares[1:v_before];
      v_levels := v_levels[1:v_before];
    end if;
  end loop;
end;
$$;
comment on function private.share_out(private.order_draft[], private.draft_line[]) is
  'Gives each draft in its turn the units it does not hold, all or nothing: shares says from where, refusals by n who
   was short or beyond a limit. Writes nothing but what ran out. The caller
   holds the variants'' locks.';

-- schemas/orders/place_orders.sql

create function private.write_orders(drafts private.order_draft[], lines private.draft_line[], shares private.draft_share[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_currency text := (select shop_settings.currency from public.shop_settings where shop_settings.only_row);
  v_carts uuid[] := array(select draft.cart_id from unnest(drafts) as draft);
  v_orders public.orders[];
  v_items public.order_items[];
  v_answers jsonb;
begin
  with made as (
    insert into public.orders (id, user_id, token_hash, guest_hash, network, email, name, phone, delivery, collect_at, address,
      status, currency, units, total_minor, tax_minor, placed_at)
    select draft.order_id, auth.uid(), draft.token_hash, draft.guest_hash, draft.network, draft.email, draft.name, draft.phone,
      draft.delivery, draft.collect_at, draft.address,
      case when draft.held_until is null then 'placed' else 'awaiting_payment' end::public.order_status, v_currency, cart.units, cart.total_minor, cart.tax_minor, draft.placed_at
    from unnest(drafts) as draft
    join (
      select line.n, sum(line.quantity) as units, sum(line.total_minor) as total_minor, sum(line.tax_minor) as tax_minor
      from unnest(lines) as line
      group by line.n
    ) as cart using (n)
    order by draft.n
    returning *
  )
  select array_agg(made::public.orders order by made.number) into v_orders from made;

  insert into public.payments (id, order_id, provider, status, currency, amount_minor, deadline)
  select draft.payment_id, draft.order_id, draft.provider,
    case when draft.held_until is null then 'due' else 'pending' end::public.payment_status, v_currency, made.total_minor, draft.deadline
  from unnest(drafts) as draft
  join unnest(v_orders) as made on made.id = draft.order_id;

  insert into public.order_events (order_id, kind)
  select made.id, made.status::text from unnest(v_orders) as made;

  with made as (
    insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity,
      total_minor, tax_minor, sold_at)
    select draft.order_id, line.variant_id, line.sku, line.title, line.option_values, line.price_minor, line.tax_rate_bp, line.quantity,
      line.total_minor, line.tax_minor, draft.placed_at
    from unnest(lines) as line
    join unnest(drafts) as draft using (n)
    order by line.n, line.variant_id
    returning *
  )
  select array_agg(made::public.order_items) into v_items from made;

  if cardinality(shares) > 0 then
    insert into public.claims (variant_id, location_id, order_item_id, quantity, expires_at)
    select share.variant_id, share.location_id, item.id, share.units, draft.held_until
    from unnest(shares) as share
    join unnest(drafts) as draft using (n)
    join unnest(v_items) as item on item.order_id = draft.order_id and item.variant_id = share.variant_id;
  end if;
  if exists (select from public.claims where claims.cart_id = any (v_carts)) then
    update public.claims
    set cart_id = null, order_item_id = item.id, expires_at = draft.held_until
    from unnest(drafts) as draft
    join unnest(v_items) as item on item.order_id = draft.order_id
    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;
  end if;
  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);

  with answer as (
    select draft.n, draft.key, draft.request_hash, jsonb_build_object('order_id', made.id, 'number', made.number,
      'status', made.status, 'total_minor', made.total_minor, 'tax_minor', made.tax_minor, 'currency', v_currency,
      'payment_id', draft.payment_id, 'pay_until', draft.deadline) as placed
    from unnest(drafts) as draft
    join unnest(v_orders) as made on made.id = draft.order_id
  ),
  kept as (
    insert into private.idempotency_keys (actor, key, operation, request, response)
    select private.actor(), answer.key, 'place_order', answer.request_hash, answer.placed from answer order by answer.n
  )
  select jsonb_object_agg(answer.n, jsonb_build_object('order', answer.placed)) into v_answers from answer;
  return v_answers;
end;
$$;
comment on function private.write_orders(private.order_draft[], private.draft_line[], private.draft_share[]) is
  'Everything these orders are: orders, payments, timelines, items, claims (taken or kept), emptied carts, keys with their
   answers. Returns the answers by n.';

create function private.unanswered(inout drafts private.order_draft[], inout lines private.draft_line[], answers jsonb)
language plpgsql
immutable
set search_path = ''
as $$
begin
  drafts := array(select draft from unnest(drafts) as draft where not answers ? draft.n::text order by draft.n);
  lines := array(select line from unnest(lines) as line where not answers ? line.n::text order by line.n, line.variant_id);
end;
$$;
comment on function private.unanswered(private.order_draft[], private.draft_line[], jsonb) is
  'The drafts without an answer, and their lines.';

create function private.list_drafts(requests jsonb)
returns private.order_draft[]
language plpgsql
set search_path = ''
as $$
declare
  v_drafts private.order_draft[];
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100
    or pg_column_size(requests) > 100 * 16384 then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}', 'Send a JSON array of requests.');
  end if;
  v_drafts := private.draft_orders(requests);
  -- By the cart itself, however its secret was written.
  if cardinality(v_drafts) > 1 and (auth.uid() is not null or exists (
    select from unnest(v_drafts) as draft where draft.guest_hash is not null group by draft.guest_hash having count(*) > 1
  )) then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once"}', 'Send each cart once per call.');
  end if;
  return v_drafts;
end;
$$;
comment on function private.list_drafts(jsonb) is
  'The drafts of a call. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

create function private.all_busy(ns integer[])
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (select coalesce(jsonb_object_agg(asked.n, jsonb_build_object('refused', private.busy())), '{}') from unnest(ns) as asked (n));
end;
$$;
comment on function private.all_busy(integer[]) is 'private.busy() for each of these drafts.';

create function private.place_orders(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '3s'
as $$
declare
  v_drafts private.order_draft[] := private.list_drafts(requests);
  v_count integer := cardinality(v_drafts);
  v_lines private.draft_line[] := '{}';
  v_shares private.draft_share[];
  v_locked uuid[];
  v_answers jsonb;
  v_refusals jsonb;
  v_subjects text[] := array(
    select private.subject_of(draft.guest_hash, auth.uid()) from unnest(v_drafts) as draft order by draft.n
  );
  v_networks text[] := array(select draft.network from unnest(v_drafts) as draft order by draft.n);
begin
  -- Keys, then carts, then variants: the order in which everybody locks. A draft with an answer drops out.
  v_answers := private.begin_orders(v_drafts);
  -- (Who repeats an order that was placed is answered, however often they ask.)
  v_answers := private.turned_away('checkout', v_subjects, v_networks) || v_answers;
  v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  v_locked := private.lock_carts(array(select draft.cart_id from unnest(v_drafts) as draft));
  if v_locked <> '{}' then
    v_answers := v_answers || private.all_busy(array(select draft.n from unnest(v_drafts) as draft where draft.cart_id = any (v_locked)));
    v_drafts := (private.unanswered(v_drafts, v_lines, v_answers)).drafts;
  end if;

  v_lines := private.lines_of(v_drafts);
  v_refusals := private.refuse_unpaid(v_drafts, v_lines) || private.refuse_drafts(v_drafts, v_lines);
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;

  v_locked := private.queue_for_free(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  if v_locked <> '{}' then
    v_answers := v_answers || private.all_busy(array(select line.n from unnest(v_lines) as line where line.variant_id = any (v_locked)));
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  select shared.shares, shared.refusals into v_shares, v_refusals from private.share_out(v_drafts, v_lines) as shared;
  if v_refusals <> '{}' then
    v_answers := v_answers || v_refusals;
    select rest.drafts, rest.lines into v_drafts, v_lines from private.unanswered(v_drafts, v_lines, v_answers) as rest;
  end if;
  if cardinality(v_drafts) > 0 then
    v_answers := v_answers || private.write_orders(v_drafts, v_lines, v_shares);
  end if;
  perform private.count_callers('checkout', v_subjects, v_networks);
  return (select jsonb_agg(v_answers -> asked.n::text order by asked.n) from generate_series(1, v_count) as asked (n));
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.place_orders(jsonb) is 'See public.place_orders.';

create function public.place_orders(requests jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_orders(requests);
end;
$$;
comment on function public.place_orders(jsonb) is
  'Places up to a hundred orders at once, for a server in front of many waiting shoppers: each request is an object with
   the arguments of place_order, each from another cart, and each is answered by itself, in its place, with {"order":
   what place_order returns} or {"refused": {status, code, detail, hint}}: what it would have raised. They are served in
   the order of the list; one that would wait too long for a lock is refused as busy, the others go on. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

create function private.place_order(request jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answer jsonb := private.place_orders(jsonb_build_array(request)) -> 0;
begin
  if v_answer ? 'refused' then
    perform private.refuse(v_answer -> 'refused');
  end if;
  return v_answer -> 'order';
end;
$$;
comment on function private.place_order(jsonb) is 'See public.place_order.';

create function public.place_order(
  contact jsonb, delivery jsonb, payment public.payment_provider, idempotency_key uuid,
  cart_token text default null, order_token text default null, expected_total_minor bigint default null,
  network text default null, proof boolean default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.place_order(jsonb_strip_nulls(jsonb_build_object('contact', contact, 'delivery', delivery, 'payment', payment,
    'idempotency_key', idempotency_key, 'cart_token', cart_token, 'order_token', order_token,
    'expected_total_minor', expected_total_minor, 'network', network, 'proof', proof)));
end;
$$;
comment on function public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean) is
  'Orders everything in the caller''s cart, all lines or none, and empties it. contact is {email, name, phone?};
   delivery {"method": "collection", "location_id"} or {"method": "delivery", "address": {line1, postcode, city,
   country}}, the country by its two letters; other keys are ignored. Held units are taken over without another check; what
   was not held is taken now. With on_collection (never with delivery) the order is placed, and keeps its units until
   pay_until unless it is confirmed: by the account''s confirmed e-mail address, or later by confirm_order. Else its units are
   held until pay_until. Guests pass an order_token, the secret of their order link. expected_total_minor is what the
   person saw. From the secret key alone: network, a hash of 32 hex digits, and proof, that a proof of work was checked.
   Returns {order_id, number, status, total_minor, tax_minor, currency, payment_id, pay_until}. Raises not_enough_left (409,
   every short line), cart_empty (409), not_for_sale (409), price_changed (409), limit_reached (409), proof_needed (409),
   too_many_requests (429), blocked (403), not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

revoke execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean), public.place_orders(jsonb)
from public, anon, authenticated;
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean), public.place_orders(jsonb),
  private.place_order(jsonb), private.place_orders(jsonb)
to service_role;
-- Somebody signed in places an order of their own cart; many at once are the shop's server's.
grant execute on function
  public.place_order(jsonb, jsonb, public.payment_provider, uuid, text, text, bigint, text, boolean),
  private.place_order(jsonb)
to authenticated;

-- schemas/holds/together.sql

-- Holds that wait together are made together, as orders are (schemas/orders/requests.sql, docs/decisions/0013): a rush begins with "Add to
-- cart", and there too the call costs the servers more than what it does. Each is as good as a call of hold_stock by itself.

create type private.asked_hold as (
  n integer, variant_id uuid, quantity integer, key uuid, token_hash bytea, network text, subject text, request jsonb
);
comment on type private.asked_hold is
  'The n-th hold of a call, read once from what was sent; request is what its key stands for, as hold_stock writes it down.';

create function private.bad_hold(request jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when jsonb_typeof(request) <> 'object' then 'request'
    when jsonb_typeof(request -> 'variant_id') is distinct from 'string'
      or not pg_input_is_valid(request ->> 'variant_id', 'uuid') then 'variant_id'
    when jsonb_typeof(request -> 'idempotency_key') is distinct from 'string'
      or not pg_input_is_valid(request ->> 'idempotency_key', 'uuid') then 'idempotency_key'
    when jsonb_typeof(request -> 'quantity') is distinct from 'number'
      or not pg_input_is_valid(request ->> 'quantity', 'integer') then 'quantity'
    when jsonb_typeof(request -> 'cart_token') is distinct from 'string'
      or length(request ->> 'cart_token') not between 32 and 200 then 'cart_token'
    when jsonb_typeof(request -> 'network') not in ('null', 'string') then 'network'
  end;
end;
$$;
comment on function private.bad_hold(jsonb) is 'The first field of a request for a hold that is missing or has another type; NULL when all are right.';

create function private.asked_holds(requests jsonb)
returns private.asked_hold[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad text;
  v_asked private.asked_hold[];
begin
  if jsonb_typeof(requests) is distinct from 'array' or jsonb_array_length(requests) not between 1 and 100
    or pg_column_size(requests) > 100000 then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "not a list of 1 to 100"}', 'Send a JSON array of requests.');
  end if;
  select 'requests[' || asked.n - 1 || '].' || bad.field into v_bad
  from jsonb_array_elements(requests) with ordinality as asked (request, n)
  -- (offset 0: so that it is asked once and not at every mention.)
  cross join lateral (select private.bad_hold(asked.request) as field offset 0) as bad
  where bad.field is not null
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_bad, 'problem', 'missing or not valid'),
      'Send variant_id, quantity, idempotency_key and cart_token with each.');
  end if;
  select array_agg(row(asked.n, typed.variant_id, typed.quantity, typed.key, typed.token, typed.network,
    private.subject_of(typed.token, null),
    private.hold_request(encode(typed.token, 'hex'), typed.variant_id, typed.quantity))::private.asked_hold order by asked.n)
  into v_asked
  from jsonb_array_elements(requests) with ordinality as asked (request, n)
  cross join lateral (
    select (request ->> 'variant_id')::uuid as variant_id, (request ->> 'quantity')::integer as quantity,
      (request ->> 'idempotency_key')::uuid as key, private.token_hash(request ->> 'cart_token') as token,
      private.believed_network(request ->> 'network') as network
    offset 0
  ) as typed;
  if auth.uid() is not null or (select count(distinct asked.token_hash) from unnest(v_asked) as asked) < cardinality(v_asked) then
    perform private.refuse(422, 'invalid_input', '{"field": "requests", "problem": "a cart more than once, or of an account"}',
      'Send the cart of each guest once per call; people who are signed in call hold_stock.');
  end if;
  return v_asked;
end;
$$;
comment on function private.asked_holds(jsonb) is
  'Reads requests into typed rows, from known keys; locks and writes nothing, and nothing sees the JSON after it. Raises
   invalid_input (422).';

create function private.try_hold(asked private.asked_hold, is_new boolean)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_cart public.carts;
  v_answer jsonb;
  v_status text;
  v_code text;
  v_detail text;
  v_hint text;
begin
  if is_new then
    select * into v_cart from public.carts where carts.token_hash = asked.token_hash;
    v_answer := private.hold_more(v_cart, asked.variant_id, asked.quantity);
    perform private.finish_once(asked.key, v_answer);
  else
    v_answer := private.begin_once(asked.key, 'hold_stock', asked.request);
  end if;
  return jsonb_build_object('cart', v_answer);
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return jsonb_build_object('refused', private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
end;
$$;
comment on function private.try_hold(private.asked_hold, boolean) is
  'What hold_stock answers, {"cart": …}, or would have raised, {"refused": …}; a refusal undoes this one alone. is_new: its
   key was claimed by this call. The caller holds key, cart and variant.';

create function private.make_carts(asked private.asked_hold[])
returns uuid[]
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_made uuid[];
begin
  with made as (
    insert into public.carts (token_hash, network)
    select each.token_hash, each.network from unnest(asked) as each order by each.token_hash
    on conflict do nothing
    returning carts.id
  )
  select coalesce(array_agg(made.id), '{}') into v_made from made;
  perform from public.carts
  where carts.token_hash = any (array(select each.token_hash from unnest(asked) as each))
  order by carts.id
  for no key update;
  if cardinality(v_made) < cardinality(asked) then
    update public.carts set network = each.network
    from unnest(asked) as each
    where carts.token_hash = each.token_hash and each.network is not null and carts.network is distinct from each.network;
  end if;
  return v_made;
end;
$$;
comment on function private.make_carts(private.asked_hold[]) is
  'Locks the carts of a call, ascending, and says where their guests were last seen; returns those that are new.';

create function private.hold_stocks(requests jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '5s'
as $$
declare
  v_asked private.asked_hold[] := private.asked_holds(requests);
  v_subjects text[] := array(select asked.subject from unnest(v_asked) as asked order by asked.n);
  v_networks text[] := array(select asked.network from unnest(v_asked) as asked order by asked.n);
  v_turned_away jsonb := private.refused_callers('hold', v_subjects, v_networks);
  v_claimed integer[];
  v_made uuid[];
  v_hold private.asked_hold;
  v_answer jsonb;
  v_answers jsonb := '[]';
  v_refused uuid[] := '{}';
begin
  -- Keys, then carts, then variants: the order in which everybody locks. One key for two carts is the first one's.
  with claimed as (
    insert into private.idempotency_keys (actor, key, operation, request)
    select private.actor(), asked.key, 'hold_stock', asked.request
    from unnest(v_asked) as asked
    where not v_turned_away ? asked.n::text
    order by asked.key, asked.n
    on conflict do nothing
    returning idempotency_keys.key, idempotency_keys.request
  )
  select array_agg(asked.n) into v_claimed from claimed join unnest(v_asked) as asked using (key, request);
  v_made := private.make_carts(v_asked);
  perform private.queue_for(array(select distinct asked.variant_id from unnest(v_asked) as asked order by 1));

  foreach v_hold in array v_asked loop
    v_answer := case when v_turned_away ? v_hold.n::text
      then jsonb_build_object('refused', v_turned_away -> v_hold.n::text)
      else private.try_hold(v_hold, coalesce(v_hold.n = any (v_claimed), false)) end;
    v_answers := v_answers || v_answer;
    if v_answer ? 'refused' and v_hold.n = any (v_claimed) then
      v_refused := v_refused || v_hold.key;
    end if;
  end loop;

  -- A refused hold leaves nothing behind: no key, and no cart that was made for it.
  if cardinality(v_refused) > 0 or v_turned_away <> '{}' then
    delete from private.idempotency_keys
    where idempotency_keys.actor = private.actor()
      and idempotency_keys.key = any (v_refused);
    delete from public.carts
    where carts.id = any (v_made)
      and not exists (select from public.cart_lines as line where line.cart_id = carts.id);
  end if;
  perform private.count_callers('hold', v_subjects, v_networks);
  return v_answers;
exception when lock_not_available then
  perform private.refuse(503, 'busy', '{"retry_after_seconds": 5}', 'Nothing was done. Repeat the call with the same keys.');
  return null;
end;
$$;
comment on function private.hold_stocks(jsonb) is 'See public.hold_stocks.';

create function public.hold_stocks(requests jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.hold_stocks(requests);
end;
$$;
comment on function public.hold_stocks(jsonb) is
  'Holds for up to a hundred guests at once, for a server in front of many waiting shoppers: each request is an object with
   the arguments of hold_stock, each from another cart, and each is answered by itself, in its place, with {"cart": what
   hold_stock returns} or {"refused": {status, code, detail, hint}}: what it would have raised. They are served in the
   order of the list. Raises invalid_input (422) for a list that is none, is too long, names a cart twice or an account, and
   busy (503) when somebody else has locked one of the variants for five seconds.';

revoke execute on function public.hold_stocks(jsonb) from public, anon, authenticated;
grant execute on function public.hold_stocks(jsonb), private.hold_stocks(jsonb) to service_role;

-- schemas/orders/reading.sql

-- What happens to an order afterwards: cancelled, handed over, brought back. Refusals: role_required, not_found,
-- invalid_input, order_not_open, not_allocated_here, idempotency_key_reused.

create function private.lock_order(order_id uuid)
returns public.orders
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = lock_order.order_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  return v_order;
end;
$$;
comment on function private.lock_order(uuid) is 'The order, locked. Raises not_found (404).';

create function private.owns_order(owner public.orders, order_token text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(owner.user_id = auth.uid(), false)
    or coalesce(owner.token_hash = case when length(order_token) <= 200 then sha256(convert_to(order_token, 'UTF8')) end, false)
$$;
comment on function private.owns_order(public.orders, text) is 'Whether the caller is the buyer: by account, or by the secret of the order link.';

create function private.refuse_state(refused public.orders, hint text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse(409, 'order_not_open', jsonb_build_object('order_id', refused.id, 'status', refused.status), hint);
end;
$$;
comment on function private.refuse_state(public.orders, text) is 'Raises order_not_open (409) with the status the order is in.';

-- read_order --------------------------------------------------------------------------------------------------

create function private.order_as_json(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select jsonb_build_object(
      'order_id', orders.id, 'number', orders.number, 'status', orders.status, 'version', orders.version,
      'ready', orders.status = 'placed' and private.units_to_pick(orders.id) = 0,
      'email', orders.email, 'name', orders.name, 'phone', orders.phone, 'delivery', orders.delivery,
      'collect_at', orders.collect_at, 'address', orders.address, 'currency', orders.currency, 'units', orders.units,
      'total_minor', orders.total_minor, 'tax_minor', orders.tax_minor, 'created_at', orders.created_at,
      'kept_at', (
        select coalesce(jsonb_agg(distinct claim.location_id), '[]')
        from public.claims as claim
        join public.order_items as item on item.id = claim.order_item_id
        where item.order_id = orders.id and claim.quantity > claim.fulfilled
      ),
      'placed_at', orders.placed_at, 'cancelled_at', orders.cancelled_at, 'now', private.clock(),
      'payment', (
        select jsonb_build_object('payment_id', payment.id, 'provider', payment.provider, 'status', payment.status,
          'amount_minor', payment.amount_minor, 'captured_minor', payment.captured_minor,
          'refund_due_minor', payment.refund_due_minor, 'refunded_minor', payment.refunded_minor, 'deadline', payment.deadline)
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(jsonb_build_object('kind', event.kind, 'detail', event.detail, 'at', event.created_at) order by event.id)
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;
comment on function private.order_as_json(uuid) is 'See public.read_order.';

create function private.read_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = read_order.order_id;
  if v_order.id is null or not (
    private.owns_order(v_order, order_token) or private.acts_as_shop(order_token) or private.staff_role() is not null
  ) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link, or sign in.');
  end if;
  return private.order_as_json(order_id);
end;
$$;
comment on function private.read_order(uuid, text) is 'See public.read_order.';

create function public.read_order(order_id uuid, order_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_order(order_id, order_token);
end;
$$;
comment on function public.read_order(uuid, text) is
  'An order for its buyer (by account or order_token) or for staff: the order''s columns, payment, items and events, and
   kept_at: the locations of what is still to be handed over. Money in minor units. Somebody else''s order and none are the same answer: not_found (404).';

-- schemas/orders/fulfilment.sql

-- cancel_order ------------------------------------------------------------------------------------------------

create function private.cancel_rest(closing public.orders, reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_back bigint;
  v_put_back integer;
  v_handed_over boolean;
begin
  perform private.queue_for(array(select item.variant_id from public.order_items as item where item.order_id = closing.id));

  delete from public.claims
  using public.order_items as item
  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0;
  update public.claims
  set quantity = claims.fulfilled
  from public.order_items as item
  where item.order_id = closing.id and claims.order_item_id = item.id and claims.quantity > claims.fulfilled;
  v_put_back := private.put_back_picks(closing.id);

  select coalesce(sum((item.quantity - item.fulfilled - item.cancelled) * item.price_minor::bigint), 0), bool_or(item.fulfilled > 0)
  into v_back, v_handed_over
  from public.order_items as item where item.order_id = closing.id;
  update public.payments as payment
  set refund_due_minor = case when payment.status = 'captured' then payment.refund_due_minor + v_back else payment.refund_due_minor end,
    status = case when payment.status = 'captured' or v_handed_over then payment.status else 'void' end
  where payment.order_id = closing.id;
  update public.orders
  set status = case when v_handed_over then 'fulfilled' else 'cancelled' end::public.order_status,
    cancelled_at = case when not v_handed_over then private.clock() end
  where orders.id = closing.id;
  insert into public.order_events (order_id, kind, detail)
  values (closing.id, case when v_handed_over then 'rest_cancelled' else 'cancelled' end, jsonb_build_object('reason', cancel_rest.reason, 'put_back', v_put_back));
  update public.order_items as item
  set cancelled = item.quantity - item.fulfilled
  where item.order_id = closing.id and item.cancelled < item.quantity - item.fulfilled;
end;
$$;
comment on function private.cancel_rest(public.orders, text) is
  'Cancels what was not handed over: units go back on the shelf, captured money becomes due for refund. Its event says
   how many units somebody has to carry from the box to the shelf (put_back). The caller has locked the order.';

create function private.cancel_order(order_id uuid, idempotency_key uuid, order_token text, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_is_manager boolean := private.acts_as_shop(order_token) or coalesce(private.staff_role() >= 'manager', false);
begin
  if reason is not null and private.text_in(to_jsonb(reason), 200) is null then
    perform private.refuse(422, 'invalid_input', '{"field": "reason", "problem": "not one line of 1 to 200 characters"}',
      'Say why in one line, or leave it out.');
  end if;
  v_response := private.begin_once(idempotency_key, 'cancel_order', jsonb_build_array(order_id,
    case when length(order_token) <= 200 then encode(sha256(convert_to(order_token, 'UTF8')), 'hex') end, reason));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not (v_is_manager or private.owns_order(v_order, order_token)) then
    if private.staff_role() is not null then
      perform private.require_role('manager');
    end if;
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  if v_order.status not in ('awaiting_payment', 'placed') then
    perform private.refuse_state(v_order, 'Nothing is left to cancel; what was handed over can be returned.');
  end if;
  if not v_is_manager and exists (select from public.order_items as item where item.order_id = v_order.id and item.fulfilled > 0) then
    perform private.refuse_state(v_order, 'Part of it has been handed over: ask the shop.');
  end if;

  perform private.cancel_rest(v_order, coalesce(reason, 'asked for'));
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.cancel_order(uuid, uuid, text, text) is 'See public.cancel_order.';

create function public.cancel_order(order_id uuid, idempotency_key uuid, order_token text default null, reason text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.cancel_order(order_id, idempotency_key, order_token, reason);
end;
$$;
comment on function public.cancel_order(uuid, uuid, text, text) is
  'The inverse of place_order: what was not handed over goes back on the shelf, captured money becomes due for refund.
   The buyer while nothing was handed over; managers always. Returns the order as read_order does. Raises
   role_required (403, to other staff), not_found (404), invalid_input (422), order_not_open (409, with the status),
   idempotency_key_reused (409), busy (503).';

-- confirm_order -----------------------------------------------------------------------------------------------

create function private.confirm_order(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_is_staff boolean := private.is_trusted() or coalesce(private.staff_role() >= 'stock', false);
begin
  if not v_is_staff and not private.has_confirmed_email(auth.uid()) then
    perform private.require_role('stock');
  end if;
  v_response := private.begin_once(idempotency_key, 'confirm_order', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not v_is_staff and not private.owns_order(v_order, null) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  update public.payments as payment
  set deadline = null
  where payment.order_id = v_order.id and payment.status = 'due' and v_order.status = 'placed';
  if not found then
    perform private.refuse_state(v_order, 'Only a placed order that is paid on collection can be confirmed.');
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind) values (v_order.id, 'confirmed');
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.confirm_order(uuid, uuid) is 'See public.confirm_order.';

create function public.confirm_order(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.confirm_order(order_id, idempotency_key);
end;
$$;
comment on function public.confirm_order(uuid, uuid) is
  'Keeps an order that is paid on collection beyond its deadline; staff of role stock, or its buyer with a confirmed e-mail
   address. cancel_order ends it. Returns the order as read_order does. Raises role_required (403), not_found (404),
   order_not_open (409), idempotency_key_reused (409), busy (503).';

-- fulfil_order ------------------------------------------------------------------------------------------------

create type private.item_line as (order_item_id bigint, quantity integer, outcome public.return_outcome);
comment on type private.item_line is 'Units of one item of an order, as read from JSON; of those that come back, what becomes of them.';

create function private.item_lines(lines jsonb, come_back boolean)
returns private.item_line[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_lines private.item_line[];
  v_bad integer;
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000
    or pg_column_size(lines) > 262144 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"order_item_id": 7, "quantity": 1}].');
  end if;
  select array_agg(row(private.whole_in(line -> 'order_item_id', 1, 999999999999999999), private.whole_in(line -> 'quantity', 1, 99),
    case when come_back and line ->> 'outcome' in ('restock', 'damaged', 'inspect') and jsonb_typeof(line -> 'outcome') = 'string'
      then (line ->> 'outcome')::public.return_outcome end)::private.item_line order by n)
  into v_lines
  from jsonb_array_elements(lines) with ordinality as given (line, n);
  select min(line.ordinality) - 1 into v_bad
  from unnest(v_lines) with ordinality as line
  where line.order_item_id is null or line.quantity is null;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', format('lines[%s]', v_bad),
      'problem', 'not {order_item_id, quantity: 1 to 99}'), 'Quantities are whole units above zero.');
  end if;
  if come_back and exists (select from unnest(v_lines) as line where line.outcome is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "outcome", "problem": "not restock, damaged or inspect"}',
      'Say what becomes of each line.');
  end if;
  return v_lines;
end;
$$;
comment on function private.item_lines(jsonb, boolean) is
  'Reads [{order_item_id, quantity}], with an outcome each if they come back. Raises invalid_input (422) naming the first
   line that is not right.';

create function private.fulfil_order(order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_items bigint[];
  v_units integer[];
  v_wrong jsonb;
  v_lines private.item_line[];
begin
  perform private.require_role_at('stock', location_id);
  if lines is not null then
    v_lines := private.item_lines(lines, come_back => false);
  end if;
  v_response := private.begin_once(idempotency_key, 'fulfil_order', jsonb_build_array(order_id, location_id, to_jsonb(v_lines)));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order can be handed over.');
  end if;
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(array(select item.variant_id from public.order_items as item where item.order_id = v_order.id));

  -- Two lines of one item are one wish. Without lines: everything that waits at this location.
  select array_agg(asked.item_id), array_agg(asked.units),
    jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units, 'allocated', coalesce(claim.quantity - claim.fulfilled, 0)))
      filter (where asked.units > coalesce(claim.quantity - claim.fulfilled, 0))
  into v_items, v_units, v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity)::integer as units
    from unnest(v_lines) as line
    group by 1
    union all
    select claims.order_item_id, claims.quantity - claims.fulfilled
    from public.claims
    join public.order_items as item on item.id = claims.order_item_id and item.order_id = v_order.id
    where v_lines is null and claims.location_id = fulfil_order.location_id and claims.quantity > claims.fulfilled
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = v_order.id
  left join public.claims as claim on claim.order_item_id = item.id and claim.location_id = fulfil_order.location_id;
  if v_wrong is not null or v_items is null then
    perform private.refuse(409, 'not_allocated_here', jsonb_build_object('order_id', order_id, 'location_id', location_id, 'lines', coalesce(v_wrong, '[]')),
      'Hand over from the location the units are committed at.');
  end if;

  update public.claims
  set fulfilled = claims.fulfilled + picked.units
  from unnest(v_items, v_units) as picked (item_id, units)
  where claims.order_item_id = picked.item_id and claims.location_id = fulfil_order.location_id;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document)
  select item.variant_id, fulfil_order.location_id, -picked.units, 'sale', 'order ' || v_order.number
  from unnest(v_items, v_units) as picked (item_id, units)
  join public.order_items as item on item.id = picked.item_id
  order by item.variant_id;
  update public.order_items as item
  set fulfilled = item.fulfilled + picked.units
  from unnest(v_items, v_units) as picked (item_id, units)
  where item.id = picked.item_id;

  -- Always written, so that the version moves and open pages fetch what was handed over.
  update public.orders
  set status = case when exists (
      select from public.order_items as item where item.order_id = v_order.id and item.fulfilled + item.cancelled < item.quantity
    ) then 'placed' else 'fulfilled' end::public.order_status,
    updated_at = clock_timestamp()
  where orders.id = v_order.id
  returning orders.status into v_order.status;
  if v_order.status = 'fulfilled' then
    perform private.put_back_picks(v_order.id);
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'handed_over', jsonb_build_object('location_id', location_id, 'items', to_jsonb(v_items), 'units', to_jsonb(v_units)));
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.fulfil_order(uuid, uuid, uuid, jsonb) is 'See public.fulfil_order.';

create function public.fulfil_order(order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.fulfil_order(order_id, location_id, idempotency_key, lines);
end;
$$;
comment on function public.fulfil_order(uuid, uuid, uuid, jsonb) is
  'Hands over units of a placed order from one location: lines [{"order_item_id", "quantity"}], or everything committed
   there when NULL; staff of role stock. Committed units are never measured against what is available. Returns the
   order. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), not_allocated_here (409: wanted and
   allocated per line), invalid_input (422), idempotency_key_reused (409).';

-- schemas/orders/returns.sql

-- return_items ------------------------------------------------------------------------------------------------

create function private.return_items(order_id uuid, location_id uuid, lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_wrong jsonb;
  v_lines private.item_line[];
begin
  perform private.require_role_at('stock', location_id);
  v_lines := private.item_lines(lines, come_back => true);
  v_response := private.begin_once(idempotency_key, 'return_items', jsonb_build_array(order_id, location_id, to_jsonb(v_lines)));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(array(select item.variant_id from public.order_items as item where item.order_id = v_order.id));

  select jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units, 'out', coalesce(item.fulfilled - item.returned, 0)))
  into v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity) as units
    from unnest(v_lines) as line
    group by 1
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = v_order.id
  where asked.units > coalesce(item.fulfilled - item.returned, 0);
  if v_wrong is not null then
    perform private.refuse(409, 'not_handed_over', jsonb_build_object('order_id', order_id, 'lines', v_wrong),
      'Only what was handed over, and has not come back, can be returned.');
  end if;

  insert into public.order_returns (order_item_id, location_id, quantity, outcome)
  select line.order_item_id, return_items.location_id, line.quantity, line.outcome
  from unnest(v_lines) as line;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document)
  select item.variant_id, return_items.location_id, sum(line.quantity), 'return', 'order ' || v_order.number
  from unnest(v_lines) as line
  join public.order_items as item on item.id = line.order_item_id
  where line.outcome = 'restock'
  group by item.variant_id
  order by item.variant_id;
  update public.order_items as item
  set returned = item.returned + back.units
  from (
    select line.order_item_id, sum(line.quantity)::integer as units
    from unnest(v_lines) as line
    group by line.order_item_id
  ) as back
  where item.id = back.order_item_id;
  update public.payments as payment
  set refund_due_minor = payment.refund_due_minor + (
    select sum(line.quantity * item.price_minor::bigint)
    from unnest(v_lines) as line
    join public.order_items as item on item.id = line.order_item_id
  )
  where payment.order_id = v_order.id and payment.status = 'captured';
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'returned', jsonb_build_object('location_id', location_id, 'lines', to_jsonb(v_lines)));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.return_items(uuid, uuid, jsonb, uuid) is 'See public.return_items.';

create function public.return_items(order_id uuid, location_id uuid, lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.return_items(order_id, location_id, lines, idempotency_key);
end;
$$;
comment on function public.return_items(uuid, uuid, jsonb, uuid) is
  'Takes handed-over units back at a location: lines [{"order_item_id", "quantity", "outcome": restock | damaged |
   inspect}], all or none; staff of role stock. Restocked units are on the shelf at once; captured money becomes due for
   refund. Returns the order. Raises role_required (403), location_not_yours (403), not_found (404), not_handed_over (409), invalid_input (422),
   idempotency_key_reused (409).';

revoke execute on function
  public.read_order(uuid, text), public.cancel_order(uuid, uuid, text, text),
  public.fulfil_order(uuid, uuid, uuid, jsonb), public.return_items(uuid, uuid, jsonb, uuid),
  public.confirm_order(uuid, uuid)
from public, anon;
grant execute on function
  public.read_order(uuid, text), public.cancel_order(uuid, uuid, text, text),
  private.read_order(uuid, text), private.cancel_order(uuid, uuid, text, text)
to authenticated, service_role;
grant execute on function
  public.fulfil_order(uuid, uuid, uuid, jsonb), public.return_items(uuid, uuid, jsonb, uuid),
  private.fulfil_order(uuid, uuid, uuid, jsonb), private.return_items(uuid, uuid, jsonb, uuid),
  public.confirm_order(uuid, uuid), private.confirm_order(uuid, uuid)
to authenticated, service_role;

-- schemas/payments/capture.sql

-- Paying is a seam: an order holds its units, somebody pays elsewhere while no lock is held, and the provider's signed
-- answer turns the hold into a commitment, which cannot fail for stock while the hold lives. The signature is checked
-- here, so whatever carries the answer (a route, a queue, a person with the log) needs no trust.

create extension if not exists pgcrypto with schema extensions;

create function private.commit_units(items public.order_items[], prefer uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_kept uuid[];
  v_missing public.order_items[];
  v_taken integer;
begin
  -- Even holds that ran out while somebody paid, as long as nobody has needed their units.
  with kept as (
    update public.claims
    set expires_at = null
    where claims.order_item_id = any (array(select item.id from unnest(items) as item))
    returning claims.variant_id
  )
  select coalesce(array_agg(kept.variant_id), '{}') into v_kept from kept;
  v_missing := array(select item::public.order_items from unnest(items) as item where item.variant_id <> all (v_kept));
  if cardinality(v_missing) = 0 then
    return;
  end if;
  perform private.release_expired(array(select item.variant_id from unnest(v_missing) as item));
  v_taken := private.take_units(array(select item.variant_id from unnest(v_missing) as item),
    array(select item.quantity from unnest(v_missing) as item), null, array(select item.id from unnest(v_missing) as item), null,
    commit_units.prefer);
  if v_taken < (select sum(item.quantity) from unnest(v_missing) as item) then
    perform private.refuse(409, 'not_enough_left', '{"short": []}', 'Their hold had run out and somebody else needed the units.');
  end if;
end;
$$;
comment on function private.commit_units(public.order_items[], uuid) is
  'Commits the units of an order that was paid: what it holds, and what is free in place of what had run out. All or
   nothing: raises not_enough_left (409). The caller holds the variants'' locks.';

create function private.capture_payment(paid public.payments, ordered public.orders, amount_minor bigint)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_items public.order_items[];
begin
  if ordered.status = 'awaiting_payment' and capture_payment.amount_minor <> paid.amount_minor then
    perform private.cancel_rest(ordered, 'another amount was paid');
    ordered.status := 'cancelled';
  end if;
  update public.payments as payment
  set status = 'captured',
    captured_minor = capture_payment.amount_minor,
    refund_due_minor = case when ordered.status = 'awaiting_payment' then 0 else capture_payment.amount_minor end
  where payment.id = paid.id;
  if ordered.status <> 'awaiting_payment' then
    insert into public.order_events (order_id, kind) values (ordered.id, 'paid_in_vain');
    update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
    return 'refund_due';
  end if;

  select array_agg(item order by item.variant_id) into v_items from public.order_items as item where item.order_id = ordered.id;
  perform private.queue_for(array(select item.variant_id from unnest(v_items) as item));
  begin
    perform private.commit_units(v_items, ordered.collect_at);
  exception when sqlstate 'PT409' then
    -- The hold had run out and somebody else needed the units: an honest refund, not an oversell.
    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';
  end;
  update public.orders set status = 'placed', placed_at = v_now where orders.id = ordered.id;
  insert into public.order_events (order_id, kind) values (ordered.id, 'placed');
  update public.order_items as item set sold_at = v_now where item.order_id = ordered.id;
  return 'placed';
end;
$$;
comment on function private.capture_payment(public.payments, public.orders, bigint) is
  'Books the money and gives the order its units for good, or makes the money due for refund: never neither.';

-- schemas/payments/events.sql

-- Webhooks ----------------------------------------------------------------------------------------------------

create function private.sign_payment_event(provider public.payment_provider, payload text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select encode(extensions.hmac(convert_to(sign_payment_event.payload, 'UTF8'), providers.secret, 'sha256'), 'hex')
  from private.payment_providers as providers
  where providers.provider = sign_payment_event.provider
$$;
comment on function private.sign_payment_event(public.payment_provider, text) is
  'The signature a provider gives a payload: HMAC-SHA256 with the shared secret, in hex. NULL for one that signs nothing.';

create type private.payment_event as (
  provider public.payment_provider, event_id text, payment_id uuid, kind text, amount_minor bigint
);
comment on type private.payment_event is 'A provider''s webhook as it was read from JSON.';

create function private.payment_event_in(payload text)
returns private.payment_event
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sent jsonb;
  v_event private.payment_event;
begin
  if length(payload) <= 16384 and pg_input_is_valid(payload, 'jsonb') then
    v_sent := payload::jsonb;
    v_event.event_id := private.text_in(v_sent -> 'event_id', 200);
    v_event.payment_id := private.uuid_in(v_sent -> 'payment_id');
    v_event.amount_minor := private.whole_in(v_sent -> 'amount_minor', 0, 1000000000000000);
    v_event.kind := private.text_in(v_sent -> 'kind', 20);
    if pg_input_is_valid(private.text_in(v_sent -> 'provider', 20), 'public.payment_provider') then
      v_event.provider := (v_sent ->> 'provider')::public.payment_provider;
    end if;
  end if;
  if num_nulls(v_event.provider, v_event.event_id, v_event.payment_id, v_event.kind, v_event.amount_minor) > 0
    or v_event.kind not in ('captured', 'declined', 'refunded') then
    perform private.refuse(422, 'invalid_input', '{"field": "payload", "problem": "not a payment event"}',
      'Send {"provider", "event_id", "payment_id", "kind": captured | declined | refunded, "amount_minor"} as signed.');
  end if;
  return v_event;
end;
$$;
comment on function private.payment_event_in(text) is 'Reads a webhook from known keys. Raises invalid_input (422).';

create function private.apply_payment_event(event private.payment_event, payment public.payments, ordered public.orders)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if event.kind = 'captured' and payment.status <> 'captured' then
    return private.capture_payment(payment, ordered, event.amount_minor);
  elsif event.kind = 'declined' and payment.status = 'pending' then
    update public.payments set status = 'declined' where payments.id = payment.id;
    insert into public.order_events (order_id, kind) values (ordered.id, 'payment_declined');
  elsif event.kind = 'refunded' and payment.refunded_minor < payment.refund_due_minor then
    update public.payments as paid
    set refunded_minor = least(paid.refunded_minor + event.amount_minor, paid.refund_due_minor)
    where paid.id = payment.id;
    insert into public.order_events (order_id, kind, detail)
    values (ordered.id, 'refunded', jsonb_build_object('amount_minor', event.amount_minor));
  else
    -- Late, twice or out of order: known, and changes nothing.
    return 'ignored';
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
  return event.kind;
end;
$$;
comment on function private.apply_payment_event(private.payment_event, public.payments, public.orders) is
  'Does what an event says and returns its effect. The caller has locked the order and the payment.';

create function private.receive_payment_event(payload text, signature text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_event private.payment_event;
  v_payment public.payments;
  v_order public.orders;
  v_effect text;
begin
  v_event := private.payment_event_in(payload);
  -- Hashed before they are compared, so that the time it takes says nothing about how much of a guess was right.
  if sha256(convert_to(coalesce(private.sign_payment_event(v_event.provider, payload), ''), 'UTF8'))
    is distinct from sha256(convert_to(nullif(signature, ''), 'UTF8')) then
    perform private.refuse(403, 'bad_signature', '{}', 'Sign the exact bytes of the payload with the shared secret.');
  end if;

  select * into v_payment from public.payments
  where payments.id = v_event.payment_id and payments.provider = v_event.provider;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('payment_id', v_event.payment_id), 'It is not a payment of this shop.');
  end if;
  insert into private.payment_events (provider, event_id, payment_id, kind, amount_minor, effect)
  values (v_event.provider, v_event.event_id, v_payment.id, v_event.kind, v_event.amount_minor, 'received')
  on conflict do nothing;
  if not found then
    select event.effect into v_effect from private.payment_events as event
    where event.provider = v_event.provider and event.event_id = v_event.event_id;
    return jsonb_build_object('effect', v_effect, 'order_id', v_payment.order_id);
  end if;

  v_order := private.lock_order(v_payment.order_id);
  select * into v_payment from public.payments where payments.id = v_payment.id for no key update;
  v_effect := private.apply_payment_event(v_event, v_payment, v_order);
  update private.payment_events as event set effect = v_effect
  where event.provider = v_event.provider and event.event_id = v_event.event_id;
  return jsonb_build_object('effect', v_effect, 'order_id', v_payment.order_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.receive_payment_event(text, text) is 'See public.receive_payment_event.';

create function public.receive_payment_event(payload text, signature text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.receive_payment_event(payload, signature);
end;
$$;
comment on function public.receive_payment_event(text, text) is
  'A provider''s webhook: payload is JSON {provider, event_id, payment_id, kind: captured | declined | refunded,
   amount_minor}, signature the hex HMAC-SHA256 of its exact text. Each event_id counts once, in any order of arrival.
   Returns {effect: placed | refund_due | declined | refunded | ignored, order_id}. Raises bad_signature (403),
   not_found (404), invalid_input (422), busy (503).';

create function private.sign_sandbox_event(payload text)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the shop''s own server plays the sandbox provider.');
  end if;
  return private.sign_payment_event('sandbox', payload);
end;
$$;
comment on function private.sign_sandbox_event(text) is 'See public.sign_sandbox_event.';

create function public.sign_sandbox_event(payload text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.sign_sandbox_event(payload);
end;
$$;
comment on function public.sign_sandbox_event(text) is
  'What the sandbox provider signs its webhooks with. For the secret key alone: whoever can sign can pay.';

create function private.take_payment(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'take_payment', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  update public.payments as payment
  set status = 'captured', captured_minor = payment.amount_minor - (
      select coalesce(sum((item.cancelled + item.returned) * item.price_minor::bigint), 0)
      from public.order_items as item where item.order_id = v_order.id
    )
  where payment.order_id = v_order.id and payment.status = 'due';
  if not found then
    perform private.refuse_state(v_order, 'There is nothing to pay at the counter.');
  end if;
  insert into public.order_events (order_id, kind) values (v_order.id, 'paid');
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.take_payment(uuid, uuid) is 'See public.take_payment.';

create function public.take_payment(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.take_payment(order_id, idempotency_key);
end;
$$;
comment on function public.take_payment(uuid, uuid) is
  'Money at the counter for an order paid on collection; staff of role stock. Returns the order. Raises role_required
   (403), location_not_yours (403), not_found (404), order_not_open (409: nothing is due), idempotency_key_reused (409).';

-- What is not settled -----------------------------------------------------------------------------------------

create function private.unresolved_payments()
returns table (payment_id uuid, order_id uuid, number bigint, problem text, amount_minor bigint, since timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return query
  select payment.id, orders.id, orders.number, 'refund_due', payment.refund_due_minor - payment.refunded_minor, payment.updated_at
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.refund_due_minor > payment.refunded_minor
  union all
  select payment.id, orders.id, orders.number, 'no_answer', payment.amount_minor, payment.deadline
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.deadline is not null and payment.status in ('pending', 'declined') and payment.deadline <= private.clock()
  order by 6;
end;
$$;
comment on function private.unresolved_payments() is 'See public.unresolved_payments.';

create function public.unresolved_payments()
returns table (payment_id uuid, order_id uuid, number bigint, problem text, amount_minor bigint, since timestamptz)
language sql
stable
set search_path = ''
as $$
  select * from private.unresolved_payments()
$$;
comment on function public.unresolved_payments() is
  'The queue of payments that are neither an order nor a refund yet: refund_due (money must go back) and no_answer (past
   its deadline; release_expired_holds cancels its order). Staff of any role.';

create function private.end_overdue_order(at timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  loop
    select orders.* into v_order
    from public.payments as payment
    join public.orders on orders.id = payment.order_id and orders.status in ('awaiting_payment', 'placed')
    where payment.status in ('due', 'pending', 'declined') and payment.deadline <= end_overdue_order.at
    order by payment.deadline
    limit 1
    for no key update of orders skip locked;
    if not found then
      return 0;
    end if;
    exit when v_order.status = 'awaiting_payment' or not private.is_being_handled(v_order.id);
    -- Somebody is preparing it or has handed out a part: it is expected, and no longer overdue.
    update public.payments as payment set deadline = null where payment.order_id = v_order.id;
  end loop;
  perform private.cancel_rest(v_order, case when v_order.status = 'placed' then 'not collected in time' else 'not paid in time' end);
  return v_order.units;
end;
$$;
comment on function private.end_overdue_order(timestamptz) is
  'Cancels one order that was not paid by its deadline, and returns its units; 0: there is none. An order paid on
   collection stays when units of it are picked or handed over.';

create function private.is_being_handled(order_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.order_items as item where item.order_id = is_being_handled.order_id and item.fulfilled > 0
  ) or exists (
    select from public.order_picks as pick where pick.order_id = is_being_handled.order_id and pick.picked > 0
  );
end;
$$;
comment on function private.is_being_handled(uuid) is 'Whether units of an order are picked or handed over.';

-- schemas/payments/expiry.sql

create function private.release_expired_holds(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variants uuid[];
  v_released integer;
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'This is the clock''s job.');
  end if;
  -- One overdue order a call: its locks and those of the holds below must be taken in one order, variants last.
  v_released := private.end_overdue_order(v_now);
  if v_released > 0 then
    return v_released;
  end if;

  v_variants := array(
    select distinct overdue.variant_id
    from (
      select claims.variant_id from public.claims
      where claims.expires_at <= v_now and claims.cart_id is not null
      limit release_expired_holds.at_most
    ) as overdue
  );
  perform private.queue_for(v_variants);
  with released as (
    delete from public.claims
    where claims.variant_id = any (v_variants) and claims.expires_at <= v_now and claims.cart_id is not null
    returning claims.quantity
  )
  select coalesce(sum(released.quantity), 0) into v_released from released;
  return v_released;
end;
$$;
comment on function private.release_expired_holds(integer) is 'See public.release_expired_holds.';

create function public.release_expired_holds(at_most integer default 200)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.release_expired_holds(at_most);
end;
$$;
comment on function public.release_expired_holds(integer) is
  'Tidies: gives back the units of holds that ran out and of one order that was not paid or confirmed in time, so that the shelf says
   so before anybody asks. Returns how many units; call again until it is 0. Nothing depends on it: whoever needs the
   units releases them first. For the secret key and the scheduler.';

revoke execute on function
  public.receive_payment_event(text, text), public.sign_sandbox_event(text), public.take_payment(uuid, uuid),
  public.unresolved_payments(), public.release_expired_holds(integer)
from public, anon, authenticated;
grant execute on function public.receive_payment_event(text, text), private.receive_payment_event(text, text)
to service_role;
grant execute on function
  public.take_payment(uuid, uuid), private.take_payment(uuid, uuid),
  public.unresolved_payments(), private.unresolved_payments()
to authenticated, service_role;
grant execute on function
  public.sign_sandbox_event(text), private.sign_sandbox_event(text),
  public.release_expired_holds(integer), private.release_expired_holds(integer)
to service_role;

-- Where the scheduler exists, it tidies; where it does not, expired holds are released by whoever needs the units.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
    perform cron.schedule('release-expired-holds', '10 seconds', 'select public.release_expired_holds()');
  end if;
end;
$$;

-- schemas/invariants/invariants.sql

-- Invariants: states that no transaction can commit, whichever path wrote them: a function with a mistake in it, or a
-- statement typed by the owner of the database. They span several tables, so they are checked at commit and raise
-- check_violation with the name of the constraint: a mistake of ours, not a refusal.
--
--   claims_match_their_item    every unit of an order item is allocated as the order's status demands
--   claims_match_their_line    a cart holds at most what its line says, and nothing without a line
--   items_match_their_order    an order has the units it says it has
--   money_has_its_order        captured money pays for units of an order, or is due for refund
--   keys_have_an_outcome       an idempotency key is committed together with its response
--
-- A constraint trigger runs once a row, and a checkout of sixty orders writes hundreds. So a statement that changes claims,
-- items or cart lines leaves one note of what it touched, and the constraint trigger on the notes checks all of it in one
-- statement. What is rare has constraint triggers of its own.
--
-- The checks read what is committed or written by this transaction. Two transactions that each change half of it are kept
-- apart by the order's (the cart line's) row lock, which every function takes first and a check takes where it may be
-- the first. Holds of unpaid orders are the exception: whoever needs the units ends them, under the variant's lock alone.

create function private.break_promise(name text, found jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'check_violation', constraint = break_promise.name, detail = break_promise.found::text,
    message = format('this would break the invariant "%s"', break_promise.name);
end;
$$;
comment on function private.break_promise(text, jsonb) is 'Ends the transaction: an invariant that spans tables does not hold.';

-- Notes -------------------------------------------------------------------------------------------------------

create unlogged table private.touched (
  id bigint generated always as identity primary key,
  items bigint[] not null default '{}',
  holds bigint[] not null default '{}',
  orders uuid[] not null default '{}',
  carts uuid[] not null default '{}'
);
comment on table private.touched is
  'What one statement changed and the commit has to check. A row lives as long as its transaction: the check removes it.';
comment on column private.touched.holds is 'Items of which only holds ended: checked without their order''s lock.';
alter table private.touched enable row level security;

create function private.check_items(items bigint[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_item_id', item.id, 'status', orders.status, 'quantity', item.quantity,
    'fulfilled', item.fulfilled, 'cancelled', item.cancelled, 'claimed', sums.claimed, 'handed_over', sums.fulfilled)
  into v_found
  from public.order_items as item
  join public.orders on orders.id = item.order_id
  cross join lateral (
    select coalesce(sum(claims.quantity), 0) as claimed, coalesce(sum(claims.fulfilled), 0) as fulfilled,
      count(*) filter (where claims.expires_at is not null) as held, count(*) as claims,
      coalesce(bool_and(claims.variant_id = item.variant_id), true) as is_same
    from public.claims
    where claims.order_item_id = item.id
  ) as sums
  where item.id = any (check_items.items)
    and not (sums.is_same and sums.fulfilled = item.fulfilled and case orders.status
      when 'awaiting_payment' then sums.held = sums.claims and sums.claimed in (0, item.quantity - item.cancelled)
      when 'placed' then sums.held = 0 and sums.claimed = item.quantity - item.cancelled
      else sums.held = 0 and sums.claimed = item.fulfilled and item.fulfilled + item.cancelled = item.quantity
    end)
  limit 1;
  if found then
    perform private.break_promise('claims_match_their_item', v_found);
  end if;
end;
$$;
comment on function private.check_items(bigint[]) is
  'placed: every open unit is committed exactly once. awaiting_payment: all units are held, or none since the hold ran
   out. fulfilled, cancelled: nothing is open. Units handed over are those the item says.';

create function private.check_orders(order_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('order_id', orders.id, 'units', orders.units, 'in_items', sums.units)
  into v_found
  from public.orders
  cross join lateral (
    select coalesce(sum(item.quantity), 0) as units from public.order_items as item where item.order_id = orders.id
  ) as sums
  where orders.id = any (check_orders.order_ids) and orders.units <> sums.units
  limit 1;
  if found then
    perform private.break_promise('items_match_their_order', v_found);
  end if;
end;
$$;
comment on function private.check_orders(uuid[]) is 'An order''s units are those of its items: none is added, removed or resized later.';

create function private.check_carts(cart_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  if not exists (select from public.claims where claims.cart_id = any (cart_ids)) then
    return;
  end if;
  perform from public.cart_lines as line where line.cart_id = any (cart_ids) order by line.cart_id, line.variant_id for share;
  -- Read after the lock: nobody else can change the lines now.
  select jsonb_build_object('cart_id', held.cart_id, 'variant_id', held.variant_id, 'held', held.units, 'wanted', line.quantity)
  into v_found
  from (
    select claims.cart_id, claims.variant_id, sum(claims.quantity) as units
    from public.claims where claims.cart_id = any (cart_ids)
    group by claims.cart_id, claims.variant_id
  ) as held
  left join public.cart_lines as line on line.cart_id = held.cart_id and line.variant_id = held.variant_id
  where held.units > coalesce(line.quantity, 0)
  limit 1;
  if found then
    perform private.break_promise('claims_match_their_line', v_found);
  end if;
end;
$$;
comment on function private.check_carts(uuid[]) is 'A cart holds no more units of a variant than its line asks for, and none without a line.';

create function private.check_touched()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
begin
  delete from private.touched where touched.id = new.id;
  if new.items <> '{}' then
    perform from public.orders
    where orders.id = any (array(select item.order_id from public.order_items as item where item.id = any (new.items)))
      -- (Nobody else can see an order that this transaction made.)
      and orders.created_at <> now()
    order by orders.id
    for share;
    perform private.check_items(new.items);
  end if;
  if new.holds <> '{}' then
    perform private.check_items(new.holds);
  end if;
  if new.orders <> '{}' then
    perform private.check_orders(new.orders);
  end if;
  if new.carts <> '{}' then
    perform private.check_carts(new.carts);
  end if;
  return null;
end;
$$;
comment on function private.check_touched() is 'Checks what one statement changed, when the transaction commits.';
create constraint trigger check_touched after insert on private.touched
  deferrable initially deferred
  for each row execute function private.check_touched();

create function private.claims_come()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, carts)
  select coalesce(array_agg(distinct added.order_item_id) filter (where added.order_item_id is not null), '{}'),
    coalesce(array_agg(distinct added.cart_id) filter (where added.cart_id is not null), '{}')
  from added
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.claims_come() is 'Notes the owners of new claims, to be checked at commit.';
create trigger claims_come after insert on public.claims
  referencing new table as added
  for each statement execute function private.claims_come();

create function private.claims_differ()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, carts)
  select coalesce(array_agg(distinct each.order_item_id) filter (where each.order_item_id is not null), '{}'),
    coalesce(array_agg(distinct each.cart_id) filter (where each.cart_id is not null), '{}')
  from (
    select changed.order_item_id, changed.cart_id from changed
    union all
    -- A cart that lost a claim holds less, which its line allows.
    select before.order_item_id, null from before
  ) as each
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.claims_differ() is 'Notes the owners of changed claims, to be checked at commit.';
create trigger claims_differ after update on public.claims
  referencing old table as before new table as changed
  for each statement execute function private.claims_differ();

create function private.claims_go()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, holds)
  select coalesce(array_agg(distinct removed.order_item_id) filter (where removed.expires_at is null), '{}'),
    coalesce(array_agg(distinct removed.order_item_id) filter (where removed.expires_at is not null), '{}')
  from removed
  where removed.order_item_id is not null
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.claims_go() is 'Notes the items that lost claims, to be checked at commit.';
create trigger claims_go after delete on public.claims
  referencing old table as removed
  for each statement execute function private.claims_go();

-- Order items -------------------------------------------------------------------------------------------------

create function private.items_come()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (holds, orders)
  select array_agg(added.id), array_agg(distinct added.order_id)
  from added
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.items_come() is 'Notes new items, to be checked at commit. Their order''s row is locked by the foreign key.';
create trigger items_come after insert on public.order_items
  referencing new table as added
  for each statement execute function private.items_come();

create function private.items_differ()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (items, orders)
  select array_agg(changed.id), array_agg(distinct changed.order_id) || array_agg(distinct before.order_id)
  from changed
  join before using (id)
  where (changed.quantity, changed.fulfilled, changed.cancelled, changed.variant_id, changed.order_id)
    <> (before.quantity, before.fulfilled, before.cancelled, before.variant_id, before.order_id)
  having count(*) > 0;
  return null;
end;
$$;
comment on function private.items_differ() is 'Notes changed items, to be checked at commit.';
create trigger items_differ after update on public.order_items
  referencing old table as before new table as changed
  for each statement execute function private.items_differ();

create function private.items_go()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (orders) select array_agg(distinct removed.order_id) from removed having count(*) > 0;
  return null;
end;
$$;
comment on function private.items_go() is 'Notes the orders that lost items, to be checked at commit.';
create trigger items_go after delete on public.order_items
  referencing old table as removed
  for each statement execute function private.items_go();

create function private.orders_match_their_claims()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  perform private.check_items(array(select item.id from public.order_items as item where item.order_id = new.id));
  return null;
end;
$$;
comment on function private.orders_match_their_claims() is 'See private.check_items.';
create constraint trigger orders_match_their_claims after update of status on public.orders
  deferrable initially deferred
  for each row when (new.status <> old.status) execute function private.orders_match_their_claims();

create function private.orders_match_their_items()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  perform private.check_orders(array[new.id]);
  return null;
end;
$$;
comment on function private.orders_match_their_items() is 'See private.check_orders.';
create constraint trigger orders_match_their_items after update of units on public.orders
  deferrable initially deferred
  for each row when (new.units <> old.units) execute function private.orders_match_their_items();

-- Money -------------------------------------------------------------------------------------------------------

create function private.check_money(order_id uuid)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_found jsonb;
begin
  perform from public.orders where orders.id = check_money.order_id for share;
  select jsonb_build_object('order_id', orders.id, 'status', orders.status, 'captured_minor', payment.captured_minor,
    'refund_due_minor', payment.refund_due_minor, 'worth_minor', worth.minor)
  into v_found
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  cross join lateral (
    select coalesce(sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint), 0) as minor
    from public.order_items as item
    where item.order_id = orders.id and orders.status in ('placed', 'fulfilled')
  ) as worth
  where payment.order_id = check_money.order_id
    and payment.captured_minor - payment.refund_due_minor > worth.minor;
  if found then
    perform private.break_promise('money_has_its_order', v_found);
  end if;
end;
$$;
comment on function private.check_money(uuid) is
  'Captured money that is not due for refund pays for units the buyer gets or has: none of an order that is cancelled or
   waits for its payment.';

create function private.money_has_its_order()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'orders' then
    perform private.check_money(new.id);
  else
    perform private.check_money(new.order_id);
  end if;
  return null;
end;
$$;
comment on function private.money_has_its_order() is 'See private.check_money.';
create constraint trigger money_has_its_order after insert or update on public.payments
  deferrable initially deferred
  for each row when (new.captured_minor > new.refund_due_minor) execute function private.money_has_its_order();
create constraint trigger orders_keep_no_money after update of status on public.orders
  deferrable initially deferred
  for each row when (new.status <> old.status and new.status in ('awaiting_payment', 'cancelled'))
  execute function private.money_has_its_order();
create constraint trigger items_keep_no_money after update of cancelled, returned, price_minor on public.order_items
  deferrable initially deferred
  for each row when (new.cancelled > old.cancelled or new.returned > old.returned or new.price_minor < old.price_minor)
  execute function private.money_has_its_order();

-- Carts -------------------------------------------------------------------------------------------------------

create function private.lines_differ()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  perform private.check_carts(array[old.cart_id, new.cart_id]);
  return null;
end;
$$;
comment on function private.lines_differ() is
  'Checks the cart of a line that shrank or became another''s. Per row: it is rare, and a hold, which never shrinks a line,
   does not pay for it.';
create constraint trigger lines_differ after update on public.cart_lines
  deferrable initially deferred
  for each row when (new.quantity < old.quantity or new.cart_id <> old.cart_id or new.variant_id <> old.variant_id)
  execute function private.lines_differ();

create function private.lines_go()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.touched (carts) select array_agg(distinct removed.cart_id) from removed having count(*) > 0;
  return null;
end;
$$;
comment on function private.lines_go() is 'Notes the carts that lost lines, to be checked at commit.';
create trigger lines_go after delete on public.cart_lines
  referencing old table as removed
  for each statement execute function private.lines_go();

-- Keys --------------------------------------------------------------------------------------------------------

create function private.keys_have_an_outcome()
returns trigger
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  if exists (
    select from private.idempotency_keys as asked
    where asked.actor = new.actor and asked.key = new.key and asked.response is null
  ) then
    perform private.break_promise('keys_have_an_outcome', jsonb_build_object('key', new.key, 'operation', new.operation));
  end if;
  return null;
end;
$$;
comment on function private.keys_have_an_outcome() is 'A key is committed with the response a repeat gets, or not at all.';
create constraint trigger keys_have_an_outcome after insert or update on private.idempotency_keys
  deferrable initially deferred
  for each row when (new.response is null) execute function private.keys_have_an_outcome();

-- schemas/stock/verify.sql

-- The proof that every sum is right: each function below returns rows where an aggregate differs from its source.

create function private.claims_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'claims', level.variant_id, level.location_id,
    jsonb_build_object('held', coalesce(sums.held, 0), 'committed', coalesce(sums.committed, 0)),
    jsonb_build_object('held', level.held, 'committed', level.committed)
  from public.stock_levels as level
  left join (
    select claims.variant_id, claims.location_id,
      sum(claims.quantity) filter (where claims.expires_at is not null) as held,
      sum(claims.quantity - claims.fulfilled) filter (where claims.expires_at is null) as committed
    from public.claims
    group by claims.variant_id, claims.location_id
  ) as sums using (variant_id, location_id)
  where (level.held, level.committed) is distinct from (coalesce(sums.held, 0), coalesce(sums.committed, 0))

  union all
  -- Units of an order: all assigned while it stands (once), handed over exactly as said, none left when it is cancelled.
  select 'order_items', item.variant_id, null,
    jsonb_build_object('order_item_id', item.id, 'fulfilled', item.fulfilled, 'claimed', owed.units, 'returned', item.returned),
    jsonb_build_object('order_item_id', item.id, 'fulfilled', coalesce(sums.fulfilled, 0), 'claimed', coalesce(sums.claimed, 0),
      'returned', coalesce(came_back.units, 0))
  from public.order_items as item
  join public.orders on orders.id = item.order_id
  left join (
    select claims.order_item_id, sum(claims.quantity) as claimed, sum(claims.fulfilled) as fulfilled
    from public.claims
    group by claims.order_item_id
  ) as sums on sums.order_item_id = item.id
  left join (
    select order_returns.order_item_id, sum(order_returns.quantity) as units
    from public.order_returns
    group by order_returns.order_item_id
  ) as came_back on came_back.order_item_id = item.id
  cross join lateral (
    select case when orders.status = 'awaiting_payment' and sums.claimed is null then 0 else item.quantity - item.cancelled end as units
  ) as owed
  where (item.fulfilled, owed.units, item.returned)
    is distinct from (coalesce(sums.fulfilled, 0), coalesce(sums.claimed, 0), coalesce(came_back.units, 0))

  union all
  -- What a cart holds, its lines ask for.
  select 'cart_lines', held.variant_id, null, jsonb_build_object('cart_id', held.cart_id, 'at_most', coalesce(line.quantity, 0)),
    jsonb_build_object('cart_id', held.cart_id, 'held', held.units)
  from (
    select claims.cart_id, claims.variant_id, sum(claims.quantity) as units
    from public.claims where claims.cart_id is not null group by claims.cart_id, claims.variant_id
  ) as held
  left join public.cart_lines as line using (cart_id, variant_id)
  where held.units > coalesce(line.quantity, 0)

  union all
  select 'sale movements', pair.variant_id, pair.location_id, jsonb_build_object('handed_over', pair.claimed), jsonb_build_object('handed_over', pair.moved)
  from (
    select variant_id, location_id, coalesce(claimed.units, 0) as claimed, coalesce(moved.units, 0) as moved
    from (
      select claims.variant_id, claims.location_id, sum(claims.fulfilled) as units
      from public.claims group by claims.variant_id, claims.location_id
    ) as claimed
    full join (
      select movement.variant_id, movement.location_id, -sum(movement.delta) as units
      from public.stock_movements as movement where movement.reason = 'sale' group by movement.variant_id, movement.location_id
    ) as moved using (variant_id, location_id)
  ) as pair
  where pair.claimed <> pair.moved
$$;
comment on function private.claims_drift() is 'Where held, committed, an order''s assigned units or what was handed over differ from what they add up to.';

create function private.orders_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'orders', null::uuid, null::uuid,
    jsonb_build_object('order_id', orders.id, 'units', sums.units, 'total_minor', sums.total_minor, 'tax_minor', sums.tax_minor,
      'amount_minor', sums.total_minor, 'open', sums.open_units > 0, 'sold', orders.placed_at),
    jsonb_build_object('order_id', orders.id, 'units', orders.units, 'total_minor', orders.total_minor, 'tax_minor', orders.tax_minor,
      'amount_minor', payment.amount_minor, 'open', orders.status in ('awaiting_payment', 'placed'), 'sold', sums.sold_at)
  from public.orders
  left join public.payments as payment on payment.order_id = orders.id
  left join (
    select item.order_id, sum(item.quantity) as units, sum(item.total_minor) as total_minor, sum(item.tax_minor) as tax_minor,
      sum(item.quantity - item.fulfilled - item.cancelled) as open_units, min(item.sold_at) as sold_at
    from public.order_items as item
    group by item.order_id
  ) as sums on sums.order_id = orders.id
  where (sums.units, sums.total_minor, sums.tax_minor, sums.total_minor, sums.open_units > 0, orders.placed_at) is distinct from
    (orders.units, orders.total_minor, orders.tax_minor, payment.amount_minor, orders.status in ('awaiting_payment', 'placed'), sums.sold_at)

  union all
  select 'sales_by_variant', variant_id, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select item.variant_id, sum(item.quantity) as sold, sum(item.cancelled) as cancelled, sum(item.returned) as returned,
      sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint) as revenue_minor
    from public.order_items as item
    where item.sold_at is not null
    group by item.variant_id
  ) as expected
  full join (
    select sales.variant_id, sales.sold, sales.cancelled, sales.returned, sales.revenue_minor from public.sales_by_variant as sales
  ) as actual using (variant_id)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'sales_by_minute', null, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select date_trunc('minute', item.sold_at, 'UTC') as minute, count(distinct item.order_id) as orders, sum(item.quantity) as units,
      sum(item.total_minor) as revenue_minor, sum(item.cancelled + item.returned) as taken_back,
      sum((item.cancelled + item.returned) * item.price_minor::bigint) as taken_back_minor
    from public.order_items as item
    where item.sold_at is not null
    group by 1
  ) as expected
  full join (
    select sales.minute, sum(sales.orders) as orders, sum(sales.units) as units, sum(sales.revenue_minor) as revenue_minor,
      sum(sales.taken_back) as taken_back, sum(sales.taken_back_minor) as taken_back_minor
    from public.sales_by_minute as sales
    group by sales.minute
  ) as actual using (minute)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'customers', null, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select orders.user_id, count(*) as orders, count(*) filter (where orders.status = 'cancelled') as cancelled, sum(orders.total_minor) as total_minor
    from public.orders
    where orders.placed_at is not null and orders.user_id is not null
    group by orders.user_id
  ) as expected
  full join (
    select customer.user_id, customer.orders, customer.cancelled, customer.total_minor from public.customers as customer
  ) as actual using (user_id)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  -- Money: captured money pays for units of an order, or is due back.
  select 'payments', null, null,
    jsonb_build_object('order_id', orders.id, 'at_most', worth.minor),
    jsonb_build_object('order_id', orders.id, 'kept_minor', payment.captured_minor - payment.refund_due_minor)
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  cross join lateral (
    select coalesce(sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint), 0) as minor
    from public.order_items as item
    where item.order_id = orders.id and orders.status in ('placed', 'fulfilled')
  ) as worth
  where payment.captured_minor - payment.refund_due_minor > worth.minor

  union all
  select 'idempotency_keys', null, null, jsonb_build_object('key', asked.key, 'response', true),
    jsonb_build_object('key', asked.key, 'response', false)
  from private.idempotency_keys as asked
  where asked.response is null
$$;
comment on function private.orders_drift() is 'Where orders, their money, the sales or the customers'' counts differ from what they add up to.';

create function private.inventory_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_check regprocedure;
begin
  for v_check in
    select pg_proc.oid
    from pg_catalog.pg_proc
    where pg_proc.pronamespace = 'private'::regnamespace
      and pg_proc.proname like '%\_drift'
      and pg_proc.proname <> 'inventory_drift'
    order by pg_proc.proname
  loop
    return query execute format('select * from %s', v_check);
  end loop;
end;
$$;
comment on function private.inventory_drift() is
  'See public.verify_inventory, which asks for a role first. Every function named private.<noun>_drift() with these
   columns is part of the proof, whichever migration brings it.';

create function private.verify_inventory()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return query select * from private.inventory_drift();
end;
$$;
comment on function private.verify_inventory() is 'See public.verify_inventory.';

create function public.verify_inventory()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
set search_path = ''
as $$
  select * from private.verify_inventory()
$$;
comment on function public.verify_inventory() is
  'Every row where an aggregate differs from what its ledger adds up to: no row, always. Staff of any role.';

revoke execute on function public.verify_inventory() from public, anon;
grant execute on function public.verify_inventory(), private.verify_inventory() to authenticated, service_role;

-- schemas/inventory/tables.sql

-- What staff search and page through: one row per variant with its numbers at every location.
--
-- Words to search and the order of the list come from two tables (products and variants), and no index spans two. So
-- they are kept together in public.inventory_index by statement-level triggers: rarely written, always searched.
-- Numbers are not in it; they are joined for the rows of one page.

-- For words in the middle of a name. `extensions` is where Supabase keeps what is not ours.
create extension if not exists pg_trgm with schema extensions;

create table public.inventory_index (
  variant_id uuid primary key references public.variants (id),
  category text not null references public.categories (slug),
  title text not null,
  position integer not null,
  words text not null
);
comment on table public.inventory_index is 'What the staff list is searched and ordered by. Maintained by triggers; staff only.';
comment on column public.inventory_index.title is 'The product''s title in lower case. With position and variant_id the one order of the list.';
comment on column public.inventory_index.words is 'Title, options, SKU, barcode and vendor, in lower case: every word of a search must occur in it.';
create index inventory_index_in_order on public.inventory_index (title, position, variant_id);
create index inventory_index_by_category on public.inventory_index (category, title, position, variant_id);
create index inventory_index_by_words on public.inventory_index using gin (words extensions.gin_trgm_ops);

alter table public.inventory_index enable row level security;
revoke all on public.inventory_index from anon, authenticated, service_role;
grant select on public.inventory_index to authenticated, service_role;
create policy "staff search the inventory" on public.inventory_index
  for select to authenticated using ((select private.staff_role()) is not null);

-- Few are low or sold out among many: a list narrowed to those begins here, not at the first title.
create index shelf_by_band on public.shelf (band) where band in ('low', 'out');

-- schemas/inventory/functions.sql

create function private.inventory_projection(variant_ids uuid[])
returns setof public.inventory_index
language sql
stable
set search_path = ''
as $$
  select variants.id, products.category, lower(products.title), variants.position,
    lower(concat_ws(' ', products.title, array_to_string(variants.option_values, ' '), variants.sku, variants.barcode, products.vendor))
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = any (inventory_projection.variant_ids)
$$;
comment on function private.inventory_projection(uuid[]) is 'What the index must say about these variants. The only place that knows what can be searched.';

create function private.index_variants(variant_ids uuid[])
returns void
language sql
set search_path = ''
as $$
  insert into public.inventory_index as known (variant_id, category, title, position, words)
  select variant_id, category, title, position, words
  from private.inventory_projection(index_variants.variant_ids)
  order by variant_id
  on conflict (variant_id) do update
  set category = excluded.category,
    title = excluded.title,
    position = excluded.position,
    words = excluded.words
  where (known.category, known.title, known.position, known.words)
    is distinct from (excluded.category, excluded.title, excluded.position, excluded.words)
$$;
comment on function private.index_variants(uuid[]) is 'Brings the index up to date; writes only rows that change.';

create function private.variants_index()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_variants(array(select id from changed));
  return null;
end;
$$;
comment on function private.variants_index() is 'A new or renamed variant can be searched at once.';
create trigger variants_index_new after insert on public.variants
  referencing new table as changed
  for each statement execute function private.variants_index();
create trigger variants_index_changed after update on public.variants
  referencing new table as changed
  for each statement execute function private.variants_index();

create function private.products_index()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_variants(array(
    select variants.id
    from changed
    join before using (id)
    join public.variants on variants.product_id = changed.id
    where (changed.title, changed.category, changed.vendor) is distinct from (before.title, before.category, before.vendor)
  ));
  return null;
end;
$$;
comment on function private.products_index() is 'A renamed product is found by its new name at once.';
create trigger products_index after update on public.products
  referencing old table as before new table as changed
  for each statement execute function private.products_index();

create view public.inventory with (security_invoker = true) as
select
  variants.id as variant_id,
  products.id as product_id,
  products.handle,
  products.title,
  products.category,
  products.status,
  products.option_names,
  variants.option_values,
  variants.sku,
  variants.barcode,
  variants.active,
  shelf.band,
  shelf."left",
  shelf.version as shelf_version,
  (
    select media.src
    from public.product_media as media
    where media.product_id = products.id
      and (media.variant_id = variants.id or media.variant_id is null)
    order by media.variant_id is null, media.position
    limit 1
  ) as picture,
  (
    select coalesce(jsonb_agg(to_jsonb(level)), '[]')
    from public.stock_levels as level
    where level.variant_id = variants.id
  ) as levels
from public.inventory_index
join public.variants on variants.id = inventory_index.variant_id
join public.products on products.id = variants.product_id
join public.shelf on shelf.variant_id = variants.id;
comment on view public.inventory is
  'One row per variant as staff see it: what it is, its row of the shelf (band, left, shelf_version), and levels, its stock_levels rows as a JSON
   array (locations it never was at have none). Invoker''s rights: nobody but staff gets a row.';
revoke all on public.inventory from anon, authenticated, service_role;
grant select on public.inventory to authenticated, service_role;

create function private.search_patterns(query text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array(
    select '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    from regexp_split_to_table(lower(coalesce(search_patterns.query, '')), '\s+') as word
    where word <> ''
    order by length(word) desc
  )
$$;
comment on function private.search_patterns(text) is 'What is typed, as patterns for `like all`, longest word first.';

create function private.search_inventory(
  query text, category text, band public.shelf_band, location_id uuid, after uuid, size integer
)
returns setof public.inventory
language plpgsql
stable
security definer
set search_path = ''
-- Absent filters fold away and the index fits what was typed only when the plan knows the values.
set plan_cache_mode = 'force_custom_plan'
set jit = off
as $$
declare
  v_after public.inventory_index;
  v_words text[] := private.search_patterns(search_inventory.query);
begin
  -- Asked here and not by row level security: under a policy `like` may not use the index, because it could tell of
  -- rows it was shown before they were allowed.
  if not private.is_trusted() and private.staff_role() is null then
    return;
  end if;
  select * into v_after from public.inventory_index where inventory_index.variant_id = search_inventory.after;

  return query
  select inventory.*
  from (
    select found.variant_id, found.title, found.position
    from public.inventory_index as found
    -- The longest word leads, because `like all` alone cannot use the index.
    where (v_words[1] is null or found.words like v_words[1])
      and found.words like all (v_words)
      and (search_inventory.category is null or found.category = search_inventory.category)
      and (v_after.variant_id is null
        or (found.title, found.position, found.variant_id) > (v_after.title, v_after.position, v_after.variant_id))
      and (search_inventory.band is null or exists (
        select from public.shelf where shelf.variant_id = found.variant_id and shelf.band = search_inventory.band))
      and (search_inventory.location_id is null or exists (
        select from public.stock_levels as level
        where level.variant_id = found.variant_id and level.location_id = search_inventory.location_id))
    order by found.title, found.position, found.variant_id
    limit least(greatest(search_inventory.size, 1), 200)
  ) as page
  join public.inventory using (variant_id)
  order by page.title, page.position, page.variant_id;
end;
$$;
comment on function private.search_inventory(text, text, public.shelf_band, uuid, uuid, integer) is 'See public.search_inventory.';

create function public.search_inventory(
  query text default null,
  category text default null,
  band public.shelf_band default null,
  location_id uuid default null,
  after uuid default null,
  size integer default 50
)
returns setof public.inventory
language sql
stable
set search_path = ''
as $$
  select * from private.search_inventory(query, category, band, location_id, after, size)
$$;
comment on function public.search_inventory(text, text, public.shelf_band, uuid, uuid, integer) is
  'A page of public.inventory in the order of the list: rows after the variant `after`, up to size (1 to 200). query: every
   word must occur in title, options, SKU, barcode or vendor. band: what shoppers see. location_id: variants that have
   or had stock there. Nobody but staff gets a row.';

create function public.count_bands()
returns table (band public.shelf_band, variants integer)
language sql
stable
set search_path = ''
as $$
  -- Each by its name: asked of a column, the partial index could not be used, and the whole shelf would be read.
  select 'low'::public.shelf_band, (
    select count(*)::integer from (select from public.shelf where shelf.band = 'low' limit 1000) as counted
  )
  union all
  select 'out', (
    select count(*)::integer from (select from public.shelf where shelf.band = 'out' limit 1000) as counted
  )
$$;
comment on function public.count_bands() is 'How many variants are low and how many out, counted to a thousand: what is more is as many.';

revoke execute on function public.search_inventory(text, text, public.shelf_band, uuid, uuid, integer), public.count_bands() from public, anon;
grant execute on function public.search_inventory(text, text, public.shelf_band, uuid, uuid, integer),
  private.search_inventory(text, text, public.shelf_band, uuid, uuid, integer), public.count_bands() to authenticated, service_role;

select private.index_variants(array(select variants.id from public.variants));

-- schemas/imports/tables.sql

-- How a file becomes products, prices and stock. Whoever parses the file stages it in pieces, looks at the difference to
-- the shop, and applies it: one transaction, all or nothing. What was applied can be taken back by another import, which
-- wants the opposite. What somebody changed since then stays as it is and is listed, units come back as far as they are
-- still there, and what the import created is archived, because orders and the ledger may point at it.
--
--   begin_import ──▶ stage_import … ──▶ preview_import ──▶ apply_import ──▶ begin_revert ──▶ preview_import …
--                    (or stage_levels)      │      ▲            (or discard_import)
--                                           └──────┘ answer_import: what moved since the export
--
-- What must always be true:
--   1. What is written is what was previewed: both are private.import_diff, and apply_import can be told what was seen.
--   2. Applying the same file again finds no difference, so it changes nothing.
--   3. Quantities are movements of the ledger (document import-<number>), never plain writes.
--   4. In a staged row NULL means "the file does not say": what the catalogue has stays.
-- What an import changed stays in private.import_changes, before and after: its record, and what its revert goes by.

create function private.is_safe_html(html text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select html !~ '<(?!/?(p|ul|ol|li|strong|em|h3|h4)>|br />|a href="https?://[^"<>]*">|/a>)'
$$;
comment on function private.is_safe_html(text) is
  'True when every tag is one of p, br, ul, ol, li, strong, em, h3, h4 without attributes, or a link to http(s).';
grant execute on function private.is_safe_html(text) to service_role;

-- Whatever way a description comes in, no script comes with it.
alter table public.products
  add constraint products_describe_themselves_safely check (private.is_safe_html(description_html));

create type public.import_kind as enum ('products', 'inventory');
comment on type public.import_kind is 'What a file is about: products with one location''s quantities, or the units of any variants at any locations.';

create table public.imports (
  id uuid primary key default gen_random_uuid(),
  kind public.import_kind not null default 'products',
  number bigint generated always as identity unique,
  document text not null generated always as ('import-' || number::text) stored,
  file_name text not null check (length(trim(file_name)) between 1 and 255),
  location_id uuid references public.locations (id),
  reverts uuid references public.imports (id),
  warnings text[] not null default '{}' check (cardinality(warnings) <= 20),
  problems jsonb not null default '[]' check (jsonb_typeof(problems) = 'array' and jsonb_array_length(problems) <= 100),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  summary jsonb,
  discarded_at timestamptz,
  discarded_by uuid,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  constraint imports_say_what_they_changed check ((applied_at is null) = (summary is null)),
  constraint imports_say_who_discarded_them check ((discarded_at is null) = (discarded_by is null)),
  constraint imports_are_applied_or_discarded check (applied_at is null or discarded_at is null),
  constraint imports_of_products_name_a_location check ((kind = 'products') = (location_id is not null))
);
comment on table public.imports is 'One row per file, and one per revert. Staged until applied_at; one that nobody decides on is discarded after a week. Staff only; written by functions.';
comment on column public.imports.document is 'The name under which its quantities stand in the ledger.';
comment on column public.imports.location_id is 'The place whose on hand a product file''s quantities claim. Lines of an inventory file name their own.';
comment on column public.imports.reverts is 'The import that this one took back.';
comment on column public.imports.warnings is 'Sentences of whoever read the file about what it says and the shop will not do.';
comment on column public.imports.problems is 'Lines that could not be read, as private.import_conflicts lists what stands against a file; nothing is staged then.';
comment on column public.imports.summary is 'What it changed, as private.import_summary counts it; NULL until applied.';
comment on column public.imports.discarded_at is 'When somebody threw it away: what it staged is gone, the row stays.';
create unique index imports_are_taken_back_by_one on public.imports (reverts) where discarded_at is null;
create index imports_by_location on public.imports (location_id);
create trigger imports_touch before update on public.imports
  for each row execute function private.touch();

create table private.import_products (
  import_id uuid not null references public.imports (id) on delete cascade,
  handle text not null check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(handle) <= 255),
  line integer not null check (line >= 1),
  title text not null check (length(trim(title)) between 1 and 255),
  description_html text check (private.is_safe_html(description_html)),
  vendor text,
  category_slug text check (category_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  category_title text check (length(trim(category_title)) between 1 and 120),
  tags text[],
  option_names text[] not null check (cardinality(option_names) <= 3),
  status public.product_status,
  -- Types first: of a number no pattern says no.
  media jsonb check (
    jsonb_typeof(media) = 'array'
    and not media @? '$[*] ? (!(@.type() == "object"
      && @.src.type() == "string" && @.src like_regex "^(https?://|/)" && @.alt.type() == "string"
      && (@.option_values.type() == "null"
        || @.option_values.type() == "array" && !exists(@.option_values[*] ? (@.type() != "string")))))'
  ),
  primary key (import_id, handle),
  constraint import_products_name_their_category check ((category_slug is null) = (category_title is null))
);
comment on table private.import_products is 'A file''s products, staged.';
comment on column private.import_products.line is 'Where in the file it begins, counted from 1, for messages.';
comment on column private.import_products.media is 'All pictures in order: [{"src", "alt", "option_values": of the variant it shows, or null}].';

create table private.import_variants (
  import_id uuid not null,
  handle text not null,
  line integer not null check (line >= 1),
  position integer not null check (position >= 1),
  sku text not null check (length(trim(sku)) between 1 and 120),
  sku_given boolean not null,
  option_values text[] not null,
  price_minor integer not null check (price_minor >= 0),
  compare_at_minor integer check (compare_at_minor >= 0),
  barcode text check (length(barcode) <= 120),
  quantity integer check (quantity between 0 and 1000000),
  active boolean,
  primary key (import_id, handle, option_values),
  foreign key (import_id, handle) references private.import_products (import_id, handle) on delete cascade
);
comment on table private.import_variants is 'A file''s variants, staged. compare_at_minor 0 and barcode '''' mean: none.';
comment on column private.import_variants.sku_given is 'False: the file names no SKU and sku is derived from handle and options.';
create unique index import_variants_name_each_sku_once on private.import_variants (import_id, sku) where sku_given;

create type public.import_choice as enum ('add', 'set', 'skip');
comment on type public.import_choice is
  'What to do with a number of a file: add the difference to what the file was exported with, set it, or leave the level alone.';

create table private.import_levels (
  import_id uuid not null references public.imports (id) on delete cascade,
  line integer not null check (line >= 1),
  sku text,
  handle text,
  option_values text[] not null default '{}',
  location text not null,
  expected integer check (expected between 0 and 1000000),
  ledger_position bigint check (ledger_position >= 0),
  counted integer not null check (counted between 0 and 1000000),
  choice public.import_choice,
  primary key (import_id, line),
  constraint import_levels_name_their_variant check (coalesce(sku, handle) is not null),
  constraint import_levels_add_to_something check (choice <> 'add' or expected is not null)
);
comment on table private.import_levels is 'The lines of an inventory file that claim something, staged.';
comment on column private.import_levels.location is 'Its name or slug.';
comment on column private.import_levels.expected is 'What was on hand when the file was exported, at ledger_position. NULL: the file does not say.';
comment on column private.import_levels.counted is 'What the file says is on hand.';
comment on column private.import_levels.choice is 'What a person decided; NULL: nobody was asked, or nobody answered yet.';

create type private.import_subject as enum ('product', 'variant', 'level');
comment on type private.import_subject is 'What a difference is about. A quantity of a product file is its variant''s on_hand.';

create table private.import_changes (
  import_id uuid not null references public.imports (id) on delete cascade,
  subject private.import_subject not null,
  line integer not null,
  handle text not null,
  sku text,
  product_id uuid,
  variant_id uuid,
  location_id uuid,
  before jsonb,
  after jsonb not null,
  claim jsonb
);
comment on table private.import_changes is 'What an applied import changed: one row per product, variant or level, before (NULL: new) and after.';
comment on column private.import_changes.location_id is 'Where its on_hand is; NULL for a product.';
comment on column private.import_changes.claim is 'Of a level what the line said: {expected, counted, ledger_position}. The same line imported again is recognised by it.';
create index import_changes_by_import on private.import_changes (import_id, line);
create index import_changes_by_level on private.import_changes (variant_id, location_id) where claim is not null;

create table private.import_kept (
  import_id uuid not null references public.imports (id) on delete cascade,
  line integer not null,
  subject private.import_subject not null,
  handle text not null,
  sku text,
  field text not null,
  wanted jsonb,
  found jsonb,
  why text not null check (why in ('changed_since', 'taken_since', 'promised_since'))
);
comment on table private.import_kept is 'What a revert left as it found it, field by field: what it wanted, what is there.';
comment on column private.import_kept.why is
  'Somebody changed it after the import; something else has its SKU or choices now; of its units some are sold, held or kept.';
create index import_kept_by_import on private.import_kept (import_id, line);

alter table public.imports enable row level security;
alter table private.import_products enable row level security;
alter table private.import_variants enable row level security;
alter table private.import_levels enable row level security;
alter table private.import_changes enable row level security;
alter table private.import_kept enable row level security;

-- Not even the secret key writes here: an import goes through its functions.
revoke all on public.imports from anon, authenticated, service_role;
grant select on public.imports to authenticated, service_role;
create policy "staff read what was imported" on public.imports
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/imports/differences.sql

-- What a staged file, or a revert, would change: the only place that knows. Preview and apply both read it.

create type private.import_difference as (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, before jsonb, after jsonb, claim jsonb, wish text
);
comment on type private.import_difference is
  'A product, variant or level as it is (before, NULL: new) and as somebody wants it (after). wish: what a yes to it is a yes
   to, where that is not before and after: a difference that is added, whatever the number is by then.';

-- What there is ---------------------------------------------------------------------------------------------------

create view private.product_contents with (security_invoker = true) as
  select products.id as product_id, jsonb_build_object(
      'title', products.title,
      'description_html', products.description_html,
      'vendor', products.vendor,
      'category', products.category,
      'tags', products.tags,
      'option_names', products.option_names,
      'status', products.status,
      'media', pictures.media
    ) as content
  from public.products
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
        'src', media.src,
        'alt', media.alt,
        'option_values', variants.option_values
      ) order by media.position), '[]')
    from public.product_media as media
    left join public.variants on variants.id = media.variant_id
    where media.product_id = products.id
  ) as pictures (media);
comment on view private.product_contents is 'What an import may change of a product, as it is.';

create view private.variant_contents with (security_invoker = true) as
  select variants.id as variant_id, jsonb_build_object(
      'sku', variants.sku,
      'option_values', variants.option_values,
      'price_minor', variants.price_minor,
      'compare_at_minor', variants.compare_at_minor,
      'currency', variants.currency,
      'barcode', variants.barcode,
      'position', variants.position,
      'active', variants.active
    ) as content
  from public.variants;
comment on view private.variant_contents is 'What an import may change of a variant, as it is; its units aside.';

-- What a product file wants -----------------------------------------------------------------------------------------

create function private.import_matches(import_id uuid)
returns table (
  handle text, option_values text[], line integer, product_id uuid, variant_id uuid, sku text, rival uuid, times bigint
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select staged.handle, staged.option_values, staged.line, products.id, same.id,
    case
      when staged.sku_given then staged.sku
      when same.id is not null then same.sku
      -- Derived, but somebody else's already: a suffix that the same handle and options always get.
      when named.id is not null or count(*) over (partition by staged.sku) > 1
        then left(staged.sku, 113) || '-' || upper(left(md5(staged.handle || staged.option_values::text), 6))
      else staged.sku
    end,
    case
      when staged.sku_given and named.id <> alike.id then alike.id
      when staged.sku_given and named.product_id is distinct from products.id then named.id
    end,
    count(*) over (partition by coalesce(same.id::text, staged.handle || staged.option_values::text))
  from private.import_variants as staged
  left join public.products on products.handle = staged.handle
  left join public.variants as named on named.sku = staged.sku
  left join public.variants as alike on alike.product_id = products.id and alike.option_values = staged.option_values
  left join public.variants as same on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  where staged.import_id = import_matches.import_id;
end;
$$;
comment on function private.import_matches(uuid) is
  'Which variant each staged one is: by its SKU, else by its product''s handle and options; NULL when new. rival: another
   variant that has the SKU or the options already. times: how many staged rows claim the same variant.';

create function private.import_product_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select 'product'::private.import_subject, staged.line, staged.handle, null, products.id, null::uuid,
    null::uuid, known.content, jsonb_build_object(
      'title', staged.title,
      'description_html', coalesce(staged.description_html, products.description_html, ''),
      'vendor', coalesce(staged.vendor, products.vendor, ''),
      'category', coalesce(staged.category_slug, products.category, 'everything-else'),
      'tags', coalesce(staged.tags, products.tags, '{}'),
      'option_names', staged.option_names,
      'status', coalesce(staged.status, products.status, 'active'),
      'media', coalesce(wanted.media, known.content -> 'media', '[]')
    ), null::jsonb, null
  from private.import_products as staged
  left join public.products on products.handle = staged.handle
  left join lateral (
    select contents.content from private.product_contents as contents where contents.product_id = products.id
  ) as known on true
  -- The format has room for one picture of a variant. One that it ties to none still shows the variant it showed.
  cross join lateral (
    select jsonb_agg(picture.item || case when picture.item -> 'option_values' = 'null' then jsonb_build_object('option_values', (
        select shown.item -> 'option_values'
        from jsonb_array_elements(known.content -> 'media') as shown (item)
        where shown.item -> 'src' = picture.item -> 'src'
        limit 1
      )) else '{}' end order by picture.position)
    from jsonb_array_elements(staged.media) with ordinality as picture (item, position)
  ) as wanted (media)
  where staged.import_id = import_product_diff.import_id;
end;
$$;
comment on function private.import_product_diff(uuid) is 'Every staged product as it is and as the file wants it.';

create function private.import_variant_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select 'variant'::private.import_subject, staged.line, staged.handle, match.sku, match.product_id, variants.id,
    imports.location_id,
    (select contents.content from private.variant_contents as contents where contents.variant_id = variants.id)
      || jsonb_build_object('on_hand', coalesce(level.on_hand, 0)),
    jsonb_build_object(
      'sku', match.sku,
      'option_values', staged.option_values,
      'price_minor', staged.price_minor,
      'compare_at_minor', nullif(coalesce(staged.compare_at_minor, variants.compare_at_minor), 0),
      'currency', shop_settings.currency,
      'barcode', nullif(coalesce(staged.barcode, variants.barcode), ''),
      'position', coalesce(variants.position, staged.position),
      'active', coalesce(staged.active, variants.active, true),
      'on_hand', coalesce(staged.quantity, level.on_hand, 0)
    ), null::jsonb, null
  from public.imports
  join private.import_variants as staged on staged.import_id = imports.id
  join private.import_matches(import_variant_diff.import_id) as match using (handle, option_values)
  left join public.variants on variants.id = match.variant_id
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = imports.location_id
  cross join public.shop_settings
  where imports.id = import_variant_diff.import_id;
end;
$$;
comment on function private.import_variant_diff(uuid) is 'The same for every staged variant. on_hand is that of the import''s location.';

-- schemas/imports/level_differences.sql

-- What an inventory file wants --------------------------------------------------------------------------------------

create function private.import_level_lines(import_id uuid)
returns table (
  line integer, product_id uuid, variant_id uuid, location_id uuid, handle text, title text, sku text,
  option_values text[], location text, places bigint, times bigint, expected integer, counted integer,
  ledger_position bigint, on_hand integer, promised integer, repeats text, choice public.import_choice,
  result integer, claim jsonb
)
language sql
stable
set search_path = ''
as $$
  select staged.line, products.id, variants.id, place.id, coalesce(products.handle, staged.handle), products.title,
    coalesce(variants.sku, staged.sku), coalesce(variants.option_values, staged.option_values),
    coalesce(place.name, staged.location), place.places,
    count(*) over (partition by coalesce(variants.id::text, staged.line::text), place.id),
    staged.expected, staged.counted, staged.ledger_position, stock.on_hand, stock.promised, earlier.document, wish.choice,
    case wish.choice
      when 'add' then stock.on_hand + staged.counted - staged.expected
      when 'set' then staged.counted
      else stock.on_hand
    end,
    said.claim
  from private.import_levels as staged
  left join public.variants as named on named.sku = staged.sku
  left join public.products as alike on alike.handle = staged.handle
  left join public.variants as chosen on chosen.product_id = alike.id and chosen.option_values = staged.option_values
  left join public.variants on variants.id = coalesce(named.id, chosen.id)
  left join public.products on products.id = variants.product_id
  cross join lateral (
    select min(locations.id::text)::uuid as id, min(locations.name) as name, count(*) as places
    from public.locations
    where locations.active and staged.location in (locations.name, locations.slug)
  ) as place
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = place.id
  cross join lateral (
    select coalesce(level.on_hand, 0) as on_hand, coalesce(level.on_hand - level.available, 0) as promised
  ) as stock
  cross join lateral (
    select jsonb_build_object('expected', staged.expected, 'counted', staged.counted, 'ledger_position', staged.ledger_position) as claim
  ) as said
  left join lateral (
    select imports.document
    from private.import_changes as done
    join public.imports on imports.id = done.import_id
    where done.variant_id = variants.id
      and done.location_id = place.id
      and done.claim = said.claim
      and not exists (select from public.imports as revert where revert.reverts = done.import_id and revert.applied_at is not null)
    order by imports.number desc
    limit 1
  ) as earlier on true
  cross join lateral (
    select case
      when staged.expected is null then coalesce(staged.choice, 'set')
      -- The same line of the same export again, and its units stand in the ledger: adding them twice is never meant.
      when earlier.document is not null and stock.on_hand <> staged.expected then coalesce(staged.choice, 'skip')
      else coalesce(staged.choice, 'add')
    end as choice
  ) as wish
  where staged.import_id = import_level_lines.import_id
$$;
comment on function private.import_level_lines(uuid) is
  'Every staged line of an inventory file with the level it means: on_hand now, promised (held, committed or kept as
   safety stock), the choice that holds (what moved since the export is added to unless somebody says otherwise) and its
   result. repeats: the document that has booked this very line already.';

create function private.import_level_diff(import_id uuid)
returns setof private.import_difference
language sql
stable
set search_path = ''
as $$
  select 'level'::private.import_subject, level.line, level.handle, level.sku, level.product_id, level.variant_id,
    level.location_id,
    jsonb_build_object('location', level.location, 'on_hand', level.on_hand),
    jsonb_build_object('location', level.location, 'on_hand', level.result),
    level.claim,
    case when level.choice = 'add' then (level.counted - level.expected)::text end
  from private.import_level_lines(import_level_diff.import_id) as level
  where level.variant_id is not null
    and level.location_id is not null
$$;
comment on function private.import_level_diff(uuid) is 'Every staged line of a known level as it is and as the choice makes it.';

create function private.import_questions(import_id uuid)
returns table (
  line integer, title text, option_values text[], sku text, location text, expected integer, counted integer, on_hand integer,
  promised integer, repeats text, choice public.import_choice, result integer, ledger_position bigint, variant_id uuid,
  location_id uuid
)
language sql
stable
set search_path = ''
as $$
  select level.line, level.title, level.option_values, level.sku, level.location, level.expected, level.counted, level.on_hand,
    level.promised, level.repeats, level.choice, level.result, level.ledger_position, level.variant_id, level.location_id
  from private.import_level_lines(import_questions.import_id) as level
  where level.variant_id is not null
    and level.location_id is not null
    and (level.on_hand <> level.expected or least(level.result, level.counted) < level.promised)
$$;
comment on function private.import_questions(uuid) is
  'Lines a person should look at: the number moved since the export, or fewer would be left than are promised.';

-- What a revert wants -------------------------------------------------------------------------------------------------

create function private.import_reversal(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, made jsonb, found jsonb, content jsonb
)
language sql
stable
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    field.key, field.value, done.after -> field.key, known.content -> field.key, known.content
  from private.import_changes as done
  left join private.import_changes as parent
    on parent.import_id = done.import_id and parent.subject = 'product' and parent.product_id = done.product_id and parent.before is null
  cross join lateral (
    select case done.subject
      when 'product' then (select contents.content from private.product_contents as contents where contents.product_id = done.product_id)
      when 'variant' then (select contents.content from private.variant_contents as contents where contents.variant_id = done.variant_id)
      else '{}'
    end
  ) as known (content)
  cross join lateral jsonb_each(coalesce(done.before, case
    when done.subject = 'product' then '{"status": "archived"}'
    -- With a product that is archived nothing of it is sold; in one that stays, the new variant goes.
    when parent.product_id is not null then '{}'
    else '{"active": false}'
  end::jsonb)) as field
  where done.import_id = import_reversal.import_id
    and field.key not in ('on_hand', 'location')
    and field.value is distinct from done.after -> field.key
$$;
comment on function private.import_reversal(uuid) is
  'What an import made of each field it changed (made), what was there before (was) and what is there now (found, and the
   whole content around it). Of what it created: that it is on sale. Its units are not in it.';

create function private.revert_fields(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, found jsonb, content jsonb, why text
)
language sql
stable
strict
set search_path = ''
as $$
  with reversal as materialized (
    select * from private.import_reversal(revert_fields.import_id) as field where field.found is distinct from field.was
  ), back as (
    select * from reversal where reversal.found = reversal.made
  ), shapes as (
    select variants.product_id,
      coalesce(choices.was, to_jsonb(variants.option_values)) as choices,
      coalesce(sold.was::boolean, variants.active) as sold,
      jsonb_array_length(coalesce(names.was, to_jsonb(products.option_names))) as names
    from public.variants
    join public.products on products.id = variants.product_id
    left join back as choices on choices.variant_id = variants.id and choices.field = 'option_values'
    left join back as sold on sold.variant_id = variants.id and sold.field = 'active'
    left join back as names on names.product_id = products.id and names.field = 'option_names'
    where variants.product_id in (select back.product_id from back)
  ), broken as (
    select shapes.product_id
    from shapes
    group by shapes.product_id
    having bool_or(shapes.sold and jsonb_array_length(shapes.choices) <> shapes.names) or count(*) <> count(distinct shapes.choices)
  )
  select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
    field.field, field.was, field.found, field.content,
    case
      when field.found is distinct from field.made then 'changed_since'
      when field.field = 'sku' and exists (
          select from public.variants as other where other.sku = field.was #>> '{}' and other.id <> field.variant_id
        ) then 'taken_since'
      -- The choices of a product are one thing: its names and every variant's values go back together or not at all, and
      -- a variant they do not fit is not sold again.
      when (field.field in ('option_values', 'option_names') or field.field = 'active' and field.was = 'true')
        and field.product_id in (select broken.product_id from broken) then 'taken_since'
    end
  from reversal as field
$$;
comment on function private.revert_fields(uuid) is
  'Every field that is not as it was before an import: what it was, what is there now and in which content. It goes back if it
   still is what the import made of it and nothing else has its SKU or choices by now; why says why not.';

create function private.import_units(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid, location_id uuid,
  content jsonb, on_hand integer, wanted integer, back integer
)
language sql
stable
strict
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    case when done.subject = 'level' then jsonb_build_object('location', done.after -> 'location') else contents.content end,
    coalesce(level.on_hand, 0), booked.delta, greatest(booked.delta, -coalesce(level.available, 0) - expired.units)
  from private.import_changes as done
  join private.variant_contents as contents on contents.variant_id = done.variant_id
  left join public.stock_levels as level on level.variant_id = done.variant_id and level.location_id = done.location_id
  cross join lateral (
    select coalesce((done.before ->> 'on_hand')::integer, 0) - (done.after ->> 'on_hand')::integer as delta
  ) as booked
  cross join lateral (
    -- What has run out is free, and released by whoever books this.
    select coalesce(sum(claims.quantity), 0)::integer as units
    from public.claims
    where claims.variant_id = done.variant_id
      and claims.location_id = done.location_id
      and claims.expires_at <= private.clock()
  ) as expired
  where done.import_id = import_units.import_id
    and booked.delta <> 0
$$;
comment on function private.import_units(uuid) is
  'The units of an import turned round (wanted), and as many of them as can go back now (back): what it brought and is sold,
   held or kept since cannot.';

-- schemas/imports/conflicts.sql

create function private.revert_diff(import_id uuid)
returns setof private.import_difference
language sql
stable
set search_path = ''
as $$
  with fields as (
    select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
      field.content, jsonb_object_agg(field.field, field.was) as back
    from private.revert_fields(revert_diff.import_id) as field
    where field.why is null
    group by field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id, field.content
  ), units as (
    select moved.*, jsonb_build_object('on_hand', moved.on_hand) as before,
      jsonb_build_object('on_hand', moved.on_hand + moved.back) as after
    from private.import_units(revert_diff.import_id) as moved
    where moved.back <> 0
  )
  select subject, coalesce(fields.line, units.line), coalesce(fields.handle, units.handle), coalesce(fields.sku, units.sku),
    coalesce(fields.product_id, units.product_id), variant_id, coalesce(fields.location_id, units.location_id),
    coalesce(fields.content, units.content) || coalesce(units.before, '{}'),
    coalesce(fields.content, units.content) || coalesce(fields.back, '{}') || coalesce(units.after, '{}'),
    null::jsonb, concat_ws(' ', fields.back, units.back)
  from fields
  full join units using (subject, variant_id)
$$;
comment on function private.revert_diff(uuid) is
  'An applied import turned round, as far as it can be. A yes is one to the fields and units that go back, whatever else of
   them is sold or edited meanwhile.';

-- Together ------------------------------------------------------------------------------------------------------------

create function private.import_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports where imports.id = import_diff.import_id;
  if v_import.applied_at is not null then
    return query
    select change.subject, change.line, change.handle, change.sku, change.product_id, change.variant_id, change.location_id,
      change.before, change.after, change.claim, null::text
    from private.import_changes as change
    where change.import_id = import_diff.import_id;
  elsif v_import.reverts is not null then
    return query select * from private.revert_diff(v_import.reverts);
  elsif v_import.kind = 'inventory' then
    return query select * from private.import_level_diff(import_id);
  else
    return query
    select * from private.import_product_diff(import_id)
    union all
    select * from private.import_variant_diff(import_id);
  end if;
end;
$$;
comment on function private.import_diff(uuid) is
  'What an import changes, or, once it is applied, what it changed.';

create function private.import_stays(import_id uuid)
returns table (
  line integer, subject private.import_subject, handle text, sku text, field text, wanted jsonb, found jsonb, why text
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select field.line, field.subject, field.handle, field.sku, field.field, field.was, field.found, field.why
  from public.imports
  cross join lateral private.revert_fields(imports.reverts) as field
  where imports.id = import_stays.import_id
    and imports.applied_at is null
    and field.why is not null
  union all
  select units.line, units.subject, units.handle, units.sku, 'on_hand', to_jsonb(units.wanted), to_jsonb(units.back), 'promised_since'
  from public.imports
  cross join lateral private.import_units(imports.reverts) as units
  where imports.id = import_stays.import_id
    and imports.applied_at is null
    and units.back <> units.wanted
  union all
  select kept.line, kept.subject, kept.handle, kept.sku, kept.field, kept.wanted, kept.found, kept.why
  from private.import_kept as kept
  where kept.import_id = import_stays.import_id;
end;
$$;
comment on function private.import_stays(uuid) is 'What a revert would leave as it is and why, or, once it is applied, what it left.';

create function private.import_conflicts(import_id uuid)
returns table (line integer, "column" text, value text, why text)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with matches as materialized (
    select * from private.import_matches(import_conflicts.import_id)
  )
  select problem.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral jsonb_to_recordset(imports.problems) as problem (line integer, "column" text, value text, why text)
  where imports.id = import_conflicts.import_id

  union all
  select match.line, 'Variant SKU', match.sku,
    'is or would become ' || products.handle || ' ' || array_to_string(rival.option_values, ' / ') || ' (SKU ' || rival.sku || ')'
  from matches as match
  join public.variants as rival on rival.id = match.rival
  join public.products on products.id = rival.product_id

  union all
  select match.line, 'Variant SKU', match.sku, 'is the same variant as another line of the file'
  from matches as match
  where match.times > 1

  union all
  select staged.line, 'Option1 Name', array_to_string(staged.option_names, ', '),
    'variant ' || variants.sku || ' is not in the file and has ' || cardinality(variants.option_values) || ' options: add its line'
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  join public.variants on variants.product_id = products.id and variants.active
  where staged.import_id = import_conflicts.import_id
    and cardinality(variants.option_values) <> cardinality(staged.option_names)
    and not exists (select from matches as match where match.variant_id = variants.id)

  union all
  select staged.line, 'Variant Inventory Qty', staged.quantity::text,
    'fewer than the ' || level.on_hand - level.available || ' units held, committed or kept as safety stock here'
  from private.import_variants as staged
  join matches as match using (handle, option_values)
  join public.imports on imports.id = staged.import_id
  join public.stock_levels as level on level.variant_id = match.variant_id and level.location_id = imports.location_id
  where staged.import_id = import_conflicts.import_id
    and staged.quantity < level.on_hand - level.available

  union all
  select level.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral private.import_level_lines(imports.id) as level
  cross join lateral (
    values
      (level.variant_id is null, 'SKU', coalesce(level.sku, level.handle), 'is no variant of this shop'),
      (level.places = 0, 'Location', level.location, 'is no open location of this shop'),
      (level.places > 1, 'Location', level.location, 'is what several locations are called: write the one''s slug'),
      (level.times > 1, 'SKU', level.sku, 'at ' || level.location || ' stands in another line of the file, too'),
      (num_nulls(level.variant_id, level.location_id, level.ledger_position) = 0 and level.expected <> level.on_hand - (
          select coalesce(sum(movement.delta), 0)
          from public.stock_movements as movement
          where movement.variant_id = level.variant_id
            and movement.location_id = level.location_id
            and movement.id > level.ledger_position
        ), 'On hand (current)', level.expected::text,
        'is not what was on hand when the file was exported: leave it, and write the new number into On hand (new)'),
      (level.result < level.promised, 'On hand (new)', level.counted::text,
        'would leave ' || level.result || ', fewer than the ' || level.promised || ' units held, committed or kept as safety stock at ' || level.location)
  ) as problem (stands, "column", value, why)
  where imports.id = import_conflicts.import_id
    and imports.kind = 'inventory'
    and problem.stands
    and level.choice <> 'skip'
  order by 1;
end;
$$;
comment on function private.import_conflicts(uuid) is
  'Why the file cannot be applied to this catalogue: the line, its column and value, and what stands against it. No row: it can.';

create function private.import_summary(import_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    with diff as materialized (
      select * from private.import_diff(import_summary.import_id)
    ), counts as (
      select jsonb_build_object(
        'new', count(*) filter (where before is null and line is not null),
        'changed', count(*) filter (where before <> after),
        'unchanged', count(*) filter (where before = after)
      ) as by_state, subjects.subject
      from unnest(enum_range(null::private.import_subject)) as subjects (subject)
      left join diff using (subject)
      group by subjects.subject
    ), fields as (
      select field.key, count(*) as times
      from diff
      cross join lateral jsonb_each(diff.after) as field
      where diff.before <> diff.after
        and diff.before -> field.key <> field.value
      group by field.key
    ), units as (
      select coalesce((diff.after ->> 'on_hand')::bigint - coalesce((diff.before ->> 'on_hand')::bigint, 0), 0) as delta
      from diff
    )
    select jsonb_build_object(
      'products', (select by_state from counts where subject = 'product'),
      'variants', (select by_state from counts where subject = 'variant'),
      'levels', (select by_state from counts where subject = 'level'),
      'fields', (select coalesce(jsonb_object_agg(key, times), '{}') from fields),
      'units_in', (select coalesce(sum(delta) filter (where delta > 0), 0) from units),
      'units_out', (select coalesce(-sum(delta) filter (where delta < 0), 0) from units),
      'fingerprint', (
        select md5(coalesce(string_agg(concat_ws(' ', handle, sku, location_id, coalesce(wish, concat_ws(' ', before, after))), E'\n'
          order by handle, sku nulls first, location_id), ''))
        from diff where before is distinct from after
      )
    )
  );
end;
$$;
comment on function private.import_summary(uuid) is
  'Counts of new, changed and unchanged, changes by field, units that would come and go, and a fingerprint of the whole
   difference: as long as it is the same, applying does exactly what was shown.';

-- schemas/imports/staging.sql

-- How a file is imported, step by step. Managers and the secret key; each step is one transaction. Refusals
-- (docs/errors.md): role_required, invalid_input, not_found, import_applied, import_conflict, import_changed, already_undone,
-- idempotency_key_reused.

create function private.throw_away(import_ids uuid[], who uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_thrown uuid[];
begin
  with thrown as (
    update public.imports
    set discarded_at = now(), discarded_by = throw_away.who
    where imports.id = any (throw_away.import_ids)
      and imports.applied_at is null
      and imports.discarded_at is null
    returning imports.id
  )
  select array_agg(thrown.id) into v_thrown from thrown;
  delete from private.import_products as staged where staged.import_id = any (v_thrown);
  delete from private.import_levels as staged where staged.import_id = any (v_thrown);
  return v_thrown is not null;
end;
$$;
comment on function private.throw_away(uuid[], uuid) is
  'Discards those of these imports that are still staged. Their rows stay, because they are streamed. Whether there was any.';

-- begin_import ------------------------------------------------------------------------------------------------

create function private.import_problems_in(problems jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_read jsonb;
begin
  if jsonb_typeof(problems) is distinct from 'array' then
    return null;
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
      'line', private.whole_in(problem -> 'line', 1, 1000000000),
      'column', left(problem ->> 'column', 300), 'value', left(problem ->> 'value', 300), 'why', problem ->> 'why'
    ) order by n), '[]')
  into v_read
  from jsonb_array_elements(problems) with ordinality as given (problem, n)
  where jsonb_typeof(problem -> 'column') = 'string'
    and jsonb_typeof(problem -> 'why') = 'string' and length(problem ->> 'why') between 1 and 1000
    and jsonb_typeof(coalesce(problem -> 'value', 'null')) in ('string', 'null')
    and (coalesce(problem -> 'line', 'null') = 'null' or private.whole_in(problem -> 'line', 1, 1000000000) is not null);
  return case when jsonb_array_length(v_read) = jsonb_array_length(problems) then v_read end;
end;
$$;
comment on function private.import_problems_in(jsonb) is
  'Reads [{line, column, value, why}] from known keys; column and value are cut to 300 characters. NULL when it is no such list.';

create function private.begin_import(
  file_name text, idempotency_key uuid, location_id uuid, warnings text[], problems jsonb, kind public.import_kind
)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_location uuid := location_id;
  v_problems jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'begin_import',
    jsonb_build_array(file_name, location_id, warnings, problems, kind));
  if v_response is null then
    if length(trim(coalesce(file_name, ''))) not between 1 and 255 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'file_name', 'problem', 'not 1 to 255 characters', 'value', file_name),
        'Say what the file is called.');
    end if;
    if cardinality(warnings) > 20 or array_position(warnings, null) > 0
      or exists (select from unnest(warnings) as warning where length(warning) > 20000) then
      perform private.refuse(422, 'invalid_input', '{"field": "warnings", "problem": "more than 20, or no sentences"}', 'Sum them up.');
    end if;
    v_problems := private.import_problems_in(coalesce(problems, '[]'));
    if v_problems is null or jsonb_array_length(v_problems) > 100 then
      perform private.refuse(422, 'invalid_input', '{"field": "problems", "problem": "not 0 to 100 of {line, column, value, why}"}',
        'Sum them up.');
    end if;
    if kind = 'inventory' then
      v_location := null;
    elsif v_location is null then
      select locations.id into v_location from public.locations where locations.active order by locations.position, locations.id limit 1;
      if not found then
        perform private.refuse(404, 'not_found', '{}', 'The shop has no active location to take the quantities. Create one first.');
      end if;
    end if;
    perform private.check_places('{}', array_remove(array[v_location], null));

    perform private.throw_away(
      array(
        select imports.id from public.imports
        where imports.applied_at is null and imports.discarded_at is null and imports.created_at < now() - interval '7 days'
      ),
      '00000000-0000-0000-0000-000000000000'
    );
    insert into public.imports (kind, file_name, location_id, warnings, problems)
    values (begin_import.kind, trim(file_name), v_location, coalesce(begin_import.warnings, '{}'), v_problems)
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;
comment on function private.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind) is 'See public.begin_import.';

create function public.begin_import(
  file_name text, idempotency_key uuid, location_id uuid default null, warnings text[] default '{}',
  problems jsonb default '[]', kind public.import_kind default 'products'
)
returns public.imports
language sql
set search_path = ''
as $$
  select * from private.begin_import(file_name, idempotency_key, location_id, warnings, problems, kind)
$$;
comment on function public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind) is
  'Opens an import for a file of products, whose quantities are those of one location (NULL: the first by position), or of
   inventory, whose lines name their own. problems [{line, column, value, why}]: a file that cannot be read is kept with its reasons and never applied. Managers.
   Raises role_required (403), not_found (404, the location), idempotency_key_reused (409), invalid_input (422).';

create function private.lock_import(import_id uuid, kind public.import_kind default null)
returns public.imports
language plpgsql
set search_path = ''
as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports where imports.id = lock_import.import_id for update;
  if not found or v_import.discarded_at is not null then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;
  if v_import.applied_at is not null then
    perform private.refuse(409, 'import_applied', jsonb_build_object('document', v_import.document),
      'It has been applied. Upload the file again for another import.');
  end if;
  if v_import.kind <> lock_import.kind then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'import_id', 'problem', 'an import of ' || v_import.kind, 'value', import_id),
      'Stage products by stage_import and units by stage_levels.');
  end if;
  return v_import;
end;
$$;
comment on function private.lock_import(uuid, public.import_kind) is
  'The staged import, locked; of this kind where one is named. Raises not_found (404), import_applied (409), invalid_input (422).';

-- stage_import ------------------------------------------------------------------------------------------------

create function private.stage_products(import_id uuid, products jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_problem text;
begin
  -- Sent again after a timeout, a piece replaces itself.
  delete from private.import_products as staged
  where staged.import_id = stage_products.import_id
    and staged.handle in (select product ->> 'handle' from jsonb_array_elements(products) as product);

  insert into private.import_products (import_id, handle, line, title, description_html, vendor, category_slug,
    category_title, tags, option_names, status, media)
  select stage_products.import_id, product.handle, product.line, product.title, product.description_html, product.vendor,
    product.category_slug, product.category_title, product.tags, product.option_names, product.status, product.media
  from jsonb_populate_recordset(null::private.import_products, products) as product;

  insert into private.import_variants (import_id, handle, line, position, sku, sku_given, option_values, price_minor,
    compare_at_minor, barcode, quantity, active)
  select stage_products.import_id, product ->> 'handle', variant.line, variant.position, variant.sku, variant.sku_given,
    variant.option_values, variant.price_minor, variant.compare_at_minor, variant.barcode, variant.quantity, variant.active
  from jsonb_array_elements(products) as product
  cross join lateral jsonb_populate_recordset(null::private.import_variants, product -> 'variants') as variant;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text;
  perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'products', 'problem', v_problem),
    'Send each product once, in the shape of private.import_products and private.import_variants.');
end;
$$;
comment on function private.stage_products(uuid, jsonb) is 'Writes staged rows; their types and constraints are the check. Raises invalid_input (422).';

create function private.stage_import(import_id uuid, products jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'products');
  if products is null or jsonb_typeof(products) <> 'array' or jsonb_array_length(products) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "products", "problem": "not 1 to 1000 products"}', 'Send the file in pieces.');
  end if;
  perform private.stage_products(import_id, products);
  return (select count(*) from private.import_variants as staged where staged.import_id = stage_import.import_id);
end;
$$;
comment on function private.stage_import(uuid, jsonb) is 'See public.stage_import.';

create function public.stage_import(import_id uuid, products jsonb)
returns integer
language sql
set search_path = ''
as $$
  select private.stage_import(import_id, products)
$$;
comment on function public.stage_import(uuid, jsonb) is
  'Adds up to 1000 products [{handle, line, title, option_names, variants: [{line, position, sku, sku_given, option_values,
   price_minor, …}], …}] to an import; a product sent again replaces itself. Returns how many variants are staged.
   Managers. Raises role_required (403), not_found (404), import_applied (409), invalid_input (422).';

-- stage_levels ------------------------------------------------------------------------------------------------

create function private.stage_levels(import_id uuid, levels jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_problem text;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  if levels is null or jsonb_typeof(levels) <> 'array' or jsonb_array_length(levels) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "levels", "problem": "not 1 to 1000 lines"}', 'Send the file in pieces.');
  end if;
  begin
    -- Sent again after a timeout, a piece replaces itself.
    delete from private.import_levels as staged
    using jsonb_to_recordset(levels) as again (line integer)
    where staged.import_id = stage_levels.import_id and staged.line = again.line;
    insert into private.import_levels (import_id, line, sku, handle, option_values, location, expected, ledger_position, counted)
    select stage_levels.import_id, level.line, level.sku, level.handle, level.option_values, level.location, level.expected,
      level.ledger_position, level.counted
    from jsonb_populate_recordset(null::private.import_levels, levels) as level;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text;
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'levels', 'problem', v_problem),
      'Send each line once, in the shape of private.import_levels.');
  end;
  return (select count(*) from private.import_levels as staged where staged.import_id = stage_levels.import_id);
end;
$$;
comment on function private.stage_levels(uuid, jsonb) is 'See public.stage_levels.';

create function public.stage_levels(import_id uuid, levels jsonb)
returns integer
language sql
set search_path = ''
as $$
  select private.stage_levels(import_id, levels)
$$;
comment on function public.stage_levels(uuid, jsonb) is
  'Adds up to 1000 lines [{line, sku, handle, option_values, location: name or slug, expected, ledger_position, counted}] to
   an inventory import; a line sent again replaces itself. Returns how many are staged. Managers. Raises role_required
   (403), not_found (404), import_applied (409), invalid_input (422).';

-- schemas/imports/preview.sql

-- begin_revert ------------------------------------------------------------------------------------------------

create function private.begin_revert(import_id uuid)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_revert public.imports;
begin
  perform private.require_role('manager');
  -- Locked, so that two who begin at once begin the same.
  select * into v_import from public.imports where imports.id = begin_revert.import_id for update;
  if v_import.applied_at is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Only an import that was applied can be taken back.');
  end if;
  select * into v_revert from public.imports where imports.reverts = begin_revert.import_id and imports.discarded_at is null;
  if v_revert.applied_at is not null then
    perform private.refuse(409, 'already_undone', jsonb_build_object('change', import_id), 'It was taken back once; nothing is left of it.');
  end if;
  if v_revert.id is null then
    insert into public.imports (kind, file_name, location_id, reverts)
    values (v_import.kind, v_import.file_name, v_import.location_id, v_import.id)
    returning * into v_revert;
  end if;
  return v_revert;
end;
$$;
comment on function private.begin_revert(uuid) is 'See public.begin_revert.';

create function public.begin_revert(import_id uuid)
returns public.imports
language sql
set search_path = ''
as $$
  select * from private.begin_revert(import_id)
$$;
comment on function public.begin_revert(uuid) is
  'Opens the import that takes an applied one back; asked again, the same. Nothing changes yet: preview_import says what would
   go back and what is kept, apply_import does it, once and in one transaction, discard_import leaves it. What nobody changed
   since is then as before, its units go back as far as they are available, what it created is archived. A revert can be
   taken back, too. Managers. Raises role_required (403), not_found (404), already_undone (409).';

-- answer_import -----------------------------------------------------------------------------------------------

create function private.answer_import(import_id uuid, choice public.import_choice, line integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  update private.import_levels as staged
  set choice = answer_import.choice
  from private.import_questions(answer_import.import_id) as question
  where staged.import_id = answer_import.import_id
    and staged.line = question.line
    and question.line = coalesce(answer_import.line, question.line)
    and (staged.expected is not null or answer_import.choice <> 'add');
  if not found and answer_import.line is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'line', 'problem', 'not asked about', 'value', line),
      'Only lines whose number moved, or that leave too few, are asked about. Look at the preview again.');
  end if;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.imports set updated_at = clock_timestamp() where imports.id = answer_import.import_id;
end;
$$;
comment on function private.answer_import(uuid, public.import_choice, integer) is 'See public.answer_import.';

create function public.answer_import(import_id uuid, choice public.import_choice, line integer default null)
returns void
language sql
set search_path = ''
as $$
  select private.answer_import(import_id, choice, line)
$$;
comment on function public.answer_import(uuid, public.import_choice, integer) is
  'Says what to do with a line of an inventory file whose number moved since the export: add the difference, set it, or skip
   the line; without a line, with all of them. The last answer holds. Managers. Raises role_required (403), not_found
   (404), import_applied (409), invalid_input (422: the line is not asked about).';

-- preview_import ----------------------------------------------------------------------------------------------

create function private.preview_import(import_id uuid, first_changes integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_changes jsonb;
  v_conflicts jsonb := '[]';
  v_questions jsonb := '[]';
begin
  perform private.require_role('manager');
  select * into v_import from public.imports where imports.id = preview_import.import_id and imports.discarded_at is null;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;

  if v_import.applied_at is null then
    v_import.summary := private.import_summary(import_id);
    select coalesce(jsonb_agg(to_jsonb(conflict) order by conflict.line), '[]') into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
    if v_import.kind = 'inventory' then
      select coalesce(jsonb_agg(to_jsonb(question) || jsonb_build_object('movements', private.movements_since(
          question.variant_id, question.location_id, question.ledger_position)) order by question.line), '[]')
      into v_questions
      from (select * from private.import_questions(import_id) as asked order by asked.line limit least(first_changes, 1000)) as question;
    end if;
  end if;
  select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') into v_changes
  from (
    select diff.subject, diff.line, diff.handle, diff.sku, diff.before, diff.after
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after
    order by 2, 1
    limit least(first_changes, 10000)
  ) as change;
  return jsonb_build_object(
    'import', to_jsonb(v_import),
    'changes', v_changes,
    'conflicts', v_conflicts,
    'questions', v_questions,
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (select * from private.import_stays(import_id) as stays order by stays.line, stays.field limit least(first_changes, 10000)) as kept
    ),
    'reverted_by', (
      select revert.id from public.imports as revert
      where revert.reverts = preview_import.import_id and revert.applied_at is not null
    )
  );
end;
$$;
comment on function private.preview_import(uuid, integer) is 'See public.preview_import.';

create function public.preview_import(import_id uuid, first_changes integer default 200)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.preview_import(import_id, first_changes)
$$;
comment on function public.preview_import(uuid, integer) is
  'What applying would change, or, once applied, what it changed: {import: its row with summary, changes: the first so many
   products, variants and levels [{subject, line, handle, sku, before, after}], conflicts: [{line, column, value, why}],
   questions: lines whose number moved since the export, with the movements and the choice that holds (answer_import),
   kept: what a revert leaves, or left, alone and why, reverted_by: the id of the import that took this one back}.
   Managers. Raises role_required (403), not_found (404).';

-- schemas/imports/apply.sql

-- apply_import ------------------------------------------------------------------------------------------------

create function private.write_products(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_last integer := (select coalesce(max(products.position), 0) from public.products);
begin
  insert into public.categories (slug, title, position)
  select distinct on (wanted.slug) wanted.slug, wanted.title, (select coalesce(max(categories.position), 0) + 1 from public.categories)
  from (
    select staged.category_slug as slug, staged.category_title as title, staged.line
    from private.import_products as staged
    where staged.import_id = write_products.import_id
    union all
    select change.after ->> 'category', 'Everything else', change.line
    from private.import_changes as change
    where change.import_id = write_products.import_id and change.after ->> 'category' = 'everything-else'
  ) as wanted
  where wanted.slug is not null
  order by wanted.slug, wanted.line
  on conflict do nothing;

  update public.products
  set title = wanted.title,
    description_html = wanted.description_html,
    vendor = wanted.vendor,
    category = wanted.category,
    tags = wanted.tags,
    option_names = wanted.option_names,
    status = wanted.status
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and products.id = change.product_id;

  insert into public.products (handle, title, description_html, vendor, category, tags, option_names, status, position)
  select change.handle, wanted.title, wanted.description_html, wanted.vendor, wanted.category, wanted.tags,
    wanted.option_names, wanted.status, v_last + row_number() over (order by change.line)
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and change.product_id is null;

  update private.import_changes as change
  set product_id = products.id
  from public.products
  where change.import_id = write_products.import_id
    and change.product_id is null
    and products.handle = change.handle;
end;
$$;
comment on function private.write_products(uuid) is 'Categories and products of an import''s changes. New products come last in listings.';

create function private.write_variants(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    currency = wanted.currency,
    barcode = wanted.barcode,
    active = wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row: every cart being filled.
  update public.variants
  set sku = wanted.sku,
    option_values = wanted.option_values
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id
    and (variants.sku, variants.option_values) is distinct from (wanted.sku, wanted.option_values);

  insert into public.variants (product_id, sku, option_values, price_minor, compare_at_minor, currency, barcode, position, active)
  select change.product_id, wanted.sku, wanted.option_values, wanted.price_minor, wanted.compare_at_minor, wanted.currency,
    wanted.barcode, wanted.position, wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null;

  update private.import_changes as change
  set variant_id = variants.id
  from public.variants
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null
    and variants.sku = change.sku;
end;
$$;
comment on function private.write_variants(uuid) is 'Variants of an import''s changes. Those not in the file stay as they are.';

create function private.write_media(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_products uuid[] := array(
    select change.product_id
    from private.import_changes as change
    where change.import_id = write_media.import_id
      and change.subject = 'product'
      and change.before -> 'media' is distinct from change.after -> 'media'
  );
begin
  delete from public.product_media where product_media.product_id = any (v_products);

  insert into public.product_media (product_id, variant_id, position, src, alt)
  select change.product_id, variants.id, picture.position, picture.item ->> 'src', coalesce(picture.item ->> 'alt', '')
  from private.import_changes as change
  cross join lateral jsonb_array_elements(change.after -> 'media') with ordinality as picture (item, position)
  left join public.variants on variants.product_id = change.product_id
    and to_jsonb(variants.option_values) = picture.item -> 'option_values'
  where change.import_id = write_media.import_id
    and change.subject = 'product'
    and change.product_id = any (v_products);
end;
$$;
comment on function private.write_media(uuid) is 'The pictures of products whose list of pictures changes: the file''s list replaces the old.';

create function private.write_quantities(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lines jsonb;
begin
  select jsonb_agg(jsonb_build_object('variant_id', moved.variant_id, 'location_id', moved.location_id, 'delta', moved.delta))
  into v_lines
  from (
    select change.variant_id, change.location_id,
      (change.after ->> 'on_hand')::integer - coalesce((change.before ->> 'on_hand')::integer, 0) as delta
    from private.import_changes as change
    where change.import_id = import.id
      and change.subject <> 'product'
  ) as moved
  where moved.delta <> 0;
  if v_lines is not null then
    perform private.move_stock(v_lines, case when import.kind = 'inventory' then 'correction' else 'import' end::public.movement_reason,
      import.document, import.file_name);
  end if;
end;
$$;
comment on function private.write_quantities(public.imports) is
  'The ledger lines of an import''s changes. What people wrote into an inventory file is a correction.';

create function private.write_changes(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_products(import.id);
  perform private.write_variants(import.id);
  perform private.write_media(import.id);
  perform private.write_quantities(import);
end;
$$;
comment on function private.write_changes(public.imports) is 'Makes private.import_changes of this import true. The caller holds the locks.';

create function private.lock_catalogue(handles text[], variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- One import at a time: two that create the same product must not meet.
  perform pg_advisory_xact_lock(hashtext('apply_import'));
  -- Products before stock, as an edit of a product does: its trigger locks the variants' availability.
  perform from public.products
  where products.handle = any (lock_catalogue.handles)
  order by products.id
  for no key update;
  perform private.lock_variants(lock_catalogue.variant_ids);
end;
$$;
comment on function private.lock_catalogue(text[], uuid[]) is 'Holds still what an import compares itself with until the transaction ends.';

create function private.apply_import(import_id uuid, idempotency_key uuid, seen text)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_import public.imports;
  v_conflicts jsonb;
  v_summary jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'apply_import', jsonb_build_array(import_id, seen));
  if v_response is null then
    v_import := private.lock_import(import_id);
    perform private.lock_catalogue(
      array(
        select staged.handle from private.import_products as staged where staged.import_id = apply_import.import_id
        union all
        select done.handle from private.import_changes as done where done.import_id = v_import.reverts
      ),
      array(
        select match.variant_id from private.import_matches(import_id) as match where match.variant_id is not null
        union all
        select level.variant_id from private.import_level_lines(import_id) as level
        where v_import.kind = 'inventory' and level.variant_id is not null
        union all
        select done.variant_id from private.import_changes as done where done.import_id = v_import.reverts and done.variant_id is not null
      )
    );

    select jsonb_agg(to_jsonb(conflict)) into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
    if v_conflicts is not null then
      perform private.refuse(409, 'import_conflict', jsonb_build_object('conflicts', v_conflicts),
        'Change these lines of the file and upload it again. Nothing was imported.');
    end if;
    v_summary := private.import_summary(import_id);
    if seen <> v_summary ->> 'fingerprint' then
      perform private.refuse(409, 'import_changed', jsonb_build_object('fingerprint', v_summary ->> 'fingerprint'),
        'The catalogue or the stock moved since the preview. Look at the difference again, then confirm. Nothing was imported.');
    end if;

    perform private.leave_trail_to(v_import.document);
    insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id, before, after, claim)
    select apply_import.import_id, diff.subject, diff.line, diff.handle, diff.sku, diff.product_id, diff.variant_id,
      diff.location_id, diff.before, diff.after, diff.claim
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after;
    insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
    select apply_import.import_id, stays.* from private.import_stays(import_id) as stays;
    perform private.write_changes(v_import);

    delete from private.import_products as staged where staged.import_id = apply_import.import_id;
    delete from private.import_levels as staged where staged.import_id = apply_import.import_id;
    update public.imports set applied_at = now(), summary = v_summary where imports.id = apply_import.import_id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;
comment on function private.apply_import(uuid, uuid, text) is 'See public.apply_import.';

-- PostgREST sets a function's statement_timeout before it calls it; the eight seconds Supabase gives signed-in
-- callers are not enough for a hundred thousand lines.
create function public.apply_import(import_id uuid, idempotency_key uuid, seen text default null)
returns public.imports
language sql
set search_path = ''
set statement_timeout = '5min'
as $$
  select * from private.apply_import(import_id, idempotency_key, seen)
$$;
comment on function public.apply_import(uuid, uuid, text) is
  'Makes the catalogue and the units on hand what the file says, or the revert wants, in one transaction. seen: the preview''s fingerprint;
   when given, nothing but that difference is written. Managers. Returns the import with its summary. Raises role_required
   (403), not_found (404), import_applied (409), import_conflict (409, every line), import_changed (409, look again),
   idempotency_key_reused (409), invalid_input (422, no key).';

-- discard_import ----------------------------------------------------------------------------------------------

create function private.discard_import(import_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  return private.throw_away(array[import_id], private.actor());
end;
$$;
comment on function private.discard_import(uuid) is 'See public.discard_import.';

create function public.discard_import(import_id uuid)
returns boolean
language sql
set search_path = ''
as $$
  select private.discard_import(import_id)
$$;
comment on function public.discard_import(uuid) is
  'Throws a staged import away, and remembers who did; false when there was none, or it is applied already. Managers. Raises
   role_required (403).';

-- Who may call: signed-in staff and the secret key; the functions themselves ask for the role.
revoke execute on function
  public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind),
  public.stage_import(uuid, jsonb),
  public.stage_levels(uuid, jsonb),
  public.begin_revert(uuid),
  public.answer_import(uuid, public.import_choice, integer),
  public.preview_import(uuid, integer),
  public.apply_import(uuid, uuid, text),
  public.discard_import(uuid)
from public, anon;
grant execute on function
  public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind),
  public.stage_import(uuid, jsonb),
  public.stage_levels(uuid, jsonb),
  public.begin_revert(uuid),
  public.answer_import(uuid, public.import_choice, integer),
  public.preview_import(uuid, integer),
  public.apply_import(uuid, uuid, text),
  public.discard_import(uuid),
  private.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind),
  private.stage_import(uuid, jsonb),
  private.stage_levels(uuid, jsonb),
  private.begin_revert(uuid),
  private.answer_import(uuid, public.import_choice, integer),
  private.preview_import(uuid, integer),
  private.apply_import(uuid, uuid, text),
  private.discard_import(uuid)
to authenticated, service_role;

-- schemas/orders/inspections.sql

-- What came back to be looked at (return_items, outcome inspect) waits here until somebody has looked: it is in no count
-- of stock meanwhile. The queue are the returns whose outcome is inspect; deciding one turns it into what became of it.
-- Refusals: role_required, not_found, invalid_input, return_decided, idempotency_key_reused.

create index order_returns_to_inspect on public.order_returns (created_at, id) where outcome = 'inspect';

create function private.inspect_return(return_id bigint, restocked integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_item public.order_items;
  v_order public.orders;
  v_return public.order_returns;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'inspect_return', jsonb_build_array(return_id, restocked));
  if v_response is not null then
    return v_response;
  end if;
  select item.* into v_item
  from public.order_returns as back
  join public.order_items as item on item.id = back.order_item_id
  where back.id = inspect_return.return_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('return_id', return_id), 'Reload the list of returns.');
  end if;

  v_order := private.lock_order(v_item.order_id);
  select * into v_return from public.order_returns where order_returns.id = inspect_return.return_id;
  perform private.require_role_at('stock', v_return.location_id);
  if v_return.outcome <> 'inspect' then
    perform private.refuse(409, 'return_decided', jsonb_build_object('return_id', return_id, 'outcome', v_return.outcome),
      'Reload the list of returns: a colleague has decided, or it never had to be looked at.');
  end if;
  if restocked is null or restocked not between 0 and v_return.quantity then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'restocked',
        'problem', 'not 0 to ' || v_return.quantity, 'value', restocked),
      'Say how many of them can be sold again; the rest is written off.');
  end if;

  if restocked > 0 then
    perform private.queue_for(array[v_item.variant_id]);
    insert into public.stock_movements (variant_id, location_id, delta, reason, document)
    values (v_item.variant_id, v_return.location_id, inspect_return.restocked, 'return', 'order ' || v_order.number);
    update public.order_returns
    set outcome = 'restock', quantity = inspect_return.restocked
    where order_returns.id = v_return.id;
    if restocked < v_return.quantity then
      insert into public.order_returns (order_item_id, location_id, quantity, outcome, created_at)
      values (v_return.order_item_id, v_return.location_id, v_return.quantity - inspect_return.restocked, 'damaged', v_return.created_at);
    end if;
  else
    update public.order_returns set outcome = 'damaged' where order_returns.id = v_return.id;
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'inspected', jsonb_build_object('return_id', v_return.id, 'location_id', v_return.location_id,
    'restocked', restocked, 'damaged', v_return.quantity - restocked));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.inspect_return(bigint, integer, uuid) is 'See public.inspect_return.';

create function public.inspect_return(return_id bigint, restocked integer, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.inspect_return(return_id, restocked, idempotency_key);
end;
$$;
comment on function public.inspect_return(bigint, integer, uuid) is
  'Decides what was set aside to be looked at (a row of order_returns whose outcome is inspect): so many units of it (0 to
   its quantity) go back on the shelf where they came in, the rest is written off; staff of role stock. Partly good is two
   rows afterwards, restock and damaged. The money was due since the return. Returns the order as read_order does. Raises
   role_required (403), location_not_yours (403), not_found (404), invalid_input (422), return_decided (409, with the outcome),
   idempotency_key_reused (409).';

revoke execute on function public.inspect_return(bigint, integer, uuid) from public, anon;
grant execute on function public.inspect_return(bigint, integer, uuid), private.inspect_return(bigint, integer, uuid)
to authenticated, service_role;

-- schemas/orders/hints.sql

-- A buyer's page hears that its order is another. A guest has no session that row level security could ask, so nobody
-- is sent the order itself: whoever knows its id is told its new version, and fetches it with the secret or the account.
-- An id is random; somebody who learns it all the same hears that something happened to an order, and no more.

create function private.tell_buyer()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('version', new.version), 'changed', 'orders:' || new.id, true);
  return null;
end;
$$;
comment on function private.tell_buyer() is
  'Broadcasts {version} on the private channel orders:<id> when an order is another. Never stops the change: what could
   not be sent is a warning, and pages compare themselves with the database now and then.';
create trigger orders_tell after update on public.orders
  for each row when (new.version <> old.version) execute function private.tell_buyer();

-- No policy to insert: only the database speaks there.
create policy "who knows an order hears that it changed" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'orders:%');

-- schemas/carts/broadcast.sql

-- The count beside a cart is right on every screen that shows it: this browser's other tabs, a shopper's other devices.
-- Row level security cannot know a guest, so carts are not streamed. Whoever knows a cart's id, which is random and told
-- to nobody but its shopper, is told how many units are in it; and nothing else of it. The shop's server asks for a page.

create function private.units_in(cart_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select coalesce(sum(line.quantity), 0) from public.cart_lines as line where line.cart_id = units_in.cart_id);
end;
$$;
comment on function private.units_in(uuid) is 'How many units a cart has, held or not.';

create function private.renew_carts(cart_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_cart record;
begin
  for v_cart in
    update public.carts
    set version = carts.version + 1
    where carts.id = any (cart_ids)
    returning carts.id, carts.version
  loop
    perform realtime.send(jsonb_build_object('table', 'carts', 'new', jsonb_build_object('cart_id', v_cart.id,
      'units', private.units_in(v_cart.id), 'version', v_cart.version)), 'changed', 'carts:' || v_cart.id, true);
  end loop;
end;
$$;
comment on function private.renew_carts(uuid[]) is
  'Moves the version of carts whose lines are others, and broadcasts {table, new: {cart_id, units, version}} on the private
   channel carts:<id>: in the shape of a change that Realtime streams, so that a page applies it like one. What could
   not be sent is a warning, and pages compare themselves with the database now and then. The caller holds the carts.';

create function private.renew_cart_of_line()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.renew_carts(array[new.cart_id]);
  return null;
end;
$$;
comment on function private.renew_cart_of_line() is 'See private.renew_carts.';
create trigger cart_lines_come after insert on public.cart_lines
  for each row execute function private.renew_cart_of_line();
create trigger cart_lines_change after update on public.cart_lines
  for each row when (new.quantity <> old.quantity) execute function private.renew_cart_of_line();

create function private.renew_carts_of_lines()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.renew_carts(array(select distinct gone.cart_id from gone));
  return null;
end;
$$;
comment on function private.renew_carts_of_lines() is 'See private.renew_carts. Once a cart, however many of its lines went.';
create trigger cart_lines_go after delete on public.cart_lines
  referencing old table as gone
  for each statement execute function private.renew_carts_of_lines();

-- Asking ------------------------------------------------------------------------------------------------------

create function private.cart_units(cart uuid)
returns table (cart_id uuid, units integer, version bigint)
language sql
stable
security definer
set search_path = ''
as $$
  select carts.id, private.units_in(carts.id), carts.version from public.carts where carts.id = cart_units.cart
$$;
comment on function private.cart_units(uuid) is 'See public.cart_units.';

create function public.cart_units(cart uuid)
returns table (cart_id uuid, units integer, version bigint)
language sql
stable
security invoker
set search_path = ''
as $$
  select * from private.cart_units(cart_units.cart)
$$;
comment on function public.cart_units(uuid) is
  'How many units are in the cart with this id, and its version, which grows with every change of its lines: one row, or
   none where there is no such cart. The id is the secret: it tells a count and opens nothing. For the shop''s server.';
revoke execute on function public.cart_units(uuid) from public, anon, authenticated;
grant execute on function public.cart_units(uuid), private.cart_units(uuid) to service_role;

-- No policy to insert: only the database speaks there.
create policy "who knows a cart hears how many units are in it" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'carts:%');

-- schemas/accounts/adopt_cart.sql

-- A guest who signs in takes along what they have: the cart, and an order of which they know the secret. Refusals:
-- invalid_input, not_found. Neither needs a key: done twice is done once, for what was taken along is not there to take
-- again. Locks as everywhere: cart (the person's, then the guest's), order, variants ascending.

create function private.adopt_claims(variant_id uuid, guest_cart uuid, own_cart uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_claim public.claims;
begin
  for v_claim in
    select * from public.claims
    where claims.cart_id = guest_cart and claims.variant_id = adopt_claims.variant_id
    order by claims.id
  loop
    if exists (
      select from public.claims
      where claims.cart_id = own_cart and claims.variant_id = v_claim.variant_id and claims.location_id = v_claim.location_id
    ) then
      -- Given back before it is taken: the other way round the last unit would be counted twice, which no level allows.
      delete from public.claims where claims.id = v_claim.id;
      update public.claims set quantity = claims.quantity + v_claim.quantity
      where claims.cart_id = own_cart and claims.variant_id = v_claim.variant_id and claims.location_id = v_claim.location_id;
    else
      update public.claims set cart_id = own_cart where claims.id = v_claim.id;
    end if;
  end loop;
  return (
    select coalesce(sum(claims.quantity), 0)
    from public.claims
    where claims.cart_id = own_cart and claims.variant_id = adopt_claims.variant_id
  );
end;
$$;
comment on function private.adopt_claims(uuid, uuid, uuid) is
  'Makes what one cart holds of a variant the other''s, where it is held; returns how many units that cart holds now. The
   caller holds both carts and the variant.';

create function private.within_limit(variant_id uuid, quantity integer)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_detail text;
begin
  perform private.check_limits(array[within_limit.variant_id], array[within_limit.quantity], auth.uid(), null);
  return within_limit.quantity;
exception when sqlstate 'PT409' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return greatest(0, (v_detail::jsonb ->> 'limit')::integer - (v_detail::jsonb ->> 'bought')::integer);
end;
$$;
comment on function private.within_limit(uuid, integer) is 'As many of these units as the signed-in person may still buy.';

create function private.room_for(variant_id uuid, cart_id uuid, wanted integer, limits private.shop_limits)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lines integer;
  v_units integer;
begin
  select count(*), coalesce(sum(line.quantity), 0) into v_lines, v_units
  from public.cart_lines as line where line.cart_id = room_for.cart_id and line.variant_id <> room_for.variant_id;
  return case when v_lines < limits.cart_lines then greatest(0, least(wanted, limits.cart_units - v_units)) else 0 end;
end;
$$;
comment on function private.room_for(uuid, uuid, integer, private.shop_limits) is
  'As many of the wanted units of a variant as a cart may have beside its other lines.';

create function private.adopted_line(variant_id uuid, guest_cart uuid, own_cart uuid)
returns public.cart_lines
language plpgsql
stable
set search_path = ''
as $$
declare
  v_line public.cart_lines;
  v_is_same_price boolean;
begin
  select sum(each.quantity),
    -- Of two streaks the older one's begin and the later one's end, so that nobody holds longer by signing in.
    coalesce(min(each.held_since) filter (where hold.until is not null or is_live_streak.yes), private.clock()),
    coalesce(max(hold.until), max(each.held_until) filter (where is_live_streak.yes)),
    coalesce(bool_and(hold.until is not null) and min(each.price_minor) = max(each.price_minor), false)
      or count(*) filter (where hold.until is not null) = 0,
    min(each.price_minor)
  into v_line.quantity, v_line.held_since, v_line.held_until, v_is_same_price, v_line.price_minor
  from public.cart_lines as each
  cross join lateral (
    select max(claims.expires_at) as until
    from public.claims
    where claims.cart_id = each.cart_id and claims.variant_id = each.variant_id
  ) as hold
  cross join lateral (
    select each.held_until + limits.hold_pause > private.clock() as yes from private.shop_limits as limits
  ) as is_live_streak
  where each.cart_id in (guest_cart, own_cart) and each.variant_id = adopted_line.variant_id;
  -- A frozen price covers the units that were held when it was frozen: two lines at two prices, or of which one is not
  -- held, are one line at today's.
  if not v_is_same_price then
    select variants.price_minor into v_line.price_minor from public.variants where variants.id = adopted_line.variant_id;
  end if;
  return v_line;
end;
$$;
comment on function private.adopted_line(uuid, uuid, uuid) is
  'What becomes of a line of a guest and the same of an account: units wanted together, age of the hold, price.';

create function private.adopt_line(variant_id uuid, guest_cart uuid, own_cart uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits;
  v_line public.cart_lines := private.adopted_line(variant_id, guest_cart, own_cart);
  v_wanted integer := v_line.quantity;
  v_quantity integer;
  v_held integer;
  v_until timestamptz;
begin
  select * into v_limits from private.shop_limits;
  v_until := least(v_line.held_until, v_line.held_since + v_limits.hold_cap);
  v_quantity := private.within_limit(variant_id, private.room_for(variant_id, own_cart, least(v_wanted, 99), v_limits));
  v_held := private.adopt_claims(variant_id, guest_cart, own_cart);

  -- A line is held in full or not at all: what is held in part is filled up, or shrinks to what there is.
  if v_held > v_quantity then
    delete from public.claims where claims.cart_id = own_cart and claims.variant_id = adopt_line.variant_id;
    if v_quantity > 0 then
      perform private.take_units(array[adopt_line.variant_id], array[v_quantity], own_cart, null, v_until);
    end if;
  elsif v_held between 1 and v_quantity - 1 then
    v_quantity := v_held + private.take_units(array[adopt_line.variant_id], array[v_quantity - v_held], own_cart, null, v_until);
  end if;
  update public.claims
  set expires_at = v_until
  where claims.cart_id = own_cart and claims.variant_id = adopt_line.variant_id and claims.expires_at <> v_until;

  delete from public.cart_lines as line
  where line.variant_id = adopt_line.variant_id
    and (line.cart_id = guest_cart or line.cart_id = own_cart and v_quantity = 0);
  if v_quantity > 0 then
    insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since, held_until)
    values (own_cart, adopt_line.variant_id, v_quantity, v_line.price_minor, v_line.held_since, v_line.held_until)
    on conflict on constraint cart_lines_pkey do update
    set quantity = excluded.quantity, price_minor = excluded.price_minor, held_since = excluded.held_since,
      held_until = excluded.held_until;
  end if;
  if v_quantity < v_wanted then
    return jsonb_build_object('variant_id', adopt_line.variant_id, 'wanted', v_wanted, 'quantity', v_quantity);
  end if;
  return null;
end;
$$;
comment on function private.adopt_line(uuid, uuid, uuid) is
  'Moves a guest''s line into a person''s cart: quantities summed, what was held stays held. Returns NULL, or {variant_id,
   wanted, quantity} when there or within the limit are fewer than both wanted. The caller holds both carts and the
   variant, and has released what ran out.';

create function private.adopt_cart(cart_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_own public.carts := private.own_cart(null, make => true);
  v_guest public.carts;
  v_variants uuid[];
  v_variant uuid;
  v_fewer jsonb := '[]';
begin
  select * into v_guest from public.carts where carts.token_hash = private.token_hash(cart_token) for no key update;
  select coalesce(array_agg(line.variant_id order by line.variant_id), '{}') into v_variants
  from public.cart_lines as line
  where line.cart_id = v_guest.id;
  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  foreach v_variant in array v_variants loop
    v_fewer := v_fewer || coalesce(private.adopt_line(v_variant, v_guest.id, v_own.id), '[]');
  end loop;
  return private.cart_as_json(v_own.id) || jsonb_build_object('adopted', cardinality(v_variants), 'fewer', v_fewer);
end;
$$;
comment on function private.adopt_cart(text) is 'See public.adopt_cart.';

create function public.adopt_cart(cart_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.adopt_cart(cart_token);
end;
$$;
comment on function public.adopt_cart(text) is
  'Puts everything of a guest''s cart into the cart of the signed-in caller, and leaves the guest''s empty. What is held
   stays held, no longer than it would have been; quantities are summed, up to 99, the limits of a cart, the limit per person
   and what there is. A line of which both carts have some keeps its price if both hold it at that price; else it takes today''s.
   Returns the cart as read_cart does, with adopted (how many lines came along) and fewer ([{variant_id, wanted, quantity}]:
   lines that could not become as many as both carts wanted). Raises invalid_input (422) without a token.';

-- schemas/accounts/adopt_order.sql

create function private.adopt_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_order public.orders := private.lock_order(order_id);
begin
  if not private.owns_order(v_order, order_token) or coalesce(v_order.user_id <> auth.uid(), false) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link.');
  end if;
  if v_order.user_id is null then
    begin
      update public.orders set user_id = auth.uid() where orders.id = v_order.id;
    exception when foreign_key_violation then
      perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
    end;
    if v_order.placed_at is not null then
      insert into public.customers as customer (user_id, orders, total_minor, cancelled)
      values (auth.uid(), 1, v_order.total_minor, (v_order.status = 'cancelled')::integer)
      on conflict (user_id) do update
      set orders = customer.orders + 1,
        total_minor = customer.total_minor + excluded.total_minor,
        cancelled = customer.cancelled + excluded.cancelled,
        updated_at = now();
    end if;
  end if;
  return private.order_as_json(v_order.id);
end;
$$;
comment on function private.adopt_order(uuid, text) is 'See public.adopt_order.';

create function public.adopt_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.adopt_order(order_id, order_token);
end;
$$;
comment on function public.adopt_order(uuid, text) is
  'Makes a guest''s order one of the signed-in caller''s, for whoever has its secret; the secret goes on working. Returns the
   order as read_order does. An order of another account, a wrong secret and none are the same answer: not_found (404). Raises
   signed_out (401) for an account that was deleted.';

-- What an account shows -----------------------------------------------------------------------------------------

create function private.read_own_orders(page integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_size constant integer := 20;
begin
  if page is null or page not between 1 and 10000 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'page', 'problem', 'not 1 to 10000', 'value', page),
      'Pages are counted from 1.');
  end if;
  return jsonb_build_object(
    'total', (select count(*) from public.orders where orders.user_id = auth.uid()),
    'orders', (
      select coalesce(jsonb_agg(jsonb_build_object('id', own.id, 'number', own.number, 'status', own.status, 'currency', own.currency,
        'units', own.units, 'total_minor', own.total_minor, 'created_at', own.created_at, 'order_items', (
          select coalesce(jsonb_agg(jsonb_build_object('title', item.title, 'quantity', item.quantity) order by item.id), '[]')
          from public.order_items as item where item.order_id = own.id
        )) order by own.number desc), '[]')
      from (
        select * from public.orders where orders.user_id = auth.uid()
        order by orders.number desc
        offset (page - 1) * c_size limit c_size
      ) as own
    )
  );
end;
$$;
comment on function private.read_own_orders(integer) is 'See public.read_own_orders.';

create function public.read_own_orders(page integer default 1)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_own_orders(page);
end;
$$;
comment on function public.read_own_orders(integer) is
  'The orders of the signed-in caller, the latest first, twenty a page: {total, orders: [{id, number, status, currency, units,
   total_minor, created_at, order_items: [{title, quantity}]}]}. Raises invalid_input (422) for a page that is none.';

create function private.is_own_order(order_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from public.orders where orders.id = is_own_order.order_id and orders.user_id = auth.uid());
end;
$$;
comment on function private.is_own_order(uuid) is 'See public.is_own_order.';

create function public.is_own_order(order_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.is_own_order(order_id);
end;
$$;
comment on function public.is_own_order(uuid) is 'Whether an order is in the account of the signed-in caller.';

create function private.read_last_contact()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce((
    select jsonb_build_object('name', orders.name, 'address', orders.address)
    from public.orders where orders.user_id = auth.uid()
    order by orders.number desc
    limit 1
  ), '{}');
end;
$$;
comment on function private.read_last_contact() is 'See public.read_last_contact.';

create function public.read_last_contact()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_last_contact();
end;
$$;
comment on function public.read_last_contact() is
  'The name and address of the signed-in caller''s latest order, to begin the next with: {name, address}; {} where there is none.';

revoke execute on function
  public.adopt_cart(text), public.adopt_order(uuid, text), public.read_own_orders(integer), public.is_own_order(uuid), public.read_last_contact()
from public, anon, service_role;
grant execute on function
  public.adopt_cart(text), public.adopt_order(uuid, text), private.adopt_cart(text), private.adopt_order(uuid, text),
  public.read_own_orders(integer), private.read_own_orders(integer), public.is_own_order(uuid), private.is_own_order(uuid),
  public.read_last_contact(), private.read_last_contact()
to authenticated;

-- schemas/stock/hold_history.sql

-- What a number is made of, now or at a past moment. The ledger says it for on_hand. Claims come and go, so their
-- history is kept here: one line whenever the units of an owner at a level change, by trigger. What must be true:
--   1. The sum of a level's claim_history is its held and its committed, always.
--      (What came and went more than 90 days ago is forgotten: it comes to nothing.)
--   2. The parts of an explanation add up to its number: all of one answer is read in one snapshot.
-- Safety stock has no history: nothing changes it yet, so an explanation of the past takes today's.

create table private.claim_history (
  id bigint generated always as identity primary key,
  variant_id uuid not null,
  location_id uuid not null,
  cart_id uuid,
  order_item_id bigint,
  held integer not null,
  committed integer not null,
  at timestamptz not null default now()
);
comment on table private.claim_history is
  'By how many units the claims of one owner at one level grew or shrank, and when. Append-only for as long as it is
   remembered (private.claims_remembered()). No foreign keys: it is written in every rush, and outlives carts.';
create index claim_history_by_level on private.claim_history (variant_id, location_id, at);
-- What is old lies together, and this costs a rush next to nothing.
create index claim_history_by_age on private.claim_history using brin (at);
alter table private.claim_history enable row level security;

create function private.claims_remembered()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '90 days'
$$;
comment on function private.claims_remembered() is 'How far back one can ask who had a claim on a level. On hand is known for ever, by the ledger.';

create trigger claim_history_stays before update or truncate on private.claim_history
  for each statement execute function private.stay_as_written();
create trigger claim_history_is_remembered before delete on private.claim_history
  for each row when (old.at > private.clock() - private.claims_remembered()) execute function private.stay_as_written();

-- schemas/stock/hold_history_functions.sql

create function private.claims_remember()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into private.claim_history (variant_id, location_id, cart_id, order_item_id, held, committed)
    select added.variant_id, added.location_id, added.cart_id, added.order_item_id,
      case when added.expires_at is null then 0 else added.quantity end,
      case when added.expires_at is null then added.quantity - added.fulfilled else 0 end
    from added;
  elsif tg_op = 'DELETE' then
    insert into private.claim_history (variant_id, location_id, cart_id, order_item_id, held, committed)
    select removed.variant_id, removed.location_id, removed.cart_id, removed.order_item_id,
      case when removed.expires_at is null then 0 else -removed.quantity end,
      case when removed.expires_at is null then removed.fulfilled - removed.quantity else 0 end
    from removed
    -- Nothing was left of it: all of it had been handed over.
    where removed.expires_at is not null or removed.fulfilled < removed.quantity;
  elsif exists (select from added) then
    -- A hold that becomes an order's is two lines: the cart's units go, the item's come.
    insert into private.claim_history (variant_id, location_id, cart_id, order_item_id, held, committed)
    select each.variant_id, each.location_id, each.cart_id, each.order_item_id, sum(each.held), sum(each.committed)
    from (
      select added.variant_id, added.location_id, added.cart_id, added.order_item_id,
        case when added.expires_at is null then 0 else added.quantity end as held,
        case when added.expires_at is null then added.quantity - added.fulfilled else 0 end as committed
      from added
      union all
      select removed.variant_id, removed.location_id, removed.cart_id, removed.order_item_id,
        case when removed.expires_at is null then 0 else -removed.quantity end,
        case when removed.expires_at is null then removed.fulfilled - removed.quantity else 0 end
      from removed
    ) as each
    group by each.variant_id, each.location_id, each.cart_id, each.order_item_id
    having sum(each.held) <> 0 or sum(each.committed) <> 0;
  end if;
  return null;
end;
$$;
comment on function private.claims_remember() is 'Claims to their history. An extended hold is none: its units stay.';
create trigger claims_remember_begin after insert on public.claims
  referencing new table as added
  for each statement execute function private.claims_remember();
create trigger claims_remember_change after update on public.claims
  referencing old table as removed new table as added
  for each statement execute function private.claims_remember();
create trigger claims_remember_end after delete on public.claims
  referencing old table as removed
  for each statement execute function private.claims_remember();

create function private.forget_old_claims(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_before timestamptz := least(before, private.clock() - private.claims_remembered());
  v_forgotten integer;
begin
  with ended as (
    select each.* from (
      select history.variant_id, history.location_id, history.cart_id, history.order_item_id, count(*) as lines,
        sum(count(*)) over (order by min(history.id)) as lines_so_far
      from private.claim_history as history
      where history.at < v_before
      group by history.variant_id, history.location_id, history.cart_id, history.order_item_id
      having sum(history.held) = 0 and sum(history.committed) = 0
    ) as each
    -- The lines of one owner go together, or the sum would be wrong: the first owner may have more than at_most.
    where each.lines_so_far <= greatest(at_most, each.lines)
    order by each.lines_so_far limit at_most
  )
  delete from private.claim_history as history
  using ended
  where history.at < v_before
    and (history.variant_id, history.location_id) = (ended.variant_id, ended.location_id)
    and history.cart_id is not distinct from ended.cart_id
    and history.order_item_id is not distinct from ended.order_item_id;
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end;
$$;
comment on function private.forget_old_claims(timestamptz, integer) is
  'Deletes the history of claims that began and ended before a moment at least 90 days ago, which no explanation can show
   any more, oldest owners first. A claim that still exists keeps its history, however old. A rule of the maintenance job
   (schemas/retention/tables.sql).';

-- schemas/stock/explain.sql

-- The parts of each quantity --------------------------------------------------------------------------------------

create function private.parts_on_hand(variant_id uuid, location_id uuid, at timestamptz)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_latest constant integer := 30;
  v_parts jsonb;
  v_first bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object('kind', 'movement', 'units', latest.delta, 'id', latest.id, 'reason', latest.reason,
      'document', latest.document, 'named', private.document_named(latest.document), 'note', latest.note, 'actor', latest.actor, 'at', latest.created_at,
      'other_location_id', case when latest.reason = 'transfer' then (
        select other.location_id
        from public.stock_movements as other
        where other.variant_id = latest.variant_id and other.location_id <> latest.location_id
          and other.id between latest.id - 2000 and latest.id + 2000
          and other.reason = 'transfer' and other.created_at = latest.created_at and other.delta = -latest.delta
        order by abs(other.id - latest.id)
        limit 1
      ) end) order by latest.id desc), '[]'), min(latest.id)
  into v_parts, v_first
  from (
    select movement.*
    from public.stock_movements as movement
    where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
      and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
    order by movement.id desc
    limit v_latest
  ) as latest;

  return v_parts || coalesce((
    select jsonb_agg(jsonb_build_object('kind', 'earlier', 'units', earlier.units, 'movements', earlier.movements, 'at', earlier.at))
    from (
      select sum(movement.delta) as units, count(*) as movements, max(movement.created_at) as at
      from public.stock_movements as movement
      where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
        and movement.id < v_first
        and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
      having count(*) > 0
    ) as earlier
  ), '[]');
end;
$$;
comment on function private.parts_on_hand(uuid, uuid, timestamptz) is
  'The latest movements of a level, newest first, then all earlier ones as one part. A transfer names the other location;
   a document of ours comes with what it is (private.document_named, schemas/stock/named_documents.sql).';

create function private.parts_claimed(variant_id uuid, location_id uuid, at timestamptz, is_held boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(case
        when owner.order_item_id is null then jsonb_build_object('kind', 'hold', 'units', owner.units, 'since', owner.since,
          'expires_at', owner.expires_at, 'cart_value_minor', cart.value_minor, 'cart_units', cart.units)
        else jsonb_build_object('kind', 'order', 'units', owner.units, 'since', owner.since, 'order_id', orders.id,
          'number', orders.number, 'status', orders.status, 'name', orders.name, 'expires_at', owner.expires_at)
      end order by owner.since, owner.cart_id, owner.order_item_id), '[]')
    from (
      -- Now: the claims themselves. At a past moment: what their history had come to.
      select claims.cart_id, claims.order_item_id, claims.quantity - claims.fulfilled as units, claims.expires_at, (
          select max(history.at)
          from private.claim_history as history
          where history.variant_id = claims.variant_id and history.location_id = claims.location_id
            and history.cart_id is not distinct from claims.cart_id and history.order_item_id is not distinct from claims.order_item_id
            and history.held + history.committed > 0
        ) as since
      from public.claims
      where parts_claimed.at is null
        and claims.variant_id = parts_claimed.variant_id and claims.location_id = parts_claimed.location_id
        and (claims.expires_at is not null) = parts_claimed.is_held
        and claims.quantity > claims.fulfilled
      union all
      select history.cart_id, history.order_item_id, sum(case when parts_claimed.is_held then history.held else history.committed end)::integer,
        null, max(history.at) filter (where history.held + history.committed > 0)
      from private.claim_history as history
      where parts_claimed.at is not null
        and history.variant_id = parts_claimed.variant_id and history.location_id = parts_claimed.location_id
        and history.at <= parts_claimed.at
      group by history.cart_id, history.order_item_id
      having sum(case when parts_claimed.is_held then history.held else history.committed end) <> 0
    ) as owner
    left join public.order_items as item on item.id = owner.order_item_id
    left join public.orders on orders.id = item.order_id
    left join lateral (
      -- What stands in the cart is known of now alone.
      select sum(line.quantity * line.price_minor::bigint) as value_minor, sum(line.quantity) as units
      from public.cart_lines as line
      where parts_claimed.at is null and line.cart_id = owner.cart_id
    ) as cart on true
  );
end;
$$;
comment on function private.parts_claimed(uuid, uuid, timestamptz, boolean) is
  'Who has a claim on a level, longest first: carts (never whose: units, since when, until when, the value of the cart)
   and orders. A hold that has run out counts until somebody needs its units.';

create function private.sum_of(parts jsonb)
returns integer
language sql
immutable
set search_path = ''
as $$
  select coalesce(sum((part ->> 'units')::integer), 0)::integer from jsonb_array_elements(parts) as part
$$;
comment on function private.sum_of(jsonb) is 'What parts [{units}] add up to.';

create function private.explain_quantity(variant_id uuid, location_id uuid, quantity text, at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_level public.stock_levels;
  v_parts jsonb;
  v_units integer;
begin
  perform private.require_role('viewer');
  if quantity is null or quantity not in ('on_hand', 'held', 'committed', 'safety', 'available') then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'no such quantity', 'value', quantity),
      'Ask for on_hand, held, committed, safety or available.');
  end if;
  if at > now() then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'at', 'problem', 'in the future', 'value', at),
      'Ask for a moment that has passed, or for none: now.');
  end if;
  if not exists (select from public.variants where variants.id = explain_quantity.variant_id) then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id), 'Reload the list of variants.');
  end if;
  if not exists (select from public.locations where locations.id = explain_quantity.location_id) then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Choose a location.');
  end if;

  if at is not null and quantity not in ('on_hand', 'safety') then
    at := greatest(at, now() - private.claims_remembered());
  end if;

  select * into v_level
  from public.stock_levels as level
  where level.variant_id = explain_quantity.variant_id and level.location_id = explain_quantity.location_id;

  v_parts := case quantity
    when 'on_hand' then private.parts_on_hand(variant_id, location_id, at)
    when 'held' then private.parts_claimed(variant_id, location_id, at, true)
    when 'committed' then private.parts_claimed(variant_id, location_id, at, false)
    when 'safety' then case when v_level.safety > 0 then jsonb_build_array(jsonb_build_object('kind', 'kept_back', 'units', v_level.safety)) else '[]' end
    else jsonb_build_array(
      jsonb_build_object('kind', 'quantity', 'quantity', 'on_hand', 'units', case when at is null then coalesce(v_level.on_hand, 0)
        else private.sum_of(private.parts_on_hand(variant_id, location_id, at)) end),
      jsonb_build_object('kind', 'quantity', 'quantity', 'held', 'units', -case when at is null then coalesce(v_level.held, 0)
        else private.sum_of(private.parts_claimed(variant_id, location_id, at, true)) end),
      jsonb_build_object('kind', 'quantity', 'quantity', 'committed', 'units', -case when at is null then coalesce(v_level.committed, 0)
        else private.sum_of(private.parts_claimed(variant_id, location_id, at, false)) end),
      jsonb_build_object('kind', 'quantity', 'quantity', 'safety', 'units', -coalesce(v_level.safety, 0)))
  end;
  -- The number of now is what stands in the level, not what its parts come to: so that a difference would show.
  v_units := case
    when at is not null then private.sum_of(v_parts)
    else coalesce((to_jsonb(v_level) ->> quantity)::integer, 0)
  end;
  return jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'quantity', quantity, 'at', at, 'asked_at', now(),
    'units', v_units, 'parts', v_parts, 'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row));
end;
$$;
comment on function private.explain_quantity(uuid, uuid, text, timestamptz) is 'See public.explain_quantity.';

create function public.explain_quantity(variant_id uuid, location_id uuid, quantity text, at timestamptz default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.explain_quantity(variant_id, location_id, quantity, at)
$$;
comment on function public.explain_quantity(uuid, uuid, text, timestamptz) is
  'What one quantity (on_hand, held, committed, safety or available) of a level is made of, now or as it was at a past
   moment: {units, parts: [{kind, units, …}], at, asked_at, currency, …}; the units of the parts add up to units. Kinds:
   movement, earlier (many movements in one), hold, order, kept_back, quantity (another quantity, with its sign). Staff of
   any role. Money in minor units. Claims are remembered for 90 days: who asks for an earlier moment is answered for that
   one, and at says so; on_hand goes back to the first delivery. Raises role_required (403), not_found (404), invalid_input (422).';

-- The history is an aggregate's proof like the ledger: what it comes to is what is claimed now.
create function private.claim_history_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'claim_history', variant_id, location_id, jsonb_build_object('held', coalesce(level.held, 0), 'committed', coalesce(level.committed, 0)),
    jsonb_build_object('held', coalesce(history.held, 0), 'committed', coalesce(history.committed, 0))
  from public.stock_levels as level
  full join (
    select history.variant_id, history.location_id, sum(history.held) as held, sum(history.committed) as committed
    from private.claim_history as history
    group by history.variant_id, history.location_id
  ) as history using (variant_id, location_id)
  where (coalesce(level.held, 0), coalesce(level.committed, 0)) is distinct from (coalesce(history.held, 0), coalesce(history.committed, 0))
$$;
comment on function private.claim_history_drift() is 'Where the history of claims does not come to what a level says is held and committed.';

revoke execute on function public.explain_quantity(uuid, uuid, text, timestamptz) from public, anon;
grant execute on function public.explain_quantity(uuid, uuid, text, timestamptz), private.explain_quantity(uuid, uuid, text, timestamptz)
  to authenticated, service_role;

-- schemas/catalog/sizes.sql

-- How long the shop's listings are, so that no page counts products: with 25,000 of them counting costs more than the
-- page. Kept by statement-level triggers in the transaction that lists, moves or archives a product.

create table public.category_sizes (
  category text primary key references public.categories (slug),
  products integer not null default 0 check (products >= 0)
);
comment on table public.category_sizes is 'Active products of each category; a category that never had any has no row. Maintained by triggers.';

create function private.products_resize()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.category_sizes as size (category, products)
    select added.category, count(*) from added where added.status = 'active' group by added.category order by added.category
    on conflict (category) do update set products = size.products + excluded.products;
  else
    -- One row per category that ends up with another number, in one order, so that two edits never wait for each other.
    insert into public.category_sizes as size (category, products)
    select each.category, 0
    from (select added.category from added union select removed.category from removed) as each
    order by each.category
    on conflict do nothing;
    update public.category_sizes as size
    set products = size.products + moved.products
    from (
      select each.category, sum(each.sign)::integer as products
      from (
        select added.category, 1 as sign from added where added.status = 'active'
        union all
        select removed.category, -1 from removed where removed.status = 'active'
      ) as each
      group by each.category
      having sum(each.sign) <> 0
    ) as moved
    where size.category = moved.category;
  end if;
  return null;
end;
$$;
comment on function private.products_resize() is 'Products to the sizes of their categories.';
create trigger products_resize_new after insert on public.products
  referencing new table as added
  for each statement execute function private.products_resize();
create trigger products_resize_changed after update on public.products
  referencing old table as removed new table as added
  for each statement execute function private.products_resize();

insert into public.category_sizes (category, products)
select products.category, count(*) from public.products where products.status = 'active' group by products.category;

create function private.category_sizes_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'category_sizes', null::uuid, null::uuid, to_jsonb(counted), to_jsonb(size)
  from (
    select products.category, count(*)::integer as products from public.products where products.status = 'active' group by products.category
  ) as counted
  full join (select * from public.category_sizes where category_sizes.products > 0) as size using (category)
  where counted.products is distinct from size.products
$$;
comment on function private.category_sizes_drift() is 'Where a category is said to have more or fewer active products than there are.';

-- The shop window's order, so that its first page is read and not sorted.
create index products_in_order on public.products (position, id);

alter table public.category_sizes enable row level security;
revoke all on public.category_sizes from anon, authenticated, service_role;
-- For the shop's server, which counts pages with it.
grant select on public.category_sizes to service_role;

-- schemas/picking/tables.sql

-- Picking: how the units of a placed order get from the shelf into a box. Claims (schemas/holds/claims.sql) say which units an order may
-- have and where; this says who is fetching them and how many lie in the box already. What must be true:
--   1. At most one colleague has an order at a time. Having it is a lease: it ends by itself, so nobody who walks off or
--      loses the network keeps an order from the others for longer than private.lease_time().
--   2. Of every claim at most its units are picked. Whoever picks without a lease takes it first, or is refused.
--   3. Picked units stay on hand and committed until they are handed over: picking moves no stock.
-- All of it is written under the order's lock (private.lock_order), which is taken before any other.
-- Refusals: role_required, not_found, invalid_input, order_not_open, order_claimed, not_on_order, nothing_to_pick,
-- idempotency_key_reused.

create table public.order_picking (
  order_id uuid primary key references public.orders (id),
  picker uuid,
  leased_until timestamptz,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  constraint order_picking_is_leased_to_somebody check ((picker is null) = (leased_until is null))
);
comment on table public.order_picking is 'Who is picking an order: one row per order that somebody began. Never deleted.';
comment on column public.order_picking.picker is
  'Who has it, or had it until leased_until; NULL when it was given back. A colleague, or the nil UUID for the shop itself.';
create index order_picking_by_picker on public.order_picking (picker, leased_until) where picker is not null;
create trigger order_picking_touch before update on public.order_picking
  for each row execute function private.touch();

create table public.order_picks (
  order_item_id bigint not null references public.order_items (id),
  location_id uuid not null references public.locations (id),
  order_id uuid not null references public.orders (id),
  picked integer not null check (picked >= 0),
  actor uuid not null,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (order_item_id, location_id)
);
comment on table public.order_picks is 'Units taken off the shelf for an order, per line and location, handed over or not. Never deleted.';
comment on column public.order_picks.actor is 'Who picked last.';
create index order_picks_by_order on public.order_picks (order_id);
create index order_picks_by_location on public.order_picks (location_id);
create trigger order_picks_touch before update on public.order_picks
  for each row execute function private.touch();

create table public.order_shorts (
  id bigint generated always as identity primary key,
  order_item_id bigint not null references public.order_items (id),
  location_id uuid not null references public.locations (id),
  missing integer not null check (missing > 0),
  cancelled integer not null check (cancelled between 0 and missing),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  told_at timestamptz,
  constraint order_shorts_are_told_when_cancelled check (told_at is null or cancelled > 0)
);
comment on table public.order_shorts is 'What was not where the books said. Units.';
comment on column public.order_shorts.cancelled is 'How many of the missing no other location had, so that the order is short of them.';
comment on column public.order_shorts.told_at is 'When a colleague had spoken to the customer about it; until then the order is in trouble.';
create index order_shorts_by_item on public.order_shorts (order_item_id);
create index order_shorts_by_location on public.order_shorts (location_id);
create index order_shorts_untold on public.order_shorts (order_item_id) where cancelled > 0 and told_at is null;

alter table public.order_picking enable row level security;
alter table public.order_picks enable row level security;
alter table public.order_shorts enable row level security;
revoke all on public.order_picking, public.order_picks, public.order_shorts from anon, authenticated, service_role;
grant select on public.order_picking, public.order_picks, public.order_shorts to authenticated, service_role;
create policy "staff see who is picking" on public.order_picking
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what is picked" on public.order_picks
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what was short" on public.order_shorts
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/picking/leases.sql

create function private.units_to_pick(order_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0))), 0)::integer
    from public.order_items as item
    join public.claims on claims.order_item_id = item.id and claims.expires_at is null
    left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
    where item.order_id = units_to_pick.order_id
  );
end;
$$;
comment on function private.units_to_pick(uuid) is
  'Units of a placed order that still lie on a shelf. What was handed over counts as picked.';

create function private.picking_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'order_picks', item.variant_id, pick.location_id,
    jsonb_build_object('order_item_id', item.id, 'at_most', coalesce(claims.quantity, 0)),
    jsonb_build_object('order_item_id', item.id, 'picked', pick.picked)
  from public.order_picks as pick
  join public.order_items as item on item.id = pick.order_item_id
  left join public.claims on claims.order_item_id = item.id and claims.location_id = pick.location_id
  where pick.picked > coalesce(claims.quantity, 0) or pick.order_id <> item.order_id
$$;
comment on function private.picking_drift() is 'Where more is picked than an order has units at that location.';

-- The lease ---------------------------------------------------------------------------------------------------

create function private.lease_time()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '30 seconds'
$$;
comment on function private.lease_time() is 'How long an order stays with whoever took it and was not heard of again.';

create function private.open_picks(order_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.order_picks (order_item_id, location_id, order_id, picked, actor)
  select item.id, claims.location_id, item.order_id, claims.fulfilled, private.actor()
  from public.order_items as item
  join public.claims on claims.order_item_id = item.id and claims.expires_at is null
  where item.order_id = open_picks.order_id
  on conflict do nothing
$$;
comment on function private.open_picks(uuid) is
  'A row for every line of a pick list, so that whoever follows them is sent the first unit as any other.';

create function private.try_lease(order_id uuid)
returns public.order_picking
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_before uuid;
  v_lease public.order_picking;
begin
  select picking.picker into v_before from public.order_picking as picking where picking.order_id = try_lease.order_id;
  insert into public.order_picking as picking (order_id, picker, leased_until)
  values (try_lease.order_id, private.actor(), v_now + private.lease_time())
  on conflict on constraint order_picking_pkey do update
  set picker = excluded.picker, leased_until = excluded.leased_until
  where picking.picker is null or picking.picker = excluded.picker or picking.leased_until <= v_now
  returning * into v_lease;
  if found and v_before is distinct from v_lease.picker then
    insert into public.order_events (order_id, kind) values (try_lease.order_id, 'claimed');
    perform private.open_picks(try_lease.order_id);
  end if;
  return v_lease;
end;
$$;
comment on function private.try_lease(uuid) is
  'Gives the order to the caller for another lease_time, if it is nobody else''s; otherwise NULLs. The caller holds the
   order''s lock.';

create function private.take_lease(order_id uuid)
returns public.order_picking
language plpgsql
set search_path = ''
as $$
declare
  v_lease public.order_picking := private.try_lease(order_id);
begin
  if v_lease.picker is null then
    perform private.refuse(409, 'order_claimed', (
      select jsonb_build_object('order_id', picking.order_id, 'picker', coalesce(staff.name, ''), 'leased_until', picking.leased_until)
      from public.order_picking as picking
      left join public.staff on staff.user_id = picking.picker
      where picking.order_id = take_lease.order_id
    ), 'Take another order, or wait until the lease ends.');
  end if;
  return v_lease;
end;
$$;
comment on function private.take_lease(uuid) is 'As private.try_lease; raises order_claimed (409) with whose it is and until when.';

create function private.claim_order(order_id uuid, idempotency_key uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'claim_order', jsonb_build_array(order_id));
  if v_response is null then
    v_order := private.lock_order(order_id);
    if v_order.status <> 'placed' then
      perform private.refuse_state(v_order, 'Only a placed order is picked.');
    end if;
    v_response := to_jsonb(private.take_lease(order_id));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.order_picking, v_response);
end;
$$;
comment on function private.claim_order(uuid, uuid) is 'See public.claim_order.';

create function public.claim_order(order_id uuid, idempotency_key uuid)
returns public.order_picking
language sql
set search_path = ''
as $$
  select * from private.claim_order(order_id, idempotency_key)
$$;
comment on function public.claim_order(uuid, uuid) is
  'Takes an order to pick it; staff of role stock. It is the caller''s for 30 seconds, and longer with every renew_claim
   and every pick. Returns the lease. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), order_claimed
   (409, with whose it is and until when), idempotency_key_reused (409).';

create function private.claim_next_order(idempotency_key uuid, location_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_now timestamptz := private.clock();
  v_own uuid[] := private.own_locations();
  v_order uuid;
  v_lease public.order_picking;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'claim_next_order', jsonb_build_array(location_id));
  if v_response is not null then
    return v_response;
  end if;
  loop
    -- Whoever works on an order holds its lock: nobody waits, the next one is taken. One that was claimed since this
    -- statement began to look is noticed by its lease, and the next look does not see it.
    select orders.id into v_order
    from public.orders
    left join public.order_picking as picking on picking.order_id = orders.id
    where orders.status = 'placed'
      and (picking.picker is null or picking.leased_until <= v_now)
      and exists (
        select from public.order_items as item
        join public.claims on claims.order_item_id = item.id and claims.expires_at is null
        left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
        where item.order_id = orders.id
          and claims.quantity > greatest(claims.fulfilled, coalesce(pick.picked, 0))
          and (claim_next_order.location_id is null or claims.location_id = claim_next_order.location_id)
          and (v_own is null or claims.location_id = any (v_own))
      )
    order by orders.created_at, orders.id
    limit 1
    for no key update of orders skip locked;
    exit when not found;
    v_lease := private.try_lease(v_order);
    exit when v_lease.picker is not null;
  end loop;
  v_response := jsonb_build_object('order_id', v_order);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.claim_next_order(uuid, uuid) is 'See public.claim_next_order.';

create function public.claim_next_order(idempotency_key uuid, location_id uuid default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.claim_next_order(idempotency_key, location_id);
end;
$$;
comment on function public.claim_next_order(uuid, uuid) is
  'Takes the order that has waited longest, is nobody''s and has something for the caller to pick (at location_id, if
   given); staff of role stock. Returns {order_id}, NULL when nothing waits. Raises role_required (403), idempotency_key_reused (409).';

create function private.renew_claim(order_id uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_lease public.order_picking;
begin
  perform private.require_role('stock');
  update public.order_picking as picking
  set leased_until = private.clock() + private.lease_time()
  where picking.order_id = renew_claim.order_id and picking.picker = private.actor()
  returning * into v_lease;
  if not found then
    select * into v_lease from public.order_picking as picking where picking.order_id = renew_claim.order_id;
  end if;
  return v_lease;
end;
$$;
comment on function private.renew_claim(uuid) is 'See public.renew_claim.';

create function public.renew_claim(order_id uuid)
returns public.order_picking
language sql
set search_path = ''
as $$
  select * from private.renew_claim(order_id)
$$;
comment on function public.renew_claim(uuid) is
  'Keeps an order the caller has, or had and nobody took since; staff of role stock. Returns the lease as it is then: the
   caller''s for 30 seconds, somebody else''s, or nobody''s. Doing it twice is doing it once. Raises role_required (403).';

create function private.release_claim(order_id uuid, idempotency_key uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'release_claim', jsonb_build_array(order_id));
  if v_response is null then
    perform private.lock_order(order_id);
    update public.order_picking as picking
    set picker = null, leased_until = null
    where picking.order_id = release_claim.order_id and picking.picker = private.actor();
    if found then
      insert into public.order_events (order_id, kind) values (release_claim.order_id, 'let_go');
    end if;
    select to_jsonb(picking) into v_response from public.order_picking as picking where picking.order_id = release_claim.order_id;
    v_response := coalesce(v_response, '{}');
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.order_picking, v_response);
end;
$$;
comment on function private.release_claim(uuid, uuid) is 'See public.release_claim.';

create function public.release_claim(order_id uuid, idempotency_key uuid)
returns public.order_picking
language sql
set search_path = ''
as $$
  select * from private.release_claim(order_id, idempotency_key)
$$;
comment on function public.release_claim(uuid, uuid) is
  'The inverse of claim_order: gives an order back to the others at once; what is picked stays picked. Somebody else''s is
   left alone. Returns the lease. Staff of role stock. Raises role_required (403), not_found (404),
   idempotency_key_reused (409).';

-- schemas/picking/picks.sql

-- pick_units --------------------------------------------------------------------------------------------------

create function private.finish_picking(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if private.units_to_pick(order_id) > 0 then
    return;
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = finish_picking.order_id and orders.status = 'placed';
  if not found then
    return;
  end if;
  insert into public.order_events (order_id, kind) values (finish_picking.order_id, 'picked');
  update public.order_picking as picking set picker = null, leased_until = null where picking.order_id = finish_picking.order_id;
end;
$$;
comment on function private.finish_picking(uuid) is
  'When nothing of a placed order lies on a shelf any more: it is ready, and nobody''s to pick. The caller holds its lock.';

create function private.pick_units(order_id uuid, location_id uuid, code text, quantity integer, idempotency_key uuid)
returns public.order_picks
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_line record;
  v_pick public.order_picks;
  v_left integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'pick_units', jsonb_build_array(order_id, location_id, code, quantity));
  if v_response is not null then
    return jsonb_populate_record(null::public.order_picks, v_response);
  end if;
  if coalesce(quantity, 0) = 0 or abs(quantity) > 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'quantity', 'problem', 'zero or beyond 99', 'value', quantity),
      'Say how many units were picked (+) or put back (-).');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);

  -- A code that two lines share counts for the one that still wants units.
  select item.id, item.title, coalesce(claims.fulfilled, 0) as handed_over,
    greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) as picked, coalesce(claims.quantity, 0) as quantity
  into v_line
  from public.order_items as item
  join public.variants on variants.id = item.variant_id
  left join public.claims on claims.order_item_id = item.id and claims.location_id = pick_units.location_id
  left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = pick_units.location_id
  where item.order_id = v_order.id
    and lower(trim(pick_units.code)) in (lower(item.sku), lower(variants.sku), lower(variants.barcode))
  order by coalesce(claims.quantity, 0) - greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) desc, item.id
  limit 1;
  if not found then
    perform private.refuse(409, 'not_on_order', jsonb_build_object('order_id', order_id, 'code', code),
      'Put it back: this order does not contain it.');
  end if;
  if v_line.picked + quantity > v_line.quantity or v_line.picked + quantity < v_line.handed_over then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_line.title,
        'wanted', quantity, 'left', case when quantity > 0 then v_line.quantity - v_line.picked else v_line.picked - v_line.handed_over end),
      'Pick what the order has units of here; put back what lies in the box.');
  end if;

  v_left := private.units_to_pick(order_id);
  insert into public.order_picks as pick (order_item_id, location_id, order_id, picked, actor)
  values (v_line.id, pick_units.location_id, v_order.id, v_line.picked + quantity, private.actor())
  on conflict on constraint order_picks_pkey do update
  set picked = excluded.picked, actor = excluded.actor
  returning * into v_pick;
  if quantity > 0 then
    perform private.finish_picking(v_order.id);
  elsif v_left = 0 then
    insert into public.order_events (order_id, kind) values (v_order.id, 'unpicked');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  perform private.finish_once(idempotency_key, to_jsonb(v_pick));
  return v_pick;
end;
$$;
comment on function private.pick_units(uuid, uuid, text, integer, uuid) is 'See public.pick_units.';

create function public.pick_units(order_id uuid, location_id uuid, code text, quantity integer, idempotency_key uuid)
returns public.order_picks
language sql
set search_path = ''
as $$
  select * from private.pick_units(order_id, location_id, code, quantity, idempotency_key)
$$;
comment on function public.pick_units(uuid, uuid, text, integer, uuid) is
  'Puts units (negative: back on the shelf) into the box of a placed order at a location; code is a SKU or barcode, as a
   scanner reads it. Takes or renews the lease; with the last unit the order is ready and the lease ends. Staff of role
   stock. Returns the line''s pick. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), order_claimed (409),
   not_on_order (409), nothing_to_pick (409, with how many are left), invalid_input (422), idempotency_key_reused (409).';

create function private.put_back_picks(order_id uuid)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_units integer;
begin
  with put_back as (
    update public.order_picks as pick
    set picked = other.handed_over
    from (
      select each.order_item_id, each.location_id, coalesce(claims.fulfilled, 0) as handed_over, each.picked
      from public.order_picks as each
      left join public.claims on claims.order_item_id = each.order_item_id and claims.location_id = each.location_id
      where each.order_id = put_back_picks.order_id
    ) as other
    where pick.order_item_id = other.order_item_id
      and pick.location_id = other.location_id
      and pick.picked > other.handed_over
    returning other.picked - other.handed_over as units
  )
  select coalesce(sum(put_back.units), 0) into v_units from put_back;
  update public.order_picking as picking
  set picker = null, leased_until = null
  where picking.order_id = put_back_picks.order_id and picking.picker is not null;
  return v_units;
end;
$$;
comment on function private.put_back_picks(uuid) is
  'For an order that is called off: what lies in its box and was not handed over goes back on the shelf, and nobody picks
   it any more. Returns how many units. The caller holds the order''s lock.';

revoke execute on function
  public.claim_order(uuid, uuid), public.claim_next_order(uuid, uuid), public.renew_claim(uuid), public.release_claim(uuid, uuid),
  public.pick_units(uuid, uuid, text, integer, uuid)
from public, anon;
grant execute on function
  public.claim_order(uuid, uuid), private.claim_order(uuid, uuid),
  public.claim_next_order(uuid, uuid), private.claim_next_order(uuid, uuid),
  public.renew_claim(uuid), private.renew_claim(uuid),
  public.release_claim(uuid, uuid), private.release_claim(uuid, uuid),
  public.pick_units(uuid, uuid, text, integer, uuid), private.pick_units(uuid, uuid, text, integer, uuid)
to authenticated, service_role;

-- schemas/picking/short_picks.sql

-- The order desk: what staff see of orders and do to them besides picking (schemas/picking/tables.sql): units that are not where they should
-- be, money that goes back at the counter, the queue. Refusals: role_required, not_found, invalid_input, order_not_open,
-- nothing_to_pick, order_claimed, idempotency_key_reused.

-- short_pick --------------------------------------------------------------------------------------------------

create function private.claim_elsewhere(item public.order_items, units integer, not_at uuid)
returns table (location_id uuid, units integer)
language sql
set search_path = ''
as $$
  with free as (
    select level.location_id, level.available,
      sum(level.available) over (order by locations.position, level.location_id) - level.available as before
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    where level.variant_id = item.variant_id and level.available > 0 and level.location_id <> claim_elsewhere.not_at
  ),
  taken as (
    select free.location_id, least(free.available, claim_elsewhere.units - free.before)::integer as units
    from free
    where free.before < claim_elsewhere.units
  ),
  claimed as (
    insert into public.claims (variant_id, location_id, order_item_id, quantity)
    select item.variant_id, taken.location_id, item.id, taken.units
    from taken
    on conflict (order_item_id, location_id) where order_item_id is not null do update
    set quantity = claims.quantity + excluded.quantity
  )
  select taken.location_id, taken.units from taken
$$;
comment on function private.claim_elsewhere(public.order_items, integer, uuid) is
  'Commits up to so many units of an item at other locations, in the shop''s own order, and returns where it got how many.
   The caller holds the variant''s lock.';

create function private.settle_order(settled public.orders)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_status public.order_status;
begin
  select case
      when bool_or(item.fulfilled + item.cancelled < item.quantity) then 'placed'
      when bool_or(item.fulfilled > 0) then 'fulfilled'
      else 'cancelled'
    end
  into v_status
  from public.order_items as item where item.order_id = settled.id;
  update public.orders
  set status = v_status,
    cancelled_at = case when v_status = 'cancelled' then private.clock() end,
    updated_at = clock_timestamp()
  where orders.id = settled.id;
  if v_status = 'cancelled' then
    update public.payments set status = 'void' where payments.order_id = settled.id and payments.status <> 'captured';
  end if;
  if v_status <> 'placed' then
    perform private.put_back_picks(settled.id);
  end if;
end;
$$;
comment on function private.settle_order(public.orders) is
  'Brings a placed order''s status in line with its items: still open, handed over as far as it went, or cancelled
   altogether. Always moves its version. The caller holds its lock.';

create function private.short_pick(order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_item public.order_items;
  v_left integer;
  v_elsewhere jsonb;
  v_cancelled integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'short_pick', jsonb_build_array(order_id, location_id, order_item_id, missing));
  if v_response is not null then
    return v_response;
  end if;
  if missing is null or missing not between 1 and 99 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'missing', 'problem', 'not 1 to 99', 'value', missing),
      'Say how many units are not there.');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);
  select * into v_item from public.order_items as item where item.id = short_pick.order_item_id and item.order_id = v_order.id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Reload the order.');
  end if;
  perform private.queue_for(array[v_item.variant_id]);
  select claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0)) into v_left
  from public.claims
  left join public.order_picks as pick on pick.order_item_id = claims.order_item_id and pick.location_id = claims.location_id
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id;
  if coalesce(v_left, 0) < missing then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_item.title,
        'wanted', missing, 'left', coalesce(v_left, 0)),
      'What is picked or handed over cannot be missing.');
  end if;

  -- What the books had here and the shelf has not: the order lets go of it and the ledger writes it off, so that what is
  -- available here does not move. Then other locations are asked.
  delete from public.claims
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id and claims.quantity = missing;
  update public.claims
  set quantity = claims.quantity - missing
  where claims.order_item_id = v_item.id and claims.location_id = short_pick.location_id and claims.quantity > missing;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, note)
  values (v_item.variant_id, short_pick.location_id, -missing, 'correction', 'order ' || v_order.number, 'not found while picking');
  perform private.release_expired(array[v_item.variant_id]);
  select coalesce(jsonb_agg(to_jsonb(got)), '[]'), missing - coalesce(sum(got.units), 0)
  into v_elsewhere, v_cancelled
  from private.claim_elsewhere(v_item, missing, short_pick.location_id) as got;

  perform private.open_picks(v_order.id);
  insert into public.order_shorts (order_item_id, location_id, missing, cancelled)
  values (v_item.id, short_pick.location_id, missing, v_cancelled);
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'short', jsonb_build_object('title', v_item.title, 'location_id', short_pick.location_id,
    'missing', missing, 'elsewhere', v_elsewhere, 'cancelled', v_cancelled));
  if v_cancelled > 0 then
    update public.order_items as item set cancelled = item.cancelled + v_cancelled where item.id = v_item.id;
    update public.payments as payment
    set refund_due_minor = payment.refund_due_minor + v_cancelled * v_item.price_minor::bigint
    where payment.order_id = v_order.id and payment.status = 'captured';
  end if;
  perform private.settle_order(v_order);
  perform private.finish_picking(v_order.id);

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.short_pick(uuid, uuid, bigint, integer, uuid) is 'See public.short_pick.';

create function public.short_pick(order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.short_pick(order_id, location_id, order_item_id, missing, idempotency_key);
end;
$$;
comment on function public.short_pick(uuid, uuid, bigint, integer, uuid) is
  'So many units of an order item are not where they are committed: they are written off there (reason correction) and
   committed at other locations that have them; what nobody has is taken off the order, captured money becomes due for
   refund, and the order is in trouble until settle_shorts. Staff of role stock; takes or renews the lease. Returns the
   order as read_order does. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409), order_claimed (409),
   nothing_to_pick (409), invalid_input (422), idempotency_key_reused (409).';

-- schemas/picking/refunds.sql

create function private.settle_shorts(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role_for_order('stock', order_id);
  v_response := private.begin_once(idempotency_key, 'settle_shorts', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  update public.order_shorts as short
  set told_at = private.clock()
  from public.order_items as item
  where item.order_id = v_order.id and short.order_item_id = item.id and short.cancelled > 0 and short.told_at is null;
  if found then
    insert into public.order_events (order_id, kind) values (v_order.id, 'told');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.settle_shorts(uuid, uuid) is 'See public.settle_shorts.';

create function public.settle_shorts(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.settle_shorts(order_id, idempotency_key);
end;
$$;
comment on function public.settle_shorts(uuid, uuid) is
  'Somebody spoke to the customer about what was short; staff of role stock. Returns the order. Raises role_required (403),
   location_not_yours (403), not_found (404), idempotency_key_reused (409).';

-- give_refund -------------------------------------------------------------------------------------------------

create function private.give_refund(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_payment public.payments;
  v_amount bigint;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'give_refund', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  select * into v_payment from public.payments where payments.order_id = v_order.id for no key update;
  v_amount := v_payment.refund_due_minor - v_payment.refunded_minor;
  if v_amount = 0 then
    perform private.refuse_state(v_order, 'Nothing is due back.');
  end if;
  if v_payment.provider = 'on_collection' then
    update public.payments set refunded_minor = refund_due_minor where payments.id = v_payment.id;
  end if;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, case when v_payment.provider = 'on_collection' then 'refunded' else 'refund_asked' end,
    jsonb_build_object('amount_minor', v_amount));
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.give_refund(uuid, uuid) is 'See public.give_refund.';

create function public.give_refund(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.give_refund(order_id, idempotency_key);
end;
$$;
comment on function public.give_refund(uuid, uuid) is
  'Gives back all that is due of an order; managers. Money of the counter is booked as given at once; for a provider only
   the decision is noted: whoever calls then asks the provider, whose signed answer books it. Returns the order. Raises
   role_required (403), not_found (404), order_not_open (409: nothing is due back), idempotency_key_reused (409).';

-- The queue ---------------------------------------------------------------------------------------------------

create index orders_open on public.orders (created_at, id) where status in ('awaiting_payment', 'placed');
create index orders_cancelled on public.orders (created_at desc, id) where status = 'cancelled';
create index orders_by_words on public.orders using gin (lower(name || ' ' || email) extensions.gin_trgm_ops);

-- schemas/picking/desk.sql

create view public.order_troubles with (security_invoker = true) as
select payment.order_id, 'refund_due' as trouble, payment.updated_at as since
from public.payments as payment
where payment.refund_due_minor > payment.refunded_minor
union all
select payment.order_id, 'no_answer', payment.deadline
from public.payments as payment
where payment.status in ('pending', 'declined') and payment.deadline <= now()
union all
select item.order_id, 'short', short.created_at
from public.order_shorts as short
join public.order_items as item on item.id = short.order_item_id
where short.cancelled > 0 and short.told_at is null
union all
select item.order_id, 'inspect', back.created_at
from public.order_returns as back
join public.order_items as item on item.id = back.order_item_id
where back.outcome = 'inspect';
comment on view public.order_troubles is
  'What waits for a decision: refund_due (money must go back), no_answer (unpaid past its deadline), short (the customer has
   not been told what is missing), inspect (something that came back is set aside). Invoker''s rights.';
revoke all on public.order_troubles from anon, authenticated, service_role;
grant select on public.order_troubles to authenticated, service_role;

create view public.order_queue with (security_invoker = true) as
select
  orders.id as order_id,
  orders.number,
  orders.name,
  orders.email,
  orders.delivery,
  orders.collect_at,
  orders.status,
  case
    when orders.status <> 'placed' then orders.status::text
    when work.to_pick > 0 then 'to_pick'
    else 'ready'
  end as stage,
  orders.units,
  coalesce(work.to_pick, 0)::integer as to_pick,
  coalesce(work.ready, 0)::integer as ready,
  coalesce(work.scanned, 0)::integer as scanned,
  coalesce(work.locations, '{}') as locations,
  orders.currency,
  orders.total_minor,
  payment.provider,
  payment.status as payment,
  array(
    select distinct order_troubles.trouble
    from public.order_troubles
    where order_troubles.order_id = orders.id
  ) as troubles,
  picking.picker,
  picking.leased_until,
  orders.created_at,
  orders.version + coalesce(picking.version, 0) as version
from public.orders
join public.payments as payment on payment.order_id = orders.id
left join public.order_picking as picking on picking.order_id = orders.id
cross join lateral (
  select
    sum(line.quantity - line.picked) as to_pick,
    sum(line.picked - line.fulfilled) as ready,
    sum(line.scanned) as scanned,
    array_agg(distinct line.location_id) filter (where line.fulfilled < line.quantity) as locations
  from (
    select claims.location_id, claims.quantity, claims.fulfilled, coalesce(pick.picked, 0) as scanned,
      greatest(claims.fulfilled, coalesce(pick.picked, 0)) as picked
    from public.order_items as item
    join public.claims on claims.order_item_id = item.id and claims.expires_at is null
    left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
    where item.order_id = orders.id and orders.status = 'placed'
  ) as line
) as work;
comment on view public.order_queue is
  'One row per order as the queue shows it. stage: awaiting_payment, to_pick (units still lie on a shelf), ready (all that is
   open lies in the box), fulfilled, cancelled. scanned: the sum of its order_picks. locations: where units of it are. version grows with every change but those
   of time. Invoker''s rights: buyers see nothing but their own.';
revoke all on public.order_queue from anon, authenticated, service_role;
grant select on public.order_queue to authenticated, service_role;

create view public.pick_lines with (security_invoker = true) as
select
  item.order_id,
  item.id as order_item_id,
  claims.location_id,
  item.variant_id,
  item.sku,
  variants.barcode,
  item.title,
  item.option_values,
  item.price_minor,
  claims.quantity,
  claims.fulfilled,
  coalesce(pick.picked, 0) as picked,
  coalesce(pick.version, 0) as version,
  (
    select media.src
    from public.product_media as media
    where media.product_id = variants.product_id
      and (media.variant_id = variants.id or media.variant_id is null)
    order by media.variant_id is null, media.position
    limit 1
  ) as picture
from public.claims
join public.order_items as item on item.id = claims.order_item_id
join public.variants on variants.id = item.variant_id
join public.locations on locations.id = claims.location_id
left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
where claims.expires_at is null
order by locations.position, claims.location_id, item.title, item.id;
comment on view public.pick_lines is
  'What is to be fetched for an order and where: one row per item and location it has units at. quantity of them are the
   order''s, picked lie in the box or are handed over, fulfilled were handed over. Staff only.';
revoke all on public.pick_lines from anon, authenticated, service_role;
grant select on public.pick_lines to authenticated, service_role;

create function public.search_orders(
  query text default null, stage text default null, paid boolean default null, location_id uuid default null,
  after uuid default null, size integer default 50
)
returns setof public.order_queue
language plpgsql
stable
set search_path = ''
-- Absent filters fold away, and the indexes of open and cancelled orders fit only when the plan knows the status.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_size integer := least(greatest(search_orders.size, 1), 200);
  v_words text := nullif(lower(trim(search_orders.query)), '');
  v_number bigint := substring(v_words from '^#?(\d{1,18})$')::bigint;
  v_like text := '%' || replace(replace(replace(v_words, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_status public.order_status := case
    when search_orders.stage in ('to_pick', 'ready') then 'placed'
    when search_orders.stage in ('awaiting_payment', 'fulfilled', 'cancelled') then search_orders.stage
  end;
  v_after public.orders;
begin
  select * into v_after from public.orders where orders.id = search_orders.after;

  if search_orders.stage in ('awaiting_payment', 'to_pick', 'ready', 'trouble') then
    -- What waits for somebody: not many, and who has waited longest comes first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status and queue.stage = search_orders.stage)
      and (search_orders.stage <> 'trouble' or queue.order_id in (select order_troubles.order_id from public.order_troubles))
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) > (v_after.created_at, v_after.id))
    order by queue.created_at, queue.order_id
    limit v_size;
  else
    -- What has been: all of it, newest first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status)
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) < (v_after.created_at, v_after.id))
    order by queue.created_at desc, queue.order_id desc
    limit v_size;
  end if;
end;
$$;
comment on function public.search_orders(text, text, boolean, uuid, uuid, integer) is
  'A page of public.order_queue: rows after the order `after`, up to size (1 to 200). query: an order number, or part of a
   name or e-mail address. stage: one of the view''s, or trouble; oldest first for what waits for somebody, newest first
   for the rest. paid: whether the money is here. location_id: orders with units there. Staff; buyers see their own.';
revoke execute on function public.search_orders(text, text, boolean, uuid, uuid, integer) from public, anon;
grant execute on function public.search_orders(text, text, boolean, uuid, uuid, integer) to authenticated, service_role;

create function public.count_open_orders()
returns table (stage text, orders bigint)
language sql
stable
set search_path = ''
as $$
  select queue.stage, count(*)
  from public.order_queue as queue
  where queue.status in ('awaiting_payment', 'placed')
  group by queue.stage
  union all
  select 'trouble', count(distinct order_troubles.order_id)
  from public.order_troubles
$$;
comment on function public.count_open_orders() is
  'How many orders wait in each stage that somebody has to do something about; a stage without any may be missing. Staff.';
revoke execute on function public.count_open_orders() from public, anon;
grant execute on function public.count_open_orders() to authenticated, service_role;

revoke execute on function
  public.short_pick(uuid, uuid, bigint, integer, uuid), public.settle_shorts(uuid, uuid), public.give_refund(uuid, uuid)
from public, anon;
grant execute on function
  public.short_pick(uuid, uuid, bigint, integer, uuid), private.short_pick(uuid, uuid, bigint, integer, uuid),
  public.settle_shorts(uuid, uuid), private.settle_shorts(uuid, uuid),
  public.give_refund(uuid, uuid), private.give_refund(uuid, uuid)
to authenticated, service_role;

-- schemas/counts/tables.sql

-- Counting while the shop trades (decision 0020). A count is a document: who found how many of what, at one location.
--
-- A person looks at a shelf for a while, and types later; units leave and arrive meanwhile, and are booked a moment
-- before or after they move. So an entry does not say "it is 12" but "I counted 12 between these two moments", and
-- the ledger is divided by it:
--
--      booked before          the window                         booked after
--   ───────────────────●─────────────────────────────────●──────────────────▶ ledger
--       ledger_position   slack │ began … ended │ slack
--
-- Movements up to ledger_position had happened when the person looked; movements after the window had not. For those
-- inside nobody can know but the person, and is asked: were these units among the ones you counted?
--   expected = the ledger up to ledger_position + what in the window had happened before
--   variance = counted - expected
-- Approving books the variance, not the number: whatever else is sold or received before or after stays true.

create type public.count_status as enum ('open', 'approved', 'reversed', 'abandoned');
comment on type public.count_status is
  'open: people count. approved: its variances are booked. reversed: and booked back. abandoned: nothing was booked.';

create table public.counts (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  location_id uuid not null references public.locations (id),
  category text references public.categories (slug),
  shelf text check (length(trim(shelf)) between 1 and 120),
  blind boolean not null,
  slack interval not null default '30 seconds' check (slack >= '0'),
  status public.count_status not null default 'open',
  started_by uuid not null default private.actor(),
  decided_by uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint counts_cover_a_category_or_a_shelf check (num_nonnulls(category, shelf) <= 1),
  constraint counts_are_decided_by_somebody check ((status = 'open') = (decided_by is null))
);
comment on table public.counts is 'One row per count of a location, of one category there, or of one shelf. Staff only; written by functions.';
comment on column public.counts.shelf is 'What people call the shelf. What belongs on it is what is scanned there.';
comment on column public.counts.blind is 'Whether who counts is not shown what the ledger says. For attention, not for secrecy: stock levels stay readable.';
comment on column public.counts.slack is
  'The longest it takes here from moving a unit to booking it, or back. Movements that close to a count are asked about.';
create index counts_by_location on public.counts (location_id, created_at desc);
create index counts_by_category on public.counts (category) where category is not null;
create index counts_by_age on public.counts (created_at desc, id);
create trigger counts_touch before update on public.counts
  for each row execute function private.touch();

create table public.count_entries (
  id uuid primary key,
  count_id uuid not null references public.counts (id),
  variant_id uuid not null references public.variants (id),
  units integer not null check (units between 0 and 1000000),
  began_at timestamptz not null,
  ended_at timestamptz not null check (ended_at >= began_at),
  ledger_position bigint not null,
  withdrawn boolean not null default false,
  actor uuid not null default private.actor(),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.count_entries is
  'Units somebody found in one go. What was counted of a variant is the sum of its entries, so two people, two places and
   devices that were offline merge in any order.';
comment on column public.count_entries.id is 'Made where it was typed: the key by which a repeat is recognised.';
comment on column public.count_entries.ledger_position is
  'The last movement of the level that had certainly happened when the counting began (0: none).';
comment on column public.count_entries.withdrawn is 'A mistake, taken back. Final: the same entry without it, arriving later, changes nothing.';
create index count_entries_by_count on public.count_entries (count_id, variant_id);
create index count_entries_by_variant on public.count_entries (variant_id);
create trigger count_entries_touch before update on public.count_entries
  for each row execute function private.touch();

create table public.count_answers (
  count_id uuid not null references public.counts (id),
  movement_id bigint not null references public.stock_movements (id),
  had_happened boolean not null,
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  primary key (count_id, movement_id)
);
comment on table public.count_answers is
  'For a movement in the window of a count: had it happened when the shelf was looked at? Ends with the next entry of its
   variant, which is another look.';
create index count_answers_by_movement on public.count_answers (movement_id);

create table public.count_results (
  count_id uuid not null references public.counts (id),
  variant_id uuid not null references public.variants (id),
  counted integer not null check (counted >= 0),
  expected integer not null,
  ledger_position bigint not null,
  movement_id bigint unique references public.stock_movements (id),
  reversal_id bigint unique references public.stock_movements (id),
  primary key (count_id, variant_id),
  constraint count_results_book_their_variance check ((movement_id is null) = (counted = expected)),
  constraint count_results_reverse_what_was_booked check (reversal_id is null or movement_id is not null)
);
comment on table public.count_results is 'What a manager approved: per variant the count, what it was measured against, and the ledger lines of it.';
create index count_results_by_variant on public.count_results (variant_id);

-- A line: everything a count says about one variant ---------------------------------------------------------------

create view private.count_windows with (security_invoker = true) as
select
  entry.count_id,
  entry.variant_id,
  counts.location_id,
  sum(entry.units)::integer as counted,
  min(entry.ledger_position) as ledger_position,
  min(entry.began_at) as began_at,
  max(entry.ended_at) as ended_at,
  max(entry.ended_at) + counts.slack as settles_at
from public.count_entries as entry
join public.counts on counts.id = entry.count_id
where not entry.withdrawn
group by entry.count_id, entry.variant_id, counts.location_id, counts.slack;
comment on view private.count_windows is
  'Per count and variant: units found, and the window of all its entries together: after the first one''s ledger_position,
   up to settles_at.';

create function private.count_lines(count_id uuid)
returns table (
  variant_id uuid, counted integer, expected integer, ledger_position bigint, ended_at timestamptz, settles_at timestamptz,
  movements jsonb, open integer
)
language sql
stable
set search_path = ''
as $$
  select found.variant_id, found.counted,
    coalesce(level.on_hand, 0) - coalesce(since.units, 0) + coalesce(since.units_before, 0),
    found.ledger_position, found.ended_at, found.settles_at, coalesce(since.movements, '[]'), coalesce(since.open, 0)
  from private.count_windows as found
  left join public.stock_levels as level on level.variant_id = found.variant_id and level.location_id = found.location_id
  left join lateral (
    select sum(movement.delta)::integer as units,
      sum(movement.delta) filter (where inside.it and answer.had_happened)::integer as units_before,
      (count(*) filter (where inside.it and answer.had_happened is null))::integer as open,
      jsonb_agg(jsonb_build_object('id', movement.id, 'delta', movement.delta, 'reason', movement.reason, 'document', movement.document,
        'created_at', movement.created_at, 'had_happened', answer.had_happened) order by movement.id) filter (where inside.it) as movements
    from public.stock_movements as movement
    cross join lateral (select movement.created_at <= found.settles_at as it) as inside
    left join public.count_answers as answer on answer.count_id = found.count_id and answer.movement_id = movement.id
    where movement.variant_id = found.variant_id
      and movement.location_id = found.location_id
      and movement.id > found.ledger_position
  ) as since on true
  where found.count_id = count_lines.count_id
$$;
comment on function private.count_lines(uuid) is
  'The lines of a count as they stand: units counted and expected, the movements in the window with the answers given,
   and how many are open. The ledger up to a position is on hand less what came after it.';

create function private.counts_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'counts', pair.variant_id, pair.location_id, pair.expected, pair.actual
  from (
    select result.variant_id, counts.location_id,
      jsonb_build_object('count', counts.number, 'booked', nullif(result.counted - result.expected, 0),
        'reversed', case when counts.status = 'reversed' then nullif(result.expected - result.counted, 0) end) as expected,
      jsonb_build_object('count', counts.number, 'booked', booked.delta, 'reversed', back.delta) as actual
    from public.count_results as result
    join public.counts on counts.id = result.count_id
    left join public.stock_movements as booked on booked.id = result.movement_id
      and booked.variant_id = result.variant_id and booked.location_id = counts.location_id
    left join public.stock_movements as back on back.id = result.reversal_id
      and back.variant_id = result.variant_id and back.location_id = counts.location_id
  ) as pair
  where pair.expected <> pair.actual
$$;
comment on function private.counts_drift() is 'Where an approved count and its ledger lines differ. Part of public.verify_inventory.';

-- Who sees what: every colleague reads, nobody writes by hand ------------------------------------------------------

alter table public.counts enable row level security;
alter table public.count_entries enable row level security;
alter table public.count_answers enable row level security;
alter table public.count_results enable row level security;
revoke all on public.counts, public.count_entries, public.count_answers, public.count_results from anon, authenticated, service_role;
grant select on public.counts, public.count_entries, public.count_answers, public.count_results to authenticated, service_role;
create policy "staff read counts" on public.counts
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see each other count" on public.count_entries
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what was answered" on public.count_answers
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what counts booked" on public.count_results
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/counts/counting.sql

-- What people do with a count: start it, record what they find, answer what is asked, approve it, reverse it. Refusals:
-- role_required, invalid_input, not_found, count_closed, count_unsettled, insufficient_stock, idempotency_key_reused.

create function private.lock_count(count_id uuid, needed public.count_status)
returns public.counts
language plpgsql
set search_path = ''
as $$
declare
  v_count public.counts;
begin
  select * into v_count from public.counts where counts.id = lock_count.count_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  if v_count.status <> needed then
    perform private.refuse(409, 'count_closed', jsonb_build_object('count_id', v_count.id, 'number', v_count.number, 'status', v_count.status),
      'Start another count.');
  end if;
  return v_count;
end;
$$;
comment on function private.lock_count(uuid, public.count_status) is
  'The count, locked. Raises not_found (404), count_closed (409) when it is in another state than needed.';

-- start_count ----------------------------------------------------------------------------------------------------

create function private.start_count(location_id uuid, category text, shelf text, blind boolean, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'start_count', jsonb_build_array(location_id, category, shelf, blind));
  if v_response is null then
    perform private.check_places('{}', array[location_id]);
    if category is not null and shelf is not null then
      perform private.refuse(422, 'invalid_input', '{"field": "shelf", "problem": "a category is counted whole"}',
        'Name a category or a shelf, not both.');
    end if;
    if category is not null and not exists (select from public.categories where categories.slug = start_count.category) then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'category', 'problem', 'unknown', 'value', category),
        'Choose a category of the shop.');
    end if;
    if length(trim(shelf)) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "shelf", "problem": "not 1 to 120 characters"}', 'Say what people call the shelf.');
    end if;
    insert into public.counts as started (location_id, category, shelf, blind)
    values (start_count.location_id, start_count.category, trim(start_count.shelf), coalesce(start_count.blind, false))
    returning to_jsonb(started) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.start_count(uuid, text, text, boolean, uuid) is 'See public.start_count.';

create function public.start_count(
  location_id uuid, blind boolean, idempotency_key uuid, category text default null, shelf text default null
)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.start_count(location_id, category, shelf, blind, idempotency_key)
$$;
comment on function public.start_count(uuid, boolean, uuid, text, text) is
  'Opens a count of a location, of one category there, or of what people call a shelf; staff of role stock. Any number
   may be open. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422), idempotency_key_reused (409).';

-- record_count ---------------------------------------------------------------------------------------------------

create function private.check_entries(entries jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if jsonb_typeof(entries) is distinct from 'array' or jsonb_array_length(entries) not between 1 and 500 then
    perform private.refuse(422, 'invalid_input', '{"field": "entries", "problem": "not 1 to 500 entries"}',
      'Send entries as [{"id": "<uuid>", "code": "<SKU>", "units": 3, "began_ms": 9000, "ended_ms": 1000}].');
  end if;
  select jsonb_build_object('field', 'entries[' || n - 1 || ']', 'value', entry,
    'problem', 'not {id: uuid, code, units: 0 to 1000000, began_ms >= ended_ms >= 0, withdrawn?}')
  into v_bad
  from jsonb_array_elements(entries) with ordinality as given (entry, n)
  where jsonb_typeof(entry) <> 'object'
    or not pg_input_is_valid(coalesce(entry ->> 'id', ''), 'uuid')
    or jsonb_typeof(entry -> 'code') is distinct from 'string'
    or not pg_input_is_valid(coalesce(entry ->> 'units', ''), 'integer')
    or not pg_input_is_valid(coalesce(entry ->> 'began_ms', ''), 'bigint')
    or not pg_input_is_valid(coalesce(entry ->> 'ended_ms', ''), 'bigint')
    or not pg_input_is_valid(coalesce(entry ->> 'withdrawn', 'false'), 'boolean')
    or (entry ->> 'units')::integer not between 0 and 1000000
    or (entry ->> 'ended_ms')::bigint < 0
    or (entry ->> 'began_ms')::bigint not between (entry ->> 'ended_ms')::bigint and 31536000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Units are whole, from zero; times are milliseconds ago.');
  end if;
end;
$$;
comment on function private.check_entries(jsonb) is 'Raises invalid_input (422) naming the first bad entry of a count.';

create function private.variant_by_code(code text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select known.id
  from (
    select variants.id, 1 as rank from public.variants where variants.sku = trim(variant_by_code.code)
    union all
    select variants.id, 2 from public.variants where variants.barcode = trim(variant_by_code.code)
  ) as known
  order by known.rank, known.id
  limit 1
$$;
comment on function private.variant_by_code(text) is 'The variant a scanner or a label names, by SKU, else by barcode; NULL when nobody knows it.';

create function private.certain_position(variant_id uuid, location_id uuid, until timestamptz)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select movement.id
    from public.stock_movements as movement
    where movement.variant_id = certain_position.variant_id
      and movement.location_id = certain_position.location_id
      and movement.created_at < certain_position.until
    order by movement.id desc
    limit 1
  ), 0)
$$;
comment on function private.certain_position(uuid, uuid, timestamptz) is 'The last movement of a level booked before a moment; 0 when there was none.';

create function private.record_entry(into_count public.counts, entry jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_began timestamptz := v_now - (entry ->> 'began_ms')::bigint * interval '1 millisecond';
  v_variant uuid := private.variant_by_code(entry ->> 'code');
  v_withdrawn boolean := coalesce((entry ->> 'withdrawn')::boolean, false);
  v_known public.count_entries;
begin
  select * into v_known from public.count_entries where count_entries.id = (entry ->> 'id')::uuid for no key update;
  if found and (v_known.count_id <> into_count.id or v_known.variant_id is distinct from v_variant or v_known.units <> (entry ->> 'units')::integer) then
    perform private.refuse(409, 'idempotency_key_reused', '{"operation": "record_count"}',
      'This id already stands for another entry. Make a new one for a new entry.');
  end if;
  if v_variant is null or v_known.id is not null and v_known.withdrawn >= v_withdrawn then
    return v_variant;
  end if;
  if into_count.status <> 'open' then
    perform private.refuse(409, 'count_closed',
      jsonb_build_object('count_id', into_count.id, 'number', into_count.number, 'status', into_count.status), 'Start another count.');
  end if;

  insert into public.count_entries (id, count_id, variant_id, units, began_at, ended_at, withdrawn, ledger_position)
  values (
    (entry ->> 'id')::uuid, into_count.id, v_variant, (entry ->> 'units')::integer,
    v_began, v_now - (entry ->> 'ended_ms')::bigint * interval '1 millisecond', v_withdrawn,
    private.certain_position(v_variant, into_count.location_id, v_began - into_count.slack)
  )
  on conflict (id) do update set withdrawn = count_entries.withdrawn or excluded.withdrawn;
  delete from public.count_answers
  using public.stock_movements as movement
  where count_answers.count_id = into_count.id
    and count_answers.movement_id = movement.id
    and movement.variant_id = v_variant;
  return v_variant;
end;
$$;
comment on function private.record_entry(public.counts, jsonb) is
  'Records one entry, or recognises it: the same again changes nothing, withdrawn wins in whichever order they come.
   Returns its variant, NULL when nobody knows the code. The caller has checked the shape and locked the count.';

create function private.record_count(count_id uuid, entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count public.counts;
  v_entry jsonb;
  v_unknown uuid[] := '{}';
begin
  perform private.require_role('stock');
  perform private.check_entries(entries);
  select * into v_count from public.counts where counts.id = record_count.count_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  perform private.require_role_at('stock', v_count.location_id);

  for v_entry in select entry from jsonb_array_elements(entries) as entry loop
    if private.record_entry(v_count, v_entry) is null then
      v_unknown := v_unknown || (v_entry ->> 'id')::uuid;
    end if;
  end loop;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.counts set updated_at = clock_timestamp() where counts.id = v_count.id;
  return jsonb_build_object(
    'entries', (
      select coalesce(jsonb_agg(to_jsonb(known) order by known.ended_at, known.id), '[]')
      from public.count_entries as known
      where known.id in (select (entry ->> 'id')::uuid from jsonb_array_elements(entries) as entry)
    ),
    'unknown', to_jsonb(v_unknown)
  );
end;
$$;
comment on function private.record_count(uuid, jsonb) is 'See public.record_count.';

create function public.record_count(count_id uuid, entries jsonb)
returns jsonb
language sql
set search_path = ''
as $$
  select private.record_count(count_id, entries)
$$;
comment on function public.record_count(uuid, jsonb) is
  'Adds what was found to a count: up to 500 entries [{"id", "code": SKU or barcode, "units", "began_ms", "ended_ms",
   "withdrawn"}]; the times are milliseconds before now, so no two clocks are compared. Each id counts once, whatever
   comes twice or late; withdrawn takes an entry back. Staff of role stock. Returns {entries: rows, unknown: ids whose
   code nobody knows}. Raises role_required (403), location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409: an
   id with other contents), invalid_input (422, names the entry).';

-- answer_count ---------------------------------------------------------------------------------------------------

create function private.answer_count(count_id uuid, movement_id bigint, had_happened boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('stock');
  perform private.require_role_at('stock', (private.lock_count(count_id, 'open')).location_id);
  if not exists (
    select
    from private.count_windows as found
    join public.stock_movements as movement
      on movement.variant_id = found.variant_id and movement.location_id = found.location_id
    where found.count_id = answer_count.count_id
      and movement.id = answer_count.movement_id
      and movement.id > found.ledger_position
      and movement.created_at <= found.settles_at
  ) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'movement_id', 'problem', 'not in the window of a line', 'value', movement_id),
      'Only movements close to a count are asked about. Reload the count.');
  end if;
  insert into public.count_answers as answer (count_id, movement_id, had_happened)
  values (answer_count.count_id, answer_count.movement_id, answer_count.had_happened)
  on conflict on constraint count_answers_pkey do update
  set had_happened = excluded.had_happened, actor = excluded.actor, created_at = now();
  update public.counts set updated_at = clock_timestamp() where counts.id = answer_count.count_id;
end;
$$;
comment on function private.answer_count(uuid, bigint, boolean) is 'See public.answer_count.';

create function public.answer_count(count_id uuid, movement_id bigint, had_happened boolean)
returns void
language sql
set search_path = ''
as $$
  select private.answer_count(count_id, movement_id, had_happened)
$$;
comment on function public.answer_count(uuid, bigint, boolean) is
  'Says of a movement booked close to a count whether its units had moved when the shelf was looked at; staff of role stock.
   The last answer holds; another entry of the variant asks anew. Raises role_required (403), location_not_yours (403), not_found (404),
   count_closed (409), invalid_input (422: the movement is not one that is asked about).';

-- schemas/counts/approval.sql

-- approve_count and its inverse ----------------------------------------------------------------------------------

create function private.settled_lines(count_id uuid, left_out uuid[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_unsettled jsonb;
  v_lines jsonb;
begin
  perform private.lock_variants(array(
    select found.variant_id from private.count_windows as found where found.count_id = settled_lines.count_id
  ));
  select
    jsonb_agg(to_jsonb(line) - 'movements' order by line.variant_id),
    jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'open', line.open,
      'settles_in_ms', greatest(0, ceil(extract(epoch from line.settles_at - v_now) * 1000))) order by line.variant_id)
      filter (where line.open > 0 or line.settles_at >= v_now)
  into v_lines, v_unsettled
  from private.count_lines(count_id) as line
  where line.variant_id <> all (left_out);
  if v_unsettled is not null then
    perform private.refuse(409, 'count_unsettled', jsonb_build_object('count_id', count_id, 'lines', v_unsettled),
      'Answer what is open, wait until the last line has settled, or leave these lines out.');
  end if;
  return coalesce(v_lines, '[]');
end;
$$;
comment on function private.settled_lines(uuid, uuid[]) is
  'The lines of a count but those left out, with their variants locked. Raises count_unsettled (409) while a movement
   close to a line is unanswered, or could still be booked.';

create function private.approve_count(count_id uuid, left_out uuid[], idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_count public.counts;
  v_lines jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'approve_count', jsonb_build_array(count_id, left_out));
  if v_response is null then
    v_count := private.lock_count(count_id, 'open');
    v_lines := private.settled_lines(count_id, coalesce(left_out, '{}'));

    insert into public.count_results (count_id, variant_id, counted, expected, ledger_position, movement_id)
    select v_count.id, line.variant_id, line.counted, line.expected, line.ledger_position, level.ledger_position
    from jsonb_to_recordset(v_lines) as line (variant_id uuid, counted integer, expected integer, ledger_position bigint)
    left join private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', v_count.location_id,
          'delta', (line ->> 'counted')::integer - (line ->> 'expected')::integer)), '[]')
       from jsonb_array_elements(v_lines) as line
       where line -> 'counted' <> line -> 'expected'),
      'recount', 'count ' || v_count.number
    ) as level on level.variant_id = line.variant_id;

    update public.counts as decided
    set status = 'approved', decided_by = private.actor()
    where decided.id = v_count.id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.approve_count(uuid, uuid[], uuid) is 'See public.approve_count.';

create function public.approve_count(count_id uuid, idempotency_key uuid, left_out uuid[] default '{}')
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.approve_count(count_id, left_out, idempotency_key)
$$;
comment on function public.approve_count(uuid, uuid, uuid[]) is
  'Books the variance of every line but those of the variants left out, as movements of reason recount, all or none, and
   closes the count; managers. Returns it. Raises role_required (403), not_found (404), count_closed (409),
   count_unsettled (409, the lines), insufficient_stock (409: fewer counted than are promised), idempotency_key_reused (409).';

create function private.reverse_count(count_id uuid, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_count public.counts;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'reverse_count', jsonb_build_array(count_id));
  if v_response is null then
    v_count := private.lock_count(count_id, 'approved');
    update public.count_results as result
    set reversal_id = level.ledger_position
    from private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', booked.variant_id, 'location_id', v_count.location_id,
          'delta', booked.expected - booked.counted)), '[]')
       from public.count_results as booked
       where booked.count_id = v_count.id and booked.movement_id is not null),
      'recount', 'count ' || v_count.number || ' reversed'
    ) as level
    where result.count_id = v_count.id
      and result.variant_id = level.variant_id;
    update public.counts as decided
    set status = 'reversed', decided_by = private.actor()
    where decided.id = v_count.id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.reverse_count(uuid, uuid) is 'See public.reverse_count.';

create function public.reverse_count(count_id uuid, idempotency_key uuid)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.reverse_count(count_id, idempotency_key)
$$;
comment on function public.reverse_count(uuid, uuid) is
  'The inverse of approve_count, as one document: every variance is booked back; what moved since stays. Managers. Raises
   role_required (403), not_found (404), count_closed (409: not approved, or reversed before), insufficient_stock (409:
   what the count found is sold), idempotency_key_reused (409).';

create function private.abandon_count(count_id uuid, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'abandon_count', jsonb_build_array(count_id));
  if v_response is null then
    perform private.require_role_at('stock', (private.lock_count(count_id, 'open')).location_id);
    update public.counts as decided
    set status = 'abandoned', decided_by = private.actor()
    where decided.id = abandon_count.count_id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.abandon_count(uuid, uuid) is 'See public.abandon_count.';

create function public.abandon_count(count_id uuid, idempotency_key uuid)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.abandon_count(count_id, idempotency_key)
$$;
comment on function public.abandon_count(uuid, uuid) is
  'Closes an open count without booking anything; staff of role stock. What was counted stays readable. Raises
   role_required (403), location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409).';

-- schemas/counts/reading.sql

-- read_count -----------------------------------------------------------------------------------------------------

create function private.uncounted(asked public.counts)
returns table (variant_id uuid, on_hand integer)
language sql
stable
set search_path = ''
as $$
  select level.variant_id, level.on_hand
  from public.stock_levels as level
  join public.inventory_index as known on known.variant_id = level.variant_id
  where level.location_id = asked.location_id
    and level.on_hand > 0
    and asked.shelf is null
    and (asked.category is null or known.category = asked.category)
    and not exists (
      select from public.count_entries as entry
      where entry.count_id = asked.id and entry.variant_id = level.variant_id and not entry.withdrawn
    )
$$;
comment on function private.uncounted(public.counts) is 'What the ledger has in the scope of a count and nobody has counted. A shelf has only what is scanned there.';

create function private.label_of(variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('variant_id', variants.id, 'title', products.title, 'option_values', variants.option_values,
    'sku', variants.sku, 'barcode', variants.barcode)
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = label_of.variant_id
$$;
comment on function private.label_of(uuid) is 'What a variant is called and scanned by.';

create function private.in_baskets(variant_id uuid, location_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(greatest(0, pick.picked - claim.fulfilled)), 0)::integer
  from public.claims as claim
  join public.order_picks as pick on pick.order_item_id = claim.order_item_id and pick.location_id = claim.location_id
  where claim.location_id = in_baskets.location_id
    and claim.variant_id = in_baskets.variant_id
$$;
comment on function private.in_baskets(uuid, uuid) is 'Units of a level that are picked and not handed over: off the shelf, and still on hand.';

create function private.entries_of(count_id uuid, variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', entry.id, 'units', entry.units, 'actor', entry.actor, 'ended_at', entry.ended_at)
    order by entry.ended_at, entry.id), '[]')
  from public.count_entries as entry
  where entry.count_id = entries_of.count_id
    and entry.variant_id = entries_of.variant_id
    and not entry.withdrawn
$$;
comment on function private.entries_of(uuid, uuid) is 'Who found how many of a variant, in the order they were found.';

create function private.read_count(count_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_count public.counts;
  v_is_told boolean;
begin
  perform private.require_role('viewer');
  select * into v_count from public.counts where counts.id = read_count.count_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  v_is_told := not v_count.blind or v_count.status <> 'open' or private.is_trusted() or private.staff_role() = 'manager';
  return jsonb_build_object(
    'count', to_jsonb(v_count) - 'slack',
    'lines', (
      select coalesce(jsonb_agg(private.label_of(line.variant_id) || jsonb_build_object('counted', line.counted,
        'expected', case when v_is_told then line.expected end, 'movements', line.movements, 'open', line.open,
        'settles_in_ms', greatest(0, ceil(extract(epoch from line.settles_at - private.clock()) * 1000)),
        'in_baskets', private.in_baskets(line.variant_id, v_count.location_id), 'entries', private.entries_of(v_count.id, line.variant_id))
        order by line.ended_at desc, line.variant_id), '[]')
      from private.lines_as_of(v_count) as line
    ),
    'uncounted', (
      select coalesce(jsonb_agg(private.label_of(missing.variant_id) || jsonb_build_object('expected', case when v_is_told then missing.on_hand end)), '[]')
      from (
        select left_over.variant_id, left_over.on_hand
        from private.uncounted(v_count) as left_over
        join public.inventory_index as known using (variant_id)
        order by known.title, known.position, known.variant_id
        limit 200
      ) as missing
      where v_count.status = 'open'
    ),
    'uncounted_total', (select count(*) from private.uncounted(v_count) where v_count.status = 'open')
  );
end;
$$;
comment on function private.read_count(uuid) is 'See public.read_count.';

create function private.lines_as_of(asked public.counts)
returns table (variant_id uuid, counted integer, expected integer, ended_at timestamptz, settles_at timestamptz, movements jsonb, open integer)
language sql
stable
set search_path = ''
as $$
  select line.variant_id, line.counted, line.expected, line.ended_at, line.settles_at, line.movements, line.open
  from private.count_lines(asked.id) as line
  where asked.status in ('open', 'abandoned')
  union all
  select result.variant_id, result.counted, result.expected, asked.updated_at, asked.updated_at, '[]', 0
  from public.count_results as result
  where asked.status in ('approved', 'reversed') and result.count_id = asked.id
$$;
comment on function private.lines_as_of(public.counts) is 'The lines as they stand while people count; as they were booked once it was approved.';

create function public.read_count(count_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_count(count_id)
$$;
comment on function public.read_count(uuid) is
  'A count for staff: {count, lines: [{variant_id, title, option_values, sku, barcode, counted, expected, movements in its window with their answers, open,
   settles_in_ms, in_baskets, entries}], uncounted: up to 200 of the same with expected alone, uncounted_total}. While a blind count is open only
   managers are told what is expected; others read null. Raises role_required (403), not_found (404).';

revoke execute on function
  public.start_count(uuid, boolean, uuid, text, text), public.record_count(uuid, jsonb),
  public.answer_count(uuid, bigint, boolean), public.approve_count(uuid, uuid, uuid[]), public.reverse_count(uuid, uuid),
  public.abandon_count(uuid, uuid), public.read_count(uuid)
from public, anon;
grant execute on function
  public.start_count(uuid, boolean, uuid, text, text), public.record_count(uuid, jsonb),
  public.answer_count(uuid, bigint, boolean), public.approve_count(uuid, uuid, uuid[]), public.reverse_count(uuid, uuid),
  public.abandon_count(uuid, uuid), public.read_count(uuid),
  private.start_count(uuid, text, text, boolean, uuid), private.record_count(uuid, jsonb),
  private.answer_count(uuid, bigint, boolean), private.approve_count(uuid, uuid[], uuid), private.reverse_count(uuid, uuid),
  private.abandon_count(uuid, uuid), private.read_count(uuid)
to authenticated, service_role;

-- schemas/deliveries/tables.sql

-- What is on its way to a location: from a supplier, or from another location of ours, which is a transfer. Both are
-- expected, scanned in, perhaps in parts, perhaps too few or too many; so both are one document (decision 0022).
--
-- A transfer's units leave one location when it is sent and reach the other when they are scanned there. Between the
-- two they are in transit, a number of its own. What must always be true, per variant:
--   units that left - units that arrived or went back = in transit + lost or damaged on the way
-- A transfer that is carried over at once (public.transfer_stock) leaves and arrives in one statement: never in transit.

create type public.delivery_status as enum ('expected', 'closed');
comment on type public.delivery_status is 'expected: more may come. closed: what is missing will not come, and why is known.';

create type public.delivery_difference as enum ('not_sent', 'lost', 'damaged', 'extra', 'swapped');
comment on type public.delivery_difference is
  'Short: not_sent (of a transfer: still where it came from), lost or damaged on the way. Over: extra, or swapped for another.';

create table public.deliveries (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  from_location_id uuid references public.locations (id),
  supplier text check (length(trim(supplier)) between 1 and 120),
  to_location_id uuid not null references public.locations (id),
  document text check (length(trim(document)) between 1 and 120),
  expected_on date,
  status public.delivery_status not null default 'expected',
  actor uuid not null default private.actor(),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint deliveries_come_from_somewhere check (num_nonnulls(from_location_id, supplier) = 1),
  constraint deliveries_go_elsewhere check (from_location_id <> to_location_id)
);
comment on table public.deliveries is 'One row per delivery or transfer. Its version moves with every line. Staff only; written by functions.';
comment on column public.deliveries.document is 'The supplier''s delivery note or our own paper, when there is one.';
create index deliveries_to_come on public.deliveries (to_location_id, created_at) where status = 'expected';
create index deliveries_by_source on public.deliveries (from_location_id) where from_location_id is not null;
create index deliveries_by_target on public.deliveries (to_location_id);
create trigger deliveries_touch before update on public.deliveries
  for each row execute function private.touch();

create table public.delivery_lines (
  delivery_id uuid not null references public.deliveries (id),
  variant_id uuid not null references public.variants (id),
  expected integer not null check (expected between 0 and 1000000),
  received integer not null default 0 check (received >= 0),
  missing integer not null default 0 check (missing >= 0),
  difference public.delivery_difference,
  outstanding integer not null generated always as (greatest(0, expected - received) - missing) stored,
  primary key (delivery_id, variant_id),
  constraint delivery_lines_miss_only_what_did_not_come check (missing <= greatest(0, expected - received)),
  constraint delivery_lines_say_why_they_differ check ((received > expected or missing > 0) = (difference is not null))
);
comment on table public.delivery_lines is 'Units announced, received and given up, per variant. Expected 0: it came without being announced.';
comment on column public.delivery_lines.outstanding is 'Units still to come. Of a transfer: units in transit.';
create index delivery_lines_by_variant on public.delivery_lines (variant_id);

create table public.delivery_events (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references public.deliveries (id),
  kind text not null check (kind in ('announced', 'sent', 'received', 'closed')),
  detail jsonb not null,
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now()
);
comment on table public.delivery_events is 'Who announced, sent, received or closed what, and why it differed. Append-only.';
create index delivery_events_by_delivery on public.delivery_events (delivery_id, id);
create trigger delivery_events_stay before update or delete or truncate on public.delivery_events
  for each statement execute function private.stay_as_written();

create table public.in_transit (
  variant_id uuid not null references public.variants (id),
  location_id uuid not null references public.locations (id),
  units integer not null default 0 check (units >= 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (variant_id, location_id)
);
comment on table public.in_transit is 'Units of our own on their way to a location: left another, have not arrived. Maintained by triggers.';
create index in_transit_by_location on public.in_transit (location_id);

alter table public.deliveries enable row level security;
alter table public.delivery_lines enable row level security;
alter table public.delivery_events enable row level security;
alter table public.in_transit enable row level security;
revoke all on public.deliveries, public.delivery_lines, public.delivery_events, public.in_transit from anon, authenticated, service_role;
grant select on public.deliveries, public.delivery_lines, public.delivery_events, public.in_transit to authenticated, service_role;
create policy "staff read deliveries" on public.deliveries
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read delivery lines" on public.delivery_lines
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what became of deliveries" on public.delivery_events
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what is in transit" on public.in_transit
  for select to authenticated using ((select private.staff_role()) is not null);

-- schemas/deliveries/rules.sql

create function private.lines_travel()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.in_transit (variant_id, location_id)
  select changed.variant_id, delivery.to_location_id
  from changed
  join public.deliveries as delivery on delivery.id = changed.delivery_id and delivery.from_location_id is not null
  order by 1, 2
  on conflict do nothing;
  update public.in_transit as travelling
  set units = travelling.units + sums.units,
    version = travelling.version + 1,
    updated_at = now()
  from (
    select each.variant_id, delivery.to_location_id, sum(each.units)::integer as units
    from (
      select changed.delivery_id, changed.variant_id, changed.outstanding as units from changed
      union all
      select before.delivery_id, before.variant_id, -before.outstanding from before
    ) as each
    join public.deliveries as delivery on delivery.id = each.delivery_id and delivery.from_location_id is not null
    group by each.variant_id, delivery.to_location_id
  ) as sums
  where travelling.variant_id = sums.variant_id
    and travelling.location_id = sums.to_location_id
    and sums.units <> 0;
  return null;
end;
$$;
comment on function private.lines_travel() is 'What is outstanding of a transfer is in transit to its location.';
create trigger delivery_lines_travel after update on public.delivery_lines
  referencing old table as before new table as changed
  for each statement execute function private.lines_travel();

create function private.lines_depart()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.in_transit as travelling (variant_id, location_id, units)
  select added.variant_id, delivery.to_location_id, sum(added.outstanding)
  from added
  join public.deliveries as delivery on delivery.id = added.delivery_id and delivery.from_location_id is not null
  group by 1, 2
  order by 1, 2
  on conflict (variant_id, location_id) do update
  set units = travelling.units + excluded.units, version = travelling.version + 1, updated_at = now();
  return null;
end;
$$;
comment on function private.lines_depart() is 'A transfer that is sent is in transit from that moment.';
create trigger delivery_lines_depart after insert on public.delivery_lines
  referencing new table as added
  for each statement execute function private.lines_depart();

create function private.transit_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'in_transit', pair.variant_id, pair.location_id, jsonb_build_object('units', pair.outstanding), jsonb_build_object('units', pair.units)
  from (
    select variant_id, location_id, coalesce(lines.outstanding, 0) as outstanding, coalesce(travelling.units, 0) as units
    from (
      select line.variant_id, delivery.to_location_id as location_id, sum(line.outstanding) as outstanding
      from public.delivery_lines as line
      join public.deliveries as delivery on delivery.id = line.delivery_id and delivery.from_location_id is not null
      group by 1, 2
    ) as lines
    full join public.in_transit as travelling using (variant_id, location_id)
  ) as pair
  where pair.outstanding <> pair.units

  union all
  -- Conserved: what the ledger says left and did not arrive is on its way, or known to be gone.
  select 'transfers', pair.variant_id, null, jsonb_build_object('on_the_way', pair.away), jsonb_build_object('on_the_way', pair.left_over)
  from (
    select variant_id, coalesce(ledger.units, 0) as away, coalesce(lines.units, 0) as left_over
    from (
      select movement.variant_id, -sum(movement.delta) as units
      from public.stock_movements as movement
      where movement.reason = 'transfer'
      group by 1
    ) as ledger
    full join (
      select line.variant_id, sum(line.outstanding + case when line.difference in ('lost', 'damaged') then line.missing else 0 end) as units
      from public.delivery_lines as line
      join public.deliveries as delivery on delivery.id = line.delivery_id and delivery.from_location_id is not null
      group by 1
    ) as lines using (variant_id)
  ) as pair
  where pair.away <> pair.left_over
$$;
comment on function private.transit_drift() is
  'Where units in transit differ from what is outstanding, or from what the ledger says left and did not arrive. Part of
   public.verify_inventory.';

-- schemas/deliveries/announce_and_send.sql

-- What people do with a delivery: announce or send it, receive it in parts, close it. Refusals: role_required,
-- invalid_input, not_found, insufficient_stock, delivery_closed, delivery_over, delivery_short, idempotency_key_reused.

create function private.lock_delivery(delivery_id uuid)
returns public.deliveries
language plpgsql
set search_path = ''
as $$
declare
  v_delivery public.deliveries;
begin
  select * into v_delivery from public.deliveries where deliveries.id = lock_delivery.delivery_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('delivery_id', delivery_id), 'Reload the list of deliveries.');
  end if;
  if v_delivery.status = 'closed' then
    perform private.refuse(409, 'delivery_closed', jsonb_build_object('delivery_id', v_delivery.id, 'number', v_delivery.number),
      'Book what came as a delivery of its own.');
  end if;
  return v_delivery;
end;
$$;
comment on function private.lock_delivery(uuid) is 'A delivery that is still expected, locked. Raises not_found (404), delivery_closed (409).';

create function private.paper_of(delivery public.deliveries)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(concat_ws(', ', case when delivery.from_location_id is null then 'delivery ' else 'transfer ' end || delivery.number, delivery.document), 120)
$$;
comment on function private.paper_of(public.deliveries) is 'Under which name the movements of a delivery stand in the ledger: "transfer 7, VAN-3".';

create function private.deltas_at(location_id uuid, lines jsonb, sign integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'location_id', deltas_at.location_id, 'delta', deltas_at.sign * line.quantity)), '[]')
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
  where line.quantity > 0
$$;
comment on function private.deltas_at(uuid, jsonb, integer) is 'Lines [{variant_id, quantity}] as ledger lines of one location, coming (1) or going (-1).';

-- announce_delivery and send_transfer ----------------------------------------------------------------------------

create function private.open_delivery(
  from_location_id uuid, supplier text, to_location_id uuid, lines jsonb, document text, expected_on date
)
returns public.deliveries
language plpgsql
set search_path = ''
as $$
declare
  v_delivery public.deliveries;
begin
  if length(trim(document)) not between 1 and 120 then
    perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "not 1 to 120 characters"}', 'Name the paper, or leave it out.');
  end if;
  insert into public.deliveries (from_location_id, supplier, to_location_id, document, expected_on)
  values (open_delivery.from_location_id, trim(open_delivery.supplier), open_delivery.to_location_id, trim(open_delivery.document), open_delivery.expected_on)
  returning * into v_delivery;
  insert into public.delivery_lines (delivery_id, variant_id, expected)
  select v_delivery.id, line.variant_id, sum(line.quantity)
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
  group by line.variant_id;
  insert into public.delivery_events (delivery_id, kind, detail)
  values (v_delivery.id, case when from_location_id is null then 'announced' else 'sent' end, jsonb_build_object('lines', lines));
  return v_delivery;
end;
$$;
comment on function private.open_delivery(uuid, text, uuid, jsonb, text, date) is 'Writes a delivery with its lines; two lines of one variant are one. The caller has checked role and lines.';

create function private.announce_delivery(
  supplier text, to_location_id uuid, lines jsonb, idempotency_key uuid, document text, expected_on date
)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', to_location_id);
  v_response := private.begin_once(idempotency_key, 'announce_delivery', jsonb_build_array(supplier, to_location_id, lines, document, expected_on));
  if v_response is null then
    perform private.check_lines(lines, to_location_id);
    if length(trim(coalesce(supplier, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "supplier", "problem": "not 1 to 120 characters"}', 'Say who sends it.');
    end if;
    v_response := to_jsonb(private.open_delivery(null, supplier, to_location_id, lines, document, expected_on));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.announce_delivery(text, uuid, jsonb, uuid, text, date) is 'See public.announce_delivery.';

create function public.announce_delivery(
  supplier text, to_location_id uuid, lines jsonb, idempotency_key uuid, document text default null, expected_on date default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.announce_delivery(supplier, to_location_id, lines, idempotency_key, document, expected_on)
$$;
comment on function public.announce_delivery(text, uuid, jsonb, uuid, text, date) is
  'Says what a supplier will bring: lines [{"variant_id", "quantity": units > 0}], up to 1000; staff of role stock. Books
   nothing. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422), idempotency_key_reused (409).';

create function private.send_transfer(from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
begin
  perform private.require_role_at('stock', from_location_id);
  v_response := private.begin_once(idempotency_key, 'send_transfer', jsonb_build_array(from_location_id, to_location_id, lines, document));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;
    v_delivery := private.open_delivery(from_location_id, null, to_location_id, lines, document, null);
    perform private.move_stock(private.deltas_at(from_location_id, lines, -1), 'transfer', private.paper_of(v_delivery));
    v_response := to_jsonb(v_delivery);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.send_transfer(uuid, uuid, jsonb, uuid, text) is 'See public.send_transfer.';

create function public.send_transfer(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.send_transfer(from_location_id, to_location_id, lines, idempotency_key, document)
$$;
comment on function public.send_transfer(uuid, uuid, jsonb, uuid, text) is
  'Sends lines [{"variant_id", "quantity": units > 0}] off to another location, all or none: they leave now and are in
   transit until they are received; staff of role stock. For what is carried over at once see public.transfer_stock.
   Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409), invalid_input (422), idempotency_key_reused (409).';

-- schemas/deliveries/receive_and_close.sql

-- receive_delivery -----------------------------------------------------------------------------------------------

create function private.receive_delivery(delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
  v_arrived jsonb;
  v_over jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'receive_delivery', jsonb_build_array(delivery_id, lines, difference));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    perform private.check_lines(lines, v_delivery.to_location_id);
    perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));

    -- Of each variant: what was announced arrives, what is beyond that is over.
    select jsonb_agg(jsonb_build_object('variant_id', came.variant_id, 'quantity', least(came.units, coalesce(line.outstanding, 0)))),
      jsonb_agg(jsonb_build_object('variant_id', came.variant_id, 'quantity', came.units - coalesce(line.outstanding, 0)) order by came.variant_id)
        filter (where came.units > coalesce(line.outstanding, 0))
    into v_arrived, v_over
    from (
      select line.variant_id, sum(line.quantity)::integer as units
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
      group by line.variant_id
    ) as came
    left join public.delivery_lines as line on line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    if v_over is not null and coalesce(difference, 'lost') not in ('extra', 'swapped') then
      perform private.refuse(409, 'delivery_over', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_over),
        'Say why more came: extra or swapped. Or receive fewer.');
    end if;

    insert into public.delivery_lines (delivery_id, variant_id, expected)
    select distinct v_delivery.id, came.variant_id, 0
    from jsonb_to_recordset(lines) as came (variant_id uuid)
    on conflict do nothing;
    update public.delivery_lines as line
    set received = line.received + came.units,
      difference = case when line.received + came.units > line.expected then coalesce(receive_delivery.difference, line.difference) end
    from (
      select line.variant_id, sum(line.quantity)::integer as units
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
      group by line.variant_id
    ) as came
    where line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    perform private.move_stock(private.deltas_at(v_delivery.to_location_id, v_arrived, 1),
      case when v_delivery.from_location_id is null then 'receive' else 'transfer' end::public.movement_reason, private.paper_of(v_delivery));
    perform private.move_stock(private.deltas_at(v_delivery.to_location_id, coalesce(v_over, '[]'), 1),
      case when v_delivery.from_location_id is null then 'receive' else 'correction' end::public.movement_reason, private.paper_of(v_delivery),
      receive_delivery.difference::text);
    insert into public.delivery_events (delivery_id, kind, detail)
    values (v_delivery.id, 'received', jsonb_build_object('lines', lines, 'over', coalesce(v_over, '[]'), 'difference', difference));
    update public.deliveries as received set updated_at = clock_timestamp() where received.id = v_delivery.id returning to_jsonb(received) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.receive_delivery(uuid, jsonb, uuid, public.delivery_difference) is 'See public.receive_delivery.';

create function public.receive_delivery(
  delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.receive_delivery(delivery_id, lines, idempotency_key, difference)
$$;
comment on function public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference) is
  'Books what came of a delivery: lines [{"variant_id", "quantity": units > 0}], all or none, as often as parts come; staff of
   role stock. More than announced, or something else, takes a difference (extra or swapped). Of a transfer such units
   are booked as a correction, because nothing says that they left. Raises role_required (403), location_not_yours (403), not_found (404),
   delivery_closed (409), delivery_over (409: by how much), invalid_input (422), idempotency_key_reused (409).';

-- close_delivery -------------------------------------------------------------------------------------------------

create function private.close_delivery(delivery_id uuid, shorts jsonb, idempotency_key uuid)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
  v_open jsonb;
  v_back jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'close_delivery', jsonb_build_array(delivery_id, shorts));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    if jsonb_typeof(shorts) is distinct from 'object' or exists (
      select from jsonb_each_text(shorts) as said where not pg_input_is_valid(said.key, 'uuid') or said.value not in ('not_sent', 'lost', 'damaged')
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "shorts", "problem": "not {variant_id: not_sent | lost | damaged}"}',
        'Say for each variant that is missing what became of it.');
    end if;
    perform private.lock_variants(array(select line.variant_id from public.delivery_lines as line where line.delivery_id = v_delivery.id));

    select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'outstanding', line.outstanding) order by line.variant_id)
        filter (where shorts ->> line.variant_id::text is null),
      coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'quantity', line.outstanding))
        filter (where shorts ->> line.variant_id::text = 'not_sent'), '[]')
    into v_open, v_back
    from public.delivery_lines as line
    where line.delivery_id = v_delivery.id and line.outstanding > 0;
    if v_open is not null then
      perform private.refuse(409, 'delivery_short', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_open),
        'Say for each line that is short what became of it: not_sent, lost or damaged.');
    end if;

    update public.delivery_lines as line
    set missing = line.outstanding, difference = (shorts ->> line.variant_id::text)::public.delivery_difference
    where line.delivery_id = v_delivery.id and line.outstanding > 0;
    if v_delivery.from_location_id is not null and v_back <> '[]' then
      perform private.require_role_at('stock', v_delivery.from_location_id);
      perform private.move_stock(private.deltas_at(v_delivery.from_location_id, v_back, 1), 'transfer', private.paper_of(v_delivery), 'not sent');
    end if;
    insert into public.delivery_events (delivery_id, kind, detail) values (v_delivery.id, 'closed', jsonb_build_object('shorts', shorts));
    update public.deliveries as closed set status = 'closed' where closed.id = v_delivery.id returning to_jsonb(closed) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.close_delivery(uuid, jsonb, uuid) is 'See public.close_delivery.';

create function public.close_delivery(delivery_id uuid, idempotency_key uuid, shorts jsonb default '{}')
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.close_delivery(delivery_id, shorts, idempotency_key)
$$;
comment on function public.close_delivery(uuid, uuid, jsonb) is
  'Says that no more comes: shorts {variant_id: "not_sent" | "lost" | "damaged"} for every variant that is short; staff of
   role stock. Of a transfer, what was not sent is back where it came from, for who may change stock there, too; what is lost or damaged is in transit no
   more and stays on the document. Raises role_required (403), location_not_yours (403), not_found (404), delivery_closed (409), delivery_short
   (409, the lines without a reason), invalid_input (422), idempotency_key_reused (409).';

-- read_delivery --------------------------------------------------------------------------------------------------

create function public.read_delivery(delivery_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'delivery', to_jsonb(delivery),
    'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'title', products.title, 'option_values', variants.option_values,
        'sku', variants.sku, 'barcode', variants.barcode, 'expected', line.expected, 'received', line.received, 'missing', line.missing,
        'outstanding', line.outstanding, 'difference', line.difference) order by products.title, variants.position, line.variant_id), '[]')
      from public.delivery_lines as line
      join public.variants on variants.id = line.variant_id
      join public.products on products.id = variants.product_id
      where line.delivery_id = delivery.id
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('id', event.id, 'kind', event.kind, 'actor', event.actor, 'created_at', event.created_at,
        'units', (select sum((line ->> 'quantity')::integer) from jsonb_array_elements(event.detail -> 'lines') as line)) order by event.id desc), '[]')
      from public.delivery_events as event
      where event.delivery_id = delivery.id
    )
  )
  from public.deliveries as delivery
  where delivery.id = read_delivery.delivery_id
$$;
comment on function public.read_delivery(uuid) is
  'A delivery for staff: {delivery, lines with what they are called and scanned by, events, latest first}. NULL when there
   is none, or the caller is not staff: with the caller''s own rights.';

revoke execute on function
  public.announce_delivery(text, uuid, jsonb, uuid, text, date), public.send_transfer(uuid, uuid, jsonb, uuid, text),
  public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), public.close_delivery(uuid, uuid, jsonb), public.read_delivery(uuid)
from public, anon;
grant execute on function
  public.announce_delivery(text, uuid, jsonb, uuid, text, date), public.send_transfer(uuid, uuid, jsonb, uuid, text),
  public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), public.close_delivery(uuid, uuid, jsonb), public.read_delivery(uuid),
  private.announce_delivery(text, uuid, jsonb, uuid, text, date), private.send_transfer(uuid, uuid, jsonb, uuid, text),
  private.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), private.close_delivery(uuid, jsonb, uuid)
to authenticated, service_role;

-- schemas/products/reading.sql

-- How colleagues edit a product while the shop trades: last writer wins, with detection (decision 0023).
--
-- A save says what it changes and which version of the product, and of each variant it touches, it was made against.
-- When one of them is another by now, nothing is written and the refusal carries the product as it is: whoever edits
-- compares the two versions field by field and saves again. Product and variants are written together or not at all.
--
-- Refusals: role_required, not_found, invalid_input, product_moved, idempotency_key_reused.

-- Pictures have no version of their own: they are part of their product. A product that moved in this transaction
-- already has its next version.
create function private.media_moves_product()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.products as product
  set version = product.version + 1
  where product.id in (select changed.product_id from changed)
    and product.updated_at <> now();
  return null;
end;
$$;
comment on function private.media_moves_product() is 'Whoever changes a picture changes its product.';
create trigger product_media_move_product_new after insert on public.product_media
  referencing new table as changed
  for each statement execute function private.media_moves_product();
create trigger product_media_move_product_changed after update on public.product_media
  referencing new table as changed
  for each statement execute function private.media_moves_product();
create trigger product_media_move_product_gone after delete on public.product_media
  referencing old table as changed
  for each statement execute function private.media_moves_product();

-- read_product ------------------------------------------------------------------------------------------------

create function private.product_editors(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(last.field, last.actor_name), '{}')
  from (
    select distinct on (line.field) line.field, line.actor_name
    from (
      select trail.id, trail.actor_name, change.key as field
      from public.products as product
      join public.audit_trail as trail on trail.subject = 'product' and trail.subject_id = product.id::text and trail.action = 'changed'
      cross join lateral jsonb_each(trail.after) as change
      where product.id = product_editors.product_id and to_jsonb(product) -> change.key = change.value
      union all
      select trail.id, trail.actor_name, 'variants.' || variant.id || '.' || change.key
      from public.variants as variant
      join public.audit_trail as trail on trail.subject = 'variant' and trail.subject_id = variant.id::text and trail.action = 'changed'
      cross join lateral jsonb_each(trail.after) as change
      where variant.product_id = product_editors.product_id and to_jsonb(variant) -> change.key = change.value
    ) as line
    order by line.field, line.id desc
  ) as last
$$;
comment on function private.product_editors(uuid) is
  'Who made each field what it is: {title: name, "variants.<id>.price_minor": name}. A field that an import wrote last has
   nobody, unless it had the same value before.';

create function private.product_sheet(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(product) - '{position,number,created_at}'::text[] || jsonb_build_object(
    'editors', private.product_editors(product.id),
    'media', coalesce((
      select jsonb_agg(jsonb_build_object('src', media.src, 'alt', media.alt, 'variant_id', media.variant_id) order by media.position)
      from public.product_media as media
      where media.product_id = product.id
    ), '[]'),
    'variants', coalesce((
      select jsonb_agg(to_jsonb(variant) - '{product_id,position,created_at}'::text[] order by variant.position, variant.id)
      from public.variants as variant
      where variant.product_id = product.id
    ), '[]')
  )
  from public.products as product
  where product.id = product_sheet.product_id
$$;
comment on function private.product_sheet(uuid) is
  'All that can be edited of a product, in one piece: its row, media: [{src, alt, variant_id}] in order, variants, all of
   them, in order, and editors: who changed which field last. NULL when there is none.';

create function private.read_product(product_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sheet jsonb;
begin
  perform private.require_role('viewer');
  v_sheet := private.product_sheet(product_id);
  if v_sheet is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('product_id', product_id), 'Reload the list of products.');
  end if;
  return v_sheet;
end;
$$;
comment on function private.read_product(uuid) is 'See public.read_product.';

create function public.read_product(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_product(product_id)
$$;
comment on function public.read_product(uuid) is
  'A product as it is edited: its row with version, media: [{src, alt, variant_id}], variants: [{id, version, sku,
   option_values, price_minor, compare_at_minor, currency, barcode, limit_per_person, active}], editors: {field: who
   changed it last}. Staff. Raises role_required (403), not_found (404).';

-- schemas/products/saving.sql

-- save_product ------------------------------------------------------------------------------------------------

create function private.refuse_unknown_fields(changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text;
begin
  select unknown.field into v_unknown
  from (
    select own.field
    from jsonb_object_keys(changes) as own (field)
    where own.field not in ('handle', 'title', 'description_html', 'category', 'vendor', 'tags', 'option_names', 'limited', 'tax_rate_bp',
      'status', 'media', 'variants')
    union all
    select 'variants.' || variant.key || '.' || own.field
    from jsonb_each(changes -> 'variants') as variant
    cross join lateral jsonb_object_keys(variant.value) as own (field)
    where own.field not in ('option_values', 'price_minor', 'compare_at_minor', 'barcode', 'limit_per_person', 'active')
  ) as unknown
  limit 1;
  if v_unknown is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_unknown, 'problem', 'cannot be changed'),
      'Send only fields that read_product shows and a colleague may edit.');
  end if;
exception when data_exception then
  perform private.refuse(422, 'invalid_input', '{"field": "changes", "problem": "not an object of fields"}',
    'Send {field: value, variants: {id: {field: value}}}.');
end;
$$;
comment on function private.refuse_unknown_fields(jsonb) is 'Raises invalid_input (422) for a field that no edit may name: ids, versions, SKUs.';

create function private.is_stale(sheet jsonb, expected jsonb, changes jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select (changes - 'variants' <> '{}' and sheet -> 'version' is distinct from expected -> 'version')
    or exists (
      select
      from jsonb_array_elements(sheet -> 'variants') as variant
      where changes -> 'variants' ? (variant ->> 'id')
        and variant -> 'version' is distinct from expected -> 'variants' -> (variant ->> 'id')
        or changes ? 'option_names' and not expected -> 'variants' ? (variant ->> 'id')
    )
$$;
comment on function private.is_stale(jsonb, jsonb, jsonb) is
  'Whether what a save touches is another version than it expected. What it leaves alone may have moved; but options are of
   every variant, so who changes them has seen them all.';

create function private.write_product(sheet jsonb, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := sheet ->> 'id';
  v_wanted public.products;
begin
  select wanted.* into v_wanted
  from public.products as product
  cross join lateral jsonb_populate_record(product, changes - '{media,variants}'::text[]) as wanted
  where product.id = v_id;

  update public.products as product
  set title = v_wanted.title,
    description_html = v_wanted.description_html,
    category = v_wanted.category,
    vendor = v_wanted.vendor,
    tags = v_wanted.tags,
    option_names = v_wanted.option_names,
    limited = v_wanted.limited,
    tax_rate_bp = v_wanted.tax_rate_bp,
    status = v_wanted.status,
    version = product.version + (coalesce(changes -> 'media', sheet -> 'media') <> sheet -> 'media')::integer
  where product.id = v_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row.
  if v_wanted.handle is distinct from sheet ->> 'handle' then
    if sheet ->> 'status' <> 'draft' then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'handle', 'problem', 'is fixed', 'value', v_wanted.handle),
        'The address of a product that is or was for sale stands in links and bookmarks. Only a draft''s may change.');
    end if;
    update public.products as product set handle = v_wanted.handle where product.id = v_id;
  end if;
end;
$$;
comment on function private.write_product(jsonb, jsonb) is 'The changed columns of a product. sheet: as it is, under its lock. New pictures are a new version, too.';

create function private.write_pictures(product_id uuid, media jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In place, so that a picture that stays where it was is not written again.
  insert into public.product_media as picture (product_id, position, src, alt, variant_id)
  select write_pictures.product_id, item.position, item.picture ->> 'src', coalesce(item.picture ->> 'alt', ''), variants.id
  from jsonb_array_elements(media) with ordinality as item (picture, position)
  left join public.variants on variants.product_id = write_pictures.product_id and variants.id = (item.picture ->> 'variant_id')::uuid
  on conflict on constraint product_media_have_one_order do update
  set src = excluded.src,
    alt = excluded.alt,
    variant_id = excluded.variant_id
  where (picture.src, picture.alt, picture.variant_id) is distinct from (excluded.src, excluded.alt, excluded.variant_id);

  delete from public.product_media as picture
  where picture.product_id = write_pictures.product_id
    and picture.position > jsonb_array_length(media);
end;
$$;
comment on function private.write_pictures(uuid, jsonb) is
  'Makes a product''s pictures these, in this order. A picture may belong to one of its variants; somebody else''s is none.';

create function private.write_product_variants(product_id uuid, variants jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants as variant
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    barcode = nullif(wanted.barcode, ''),
    limit_per_person = wanted.limit_per_person,
    active = wanted.active
  from public.variants as before
  cross join lateral jsonb_populate_record(before, write_product_variants.variants -> before.id::text) as wanted
  where before.product_id = write_product_variants.product_id
    and write_product_variants.variants ? before.id::text
    and variant.id = before.id;

  -- Apart and in one order, as they are part of a key: this waits for every cart that is just being filled with one.
  perform from public.variants as variant
  where variant.product_id = write_product_variants.product_id and write_product_variants.variants -> variant.id::text ? 'option_values'
  order by variant.id
  for update;
  update public.variants as variant
  set option_values = wanted.option_values
  from public.variants as before
  cross join lateral jsonb_populate_record(before, write_product_variants.variants -> before.id::text) as wanted
  where before.product_id = write_product_variants.product_id
    and write_product_variants.variants -> before.id::text ? 'option_values'
    and variant.id = before.id;
end;
$$;
comment on function private.write_product_variants(uuid, jsonb) is 'The changed columns of a product''s variants: {id: {field: value}}.';

create function private.check_options(product_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_field text;
begin
  select wrong.field into v_field
  from (
    select 'option_names' as field
    from public.products as product
    where product.id = check_options.product_id
      and cardinality(product.option_names) <> (select count(distinct nullif(trim(name), '')) from unnest(product.option_names) as name)
    union all
    select 'variants.' || variant.id || '.option_values'
    from public.products as product
    join public.variants as variant on variant.product_id = product.id
    where product.id = check_options.product_id
      and variant.active
      and (cardinality(variant.option_values) <> cardinality(product.option_names)
        or '' = any (select trim(value) from unnest(variant.option_values) as value))
  ) as wrong
  limit 1;
  if v_field is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_field, 'problem', 'are not one for each option'),
      'Give each option a name of its own, and each variant on sale a value for each. Nothing of this save was written.');
  end if;
end;
$$;
comment on function private.check_options(uuid) is
  'Raises invalid_input (422) unless each option has a name of its own and each variant on sale a value for each. One that is
   not sold may be of options that are gone.';

create function private.lock_product(product_id uuid, variants jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text;
begin
  -- The product before its variants and before any stock, as an import does.
  perform from public.products where products.id = lock_product.product_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('product_id', product_id), 'Reload the list of products.');
  end if;
  perform from public.variants where variants.product_id = lock_product.product_id order by variants.id for no key update;
  select touched.id into v_unknown
  from jsonb_object_keys(lock_product.variants) as touched (id)
  where not exists (select from public.variants where variants.product_id = lock_product.product_id and variants.id::text = touched.id)
  limit 1;
  if v_unknown is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'variants', 'problem', 'not of this product', 'value', v_unknown),
      'Reload the product.');
  end if;
  return private.product_sheet(product_id);
end;
$$;
comment on function private.lock_product(uuid, jsonb) is
  'Holds a product and its variants still and returns them. variants: the ones a save touches, by id. Raises not_found (404),
   invalid_input (422).';

create function private.write_changes(sheet jsonb, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := sheet ->> 'id';
  v_problem text;
  v_rule text;
begin
  if changes - 'variants' <> '{}' then
    perform private.write_product(sheet, changes);
  end if;
  if changes ? 'media' then
    perform private.write_pictures(v_id, changes -> 'media');
  end if;
  if changes ? 'variants' then
    perform private.write_product_variants(v_id, changes -> 'variants');
  end if;
  if changes ? 'option_names' or changes @? '$.variants.*.option_values' or changes @? '$.variants.*.active' then
    perform private.check_options(v_id);
  end if;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
  perform private.refuse(422, 'invalid_input', case v_rule
      when 'products_handle_key' then jsonb_build_object('field', 'handle', 'problem', 'is taken')
      when 'products_category_fkey' then jsonb_build_object('field', 'category', 'problem', v_problem)
      when 'variants_differ_in_their_options' then jsonb_build_object('field', 'option_names', 'problem', 'would be the same for two variants')
      else jsonb_build_object('field', 'changes', 'problem', v_problem)
    end, 'Correct the field. Nothing of this save was written.');
end;
$$;
comment on function private.write_changes(jsonb, jsonb) is 'Writes a save; types and constraints are the check. Raises invalid_input (422).';

create function private.save_product(product_id uuid, expected jsonb, changes jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_sheet jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_product', jsonb_build_array(product_id, expected, changes));
  if v_response is not null then
    return v_response;
  end if;
  perform private.refuse_unknown_fields(changes);
  v_sheet := private.lock_product(product_id, coalesce(changes -> 'variants', '{}'));
  if private.is_stale(v_sheet, expected, changes) then
    perform private.refuse(409, 'product_moved', jsonb_build_object('product', v_sheet),
      'Compare with the product as it is now, choose field by field, and save against its version. Nothing was written.');
  end if;
  perform private.write_changes(v_sheet, changes);

  v_response := private.product_sheet(product_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.save_product(uuid, jsonb, jsonb, uuid) is 'See public.save_product.';

create function public.save_product(product_id uuid, expected jsonb, changes jsonb, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_product(product_id, expected, changes, idempotency_key)
$$;
comment on function public.save_product(uuid, jsonb, jsonb, uuid) is
  'Saves what a colleague changed of a product. expected: the versions it was made against, {version, variants: {id:
   version}}, those that are touched. changes: the new values of changed fields alone, as read_product names them: {title,
   …, media: all pictures, option_names: all, variants: {id: {option_values: one for each option, price_minor, …}}}. Managers. Returns the product as read_product does. Raises
   role_required (403), not_found (404), product_moved (409, with the product as it is), idempotency_key_reused (409),
   invalid_input (422).';

revoke execute on function public.read_product(uuid), public.save_product(uuid, jsonb, jsonb, uuid) from public, anon;
grant execute on function public.read_product(uuid), private.read_product(uuid), public.save_product(uuid, jsonb, jsonb, uuid),
  private.save_product(uuid, jsonb, jsonb, uuid) to authenticated, service_role;

-- schemas/products/list.sql

-- The list of products, and what makes it longer: a new product, another variant. The list is searched by the same index
-- as the inventory (schemas/inventory/tables.sql): there is one idea of what a word finds.

create view public.product_entries with (security_invoker = true) as
select
  product.id as product_id,
  product.handle,
  product.title,
  product.category,
  product.status,
  product.limited,
  product.version,
  product.updated_at,
  offer.variants,
  offer.lowest_minor,
  offer.highest_minor,
  offer.currency,
  (
    select media.src
    from public.product_media as media
    where media.product_id = product.id
    order by media.position
    limit 1
  ) as picture
from public.products as product
cross join lateral (
  select count(*)::integer as variants, min(variant.price_minor) as lowest_minor, max(variant.price_minor) as highest_minor,
    min(variant.currency) as currency
  from public.variants as variant
  where variant.product_id = product.id
) as offer;
comment on view public.product_entries is
  'One row per product as the list shows it. variants counts all, prices are theirs. Invoker''s rights.';
revoke all on public.product_entries from anon, authenticated, service_role;
grant select on public.product_entries to authenticated, service_role;

-- schemas/products/list_functions.sql

create function private.search_products(query text, category text, status public.product_status, after uuid, size integer)
returns setof public.product_entries
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
set jit = off
as $$
declare
  v_after text := (select lower(products.title) from public.products where products.id = search_products.after);
  v_words text[] := private.search_patterns(search_products.query);
begin
  if not private.is_trusted() and private.staff_role() is null then
    return;
  end if;
  return query
  select entry.*
  from (
    select distinct on (found.title, variants.product_id) found.title, variants.product_id
    from public.inventory_index as found
    join public.variants on variants.id = found.variant_id
    join public.products on products.id = variants.product_id
    where (v_words[1] is null or found.words like v_words[1])
      and found.words like all (v_words)
      and (search_products.category is null or found.category = search_products.category)
      and (search_products.status is null or products.status = search_products.status)
      and (v_after is null or found.title >= v_after)
      and (v_after is null or (found.title, variants.product_id) > (v_after, search_products.after))
    order by found.title, variants.product_id
    limit least(greatest(search_products.size, 1), 200)
  ) as page
  join public.product_entries as entry using (product_id)
  order by page.title, page.product_id;
end;
$$;
comment on function private.search_products(text, text, public.product_status, uuid, integer) is 'See public.search_products.';

create function public.search_products(
  query text default null,
  category text default null,
  status public.product_status default null,
  after uuid default null,
  size integer default 50
)
returns setof public.product_entries
language sql
stable
set search_path = ''
as $$
  select * from private.search_products(query, category, status, after, size)
$$;
comment on function public.search_products(text, text, public.product_status, uuid, integer) is
  'A page of public.product_entries by title: rows after the product `after`, up to size (1 to 200). query: every word must
   occur in one of its variants'' title, options, SKU, barcode or vendor. Nobody but staff gets a row.';

-- create_product ----------------------------------------------------------------------------------------------

create function private.insert_variant(product_id uuid, sku text, option_values text[], price_minor integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_problem text;
  v_rule text;
begin
  if exists (select from unnest(option_values) as value where trim(value) = '') then
    perform private.refuse(422, 'invalid_input', '{"field": "option_values", "problem": "missing"}', 'Name a value for each option.');
  end if;
  insert into public.variants (product_id, sku, option_values, price_minor, currency, position)
  select insert_variant.product_id, insert_variant.sku, insert_variant.option_values, insert_variant.price_minor, shop_settings.currency,
    (select coalesce(max(sibling.position), 0) + 1 from public.variants as sibling where sibling.product_id = insert_variant.product_id)
  from public.shop_settings;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
  perform private.refuse(422, 'invalid_input', case v_rule
      when 'variants_sku_key' then jsonb_build_object('field', 'sku', 'problem', 'is taken', 'value', sku)
      when 'variants_differ_in_their_options' then jsonb_build_object('field', 'option_values', 'problem', 'is taken')
      else jsonb_build_object('field', 'variant', 'problem', v_problem)
    end, 'Correct the field. Nothing was written.');
end;
$$;
comment on function private.insert_variant(uuid, text, text[], integer) is
  'Adds a variant as the last of its product, in the shop''s currency. Raises invalid_input (422).';

create function private.create_product(product jsonb, idempotency_key uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_new public.products;
  v_problem text;
  v_rule text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'create_product', product);
  if v_response is not null then
    return v_response #>> '{}';
  end if;
  begin
    v_new := jsonb_populate_record(null::public.products, product);
    insert into public.products (handle, title, category, option_names, position)
    values (v_new.handle, v_new.title, v_new.category, coalesce(v_new.option_names, '{}'),
      (select coalesce(max(products.position), 0) + 1 from public.products))
    returning * into v_new;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
    perform private.refuse(422, 'invalid_input', case v_rule
        when 'products_handle_key' then jsonb_build_object('field', 'handle', 'problem', 'is taken', 'value', product ->> 'handle')
        when 'products_category_fkey' then jsonb_build_object('field', 'category', 'problem', 'is unknown', 'value', product ->> 'category')
        else jsonb_build_object('field', 'product', 'problem', v_problem)
      end, 'Correct the field. Nothing was written.');
  end;
  perform private.insert_variant(v_new.id, product ->> 'sku',
    coalesce((jsonb_populate_record(null::public.variants, product)).option_values, '{}'), (product ->> 'price_minor')::integer);
  perform private.finish_once(idempotency_key, to_jsonb(v_new.id));
  return v_new.id;
end;
$$;
comment on function private.create_product(jsonb, uuid) is 'See public.create_product.';

create function public.create_product(product jsonb, idempotency_key uuid)
returns uuid
language sql
set search_path = ''
as $$
  select private.create_product(product, idempotency_key)
$$;
comment on function public.create_product(jsonb, uuid) is
  'A new product as a draft, last in listings, with its first variant: {handle, title, category, option_names, sku,
   option_values, price_minor}; without options both lists are empty. Managers. Returns its id. Raises role_required (403),
   invalid_input (422), idempotency_key_reused (409).';

-- add_variant -------------------------------------------------------------------------------------------------

create function private.add_variant(product_id uuid, sku text, option_values text[], price_minor integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_sheet jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'add_variant', jsonb_build_array(product_id, sku, option_values, price_minor));
  if v_response is not null then
    return v_response;
  end if;
  v_sheet := private.lock_product(product_id, '{}');
  if jsonb_array_length(v_sheet -> 'option_names') <> cardinality(option_values) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'option_values', 'problem', 'not one for each option',
      'value', option_values), 'Name a value for each option of the product.');
  end if;
  perform private.insert_variant(product_id, sku, option_values, price_minor);
  v_response := private.product_sheet(product_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.add_variant(uuid, text, text[], integer, uuid) is 'See public.add_variant.';

create function public.add_variant(product_id uuid, sku text, option_values text[], price_minor integer, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.add_variant(product_id, sku, option_values, price_minor, idempotency_key)
$$;
comment on function public.add_variant(uuid, text, text[], integer, uuid) is
  'Another variant of a product, with a value for each of its options and no units yet. Managers. Returns the product as
   read_product does. Raises role_required (403), not_found (404), invalid_input (422), idempotency_key_reused (409).';

revoke execute on function public.search_products(text, text, public.product_status, uuid, integer),
  public.create_product(jsonb, uuid), public.add_variant(uuid, text, text[], integer, uuid) from public, anon;
grant execute on function public.search_products(text, text, public.product_status, uuid, integer),
  private.search_products(text, text, public.product_status, uuid, integer),
  public.create_product(jsonb, uuid), private.create_product(jsonb, uuid),
  public.add_variant(uuid, text, text[], integer, uuid), private.add_variant(uuid, text, text[], integer, uuid)
  to authenticated, service_role;

-- schemas/dashboard/tables.sql

-- What the dashboard shows. Sales are sums already (schemas/sales/tables.sql); this keeps the sums of all stock, and puts both together in
-- one answer that is read in one snapshot. Nothing is counted on read: see docs/decisions/0025.

create table public.stock_totals (
  stripe smallint primary key check (stripe >= 0),
  on_hand bigint not null default 0,
  held bigint not null default 0,
  committed bigint not null default 0,
  on_hand_minor bigint not null default 0,
  held_minor bigint not null default 0
);
comment on table public.stock_totals is
  'Units of the whole shop, and what they are worth at today''s prices; readers sum the stripes (private.own_stripe).';
alter table public.stock_totals enable row level security;
revoke all on public.stock_totals from anon, authenticated, service_role;
grant select on public.stock_totals to authenticated, service_role;
create policy "staff see what all stock is worth" on public.stock_totals
  for select to authenticated using ((select private.staff_role()) is not null);

create function private.availability_total()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  if not exists (select from changed) then
    return null;
  end if;
  insert into public.stock_totals as total (stripe, on_hand, held, committed, on_hand_minor, held_minor)
  select private.own_stripe(), sum(each.on_hand), sum(each.held), sum(each.committed),
    sum(each.on_hand * each.price_minor), sum(each.held * each.price_minor)
  from (
    select moved.*, (select variants.price_minor from public.variants where variants.id = moved.variant_id)::bigint as price_minor
    from (
      select changed.variant_id, changed.on_hand, changed.held, changed.committed from changed
      union all
      select before.variant_id, -before.on_hand, -before.held, -before.committed from before
    ) as moved
  ) as each
  on conflict (stripe) do update
  set on_hand = total.on_hand + excluded.on_hand,
    held = total.held + excluded.held,
    committed = total.committed + excluded.committed,
    on_hand_minor = total.on_hand_minor + excluded.on_hand_minor,
    held_minor = total.held_minor + excluded.held_minor;
  return null;
end;
$$;
comment on function private.availability_total() is 'Availability to the totals, at the price of the moment: under the variant''s lock it holds still.';
create trigger availability_total after update on public.availability
  referencing old table as before new table as changed
  for each statement execute function private.availability_total();

-- Before variants_relist by name, and locking what that will lock: all of a statement''s variants in one ascending order.
create function private.variants_appraise()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_variants(array(
    select priced.id from (select id, price_minor, active from changed except select id, price_minor, active from before) as priced
  ));
  insert into public.stock_totals as total (stripe, on_hand_minor, held_minor)
  select private.own_stripe(), sum(availability.on_hand * each.price_minor), sum(availability.held * each.price_minor)
  from (
    select changed.id, changed.price_minor::bigint from changed
    union all
    select before.id, -before.price_minor::bigint from before
  ) as each
  join public.availability on availability.variant_id = each.id
  having count(*) > 0
  on conflict (stripe) do update
  set on_hand_minor = total.on_hand_minor + excluded.on_hand_minor,
    held_minor = total.held_minor + excluded.held_minor;
  return null;
end;
$$;
comment on function private.variants_appraise() is 'At another price the same units are worth something else.';
create trigger variants_appraise after update on public.variants
  referencing old table as before new table as changed
  for each statement execute function private.variants_appraise();

create function private.dashboard_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sales_by_quarter_hour', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select private.quarter_hour(sales.minute) as quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor, sum(sales.taken_back) as taken_back,
      sum(sales.taken_back_minor) as taken_back_minor
    from public.sales_by_minute as sales
    group by 1
  ) as expected
  full join (
    select sales.quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units, sum(sales.revenue_minor) as revenue_minor,
      sum(sales.taken_back) as taken_back, sum(sales.taken_back_minor) as taken_back_minor
    from public.sales_by_quarter_hour as sales
    group by sales.quarter_hour
  ) as actual using (quarter_hour)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'sales_pace', variant_id, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select item.variant_id, private.quarter_hour(item.sold_at) as quarter_hour, sum(item.quantity - item.cancelled - item.returned) as units
    from public.order_items as item
    where item.sold_at is not null
    group by 1, 2
  ) as expected
  full join public.sales_pace as actual using (variant_id, quarter_hour)
  where coalesce(expected.units, 0) <> coalesce(actual.units, 0)

  union all
  select 'stock_totals', null, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select coalesce(sum(units.on_hand), 0) as on_hand, coalesce(sum(units.held), 0) as held, coalesce(sum(units.committed), 0) as committed,
      coalesce(sum(units.on_hand * variants.price_minor), 0) as on_hand_minor, coalesce(sum(units.held * variants.price_minor), 0) as held_minor
    from (
      select movement.variant_id, movement.delta::bigint as on_hand, 0 as held, 0 as committed from public.stock_movements as movement
      union all
      select claims.variant_id, 0, case when claims.expires_at is not null then claims.quantity else 0 end,
        case when claims.expires_at is null then claims.quantity - claims.fulfilled else 0 end
      from public.claims
    ) as units
    join public.variants on variants.id = units.variant_id
  ) as expected
  cross join (
    select coalesce(sum(total.on_hand), 0) as on_hand, coalesce(sum(total.held), 0) as held, coalesce(sum(total.committed), 0) as committed,
      coalesce(sum(total.on_hand_minor), 0) as on_hand_minor, coalesce(sum(total.held_minor), 0) as held_minor
    from public.stock_totals as total
  ) as actual
  where to_jsonb(expected) <> to_jsonb(actual)
$$;
comment on function private.dashboard_drift() is
  'Where the sums of the dashboard differ from orders, ledger and claims. Part of public.verify_inventory.';

-- read_dashboard ----------------------------------------------------------------------------------------------

create function private.sales_between(edges timestamptz[], by_minute boolean)
returns table (bar integer, orders bigint, units bigint, taken_back bigint, revenue_minor bigint)
language sql
stable
set search_path = ''
as $$
  select width_bucket(sales.began, edges), sum(sales.orders), sum(sales.units), sum(sales.taken_back), sum(sales.revenue_minor)::bigint
  from (
    select each.minute as began, each.orders, each.units, each.taken_back, each.revenue_minor - each.taken_back_minor as revenue_minor
    from public.sales_by_minute as each
    where by_minute and each.minute >= edges[1] and each.minute < edges[cardinality(edges)]
    union all
    select each.quarter_hour, each.orders, each.units, each.taken_back, each.revenue_minor - each.taken_back_minor
    from public.sales_by_quarter_hour as each
    where not by_minute and each.quarter_hour >= edges[1] and each.quarter_hour < edges[cardinality(edges)]
  ) as sales
  group by 1
$$;
comment on function private.sales_between(timestamptz[], boolean) is
  'What was placed between each of these moments and the next; revenue_minor is what of its money stayed.';

create function private.running_out(at timestamptz, at_most integer)
returns table (variant_id uuid, title text, option_values text[], sku text, available integer, sold bigint, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with recent as (
    select pace.variant_id, sum(pace.units) as in_a_day,
      coalesce(sum(pace.units) filter (where pace.quarter_hour >= edge.hours), 0) as in_hours,
      coalesce(sum(pace.units) filter (where pace.quarter_hour >= edge.minutes), 0) as in_minutes,
      edge.day, edge.hours, edge.minutes
    from (
      select private.quarter_hour(at - interval '1 day') as day, private.quarter_hour(at - interval '2 hours') as hours,
        private.quarter_hour(at - interval '15 minutes') as minutes
    ) as edge
    join public.sales_pace as pace on pace.quarter_hour >= edge.day and pace.quarter_hour <= at
    group by pace.variant_id, edge.day, edge.hours, edge.minutes
    having sum(pace.units) > 0
  )
  select recent.variant_id, products.title, variants.option_values, variants.sku, availability.available, pace.sold, pace.since
  from recent
  cross join lateral (
    select
      case when in_minutes >= 10 then in_minutes when in_hours >= 10 then in_hours else in_a_day end as sold,
      case when in_minutes >= 10 then minutes when in_hours >= 10 then hours else day end as since
  ) as pace
  join public.availability on availability.variant_id = recent.variant_id and availability.available > 0
  join public.variants on variants.id = recent.variant_id and variants.active
  join public.products on products.id = variants.product_id and products.status = 'active'
  order by availability.available * extract(epoch from at - pace.since) / pace.sold, recent.variant_id
  limit at_most
$$;
comment on function private.running_out(timestamptz, integer) is
  'What is empty first if it goes on selling so: units left, and units sold since when. Recent is the shortest of a quarter
   of an hour, two hours and a day (each to the quarter hour before) in which at least ten were sold, else the day.';

create function private.read_dashboard(edges timestamptz[], at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_by_minute boolean;
  v_minute timestamptz;
  v_span interval;
begin
  perform private.require_role('viewer');
  if coalesce(cardinality(edges), 0) not between 2 and 100 or at is null
    or not '2000-01-01' < all (edges || at) or not '2200-01-01' > all (edges || at)
    or edges <> array(select distinct edge from unnest(edges) as edge order by edge) then
    perform private.refuse(422, 'invalid_input', '{"field": "edges", "problem": "not 2 to 100 ascending moments"}',
      'Send when each bar begins, and when the last one ends.');
  end if;
  v_by_minute := edges[2] - edges[1] < interval '15 minutes';
  v_minute := date_trunc('minute', at, 'UTC');
  v_span := edges[cardinality(edges)] - edges[1];
  return (
    select jsonb_build_object(
      'version', (extract(epoch from clock_timestamp()) * 1000000)::bigint,
      'at', at,
      'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
      'bars', (
        select jsonb_agg(jsonb_build_object('from', edges[bar], 'orders', coalesce(sold.orders, 0), 'units', coalesce(sold.units, 0),
          'taken_back', coalesce(sold.taken_back, 0), 'revenue_minor', coalesce(sold.revenue_minor, 0)) order by bar)
        from generate_series(1, cardinality(edges) - 1) as bar
        left join private.sales_between(edges, v_by_minute) as sold using (bar)
      ),
      'before', (
        select jsonb_build_object('orders', coalesce(sum(sold.orders), 0), 'units', coalesce(sum(sold.units), 0),
          'taken_back', coalesce(sum(sold.taken_back), 0), 'revenue_minor', coalesce(sum(sold.revenue_minor), 0))
        from private.sales_between(array[edges[1] - v_span, at - v_span], v_by_minute) as sold
      ),
      'minutes', (
        select jsonb_agg(coalesce(sold.units, 0) order by minute)
        from generate_series(v_minute - interval '59 minutes', v_minute, interval '1 minute') as minute
        left join (
          select sales.minute, sum(sales.units) as units
          from public.sales_by_minute as sales
          where sales.minute > v_minute - interval '1 hour' and sales.minute <= v_minute
          group by sales.minute
        ) as sold using (minute)
      ),
      'stock', (
        select jsonb_build_object('on_hand', coalesce(sum(total.on_hand), 0), 'held', coalesce(sum(total.held), 0),
          'committed', coalesce(sum(total.committed), 0), 'on_hand_minor', coalesce(sum(total.on_hand_minor), 0),
          'held_minor', coalesce(sum(total.held_minor), 0))
        from public.stock_totals as total
      ),
      'running_out', (select coalesce(jsonb_agg(to_jsonb(soon)), '[]') from private.running_out(at, 8) as soon)
    )
  );
end;
$$;
comment on function private.read_dashboard(timestamptz[], timestamptz) is 'See public.read_dashboard.';

create function public.read_dashboard(edges timestamptz[], at timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_dashboard(edges, at)
$$;
comment on function public.read_dashboard(timestamptz[], timestamptz) is
  'The shop in numbers, all of one moment. edges: when each bar of the chart begins, and when the last one ends; 2 to 100, on
   whole minutes, or on quarters of an hour where bars last that long or longer. at: now. Staff of any role. Returns bars and
   the same time before them ({orders, units, taken_back: cancelled or returned since, revenue_minor: what stayed}), minutes
   (units placed in each of the last sixty), stock (units, and their worth at today''s prices) and running_out. Raises
   role_required (403), invalid_input (422).';

revoke execute on function public.read_dashboard(timestamptz[], timestamptz) from public, anon;
grant execute on function public.read_dashboard(timestamptz[], timestamptz), private.read_dashboard(timestamptz[], timestamptz)
to authenticated, service_role;

-- An open dashboard is a live query like any other, so it has a room; nobody speaks there.
create policy "staff join the dashboard" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and realtime.topic() like 'dashboard:%' and (select private.staff_role()) is not null);

-- schemas/alerts/tables.sql

-- Alerts: what somebody should look at, with the evidence. One open alert per cause; it ends by itself when its cause is
-- gone. What must be true:
--   1. Finding again changes nothing: a cause that stands keeps its alert, its owner and its history.
--   2. An alert is ended by private.find_alerts alone. People say that they saw it, whose it is, and until when it may wait.
-- The rules, each a function below: private.pace_alerts, document_alerts, hoarding_alerts, drift_alerts, delivery_alerts.

create type public.alert_kind as enum ('unusual_pace', 'no_document', 'hoarding', 'drift', 'late_delivery');
comment on type public.alert_kind is
  'A variant sells far above its usual rate; units moved and nothing says why; one holder has much of what is left; a sum
   differs from what it adds up to; a delivery is overdue.';

create table public.alerts (
  id bigint generated always as identity primary key,
  kind public.alert_kind not null,
  cause text not null,
  variant_id uuid references public.variants (id),
  delivery_id uuid references public.deliveries (id),
  evidence jsonb not null,
  owner uuid references public.staff (user_id),
  acknowledged_at timestamptz,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.alerts is 'What somebody should look at. Never deleted. Staff only; written by functions.';
comment on column public.alerts.cause is 'Names what is wrong; the same cause has one open alert.';
comment on column public.alerts.evidence is 'What was found, by kind: see the rules; and what its variant is called.';
comment on column public.alerts.owner is 'The colleague who looks after it; NULL: nobody yet.';
comment on column public.alerts.resolved_at is 'When its cause was found to be gone; NULL while it stands.';
create unique index alerts_once_per_cause on public.alerts (cause) where resolved_at is null;
create index alerts_by_variant on public.alerts (variant_id);
create index alerts_by_delivery on public.alerts (delivery_id);
create index alerts_by_owner on public.alerts (owner);
create trigger alerts_touch before update on public.alerts
  for each row execute function private.touch();

alter table public.alerts enable row level security;
revoke all on public.alerts from anon, authenticated, service_role;
grant select on public.alerts to authenticated, service_role;
create policy "staff see alerts" on public.alerts
  for select to authenticated using ((select private.staff_role()) is not null);

-- For document_alerts: few movements have neither.
create index stock_movements_unexplained on public.stock_movements (created_at)
  where document is null and note is null and reason in ('receive', 'return', 'correction');

create type private.found_alert as (kind public.alert_kind, cause text, variant_id uuid, delivery_id uuid, evidence jsonb);
comment on type private.found_alert is 'What a rule finds: an alert as it should stand open now.';

-- find_alerts -----------------------------------------------------------------------------------------------------

create table private.alert_checks (
  kind public.alert_kind primary key,
  every interval not null,
  checked_at timestamptz
);
comment on table private.alert_checks is 'How often each rule is asked, and when it last was: proving every sum takes longer than looking at holds.';
alter table private.alert_checks enable row level security;
insert into private.alert_checks (kind, every) values
  ('unusual_pace', '1 minute'), ('no_document', '5 seconds'), ('hoarding', '5 seconds'), ('drift', '15 minutes'), ('late_delivery', '1 minute');

-- schemas/alerts/checks.sql

-- The rules -------------------------------------------------------------------------------------------------------

create function private.pace_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'unusual_pace'::public.alert_kind, 'unusual_pace:' || recent.variant_id, recent.variant_id, null::uuid,
    jsonb_build_object('sold', recent.sold, 'since', recent.since, 'usual', round(usual.units, 1))
  from (
    select pace.variant_id, edge.since, sum(pace.units) as sold
    from (select private.quarter_hour(at - interval '1 hour') as since) as edge
    join public.sales_pace as pace on pace.quarter_hour >= edge.since and pace.quarter_hour <= at
    group by pace.variant_id, edge.since
    having sum(pace.units) >= 10
  ) as recent
  join public.variants on variants.id = recent.variant_id and variants.created_at < at - interval '1 day'
  cross join lateral (
    select coalesce(sum(pace.units), 0)
      * extract(epoch from at - recent.since)
      / extract(epoch from recent.since - greatest(variants.created_at, recent.since - interval '28 days')) as units
    from public.sales_pace as pace
    where pace.variant_id = recent.variant_id
      and pace.quarter_hour >= recent.since - interval '28 days' and pace.quarter_hour < recent.since
  ) as usual
  where recent.sold > 4 * usual.units and recent.sold > usual.units + 6 * sqrt(usual.units)
$$;
comment on function private.pace_alerts(timestamptz) is
  'Of a variant on sale for a day at least ten units went in the last hour (to the quarter hour before), more than four times
   as many as usual in such a time over 28 days, and by more than six standard deviations of a Poisson count of that mean.';

create function private.document_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'no_document'::public.alert_kind, 'no_document:' || movement.variant_id || ':' || movement.location_id, movement.variant_id, null::uuid,
    jsonb_build_object('location_id', movement.location_id, 'units', sum(movement.delta), 'movements', count(*),
      'actor', (array_agg(movement.actor order by movement.id desc))[1], 'last_at', max(movement.created_at))
  from public.stock_movements as movement
  where movement.document is null and movement.note is null and movement.reason in ('receive', 'return', 'correction')
    and movement.created_at > at - interval '7 days'
    and not exists (
      select from public.stock_movements as counted
      where counted.variant_id = movement.variant_id and counted.location_id = movement.location_id
        and counted.id > movement.id and counted.reason = 'recount'
    )
  group by movement.variant_id, movement.location_id
  having abs(sum(movement.delta)) >= 10
$$;
comment on function private.document_alerts(timestamptz) is
  'At one level ten units or more came or went in all within seven days, by movements of a person that name no paper and
   carry no note; gone once they are taken back, or the level is recounted.';

create function private.hoarding_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  with held as (
    select claims.variant_id, claims.quantity, claims.expires_at, claims.location_id, claims.id,
      -- An account, a network, or a guest of whom no network is known.
      coalesce(carts.user_id::text, claims.network, carts.id::text) as holder, claims.cart_id
    from public.claims
    join public.carts on carts.id = claims.cart_id
    where claims.expires_at > at
  )
  select 'hoarding'::public.alert_kind, 'hoarding:' || holder.variant_id || ':' || holder.holder, holder.variant_id, null::uuid,
    jsonb_build_object('held', holder.held, 'left', availability.available, 'until', holder.until, 'location_id', holder.location_id,
      'carts', holder.carts)
  from (
    select held.variant_id, held.holder, sum(held.quantity) as held, max(held.expires_at) as until, count(distinct held.cart_id) as carts,
      (array_agg(held.location_id order by held.quantity desc, held.id))[1] as location_id
    from held
    group by held.variant_id, held.holder
    having sum(held.quantity) >= 5
  ) as holder
  join public.availability on availability.variant_id = holder.variant_id
  where holder.held >= availability.available
  union all
  select 'hoarding'::public.alert_kind, 'hoarding:shop:' || holder.holder, null::uuid, null::uuid,
    jsonb_build_object('held', holder.held, 'left', holder.left, 'until', holder.until, 'location_id', null, 'carts', holder.carts)
  from (
    select held.holder, sum(held.quantity) as held, max(held.expires_at) as until, count(distinct held.cart_id) as carts,
      (select sum(totals.on_hand - totals.held - totals.committed) from public.stock_totals as totals) as left
    from held
    group by held.holder
    having sum(held.quantity) >= 20
  ) as holder
  where holder.held >= holder.left / 4.0
$$;
comment on function private.hoarding_alerts(timestamptz) is
  'By sums, however many carts they are in: an account, the guests of a network, or a guest holds five units or more of a variant,
   and at least as many as are left for all others; or twenty units or more of the whole shop, and at least a quarter of what is
   left there.';

create function private.drift_alerts()
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'drift'::public.alert_kind, concat_ws(':', 'drift', drift.aggregate, drift.variant_id, drift.location_id), drift.variant_id, null::uuid,
    jsonb_build_object('aggregate', drift.aggregate, 'location_id', drift.location_id, 'rows', count(*),
      'expected', (array_agg(drift.expected))[1], 'actual', (array_agg(drift.actual))[1])
  from private.inventory_drift() as drift
  group by drift.aggregate, drift.variant_id, drift.location_id
  limit 50
$$;
comment on function private.drift_alerts() is 'A row of verify_inventory.';

create function private.delivery_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'late_delivery'::public.alert_kind, 'late_delivery:' || delivery.id, null::uuid, delivery.id,
    jsonb_build_object('number', delivery.number, 'supplier', delivery.supplier, 'from_location_id', delivery.from_location_id,
      'to_location_id', delivery.to_location_id, 'expected_on', delivery.expected_on,
      'outstanding', (select coalesce(sum(line.outstanding), 0) from public.delivery_lines as line where line.delivery_id = delivery.id))
  from public.deliveries as delivery
  cross join public.shop_settings
  where delivery.status = 'expected' and delivery.expected_on < (at at time zone shop_settings.time_zone)::date
$$;
comment on function private.delivery_alerts(timestamptz) is 'A delivery that is still expected, though the day it was for has ended on the shop''s clock.';

create function private.find_alerts()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_due public.alert_kind[];
  v_found private.found_alert[];
begin
  perform private.require_role('viewer');
  -- Whoever comes second while somebody is looking has nothing to do.
  with due as (
    select checks.kind from private.alert_checks as checks
    where checks.checked_at is null or checks.checked_at not between v_now - checks.every and v_now
    for update skip locked
  ), checked as (
    update private.alert_checks as checks set checked_at = v_now from due where checks.kind = due.kind returning checks.kind
  )
  select coalesce(array_agg(checked.kind), '{}') into v_due from checked;

  v_found := array(select rule from private.pace_alerts(v_now) as rule where 'unusual_pace' = any (v_due))
    || array(select rule from private.document_alerts(v_now) as rule where 'no_document' = any (v_due))
    || array(select rule from private.hoarding_alerts(v_now) as rule where 'hoarding' = any (v_due))
    || array(select rule from private.drift_alerts() as rule where 'drift' = any (v_due))
    || array(select rule from private.delivery_alerts(v_now) as rule where 'late_delivery' = any (v_due));

  update public.alerts
  set resolved_at = v_now
  where alerts.resolved_at is null
    and alerts.kind = any (v_due)
    and alerts.cause <> all (array(select each.cause from unnest(v_found) as each));
  insert into public.alerts (kind, cause, variant_id, delivery_id, evidence)
  select each.kind, each.cause, each.variant_id, each.delivery_id,
    each.evidence || jsonb_build_object('variant', private.label_of(each.variant_id))
  from unnest(v_found) as each
  order by each.cause
  on conflict (cause) where resolved_at is null do update
  set evidence = excluded.evidence
  where alerts.evidence <> excluded.evidence;
  update public.alerts
  set snoozed_until = null
  where alerts.resolved_at is null and alerts.snoozed_until <= v_now;
  return (select count(*) from public.alerts where alerts.resolved_at is null);
end;
$$;
comment on function private.find_alerts() is 'See public.find_alerts.';

create function public.find_alerts()
returns integer
language sql
set search_path = ''
as $$
  select private.find_alerts()
$$;
comment on function public.find_alerts() is
  'Asks each rule that is due: raises alerts for new causes, brings the evidence of standing ones up to date, ends those whose
   cause is gone, wakes those that have waited long enough. Returns how many are open. Staff of any role, and the scheduler.
   Raises role_required (403).';

-- schemas/alerts/tending.sql

-- What people do with them ------------------------------------------------------------------------------------------

create function private.tend_alert(alert_id bigint, gesture text, owner uuid, hours integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_before public.alerts;
  v_after public.alerts;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, gesture, jsonb_build_array(alert_id, owner, hours));
  if v_response is not null then
    return v_response;
  end if;
  select * into v_before from public.alerts where alerts.id = tend_alert.alert_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('alert_id', alert_id), 'Reload the page.');
  end if;
  if owner is not null and not exists (select from public.staff where staff.user_id = tend_alert.owner and staff.active) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'owner', 'problem', 'not a colleague', 'value', owner),
      'Choose somebody who works here.');
  end if;
  if hours not between 1 and 720 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'hours', 'problem', 'not 1 to 720', 'value', hours),
      'Let it wait for an hour or more, at most thirty days.');
  end if;
  update public.alerts
  set owner = coalesce(tend_alert.owner, alerts.owner),
    acknowledged_at = coalesce(alerts.acknowledged_at, private.clock()),
    snoozed_until = coalesce(private.clock() + make_interval(hours => tend_alert.hours), alerts.snoozed_until)
  where alerts.id = tend_alert.alert_id and alerts.resolved_at is null
  returning * into v_after;
  if found then
    perform private.audit(gesture, 'alert', alert_id::text, v_after.kind::text,
      jsonb_build_object('owner', v_before.owner, 'snoozed_until', v_before.snoozed_until),
      jsonb_build_object('owner', v_after.owner, 'snoozed_until', v_after.snoozed_until));
  end if;
  -- One that ended meanwhile needs nobody any more.
  v_response := to_jsonb(coalesce(v_after, v_before));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.tend_alert(bigint, text, uuid, integer, uuid) is
  'Whatever is done with an alert: somebody has seen it, and perhaps it gets an owner or may wait. Returns it.';

create function public.acknowledge_alert(alert_id bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.tend_alert(alert_id, 'acknowledge_alert', auth.uid(), null, idempotency_key)
$$;
comment on function public.acknowledge_alert(bigint, uuid) is
  'The caller has seen an alert and looks after it from now on. Staff of role stock; returns it. Raises role_required (403),
   not_found (404), idempotency_key_reused (409).';

create function public.assign_alert(alert_id bigint, owner uuid, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.tend_alert(alert_id, 'assign_alert', owner, null, idempotency_key)
$$;
comment on function public.assign_alert(bigint, uuid, uuid) is
  'Gives an alert to a colleague. Otherwise as acknowledge_alert; invalid_input (422) when they do not work here.';

create function public.snooze_alert(alert_id bigint, hours integer, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.tend_alert(alert_id, 'snooze_alert', null, hours, idempotency_key)
$$;
comment on function public.snooze_alert(bigint, integer, uuid) is
  'Lets an alert wait for so many hours, at most thirty days. Otherwise as acknowledge_alert; invalid_input (422) for more.';

revoke execute on function public.find_alerts(), public.acknowledge_alert(bigint, uuid), public.assign_alert(bigint, uuid, uuid),
  public.snooze_alert(bigint, integer, uuid)
from public, anon;
grant execute on function public.find_alerts(), private.find_alerts(), public.acknowledge_alert(bigint, uuid),
  public.assign_alert(bigint, uuid, uuid), public.snooze_alert(bigint, integer, uuid),
  private.tend_alert(bigint, text, uuid, integer, uuid)
to authenticated, service_role;

-- Where the scheduler exists, it looks; where it does not, the shop's server does.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    perform cron.schedule('find-alerts', '1 minute', 'select public.find_alerts()');
  end if;
end;
$$;

-- schemas/holds/desk.sql

-- The desk for holds: staff see which guest and network holds how much, end holds, cancel unpaid orders together and block
-- callers. Every function checks the role first, then works. Refusals: role_required, location_not_yours, not_found,
-- invalid_input, idempotency_key_reused.

create function private.guest_label(cart public.carts)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(coalesce(encode(cart.token_hash, 'hex'), replace(cart.user_id::text, '-', '')), 6)
$$;
comment on function private.guest_label(public.carts) is 'What staff call a guest or an account: six digits that identify nobody elsewhere.';

create function private.live_holds(network text, cart_id uuid, variant_id uuid)
returns table (
  cart_id uuid, guest text, is_account boolean, network text, variant_id uuid, units bigint, location_ids uuid[],
  since timestamptz, until timestamptz
)
language sql
stable
set search_path = ''
as $$
  select carts.id, private.guest_label(carts), carts.user_id is not null, max(claims.network), claims.variant_id, sum(claims.quantity),
    array_agg(claims.location_id), min(line.held_since), max(claims.expires_at)
  from public.claims
  join public.carts on carts.id = claims.cart_id
  left join public.cart_lines as line on line.cart_id = claims.cart_id and line.variant_id = claims.variant_id
  where claims.expires_at > private.clock()
    and (live_holds.network is null or claims.network = live_holds.network)
    and (live_holds.cart_id is null or claims.cart_id = live_holds.cart_id)
    and (live_holds.variant_id is null or claims.variant_id = live_holds.variant_id)
  group by carts.id, claims.variant_id
$$;
comment on function private.live_holds(text, uuid, uuid) is 'Holds of carts that have not run out, one row per cart and variant; each filter may be NULL.';

create function private.read_holds(network text, cart_id uuid, variant_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_holds jsonb;
  v_guests jsonb;
  v_networks jsonb;
begin
  perform private.require_role('viewer');
  select coalesce(jsonb_agg(to_jsonb(hold) - 'location_ids' || private.label_of(hold.variant_id) order by hold.units desc, hold.cart_id), '[]')
  into v_holds
  from (select * from private.live_holds(network, cart_id, variant_id) order by units desc, cart_id limit 200) as hold;
  select coalesce(jsonb_agg(to_jsonb(sums) order by sums.units desc, sums.cart_id), '[]') into v_guests
  from (
    select hold.cart_id, min(hold.guest) as guest, bool_or(hold.is_account) as is_account, max(hold.network) as network,
      sum(hold.units) as units, count(*) as variants
    from private.live_holds(network, cart_id, variant_id) as hold
    group by hold.cart_id order by 5 desc limit 20
  ) as sums;
  select coalesce(jsonb_agg(to_jsonb(sums) order by sums.units desc, sums.network), '[]') into v_networks
  from (
    select hold.network, sum(hold.units) as units, count(distinct hold.cart_id) as guests
    from private.live_holds(network, cart_id, variant_id) as hold
    where hold.network is not null
    group by hold.network order by 2 desc limit 20
  ) as sums;
  return jsonb_build_object('holds', v_holds, 'guests', v_guests, 'networks', v_networks, 'now', private.clock(),
    'blocks', (
      select coalesce(jsonb_agg(jsonb_build_object('subject', blocks.subject, 'reason', blocks.reason, 'blocked_at', blocks.blocked_at,
        'expires_at', blocks.expires_at, 'by', staff.name) order by blocks.blocked_at desc), '[]')
      from (select * from private.blocks order by blocks.blocked_at desc limit 100) as blocks
      left join public.staff on staff.user_id = blocks.blocked_by
      where coalesce(blocks.expires_at > private.clock(), true)
    ));
end;
$$;
comment on function private.read_holds(text, uuid, uuid) is 'See public.read_holds.';

create function public.read_holds(network text default null, cart_id uuid default null, variant_id uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_holds(network, cart_id, variant_id)
$$;
comment on function public.read_holds(text, uuid, uuid) is
  'Holds as staff see them: {holds: the 200 largest, guests and networks: the 20 with the largest sums, blocks, now}. Staff of any
   role. Raises role_required (403).';

-- Ending holds --------------------------------------------------------------------------------------------------------

create function private.end_holds(lines jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_carts uuid[];
  v_variants uuid[];
  v_units bigint;
begin
  perform private.require_role('stock');
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 200 or exists (
    select from jsonb_array_elements(lines) as line
    where not pg_input_is_valid(coalesce(line ->> 'cart_id', ''), 'uuid') or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
  ) then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not a list of 1 to 200"}', 'Send cart_id and variant_id with each.');
  end if;
  select array_agg((line ->> 'cart_id')::uuid order by n), array_agg((line ->> 'variant_id')::uuid order by n)
  into v_carts, v_variants
  from jsonb_array_elements(lines) with ordinality as asked (line, n);
  perform private.require_role_at('stock', variadic array(
    select distinct claims.location_id from public.claims
    join unnest(v_carts, v_variants) as asked (cart_id, variant_id) using (cart_id, variant_id)
  ));
  v_response := private.begin_once(idempotency_key, 'end_holds', to_jsonb(v_carts) || to_jsonb(v_variants));
  if v_response is not null then
    return v_response;
  end if;
  perform from public.carts where carts.id = any (v_carts) order by carts.id for no key update;
  perform private.queue_for(array(select distinct asked.id from unnest(v_variants) as asked (id) order by 1));

  with ended as (
    delete from public.claims using unnest(v_carts, v_variants) as asked (cart_id, variant_id)
    where claims.cart_id = asked.cart_id and claims.variant_id = asked.variant_id
    returning claims.quantity
  )
  select coalesce(sum(ended.quantity), 0) into v_units from ended;
  update public.cart_lines as line set held_until = least(line.held_until, private.clock())
  from unnest(v_carts, v_variants) as asked (cart_id, variant_id)
  where line.cart_id = asked.cart_id and line.variant_id = asked.variant_id;
  v_response := jsonb_build_object('units', v_units);
  perform private.audit('end_holds', 'hold', v_carts[1]::text, cardinality(v_carts) || ' holds', null, v_response);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.end_holds(jsonb, uuid) is 'See public.end_holds.';

create function public.end_holds(lines jsonb, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.end_holds(lines, idempotency_key)
$$;
comment on function public.end_holds(jsonb, uuid) is
  'Ends holds of carts: [{cart_id, variant_id}], 1 to 200. The lines stay in the carts, marked; the units are on sale again.
   Returns {units}. Staff of role stock, at the locations of the units. Raises role_required and location_not_yours (403),
   invalid_input (422), idempotency_key_reused (409).';

-- Cancelling orders ---------------------------------------------------------------------------------------------------

create function private.unpaid_orders(network text, email text, since timestamptz)
returns setof public.orders
language sql
stable
set search_path = ''
as $$
  select orders.*
  from public.orders
  join public.payments as payment on payment.order_id = orders.id and payment.status in ('due', 'pending', 'declined')
  where orders.status in ('awaiting_payment', 'placed')
    and not exists (select from public.order_items as item where item.order_id = orders.id and item.fulfilled > 0)
    and (unpaid_orders.network is null or orders.network = unpaid_orders.network)
    and (unpaid_orders.email is null or orders.email = lower(unpaid_orders.email))
    and (unpaid_orders.since is null or orders.created_at >= unpaid_orders.since)
$$;
comment on function private.unpaid_orders(text, text, timestamptz) is
  'Orders that nobody has paid and of which nothing was handed over; each filter may be NULL.';

create function private.check_order_filter(network text, email text, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if num_nonnulls(network, email, since) = 0 then
    perform private.refuse(422, 'invalid_input', '{"field": "filter", "problem": "missing"}', 'Name a network, an e-mail address or a time.');
  end if;
end;
$$;
comment on function private.check_order_filter(text, text, timestamptz) is
  'No filter that means every order. Raises invalid_input (422).';

create function private.count_unpaid_orders(network text, email text, since timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  return (
    select jsonb_build_object('orders', count(*), 'units', coalesce(sum(unpaid.units), 0), 'total_minor', coalesce(sum(unpaid.total_minor), 0))
    from private.unpaid_orders(network, email, since) as unpaid
  );
end;
$$;
comment on function private.count_unpaid_orders(text, text, timestamptz) is 'See public.count_unpaid_orders.';

create function public.count_unpaid_orders(network text default null, email text default null, since timestamptz default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.count_unpaid_orders(network, email, since)
$$;
comment on function public.count_unpaid_orders(text, text, timestamptz) is
  'How many orders cancel_unpaid_orders would cancel with this filter: {orders, units, total_minor}. Managers. Raises role_required
   (403), invalid_input (422).';

-- schemas/holds/unpaid_and_blocks.sql

create function private.cancel_unpaid_orders(network text, email text, since timestamptz, expected integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_ids uuid[];
  v_order public.orders;
  v_orders integer := 0;
  v_units bigint := 0;
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  v_response := private.begin_once(idempotency_key, 'cancel_unpaid_orders', jsonb_build_array(network, lower(email), since, expected));
  if v_response is not null then
    return v_response;
  end if;
  -- Orders first, then every variant of theirs, each ascending: the order in which everybody locks.
  v_ids := array(
    select orders.id from public.orders
    where orders.id in (
      select unpaid.id
      from private.unpaid_orders(cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since) as unpaid
      order by unpaid.id limit least(200, expected)
    )
    order by orders.id for no key update
  );
  perform private.queue_for(array(
    select distinct item.variant_id from public.order_items as item where item.order_id = any (v_ids) order by 1
  ));
  for v_order in
    select unpaid.*
    from private.unpaid_orders(cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since) as unpaid
    where unpaid.id = any (v_ids) order by unpaid.id
  loop
    perform private.cancel_rest(v_order, 'cancelled by the shop, unpaid');
    v_orders := v_orders + 1;
    v_units := v_units + v_order.units;
  end loop;
  v_response := jsonb_build_object('orders', v_orders, 'units', v_units);
  perform private.audit('cancel_unpaid_orders', 'order', coalesce(network, lower(email), since::text), v_orders || ' orders',
    null, v_response);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.cancel_unpaid_orders(text, text, timestamptz, integer, uuid) is 'See public.cancel_unpaid_orders.';

create function public.cancel_unpaid_orders(
  expected integer, idempotency_key uuid, network text default null, email text default null, since timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.cancel_unpaid_orders(network, email, since, expected, idempotency_key)
$$;
comment on function public.cancel_unpaid_orders(integer, uuid, text, text, timestamptz) is
  'Cancels unpaid orders of a network, an e-mail address or since a time, at most 200 a call and no more than the manager has
   seen (expected, as count_unpaid_orders said). Returns {orders, units}. Managers. Raises role_required (403), invalid_input
   (422), idempotency_key_reused (409).';

-- Blocking --------------------------------------------------------------------------------------------------------------

create function private.block_caller(cart_id uuid, network text, reason text, hours integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_subject text;
begin
  perform private.require_role('manager');
  if length(trim(coalesce(reason, ''))) not between 1 and 200 or length(reason) > 400 or hours not between 1 and 8760
    or num_nonnulls(cart_id, network) <> 1 or network !~ '^[0-9a-f]{32}$' then
    perform private.refuse(422, 'invalid_input', '{"field": "reason", "problem": "missing or not valid"}', 'Say whom to block, why and for how long.');
  end if;
  v_response := private.begin_once(idempotency_key, 'block_caller', jsonb_build_array(cart_id, network, trim(reason), hours));
  if v_response is not null then
    return v_response;
  end if;
  v_subject := coalesce('n:' || network,
    (select private.subject_of(carts.token_hash, carts.user_id) from public.carts where carts.id = block_caller.cart_id));
  if v_subject is null then
    perform private.refuse(404, 'not_found', '{}', 'The cart is gone. Reload the page.');
  end if;
  insert into private.blocks as block (subject, reason, expires_at)
  values (v_subject, trim(reason), private.clock() + make_interval(hours => hours))
  on conflict on constraint blocks_pkey do update
  set reason = excluded.reason, expires_at = excluded.expires_at, blocked_by = private.actor(), blocked_at = now();
  v_response := jsonb_build_object('subject', v_subject);
  perform private.audit('block_caller', 'caller', left(v_subject, 8), trim(reason), null, jsonb_build_object('hours', hours));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.block_caller(uuid, text, text, integer, uuid) is 'See public.block_caller.';

create function public.block_caller(
  reason text, idempotency_key uuid, cart_id uuid default null, network text default null, hours integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.block_caller(cart_id, network, reason, hours, idempotency_key)
$$;
comment on function public.block_caller(text, uuid, uuid, text, integer) is
  'The shop serves this guest or account (the owner of a cart) or this network no more, for so many hours, or until a manager ends
   it (NULL). Returns {subject}. Managers. Raises role_required (403), invalid_input (422), not_found (404),
   idempotency_key_reused (409).';

create function private.unblock_caller(subject text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'unblock_caller', jsonb_build_array(left(subject, 80)));
  if v_response is not null then
    return v_response;
  end if;
  delete from private.blocks where blocks.subject = unblock_caller.subject;
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'The block has ended. Reload the page.');
  end if;
  v_response := jsonb_build_object('subject', subject);
  perform private.audit('unblock_caller', 'caller', left(subject, 8), '', null, null);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.unblock_caller(text, uuid) is 'See public.unblock_caller.';

create function public.unblock_caller(subject text, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.unblock_caller(subject, idempotency_key)
$$;
comment on function public.unblock_caller(text, uuid) is
  'The inverse of block_caller. Managers. Raises role_required (403), not_found (404), idempotency_key_reused (409).';

revoke execute on function
  public.read_holds(text, uuid, uuid), public.end_holds(jsonb, uuid), public.count_unpaid_orders(text, text, timestamptz),
  public.cancel_unpaid_orders(integer, uuid, text, text, timestamptz), public.block_caller(text, uuid, uuid, text, integer),
  public.unblock_caller(text, uuid)
from public, anon;
grant execute on function
  public.read_holds(text, uuid, uuid), private.read_holds(text, uuid, uuid),
  public.end_holds(jsonb, uuid), private.end_holds(jsonb, uuid),
  public.count_unpaid_orders(text, text, timestamptz), private.count_unpaid_orders(text, text, timestamptz),
  public.cancel_unpaid_orders(integer, uuid, text, text, timestamptz),
  private.cancel_unpaid_orders(text, text, timestamptz, integer, uuid),
  public.block_caller(text, uuid, uuid, text, integer), private.block_caller(uuid, text, text, integer, uuid),
  public.unblock_caller(text, uuid), private.unblock_caller(text, uuid)
to authenticated, service_role;

-- schemas/staff/invitation_tables.sql

-- How somebody comes to work here, what they may do, and how that ends. Managers decide; every change of a colleague or
-- an invitation leaves its line in the audit trail by itself (schemas/audit/tables.sql). Refusals: role_required, invalid_input, not_found,
-- colleague_exists, colleague_changed, last_manager, own_access, invitation_closed, invitation_for_other.
--
-- What must always be true:
--   1. Who becomes staff was invited by a manager, holds the secret of the invitation and the account of its address.
--   2. Somebody can always let others in: the last active manager stays one.
--   3. What is taken from somebody is taken at once: private.staff_role is asked by every policy and every function.

create table public.staff_invitations (
  id uuid primary key default gen_random_uuid(),
  email text not null check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
  name text not null check (length(trim(name)) between 1 and 120),
  role public.staff_role not null,
  location_ids uuid[],
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  invited_by uuid not null default private.actor(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint staff_invitations_limit_stock_keepers_only check (location_ids is null or role = 'stock' and cardinality(location_ids) > 0),
  constraint staff_invitations_end_once check (num_nonnulls(accepted_at, revoked_at) <= 1)
);
comment on table public.staff_invitations is 'Who may become a colleague. The secret is in the link that a manager hands over; here is its hash.';
comment on column public.staff_invitations.secret_hash is 'SHA-256. Sending the invitation again makes another secret: the former link is dead.';
create unique index staff_invitations_one_open on public.staff_invitations (email) where accepted_at is null and revoked_at is null;
create trigger staff_invitations_touch before update on public.staff_invitations
  for each row execute function private.touch();
select private.keep_trail('public.staff_invitations', 'invitation', 'id', 'email');

alter table public.staff_invitations enable row level security;
revoke all on public.staff_invitations from anon, authenticated, service_role;
-- Not the hash.
grant select (id, email, name, role, location_ids, invited_by, expires_at, accepted_at, revoked_at, version, created_at, updated_at)
  on public.staff_invitations to authenticated, service_role;
create policy "managers see who is invited" on public.staff_invitations
  for select to authenticated using ((select private.staff_role()) = 'manager');

-- schemas/staff/invitations.sql

create function private.invitation_time()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '7 days'
$$;
comment on function private.invitation_time() is 'How long an invitation can be accepted.';

create function private.check_rights(role public.staff_role, location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if role is null then
    perform private.refuse(422, 'invalid_input', '{"field": "role", "problem": "missing"}', 'Choose viewer, stock or manager.');
  end if;
  if location_ids is not null and (role <> 'stock' or cardinality(location_ids) = 0) then
    perform private.refuse(422, 'invalid_input', '{"field": "location_ids", "problem": "only for role stock, and at least one"}',
      'NULL means everywhere. A viewer changes nothing anywhere, a manager everything everywhere.');
  end if;
  perform private.check_places('{}', coalesce(location_ids, '{}'));
end;
$$;
comment on function private.check_rights(public.staff_role, uuid[]) is 'Raises invalid_input (422) or not_found (404) for rights that nobody can have.';

-- Inviting ----------------------------------------------------------------------------------------------------

create function private.invite_colleague(
  email text, name text, role public.staff_role, location_ids uuid[], secret text, idempotency_key uuid
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_email text := lower(trim(email));
  v_hash bytea := private.token_hash(secret);
  v_response jsonb;
  v_known jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'invite_colleague',
    jsonb_build_array(v_email, name, role, location_ids, encode(v_hash, 'hex')));
  if v_response is null then
    if coalesce(v_email, '') not like '%_@_%' or length(v_email) > 254 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'email', 'problem', 'not an address', 'value', email), 'Type an e-mail address.');
    end if;
    if length(trim(coalesce(name, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "name", "problem": "not 1 to 120 characters"}', 'Say what the colleague is called.');
    end if;
    perform private.check_rights(role, location_ids);

    select jsonb_build_object('email', v_email, 'active', staff.active) into v_known
    from public.staff where staff.email = v_email;
    if not found then
      insert into public.staff_invitations (email, name, role, location_ids, secret_hash, expires_at)
      values (v_email, trim(invite_colleague.name), invite_colleague.role, invite_colleague.location_ids, v_hash, now() + private.invitation_time())
      on conflict do nothing
      returning to_jsonb(staff_invitations.id) into v_response;
    end if;
    if v_response is null then
      perform private.refuse(409, 'colleague_exists', coalesce(v_known, jsonb_build_object('email', v_email, 'active', null)),
        'Change the colleague or the open invitation instead.');
    end if;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::uuid;
end;
$$;
comment on function private.invite_colleague(text, text, public.staff_role, uuid[], text, uuid) is 'See public.invite_colleague.';

create function public.invite_colleague(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[] default null
)
returns uuid
language sql
set search_path = ''
as $$
  select private.invite_colleague(email, name, role, location_ids, secret, idempotency_key)
$$;
comment on function public.invite_colleague(text, text, public.staff_role, text, uuid, uuid[]) is
  'Invites an address to become a colleague of this role within seven days; managers. location_ids: where somebody of role
   stock may change stock, NULL everywhere. secret: random, 32 to 200 characters, handed over in a link; its hash is kept.
   Returns the invitation''s id. Raises role_required (403), not_found (404, a location), colleague_exists (409: staff
   already, or invited), invalid_input (422), idempotency_key_reused (409).';

create function private.lock_invitation(invitation_id uuid)
returns public.staff_invitations
language plpgsql
set search_path = ''
as $$
declare
  v_invitation public.staff_invitations;
begin
  select * into v_invitation from public.staff_invitations where staff_invitations.id = lock_invitation.invitation_id for update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('invitation_id', invitation_id), 'Reload the list of colleagues.');
  end if;
  if num_nonnulls(v_invitation.accepted_at, v_invitation.revoked_at) > 0 then
    perform private.refuse(409, 'invitation_closed',
      jsonb_build_object('status', case when v_invitation.accepted_at is null then 'revoked' else 'accepted' end),
      'Invite them again, if they are not staff.');
  end if;
  return v_invitation;
end;
$$;
comment on function private.lock_invitation(uuid) is 'The open invitation, locked. Raises not_found (404), invitation_closed (409).';

create function private.renew_invitation(invitation_id uuid, secret text, idempotency_key uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_hash bytea := private.token_hash(secret);
begin
  perform private.require_role('manager');
  if private.begin_once(idempotency_key, 'renew_invitation', jsonb_build_array(invitation_id, encode(v_hash, 'hex'))) is null then
    perform private.lock_invitation(invitation_id);
    if exists (
      select from public.staff_invitations as other
      where other.secret_hash = v_hash and other.id <> renew_invitation.invitation_id
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "secret", "problem": "in use"}', 'Make a new random secret.');
    end if;
    update public.staff_invitations
    set secret_hash = v_hash, expires_at = now() + private.invitation_time()
    where staff_invitations.id = renew_invitation.invitation_id;
    perform private.finish_once(idempotency_key, to_jsonb(invitation_id));
  end if;
  return invitation_id;
end;
$$;
comment on function private.renew_invitation(uuid, text, uuid) is 'See public.renew_invitation.';

create function public.renew_invitation(invitation_id uuid, secret text, idempotency_key uuid)
returns uuid
language sql
set search_path = ''
as $$
  select private.renew_invitation(invitation_id, secret, idempotency_key)
$$;
comment on function public.renew_invitation(uuid, text, uuid) is
  'Gives an open invitation another secret and another seven days; the former link is dead. Managers. Returns its id. Raises
   role_required (403), not_found (404), invitation_closed (409), invalid_input (422), idempotency_key_reused (409).';

create function private.revoke_invitation(invitation_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_invitation(invitation_id);
  update public.staff_invitations set revoked_at = now() where staff_invitations.id = revoke_invitation.invitation_id;
end;
$$;
comment on function private.revoke_invitation(uuid) is 'See public.revoke_invitation.';

create function public.revoke_invitation(invitation_id uuid)
returns void
language sql
set search_path = ''
as $$
  select private.revoke_invitation(invitation_id)
$$;
comment on function public.revoke_invitation(uuid) is
  'Takes an open invitation back: its link is dead. Managers. Raises role_required (403), not_found (404), invitation_closed (409).';

-- schemas/staff/acceptance.sql

-- Joining -----------------------------------------------------------------------------------------------------

create function private.invitation_status(invitation public.staff_invitations)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when invitation.accepted_at is not null then 'accepted'
    when invitation.revoked_at is not null then 'revoked'
    when invitation.expires_at <= now() then 'expired'
    else 'open'
  end
$$;
comment on function private.invitation_status(public.staff_invitations) is 'open, accepted, revoked or expired.';

create function private.read_invitation(secret text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'email', invitation.email,
    'name', invitation.name,
    'role', invitation.role,
    'locations', (select jsonb_agg(locations.name order by locations.position) from public.locations where locations.id = any (invitation.location_ids)),
    'invited_by', (select staff.name from public.staff where staff.user_id = invitation.invited_by),
    'expires_at', invitation.expires_at,
    'status', private.invitation_status(invitation)
  )
  from public.staff_invitations as invitation
  where invitation.secret_hash = private.token_hash(read_invitation.secret)
$$;
comment on function private.read_invitation(text) is 'See public.read_invitation.';

create function public.read_invitation(secret text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_invitation(secret)
$$;
comment on function public.read_invitation(text) is
  'What somebody with the link is invited to: {email, name, role, locations: names or null for everywhere, invited_by,
   expires_at, status: open | accepted | revoked | expired}; NULL for a secret that is none. Raises invalid_input (422) for
   one too short to be a secret.';

create function private.accept_invitation(secret text)
returns public.staff
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_invitation public.staff_invitations;
  v_status text;
  v_colleague public.staff;
begin
  select * into v_invitation
  from public.staff_invitations
  where staff_invitations.secret_hash = private.token_hash(accept_invitation.secret)
  for update;
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'Ask for another link.');
  end if;
  -- The account's own word, not the token's: an address may have changed since the token was made.
  if not exists (select from auth.users where users.id = auth.uid() and lower(users.email) = v_invitation.email) then
    perform private.refuse(403, 'invitation_for_other', jsonb_build_object('email', v_invitation.email), 'Sign in with the invited address.');
  end if;
  v_status := private.invitation_status(v_invitation);
  if v_status in ('revoked', 'expired') then
    perform private.refuse(409, 'invitation_closed', jsonb_build_object('status', v_status), 'Ask for another link.');
  end if;
  if v_status = 'open' then
    insert into public.staff (user_id, email, name, role, location_ids)
    values (auth.uid(), v_invitation.email, v_invitation.name, v_invitation.role, v_invitation.location_ids)
    on conflict do nothing;
    update public.staff_invitations set accepted_at = now() where staff_invitations.id = v_invitation.id;
  end if;
  select * into v_colleague from public.staff where staff.user_id = auth.uid();
  return v_colleague;
end;
$$;
comment on function private.accept_invitation(text) is 'See public.accept_invitation.';

create function public.accept_invitation(secret text)
returns public.staff
language sql
set search_path = ''
as $$
  select * from private.accept_invitation(secret)
$$;
comment on function public.accept_invitation(text) is
  'Makes the signed-in account of the invited address a colleague. Returns the colleague; again the same when it was accepted
   before. Raises not_found (404), invitation_for_other (403, with the address), invitation_closed (409), invalid_input (422).';

-- schemas/staff/colleagues.sql

-- What a colleague may do -------------------------------------------------------------------------------------

create function private.change_colleague(
  user_id uuid, role public.staff_role, location_ids uuid[], active boolean, seen bigint, sure boolean, idempotency_key uuid
)
returns public.staff
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_colleague public.staff;
  v_loses boolean;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'change_colleague', jsonb_build_array(user_id, role, location_ids, active, seen, sure));
  if v_response is null then
    perform private.check_rights(role, location_ids);
    -- Everybody who manages, in one order: two managers who take the role from each other must not both succeed.
    perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
    select * into v_colleague from public.staff where staff.user_id = change_colleague.user_id for update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id), 'Reload the list of colleagues.');
    end if;
    if v_colleague.version <> seen then
      perform private.refuse(409, 'colleague_changed', jsonb_build_object('user_id', user_id), 'Reload the page, look, and decide again.');
    end if;

    v_loses := v_colleague.active and v_colleague.role = 'manager' and (role <> 'manager' or not active);
    if v_loses and not exists (
      select from public.staff where staff.role = 'manager' and staff.active and staff.user_id <> v_colleague.user_id
    ) then
      perform private.refuse(409, 'last_manager', jsonb_build_object('user_id', user_id), 'Make somebody else a manager first.');
    end if;
    if v_loses and v_colleague.user_id = auth.uid() and not coalesce(sure, false) then
      perform private.refuse(409, 'own_access', jsonb_build_object('user_id', user_id), 'Send sure = true.');
    end if;

    update public.staff
    set role = change_colleague.role, location_ids = change_colleague.location_ids, active = change_colleague.active
    where staff.user_id = v_colleague.user_id
    returning to_jsonb(staff) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.staff, v_response);
end;
$$;
comment on function private.change_colleague(uuid, public.staff_role, uuid[], boolean, bigint, boolean, uuid) is 'See public.change_colleague.';

create function public.change_colleague(
  user_id uuid, role public.staff_role, active boolean, seen bigint, idempotency_key uuid,
  location_ids uuid[] default null, sure boolean default false
)
returns public.staff
language sql
set search_path = ''
as $$
  select * from private.change_colleague(user_id, role, location_ids, active, seen, sure, idempotency_key)
$$;
comment on function public.change_colleague(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) is
  'Says what a colleague may do from now on; managers. location_ids: where somebody of role stock may change stock, NULL
   everywhere. active false: they left, and their name stays. seen: the version the caller looked at. sure: the caller
   knows that they take the role of a manager from themselves. Returns the colleague. Raises role_required (403), not_found
   (404), colleague_changed (409), last_manager (409), own_access (409, not sure), invalid_input (422), idempotency_key_reused (409).';

-- Signing out everywhere --------------------------------------------------------------------------------------

create function private.sign_out_everywhere(user_id uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_sessions integer;
begin
  perform private.require_role(case when sign_out_everywhere.user_id = auth.uid() then 'viewer' else 'manager' end::public.staff_role);
  update public.staff set signed_out_at = now() where staff.user_id = sign_out_everywhere.user_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id), 'Reload the list of colleagues.');
  end if;
  -- With a session go its refresh tokens; its access tokens are worth nothing here from now on (private.staff_role).
  delete from auth.sessions where sessions.user_id = sign_out_everywhere.user_id;
  get diagnostics v_sessions = row_count;
  return v_sessions;
end;
$$;
comment on function private.sign_out_everywhere(uuid) is 'See public.sign_out_everywhere.';

create function public.sign_out_everywhere(user_id uuid)
returns integer
language sql
set search_path = ''
as $$
  select private.sign_out_everywhere(user_id)
$$;
comment on function public.sign_out_everywhere(uuid) is
  'Ends every session of a colleague on every device, at once; one''s own, or anybody''s for managers. Returns how many.
   Done twice is done once. Raises role_required (403), not_found (404).';

revoke execute on function
  public.invite_colleague(text, text, public.staff_role, text, uuid, uuid[]), public.renew_invitation(uuid, text, uuid),
  public.revoke_invitation(uuid), public.read_invitation(text), public.accept_invitation(text),
  public.change_colleague(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean), public.sign_out_everywhere(uuid)
from public, anon;
grant execute on function
  public.invite_colleague(text, text, public.staff_role, text, uuid, uuid[]),
  private.invite_colleague(text, text, public.staff_role, uuid[], text, uuid),
  public.renew_invitation(uuid, text, uuid), private.renew_invitation(uuid, text, uuid),
  public.revoke_invitation(uuid), private.revoke_invitation(uuid),
  public.accept_invitation(text), private.accept_invitation(text),
  public.change_colleague(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean),
  private.change_colleague(uuid, public.staff_role, uuid[], boolean, bigint, boolean, uuid),
  public.sign_out_everywhere(uuid), private.sign_out_everywhere(uuid)
to authenticated, service_role;
-- Somebody who follows the link has no account yet: the shop's server asks for them.
revoke execute on function public.read_invitation(text) from authenticated;
grant execute on function public.read_invitation(text), private.read_invitation(text) to service_role;

-- schemas/audit/read_trail.sql

-- Everything that colleagues did, in one list: the audit trail and the records that other nouns keep of themselves.
-- Nothing is written for it; each record is asked for as many lines as a page shows, newest first, by an index.

create index stock_movements_by_hand on public.stock_movements (created_at desc, id desc) where reason not in ('sale', 'import');
create index order_events_of_the_desk on public.order_events (created_at desc, id desc) where kind <> 'placed';
create index delivery_events_by_time on public.delivery_events (created_at desc, id desc);

create function private.read_trail(
  who uuid, what text, words text, since timestamptz, until timestamptz, before_at timestamptz, before_key text, size integer
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text, before jsonb, after jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_like text := '%' || replace(replace(replace(coalesce(words, ''), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_until timestamptz := least(read_trail.until, read_trail.before_at, 'infinity');
  v_since timestamptz := coalesce(read_trail.since, '-infinity');
  v_size integer := least(greatest(coalesce(size, 50), 1), 201);
begin
  perform private.require_role('manager');
  return query
  with lines as (
    (
      select line.at, 'a' || lpad(line.id::text, 19, '0') as key, line.actor, line.actor_name, line.action, line.subject, line.subject_id, line.label,
        line.before, line.after
      from public.audit_trail as line
      where line.at between v_since and v_until
        and (read_trail.before_at is null or (line.at, 'a' || lpad(line.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or line.actor = read_trail.who)
        and (read_trail.what is null or line.subject = read_trail.what)
        and line.label ilike v_like
      order by line.at desc, line.id desc
      limit v_size
    )
    union all
    (
      select movement.created_at, 'm' || lpad(movement.id::text, 19, '0'), movement.actor, null, 'moved', 'stock', movement.variant_id::text, variants.sku, null,
        jsonb_build_object('units', movement.delta, 'location_id', movement.location_id, 'reason', movement.reason, 'document', movement.document, 'note', movement.note)
      from public.stock_movements as movement
      join public.variants on variants.id = movement.variant_id
      where movement.reason not in ('sale', 'import')
        and movement.created_at between v_since and v_until
        and (read_trail.before_at is null or (movement.created_at, 'm' || lpad(movement.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or movement.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'stock')
        and concat_ws(' ', variants.sku, movement.document) ilike v_like
      order by movement.created_at desc, movement.id desc
      limit v_size
    )
    union all
    (
      select event.created_at, 'o' || lpad(event.id::text, 19, '0'), event.actor, null, event.kind, 'order', event.order_id::text, orders.number::text, null, event.detail
      from public.order_events as event
      join public.orders on orders.id = event.order_id
      where event.kind <> 'placed'
        and event.created_at between v_since and v_until
        and (read_trail.before_at is null or (event.created_at, 'o' || lpad(event.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or event.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'order')
        and orders.number::text ilike v_like
      order by event.created_at desc, event.id desc
      limit v_size
    )
    union all
    (
      select event.created_at, 'd' || lpad(event.id::text, 19, '0'), event.actor, null, event.kind, 'delivery', event.delivery_id::text,
        private.paper_of(delivery), null, null
      from public.delivery_events as event
      join public.deliveries as delivery on delivery.id = event.delivery_id
      where event.created_at between v_since and v_until
        and (read_trail.before_at is null or (event.created_at, 'd' || lpad(event.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or event.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'delivery')
        and private.paper_of(delivery) ilike v_like
      order by event.created_at desc, event.id desc
      limit v_size
    )
    union all
    (
      select step.at, step.key, step.actor, null, step.action, 'count', counts.id::text, 'count ' || counts.number, null, null
      from public.counts
      cross join lateral (values
        (counts.created_at, 'c' || counts.id, counts.started_by, 'started'),
        (case when counts.status <> 'open' then counts.updated_at end, 'e' || counts.id, counts.decided_by, counts.status::text)
      ) as step (at, key, actor, action)
      where step.at between v_since and v_until
        and (read_trail.before_at is null or (step.at, step.key) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or step.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'count')
        and 'count ' || counts.number ilike v_like
      order by step.at desc, step.key desc
      limit v_size
    )
    union all
    (
      select imports.applied_at, 'i' || imports.id, imports.actor, null, case when undone.id is null then 'applied' else 'reverted' end,
        'import', imports.id::text, imports.file_name, case when undone.id is not null then jsonb_build_object('document', undone.document) end,
        jsonb_build_object('document', imports.document, 'units_in', imports.summary -> 'units_in', 'units_out', imports.summary -> 'units_out')
      from public.imports
      left join public.imports as undone on undone.id = imports.reverts
      where imports.applied_at between v_since and v_until
        and (read_trail.before_at is null or (imports.applied_at, 'i' || imports.id) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or imports.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'import')
        and concat_ws(' ', imports.file_name, imports.document, undone.document) ilike v_like
      order by imports.applied_at desc, 2 desc
      limit v_size
    )
  )
  select line.at, line.key, line.actor,
    coalesce(line.actor_name, staff.name, case when line.actor = '00000000-0000-0000-0000-000000000000' then 'The shop' else 'A customer' end),
    line.action, line.subject, line.subject_id, line.label, line.before, line.after
  from lines as line
  left join public.staff on staff.user_id = line.actor
  order by line.at desc, line.key desc
  limit v_size;
end;
$$;
comment on function private.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) is 'See public.read_trail.';

create function public.read_trail(
  who uuid default null, what text default null, words text default null, since timestamptz default null, until timestamptz default null,
  before_at timestamptz default null, before_key text default null, size integer default 50
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text, before jsonb, after jsonb
)
language sql
stable
set search_path = ''
as $$
  select * from private.read_trail(who, what, words, since, until, before_at, before_key, size)
$$;
comment on function public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) is
  'What was done, newest first, up to 200 lines: by whom (actor), to what kind of thing (subject: product, variant, picture,
   category, location, settings, colleague, invitation, stock, order, delivery, count, import), whose name contains words,
   between two moments. An import that takes another back has the action reverted and the other''s document in before. The
   next page begins before (at, key) of the last line. Lines of one gesture share at and actor. Managers. Raises role_required (403).';
revoke execute on function public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) from public, anon;
grant execute on function
  public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer),
  private.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer)
to authenticated, service_role;

-- schemas/stock/named_documents.sql

-- Which document a line of the ledger names. Movements carry the name as people say it ("count 12", "transfer 7, VAN-3",
-- "import-7"), so that the ledger can be read by itself; this finds the document again, for who wants to go there.

create function private.document_named(name text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_kind text := coalesce(substring(name from '^(order|count|delivery|transfer) \d{1,18}(?:,| reversed$|$)'),
    substring(name from '^(import)-\d{1,18}$'));
  v_number bigint := substring(name from '^[a-z]+[ -](\d{1,18})');
  v_id uuid;
begin
  case v_kind
    when 'order' then
      select orders.id into v_id from public.orders where orders.number = v_number;
    when 'count' then
      select counts.id into v_id from public.counts where counts.number = v_number;
    when 'delivery', 'transfer' then
      select delivery.id into v_id
      from public.deliveries as delivery
      where delivery.number = v_number and (delivery.from_location_id is null) = (v_kind = 'delivery');
    when 'import' then
      -- Only managers may open one, and no link is shown that would lead nowhere.
      if private.is_trusted() or private.staff_role() = 'manager' then
        select imports.id into v_id from public.imports where imports.number = v_number;
      end if;
    else
      return null;
  end case;
  return case when v_id is not null then jsonb_build_object('kind', v_kind, 'id', v_id) end;
end;
$$;
comment on function private.document_named(text) is
  'The order, count, delivery, transfer or, for a manager, import of that number, as {kind, id}; NULL when the name is of
   something else, such as a supplier''s paper. For callers who may read all the others: staff.';

create function private.named_documents(names text[])
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return (
    select coalesce(jsonb_object_agg(asked.name, private.document_named(asked.name)), '{}')
    from (select distinct given.name from unnest(names) as given (name) where given.name is not null limit 1000) as asked
  );
end;
$$;
comment on function private.named_documents(text[]) is 'See public.named_documents.';

create function public.named_documents(names text[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.named_documents(names)
$$;
comment on function public.named_documents(text[]) is
  'What the documents are that lines of the ledger name: {name: {kind, id}, or null for what is none of ours or not for the
   caller to open}; up to 1000. Staff. Raises role_required (403).';
revoke execute on function public.named_documents(text[]) from public, anon;
grant execute on function public.named_documents(text[]), private.named_documents(text[]) to authenticated, service_role;

-- schemas/retention/tables.sql

-- Retention: how long rows are kept, and the maintenance job that ends them. One row of private.retention_rules per kind;
-- a table that grows gets a row here, or a reason in docs/retention.md for being kept for ever. What must always be true:
--   1. One call ends at most at_most rows of each kind, waits for no lock longer than 250 ms, and skips locked rows.
--      No sale waits for it: the rows it touches are old, and it locks no variant.
--   2. Ledgers stay: stock movements, payments and order items are never deleted. Personal data in them is erased.
--   3. Within the window of its key a repeated request gets the first response.
-- Ages are measured by private.clock().

create table private.retention_rules (
  kind text primary key check (kind ~ '^[a-z_]+$'),
  keep interval not null check (keep >= interval '1 hour'),
  target text,
  age text,
  only_where text not null default 'true',
  sweep text,
  constraint retention_rules_delete_or_call check (num_nonnulls(target, sweep) = 1 and (target is null) = (age is null))
);
comment on table private.retention_rules is
  'How long each kind of row is kept. Written by migrations and by the owner of the database alone: its texts become SQL.';
comment on column private.retention_rules.keep is 'A row is due when its age column is further back than this.';
comment on column private.retention_rules.target is 'The table whose old rows are deleted, with its schema. Needs an index by age.';
comment on column private.retention_rules.age is 'The timestamp column of target that says how old a row is.';
comment on column private.retention_rules.only_where is 'A condition on rows of target, when not all of them are deleted.';
comment on column private.retention_rules.sweep is
  'Instead of target: a function of schema private (before timestamptz, at_most integer) that returns how many rows it ended.';
alter table private.retention_rules enable row level security;

-- Carts -------------------------------------------------------------------------------------------------------------

create index carts_of_guests_by_age on public.carts (created_at) where user_id is null;

-- Records that lose what is not needed ------------------------------------------------------------------------------

create index imports_undecided on public.imports (created_at) where applied_at is null and discarded_at is null;
create index counts_decided on public.counts (updated_at) where status <> 'open';
create index alerts_by_end on public.alerts (resolved_at) where resolved_at is not null;
create index orders_with_network on public.orders (created_at) where network is not null;
create index staff_invitations_by_end on public.staff_invitations (expires_at);
-- Only keys without personal data are deleted, so that both steps are seen; the two windows begin at the same moment.
insert into private.retention_rules (kind, keep, target, age, only_where) values
  ('idempotency_keys', '30 days', 'private.idempotency_keys', 'created_at', 'reduced'),
  ('alerts', '180 days', 'public.alerts', 'resolved_at', 'resolved_at is not null'),
  ('staff_invitations', '90 days', 'public.staff_invitations', 'expires_at', 'true'),
  ('blocks', '30 days', 'private.blocks', 'expires_at', 'true'),
  ('spendings', '1 day', 'private.spendings', 'since', 'true'),
  ('hold_streaks', '1 day', 'private.hold_streaks', 'until', 'true');

-- schemas/retention/functions.sql

create function private.delete_old(target text, age text, only_where text, before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  execute format(
    'delete from %1$s where ctid = any (array(
       select ctid from %1$s where %2$I < $1 and (%3$s) order by %2$I limit $2 for update skip locked
     ))', target::regclass, age, only_where)
  using before, at_most;
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.delete_old(text, text, text, timestamptz, integer) is
  'Deletes at most so many rows of a table that are older than a moment, oldest first, and skips locked ones.';

create function private.forget_old_rows(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_size integer := least(greatest(coalesce(at_most, 1000), 1), 10000);
  v_rule private.retention_rules;
  v_done integer;
  v_rows jsonb := '{}';
  v_failed jsonb := '{}';
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}', 'Only the maintenance job of the shop deletes old rows.');
  end if;
  -- A second server finds the job running and leaves it alone.
  if pg_try_advisory_xact_lock(hashtextextended('onhand.forget_old_rows', 0)) then
    perform private.leave_trail_to('retention');
    for v_rule in select * from private.retention_rules order by retention_rules.kind loop
      begin
        if v_rule.target is null then
          execute format('select private.%I($1, $2)', v_rule.sweep) into v_done using private.clock() - v_rule.keep, v_size;
        else
          v_done := private.delete_old(v_rule.target, v_rule.age, v_rule.only_where, private.clock() - v_rule.keep, v_size);
        end if;
        v_rows := v_rows || case when v_done > 0 then jsonb_build_object(v_rule.kind, v_done) else '{}' end;
      exception when others then
        -- One rule that fails must not stop the others; the caller logs it.
        v_failed := v_failed || jsonb_build_object(v_rule.kind, sqlerrm);
      end;
    end loop;
    perform private.leave_trail_to('');
  end if;
  return jsonb_build_object('rows', v_rows, 'failed', v_failed);
end;
$$;
comment on function private.forget_old_rows(integer) is 'See public.forget_old_rows.';

create function public.forget_old_rows(at_most integer default 1000)
returns jsonb
language sql
set search_path = ''
as $$
  select private.forget_old_rows(at_most)
$$;
comment on function public.forget_old_rows(integer) is
  'Maintenance job: deletes rows past their retention, or erases the personal data in them: at most so many of each kind
   (1 to 10,000). Returns {rows: {kind: how many}, failed: {kind: error}}; call it again while rows has a full kind. Needs no
   key: a repeated call continues. For the secret key and the scheduler. Raises role_required (403).';

-- Idempotency keys ------------------------------------------------------------------------------------------------

create function private.erased_address(address jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('line1', 'Erased', 'postcode', 'Erased', 'city', 'Erased', 'country', coalesce(address ->> 'country', 'Erased'))
$$;
comment on function private.erased_address(jsonb) is 'An address of which the country is left: taxes go by it.';

create function private.without_person(document jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when not document ? 'email' then document
    else document || jsonb_build_object('email', 'erased@erased.invalid', 'name', 'Erased')
      || case when document ? 'phone' then '{"phone": null}' else '{}' end::jsonb
      || case
        when jsonb_typeof(document -> 'address') = 'object'
        then jsonb_build_object('address', private.erased_address(document -> 'address'))
        else '{}'
      end
  end
$$;
comment on function private.without_person(jsonb) is
  'A response without the e-mail, name, phone and address of the person in it, in the same shape. Others are returned as they are.';

create function private.reduce_key_rows(rows tid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  update private.idempotency_keys as used
  set response = private.without_person(used.response), reduced = true
  where used.ctid = any (reduce_key_rows.rows);
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.reduce_key_rows(tid[]) is
  'Takes the personal data out of the responses of these keys. The request was a hash from the start.';

create function private.reduce_keys(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.reduce_key_rows(array(
    select used.ctid from private.idempotency_keys as used
    where not used.reduced and used.created_at < before
    order by used.created_at limit at_most for update skip locked
  ))
$$;
comment on function private.reduce_keys(timestamptz, integer) is 'Takes the personal data out of keys used before a moment.';

create function private.delete_guest_carts(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_carts uuid[] := array(
    select carts.id from public.carts
    where carts.user_id is null and carts.created_at < before
      and not exists (select from public.cart_lines as line where line.cart_id = carts.id and line.held_since >= before)
      -- An expired hold is ended under its variant's lock, by public.release_expired_holds; its cart goes after that.
      and not exists (select from public.claims where claims.cart_id = carts.id)
    order by carts.created_at limit at_most for update skip locked
  );
begin
  delete from public.carts where carts.id = any (v_carts);
  return cardinality(v_carts);
end;
$$;
comment on function private.delete_guest_carts(timestamptz, integer) is
  'Deletes carts of guests in which nothing was reserved since a moment. The cookie of such a cart ends after 30 days, so
   nobody can open it; a guest who still has one gets a new cart with the next item.';

create function private.discard_imports(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- The rows of one file are deleted together, so one file a call.
  v_imports uuid[] := array(
    select imports.id from public.imports
    where imports.applied_at is null and imports.discarded_at is null and imports.created_at < before
    order by imports.created_at limit least(at_most, 1) for update skip locked
  );
begin
  perform private.throw_away(v_imports, '00000000-0000-0000-0000-000000000000');
  return cardinality(v_imports);
end;
$$;
comment on function private.discard_imports(timestamptz, integer) is 'Discards a file that was staged before a moment and never applied.';

create function private.forget_count_entries(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
  v_answers integer;
begin
  delete from public.count_entries where count_entries.ctid = any (array(
    select entry.ctid from public.counts join public.count_entries as entry on entry.count_id = counts.id
    where counts.status <> 'open' and counts.updated_at < before
    limit at_most for update of entry skip locked
  ));
  get diagnostics v_done = row_count;
  delete from public.count_answers where count_answers.ctid = any (array(
    select answer.ctid from public.counts join public.count_answers as answer on answer.count_id = counts.id
    where counts.status <> 'open' and counts.updated_at < before
    limit at_most - v_done for update of answer skip locked
  ));
  get diagnostics v_answers = row_count;
  return v_done + v_answers;
end;
$$;
comment on function private.forget_count_entries(timestamptz, integer) is
  'Deletes the working rows of counts decided before a moment. The count and its results stay.';

create function private.forget_networks(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  update public.orders set network = null
  where orders.id = any (array(
    select old.id from public.orders as old
    where old.network is not null and old.created_at < before
    order by old.created_at limit at_most for update skip locked
  ));
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.forget_networks(timestamptz, integer) is 'Forgets the network that old orders came from.';

insert into private.retention_rules (kind, keep, sweep) values
  ('idempotency_keys_personal', '1 day', 'reduce_keys'),
  ('guest_carts', '30 days', 'delete_guest_carts'),
  ('claim_history', private.claims_remembered(), 'forget_old_claims'),
  ('staged_imports', '7 days', 'discard_imports'),
  ('count_entries', '180 days', 'forget_count_entries'),
  ('order_networks', '90 days', 'forget_networks');

revoke execute on function public.forget_old_rows(integer) from public, anon, authenticated;
grant execute on function public.forget_old_rows(integer), private.forget_old_rows(integer) to service_role;
do $$
begin
  if exists (select from pg_extension where extname = 'pg_cron') then
    perform cron.schedule('forget-old-rows', '*/5 * * * *', 'select public.forget_old_rows()');
  end if;
end;
$$;

-- schemas/accounts/erasure.sql

-- Erasure: an account can be deleted at any time, by its person, by a manager, or by a plain delete from auth.users. What
-- must always be true afterwards:
--   1. Nothing is held for the account, and no sum differs from its ledger.
--   2. Its orders stay, without the person. An order that is not finished, or of which a refund is due, keeps the contact
--      and address until it is; the maintenance job (schemas/retention/tables.sql) erases it then.
--   3. History stays: entries keep the id of the actor. A staff member is shown as "Former staff member".
-- Refusals: role_required, not_found, invalid_input, last_manager, idempotency_key_reused.

alter table public.orders
  add column erase_asked_at timestamptz,
  add column erased_at timestamptz;
comment on column public.orders.erase_asked_at is 'When the account was deleted: the person is erased once the order is finished.';
comment on column public.orders.erased_at is 'When the person was erased. Number, items, money, tax and country stay.';
create index orders_to_erase on public.orders (erase_asked_at) where erase_asked_at is not null and erased_at is null;
create index orders_not_erased on public.orders (created_at) where erased_at is null;

-- What is append-only still is: only personal fields of it can change, and only while a person is erased ------------

create function private.stay_but_for_erasure()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('onhand.erasing', true), '') <> 'on' or to_jsonb(new) - tg_argv <> to_jsonb(old) - tg_argv then
    perform private.refuse(403, 'ledger_is_append_only', '{}', 'Write another line that corrects it.');
  end if;
  return new;
end;
$$;
comment on function private.stay_but_for_erasure() is
  'Before-update trigger of what is append-only and can name a person. Arguments: the columns that an erasure may change.
   Raises ledger_is_append_only (403) for everything else, and outside private.erase_orders and private.erase_trail.';

drop trigger audit_trail_stays on public.audit_trail;
create trigger audit_trail_stays before delete or truncate on public.audit_trail
  for each statement execute function private.stay_as_written();
create trigger audit_trail_changes_by_erasure before update on public.audit_trail
  for each row execute function private.stay_but_for_erasure('actor_name', 'label', 'before', 'after');
drop trigger order_events_stay on public.order_events;
create trigger order_events_stay before delete or truncate on public.order_events
  for each statement execute function private.stay_as_written();
create trigger order_events_change_by_erasure before update on public.order_events
  for each row execute function private.stay_but_for_erasure('detail');

-- Orders ------------------------------------------------------------------------------------------------------------

create function private.forget_customers(order_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.customers as customer
  set orders = customer.orders - gone.orders, cancelled = customer.cancelled - gone.cancelled,
    total_minor = customer.total_minor - gone.total_minor, updated_at = now()
  from (
    select orders.user_id, count(*) as orders, count(*) filter (where orders.status = 'cancelled') as cancelled,
      sum(orders.total_minor) as total_minor
    from public.orders
    where orders.id = any (order_ids) and orders.user_id is not null and orders.placed_at is not null
    group by orders.user_id
  ) as gone
  where customer.user_id = gone.user_id;
  delete from public.customers
  where customers.orders = 0
    and customers.user_id in (select orders.user_id from public.orders where orders.id = any (order_ids));
  update public.orders set user_id = null where orders.id = any (order_ids) and orders.user_id is not null;
end;
$$;
comment on function private.forget_customers(uuid[]) is
  'Takes these orders out of their accounts, and out of what is summed per customer. The caller holds the orders.';

create function private.erase_orders(order_ids uuid[])
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
  perform set_config('onhand.erasing', 'on', true);
  update public.order_events as event set detail = event.detail - 'reason'
  where event.order_id = any (order_ids) and event.detail ? 'reason';
  perform set_config('onhand.erasing', '', true);
  return v_done;
end;
$$;
comment on function private.erase_orders(uuid[]) is
  'Erases the person from these orders: account, e-mail, name, phone, address, network, the secret of the order link, and the
   reason typed for a cancellation. The caller holds the orders.';

create function private.is_finished(ordered public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select ordered.status in ('fulfilled', 'cancelled') and not exists (
    select from public.payments as payment
    where payment.order_id = ordered.id and payment.refund_due_minor > payment.refunded_minor
  )
$$;
comment on function private.is_finished(public.orders) is 'Whether nothing has to reach the buyer any more: neither units nor a refund.';

create function private.erase_asked_orders(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_orders(array(
    select orders.id from public.orders
    where orders.erase_asked_at is not null and orders.erased_at is null and orders.updated_at < before and private.is_finished(orders)
    order by orders.erase_asked_at limit at_most for no key update skip locked
  ))
$$;
comment on function private.erase_asked_orders(timestamptz, integer) is
  'Erases the person from orders of deleted accounts that were finished before a moment.';

create function private.erase_old_orders(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_orders(array(
    select orders.id from public.orders
    where orders.erased_at is null and orders.created_at < before and private.is_finished(orders)
    order by orders.created_at limit at_most for no key update skip locked
  ))
$$;
comment on function private.erase_old_orders(timestamptz, integer) is 'Erases the person from finished orders made before a moment.';

-- The audit trail ---------------------------------------------------------------------------------------------------

create function private.erase_trail(lines bigint[], new_label text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set label = new_label, before = line.before - '{email,name}'::text[], after = line.after - '{email,name}'::text[]
  where line.id = any (lines);
  get diagnostics v_done = row_count;
  perform set_config('onhand.erasing', '', true);
  return v_done;
end;
$$;
comment on function private.erase_trail(bigint[], text) is
  'Takes name and e-mail out of lines about a person, which are labelled new_label. Actor, action, time and subject stay.';

create index audit_trail_of_invitations on public.audit_trail (at) where subject = 'invitation' and label <> 'Invitation';

create function private.erase_invitation_trail(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.erase_trail(array(
    select line.id from public.audit_trail as line
    where line.subject = 'invitation' and line.label <> 'Invitation' and line.at < erase_invitation_trail.before
    order by line.at limit at_most
  ), 'Invitation')
$$;
comment on function private.erase_invitation_trail(timestamptz, integer) is 'Takes the invited person out of lines about invitations.';

-- A year is long enough to ask who invited whom; ten years is the longest period that tax law of the EU asks for invoices.
insert into private.retention_rules (kind, keep, sweep) values
  ('orders_of_deleted_accounts', '1 hour', 'erase_asked_orders'),
  ('orders_personal', '10 years', 'erase_old_orders'),
  ('audit_trail_invitations', '1 year', 'erase_invitation_trail');

-- The account -------------------------------------------------------------------------------------------------------

create function private.erase_staff(person uuid, email text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_is_staff boolean := exists (select from public.staff where staff.user_id = person);
  v_is_first boolean;
begin
  -- The change of the row would leave the very name in the trail.
  perform private.leave_trail_to('erasure');
  update public.staff
  set active = false, signed_out_at = now(), name = 'Former staff member', email = 'erased-' || staff.user_id || '@erased.invalid'
  where staff.user_id = person and staff.email not like 'erased-%@erased.invalid';
  v_is_first := found;
  delete from public.staff_invitations as invitation where invitation.email = lower(erase_staff.email);
  perform private.leave_trail_to('');

  perform private.erase_trail(array(
    select line.id from public.audit_trail as line where line.subject = 'colleague' and line.subject_id = person::text
  ), 'Former staff member');
  perform private.erase_trail(array(
    select line.id from public.audit_trail as line where line.subject = 'invitation' and line.label = lower(erase_staff.email)
  ), 'Invitation');
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set actor_name = case when v_is_staff then 'Former staff member' else 'A customer' end
  where line.actor = person;
  perform set_config('onhand.erasing', '', true);
  insert into public.audit_trail (actor_name, action, subject, subject_id, label)
  select case when auth.uid() = person then 'Former staff member' else private.actor_name() end,
    'erased', 'colleague', person::text, 'Former staff member'
  where v_is_first;
end;
$$;
comment on function private.erase_staff(uuid, text) is
  'Takes a person out of staff, invitations and audit trail. Their staff row stays, inactive, so that history still has an
   actor; a customer leaves a trail only by name.';

create function private.erase_person(person uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_cart uuid;
  v_finished uuid[];
  v_open uuid[];
begin
  -- Locks as everywhere: cart, orders, variants ascending.
  select carts.id into v_cart from public.carts where carts.user_id = person for update;
  perform from public.orders where orders.user_id = person order by orders.id for no key update;
  perform private.queue_for(array(select distinct claims.variant_id from public.claims where claims.cart_id = v_cart order by 1));
  delete from public.claims where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;

  select coalesce(array_agg(orders.id) filter (where finished.yes), '{}'), coalesce(array_agg(orders.id) filter (where not finished.yes), '{}')
  into v_finished, v_open
  from public.orders cross join lateral (select private.is_finished(orders) as yes) as finished
  where orders.user_id = person;
  perform private.erase_orders(v_finished);
  perform private.forget_customers(v_open);
  update public.orders set erase_asked_at = private.clock() where orders.id = any (v_open);

  perform private.erase_staff(person, (select users.email from auth.users where users.id = person));
  perform private.reduce_key_rows(array(
    select used.ctid from private.idempotency_keys as used where used.actor = person and not used.reduced for update
  ));
  return jsonb_build_object('orders', cardinality(v_finished) + cardinality(v_open), 'unfinished', cardinality(v_open));
end;
$$;
comment on function private.erase_person(uuid) is
  'Erases everything personal of an account but the account itself: gives up its holds, deletes its cart, erases its orders or
   marks them. Returns how many orders stay, and how many of them are unfinished. Done twice is done once.';

create function private.erase_with_account()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.erase_person(old.id);
  return old;
end;
$$;
comment on function private.erase_with_account() is 'Before-delete trigger of auth.users: an account can be deleted at any time, by any way.';
create trigger onhand_erases_person before delete on auth.users
  for each row execute function private.erase_with_account();
-- A staff row outlives its account: it is what history is signed with.
alter table public.staff drop constraint staff_user_id_fkey;

create function private.keep_a_manager(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In the order of private.change_colleague, so that of two managers who leave together one is refused.
  perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
  if exists (select from public.staff where staff.user_id = person and staff.role = 'manager' and staff.active)
    and not exists (
      select from public.staff where staff.user_id <> person and staff.role = 'manager' and staff.active
    ) then
    perform private.refuse(409, 'last_manager', jsonb_build_object('user_id', person), 'Make another staff member a manager first.');
  end if;
end;
$$;
comment on function private.keep_a_manager(uuid) is 'Raises last_manager (409) when the shop would have no manager without this person.';

create function private.erase_account(person uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_person uuid := coalesce(person, auth.uid());
  v_response jsonb;
begin
  if v_person is null then
    perform private.refuse(422, 'invalid_input', '{"field": "user_id", "problem": "missing"}', 'Say whose account to delete.');
  end if;
  if v_person is distinct from auth.uid() then
    perform private.require_role('manager');
  end if;
  v_response := private.begin_once(idempotency_key, 'erase_account', jsonb_build_array(v_person));
  if v_response is null then
    if not exists (select from auth.users where users.id = v_person) then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', v_person), 'The account does not exist or was deleted.');
    end if;
    perform private.keep_a_manager(v_person);
    v_response := private.erase_person(v_person);
    if v_person is distinct from auth.uid() and not exists (select from public.staff where staff.user_id = v_person) then
      perform private.audit('erased', 'account', v_person::text, 'A customer');
    end if;
    -- Where sessions and tokens do not go with the account, they go before it.
    delete from auth.sessions where sessions.user_id = v_person;
    if to_regclass('auth.refresh_tokens') is not null then
      execute 'delete from auth.refresh_tokens where user_id::text = $1' using v_person::text;
    end if;
    delete from auth.users where users.id = v_person;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response;
end;
$$;
comment on function private.erase_account(uuid, uuid) is 'See public.erase_account.';

create function public.erase_account(idempotency_key uuid, user_id uuid default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.erase_account(user_id, idempotency_key)
$$;
comment on function public.erase_account(uuid, uuid) is
  'Deletes the caller''s account, or for managers and the secret key the account user_id: ends its holds and sessions, deletes
   its cart, and erases the person from its orders, which stay. An unfinished order keeps what delivery needs until it is
   finished. Returns {orders, unfinished}: how many stay. Raises role_required (403), not_found (404), last_manager (409),
   invalid_input (422), idempotency_key_reused (409).';

revoke execute on function public.erase_account(uuid, uuid) from public, anon;
grant execute on function public.erase_account(uuid, uuid), private.erase_account(uuid, uuid) to authenticated, service_role;

-- schemas/live/publication.sql

-- What is streamed. A published table is never hard-deleted from: under row level security a DELETE reaches every
-- subscriber. Rows carry a version that only grows, so a message applied twice or late is harmless.
--
-- Shoppers follow the shelf, and hear of their own orders by Broadcast (schemas/orders/hints.sql); staff follow levels, sums, the ledger, orders, counts, imports, sales, and the
-- products they edit and who they are. An order's row moves its version with every change of its items, payment or timeline, a count's with
-- every entry and answer, so it is enough to follow the row; whoever picks an order, and how far they are, is for staff and
-- has rows of its own.

alter publication supabase_realtime add table
  public.shelf, public.availability, public.stock_levels, public.stock_movements, public.orders, public.order_picking,
  public.order_picks, public.sales_by_variant, public.sales_by_minute, public.counts, public.deliveries, public.in_transit,
  public.products, public.variants, public.staff, public.alerts, public.imports;

-- Who of the staff is where, and what they are at: said over Broadcast in private rooms `staff:…`, kept nowhere. What
-- is said there is no more than a colleague's word: nothing is decided by it.

create policy "staff hear each other" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and realtime.topic() like 'staff:%' and (select private.staff_role()) is not null);

create policy "staff speak to each other" on realtime.messages
  for insert to authenticated
  with check (extension = 'broadcast' and realtime.topic() like 'staff:%' and (select private.staff_role()) is not null);
