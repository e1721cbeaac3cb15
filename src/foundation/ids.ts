declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type DatasetId = Branded<'dataset'>;
export type ImageSetId = Branded<'image-set'>;
export type ModelId = Branded<'model'>;
export type RunId = Branded<'run'>;
export type TrainingId = Branded<'training'>;

export const datasetId = (text: string) => text as DatasetId;
export const imageSetId = (text: string) => text as ImageSetId;
export const modelId = (text: string) => text as ModelId;
export const trainingId = (text: string) => text as TrainingId;
export const runId = (text: string) => text as RunId;
