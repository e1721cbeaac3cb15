import type { GivenFile } from '../../dataset/files/sourceFile';
import { fakeFile } from './fakeFiles';

/** Files in the layouts of public sets, with their real header rows above made-up rows. For tests only. */
const count = 24;
const numbers = Array.from({ length: count }, (_, index) => index);
const pick = (values: readonly string[], index: number) => values[index % values.length]!;

function table(path: string, header: string, row: (index: number) => string, rows = count, lineEnd = '\n'): GivenFile {
  return fakeFile(path, [header, ...numbers.slice(0, rows).map(row)].join(lineEnd) + lineEnd);
}

function images(path: (index: number) => string): GivenFile[] {
  return numbers.map((index) => fakeFile(path(index), String.fromCharCode(65 + index)));
}

const hash = (index: number) => `${'0123456789abcdef'.repeat(2).slice(0, 30)}${String(index).padStart(2, '0')}`;
const isic = (index: number) => `ISIC_${String(2000 + index).padStart(7, '0')}`;

/** Types 1 to 6 in turns; the first is unknown. */
const scale = (index: number) => (index === 0 ? '-1' : String((index % 6) + 1));
const oneHot = (classes: number, set: number, one = '1.0', zero = '0.0') =>
  Array.from({ length: classes }, (_, at) => (at === set ? one : zero)).join(',');

const isicTruth = (path = 'ISIC_2019_Training_GroundTruth.csv') =>
  table(path, 'image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK', (index) => `${isic(index)},${oneHot(9, index % 3)}`);
/** Every fourth sex is blank, lesions of two images, the last one without. */
const isicMeta = () =>
  table(
    'ISIC_2019_Training_Metadata.csv',
    'image,age_approx,anatom_site_general,lesion_id,sex',
    (index) =>
      `${isic(index)},${20 + 5 * (index % 12)}.0,anterior torso,${index === 23 ? '' : `BCN_${index >> 1}`},${pick(['male', 'female', 'male', ''], index)}`,
  );

export const fixtures = {
  fitzpatrick17k: [
    table(
      'fitzpatrick17k.csv',
      ',md5hash,fitzpatrick_scale,fitzpatrick_centaur,label,nine_partition_label,three_partition_label,qc,url,url_alphanum',
      (index) =>
        `${index},${hash(index)},${scale(index)},${index < 12 ? 2 : 5},disease ${index % 8},${pick(['inflammatory', 'malignant melanoma', 'benign dermal'], index)},${pick(['non-neoplastic', 'malignant', 'benign'], index)},,http://x/${index},x${index}`,
    ),
    ...images((index) => `images/${hash(index)}.jpg`),
  ],
  derivedFitzpatrick: [
    table(
      'fitzpatrick_all.csv',
      'hasher,high,mid,low,fitzpatrick',
      (index) => `${hash(index)},${index % 3},${index % 9},${index % 4},${scale(index)}`,
    ),
    ...images((index) => `${hash(index)}.jpg`),
  ],
  isic2019: [isicTruth(), isicMeta(), ...images((index) => `ISIC_2019_Training_Input/${isic(index)}.jpg`)],
  isicMerged: [
    table(
      'isic_merged.csv',
      'image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK,age_approx,anatom_site_general,lesion_id,sex',
      (index) =>
        `${isic(index)},${oneHot(9, index % 2, '1', '0')},50,,L${index},${pick(['male', 'female'], index >> 1)}`,
    ),
    ...images((index) => `${isic(index)}.jpg`),
  ],
  isicSexTable: [
    table('isic.csv', 'image,class_id,sex_id', (index) => `${isic(index)}.jpg,${index % 4},${(index >> 1) % 2}`),
    ...images((index) => `${isic(index)}.jpg`),
  ],
  // The last four rows repeat the first four, as the upsampled copies do.
  ham10000: [
    table('HAM10000_metadata.csv', 'lesion_id,image_id,dx,dx_type,age,sex,localization,dataset', (index) => {
      const at = index % 20;
      return `HAM_${at >> 1},${isic(at)},${pick(['mel', 'nv', 'bkl'], at)},histo,${30 + 5 * (at % 10)}.0,${pick(['male', 'female', 'female', 'unknown'], at)},back,vidir`;
    }),
    ...images((index) => `part_${(index % 2) + 1}/${isic(index)}.jpg`).slice(0, 20),
  ],
  padUfes20: [
    table(
      'metadata.csv',
      'patient_id,lesion_id,smoke,drink,background_father,background_mother,age,pesticide,gender,skin_cancer_history,cancer_history,has_piped_water,has_sewage_system,fitspatrick,region,diameter_1,diameter_2,diagnostic,itch,grew,hurt,changed,bleed,elevation,img_id,biopsed',
      (index) =>
        `PAT_${index >> 1},${index},,,,,${40 + index},,${pick(['FEMALE', 'MALE'], index)},,,,,${index < 4 ? '' : `${(index % 6) + 1}.0`},ARM,,,${pick(['BCC', 'NEV', 'ACK'], index)},,,,,,,PAT_${index}_x.png,True`,
    ),
    ...images((index) => `imgs_part_${(index % 3) + 1}/PAT_${index}_x.png`),
  ],
  // As a spreadsheet saves it: semicolons, CRLF, TRUE.
  ddi: [
    table(
      'ddi_metadata.csv',
      ';DDI_ID;DDI_file;skin_tone;malignant;disease',
      (index) =>
        `${index};${index + 1};${String(index + 1).padStart(6, '0')}.png;${pick(['12', '34', '56'], index)};${pick(['TRUE', 'FALSE'], index)};disease ${index % 5}`,
      count,
      '\r\n',
    ),
    ...images((index) => `${String(index + 1).padStart(6, '0')}.png`),
  ],
  celebATxt: [
    fakeFile(
      'list_attr_celeba.txt',
      [
        '24',
        '5_o_Clock_Shadow Smiling Male Young ',
        ...numbers.map(
          (index) => `${face(index)} -1 ${pick([' 1', '-1'], index)} ${pick([' 1', ' 1', '-1'], index)}  1`,
        ),
      ].join('\r\n'),
    ),
    fakeFile(
      'list_eval_partition.txt',
      numbers.map((index) => `${face(index)} ${index < 12 ? 0 : index < 18 ? 1 : 2}`).join('\n'),
    ),
    fakeFile('README.txt', 'If you use these made-up images, name no one.\n'),
    ...images((index) => `img_align_celeba/${face(index)}`),
  ],
  celebACsv: [
    table(
      'list_attr_celeba.csv',
      'image_id,5_o_Clock_Shadow,Smiling,Male,Young',
      (index) => `${face(index)},-1,${pick(['1', '-1'], index)},${pick(['1', '1', '-1'], index)},1`,
    ),
    table(
      'list_eval_partition.csv',
      'image_id,partition',
      (index) => `${face(index)},${index < 12 ? 0 : index < 18 ? 1 : 2}`,
    ),
    ...images((index) => face(index)),
  ],
  fairFace: [
    table(
      'fairface_label_train.csv',
      'file,age,gender,race,service_test',
      (index) =>
        `train/${index + 1}.jpg,${pick(['20-29', 'more than 70'], index)},${pick(['Male', 'Female'], index >> 1)},${pick(['White', 'Black', 'East Asian'], index)},True`,
      16,
    ),
    table(
      'fairface_label_val.csv',
      'file,age,gender,race,service_test',
      (index) =>
        `val/${index + 1}.jpg,${pick(['20-29', 'more than 70'], index)},${pick(['Male', 'Female'], index >> 1)},${pick(['White', 'Black', 'East Asian'], index)},False`,
      8,
    ),
    ...images((index) => (index < 16 ? `fairface/train/${index + 1}.jpg` : `fairface/val/${index - 15}.jpg`)),
  ],
  // Two names lack the race.
  utkFace: images(
    (index) =>
      `UTKFace/${4 * index}_${index % 2}_${index < 2 ? '' : `${index % 5}_`}201701${10 + index}204715850.jpg.chip.jpg`,
  ),
  scin: [
    table(
      'scin_cases.csv',
      'case_id,source,release,year,age_group,sex_at_birth,fitzpatrick_skin_type,race_ethnicity_white,image_1_path,image_2_path,image_3_path',
      (index) =>
        `c${index},SCIN,1.0.0,2023,AGE_30_TO_39,${pick(['FEMALE', 'MALE'], index)},${index === 0 ? 'NONE_SELECTED' : `FST${(index % 6) + 1}`},,dataset/images/i${2 * index}.png,dataset/images/i${2 * index + 1}.png,`,
      12,
    ),
    table(
      'scin_labels.csv',
      'case_id,dermatologist_fitzpatrick_skin_type_label_1,weighted_skin_condition_label',
      (index) =>
        `c${index},FST${(index % 3) + 1},"${index === 11 ? '{}' : `{'Eczema': ${index % 2 ? 0.7 : 0.2}, 'Psoriasis': 0.3}`}"`,
      12,
    ),
    ...images((index) => `images/i${index}.png`),
  ],
  milk10k: [
    table(
      'MILK10k_Training_Metadata.csv',
      'lesion_id,image_type,isic_id,attribution,copyright_license,image_manipulation,age_approx,sex,skin_tone_class,site',
      (index) =>
        `IL_${index >> 1},${pick(['dermoscopic', 'clinical: close-up'], index)},${isic(index)},x,CC-BY,,50,${pick(['male', 'female'], index >> 1)},${(index >> 1) % 6},arm`,
    ),
    table(
      'MILK10k_Training_GroundTruth.csv',
      'lesion_id,AKIEC,BCC,BEN_OTH,BKL,DF,INF,MAL_OTH,MEL,NV,SCCKA,VASC',
      (index) => `IL_${index},${oneHot(11, (index >> 1) % 2 === 0 ? 1 : 8)}`,
      12,
    ),
    ...images((index) => `MILK10k/IL_${index >> 1}/${isic(index)}.jpg`),
  ],
  folders: images((index) => `set/${index < 16 ? 'train' : 'test'}/${pick(['cat', 'dog'], index)}/${index}.jpg`),
};

function face(index: number): string {
  return `${String(index + 1).padStart(6, '0')}.jpg`;
}
