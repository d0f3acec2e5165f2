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
    'locations', (select jsonb_agg(locations.name order by locations.position) from public.locations
      where locations.id = any (invitation.location_ids)),
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
  'The invitation of a link: {email, name, role, locations: names or null for everywhere, invited_by, expires_at,
   status: open | accepted | revoked | expired}; NULL for an unknown secret. Raises invalid_input (422) for a secret
   that is too short.';

create function private.accept_invitation(secret text)
returns public.staff
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_invitation public.staff_invitations;
  v_status text;
  v_member public.staff;
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
    perform private.refuse(403, 'invitation_for_other', jsonb_build_object('email', v_invitation.email),
      'Sign in with the invited address.');
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
  select * into v_member from public.staff where staff.user_id = auth.uid();
  return v_member;
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
  'Adds the signed-in account of the invited address to the staff. Returns the staff member, also when it was accepted
   before. Raises not_found (404), invitation_for_other (403, with the address), invitation_closed (409), invalid_input
   (422).';
