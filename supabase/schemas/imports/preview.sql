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
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id),
      'Only an applied import can be reverted.');
  end if;
  select * into v_revert
  from public.imports where imports.reverts = begin_revert.import_id and imports.discarded_at is null;
  if v_revert.applied_at is not null then
    perform private.refuse(409, 'already_undone', jsonb_build_object('change', import_id), 'It is reverted already.');
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
  'Opens the import that reverts an applied one; called again, it returns the same. Nothing changes yet:
   preview_import shows the changes, apply_import makes them once and in one transaction, discard_import drops them.
   Values that were not changed since return to those before, units are reverted as far as they are available, and
   products that the import created are archived. A revert can be reverted, too. Managers. Raises role_required
   (403), not_found (404), already_undone (409).';

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
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'line', 'problem', 'not asked about', 'value', line),
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
  'Says what to do with a line of an inventory file whose number moved since the export: add the difference, set it,
   or skip the line; without a line, with all of them. The last answer holds. Managers. Raises role_required (403),
   not_found (404), import_applied (409), invalid_input (422: the line is not asked about).';

-- preview_import ----------------------------------------------------------------------------------------------

create function private.first_questions(import_id uuid, first_lines integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(question) || jsonb_build_object('movements', private.movements_since(
      question.variant_id, question.location_id, question.ledger_position)) order by question.line), '[]')
  from (
    select * from private.import_questions(first_questions.import_id) as asked
    order by asked.line
    limit least(first_questions.first_lines, 1000)
  ) as question
$$;
comment on function private.first_questions(uuid, integer) is
  'The first lines of an inventory file with a question, each with the movements since the export.';

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
  select * into v_import
  from public.imports where imports.id = preview_import.import_id and imports.discarded_at is null;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;

  if v_import.applied_at is null then
    select overview.summary, overview.changes into v_import.summary, v_changes
    from private.import_overview(import_id, first_changes) as overview;
    select coalesce(jsonb_agg(to_jsonb(conflict) order by conflict.line), '[]') into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 10000) as conflict;
    if v_import.kind = 'inventory' then
      v_questions := private.first_questions(import_id, first_changes);
    end if;
  else
    select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') into v_changes
    from (
      select done.subject, done.line, done.handle, done.sku, done.before, done.after
      from private.import_changes as done
      where done.import_id = preview_import.import_id
      order by 2, 1
      limit least(first_changes, 10000)
    ) as change;
  end if;
  return jsonb_build_object(
    'import', to_jsonb(v_import),
    'changes', v_changes,
    'conflicts', v_conflicts,
    'questions', v_questions,
    'asks', private.asks_by_kind(import_id),
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (
        select * from private.revert_exceptions(import_id) as exception
        order by exception.line, exception.field limit least(first_changes, 10000)
      ) as kept
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
  'The changes of an import, made or to be made: {import: its row with summary, changes: the first products,
   variants and levels, as many as asked for, [{subject, line, handle, sku, before, after}], conflicts: [{line,
   column, value, why}], questions: lines whose number moved since the export, with the movements and the choice
   that holds (answer_import), asks: cells that wait for an answer, by kind (answer_asks), kept: what a revert
   leaves, or left, alone and why, reverted_by: the id of the import that reverted this one}. Managers. Raises
   role_required (403), not_found (404).';
