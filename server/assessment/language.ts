/** Languages of texts, in the program and in a scheme; the first is the source and the default. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
