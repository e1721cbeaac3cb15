declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type DatasetId = Branded<'dataset'>;
export type ModelId = Branded<'model'>;
export type RunId = Branded<'run'>;
export type TrainingId = Branded<'training'>;

export const datasetId = (text: string) => text as DatasetId;
export const modelId = (text: string) => text as ModelId;
export const trainingId = (text: string) => text as TrainingId;
export const runId = (text: string) => text as RunId;
