import { strFromU8 } from 'fflate';
import * as z from 'zod/mini';
import { baseName, type FoundModel } from './findModelJson';
import type { NamedBytes } from './packModelFiles';

/** What files beside a network say of its classes. */
export interface FoundLabels {
  /** One per output, in their order; null when no file names them. */
  classNames: string[] | null;
  /** The file that names them. */
  source: string | null;
  /** For which of its libraries Teachable Machine wrote the files; null when others did. */
  teachableMachine: 'tfjs' | 'keras' | null;
  /** What the author called the network. */
  modelName: string | null;
  /** What was found and not used, in words. */
  notes: string[];
}

/** Teachable Machine writes more; the labels alone are common. */
const metadataSchema = z.object({
  labels: z.array(z.string()),
  packageName: z.optional(z.string()),
  modelName: z.optional(z.string()),
});
type Metadata = z.infer<typeof metadataSchema>;

/** The web library that Teachable Machine's exports of image networks name. */
const teachablePackage = '@teachablemachine/image';
/** The name that Teachable Machine gives to its exports for Keras. */
const teachableKerasFile = 'keras_model.h5';

/**
 * Reads the classes from `metadata.json` (`labels`) or `labels.txt` (one a line, or `0 first`, `1 second`, …), as
 * Teachable Machine and others put them beside a network. They are taken when there are as many as outputs, all different.
 */
export function readLabels({ path, files }: Pick<FoundModel, 'path' | 'files'>, classCount: number): FoundLabels {
  const metadata = readMetadata(findBeside(path, files, 'metadata.json'));
  const list = readList(findBeside(path, files, 'labels.txt'));
  const isKerasFile = baseName(path).toLowerCase() === teachableKerasFile;
  const isNamed = metadata?.packageName === teachablePackage;
  const teachableMachine = isKerasFile && (isNamed || list?.isNumbered) ? 'keras' : isNamed ? 'tfjs' : null;
  const modelName = metadata?.modelName?.trim() || null;
  const candidates = [
    { source: 'metadata.json', names: metadata?.labels ?? null },
    { source: 'labels.txt', names: list?.names ?? null },
  ].flatMap(({ source, names }) => (names ? [{ source, names: names.map((name) => name.trim()) }] : []));
  const notes = candidates.flatMap(({ source, names }) => {
    const problem = labelProblem(names, classCount);
    return problem ? [`${source} was not used: ${problem}.`] : [];
  });
  const usable = candidates.filter(({ names }) => labelProblem(names, classCount) === null);
  const [chosen, other] = usable;
  if (chosen && other && chosen.names.join('\n') !== other.names.join('\n')) {
    notes.push(`${other.source} calls the classes otherwise than ${chosen.source}: ${other.names.join(', ')}.`);
  }
  return { classNames: chosen?.names ?? null, source: chosen?.source ?? null, teachableMachine, modelName, notes };
}

/** A file of that name in the network's folder, or the only one that there is. */
function findBeside(modelPath: string, files: NamedBytes[], name: string): NamedBytes | null {
  const folder = modelPath.slice(0, modelPath.lastIndexOf('/') + 1);
  const named = files.filter(({ path }) => baseName(path) === name);
  return named.find(({ path }) => path === folder + name) ?? (named.length === 1 ? named[0]! : null);
}

function readMetadata(file: NamedBytes | null): Metadata | null {
  if (!file) return null;
  try {
    const parsed = metadataSchema.safeParse(JSON.parse(strFromU8(file.bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function readList(file: NamedBytes | null): { names: string[]; isNumbered: boolean } | null {
  if (!file) return null;
  const lines = strFromU8(file.bytes)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const numbered = lines.map((line, index) => new RegExp(`^\\s*${index}\\s+(.*)$`).exec(line)?.[1]);
  const isNumbered = lines.length > 0 && numbered.every((name) => name !== undefined);
  return { names: isNumbered ? (numbered as string[]) : lines, isNumbered };
}

function labelProblem(names: string[], classCount: number): string | null {
  if (names.length !== classCount) return `it names ${names.length} classes, and the network has ${classCount} outputs`;
  if (names.includes('')) return 'a class in it has no name';
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? null : `it names two classes "${twice}"`;
}
