import { type Stage, type Step, stepName } from '../../lib/stages/stage.ts';

/** Steps that may run at the same time; every layer needs the ones before. */
export type Layer = readonly Step[];

/**
 * The steps of a stage in layers: a table waits for those of the stage that it reads. An act, which
 * writes no table, waits for all before it and holds up all after it.
 */
export function layersOf(stage: Stage): readonly Layer[] {
  const layers: Step[][] = [];
  const layerOf = new Map<string, number>();
  let barrier = 0;
  for (const step of stage.steps) {
    const needs = step.reads.map(({ name }) => layerOf.get(name) ?? -1);
    const place =
      step.writes === null ? layers.length : Math.max(barrier, ...needs.map((n) => n + 1));
    const layer = layers[place] ?? [];
    layers[place] = [...layer, step];
    layerOf.set(step.writes?.name ?? stepName(step), place);
    if (step.writes === null) barrier = place + 1;
  }
  return layers;
}
