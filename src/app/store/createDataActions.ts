import type { ImageSetManifest } from '../../dataset/images/imageSet/imageSet';
import type { ImageRecord } from '../../dataset/mapping/describeRecord';
import type { MappingPreview } from '../../dataset/mapping/mappedSamples';
import { defaultSplitSettings } from '../../dataset/split/splitSettings';
import type { LabEngine } from '../../engine/labEngine';
import type { JobParams, LabFile } from '../../engine/protocol/jobMap';
import type { DatasetId, ImageSetId } from '../../foundation/ids';
import { toErrorData } from '../../foundation/labError';
import { askToPersist } from '../files/askToPersist';
import type { StatisticsActions } from './createStatisticsActions';
import type { LabEvent } from './labEvent';
import { initialState, type LabSettings, type LabState, type StepName } from './labState';
import type { RunStage } from './runStage';

/** What the page can ask for in the step Data. */
export interface DataActions {
  inspectFiles(files: LabFile[]): Promise<void>;
  /** Forgets the files that were inspected last. */
  putFilesAway(): void;
  importFiles(): Promise<void>;
  previewMapping(params: JobParams<'previewMapping'>): Promise<MappingPreview>;
  remapDataset(params: JobParams<'remapDataset'>): Promise<void>;
  /** Opens the audit of predictions with a table among the files that were inspected last. */
  auditInspected(path: string): Promise<void>;
  /** Opens a stored dataset. */
  openDataset(datasetId: DatasetId): Promise<void>;
  readImageSet(imageSetId: ImageSetId): Promise<ImageSetManifest>;
  readRecord(datasetId: DatasetId, imageIndex: number): Promise<ImageRecord>;
  readThumbnails(
    imageSetId: ImageSetId,
    imageIndices: number[],
  ): Promise<{ imageSize: number; pixels: Uint8Array<ArrayBuffer> }>;
}

interface DataContext {
  engine: LabEngine;
  send(event: LabEvent): void;
  runStage: RunStage;
  read(): LabState;
  changeSettings(change: Partial<LabSettings>): void;
  goTo(step: StepName): void;
  readInventory(): Promise<void>;
  choosePredictions: StatisticsActions['choosePredictions'];
}

export function createDataActions(context: DataContext): DataActions {
  const { engine, send, runStage, read, changeSettings, readInventory } = context;
  /** The files inspected last: too large and too alive for the state. */
  let inspectedFiles: LabFile[] = [];

  return {
    readImageSet: (imageSetId) => engine.start('readImageSet', { imageSetId }).result,
    readRecord: (datasetId, imageIndex) => engine.start('readRecord', { datasetId, imageIndex }).result,
    readThumbnails: (imageSetId, imageIndices) => engine.start('readThumbnails', { imageSetId, imageIndices }).result,
    previewMapping: (params) => engine.start('previewMapping', params).result,

    async openDataset(datasetId) {
      try {
        const result = await engine.start('readDataset', { datasetId }).result;
        send({ kind: 'opened', stage: 'data', result });
      } catch (thrown) {
        send({ kind: 'alert', error: toErrorData(thrown, 'reading the dataset') });
        await readInventory();
      }
    },

    async inspectFiles(files) {
      inspectedFiles = files;
      const summary = await runStage('inspection', 'inspectFiles', { files });
      const plan = summary?.suggestion ? { ...summary.suggestion, split: defaultSplitSettings } : null;
      if (summary) changeSettings({ plan, datasetName: summary.format?.name ?? initialState.settings.datasetName });
    },

    putFilesAway() {
      inspectedFiles = [];
      send({ kind: 'files-put-away' });
    },

    async importFiles() {
      const { plan, datasetName, imageSize, imageFit } = read().settings;
      if (!plan) return;
      void askToPersist();
      const params = { name: datasetName, files: inspectedFiles, imageSize, imageFit, ...plan };
      if (await runStage('data', 'importFiles', params)) await readInventory();
    },

    async auditInspected(path) {
      const found = inspectedFiles.find((each) => each.path === path);
      if (found) await context.choosePredictions('model', found.file);
      changeSettings({ compareView: 'predictions' });
      context.goTo('compare');
    },

    async remapDataset(params) {
      if (await runStage('data', 'remapDataset', params)) await readInventory();
    },
  };
}
