// What the database itself keeps, whatever writes to it: as migration 016, and the keys of pictures.
// `datasets.revised_by` is the transaction that raised the revision last: one raise is enough for all that it changes.

/** The datasets that `where` names: each has a new number, from one sequence, which is given while its row is locked. */
const raise = (where: string): string => `update datasets set revision = nextval('revision_sequence'),
      revised_by = pg_current_xact_id()::text::bigint
    where ${where} and revised_by <> pg_current_xact_id()::text::bigint;`

type Body = { name: string; body: string; returns?: string }
const trigger = ({ name, body, returns = 'null' }: Body): string =>
  `create function ${name}() returns trigger language plpgsql as $body$ begin ${body} return ${returns}; end $body$`

type Change = { name: string; on: string; when?: string; where: string }

const eachRow = ({ name, on, when, where }: Change): string[] => [
  trigger({ name, body: raise(where) }),
  `create trigger ${name} after ${on} for each row ${when === undefined ? '' : `when (${when})`} execute function ${name}()`,
]

/** Of many rows at once: a deletion is a statement, also where it follows from another. */
const eachDeletion = ({ name, on, where }: Change): string[] => [
  trigger({ name, body: raise(where) }),
  `create trigger ${name} after delete on ${on} referencing old table as gone for each statement
    execute function ${name}()`,
]

const CHANGES = [
  ...eachRow({
    name: 'revision_anonymous',
    on: 'update of by, detail on audit',
    when: 'new.dataset is not null',
    where: 'id = new.dataset',
  }),
  ...eachDeletion({
    name: 'revision_example',
    on: 'examples',
    where: 'id in (select labels.dataset from labels join gone on gone.label = labels.id)',
  }),
  ...eachDeletion({ name: 'revision_label', on: 'labels', where: 'id in (select gone.dataset from gone)' }),
  ...eachRow({
    name: 'revision_vote',
    on: 'insert on reviews',
    when: `new.state = 'waiting'`,
    where: 'id = new.dataset',
  }),
  ...eachDeletion({
    name: 'revision_no_vote',
    on: 'reviews',
    where: `id in (select gone.dataset from gone where gone.state = 'waiting')`,
  }),
  ...eachRow({ name: 'revision_reviewer', on: 'update of by on reviews', where: 'id = new.dataset' }),
  ...eachDeletion({ name: 'revision_feedback', on: 'feedback', where: 'id in (select gone.dataset from gone)' }),
  ...eachDeletion({ name: 'revision_version', on: 'versions', where: 'id in (select gone.dataset from gone)' }),
  ...eachRow({ name: 'revision_survey', on: 'update of summary on surveys', where: 'id = new.dataset' }),
]

/** Settings, and what else concerns a whole server, change all its datasets: locked in one order, so that nobody waits in a circle. */
const AUDIT = `if new.dataset is not null then ${raise('id = new.dataset')}
    else
      perform 1 from datasets where server = new.server order by id for no key update;
      ${raise('server = new.server')}
    end if;
    new.id := coalesce(new.id, nextval('audit_id_seq'));`

export const triggers: string[] = [
  ...CHANGES,
  trigger({ name: 'audit_number', body: AUDIT, returns: 'new' }),
  `create trigger audit_number before insert on audit for each row execute function audit_number()`,
  trigger({
    name: 'pictures_key',
    body: `insert into data_keys values (encode(substr(new.copy, 5, 4), 'hex')) on conflict do nothing;`,
  }),
  `create trigger pictures_key after insert or update of copy on pictures for each row
    when (substr(new.copy, 1, 4) = '\\x4d4b5331'::bytea) execute function pictures_key()`,
  trigger({
    name: 'suspicions_dataset',
    body: `select labels.dataset into new.dataset from examples join labels on labels.id = examples.label
      where examples.id = new.example;`,
    returns: 'new',
  }),
  `create trigger suspicions_dataset before insert on suspicions for each row when (new.dataset is null)
    execute function suspicions_dataset()`,
]
