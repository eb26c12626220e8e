import type { InjectionKey } from 'vue'

/** The heading that comes next inside a card: h3 below its title, h2 where it has none. */
export const headingBelow: InjectionKey<'h2' | 'h3'> = Symbol('heading below')
