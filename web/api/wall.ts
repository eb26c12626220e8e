import { answer, api, type Answer } from './client.ts'

const wall = api.wall[':token']
const links = api.assessments[':id']['wall-links']

export type WallAnswer = Answer<typeof wall.$get>
export type WallResults = NonNullable<WallAnswer['results']>
export type WallTable = NonNullable<WallResults['table']>
export type WallLink = Answer<typeof links.$get>['items'][number]

export const fetchWall = (token: string, signal: AbortSignal): Promise<WallAnswer> =>
  answer(wall.$get({ param: { token } }, { init: { signal } }))

export const fetchWallLinks = async (id: string, signal: AbortSignal): Promise<readonly WallLink[]> =>
  (await answer(links.$get({ param: { id } }, { init: { signal } }))).items

export const makeWallLink = (id: string, name: string, hours: number) =>
  answer(links.$post({ param: { id }, json: { name, hours } }))

export const revokeWallLink = (id: string, linkId: string) =>
  answer(links[':linkId'].$delete({ param: { id, linkId } }))
