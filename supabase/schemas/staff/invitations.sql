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
    perform private.refuse(422, 'invalid_input', '{"field": "role", "problem": "missing"}',
      'Choose viewer, stock or manager.');
  end if;
  if location_ids is not null and (role <> 'stock' or cardinality(location_ids) = 0) then
    perform private.refuse(422, 'invalid_input',
      '{"field": "location_ids", "problem": "only for role stock, and at least one"}',
      'NULL means everywhere. A viewer changes nothing anywhere, a manager everything everywhere.');
  end if;
  perform private.check_places('{}', coalesce(location_ids, '{}'));
end;
$$;
comment on function private.check_rights(public.staff_role, uuid[]) is
  'Raises invalid_input (422) or not_found (404) for rights that nobody can have.';

create function private.mail_invitation(invitation_id uuid, secret text, idempotency_key uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.owe_account_mail(
    'staff_invitation', invitation.email, secret, 'invitation ' || idempotency_key,
    jsonb_strip_nulls(jsonb_build_object('name', invitation.name, 'invited_by', (
      select staff.name from public.staff where staff.user_id = auth.uid()
    ))),
    private.invitation_time()
  )
  from public.staff_invitations as invitation where invitation.id = mail_invitation.invitation_id;
end;
$$;
comment on function private.mail_invitation(uuid, text, uuid) is
  'Owes the e-mail with the link of an invitation, in the transaction that makes the link.';

-- Inviting ----------------------------------------------------------------------------------------------------

create function private.invite_staff_member(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[]
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
  v_response := private.begin_once(idempotency_key, 'invite_staff_member',
    jsonb_build_array(v_email, name, role, location_ids, encode(v_hash, 'hex')));
  if v_response is null then
    if coalesce(v_email, '') not like '%_@_%' or length(v_email) > 254 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'email', 'problem', 'not an address', 'value', email), 'Type an e-mail address.');
    end if;
    if length(trim(coalesce(name, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "name", "problem": "not 1 to 120 characters"}',
        'Type the name of the staff member.');
    end if;
    perform private.check_rights(role, location_ids);

    select jsonb_build_object('email', v_email, 'active', staff.active) into v_known
    from public.staff where staff.email = v_email;
    if not found then
      insert into public.staff_invitations (email, name, role, location_ids, secret_hash, expires_at)
      values (v_email, trim(invite_staff_member.name), invite_staff_member.role, invite_staff_member.location_ids,
        v_hash, now() + private.invitation_time())
      on conflict do nothing
      returning to_jsonb(staff_invitations.id) into v_response;
    end if;
    if v_response is null then
      perform private.refuse(409, 'staff_member_exists',
        coalesce(v_known, jsonb_build_object('email', v_email, 'active', null)),
        'Change the staff member or the open invitation instead.');
    end if;
    perform private.mail_invitation((v_response #>> '{}')::uuid, secret, idempotency_key);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::uuid;
end;
$$;
comment on function private.invite_staff_member(text, text, public.staff_role, text, uuid, uuid[]) is
  'See public.invite_staff_member.';

create function public.invite_staff_member(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[] default null
)
returns uuid
language sql
set search_path = ''
as $$
  select private.invite_staff_member(email, name, role, secret, idempotency_key, location_ids)
$$;
comment on function public.invite_staff_member(text, text, public.staff_role, text, uuid, uuid[]) is
  'Invites an address to join the staff with this role within seven days; managers. location_ids: where role stock may
   change stock, NULL everywhere. secret: random, 32 to 200 characters, sent in a link; only its hash is stored.
   Returns the invitation''s id. Raises role_required (403), not_found (404, a location), staff_member_exists (409:
   staff already, or invited), invalid_input (422), idempotency_key_reused (409).';

create function private.lock_invitation(invitation_id uuid)
returns public.staff_invitations
language plpgsql
set search_path = ''
as $$
declare
  v_invitation public.staff_invitations;
begin
  select * into v_invitation from public.staff_invitations where staff_invitations.id = lock_invitation.invitation_id
    for update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('invitation_id', invitation_id),
      'Reload the list of staff.');
  end if;
  if num_nonnulls(v_invitation.accepted_at, v_invitation.revoked_at) > 0 then
    perform private.refuse(409, 'invitation_closed',
      jsonb_build_object('status', case when v_invitation.accepted_at is null then 'revoked' else 'accepted' end),
      'Invite them again, if they are not staff.');
  end if;
  return v_invitation;
end;
$$;
comment on function private.lock_invitation(uuid) is
  'The open invitation, locked. Raises not_found (404), invitation_closed (409).';

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
  if private.begin_once(idempotency_key, 'renew_invitation',
    jsonb_build_array(invitation_id, encode(v_hash, 'hex'))) is null then
    perform private.lock_invitation(invitation_id);
    if exists (
      select from public.staff_invitations as other
      where other.secret_hash = v_hash and other.id <> renew_invitation.invitation_id
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "secret", "problem": "in use"}',
        'Make a new random secret.');
    end if;
    update public.staff_invitations
    set secret_hash = v_hash, expires_at = now() + private.invitation_time()
    where staff_invitations.id = renew_invitation.invitation_id;
    perform private.mail_invitation(invitation_id, secret, idempotency_key);
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
  'Gives an open invitation another secret and another seven days; the former link is dead. Managers. Returns its id.
   Raises role_required (403), not_found (404), invitation_closed (409), invalid_input (422), idempotency_key_reused
   (409).';

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
  'Cancels an open invitation: its link is dead. Managers. Raises role_required (403), not_found (404),
   invitation_closed (409).';
