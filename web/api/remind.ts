import { answer, api } from './client.ts'

export const remindUnits = (id: string, order: { unitIds: string[]; note: string | null }) =>
  answer(api.assessments[':id'].reminders.$post({ param: { id }, json: order }))
