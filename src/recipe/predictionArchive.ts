import * as z from 'zod/mini';
import {
  type ArtifactKind,
  readBody,
  readHead,
  removeArtifact,
  removeOrphans,
  writeArtifact,
} from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { artifactDamaged } from '../artifacts/sealedJson';
import { type SplitName, splitNames } from '../dataset/splitName';
import type { ModelScores, Predictions } from '../fairness/predictions/predictions';
import type { RunId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import type { RoundName } from './runRecord';

/** Predictions of a run: of which split, and of which round's model; null for the unpruned one. */
export interface PredictionsName {
  split: SplitName;
  round: RoundName | null;
}

/** Where a run keeps what its models predict, so that no split is predicted twice by the same one. */
export interface PredictionShelf {
  /** Null when there are none, or they are damaged: they can be predicted again. @throws LabError `storage-failed` */
  read(name: PredictionsName): Promise<Predictions | null>;
  /** @throws LabError `quota-exceeded`, `storage-failed` */
  keep(name: PredictionsName, predictions: Predictions): Promise<void>;
  /** Deletes what the model of a round predicted, before there is another model or none. @throws LabError `storage-failed` */
  forget(round: RoundName): Promise<void>;
}

const headSchema = z.object({
  n: z.int().check(z.gte(1)),
  classNames: z.array(z.string()),
  attributes: z.array(z.object({ name: z.string(), groupNames: z.array(z.string()) })),
  hasClusters: z.boolean(),
  scores: z.nullable(z.enum(['logits', 'probabilities'])),
});
type PredictionsHead = z.infer<typeof headSchema>;

/**
 * Stored predictions. Bodies: `samples`, int32: labels, predicted classes, groups of each attribute; `clusters`, a JSON list;
 * `scores`, row-major [n, classCount]: logits in float32, probabilities in float64. All little-endian.
 */
const predictionsArtifact: ArtifactKind<PredictionsHead> = { kind: 'predictions', version: 1, schema: headSchema };

/** Folder of what a run's models predict: one folder for each model and split. It goes with the run's. */
export const predictionsFolder = (run: RunId) => `runs/${run}/predictions`;

/** The predictions of a run in a store. */
export function openPredictionShelf(store: FileStore, run: RunId): PredictionShelf {
  const folderOf = ({ split, round }: PredictionsName) => {
    return `${predictionsFolder(run)}/${split}~${round ? `${round.arm}~${round.round}` : 'unpruned'}`;
  };
  return {
    async read(name) {
      try {
        return await readPredictions(store, folderOf(name));
      } catch (error) {
        if (error instanceof LabError && error.code === 'artifact-damaged') return null;
        throw error;
      }
    },
    keep: (name, predictions) => writePredictions(store, folderOf(name), predictions),
    async forget(round) {
      for (const split of splitNames) await removeArtifact(store, folderOf({ split, round }));
    },
  };
}

/** Deletes the files in a folder of predictions that their head does not name: what keeping them left that was cut off. */
export async function tidyPredictions(store: FileStore, folder: string): Promise<void> {
  const head = await readHead(store, folder, predictionsArtifact);
  if (head) await removeOrphans(store, folder, head.bodies);
}

async function writePredictions(store: FileStore, folder: string, predictions: Predictions): Promise<void> {
  const { classNames, attributes, clusters, labels, scores } = predictions;
  const head = {
    n: labels.length,
    classNames,
    attributes: attributes.map(({ name, groupNames }) => ({ name, groupNames })),
    hasClusters: clusters !== null,
    scores: scores && scores.kind,
  };
  await writeArtifact(store, folder, predictionsArtifact, head, packPredictions(predictions));
}

/** The bodies of predictions: all of them but what the head says. */
function packPredictions({ labels, predicted, attributes, clusters, scores }: Predictions) {
  const columns = [labels, predicted, ...attributes.map(({ groups }) => groups)];
  const samples = Int32Array.from(columns.flatMap((column) => Array.from(column)));
  const bodies = [{ name: 'samples', bytes: new Uint8Array(samples.buffer) }];
  if (clusters) bodies.push({ name: 'clusters', bytes: new TextEncoder().encode(JSON.stringify(clusters)) });
  if (scores) bodies.push({ name: 'scores', bytes: new Uint8Array(valuesArray(scores).buffer) });
  return bodies;
}

function valuesArray({ kind, values }: ModelScores) {
  return kind === 'logits' ? Float32Array.from(values) : Float64Array.from(values);
}

/** @throws LabError `artifact-damaged`, `storage-failed` */
async function readPredictions(store: FileStore, folder: string): Promise<Predictions | null> {
  const head = await readHead(store, folder, predictionsArtifact);
  if (!head) return null;
  const { n, classNames, attributes, hasClusters, scores } = head.content;
  // A copy begins at the start of its buffer, as arrays of numbers must.
  const body = async (name: string) => (await readBody(store, folder, head, name)).slice().buffer;
  const samples = new Int32Array(await body('samples'));
  if (samples.length !== n * (2 + attributes.length)) throw artifactDamaged(folder, `it is not of ${n} samples`);
  const clusters = hasClusters ? readTexts(new Uint8Array(await body('clusters'))) : null;
  const column = (index: number) => samples.subarray(index * n, (index + 1) * n);
  return {
    classNames,
    labels: column(0),
    predicted: column(1),
    attributes: attributes.map((attribute, index) => ({ ...attribute, groups: column(2 + index) })),
    clusters,
    scores: scores && { kind: scores, values: valuesOf(scores, await body('scores')) },
  };
}

function readTexts(bytes: Uint8Array): string[] {
  return z.array(z.string()).parse(JSON.parse(new TextDecoder().decode(bytes)));
}

function valuesOf(kind: ModelScores['kind'], buffer: ArrayBuffer): ModelScores['values'] {
  return kind === 'logits' ? new Float32Array(buffer) : new Float64Array(buffer);
}
