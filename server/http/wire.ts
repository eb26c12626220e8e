import { z } from 'zod'
import { isDay } from '#assessment/day'

/** Parts of requests and responses that several routes share. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDay)
export const text = (max: number) => z.string().trim().min(1).max(max)
export const id = z.string().min(1).max(64)
export const reference = z.object({ id: z.string(), name: z.string() })

export const paging = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
})
export type Paging = z.infer<typeof paging>

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), size: z.int() })

/** The asked page of a list. */
export const pageFrom = <Item>(all: readonly Item[], { page, size }: Paging) => ({
  items: all.slice((page - 1) * size, page * size),
  total: all.length,
  page,
  size,
})

/** A row as a view: the fields that its schema names, and no others, so that nothing else of it reaches the wire. */
export const asView = <Schema extends z.ZodObject>(schema: Schema, row: z.input<Schema>): z.output<Schema> =>
  schema.parse(row)

/** Sign-in names are compared without case or outer blanks. */
export const username = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .normalize('NFKC')
  .toLowerCase()
  .regex(/^[\p{L}\p{N}._@-]+$/u)
export const newPassword = z.string().min(8).max(128)
/** Six digits from an authenticator app, blanks between them allowed. */
export const oneTimeCode = z
  .string()
  .max(16)
  .transform((code) => code.normalize('NFKC').replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
