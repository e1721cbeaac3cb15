import type { LesionClass } from './lesionClass';
import { basalCellCarcinoma } from './lesions/basalCellCarcinoma';
import { keratosis } from './lesions/keratosis';
import { melanoma } from './lesions/melanoma';
import { naevus } from './lesions/naevus';
import { vascularLesion } from './lesions/vascularLesion';

/** The demo's classes, in label order. */
export const lesionClasses: readonly LesionClass[] = [naevus, melanoma, basalCellCarcinoma, keratosis, vascularLesion];
