-- Who may work here. A person who left is deactivated, never deleted: their name stands in the ledger.

create type public.staff_role as enum ('viewer', 'stock', 'manager');
comment on type public.staff_role is
  'In rising order: viewer reads everything staff can read; stock also changes stock; manager also changes the catalogue and staff.';

create table public.staff (
  user_id uuid primary key references auth.users (id) on delete restrict,
  name text not null check (length(trim(name)) between 1 and 120),
  email text not null unique check (email = lower(email)),
  role public.staff_role not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);
comment on table public.staff is 'Colleagues and what they may do. Written by managers through functions and by the secret key.';

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
$$;
comment on function private.staff_role() is
  'The caller''s role, NULL for shoppers and for deactivated colleagues. Definer: reading public.staff from its own policy would recurse.';
grant execute on function private.staff_role() to anon, authenticated, service_role;

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

alter table public.staff enable row level security;
-- No write grant for any API role but the secret key's: roles change through functions that leave a trail.
revoke all on public.staff from anon, authenticated;
grant select on public.staff to authenticated;
create policy "staff see their colleagues" on public.staff
  for select to authenticated
  using ((select private.staff_role()) is not null);
