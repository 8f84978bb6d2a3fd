-- A database as version 0.1 (commit 9d44b9a) left it: its schema, and rows in every table as its code wrote them.

create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null);
create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer default 0 not null);
create table labels (id integer primary key, dataset integer not null references datasets on delete cascade,
  name text not null, key text not null, unique (dataset, key));
create table pictures (id integer primary key, dataset integer not null references datasets on delete cascade,
  pixel_hash blob not null, file_hash blob not null, perceptual_hash text not null, copy blob not null,
  width integer, height integer, contrast real, unique (dataset, pixel_hash));
create index pictures_file on pictures (dataset, file_hash);
create table features (picture integer not null references pictures on delete cascade, backbone text not null,
  vector blob not null, primary key (picture, backbone)) without rowid;
create table examples (id integer primary key, picture integer not null references pictures on delete cascade,
  label integer not null references labels on delete cascade, file text not null, filed_at text not null,
  filed_by text not null, state text not null default 'kept', vouched integer not null default 0,
  unique (picture, label));
create index examples_label on examples (label);
create table versions (id integer primary key, dataset integer not null references datasets on delete cascade,
  number integer not null, made_at text not null, backbone text not null, measurement text not null,
  classifier text not null, unique (dataset, number));
create table backbones (id text primary key, file text not null, input text not null, output text, prior text);
create table datasets (id integer primary key, server text not null default '', name text not null,
  version integer, backbone text not null, unique (server, name));
create table servers (id text primary key, settings text not null, joined_at text not null, left_at text);
create table audit (id integer primary key, at text not null, server text not null,
  dataset integer references datasets on delete set null, by text not null, action text not null, detail text not null);
create index audit_server on audit (server, id);
create table feedback (id integer primary key, dataset integer not null references datasets on delete cascade,
  prediction text not null, version integer not null, said text, right integer not null, truth text, by text not null,
  at text not null, unique (dataset, prediction));
create table expiring (key text primary key, value text not null, expires_at integer);
create table messages (id text primary key, server text not null, channel text not null, work text, at integer not null);
create table surveys (dataset integer primary key references datasets on delete cascade, scores blob not null,
  summary text not null);
create table suspicions (example integer primary key references examples on delete cascade, score real not null,
  suggested text, reasons text not null, left_out integer not null);
create table reviews (id integer primary key, dataset integer not null references datasets on delete cascade,
  example integer not null, by text not null, decision text not null, label text, at text not null, state text not null,
  before text);
create index reviews_example on reviews (example, state);
create table claims (example integer primary key references examples on delete cascade, by text not null,
  until integer not null);

insert into kysely_migration values ('001_first', '2026-11-26T15:23:31.691Z'),
  ('002_backbones', '2026-11-26T15:23:31.698Z'), ('003_servers', '2026-11-26T15:23:31.699Z'),
  ('004_priors', '2026-11-26T15:23:31.700Z'), ('005_review', '2026-11-26T15:23:31.700Z');
insert into kysely_migration_lock values ('migration_lock', 0);

insert into datasets values (1, '100', 'main', 2, 'mobilenet-v2-mid-b13@1');
insert into backbones values ('small@1a2b3c4d', '/srv/small.onnx',
  '{"width":64,"height":64,"type":"float32","layout":"nchw","order":"rgb","mean":[0,0,0],"deviation":[1,1,1]}',
  'patches', null);
insert into labels values (1, 1, 'Botan', 'BOTAN'), (2, 1, '猫', '猫');
-- The second picture is from before sizes and contrast were kept.
insert into pictures values
  (1, 1, x'a1', x'b1', '77725f455d454d', x'636f70792031', 96, 72, 79.9179904867865),
  (2, 1, x'a2', x'b2', '4df55f760d74411', x'636f70792032', null, null, null),
  (3, 1, x'a3', x'b3', '1', x'636f70792033', 96, 96, 78.5);
insert into features values (1, 'mobilenet-v2-mid-b13@1', x'0000803f00000040'),
  (1, 'mobilenet-v2-mid-b13@1 mirrored', x'0000004000000041'),
  (1, 'mobilenet-v2-mid-b13@1 views', x'0000803f000000400000803f00000040'),
  (2, 'mobilenet-v2-mid-b13@1', x'0000803f00000040');
insert into examples values
  (1, 1, 1, 'botan-1.jpg', '2026-11-26T15:23:32.790Z', '77', 'kept', 1),
  (2, 2, 1, 'botan-2.jpg', '2026-11-26T15:23:32.859Z', '77', 'kept', 0),
  (3, 3, 2, '猫.png', '2026-11-26T15:23:33.304Z', '78', 'excluded', 0),
  (4, 1, 2, 'botan-1.jpg', '2026-11-26T15:23:33.400Z', '78', 'withdrawn', 0);
insert into versions values
  (1, 1, 1, '2026-11-26T15:23:42.600Z', 'mobilenet-v2-mid-b13@1',
    '{"accuracy":null,"accuracyInterval":null,"calibrationError":null,"calibration":[],"measured":0,"confusion":[[0,0],[0,0]],"recognition":null,"learning":null,"head":"means","labels":["Botan","猫"],"examples":4,"dataHash":"18f598f2"}',
    '{"format":4,"labels":["Botan","猫"]}'),
  (2, 1, 2, '2026-11-26T15:23:50.032Z', 'mobilenet-v2-mid-b13@1',
    '{"accuracy":0.75,"accuracyInterval":[0.30064184258,0.95441],"calibrationError":0.09817801072047307,"calibration":[{"confidence":0.77,"accuracy":0.75,"count":4}],"measured":4,"confusion":[[2,0],[1,1]],"recognition":{"knownAccepted":0.6923076923076923,"strangeRefused":0.7692307692307693},"learning":{"curve":[{"examples":1,"accuracy":0.5},{"examples":2,"accuracy":0.75}],"halving":3.5},"head":"linear","effort":"careful","labels":["Botan","猫"],"examples":4,"dataHash":"28f598f2"}',
    '{"format":4,"labels":["Botan","猫"]}');
insert into surveys values (1, x'0100000000000000020000000000403f',
  '{"flagged":1,"leftOut":1,"copies":2,"conflicts":1,"teachers":[{"teacher":"78","examples":2,"suspected":0.5,"others":0}]}');
insert into suspicions values
  (1, 0.5, null, '[{"kind":"blank"}]', 0),
  (2, 0.75, '猫', '[{"kind":"looks-like","label":"猫"},{"kind":"also-under","label":"猫","example":4},{"kind":"unlike"},{"kind":"small"}]', 1);
insert into reviews values
  (1, 1, 1, '90', 'keep', null, '2026-11-26T15:23:54.542Z', 'done', '{"label":"Botan","state":"kept","vouched":0}'),
  (2, 1, 3, '90', 'exclude', null, '2026-11-26T15:23:56.112Z', 'done', '{"label":"猫","state":"kept","vouched":0}'),
  (3, 1, 2, '91', 'move', '猫', '2026-11-26T15:23:57.000Z', 'waiting', null),
  (4, 1, 2, '92', 'restore', null, '2026-11-26T15:23:58.000Z', 'undone', null);
insert into claims values (2, '90', 253402300799999);
insert into servers values ('100',
  '{"watched":["6"],"datasets":{"7":"main"},"roles":{"teacher":"51","admin":"52"},"confidence":0.5,"retraining":"after","every":5,"schedule":"0 4 * * *","agreement":2,"language":"ja","learnFromPosts":true}',
  '2026-11-26T15:23:31.700Z', null),
  ('101', '{}', '2026-11-26T15:23:31.700Z', '2026-11-27T15:23:31.700Z');
insert into audit (at, server, dataset, by, action, detail) values
  ('2026-11-26T15:23:33.304Z', '100', 1, '77', 'filed', '{"label":"Botan","example":1,"file":"botan-1.jpg"}'),
  ('2026-11-26T15:23:33.305Z', '100', 1, '77', 'unfiled', '{"examples":[5,6]}'),
  ('2026-11-26T15:23:33.306Z', '100', 1, '78', 'excluded', '{"teacher":"78","examples":1}'),
  ('2026-11-26T15:23:33.307Z', '100', 1, '78', 'restored', '{"teacher":"78","examples":1}'),
  ('2026-11-26T15:23:33.308Z', '100', 1, '90', 'reviewed', '{"example":1,"decision":"keep","from":"Botan"}'),
  ('2026-11-26T15:23:33.309Z', '100', 1, '90', 'review undone', '{"example":1,"decision":"keep"}'),
  ('2026-11-26T15:23:33.310Z', '100', 1, 'forgotten', 'forgotten', '{"examples":3}'),
  ('2026-11-26T15:23:33.311Z', '100', 1, '78', 'label renamed', '{"renamed":"botan","to":"Botan"}'),
  ('2026-11-26T15:23:33.312Z', '100', 1, '78', 'labels merged', '{"merged":"cat","into":"猫","moved":1,"inBoth":0}'),
  ('2026-11-26T15:23:33.313Z', '100', 1, '78', 'label deleted', '{"label":"dog","examples":2}'),
  ('2026-11-26T15:23:33.314Z', '100', 1, 'mekiki', 'trained', '{"version":2,"accuracy":0.75,"promoted":true}'),
  ('2026-11-26T15:23:33.315Z', '100', 1, '78', 'promoted', '{"version":2}'),
  ('2026-11-26T15:23:33.316Z', '100', 1, '78', 'backbone changed', '{"backbone":"small@1a2b3c4d"}'),
  ('2026-11-26T15:23:33.317Z', '100', null, '78', 'settings changed', '{"admin":"52"}'),
  ('2026-11-26T15:23:33.318Z', '100', 1, '77', 'feedback', '{"version":2,"said":null,"right":false,"truth":"猫"}');
insert into feedback values (1, 1, 'f0e1', 2, null, 0, '猫', '77', '2026-11-26T15:23:33.318Z');
insert into expiring values
  ('deed:0123456789abcdef', '{"value":{"verb":"label-post","options":{"message":"5","channel":"6"},"fill":"label"},"expires":253402300799999}', 253402300799999),
  ('due:1', '{"value":3}', null),
  ('skipped:2:90', '{"value":true,"expires":253402300799999}', 253402300799999);
insert into messages values
  ('5', '100', '6', '{"call":"watched","uploads":[{"name":"a.png","url":"https://cdn.discordapp.com/a.png","size":9}],"locale":"ja","parent":null}', 1795706611700),
  ('4', '100', '6', null, 1795706611600);
