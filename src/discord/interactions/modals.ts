import {
  FileUploadBuilder,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import type { Source } from '../../images/source.ts'
import type { Words } from '../../locales/words.ts'
import { UPLOADS } from './names.ts'
import { toSource } from './options.ts'

const LONGEST_LABEL = 100

const textInput = (label?: string): TextInputBuilder => {
  const input = new TextInputBuilder()
    .setCustomId('label')
    .setStyle(TextInputStyle.Short)
    .setMinLength(1)
    .setMaxLength(LONGEST_LABEL)
    .setRequired(true)
  return label ? input.setValue(label.slice(0, LONGEST_LABEL)) : input
}

/** Asks for pictures and the label that they go under. @param id what submitting it does */
export function labelForm(id: string, words: Words, label: string): ModalBuilder {
  const upload = new FileUploadBuilder().setCustomId('pictures').setMinValues(1).setMaxValues(UPLOADS).setRequired(true)
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(words.labelFormTitle)
    .addLabelComponents(
      new LabelBuilder().setLabel(words.labelFormLabel).setTextInputComponent(textInput(label)),
      new LabelBuilder().setLabel(words.labelFormPictures).setFileUploadComponent(upload),
    )
}

/** Asks for a label alone. */
export function textForm(id: string, words: Words): ModalBuilder {
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(words.typeFormTitle)
    .addLabelComponents(new LabelBuilder().setLabel(words.labelFormLabel).setTextInputComponent(textInput()))
}

export function readForm(from: ModalSubmitInteraction, hosts: string[]): { label: string; pictures: Source[] } {
  const label = from.fields.getTextInputValue('label')
  const hasFiles = from.fields.fields.has('pictures')
  const files = hasFiles ? [...(from.fields.getUploadedFiles('pictures')?.values() ?? [])] : []
  return { label, pictures: files.map((file) => toSource(file, hosts)) }
}
