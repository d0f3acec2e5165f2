-- The audit trail of rows that rarely change: staff, catalogue, locations, settings. One line per row that a
-- transaction changed, written by that transaction, with the columns that differ before and after.
--
-- Invariants:
--   1. Every change has its line: triggers write it for every writer.
--   2. No role rewrites a line.
--   3. No fact is stored twice. Units (stock_movements), orders (order_events), deliveries (delivery_events), counts
--      and the changes of imports (private.import_changes) have their own records. public.read_trail
--      (schemas/audit/read_trail.sql) reads all of them.

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
comment on table public.audit_trail is
  'Changes of rows: actor, time, old and new values. Append-only. Managers read it.';
comment on column public.audit_trail.at is 'When the transaction began: lines of one request share it.';
comment on column public.audit_trail.actor is 'The nil UUID is the shop itself (secret key, direct session).';
comment on column public.audit_trail.actor_name is 'The name of the actor at that time.';
comment on column public.audit_trail.action is
  'created, changed and removed are written by triggers; other verbs by functions that say them.';
comment on column public.audit_trail.subject is 'The kind of row: product, variant, staff member and so on.';
comment on column public.audit_trail.label is 'The name of the row at that time.';
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
comment on function private.actor_name() is
  'The name of the caller: a staff member''s name, else the address of their account.';
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
  'The fields of this that are not the same in that (NULL: all of them); NULL when there are none. Without housekeeping
   and hashes of secrets.';

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
  'Writes a line for a deed that no trigger sees, in the transaction of the deed: who and when are known, before and
   after may be whole rows.';

create function private.leave_trail_to(document text)
returns void
language sql
set search_path = ''
as $$
  select set_config('onhand.document', document, true)
$$;
comment on function private.leave_trail_to(text) is
  'Stops the audit trail until the transaction ends: the document records the changes, with old and new values.';

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
    select 'created', v_subject, fresh.fields ->> v_key, coalesce(fresh.fields ->> v_label, v_subject),
      private.differing(fresh.fields, null)
    from (select to_jsonb(added) from added) as fresh (fields);
  elsif tg_op = 'DELETE' then
    insert into public.audit_trail (action, subject, subject_id, label, before)
    select 'removed', v_subject, former.fields ->> v_key, coalesce(former.fields ->> v_label, v_subject),
      private.differing(former.fields, null)
    from (select to_jsonb(gone) from gone) as former (fields);
  else
    insert into public.audit_trail (action, subject, subject_id, label, before, after)
    select 'changed', v_subject, fresh.fields ->> v_key, coalesce(fresh.fields ->> v_label, v_subject),
      private.differing(former.fields, fresh.fields), private.differing(fresh.fields, former.fields)
    from (select to_jsonb(gone) from gone) as former (fields)
    join (select to_jsonb(added) from added) as fresh (fields) on fresh.fields ->> v_key = former.fields ->> v_key
    where private.differing(fresh.fields, former.fields) is not null;
  end if;
  return null;
end;
$$;
comment on function private.audit_changes() is
  'One line per row that a statement created, changed or removed. Arguments: the subject, its key column, the column
   people know it by. A row without that name is named by its subject.';

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
      concat_ws(' ', case when v_event <> 'insert' then 'old table as gone' end, case when v_event <> 'delete'
        then 'new table as added' end),
      subject, key, label);
  end loop;
end;
$$;
comment on function private.keep_trail(regclass, text, text, text) is
  'For migrations: from now on every change of the table leaves a line. Not for tables that change with every sale.';

select private.keep_trail('public.staff', 'staff_member', 'user_id', 'name');
