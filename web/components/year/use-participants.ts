import { computed, ref } from 'vue'
import { useUnits } from '../../composables/use-units.ts'
import { withChosen, type Chosen } from './pasted-participants.ts'

/** Who takes part, as it is put together: units with their groups, and the next one to come in. */
export function useParticipants(first: readonly Chosen[]) {
  const units = useUnits()
  const rows = ref<readonly Chosen[]>(first.map(({ unitId, unit, group }) => ({ unitId, unit, group })))
  const unitId = ref<string | null>(null)
  const group = ref(first[0]?.group ?? '')
  /** How many units each group has, in the order of their first unit. */
  const groups = computed(() => {
    const counts = new Map<string, number>()
    for (const row of rows.value) counts.set(row.group, (counts.get(row.group) ?? 0) + 1)
    return [...counts]
  })
  const free = computed(() => {
    const taken = new Set(rows.value.map((row) => row.unitId))
    return (units.value.value ?? []).filter(({ id, kind }) => !taken.has(id) && kind !== 'city')
  })
  const addable = computed(() => unitId.value !== null && group.value.trim() !== '')
  const nameless = computed(() => rows.value.some((row) => row.group.trim() === ''))
  function take(chosen: readonly Chosen[]): void {
    rows.value = withChosen([...rows.value], [...chosen])
  }
  function add(): void {
    const unit = free.value.find(({ id }) => id === unitId.value)
    if (!unit || !addable.value) return
    take([{ unitId: unit.id, unit: unit.name, group: group.value.trim() }])
    unitId.value = null
  }
  /** As the server takes them. */
  const sent = () => rows.value.map((row) => ({ unitId: row.unitId, group: row.group.trim() }))
  return { units, rows, unitId, group, groups, free, addable, nameless, take, add, sent }
}
