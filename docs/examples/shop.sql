-- Executed before every round: so it must be possible to execute it again.
create table if not exists account (name text primary key, salt text not null, hash bytea not null);
create table if not exists item (id int primary key, category text not null, name text not null, cents int not null);
create index if not exists item_category on item (category, name);
create table if not exists purchase (
  id bigint generated always as identity primary key,
  account text not null references account,
  address text not null,
  cents int not null
);
truncate purchase;
insert into account
  select 'visitor' || i, 'salt' || i, sha256(convert_to('salt' || i || 'secret', 'UTF8')) from generate_series(1, 1000) i
  on conflict do nothing;
insert into item
  select i, (array['birds', 'cats', 'dogs', 'fish'])[i % 4 + 1], 'Item ' || i, 100 + i from generate_series(1, 1000) i
  on conflict do nothing;
analyze;
