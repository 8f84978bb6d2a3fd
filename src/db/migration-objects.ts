import { columnTypes } from './column-types.ts'
import { isPostgres } from './engine.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 021: copies of pictures as objects of a bucket (objects/), and the objects that no row refers to.

export const objects: Migration = {
  async up(db: Kysely<unknown>) {
    const { ms } = columnTypes(db)
    for (const statement of [
      // Null: the copy is in the row. `object_bytes`: of the object.
      'alter table pictures add column object text',
      'alter table pictures add column object_bytes integer',
      // What they take, without reading rows.
      // No two rows share one, and no sweep deletes one that a row has.
      'create unique index pictures_object on pictures (object) where object is not null',
      'create index pictures_objects on pictures (dataset, object_bytes) where object is not null',
      `create table unreferenced_objects (key text primary key, at ${ms} not null)`,
      'create index unreferenced_objects_at on unreferenced_objects (at)',
      ...(isPostgres(db) ? ON_POSTGRES : ON_SQLITE),
    ])
      await sql.raw(statement).execute(db)
  },
}

// Whatever deletes a row, or gives it another object: the old one is due at once.
const ON_SQLITE = [
  `create trigger pictures_object_deleted after delete on pictures when old.object is not null
    begin insert or ignore into unreferenced_objects (key, at) values (old.object, 0); end`,
  `create trigger pictures_object_changed after update of object on pictures
    when old.object is not null and old.object is not new.object
    begin insert or ignore into unreferenced_objects (key, at) values (old.object, 0); end`,
]

const ON_POSTGRES = [
  `create function note_unreferenced_object() returns trigger language plpgsql as $$
    begin
      insert into unreferenced_objects (key, at) values (old.object, 0) on conflict do nothing;
      return null;
    end $$`,
  `create trigger pictures_object_deleted after delete on pictures for each row when (old.object is not null)
    execute function note_unreferenced_object()`,
  `create trigger pictures_object_changed after update of object on pictures for each row
    when (old.object is not null and old.object is distinct from new.object)
    execute function note_unreferenced_object()`,
]
