import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { createRegistry } from '../foundation/registry';
import type { LabModel, MethodChoice } from '../model/labModel';
import { registerReadout } from '../model/readout';
import { planOfLoss, type TrainingPlan } from '../training/trainingPlan';
import { advConf } from './advConf/advConf';
import { advRev } from './advRev/advRev';
import { fairAdaBn } from './fairAdaBn/fairAdaBn';
import { hsic } from './hsic/hsic';
import type { AdaptFor, Method } from './method';
import { vanilla } from './vanilla/vanilla';

/** Every method, in the order of the paper's tables. */
export const methods = createRegistry<Method>({
  kind: 'method',
  doubled: 'method-doubled',
  notFound: 'method-not-found',
  advice: 'Use the version of the lab that made the model or the settings, or register the method in src/methods.',
});
for (const method of [vanilla, hsic, fairAdaBn, advConf, advRev]) registerMethod(method);

/**
 * Makes a method known: to forms, records, tables and the command line; and models that it makes to whatever predicts.
 * @throws LabError `method-doubled`; `config-invalid` for an id that is none
 */
export function registerMethod(method: Method): void {
  methods.register(method);
  if (!method.classLogits) return;
  const readout = method.classLogits.bind(method);
  registerReadout(method.id, (outputs, groups, settings) => readout(outputs, groups, method.settings.parse(settings)));
}

/** What a model is trained by when nothing is said. */
export const defaultMethod: MethodChoice = { id: vanilla.id, settings: {} };

/** What a model was trained by, and is fine-tuned by. */
export function methodOf({ method = defaultMethod }: Pick<LabModel, 'method'>): MethodChoice {
  return method;
}

/**
 * A choice with every setting filled in.
 * @throws LabError `method-not-found`; `config-invalid` naming the setting
 */
export function completeMethod(choice: MethodChoice): MethodChoice {
  const method = methods.find(choice.id);
  const parsed = method.settings.safeParse(choice.settings);
  if (parsed.success) return { ...choice, settings: parsed.data as MethodChoice['settings'] };
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || '(all)';
  throw new LabError({
    code: 'config-invalid',
    message: `The setting "${field}" of the method ${method.label} is not valid: ${issue.message}.`,
    hint: 'Correct this setting, or leave it out for its default.',
    details: { field, method: choice.id },
  });
}

/**
 * How the chosen method trains.
 * @throws LabError as {@link completeMethod}
 */
export function trainingPlanOf(choice: MethodChoice): TrainingPlan {
  const method = methods.find(choice.id);
  const { settings } = completeMethod(choice);
  if (method.plan) return method.plan(settings);
  const loss = method.loss ?? vanilla.loss!;
  return planOfLoss((input) => loss.call(method, input, settings));
}

/**
 * The network as the method trains it, with what the method adds; the model says what it is trained by. Vanilla adds nothing and
 * is not named, so that its models are what they always were.
 *
 * @throws LabError `model-mismatch` when the method cannot train such a network; as {@link completeMethod}
 */
export function adaptModel(model: LabModel, choice: MethodChoice, adaptFor: AdaptFor): LabModel {
  const method = methods.find(choice.id);
  const complete = completeMethod(choice);
  const obstacle = method.obstacle?.(model) ?? null;
  if (obstacle !== null) {
    throw new LabError({
      code: 'model-mismatch',
      message: `"${model.name}" cannot be trained by ${method.label}: ${obstacle}`,
      hint: 'Choose another architecture or another method.',
      details: { method: choice.id },
    });
  }
  if (choice.id === defaultMethod.id) return model;
  const adapted = method.adapt?.(model, complete.settings, adaptFor) ?? model;
  return {
    ...adapted,
    method: complete,
    ...(method.classLogits && { readout: { id: method.id, settings: complete.settings } }),
  };
}

/** What the method makes of a model whose training has ended. */
export async function finishModel(
  trained: { model: LabModel; dataset: Dataset; seed: number },
  choice: MethodChoice,
  context: JobContext,
): Promise<LabModel> {
  const { postProcess } = methods.find(choice.id);
  const { settings } = completeMethod(choice);
  return postProcess ? postProcess({ ...trained, settings }, context) : trained.model;
}
