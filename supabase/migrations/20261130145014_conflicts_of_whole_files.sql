set check_function_bodies = off;

create or replace function private.preview_import(import_id uuid, first_changes integer)
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

reset check_function_bodies;
