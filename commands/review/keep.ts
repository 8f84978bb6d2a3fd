import { decisionCommand } from '../shared/decision-command.ts'

export default decisionCommand(
  'keep',
  'confirm that pictures have the right label: they are not suspected again',
  'keep',
)
