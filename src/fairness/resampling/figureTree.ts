import type { FigureTree } from '../fairnessEvaluation';
import { gapNames } from '../gapDefinitions';
import { metricNames } from '../metricDefinitions';

/** One entry made for every figure; `make` gets the figures of `tree` in the order of {@link listFigures}. */
export function mapFigures<A, B>(tree: FigureTree<A>, make: (figure: A, index: number) => B): FigureTree<B> {
  let index = 0;
  const next = (figure: A) => make(figure, index++);
  const gaps = Object.fromEntries(gapNames.map((name) => [name, next(tree.gaps[name])])) as FigureTree<B>['gaps'];
  const metrics = Object.fromEntries(
    metricNames.map((name) => {
      const { overall, groups, average, worst, gap } = tree.metrics[name];
      return [
        name,
        {
          overall: next(overall),
          groups: groups.map(next),
          average: next(average),
          worst: next(worst),
          gap: next(gap),
        },
      ];
    }),
  ) as FigureTree<B>['metrics'];
  return { gaps, metrics, equityScaledAuc: next(tree.equityScaledAuc), classes: tree.classes.map(next) };
}

/** The figures in a fixed order; NaN where one is undefined. */
export function listFigures(tree: FigureTree<number | null>): number[] {
  const list: number[] = [];
  mapFigures(tree, (figure) => list.push(figure ?? Number.NaN));
  return list;
}
