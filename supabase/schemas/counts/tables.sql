-- Stocktakes while the shop sells (decision 0020). A count is a document of the units found at one location.
--
-- A staff member counts a shelf for a while and types later. In the meantime units leave and arrive, and are recorded a
-- moment before or after they move. So an entry does not say "it is 12" but "I counted 12 between these two moments",
-- and the ledger is divided by it:
--
--      recorded before        the window                         recorded after
--   ───────────────────●─────────────────────────────────●──────────────────▶ ledger
--       ledger_position   slack │ began … ended │ slack
--
-- Movements up to ledger_position had happened when the person looked; movements after the window had not. For those
-- inside nobody can know but the person, and is asked: were these units among the ones you counted?
--   expected = the ledger up to ledger_position + what in the window had happened before
--   variance = counted - expected
-- Approval records the variance, not the number: whatever else is sold or received before or after stays true.

create type public.count_status as enum ('open', 'approved', 'reversed', 'abandoned');
comment on type public.count_status is
  'open: staff count. approved: the variances are movements. reversed: and so are their opposites. abandoned: no
   movement was written.';

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
  constraint counts_are_decided_by_staff check ((status = 'open') = (decided_by is null))
);
comment on table public.counts is
  'One row per count of a location, of one category there, or of one shelf. Staff only; written by functions.';
comment on column public.counts.shelf is 'The name of the shelf. Its scope is the variants scanned there.';
comment on column public.counts.blind is
  'Whether who counts is not shown what the ledger says. For attention, not for secrecy: stock levels stay readable.';
comment on column public.counts.slack is
  'The longest time here between moving a unit and recording it. Movements that close to a count are asked about.';
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
  'Units found in one step. The count of a variant is the sum of its entries, so two people, two places and offline
   devices merge in any order.';
comment on column public.count_entries.id is 'Made where it was typed: the key by which a repeat is recognised.';
comment on column public.count_entries.ledger_position is
  'The last movement of the level that had certainly happened when the counting began (0: none).';
comment on column public.count_entries.withdrawn is
  'A mistake that was removed. Final: the same entry without it, arriving later, changes nothing.';
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
  'For a movement in the window of a count: had it happened when the shelf was counted? Ends with the next entry of its
   variant, which is a new count of it.';
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
  constraint count_results_reverse_a_movement check (reversal_id is null or movement_id is not null)
);
comment on table public.count_results is
  'The approved lines: per variant the count, the expected units, and the movements of the variance.';
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
  'Per count and variant: units found, and the window of all its entries together: after the first one''s
   ledger_position, up to settles_at.';

create function private.count_lines(count_id uuid)
returns table (
  variant_id uuid, counted integer, expected integer, ledger_position bigint, ended_at timestamptz,
  settles_at timestamptz,
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
  left join public.stock_levels as level on level.variant_id = found.variant_id
    and level.location_id = found.location_id
  left join lateral (
    select sum(movement.delta)::integer as units,
      sum(movement.delta) filter (where inside.it and answer.had_happened)::integer as units_before,
      (count(*) filter (where inside.it and answer.had_happened is null))::integer as open,
      jsonb_agg(jsonb_build_object('id', movement.id, 'delta', movement.delta, 'reason', movement.reason,
        'document', movement.document,
        'created_at', movement.created_at, 'had_happened', answer.had_happened) order by movement.id)
          filter (where inside.it) as movements
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
  'The current lines of a count: units counted and expected, the movements in the window with the answers given, and
   how many are open. The ledger up to a position is on hand less what came after it.';

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
      jsonb_build_object('count', counts.number, 'recorded', nullif(result.counted - result.expected, 0),
        'reversed', case when counts.status = 'reversed'
          then nullif(result.expected - result.counted, 0) end) as expected,
      jsonb_build_object('count', counts.number, 'recorded', recorded.delta, 'reversed', back.delta) as actual
    from public.count_results as result
    join public.counts on counts.id = result.count_id
    left join public.stock_movements as recorded on recorded.id = result.movement_id
      and recorded.variant_id = result.variant_id and recorded.location_id = counts.location_id
    left join public.stock_movements as back on back.id = result.reversal_id
      and back.variant_id = result.variant_id and back.location_id = counts.location_id
  ) as pair
  where pair.expected <> pair.actual
$$;
comment on function private.counts_drift() is
  'Where an approved count and its ledger lines differ. Part of public.verify_inventory.';

-- Access: staff read; only functions write ------------------------------------------------------

alter table public.counts enable row level security;
alter table public.count_entries enable row level security;
alter table public.count_answers enable row level security;
alter table public.count_results enable row level security;
revoke all on public.counts, public.count_entries, public.count_answers, public.count_results
  from anon, authenticated, service_role;
grant select on public.counts, public.count_entries, public.count_answers, public.count_results to authenticated,
  service_role;
create policy "staff read counts" on public.counts
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see each other count" on public.count_entries
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read what was answered" on public.count_answers
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read the results of counts" on public.count_results
  for select to authenticated using ((select private.staff_role()) is not null);
