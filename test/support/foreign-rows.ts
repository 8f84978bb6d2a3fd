// Rows of very many other servers, so that a query which reads them is seen.
import { sql } from 'kysely'
import type { Database } from '../../src/db/connection.ts'

const [DATASETS, PICTURES] = [2000, 20_000]
const NOW = '2026-11-01T00:00:00.000Z'

/** What each statement adds: a dataset has a label and ten pictures, and people did something with each. */
const STATEMENTS = [
  `insert into servers (id, settings, joined_at) select 'far ' || n, '{}', '${NOW}' from generate_series(1, ${DATASETS}) as n`,
  `insert into datasets (server, name, backbone) select id, 'main', 'made-up@1' from servers where id like 'far %'`,
  `insert into labels (dataset, name, key) select id, 'cat', 'cat' from datasets where server like 'far %'`,
  `insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast)
    select labels.dataset, decode(md5(labels.id || ' ' || n), 'hex'), decode(md5('file ' || labels.id || ' ' || n), 'hex'), 'ff',
      decode(repeat('00', 40), 'hex'), 8, 6, 50
    from labels cross join generate_series(1, ${PICTURES / DATASETS}) as n where name = 'cat'`,
  `insert into features (picture, backbone, vector) select id, 'made-up@1', decode(repeat('00', 8), 'hex') from pictures
    on conflict do nothing`,
  `insert into examples (picture, label, file, filed_at, filed_by) select pictures.id, labels.id, pictures.id || '.png', '${NOW}',
      'person ' || labels.id
    from pictures join labels on labels.dataset = pictures.dataset on conflict do nothing`,
  `insert into audit (at, server, dataset, by, action, detail)
    select '${NOW}', server, dataset, filed_by, 'filed', json_build_object('example', examples.id, 'label', 'cat')
    from examples join labels on labels.id = examples.label join datasets on datasets.id = labels.dataset`,
  `insert into reviews (dataset, example, by, decision, at, state)
    select dataset, examples.id, 'rita of ' || dataset, 'keep', '${NOW}', 'done'
    from examples join labels on labels.id = examples.label`,
  `insert into suspicions (example, score, reasons, left_out, dataset)
    select examples.id, 0.5, '[]', 0, dataset from examples join labels on labels.id = examples.label`,
  `insert into thumbnails (picture, dataset, bytes) select id, dataset, decode('00', 'hex') from pictures`,
  `insert into feedback (dataset, prediction, version, said, "right", by, at)
    select dataset, 'prediction ' || id, 1, 'cat', 1, 'person ' || dataset, '${NOW}' from pictures`,
  `insert into messages (id, server, channel, answer, at) select 'message ' || id, 'far ' || dataset, '1', 'reply', id from pictures`,
  `insert into expiring (key, value, expires_at) select 'deed:' || id, '1', 1e15 from pictures`,
  `insert into claims (example, by, until) select id, 'rita of ' || label, 0 from examples`,
  `insert into versions (dataset, number, made_at, backbone, measurement, classifier)
    select id, 1, '${NOW}', 'made-up@1', '{}', '{}' from datasets where server like 'far %'`,
  'analyze',
]

/** The tables that have so many rows that nothing may read them all. */
export const LARGE = [
  ...['pictures', 'features', 'examples', 'audit', 'reviews', 'suspicions', 'thumbnails', 'feedback', 'messages'],
  ...['expiring', 'claims'],
]

/** PostgreSQL alone. */
export async function addForeignRows(db: Database): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
