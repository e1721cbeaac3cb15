import { basalCellCarcinoma } from './basalCellCarcinoma';
import { keratosis } from './keratosis';
import type { LesionClass } from './lesionClass';
import { melanoma } from './melanoma';
import { naevus } from './naevus';
import { vascularLesion } from './vascularLesion';

/** The demo's classes, in label order. */
export const lesionClasses: readonly LesionClass[] = [naevus, melanoma, basalCellCarcinoma, keratosis, vascularLesion];
