-- Invitations, roles and the end of access. Managers decide; every change of a staff member or an invitation has its
-- line in the audit trail automatically (schemas/audit/tables.sql). Refusals: role_required,
-- invalid_input, not_found, staff_member_exists, staff_member_changed, last_manager, own_access, invitation_closed,
-- invitation_for_other.
--
-- Invariants:
--   1. A new staff member was invited by a manager and has the invitation's secret and the account of its address.
--   2. There is always a manager: the last active one stays one.
--   3. A revoked right ends at once: every policy and every function asks private.staff_role.

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
  constraint staff_invitations_limit_stock_keepers_only check (location_ids is null or role = 'stock'
    and cardinality(location_ids) > 0),
  constraint staff_invitations_end_once check (num_nonnulls(accepted_at, revoked_at) <= 1)
);
comment on table public.staff_invitations is
  'Invitations to join the staff. The secret is in the link that a manager sends; only its hash is stored.';
comment on column public.staff_invitations.secret_hash is
  'SHA-256. Sending the invitation again makes another secret: the former link is dead.';
create unique index staff_invitations_one_open on public.staff_invitations (email) where accepted_at is null
  and revoked_at is null;
create trigger staff_invitations_touch before update on public.staff_invitations
  for each row execute function private.touch();
select private.keep_trail('public.staff_invitations', 'invitation', 'id', 'email');

alter table public.staff_invitations enable row level security;
revoke all on public.staff_invitations from anon, authenticated, service_role;
-- Not the hash.
grant select (id, email, name, role, location_ids, invited_by, expires_at, accepted_at, revoked_at, version,
  created_at, updated_at)
  on public.staff_invitations to authenticated, service_role;
create policy "managers see who is invited" on public.staff_invitations
  for select to authenticated using ((select private.staff_role()) = 'manager');
