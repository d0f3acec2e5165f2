-- Retention: how long rows are kept, and the maintenance job that ends them. One row of private.retention_rules per
-- kind; a table that grows gets a row here, or a reason in docs/retention.md for being kept for ever. Invariants:
--   1. One call ends at most at_most rows of each kind, waits for no lock longer than 250 ms, and skips locked rows.
--      No sale waits for it: the rows it touches are old, and it locks no variant.
--   2. Ledgers stay: stock movements, payments and order items are never deleted. Personal data in them is erased.
--   3. Within the window of its key a repeated request gets the first response.
-- Ages are measured by private.clock().

create table private.retention_rules (
  kind text primary key check (kind ~ '^[a-z_]+$'),
  keep interval not null check (keep >= interval '1 hour'),
  target text,
  age text,
  only_where text not null default 'true',
  sweep text,
  constraint retention_rules_delete_or_call check (num_nonnulls(target, sweep) = 1 and (target is null) = (age is null))
);
comment on table private.retention_rules is
  'How long each kind of row is kept. Written by migrations and by the owner of the database alone: its texts become
   SQL.';
comment on column private.retention_rules.keep is 'A row is due when its age column is further back than this.';
comment on column private.retention_rules.target is
  'The table whose old rows are deleted, with its schema. Needs an index by age.';
comment on column private.retention_rules.age is 'The timestamp column of target that says how old a row is.';
comment on column private.retention_rules.only_where is
  'A condition on rows of target, when not all of them are deleted.';
comment on column private.retention_rules.sweep is
  'Instead of target: a function of schema private (before timestamptz, at_most integer) that returns how many rows it
   ended.';
alter table private.retention_rules enable row level security;

-- Carts -------------------------------------------------------------------------------------------------------------

create index carts_of_guests_by_age on public.carts (created_at) where user_id is null;

-- Records that lose what is not needed ------------------------------------------------------------------------------

create index imports_undecided on public.imports (created_at) where applied_at is null and discarded_at is null;
create index counts_decided on public.counts (updated_at) where status <> 'open';
create index alerts_by_end on public.alerts (resolved_at) where resolved_at is not null;
create index orders_with_network on public.orders (created_at) where network is not null;
create index staff_invitations_by_end on public.staff_invitations (expires_at);
-- Only keys without personal data are deleted, so that both steps are seen; the two windows begin at the same moment.
insert into private.retention_rules (kind, keep, target, age, only_where) values
  ('idempotency_keys', '30 days', 'private.idempotency_keys', 'created_at', 'reduced'),
  ('alerts', '180 days', 'public.alerts', 'resolved_at', 'resolved_at is not null'),
  ('staff_invitations', '90 days', 'public.staff_invitations', 'expires_at', 'true'),
  ('blocks', '30 days', 'private.blocks', 'expires_at', 'true'),
  ('spendings', '1 day', 'private.spendings', 'since', 'true'),
  ('hold_streaks', '1 day', 'private.hold_streaks', 'until', 'true');
