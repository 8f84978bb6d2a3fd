// A PostgreSQL in which many servers have pictures, made by the database itself: numbers and bytes as they would be, and no picture.
import type { Database } from '../../src/db/connection.ts'
import { sql } from '../../src/db/kysely.ts'

/** `labels`: of each dataset. */
export type Town = { datasets: number; pictures: number; labels: number }

/** Bytes of what a copy and a vector are here: rows are found by what is beside them, and large ones lie apart anyway. */
const [COPY_BYTES, VECTOR_BYTES] = [100, 100]
export const BACKBONE = 'made-up@1'

/** Datasets 1, 2, 3 … of servers of the same number, each filled by ten people. */
export async function fillTown(db: Database, { datasets, pictures, labels }: Town): Promise<void> {
  const all = datasets * pictures
  const statements = [
    // Triggers, and checks of what is right here, would take most of the time.
    `set session_replication_role = replica`,
    `insert into servers (id, settings, joined_at) select i, '{}', '2026-01-01' from generate_series(1, ${datasets}) i`,
    `insert into datasets (id, server, name, backbone) select i, i, 'main', '${BACKBONE}' from generate_series(1, ${datasets}) i`,
    `insert into labels (id, dataset, name, key) select i, 1 + (i - 1) / ${labels}, 'label ' || i, 'LABEL ' || i
      from generate_series(1, ${datasets * labels}) i`,
    `insert into pictures (id, dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast)
      select i, 1 + (i - 1) / ${pictures}, sha256(i::text::bytea), sha256((-i)::text::bytea), to_hex(i),
        decode(repeat('ab', ${COPY_BYTES}), 'hex'), 512, 384, 50 from generate_series(1, ${all}) i`,
    ...['', ' mirrored'].map(
      (views) => `insert into features (picture, backbone, vector, bits)
      select i, '${BACKBONE}${views}', decode(repeat('ab', ${VECTOR_BYTES}), 'hex'), 16 from generate_series(1, ${all}) i`,
    ),
    `insert into examples (id, picture, label, file, filed_at, filed_by)
      select i, i, 1 + ${labels} * ((i - 1) / ${pictures}) + i % ${labels}, i || '.jpg', '2026-01-01', 'p' || (i / ${pictures}) || '-' || i % 10
      from generate_series(1, ${all}) i`,
    `insert into audit (id, at, server, dataset, by, action, detail)
      select i, '2026-01-01', 1 + (i - 1) / ${pictures}, 1 + (i - 1) / ${pictures}, 'p' || (i / ${pictures}) || '-' || i % 10, 'filed',
        json_build_object('label', 'label ' || i % ${labels}, 'example', i, 'file', i || '.jpg') from generate_series(1, ${all}) i`,
    ...['datasets', 'labels', 'pictures', 'examples', 'audit'].map(
      (table) => `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
    ),
    `set session_replication_role = origin`,
  ]
  await db.connection().execute(async (one) => {
    for (const statement of statements) await sql.raw(statement).execute(one)
  })
  await sql`vacuum analyze`.execute(db)
}
