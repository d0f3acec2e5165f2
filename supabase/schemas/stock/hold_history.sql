-- The parts of a quantity, now or at a past moment. The ledger has them for on_hand. Claims come and go, so their
-- history is stored here: one line whenever the units of an owner at a level change, by trigger. Invariants:
--   1. The sum of a level's claim_history is its held and its committed, always.
--      (What came and went more than 90 days ago is forgotten: it comes to nothing.)
--   2. The parts of an explanation add up to its number: all of one answer is read in one snapshot.
-- Safety stock has no history: nothing changes it yet, so an explanation of the past takes today's.

create table private.claim_history (
  id bigint generated always as identity primary key,
  variant_id uuid not null,
  location_id uuid not null,
  cart_id uuid,
  order_item_id bigint,
  held integer not null,
  committed integer not null,
  at timestamptz not null default now()
);
comment on table private.claim_history is
  'By how many units the claims of one owner at one level grew or shrank, and when. Append-only for as long as it is
   remembered (private.claims_remembered()). No foreign keys: it is written in every rush, and outlives carts.';
create index claim_history_by_level on private.claim_history (variant_id, location_id, at);
-- Old rows are stored together, and the index costs a rush of orders almost nothing.
create index claim_history_by_age on private.claim_history using brin (at);
alter table private.claim_history enable row level security;

create function private.claims_remembered()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '90 days'
$$;
comment on function private.claims_remembered() is
  'How far back one can ask who had a claim on a level. On hand is known for ever, by the ledger.';

create trigger claim_history_stays before update or truncate on private.claim_history
  for each statement execute function private.stay_as_written();
create trigger claim_history_is_remembered before delete on private.claim_history
  for each row when (old.at > private.clock() - private.claims_remembered()) execute function private.stay_as_written();
