-- The staff. A staff member who left is deactivated, never deleted: the ledger refers to them.

create type public.staff_role as enum ('viewer', 'stock', 'manager');
comment on type public.staff_role is
  'In rising order: viewer reads everything staff can read; stock also changes stock; manager also changes the catalogue
   and staff.';

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
  constraint staff_limits_stock_keepers_only check (location_ids is null or role = 'stock'
    and cardinality(location_ids) > 0)
);
comment on table public.staff is
  'Staff members with their roles. Written by managers through functions and by the secret key.';
comment on column public.staff.location_ids is
  'Where role stock may change stock; NULL: everywhere, as for a manager. Reading is never limited. An array and not a
   table, so that what a person may do is one row, read at once; locations are never deleted.';
comment on column public.staff.signed_out_at is
  'When all their sessions were last ended at once. Open pages hear it and close.';
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
  'The caller''s role, NULL for shoppers, for deactivated staff and after their session has ended, although the token
   may be valid for another hour. Definer: reading public.staff from its own policy would recurse.';
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
  'The role of the signed-in caller; NULL for shoppers, for deactivated staff and after the session has ended.';
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
      'Ask a manager for the role, or sign in with an account that has it.');
  end if;
end;
$$;
comment on function private.require_role(public.staff_role) is
  'Raises role_required (403) unless the caller is active staff of at least that role, or trusted
   (private.is_trusted).';

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
comment on function private.own_locations() is
  'Where the caller may change stock, if their role lets them; NULL: everywhere.';

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
    )), 'Ask staff of that location, or ask a manager for access.');
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
create policy "staff see all staff, and every account sees itself" on public.staff
  for select to authenticated
  using (user_id = (select auth.uid()) or (select private.staff_role()) is not null);
