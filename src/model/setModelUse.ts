import { LabError } from '../foundation/labError';
import { identifyModel } from './identifyModel';
import type { LabModel, ModelUse, PixelScale } from './labModel';
import { channelCount, checkPixelScale, presetScale } from './preprocessing';

/**
 * The same network, used otherwise. Its id stands for weights and use together, so that a model that was stored or used in a
 * run stays what it was.
 *
 * @returns a model that shares the network of the given one: to be disposed of once
 * @throws LabError `config-invalid`: a name is empty, class names are not as many as outputs or not distinct, or pixels
 *   cannot be scaled so
 */
export async function setModelUse(model: LabModel, use: ModelUse): Promise<LabModel> {
  const name = use.name?.trim() ?? model.name;
  if (name === '') throw refused('A model needs a name.', 'Type one.');
  const scale = use.preprocessing && scaleFor(model, use.preprocessing);
  const classNames = use.classNames ? checkClassNames(use.classNames, model.classNames.length) : model.classNames;
  const { imageSize, ...known } = model.preprocessing;
  const imageFit = use.imageFit ?? known.imageFit;
  const changed: LabModel = {
    ...model,
    name,
    classNames,
    preprocessing:
      scale || use.imageFit ? { ...(scale ?? known), imageSize, ...(imageFit && { imageFit }) } : model.preprocessing,
    notes: [
      ...new Set([
        ...(model.notes ?? []),
        ...(scale ? ['How pixels go in was set by hand.'] : []),
        ...(use.imageFit ? ['How images become squares was set by hand.'] : []),
        ...(use.classNames ? ['The classes were named by hand.'] : []),
      ]),
    ],
  };
  if (changed.importReport && (use.preprocessing || use.classNames)) {
    // What samples proved was proved of the model as it was used before.
    const { samples: _, ...report } = changed.importReport;
    changed.importReport = report;
  }
  return { ...changed, id: await identifyModel(changed) };
}

function scaleFor({ preprocessing }: LabModel, given: NonNullable<ModelUse['preprocessing']>): PixelScale {
  const channels = channelCount(preprocessing);
  if (typeof given === 'string') return presetScale(given, channels);
  checkPixelScale(given, channels);
  return given;
}

function checkClassNames(given: string[], outputs: number): string[] {
  const names = given.map((name) => name.trim());
  if (names.length !== outputs) {
    throw refused(
      `The network has ${outputs} outputs; names are given for ${names.length}.`,
      'Give one name per output, in their order.',
    );
  }
  if (names.includes('')) throw refused('A class has no name.', 'Give one name per output, in their order.');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`Two classes are called "${twice}".`, 'Give every class a name of its own.');
  return names;
}

function refused(message: string, hint: string): LabError {
  return new LabError({ code: 'config-invalid', message, hint });
}
