-- How somebody comes to work here, what they may do, and how that ends. Managers decide; every change of a colleague or
-- an invitation leaves its line in the audit trail by itself (000250). Refusals: role_required, invalid_input, not_found,
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
