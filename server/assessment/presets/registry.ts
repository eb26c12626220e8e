import type { Scheme } from '../rule/scheme.ts'
import { bureau } from './bureau.ts'
import { municipal } from './municipal.ts'
import { school } from './school.ts'

export const presetKeys = ['municipal', 'bureau', 'school'] as const
export type PresetKey = (typeof presetKeys)[number]

/** Ready schemes to start from. */
export const presets: Readonly<Record<PresetKey, Scheme>> = { municipal, bureau, school }
