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
  /** The table, when this is not its name: some of its columns are vouched for apart. */
  readonly of?: string
  /** What a digest is of: all rows with the same value here. */
  readonly key: string
  /** Columns that may change without a deed, or all but those that must not. */
  readonly without?: readonly string[]
  readonly only?: readonly string[]
  /** Keys of the rows that count; all when left out. */
  readonly keys?: readonly string[]
  /** The log came to vouch for it when rows could already be there: the first start since then says how they were. */
  readonly joined?: true
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
  account_details: {
    of: 'accounts',
    key: 'id',
    only: [
      'id',
      'name',
      'email',
      'password_hash',
      'must_change_password',
      'password_set_at',
      'second_factor',
      'calendar_token_hash',
    ],
    joined: true,
  },
  schemes: { key: 'id' },
  assessments: {
    key: 'id',
    without: ['version'],
    takesAlong: [
      'participants',
      'windows',
      'responsible_units',
      'commissions',
      'wall_links',
      'monitor_kinds',
    ],
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
  reports: { key: 'id' },
  suspicions: { key: 'id' },
  suspicion_steps: { key: 'id' },
  monitor_kinds: { key: 'assessment_id' },
  commissions: { key: 'assessment_id', joined: true },
  wall_links: { key: 'assessment_id', joined: true },
  circular_templates: { key: 'assessing_unit_id', joined: true },
  office_contacts: { key: 'unit_id', joined: true },
  settings: {
    key: 'key',
    // Secrets are sealed with the key of the data folder; the rest is how far the program has come.
    keys: ['city', 'evidence.unit-bytes', 'sign-in.settings', 'single-sign-on.settings', 'smtp.settings'],
    joined: true,
  },
}

/** The table whose rows are meant. */
export const storedTable = (name: string, { of }: Vouched): string => of ?? name

/** Whether a column of a table is vouched for. */
export const isVouched = ({ without, only }: Vouched, column: string): boolean =>
  only ? only.includes(column) : !without?.includes(column)

const tableOf = (node: OperationNode | undefined): string | undefined =>
  node && TableNode.is(node) ? node.table.identifier.name : undefined

/** How a table is vouched for, by name. */
const vouchedAs = (node: OperationNode | undefined): [string, Vouched][] => {
  const table = tableOf(node)
  return Object.entries(vouchedTables).filter(([name, vouched]) => storedTable(name, vouched) === table)
}

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
  const touch = (name: string, values: readonly unknown[] | undefined): void => {
    const vouched = vouchedTables[name]
    if (!values?.length || values.some((value) => typeof value !== 'string'))
      throw new Error(`a query writes rows of ${name} without naming them by ${vouched?.key}`)
    const counted = values.map(String).filter((value) => vouched?.keys?.includes(value) ?? true)
    if (counted.length > 0) keys.set(name, new Set([...(keys.get(name) ?? []), ...counted]))
  }
  const see = (node: RootOperationNode): void => {
    if (node.kind === 'InsertQueryNode')
      for (const [name, { key }] of vouchedAs(node.into)) touch(name, insertedKeys(node, key))
    else if (node.kind === 'UpdateQueryNode') {
      for (const [name, vouched] of vouchedAs(node.table))
        if (changes(node, vouched)) touch(name, changedKeys(node, vouched.key))
    } else if (node.kind === 'DeleteQueryNode')
      for (const [name, { key, takesAlong = [] }] of vouchedAs(node.from.froms[0]))
        for (const each of [name, ...takesAlong]) touch(each, changedKeys(node, key))
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
