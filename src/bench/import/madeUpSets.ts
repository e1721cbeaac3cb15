import { createHash } from 'node:crypto';
import type { ImageFolder } from './writeImageFolder';

const isicClasses = ['MEL', 'NV', 'BCC', 'AK', 'BKL', 'DF', 'VASC', 'SCC', 'UNK'];
const isicSites = ['anterior torso', 'upper extremity', 'posterior torso', 'lower extremity', ''];

/** As many images as ISIC 2019 has, with made-up rows under the headers of its two tables. */
export function isic2019(count = 25_331): ImageFolder {
  const names = Array.from({ length: count }, (_, index) => `ISIC_${String(index).padStart(7, '0')}`);
  const truth = names.map((name, index) => {
    const label = index % 8;
    return [name, ...isicClasses.map((_, at) => (at === label ? '1.0' : '0.0'))].join(',');
  });
  const metadata = names.map((name, index) => {
    const sex = index % 66 === 0 ? '' : index % 15 < 8 ? 'male' : 'female';
    const lesion = index % 12 === 0 ? '' : `LES_${Math.floor(index / 2)}`;
    return [name, 20 + 5 * (index % 13), isicSites[index % 5], lesion, sex].join(',');
  });
  return {
    images: names.map((name) => `${name}.jpg`),
    tables: {
      'ISIC_2019_Training_GroundTruth.csv': table(['image', ...isicClasses].join(','), truth),
      'ISIC_2019_Training_Metadata.csv': table('image,age_approx,anatom_site_general,lesion_id,sex', metadata),
    },
  };
}

/** As many images as Fitzpatrick17k has, with made-up rows under its header. */
export function fitzpatrick17k(count = 16_577): ImageFolder {
  const hashes = Array.from({ length: count }, (_, index) => createHash('md5').update(String(index)).digest('hex'));
  const nine = ['inflammatory', 'malignant epidermal', 'genodermatoses', 'benign dermal', 'benign epidermal'];
  const rows = hashes.map((hash, index) => {
    const type = index % 29 === 0 ? -1 : 1 + (index % 6);
    const three = ['benign', 'malignant', 'non-neoplastic'][index % 3];
    return `${hash},${type},${type},condition ${index % 114},${nine[index % 5]},${three},,http://example.org/${hash}.jpg,${hash}.jpg`;
  });
  const header =
    'md5hash,fitzpatrick_scale,fitzpatrick_centaur,label,nine_partition_label,three_partition_label,qc,url,url_alphanum';
  return { images: hashes.map((hash) => `${hash}.jpg`), tables: { 'fitzpatrick17k.csv': table(header, rows) } };
}

function table(header: string, rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`;
}
