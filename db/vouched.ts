import {
  BinaryOperationNode,
  ColumnNode,
  OperatorNode,
  PrimitiveValueListNode,
  ReferenceNode,
  TableNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  type RootOperationNode,
  type UpdateQueryNode,
} from 'kysely'

/** How the audit log vouches for the rows of a table, in the database's own names. */
export interface Vouched {
  /** What a digest is of: all rows with the same value here. */
  readonly key: string
  /** Columns that may change without a deed, or all but those that must not. */
  readonly without?: readonly string[]
  readonly only?: readonly string[]
  /** The column by which evidence is attached to a row of it. */
  readonly evidence?: string
  /** Tables whose rows go with a row of this one. */
  readonly takesAlong?: readonly string[]
}

/** Everything that results rest on, and who may change it: a row written past the program is not vouched for. */
export const vouchedTables: Readonly<Record<string, Vouched>> = {
  units: { key: 'id' },
  accounts: {
    key: 'id',
    only: [
      'id',
      'username',
      'role',
      'unit_id',
      'disabled_at',
      'created_at',
      'awaits_grant_since',
      'granted_at',
      'granted_by',
    ],
  },
  schemes: { key: 'id' },
  assessments: {
    key: 'id',
    without: ['version'],
    takesAlong: ['participants', 'windows', 'responsible_units'],
  },
  participants: { key: 'assessment_id' },
  windows: { key: 'assessment_id' },
  responsible_units: { key: 'assessment_id' },
  former_names: { key: 'assessment_id' },
  former_places: { key: 'assessment_id' },
  stage_changes: { key: 'id' },
  extensions: { key: 'id' },
  imports: { key: 'id' },
  findings: { key: 'id' },
  finding_facts: { key: 'id', evidence: 'fact_id' },
  claims: { key: 'id', evidence: 'claim_id' },
  submissions: { key: 'id' },
  sign_offs: { key: 'id' },
  verified_marks: { key: 'id' },
  external_batches: { key: 'id' },
  external_marks: { key: 'id' },
  bonus_marks: { key: 'id' },
  publications: { key: 'id' },
  publication_steps: { key: 'id' },
  holiday_announcements: { key: 'id' },
}

/** Whether a column of a table is vouched for. */
export const isVouched = ({ without, only }: Vouched, column: string): boolean =>
  only ? only.includes(column) : !without?.includes(column)

const tableOf = (node: OperationNode | undefined): string | undefined =>
  node && TableNode.is(node) ? node.table.identifier.name : undefined

function insertedKeys({ columns, values }: InsertQueryNode, key: string): unknown[] | undefined {
  const place = columns?.findIndex(({ column }) => column.name === key) ?? -1
  if (place === -1 || !values || !ValuesNode.is(values)) return undefined
  return values.values.map((row) => {
    if (PrimitiveValueListNode.is(row)) return row.values[place]
    const value = ValueListNode.is(row) ? row.values[place] : undefined
    return value && ValueNode.is(value) ? value.value : undefined
  })
}

const columnName = (node: OperationNode): string | undefined => {
  const column = ReferenceNode.is(node) ? node.column : node
  return ColumnNode.is(column) ? column.column.name : undefined
}

/** What a condition joined by `and` says that a column is equal to. */
function demanded(node: OperationNode, key: string): unknown[] {
  if (node.kind === 'AndNode') {
    const { left, right } = node as unknown as Record<'left' | 'right', OperationNode>
    return [...demanded(left, key), ...demanded(right, key)]
  }
  if (!BinaryOperationNode.is(node) || columnName(node.leftOperand) !== key) return []
  const isEqual = OperatorNode.is(node.operator) && node.operator.operator === '='
  return isEqual && ValueNode.is(node.rightOperand) ? [node.rightOperand.value] : []
}

const changedKeys = ({ where }: UpdateQueryNode | DeleteQueryNode, key: string): unknown[] | undefined =>
  where && demanded(where.where, key)

function changes(node: UpdateQueryNode, vouched: Vouched): boolean {
  const columns = node.updates?.map(({ column }) => columnName(column)) ?? []
  return columns.some((column) => column === undefined || isVouched(vouched, column))
}

/** Which rows of vouched tables one transaction wrote, however it wrote them. */
export interface Touched {
  /** Give it to the transaction with `withPlugin`. */
  readonly plugin: KyselyPlugin
  /** Keys by table. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * Watches a transaction's own queries, so that no row that it writes is left out. A query that does not say by their key which rows it writes
 * throws an Error.
 */
export function watchTouched(): Touched {
  const keys = new Map<string, Set<string>>()
  const touch = (table: string, values: readonly unknown[] | undefined): void => {
    if (!values?.length || values.some((value) => typeof value !== 'string'))
      throw new Error(`a query writes rows of ${table} without naming them by ${vouchedTables[table]?.key}`)
    const known = keys.get(table) ?? new Set()
    for (const value of values) known.add(String(value))
    keys.set(table, known)
  }
  const see = (node: RootOperationNode): void => {
    if (node.kind === 'InsertQueryNode') {
      const table = tableOf(node.into)
      const vouched = table === undefined ? undefined : vouchedTables[table]
      if (table !== undefined && vouched) touch(table, insertedKeys(node, vouched.key))
    } else if (node.kind === 'UpdateQueryNode') {
      const table = tableOf(node.table)
      const vouched = table === undefined ? undefined : vouchedTables[table]
      if (table !== undefined && vouched && changes(node, vouched))
        touch(table, changedKeys(node, vouched.key))
    } else if (node.kind === 'DeleteQueryNode') {
      const table = tableOf(node.from.froms[0])
      const vouched = table === undefined ? undefined : vouchedTables[table]
      if (table === undefined || !vouched) return
      const gone = changedKeys(node, vouched.key)
      for (const each of [table, ...(vouched.takesAlong ?? [])]) touch(each, gone)
    }
  }
  return {
    keys,
    plugin: {
      transformQuery: ({ node }) => {
        see(node)
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    },
  }
}
