import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { inEnglish } from './say.ts'

/** Of ZIP files, of folders that are labels, and of datasets. */
export function datasetErrors(m: Markup): Words['errors'] {
  const { command, number } = inEnglish(m)
  return {
    'dataset.gone': 'Somebody deleted or emptied this dataset meanwhile. Try again.',
    'dataset.exists': 'There is a dataset of that name already.',
    'dataset.main': `${m.code('main')} is what channels use that no other dataset was chosen for, so it keeps its name and stays. You can copy it or empty it.`,
    'dataset.argument-missing': `Something is missing: ${m.code('rename')} and ${m.code('copy')} need a dataset and a new name, ${m.code('empty')} and ${m.code('delete')} need a dataset.`,
    'import.flat': `There are pictures, but no folders to take labels from. To add them all to one label: ${command('label')}`,
    'import.no-label': 'It isn’t in a label’s folder.',
    'samples.not-empty': 'There are pictures here already, and samples are only for an empty dataset.',
    'copy.link': 'There is a link, or a file, where a folder should be. I follow no links.',
    'copy.not-writable': 'I can’t write there.',
    'import.changed': 'It was changed since it was exported.',
    'import.decided':
      'It was excluded or withdrawn where it was exported. Only managers can bring such pictures along.',
    'import.forgotten': 'Whoever added it had it forgotten since. Nothing brings that back.',
    'import.link': 'It is a link and not a file.',
    'import.missing': 'The export names it, but it isn’t there.',
    'import.not-listed': 'The export doesn’t name it.',
    'manifest.incomplete': 'This export isn’t whole. Please export it again.',
    'manifest.invalid': ({ file = 'manifest.jsonl', line = 1 }) =>
      `I can’t read line ${number(Number(line))} of ${m.code(String(file))}. Please export again.`,
    'manifest.newer': 'This was exported by a newer Mekiki. My operator has to update.',
    'settings.time-zone': `I don’t know that time zone. Give one like ${m.code('Asia/Tokyo')} or ${m.code('UTC')}.`,
    'zip.bomb': 'It unpacks to far more than pictures would, so I left it alone.',
    'zip.cut': 'The ZIP is damaged: I could read only the first part of its list of files. Please make it again.',
    'zip.damaged': 'I can’t read this ZIP: it is damaged, incomplete or something else. Please make it again.',
    'zip.empty': 'There are no pictures in this ZIP.',
    'zip.encrypted': 'It has a password. Please make the ZIP without one.',
    'zip.file-damaged': 'It is damaged in the ZIP.',
    'zip.link': 'It is a link and not a file.',
    'zip.method': 'It is packed in a way that I don’t know. Please make a plain ZIP.',
    'zip.nested': 'I don’t open archives in a ZIP. Please unpack it first.',
    'zip.path': 'Its name leads out of the ZIP.',
    'zip.too-large': 'This ZIP is too large. The limit is 100 MiB; please split it.',
    'zip.too-many': ({ max }) =>
      `There are too many files in this ZIP. The limit is ${number(Number(max))}; please split it.`,
  }
}
