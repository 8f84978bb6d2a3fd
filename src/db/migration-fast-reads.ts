import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 010: no read passes over copies and vectors, which are most of the data, or over rows of other datasets.

export const fastReads: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

/** Marks an encrypted copy, as encryption.ts writes it; the key's id follows in four bytes. */
const MARK = `x'4d4b5331'`
const DATASET = `(select labels.dataset from examples join labels on labels.id = examples.label where examples.id = example)`

const STATEMENTS = [
  // What trainings and counts read of a picture.
  `create index pictures_traits on pictures (dataset, id, perceptual_hash, width, height, contrast, length(copy))`,
  // The primary key has the vectors beside it: to see which there are, this one is a fiftieth of the size.
  `create index features_keys on features (picture, backbone)`,
  `create index examples_file on examples (label, file)`,
  // The worst of one dataset first. Programs that do not know the column leave it to the trigger.
  `alter table suspicions add column dataset integer references datasets on delete cascade`,
  `update suspicions set dataset = ${DATASET}`,
  `create index suspicions_order on suspicions (dataset, score desc, example)`,
  `create trigger suspicions_dataset after insert on suspicions when new.dataset is null
    begin update suspicions set dataset = ${DATASET} where example = new.example; end`,
  // Deleting a server, and one's last look at a review, look for these.
  `create index messages_server on messages (server)`,
  `create index claims_by on claims (by)`,
  // Which keys are still needed.
  `create index pictures_encrypted on pictures (substr(copy, 1, 8)) where substr(copy, 1, 4) = ${MARK}`,
]
