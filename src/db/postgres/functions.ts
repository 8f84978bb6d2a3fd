// What SQLite has and PostgreSQL calls otherwise, under SQLite's names, so that the repositories have one text for both. Paths are those of
// objects, as in `$.a.b`. JSON is `text` in the tables; what is made of it is `json`, which an assignment turns into text.

const PATH = `string_to_array(nullif(substr(path, 3), ''), '.')`

/** Written into the statement that calls it by the planner, so that an index on it is found. */
const inline = (head: string, body: string): string =>
  `create function ${head} language sql immutable parallel safe as $body$ select ${body} $body$`

export const functions: string[] = [
  inline('json_extract(document text, path text) returns text', `document::json #>> ${PATH}`),
  `create function json_valid(document text) returns boolean language plpgsql immutable as $body$
    begin return document::json is not null; exception when others then return false; end $body$`,
  `create function json_type(document text, path text default '$') returns text language sql immutable parallel safe as $body$
    select case kind when 'string' then 'text' when 'boolean' then value #>> '{}'
      when 'number' then case when value #>> '{}' ~ '^-?[0-9]+$' then 'integer' else 'real' end else kind end
    from (select value, json_typeof(value) as kind
      from (select case when path = '$' then document::json else document::json #> ${PATH} end as value) as found) as typed
  $body$`,
  inline('json_array_length(document text) returns integer', 'json_array_length(document::json)'),
  inline('json_array_length(document text, path text) returns integer', `json_array_length(document::json #> ${PATH})`),
  // One member of the outermost object, or of an object in it.
  `create function json_set(document text, path text, value anyelement) returns json language sql immutable parallel safe as $body$
    select jsonb_set(document::jsonb, ${PATH}, coalesce(to_jsonb(value), 'null'), true)::json $body$`,
  inline('json_remove(document text, path text) returns json', `(document::jsonb #- ${PATH})::json`),
  inline(
    'json_patch(document text, patch text) returns json',
    `jsonb_strip_nulls(document::jsonb || patch::jsonb)::json`,
  ),
  `create function json_each(document text, path text default '$')
    returns table (key text, value text, type text, atom text) language plpgsql immutable parallel safe as $body$
    declare root json := case when path = '$' then document::json else document::json #> ${PATH} end;
    begin
      if json_typeof(root) = 'array' then
        return query select (place - 1)::text, member #>> '{}', json_type(member::text), member #>> '{}'
          from json_array_elements(root) with ordinality as listed (member, place);
      elsif json_typeof(root) = 'object' then
        return query select named.key, named.value #>> '{}', json_type(named.value::text), named.value #>> '{}'
          from pg_catalog.json_each(root) as named;
      end if;
    end $body$`,
  inline('json_list(members anycompatiblearray) returns text', `coalesce(array_to_json(members)::text, '[]')`),
  `create aggregate json_group_array(anycompatible) (sfunc = array_append, stype = anycompatiblearray, finalfunc = json_list,
    initcond = '{}')`,
  inline(
    'json_with_member(members jsonb, key text, value text) returns jsonb',
    'members || jsonb_build_object(key, value)',
  ),
  inline('json_of_members(members jsonb) returns text', 'members::text'),
  `create aggregate json_group_object(text, text) (sfunc = json_with_member, stype = jsonb, finalfunc = json_of_members,
    initcond = '{}')`,
  inline('instr(whole text, part text) returns integer', 'strpos(whole, part)'),
  inline('hex(bytes bytea) returns text', `upper(encode(bytes, 'hex'))`),
  inline('max(one anycompatible, other anycompatible) returns anycompatible', 'greatest(one, other)'),
  inline('min(one anycompatible, other anycompatible) returns anycompatible', 'least(one, other)'),
  // The oldest transaction of this database that has not ended, by which time nothing older comes. One that the snapshot of the whole
  // server has, and that is known to be another database's, holds up nobody.
  `create function change_mark() returns bigint language sql volatile as $body$
    select coalesce((select min(running::text::bigint) from pg_snapshot_xip(now) as running where not exists (
        select 1 from pg_locks join pg_stat_activity using (pid)
        where locktype = 'transactionid' and granted and transactionid = running::xid and datname <> current_database())),
      pg_snapshot_xmax(now)::text::bigint)
    from (select pg_current_snapshot() as now) as taken $body$`,
]
