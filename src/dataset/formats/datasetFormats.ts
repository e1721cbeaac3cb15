import { celebA } from './celebA';
import type { DatasetFormat } from './datasetFormat';
import { ddi } from './ddi';
import { derivedFitzpatrick } from './derivedFitzpatrick';
import { fairFace } from './fairFace';
import { fitzpatrick17k } from './fitzpatrick17k';
import { ham10000 } from './ham10000';
import { isic2019 } from './isic2019';
import { isicSexTable } from './isicSexTable';
import { medMnist } from './medMnist';
import { milk10k } from './milk10k';
import { padUfes20 } from './padUfes20';
import { scin } from './scin';
import { utkFace } from './utkFace';

/** Every set that the lab knows. */
export const datasetFormats: readonly DatasetFormat[] = [
  fitzpatrick17k,
  derivedFitzpatrick,
  isic2019,
  isicSexTable,
  ham10000,
  padUfes20,
  ddi,
  medMnist,
  celebA,
  fairFace,
  utkFace,
  scin,
  milk10k,
];
