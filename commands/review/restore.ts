import { decisionCommand } from '../shared/decision-command.ts'

export default decisionCommand('restore', 'bring excluded pictures back into training', 'restore')
